"""Which known name is meant by one that is not known, and how to ask about it."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def find_closest(name: str, names: Iterable[str], *, ours: bool = False) -> str | None:
    """The name that looks most like ``name``, if any does.

    Of two characters one alone says nothing, unless the names are ``ours`` (those of a template).
    """
    return next(iter(list_closest(name, names, 1, ours=ours)), None)


def list_closest(name: str, names: Iterable[str], most: int, *, ours: bool = True) -> list[str]:
    """So many names that look like ``name``, the likest first; then those that hold it or that it holds."""
    letters = set(name)
    allowed = [item for item in names if not letters.isdisjoint(item)]
    half = 0.5 if ours or len(name) > 2 else 0.6
    near = get_close_matches(name, allowed, n=most, cutoff=half)
    if len(near) < most:
        near += [item for item in allowed if item not in near and (name in item or item in name)]
    return near[:most]


def did_you_mean(name: str | None) -> str:
    """``（是不是“X”？）``, or nothing."""
    return f"（是不是“{name}”？）" if name else ""


def suggest_nearest(name: str, allowed: Iterable[str]) -> str:
    """``（是不是“X”？）`` for the allowed name that looks most like ``name``, or nothing."""
    return did_you_mean(find_closest(name, allowed))
