"""The inputs that a figure shows: rows of a finite domain, corners of a box, points of an axis."""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, Any

from toynets.domain import Domain, label
from toynets.errors import ToynetsError
from toynets.plots.numbers import counted, printed, to_number
from toynets.rationals import from_float, rational

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toynets.network import Network

MOST_ASSUMED = 6
SAMPLES = 96


def domain_of(network: Network, domain: Domain | None) -> Domain:
    """Return the domain that is given, else all bits.

    Raises:
        ToynetsError: none is given, and there are too many inputs to guess one.
    """
    if domain is not None:
        return domain
    if len(network.inputs) > MOST_ASSUMED:
        raise ToynetsError(
            f"no domain is given, and {network.name or 'the network'} has "
            f"{len(network.inputs)} inputs: too many to assume all bits.",
            fix="pass domain=Domain.listed(rows), or --domain on the command line.",
        )
    return Domain.boolean(len(network.inputs))


def rows_of(network: Network, domain: Domain | None, most: int) -> list[tuple[Any, ...]]:
    """Return the rows that are shown: all of a finite domain, the corners of a box.

    Raises:
        ToynetsError: more than `most`.

    >>> from toynets.zoo import load
    >>> rows_of(load("and").network, Domain.box("[-1,1]^2"), 8)[0]
    (-1, -1)
    >>> rows_of(load("and").network, Domain.box("[0,0]x[0,1]"), 8)
    [(0, 0), (0, 1)]
    """
    domain = domain_of(network, domain)
    if domain.kind == "box" and domain.bounds is not None:
        ends = [dict.fromkeys(pair) for pair in domain.bounds]  # one where the edge has no width
        count = math.prod(map(len, ends))
        rows = list(itertools.product(*ends)) if count <= most else []
    else:
        rows = list(domain.rows)
        count = len(rows)
    if count > most:
        raise ToynetsError(
            f"{count} inputs do not fit on one page: {most} at most.",
            cause=f"the domain is {domain.text}.",
            fix='choose some: --domain "0,0;0,1;1,1", or domain=Domain.listed([…]).',
        )
    return rows


def labels_of(rows: Sequence[tuple[Any, ...]]) -> list[str]:
    """Return a short heading for each row: 011 for bits, else its numbers.

    >>> labels_of([(rational(0), rational(1))]), labels_of([(rational("1/2"), rational(-1))])
    (['01'], ['0.5, −1'])
    """
    if all(v in (0, 1) for row in rows for v in row):
        return [label(row) for row in rows]
    return [", ".join(map(printed, row)) for row in rows]


def open_box(network: Network, domain: Domain | None, what: str) -> None:
    """Refuse a box along which an input does not move: there is no axis to draw.

    Args:
        network: for the names of its inputs.
        domain: a box; anything else passes.
        what: what would be drawn, "a map".

    Raises:
        ToynetsError: an edge of the box has no width, or none that a float can hold; or the box is
            one of another number of inputs.

    >>> from toynets.zoo import load
    >>> open_box(load("xor-sum").network, Domain.box("[-1,1]x[2,2]"), "a map")
    Traceback (most recent call last):
    toynets.errors.ToynetsError: a map needs inputs that move, but in [-1, 1] x [2, 2] x2 is...
    """
    if domain is None or domain.bounds is None:
        return
    count = len(network.inputs)
    if len(domain.bounds) != count:
        raise ToynetsError(
            f"{what} of {network.name or 'the network'} needs a box of "
            f"{counted(count, 'input')}, but {domain.text} has {len(domain.bounds)}.",
            fix=f'write --domain "{_usual(count)}".',
        )
    still = [
        (name, low)
        for name, (low, high) in zip(network.inputs, domain.bounds, strict=True)
        if to_number(low) == to_number(high)
    ]
    if not still:
        return
    said = ", ".join(f"{name} is always {printed(value)}" for name, value in still)
    every = len(still) == count
    raise ToynetsError(
        f"{what} needs inputs that move, but in {domain.text} {said}.",
        cause="the box is a single point." if every else "the box has an edge of width 0.",
        fix=f'draw a wider box, --domain "{_usual(count)}"; toynets trace shows one input.',
    )


def _usual(count: int) -> str:
    return "[-1,1]" + (f"^{count}" if count > 1 else "")


def range_of(network: Network, domain: Domain | None, k: int = 0) -> tuple[Any, Any]:
    """Return the least and the greatest value of one input; [−1, 2] around bits."""
    domain = domain_of(network, domain)
    if domain.bounds is not None:
        low, high = domain.bounds[k]
        return low, high
    values = [row[k] for row in domain.rows]
    low, high = min(values), max(values)
    return (low - 1, high + 1) if low != high else (low - 1, low + 1)


def kinks(network: Network, low: Any, high: Any) -> list[Any]:
    """Return the points of an interval at which a network of one input bends, exactly.

    >>> from toynets.zoo import load
    >>> kinks(load("fit-1d").network, rational(0), rational(3))
    [1, 2]
    """
    from toynets.verification.proofs.regions import regions

    found = regions(network, Domain.box([[low, high]]))
    inner = {rational(v[0]) for region in found for v in region.vertices}
    return [v for v in sorted(inner) if low < v < high]


def is_piecewise(network: Network) -> bool:
    """Whether a network is made of straight pieces."""
    from toynets.verification.proofs.regions import PIECEWISE

    return all(layer.activation in PIECEWISE for layer in network.layers)


def points_of(network: Network, low: Any, high: Any) -> tuple[list[Any], list[Any]]:
    """Return where a curve over one input is drawn, and its joints.

    Of a network of straight pieces these are its joints and both ends: the curve is exact. Where a
    step unit jumps, a point stands just on either side. Curved units are sampled.
    """
    if is_piecewise(network):
        joints = kinks(network, low, high)
        points = [low, *joints, high]
        if any(layer.activation == "step" for layer in network.layers):
            tiny = (high - low) / 10_000
            points = sorted({*points, *(j + tiny for j in joints)})
        return points, joints
    step = (high - low) / SAMPLES
    return [low + step * k for k in range(SAMPLES + 1)], []


def floats(values: Sequence[Any]) -> list[float]:
    """Return floats of exact numbers."""
    return [to_number(v) for v in values]


def exact(value: float) -> Any:
    """Return a stored number as the rational that it is."""
    return from_float(value)
