"""One file for each goal. A file that is dropped in here is a goal of the next run.

Each has `WHAT`, one line that says what is measured, and `measure(clock)`, which returns or yields
lines (`benchmarks.measuring.Line`). Peers are imported inside it.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType


def names() -> list[str]:
    """Return the name of every goal, sorted."""
    return sorted(found.name for found in iter_modules(__path__))


def goal(name: str) -> ModuleType:
    """Return the module of a goal."""
    return import_module(f"{__name__}.{name}")
