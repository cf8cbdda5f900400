"""Many networks at once, as a figure names them: the zoo, or trainings that are on record."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from toynets.errors import ToynetsError
from toynets.fields import replace
from toynets.plots.figure import Figure, Shown, raised


def crowd(name: str, hashes: Iterable[str], domain: str, *, text: str = "") -> Shown:
    """Return the record of many networks: a hash of their hashes, in any order.

    Args:
        name: what they are together, "zoo".
        hashes: of the networks, or of the record of their trainings.
        domain: on which inputs, as text.
        text: what they are like; default how many there are.

    Raises:
        ToynetsError: no networks.

    >>> one, other = crowd("zoo", ["a", "b"], "their own"), crowd("zoo", ["b", "a"], "their own")
    >>> one.hash == other.hash, one.text
    (True, '2 networks')
    """
    found = sorted(hashes)
    if not found:
        raise ToynetsError("a figure of many networks needs at least one.")
    total = hashlib.sha256("\n".join(found).encode()).hexdigest()
    return Shown(name, text or f"{len(found)} networks", total, raised(domain))


def in_plural(made: Figure, *crowds: Shown) -> Figure:
    """Return a figure whose caption speaks of these networks in the plural.

    >>> from toynets.plots.courses import curves
    >>> shown = crowd("zoo", ["a"], "their own")
    >>> given = curves({"a": [(0, 1)]}, across="x", up="y")
    >>> said = replace(given, caption=f"Two lines. {shown.sentence}")
    >>> in_plural(said, shown).caption
    'Two lines. Networks: zoo (1 networks), inputs: their own.'
    """
    caption: Any = made.caption
    for one in crowds:
        plural = f"Networks: {one.name} ({one.text}), inputs: {one.domain}."
        caption = caption.replace(one.sentence, plural)
    return replace(made, caption=caption)
