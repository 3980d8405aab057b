"""Excel: the only room that knows openpyxl and python-calamine.  Bytes in, bytes out."""
