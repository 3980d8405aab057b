"""A template and a report made into the finished document."""
