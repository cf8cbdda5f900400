"""All swaps of one unit: its activation taken from every input, put into every input."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from toynets.domain import Row
from toynets.names import parse_intervention
from toynets.verification.check import Side
from toynets.verification.partition import Swaps
from toynets.verification.tiers import activation_key


def all_swaps(
    measured: Side, rows: Sequence[Row], unit: str, derived: Side | None = None
) -> Swaps:
    """Return what comes out when a unit's activation is taken from each input in turn.

    Args:
        measured: the network's side.
        rows: the inputs, each as base and as source; sources with one activation are tried once.
        unit: a hidden unit or an output.
        derived: the explanation's side, where there is one.

    Raises:
        Undecided: a step of a ball around 0 has no value.

    >>> from toynets.domain import Domain
    >>> from toynets.exact import Machine
    >>> from toynets.network import Network
    >>> xor = Network.from_layers(
    ...     [([[1, 1], [1, 1]], [0, -1], "relu"), ([[1, -2]], [0], "identity")])
    >>> rows = Domain.boolean(2).rows
    >>> found = all_swaps(Side(Machine(xor, Domain.boolean(2)), xor.wiring), rows, "h1")
    >>> found.same, [y for (y,) in found.outcomes[2]]
    ((0, 1, 1, 2), [2, 2, 2, 0])
    """
    own = derived or measured
    numbers: dict[Any, int] = {}
    same = []
    for k, x in enumerate(rows):
        key = activation_key(unit, measured.runner.values(x), own.runner.values(x))
        same.append(numbers.setdefault((k,) if key is None else key, len(numbers)))
    first: dict[int, Row] = {}
    for s, x in zip(same, rows, strict=True):
        first.setdefault(s, x)
    sources = list(first.values())
    outcomes = [_put(measured, rows, unit, source) for source in sources]
    if derived is None:
        return Swaps(rows, same, outcomes)
    return Swaps(rows, same, outcomes, _each_once(derived, rows, unit, sources))


def _each_once(
    side: Side, rows: Sequence[Row], unit: str, sources: Sequence[Row]
) -> list[list[Any]]:
    """Return the outputs for each source; sources with one activation share one list."""
    known: dict[Any, list[Any]] = {}
    found = []
    for k, source in enumerate(sources):
        values = side.runner.values(source)
        key = activation_key(unit, values, values) or (k,)
        if key not in known:
            known[key] = _put(side, rows, unit, source)
        found.append(known[key])
    return found


def _put(side: Side, rows: Sequence[Row], unit: str, source: Row) -> list[Any]:
    """Return the outputs on every row with the unit taken from one source."""
    plan = side.plan(parse_intervention(f"{unit} = {unit}(x')"))
    return [side.outcome(x, plan, source=source) for x in rows]
