"""What people typed into a report: numbers, rates and claims, held against its figures."""
