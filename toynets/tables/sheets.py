"""What a table of weights or units holds, before it is text in any format."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from toynets.display import Table
from toynets.errors import ToynetsError
from toynets.fields import record
from toynets.rationals import from_float, short, text

if TYPE_CHECKING:
    from toynets.explanation import Explanation
    from toynets.network import Network

# What a column holds: an address, an exact number, an `Expression`, or words.
KINDS = ("name", "number", "formula", "words")
DIGITS = 6


@record(frozen=True)
class Sheet:
    """Rows of names, numbers, formulas and words.

    Attributes:
        title: what it is of.
        columns: (heading, kind) of each column.
        rows: a tuple a row: text, an exact rational, an `Expression`, or text; None where empty.
    """

    title: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[Any, ...], ...]

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ToynetsError(f"{len(row)} cells stand in a row of {len(self.columns)}.")

    def table(self) -> Table:
        """Return the sheet as a `Table`: numbers short, everything as text."""
        return Table(
            [heading for heading, _ in self.columns],
            [
                [
                    _text(value, kind, short_form=True)
                    for value, (_, kind) in zip(row, self.columns, strict=True)
                ]
                for row in self.rows
            ],
            title=self.title,
            right=[heading for heading, kind in self.columns if kind == "number"],
            records=self.records(),
        )

    def records(self) -> list[dict[str, str]]:
        """Return a mapping a row, numbers exact."""
        return [
            {
                heading: _text(value, kind, short_form=False)
                for value, (heading, kind) in zip(row, self.columns, strict=True)
            }
            for row in self.rows
        ]


def _text(value: Any, kind: str, *, short_form: bool) -> str:
    if value is None:
        return ""
    if kind == "number":
        return short(value, DIGITS) if short_form else text(value)
    return str(value)


def weight_sheet(network: Network, explanation: Explanation | None = None) -> Sheet:
    """Return every weight and bias: value, stated value, role and reason.

    Args:
        network: any.
        explanation: for what is said of each; columns with nothing in them are left out.

    >>> from toynets.zoo import load
    >>> entry = load("xor-sum")
    >>> print(weight_sheet(entry.network, entry.explanation).table().plain().splitlines()[8])
    weight: h2->y; value: -2; role: inhibits; why: takes back both when both are on
    """
    rows = []
    for weight in network.weights():
        said = explanation.stated_weight(weight.name) if explanation is not None else None
        value = from_float(weight.value)
        stated = None if said is None else said.value
        rows.append(
            (
                weight.name,
                value,
                None if stated is None or str(stated) == text(value) else stated,
                said.role if said is not None else "",
                said.why if said is not None else "",
            )
        )
    columns = (
        ("weight", "name"),
        ("value", "number"),
        ("stated", "formula"),
        ("role", "words"),
        ("why", "words"),
    )
    return _filled(_title(network, "weights"), columns, rows)


def unit_sheet(network: Network, explanation: Explanation | None = None) -> Sheet:
    """Return every unit: activation, what it computes, what it stands for, role and reason.

    Args:
        network: any.
        explanation: for what is said of each; columns with nothing in them are left out.

    >>> from toynets.zoo import load
    >>> entry = load("xor-sum")
    >>> [row["stands for"] for row in unit_sheet(entry.network, entry.explanation).records()]
    ['x1 + x2', 'x1 and x2', 'x1 != x2']
    """
    rows = []
    for unit in network.units:
        said = explanation.units.get(unit) if explanation is not None else None
        rows.append(
            (
                unit,
                network.activation_of(unit),
                None if said is None else said.expression,
                None if said is None else said.concept,
                "" if said is None else said.role,
                "" if said is None else said.why,
            )
        )
    columns = (
        ("unit", "name"),
        ("activation", "words"),
        ("computes", "formula"),
        ("stands for", "formula"),
        ("role", "words"),
        ("why", "words"),
    )
    return _filled(_title(network, "units"), columns, rows)


def _title(network: Network, what: str) -> str:
    return f"{network.name or 'network'}, {network.text}: {what}"


def _filled(
    title: str, columns: tuple[tuple[str, str], ...], rows: Sequence[tuple[Any, ...]]
) -> Sheet:
    """Return a sheet without the columns that are empty."""
    keep = [k for k in range(len(columns)) if any(row[k] not in (None, "") for row in rows)]
    return Sheet(
        title,
        tuple(columns[k] for k in keep),
        tuple(tuple(row[k] for k in keep) for row in rows),
    )
