"""Random damage to workbooks and templates; whatever is done to a file, only issues may come out.

``damage`` changes bytes, packages and XML; ``cases`` says what a case is and how it must end;
``workers`` runs cases in processes with a time and a memory limit.  ``python -m tests.fuzz``.
``bombs`` holds files made to unfold to something huge.
"""
