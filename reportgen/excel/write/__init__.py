"""Our own workbooks written: forms, guides, tables; the same bytes whenever they are written."""
