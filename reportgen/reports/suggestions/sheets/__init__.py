"""The sheets that are filled in: their columns, their words, and the sample that fills them."""
