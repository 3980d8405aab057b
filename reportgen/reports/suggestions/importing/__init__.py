"""Other people's ledgers of suggestions read as the register and the departments' returns."""
