"""What is counted: the year's suggestions, and the catalogue of figures over them."""
