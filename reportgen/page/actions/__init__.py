"""What the buttons do, each an existing command, and how its result is told."""
