"""交办: what each department is handed out, how far it has come, and the next year's beginning."""
