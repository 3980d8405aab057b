"""Each command as a story, from files to files: the only room that sees all others.

One module a command; ``inputs``, ``progress``, ``template`` and ``standard_files`` hold what they share.  Rooms
that only some commands need (Word, charts, blank forms) are imported by those commands, so that
``check`` starts quickly.
"""
