"""The coalition lattice: the output with every subset of some units kept, the others ablated.

Lines join subsets that differ in one unit and carry what that unit changes there: a unit that does
nothing in one place and all in another shows at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any

from toynets.errors import ToynetsError, unknown
from toynets.exact import Machine
from toynets.fields import record
from toynets.plots.figure import Figure, finish, shown, sign_keys
from toynets.plots.numbers import printed, stored, to_number
from toynets.plots.panels import finite
from toynets.plots.style import Style, plot
from toynets.rationals import rational, workprec

if TYPE_CHECKING:
    from toynets.domain import Domain
    from toynets.network import Network
    from toynets.plots.page import Page

MOST_UNITS = 4
MOST_INPUTS = 4096
HEIGHT = 6.0  # mm of a node


@record(frozen=True)
class Lattice:
    """The output for every subset of some units.

    Attributes:
        units: that are kept or ablated.
        kind: `0` or `mean`.
        values: the units that are kept -> the output, exact.
    """

    units: tuple[str, ...]
    kind: str
    values: dict[tuple[str, ...], Any]

    def steps(self) -> list[tuple[tuple[str, ...], tuple[str, ...], Any]]:
        """Return (without, with, what the one unit adds) for each line."""
        found = []
        for kept in self.values:
            for unit in self.units:
                if unit not in kept:
                    larger = tuple(u for u in self.units if u in kept or u == unit)
                    found.append((kept, larger, self.values[larger] - self.values[kept]))
        return found


def lattice_of(
    network: Network, units: Sequence[str], x: Any, domain: Domain | None = None, kind: str = "0"
) -> Lattice:
    """Evaluate every subset of some units, exactly.

    Args:
        network: of one output; of several, the first counts.
        units: at most 4, hidden.
        x: one input.
        domain: what `mean` is over.
        kind: `0` or `mean`: what stands in the place of a unit that is ablated.

    Raises:
        ToynetsError: too many units, or one that is not there.

    >>> from toynets.zoo import load
    >>> twins = load("twin-units").network
    >>> [str(v) for v in lattice_of(twins, ["twin1", "twin2"], [1]).values.values()]
    ['0', '1', '1', '1']
    """
    for unit in units:
        if unit not in network.hidden:
            raise ToynetsError(unknown("hidden unit", unit, network.name, network.hidden))
    if not 1 <= len(units) <= MOST_UNITS:
        raise ToynetsError(
            f"a lattice is drawn of 1 to {MOST_UNITS} units, but got {len(units)}.",
            fix="name those whose subsets matter: units=('h1', 'h2').",
        )
    machine = Machine(network, domain)
    values: dict[tuple[str, ...], Any] = {}
    with workprec():
        for size in range(len(units) + 1):
            for kept in combinations(units, size):
                gone = [u for u in units if u not in kept]
                text = f"{', '.join(gone)} = {kind}" if gone else None
                values[kept] = machine.outcome(x, text)[0]
    return Lattice(tuple(units), kind, values)


def draw_lattice(
    page: Page, x: float, y: float, width: float, height: float, found: Lattice, prefix: str = ""
) -> None:
    """Draw the subsets in rows, all units kept at the top, none at the bottom.

    Args:
        page: where.
        x, y: the lower left corner, in mm.
        width, height: the room, in mm.
        found: the values.
        prefix: keeps the nodes of several lattices of a page apart.
    """
    style, write = page.style, page.style.written.unit
    count = len(found.units)
    places: dict[tuple[str, ...], tuple[float, float]] = {}
    for size in range(count + 1):
        row = [kept for kept in found.values if len(kept) == size]
        for k, kept in enumerate(row):
            places[kept] = (
                x + width * (k + 0.5) / len(row),
                y + HEIGHT / 2 + (height - HEIGHT) * size / count,
            )
    for k, (less, more, gain) in enumerate(found.steps()):
        (x0, y0), (x1, y1) = places[less], places[more]
        y0, y1 = y0 + HEIGHT / 2, y1 - HEIGHT / 2
        moved = to_number(gain)
        page.line([x0, x1], [y0, y1], width="thick" if moved else "thin", **style.sign(moved))
        share = 0.5 if count < 3 else 0.3 + 0.4 * (k % 2)
        colour = "muted" if moved == 0 else "negative" if moved < 0 else "positive"
        page.text(
            x0 + share * (x1 - x0),
            y0 + share * (y1 - y0),
            printed(gain, sign=True),
            size="small",
            colour=colour,
            halo="paper",
        )
    for kept, (px, py) in places.items():
        said = ", ".join(write(u) for u in kept) or "none"
        label = f"{said}: {printed(found.values[kept])}"
        name = f"{prefix}{' '.join(kept) or 'none'}"
        wide = page.measure(label, "small")[0] + 4.0
        page.shape(px, py, wide, HEIGHT, name=name)
        page.text(px, py, label, size="small", on=name)


@plot
def lattice(
    network: Network,
    explanation: Any = None,
    *,
    style: Style,
    domain: Domain | None = None,
    x: Any = None,
    units: Sequence[str] = (),
    ablation: str = "0",
    name: str = "lattice",
) -> Figure:
    """Draw the output on one input for every subset of some units.

    Args:
        network: any.
        explanation: is verified first.
        style: how it looks.
        domain: what `mean` is over, and what the explanation is about; default all bits.
        x: one input; default the last of the domain.
        units: default all hidden ones; at most 4.
        ablation: `0` or `mean`.
        name: of the files.

    Raises:
        ToynetsError: too many units, or one that is not there.

    >>> from toynets.zoo import load
    >>> made = lattice(load("xor-sum").network)
    >>> made.numbers["outputs"]
    {'none': 0, 'h1': 2, 'h2': -2, 'h1 h2': 0}
    """
    record_ = shown(network, explanation, domain)
    inputs = finite(network, domain, MOST_INPUTS)
    x = inputs.rows[-1] if x is None else x
    found = lattice_of(network, tuple(units) or network.hidden, x, inputs, ablation)
    count = len(found.units)
    page = style.page(
        height_mm=16.0 * count + 10, natural="single" if count < 3 else "one-and-a-half"
    )
    draw_lattice(page, 2, 2, page.width - 4, page.height - 4, found)
    idle = [
        u
        for u in found.units
        if not any(to_number(g) for a, b, g in found.steps() if set(b) - set(a) == {u})
    ]
    said = f"; {', '.join(idle)} changes nothing anywhere" if idle else ""
    at = ", ".join(map(printed, map(rational, x)))
    return finish(
        page,
        name,
        numbers={
            "input": [str(v) for v in x],
            "outputs": {" ".join(k) or "none": stored(v) for k, v in found.values.items()},
            "gains": {
                f"{' '.join(a) or 'none'} to {' '.join(b)}": stored(g) for a, b, g in found.steps()
            },
        },
        claim=f"The output on ({at}) with each subset of {count} units kept, the others set to "
        f"{found.kind}; lines carry what one more unit changes{said}.",
        alt=f"A lattice of the {len(found.values)} subsets of {count} units, each with the output "
        "that is left, and on each line what one more unit adds.",
        description="All units are kept at the top, none at the bottom; each line adds one unit. "
        "Solid lines raise the output, dashed ones lower it, dotted ones change nothing.",
        shows=[record_],
        keys=sign_keys(style),
    )
