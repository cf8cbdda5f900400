"""The figure scripts: found by file name in the folder `figures` of a checkout."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from toynets.checkout import folder_of
from toynets.errors import ToynetsError, unknown
from toynets.fields import replace

if TYPE_CHECKING:
    from toynets.plots.figure import Figure
    from toynets.plots.style import Style

FOLDER = "figures"
LICENCE = "CC-BY-4.0"  # of the figures of the repository; what others make is theirs


def folder(given: str = "") -> str:
    """Return the folder of the figure scripts.

    Args:
        given: another one.

    Raises:
        ToynetsError: there is none, as where the package is installed without a checkout.
    """
    place = given or folder_of(FOLDER)
    if not os.path.isdir(place):
        raise ToynetsError(
            f"there is no folder of figure scripts: {place or FOLDER}.",
            cause="the scripts are part of the repository, not of the installed package.",
            fix="run it in a checkout, or draw any network with toynets plot.",
        )
    return place


def names(place: str = "") -> list[str]:
    """Return the names of all figures, in the order of the alphabet.

    >>> "labelled_network" in names()
    True
    """
    files = sorted(os.listdir(folder(place)))
    return [f[:-3] for f in files if f.endswith(".py") and not f.startswith(("_", "test_"))]


def script(name: str, place: str = "") -> Any:
    """Return the module of a figure; only its own file is run.

    Raises:
        ToynetsError: there is no such figure, or its script has no `figure`.
    """
    import importlib.util

    there = names(place)
    if name not in there:
        raise ToynetsError(
            unknown("figure", name, "", there), fix="toynets figures list prints all of them."
        )
    path = os.path.join(folder(place), f"{name}.py")
    spec = importlib.util.spec_from_file_location(f"toynets_figure_{name}", path)
    if spec is None or spec.loader is None:
        raise ToynetsError(f"{path} cannot be loaded.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    if not callable(getattr(module, "figure", None)):
        raise ToynetsError(
            f"{path} has no function figure(*, style).", fix="see toynets.plots.figure."
        )
    return module


def figure(name: str, style: Style | None = None, place: str = "") -> Figure:
    """Return a figure by its name.

    >>> figure("labelled_network").name
    'labelled_network'
    """
    draws: Callable[..., Figure] = script(name, place).figure
    made = draws() if style is None else draws(style=style)
    if made.name != name:
        raise ToynetsError(
            f"the script {name}.py draws a figure named {made.name}.",
            fix="give both the same name: files are found by it.",
        )
    return replace(made, licence=LICENCE)


def summary(name: str, place: str = "") -> tuple[str, tuple[str, ...]]:
    """Return the first line of a script's docstring, and the networks that it shows."""
    module = script(name, place)
    said = " ".join((module.__doc__ or "").strip().split("\n\n")[0].split())
    return said, tuple(getattr(module, "NETWORKS", ()))
