"""The zoo: tiny networks, every weight of each explained, one file per network.

A network is added by dropping a file into this folder that defines `ENTRY` (see `entry.py`) and
`ORDER`, its place in the teaching order. The name of the file is the name of the network with `_`
for `-`; a name that is a Python keyword has `_` behind it. Files that begin with `_` are shared
parts, not networks. How to write one, step by step: `ADDING.md` in this folder.
"""

from __future__ import annotations

import os
import re

from toynets.errors import ToynetsError, unknown
from toynets.zoo.entry import Entry, Fact, Wrong

__all__ = ["Entry", "Fact", "Wrong", "load", "names"]

_HERE = os.path.dirname(__file__)
_ORDER = re.compile(r"^ORDER = ([0-9]+)[ \t]*(?:#.*)?$", re.MULTILINE)


def names() -> list[str]:
    """Return the names of all networks in the order in which to meet them; imports none of them.

    >>> names()[:4], "xor-sum" in names()
    (['and', 'or', 'nand', 'not'], True)
    """
    return [name for _, name in sorted((_place(file), name) for name, file in _files().items())]


def load(name: str) -> Entry:
    """Return a network by name, with its task, its explanation and all that is said of it.

    Only its own file is imported.

    Raises:
        ToynetsError: there is no such network; the message lists those there are and the nearest.

    >>> load("xor-sum").title
    'y = relu(x1 + x2) - 2 relu(x1 + x2 - 1)'
    """
    from importlib import import_module

    files = _files()
    if name not in files:
        raise ToynetsError(
            unknown("network", str(name), "the zoo", names()),
            fix="toynets list prints every network with its formula.",
        )
    found: Entry = import_module(f"{__name__}.{files[name]}").ENTRY
    return found


def _place(file: str) -> int:
    """Return the place that a file gives itself; behind all others where none can be read."""
    with open(os.path.join(_HERE, file + ".py"), encoding="utf-8") as source:
        order = _ORDER.search(source.read())
    return int(order[1]) if order else 10**6


def _files() -> dict[str, str]:
    """Return network name -> file without its ending."""
    files = (f[:-3] for f in os.listdir(_HERE) if f.endswith(".py") and f[0] != "_")
    return {f.rstrip("_").replace("_", "-"): f for f in files if f != "entry"}
