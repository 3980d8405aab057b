"""The program packed for machines without the internet, run from a checkout: ``python -m reportgen.packing``.

``lock`` pins every part and its hashes in ``locked.txt``; ``bundle`` gathers wheels that install without an
index; ``portable`` is a folder to unzip, with a Python of its own; ``launchers`` are the files one
double-clicks.  It reaches the package index and nothing else, and no room of the program uses it.
"""
