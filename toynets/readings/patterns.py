"""The preferred input of a unit: where it is largest on the domain, and among inputs of one length.

A unit that reads the inputs directly has a preferred direction, which depends on how length is
measured. Deeper units and outputs have a preferred input on the domain alone.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from toynets.display import Table
from toynets.domain import label
from toynets.errors import ToynetsError, unknown
from toynets.exact import Machine
from toynets.fields import field, record
from toynets.rationals import ZERO, from_float, short, to_float, workprec

if TYPE_CHECKING:
    from toynets.domain import Domain
    from toynets.network import Network

NORMS = ("1", "2", "inf")
SHADES = " .:-=+*#%@"


@record(frozen=True)
class Pattern:
    """What a unit likes best.

    Attributes:
        unit: its name.
        inputs: names.
        norm: `1`, `2` or `inf`: how the length of an input is measured.
        direction: the input of length 1 with the largest pre-activation, as floats; () for a unit
            that does not read the inputs directly.
        pre: its pre-activation there, the bias left out: the dual norm of the weights.
        domain: in symbols.
        best: the inputs of the domain where the unit is largest, as labels; a box has one.
        largest: its value there, as text.
        least: the smallest value on the domain, as text.
        ties: inputs that share the largest weight, where norm 1 had to take one of them.
    """

    unit: str
    inputs: tuple[str, ...]
    norm: str
    direction: tuple[float, ...]
    pre: float | None
    domain: str
    best: tuple[str, ...]
    largest: str
    least: str
    ties: tuple[str, ...] = field(default=())

    def table(self) -> Table:
        """Return a row an input: its weight in the preferred direction."""
        return Table(
            ["input", f"preferred, length 1 in norm {self.norm}"],
            [[n, f"{v:+.4g}"] for n, v in zip(self.inputs, self.direction, strict=False)],
            right=[f"preferred, length 1 in norm {self.norm}"],
            title=f"{self.unit}: preferred input",
        )

    def notes(self) -> list[str]:
        """Return what stands below the table."""
        lines = []
        if self.direction:
            lines.append(
                f"its pre-activation there, without the bias: {self.pre:.6g}. "
                "Another norm has another preferred input."
            )
        more = f" and {len(self.best) - 4} more" if len(self.best) > 4 else ""
        lines.append(
            f"on {self.domain} it is largest, {self.largest}, at {', '.join(self.best[:4])}{more}; "
            f"its smallest value there is {self.least}."
        )
        if self.ties:
            lines.append(
                f"{', '.join(self.ties)} have the same largest weight: any of them does as well."
            )
        return lines

    def picture(self, rows: int, columns: int) -> str:
        """Draw the direction as a grid of shades: @ the most liked, a space the most disliked.

        Raises:
            ToynetsError: the grid has another number of cells, or there is no direction.
        """
        if not self.direction or rows * columns != len(self.direction):
            raise ToynetsError(
                f"a grid of {rows} x {columns} does not fit "
                f"{len(self.direction)} weights of {self.unit}.",
                fix="give rows x columns = number of inputs, for a unit that reads the inputs.",
            )
        top = max(abs(v) for v in self.direction) or 1.0
        place = [round((v / top + 1) / 2 * (len(SHADES) - 1)) for v in self.direction]
        lines = [place[r * columns : (r + 1) * columns] for r in range(rows)]
        return "\n".join("".join(SHADES[k] * 2 for k in line).rstrip() for line in lines)

    def to_dict(self) -> dict[str, Any]:
        """Return the record as plain data."""
        return {
            "unit": self.unit,
            "norm": self.norm,
            "direction": dict(zip(self.inputs, self.direction, strict=False)),
            "pre": self.pre,
            "domain": self.domain,
            "best": list(self.best),
            "largest": self.largest,
            "least": self.least,
            "ties": list(self.ties),
        }

    def __str__(self) -> str:
        head = [str(self.table())] if self.direction else [f"{self.unit}: preferred input"]
        return "\n".join([*head, *self.notes()])

    __repr__ = __str__


def preferred(network: Network, unit: str, domain: Domain, norm: str = "2") -> Pattern:
    """Return the preferred input of a unit or an output.

    Among the inputs of length 1 the largest weighted sum is, by norm: `2` the weights themselves,
    scaled to length 1; `inf` their signs; `1` the single input of the largest weight.

    Args:
        network: any.
        unit: hidden or output.
        domain: of which the best inputs are named too.
        norm: `1`, `2` or `inf`.

    Raises:
        ToynetsError: no such unit or norm.

    >>> from toynets.domain import Domain
    >>> from toynets.network import Network
    >>> net = Network.from_layers([([[3, -4]], [1], "relu")])
    >>> found = preferred(net, "y", Domain.boolean(2))
    >>> found.direction, found.pre, found.best, found.largest
    ((0.6, -0.8), 5.0, ('10',), '4')
    """
    if norm not in NORMS:
        raise ToynetsError(
            f"the norm is 1, 2 or inf, but got {norm!r}.",
            cause="a preferred input is the best among those of one length.",
            fix='write norm="2" for the usual length, "inf" where each input is between -1 and 1.',
        )
    if unit not in network.units:
        raise ToynetsError(unknown("unit", unit, network.name, network.units))
    machine = Machine(network, domain)
    weights = [from_float(network.numbers.get(f"{x}->{unit}", 0.0)) for x in network.inputs]
    direct = unit in network.layers[0].units and any(w != 0 for w in weights)
    direction: tuple[float, ...] = ()
    pre: float | None = None
    ties: tuple[str, ...] = ()
    if direct:
        direction, pre, ties = _direction(weights, norm, network.inputs)
    with workprec():
        best, largest, least = _on(machine, domain, unit)
    return Pattern(
        unit, network.inputs, norm, direction, pre, domain.text, best, largest, least, ties
    )


def _direction(
    weights: list[Any], norm: str, names: tuple[str, ...]
) -> tuple[tuple[float, ...], float, tuple[str, ...]]:
    """Return the best input of length 1, its weighted sum, and the names that tie (norm 1)."""
    sizes = [abs(w) for w in weights]
    signs = [(w > 0) - (w < 0) for w in weights]
    if norm == "inf":
        return tuple(map(float, signs)), to_float(sum(sizes, ZERO)), ()
    if norm == "1":
        top = max(sizes)
        first = sizes.index(top)
        tied = tuple(n for n, s in zip(names, sizes, strict=True) if s == top)
        alone = tuple(float(s) if k == first else 0.0 for k, s in enumerate(signs))
        return alone, to_float(top), tied if len(tied) > 1 else ()
    length = math.sqrt(to_float(sum((w * w for w in weights), ZERO)))
    return tuple(to_float(w) / length for w in weights), length, ()


def _on(machine: Machine, domain: Domain, unit: str) -> tuple[tuple[str, ...], str, str]:
    """Return where on the domain a unit is largest, and its largest and smallest value."""
    if domain.kind == "box":
        from toynets.exact.ranges import box_extreme

        assert domain.bounds is not None
        found = box_extreme(machine, domain.bounds, machine.place[unit])
        where = ", ".join(_shown(v) for v in found.max_at)
        return (where,), _shown(found.maximum), _shown(found.minimum)
    values = [machine.values(x)[unit] for x in domain.rows]
    top = low = values[0]
    for value in values[1:]:
        top, low = value if value > top else top, value if value < low else low
    best = tuple(label(x) for x, value in zip(domain.rows, values, strict=True) if not value < top)
    return best, _shown(top), _shown(low)


def _shown(value: Any) -> str:
    return short(value) if hasattr(value, "p") else f"{float(value.mid()):.6g}"
