"""Charts: described in ``kinds``, measured in ``layout``, drawn in ``render``."""
