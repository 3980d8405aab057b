"""The program packed for machines without the internet."""
