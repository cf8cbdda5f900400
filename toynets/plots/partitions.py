"""The causal partition of a unit on the unit square: corners that it does not tell apart are tied.

Corners of one class are joined by a band and have the same marker, so that neither colour nor
position alone says which belong together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.plots.colours import mixed
from toynets.plots.figure import Figure, Key, finish, shown
from toynets.plots.page import Page
from toynets.plots.panels import named, spot
from toynets.plots.style import Style, plot
from toynets.rationals import ZERO, workprec
from toynets.verification.classes import Partition, partition_of
from toynets.verification.compare import Decision

if TYPE_CHECKING:
    from toynets.network import Network

SHAPES = ("o", "s", "D", "p")
MOST = 8
SHADES = (0.0, 0.25, 0.42, 0.12)


def draw_partition(
    page: Page,
    x: float,
    y: float,
    side: float,
    found: Partition,
    texts: Mapping[str, str] | None = None,
) -> None:
    """Draw the four corners, joined by class.

    Args:
        page: where.
        x, y: the lower left corner, in mm.
        side: in mm, with the room for the markers.
        found: over two bits.
        texts: what stands in each corner, by its label; default the letter of its class.

    Raises:
        ToynetsError: another domain than two bits, or a partition that is not known.
    """
    if set(found.rows) != {"00", "01", "10", "11"} or not found.classes:
        raise ToynetsError(
            f"the partition of {found.unit} is not one of the corners of a square.",
            cause=found.why or f"its domain is {found.domain}.",
            fix="partition squares are drawn of networks of two bits.",
        )
    style = page.style
    low, reach = 0.18 * side, 0.64 * side
    square = [(0, 0), (0, 1), (1, 1), (1, 0), (0, 0)]

    def at(corner: tuple[int, int]) -> tuple[float, float]:
        return x + low + reach * corner[0], y + low + reach * corner[1]

    outline = [at(corner) for corner in square]
    page.line(*zip(*outline, strict=True), colour="rule", order=1)
    for k, one in enumerate(found.classes):
        places = [(int(label[0]), int(label[1])) for label in one.inputs]
        shade = mixed(style.colour("positive"), style.colour("paper"), SHADES[k])
        for i, a in enumerate(places):
            for b in places[i + 1 :]:
                ends = zip(at(a), at(b), strict=True)
                page.line(*ends, colour="faint", linewidth=3 * style.size("thick"))
        for label, place in zip(one.inputs, places, strict=True):
            said = texts[label] if texts is not None else "abcd"[k]
            name = f"{found.unit} of {found.network} on {label} at {x:.1f}, {y:.1f}"
            spot(page, page.sheet, *at(place), said, name, SHAPES[k], shade)


def axis_names(page: Page, x: float, y: float, side: float, names: Sequence[str]) -> None:
    """Write which input is across and which is up, beside a square of `draw_partition`."""
    low = 0.18 * side
    page.text(x + side / 2, y + low - 2.0, f"{names[0]} →", size="small", colour="muted")
    page.text(x + low - 1.9, y + side / 2, f"{names[1]} →", size="small", colour="muted", turned=90)


@plot
def partition_squares(
    network: Network,
    explanation: Any = None,
    *,
    style: Style,
    domain: Domain | None = None,
    units: Sequence[str] = (),
    name: str = "partition_squares",
) -> Figure:
    """Draw the causal partition of every unit of a network of two bits, by value.

    Args:
        network: of two inputs.
        explanation: is verified first; outputs within its tolerance count as the same.
        style: how it looks.
        domain: all bits; another one is refused.
        units: default all, the outputs last; at most 8.
        name: of the files.

    Raises:
        ToynetsError: other inputs than two bits, or too many units.

    >>> from toynets.zoo import load
    >>> partition_squares(load("xor-sum").network).numbers["h1"]["classes"]
    [['00'], ['01', '10'], ['11']]
    """
    bits = Domain.boolean(2)
    if len(network.inputs) != 2 or (domain is not None and domain != bits):
        raise ToynetsError(
            f"partition squares are drawn of two bits; {network.name or 'the network'} has "
            f"{len(network.inputs)} inputs"
            + (f", and the domain is {domain.text}." if domain is not None else "."),
            fix="toynets partition lists the classes of any unit.",
        )
    chosen = tuple(units) or network.units
    if len(chosen) > MOST:
        raise ToynetsError(f"{len(chosen)} squares are too many: {MOST} fit.", fix="units=(…)")
    record_ = shown(network, explanation, bits)
    with workprec():
        found = {
            unit: partition_of(
                network,
                bits,
                unit,
                level="value",
                decision=Decision({}, network.outputs),
                within=ZERO if explanation is None else explanation.epsilon("ablations"),
            )
            for unit in chosen
        }
    rows = -(-len(chosen) // 4)
    page = style.page(height_mm=34.0 * rows + 2, natural="one-and-a-half")
    for k, (unit, one) in enumerate(found.items()):
        x, y = 2 + 32.0 * (k % 4), page.height - 27 - 34.0 * (k // 4)
        draw_partition(page, x, y, 25, one)
        if k == 0:  # which corner is which
            axis_names(page, x, y, 25, [style.written.unit(x) for x in network.inputs])
        said = f"{style.written.unit(unit)}: {named(style, one.name)}" if one.name else unit
        page.text(x + 12.5, y - 1.5, said, size="small")
    counts = ", ".join(f"{unit} {len(one.classes)}" for unit, one in found.items())
    return finish(
        page,
        name,
        numbers={
            unit: {"classes": [list(c.inputs) for c in one.classes], "name": one.name}
            for unit, one in found.items()
        },
        claim="Corners that are joined are alike to a unit: swapping its activation between them "
        f"never changes an output on any input. Classes: {counts}.",
        alt=f"A square for each of {len(found)} units, whose corners are the four inputs; those "
        "that the unit does not tell apart are joined.",
        description=" ".join(
            f"{unit}: {'; '.join(' and '.join(c.inputs) for c in one.classes)}."
            for unit, one in found.items()
        ),
        shows=[record_],
        keys=(Key("another class, by its marker", style.colour("positive"), marker="s"),),
    )
