"""Each command as a story, from files to files: the only room that sees all others.

One module a command, those on many folders in ``many``; ``folder`` holds what several of them need of a
working folder, ``desk`` what the page does beyond them.  Rooms that only some commands need
(Word, charts, blank forms) are imported by those commands, so that ``check`` starts quickly.
"""
