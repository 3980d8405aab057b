"""The command line: the only room that prints, reads the environment and picks exit codes."""

import gettext
import os
from importlib.resources import files

os.environ["LANGUAGE"] = "zh_CN"  # read by gettext when click, imported below, looks up its words
gettext.bindtextdomain("messages", str(files("reportgen.cli") / "locale"))
