"""Where the checkout is: figures and lessons are part of the repository, not of the package."""

from __future__ import annotations

import os

NAMED = 'name = "toynets"'


def folder_of(name: str) -> str:
    """Return a folder of the checkout, or "" where there is none.

    The checkout is what the package stands in; where the package is installed elsewhere, it is the
    working directory, if that is one.

    Args:
        name: such as `figures`.

    >>> folder_of("no such folder")
    ''
    """
    package = os.path.dirname(os.path.abspath(__file__))
    for place in (os.path.dirname(package), os.getcwd()):
        folder = os.path.join(place, name)
        if os.path.isdir(folder) and _is_checkout(place):
            return folder
    return ""


def _is_checkout(place: str) -> bool:
    try:
        with open(os.path.join(place, "pyproject.toml"), encoding="utf-8") as file:
            return NAMED in file.read(20_000)
    except (OSError, UnicodeDecodeError):
        return False
