"""What owners are handed out and what comes back, whatever the trade: driven by the schema alone.

An owner is whoever fills a return of its own (a department).  ``item_sheets``: which sheets are
meant; ``assignments``: who is handed out what; ``return_checks``: what came back against it;
``progress`` and ``return_state``: how far everybody is.
"""
