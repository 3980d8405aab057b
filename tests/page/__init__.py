"""The page to work in."""
