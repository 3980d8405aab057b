"""What the screens show, each a question about a working folder that the commands answer."""
