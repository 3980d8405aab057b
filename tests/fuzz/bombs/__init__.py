"""Small files that unfold to something huge, or lead in a circle, for every door of the program.

``containers`` makes zips and OLE files, ``workbooks``, ``texts``, ``documents`` and ``records`` the
bombs themselves; ``commands`` runs a command on each and judges how it ends.
``python -m tests.fuzz.bombs``.
"""
