"""The visible mark of a draft: a red line in every header, and a first page of what is missing."""
