"""Templates filled: every value is escaped, a name that is missing is an error and no blank."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from reportgen.data import day_in_words

ASSETS = {"page.css": "text/css", "page.js": "text/javascript", "icon.svg": "image/svg+xml"}
"""The files beside the templates, and what each is."""


def render_view(name: str, /, **values: object) -> str:
    """The template of that name, filled with these values."""
    return _environment().get_template(f"{name}.html").render(values)


@cache
def read_asset(name: str) -> bytes:
    """One of ASSETS."""
    return (files("reportgen.views") / "assets" / name).read_bytes()


@cache
def _environment() -> Environment:
    found = Environment(
        loader=PackageLoader("reportgen.views"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        optimized=False,  # a file is filled once: looking for constants takes longer than they save
    )
    found.filters["day"] = day_in_words
    found.globals["style"] = lambda: Markup(read_asset("page.css").decode())  # noqa: S704 (ours)
    return found
