"""Which known name is meant by one that is not known, and how to ask about it."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def find_closest(name: str, names: Iterable[str]) -> str | None:
    """The name that looks most like ``name``, if any does."""
    letters = set(name)
    allowed = [item for item in names if not letters.isdisjoint(item)]
    half = 0.5 if len(name) > 2 else 0.6  # of two characters one alone says nothing
    found = get_close_matches(name, allowed, n=1, cutoff=half) or [
        item for item in allowed if name and (name in item or item in name)
    ]
    return found[0] if found else None


def did_you_mean(name: str | None) -> str:
    """``（是不是“X”？）``, or nothing."""
    return f"（是不是“{name}”？）" if name else ""


def suggest_nearest(name: str, allowed: Iterable[str]) -> str:
    """``（是不是“X”？）`` for the allowed name that looks most like ``name``, or nothing."""
    return did_you_mean(find_closest(name, allowed))
