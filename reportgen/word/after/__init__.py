"""The report on its way out: comments put in, and the copy that leaves the house."""
