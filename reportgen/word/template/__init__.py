"""Templates: the built-in ones, tags and expressions in them, and the mistakes they may hold."""
