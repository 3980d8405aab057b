"""What is counted: facts with their origin, measures over the dataset, exact rounding."""
