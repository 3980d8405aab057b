"""Many reports of one kind made into one on all of them (汇总): the reports' figures are its data.

``declared``: what a kind says of it, or what follows from its figures; ``units``: what is kept of one
unit's report; ``settle``: which units count; ``figures``: their sums and rates; ``tree``, ``charts``,
``wording``: what a template may name, and the built-in one.
"""
