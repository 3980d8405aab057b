"""What is held against each other across sheets and departments, and what the rules ask for."""
