"""How long the commands take and how much memory, beside the same job done the usual way."""
