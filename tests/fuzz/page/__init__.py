"""The page under what a network and a careless or hostile hand may send it.

``served``: the page in a process of its own, asked over a real connection, its memory watched;
``odd_files``: one odd file after another; ``kills``: the process killed in the middle of its work;
``crowds``: many at once, and those that stall.  ``python -m tests.fuzz.page`` runs them all.
"""
