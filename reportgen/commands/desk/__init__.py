"""What the page does beyond the commands: takes in what is handed in, and knows who may hand in and see what."""
