"""What a browser shows: typed values → HTML, for the page and for files that are double-clicked.

``render`` fills the templates, ``templates/`` and ``assets/`` hold them, the style and the script.
"""
