"""Every number of a network as a record, and as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toynets.display import Table
from toynets.fields import record
from toynets.rationals import fraction, from_float, text

if TYPE_CHECKING:
    from fractions import Fraction

    from toynets.network import Network


@record(frozen=True)
class Weight:
    """One number of a network.

    Attributes:
        name: its address, `x1->h2` or `h2.bias`.
        source: where it comes from, "" for a bias.
        target: the unit that it belongs to.
        value: as stored.
        group: the tied group that shares it, or "".
    """

    name: str
    source: str
    target: str
    value: float
    group: str = ""

    @property
    def exact(self) -> Fraction:
        """The value as the rational that it is."""
        return fraction(from_float(self.value))


def weights_of(network: Network) -> tuple[Weight, ...]:
    """Return every number as a record, in the order of `network.numbers`."""
    group = {a: g for g, members in network.ties.items() for a in members}
    found = []
    for address, value in network.numbers.items():
        source, arrow, target = address.partition("->")
        if not arrow:
            source, target = "", address.removesuffix(".bias")
        found.append(Weight(address, source, target, value, group.get(address, "")))
    return tuple(found)


def table_of(network: Network) -> Table:
    """Return every weight with its names and exact value."""
    rows, records = [], []
    for w in weights_of(network):
        exact = text(from_float(w.value))
        rows.append([w.name, w.source, w.target, repr(w.value), exact])
        records.append(
            {"weight": w.name, "from": w.source, "to": w.target, "value": w.value, "exact": exact}
        )
    return Table(
        ["weight", "from", "to", "value", "exact"],
        rows,
        right=["value", "exact"],
        title=f"{network.name}  {network.text}".strip(),
        records=records,
    )
