"""Charts: frozen descriptions in ``kinds``, their drawing in ``render`` (matplotlib's only room)."""
