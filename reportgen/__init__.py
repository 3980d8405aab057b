"""reportgen: filled Excel workbooks in, the formal Word report out.

The commands live in ``pipeline``; ``python -m reportgen --help`` lists them.
"""

__version__ = "0.1.0"
