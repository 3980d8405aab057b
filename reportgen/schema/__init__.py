"""The language in which the sheets of a report kind are declared.  It knows no report.

``columns`` holds what a cell may contain, ``rules`` what a row must satisfy, ``model`` how columns
make a sheet and sheets a workbook.  Blank forms, checks and guide texts are derived from it.
"""
