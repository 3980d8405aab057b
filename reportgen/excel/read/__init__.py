"""Workbooks and ledgers read: any container's bytes into raw sheets, within limits."""
