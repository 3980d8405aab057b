"""Somebody's workbook marked: coloured, commented, disarmed; every other byte as it was."""
