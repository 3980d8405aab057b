"""What several commands need of a working folder: its files as read, its template, its charts, what is looked at, how far it is."""
