"""Proofreading the arithmetic of any report's prose and tables: four parts in a row.

``tokens``: text → numbers.  ``relations`` (with shares, sums, changes, tables): numbers → claims,
each with every reading that may explain it.  ``reckoning``: claims → verdicts, by exact interval
arithmetic.  ``wording``: verdicts → 错误 or 提醒, in Chinese.  None knows the next; ``model`` holds
what they hand on, and ``proof`` joins them.  A claim that anything in the passage explains is silent.
"""
