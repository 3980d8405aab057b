"""A finished document read back into plain frozen values, and the record and fields inside it."""
