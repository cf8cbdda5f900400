"""Contributions of units, and the worst of all subset ablations without trying them all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from toynets.errors import Undecided
from toynets.fields import record
from toynets.names import parse_intervention
from toynets.rationals import ZERO, from_float
from toynets.verification.check import Side


def contributions(network: Any, values: Sequence[Any]) -> dict[str, list[Any]]:
    """Return weight times activation of each unit of the last hidden layer, and the bias.

    Args:
        network: with at least one hidden layer, else there are none.
        values: every clean variable by name, per input.
    """
    if len(network.layers) < 2:
        return {}
    found: dict[str, list[Any]] = {}
    last = network.layers[-1]
    several = len(last.units) > 1
    for i, output in enumerate(last.units):
        for j, unit in enumerate(network.layers[-2].units):
            if last.has(i, j):
                weight = from_float(last.weight[i][j])
                name = f"{unit}->{output}" if several else unit
                found[name] = [weight * v[unit] for v in values]
        if last.bias is not None and last.bias[i]:
            name = f"{output}.bias" if several else "bias"
            found[name] = [from_float(last.bias[i])] * len(values)
    return found


@record(frozen=True)
class WorstSubset:
    """The subset ablation in which derived and measured outcome are furthest apart.

    Attributes:
        units: those that are ablated, () for the clean run.
        kind: `zero`, `pre`, `incoming` or `mean`.
        intervention: its text.
        row: number of the input.
        output: its name.
        error: |derived - measured|.
    """

    units: tuple[str, ...]
    kind: str
    intervention: str
    row: int
    output: str
    error: Any


def additive(network: Any) -> bool:
    """Return whether the effects of units add up: one hidden layer, and an affine output."""
    return len(network.layers) == 2 and network.layers[-1].activation in ("identity", "softmax")


def worst_subset(
    network: Any,
    measured: Side,
    derived: Side,
    rows: Sequence[Any],
    kinds: Sequence[tuple[str, str]],
) -> WorstSubset | None:
    """Return the worst of all 2^h subset ablations from the h single ones.

    With one hidden layer and an affine output effects add up. Let e be the error (derived less
    measured) of the clean run and d_k what ablating unit k adds to it; the error of a subset S is
    e plus the sum of d_k over S, so that the greatest is e plus the positive d_k and the least e
    plus the negative ones. (With contribution errors e_k and bias error e_0: d_k = -e_k and
    e = e_0 + sum e_k, which gives the greatest as e_0 + sum max(e_k, 0) over the units kept.)

    Returns:
        None where nothing differs, or where a unit has no value (a step of a ball around 0).
    """
    best: WorstSubset | None = None
    for kind, template in kinds:
        fed = [u for u in network.hidden if kind != "incoming" or network.wiring.incoming(u)]
        plans = []
        for unit in fed:
            single = parse_intervention(template.format(unit))
            plans.append((unit, measured.plan(single), derived.plan(single)))
        for i, x in enumerate(rows):
            try:
                clean = _errors(measured.outcome(x), derived.outcome(x))
                singles = [
                    (u, _errors(measured.outcome(x, m), derived.outcome(x, d))) for u, m, d in plans
                ]
            except Undecided:
                return None
            for k, output in enumerate(network.outputs):
                moves = [(unit, found[k] - clean[k]) for unit, found in singles]
                for sign in (1, -1):
                    chosen = [(u, d) for u, d in moves if sign * d > 0]
                    error = sign * sum((d for _, d in chosen), clean[k])
                    if not error <= (ZERO if best is None else best.error):
                        units = tuple(u for u, _ in chosen)
                        text = ", ".join(template.format(u) for u in units)
                        best = WorstSubset(units, kind, text, i, output, error)
    return best


def _errors(measured: Sequence[Any], derived: Sequence[Any]) -> list[Any]:
    return [d - m for d, m in zip(derived, measured, strict=True)]
