"""The zoo: tiny networks, every weight of each explained, one file per network.

A network is added by dropping a file into this folder that defines `ENTRY` (see `entry.py`) and
`ORDER`, its place in the teaching order. The name of the file is the name of the network with `_`
for `-`; a name that is a Python keyword has `_` behind it. Files that begin with `_` are shared
parts, not networks. How to write one, step by step: `ADDING.md` in this folder.
"""

from __future__ import annotations

import os
import re

from toynets.errors import ParseError, ToynetsError, unknown
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
        ToynetsError: there is no such network; the message names the nearest.
            Or its file has a slip; the message begins with the file and the line.

    >>> load("xor-sum").title
    'y = relu(x1 + x2) - 2 relu(x1 + x2 - 1)'
    """
    files = _files()
    if name not in files:
        raise ToynetsError(
            unknown("network", str(name), "the zoo", names()),
            fix="toynets list prints every network with its formula.",
        )
    return _entry(files[name])


def _entry(file: str) -> Entry:
    """Import a file and return its entry; whatever goes wrong in it is said with its line."""
    from importlib import import_module

    where = f"toynets/zoo/{file}.py"
    try:
        module = import_module(f"{__name__}.{file}")
    except ParseError as error:
        raise error.at(f"{where}, line {_line(error, file)}") from error
    except ToynetsError as error:
        said = f"{where}, line {_line(error, file)}: {error.message}"
        raise ToynetsError(said, cause=error.cause, fix=error.fix) from error
    except Exception as error:
        said = error.msg if isinstance(error, SyntaxError) else str(error)
        raise ToynetsError(
            f"{where}, line {_line(error, file)}: {said or 'no reason given'} "
            f"({type(error).__name__}).",
            fix="toynets/zoo/ADDING.md has a whole file that works.",
        ) from error
    if not isinstance(getattr(module, "ENTRY", None), Entry):
        raise ToynetsError(
            f"{where} defines no ENTRY.", fix="end it with ENTRY = Entry(…), as its neighbours do."
        )
    found: Entry = module.ENTRY
    return found


def _line(error: BaseException, file: str) -> int:
    """Return the line of a file on which an error arose."""
    path = os.path.join(_HERE, file + ".py")
    if isinstance(error, SyntaxError) and error.filename == path and error.lineno:
        return error.lineno
    line, place = 1, error.__traceback__
    while place is not None:
        if place.tb_frame.f_code.co_filename == path:
            line = place.tb_lineno
        place = place.tb_next
    return line


def _place(file: str) -> int:
    """Return the place that a file gives itself; behind all others where none can be read."""
    with open(os.path.join(_HERE, file + ".py"), encoding="utf-8") as source:
        order = _ORDER.search(source.read())
    return int(order[1]) if order else 10**6


def _files() -> dict[str, str]:
    """Return network name -> file without its ending."""
    files = (f[:-3] for f in os.listdir(_HERE) if f.endswith(".py") and f[0] != "_")
    return {f.rstrip("_").replace("_", "-"): f for f in files if f != "entry"}
