"""Charts: described in ``kinds``, measured in ``layout``, drawn in ``render`` or ``native``."""

import logging

logging.getLogger("matplotlib").setLevel(logging.ERROR)  # on its first run it speaks English
