"""Word: the default template, its tags, filling it, live fields; bytes in, bytes out."""
