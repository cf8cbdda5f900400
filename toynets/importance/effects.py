"""What ablation really does: the effect of each single ablation, in exact arithmetic.

With a source, what is measured is how much of the player's effect hangs on that input: the effect
minus the effect that is left while the input is held at its mean.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from flint import fmpq

from toynets.domain import label
from toynets.exact import Machine
from toynets.exact.boundary import public
from toynets.importance.games import Unavailable
from toynets.rationals import to_float
from toynets.records import Ball

if TYPE_CHECKING:
    from toynets.importance.scoring import Values
    from toynets.importance.setting import Setting

ABLATIONS = {
    "units": ("zero", "mean", "resample", "worst"),
    "inputs": ("zero", "mean", "resample", "worst"),
    "weights": ("cut", "flip"),
}
# Beyond so many exact cases effects are computed in float64, which the record says.
EXACT_CASES = 60_000
# Extremes over a range are always exact; a smooth network takes some milliseconds a case.
WORST_CASES = 3_000


@dataclass(frozen=True)
class Effect:
    """What one ablation of one player does to one target.

    Attributes:
        largest: the largest |outcome - clean output| over the domain: Fraction, Ball or float.
        mean_size: the mean of the same.
        mean: the mean effect, with its sign.
        at: the label of the first input where it is largest.
    """

    largest: Any
    mean_size: Any
    mean: Any
    at: str


class Effects:
    """All single ablations of one kind.

    Attributes:
        kind: `zero`, `mean`, `resample`, `worst`, `cut` or `flip`.
        table: target -> player -> `Effect`.
        exact: whether rationals (or balls) were used, and not float64.
        cases: how many (ablation, input) pairs were run.
    """

    def __init__(
        self, kind: str, table: dict[str, dict[str, Effect]], exact: bool, cases: int
    ) -> None:
        self.kind = kind
        self.table = table
        self.exact = exact
        self.cases = cases

    def sizes(self, how: str) -> Values:
        """Return for each target the `largest` or `mean` |effect| of each player, as floats."""
        name = {"largest": "largest", "mean": "mean_size"}[how]
        return [[size(getattr(e, name)) for e in row.values()] for row in self.table.values()]

    @cached_property
    def means(self) -> Values:
        """For each target the mean effect of each player, with its sign."""
        return [[size(e.mean) for e in row.values()] for row in self.table.values()]


def size(value: Any) -> float:
    """Return a Fraction, Ball or float as a float; a ball around 0 is 0, and not its middle."""
    return 0.0 if isinstance(value, Ball) and 0 in value else float(value)


def ablation(setting: Setting, player: str, kind: str) -> str:
    """Return the intervention in words of the language."""
    if kind == "cut":
        return f"{setting.address(player)} = 0"
    if kind == "flip":
        return f"{setting.address(player)} *= -1"
    return f"{player} = {'0' if kind == 'zero' else kind}"


def effects(setting: Setting, kind: str, *, exact_cases: int = EXACT_CASES) -> Effects:
    """Run one kind of ablation of every player on every input.

    Of `worst`, which has two outcomes, the one further from the clean output counts.

    Args:
        setting: players, inputs and targets.
        kind: one of `ABLATIONS`.
        exact_cases: with more cases than this, float64 is used.

    Raises:
        Unavailable: `resample` on a domain with one input; `worst` with a source, or of more than
            `WORST_CASES`.
    """
    key = (kind, exact_cases)
    if key not in setting.kept:
        count = len(setting.rows)
        if kind == "resample" and count < 2:
            raise Unavailable("the domain has one input, so nothing else can be drawn")
        cases = len(setting.players) * count * (count - 1 if kind == "resample" else 1)
        exact = cases <= exact_cases
        if kind == "worst":
            if setting.source:
                raise Unavailable("an extreme is not a sum of what hangs on a source and the rest")
            if cases > WORST_CASES:
                raise Unavailable(f"{cases} cases: extremes are searched in {WORST_CASES} at most")
            exact = True
        found = _exactly(setting, kind) if exact else _in_floats(setting, kind)
        table: dict[str, dict[str, Effect]] = {t: {} for t in setting.targets}
        for player, row in found:
            for target, effect in zip(setting.targets, row, strict=True):
                table[target][player] = effect
        setting.kept[key] = Effects(kind, table, exact, cases)
    kept: Effects = setting.kept[key]
    return kept


Found = Iterator[tuple[str, list[Effect]]]


def _exactly(setting: Setting, kind: str) -> Found:
    """Yield each player with its effect on each target, from the exact oracle."""
    machine = Machine(setting.network, setting.domain)
    chosen = [setting.network.outputs.index(t) for t in setting.targets]
    hold = f"{setting.source} = mean"
    held = machine.wiring.resolve(hold) if setting.source else None
    for player in setting.players:
        text = ablation(setting, player, kind)
        plan = machine.wiring.resolve(text)
        both = None
        if held is not None and player != setting.source:
            both = machine.wiring.resolve(f"{text}, {hold}")
        changes: list[list[tuple[Any, Any]]] = [[] for _ in chosen]
        with machine.precision():
            for row in setting.rows:
                clean = machine.outcome(row)
                if kind == "worst":
                    pairs = machine.worst(row, plan)
                    for t, k in enumerate(chosen):
                        both_ways = [value - clean[k] for value in pairs[k]]
                        changes[t].append((max(both_ways, key=_size), row))
                    continue
                still = machine.outcome(row, held) if both else ()
                for draws in machine.draws(row, plan):
                    after = machine.outcome(row, plan, draws=draws)
                    left = machine.outcome(row, both, draws=draws) if both else ()
                    for t, k in enumerate(chosen):
                        value = after[k] - clean[k]
                        changes[t].append((value - (left[k] - still[k]) if both else value, row))
            yield player, [_summary(found) for found in changes]


def _summary(found: Sequence[tuple[Any, Any]]) -> Effect:
    value, row = max(found, key=lambda pair: _size(pair[0]))
    size, signed = sum(abs(v) for v, _ in found), sum(v for v, _ in found)
    count = len(found)
    return Effect(public(abs(value)), public(size / count), public(signed / count), label(row))


def _size(value: Any) -> float:
    # Balls have no order; their middles decide which is the largest.
    return abs(to_float(value) if isinstance(value, fmpq) else float(value))


def _in_floats(setting: Setting, kind: str) -> Found:
    """Yield the same from float64 batches: the twin for larger domains."""
    import numpy as np

    count = len(setting.rows)
    shifts = range(1, count) if kind == "resample" else (0,)
    hold = {setting.source: setting.mean(setting.source)} if setting.source else {}
    clean = setting.read(setting.clean)
    still = setting.read(setting.floats.run(setting.x, replaced=hold)) if hold else None
    for player in setting.players:
        largest = np.zeros_like(clean)
        size = signed = np.zeros(len(setting.targets))
        for shift in shifts:
            edited, replaced = _change(setting, player, kind, shift)
            passed = setting.floats.run(setting.x, replaced=replaced, edited=edited)
            value = setting.read(passed) - clean
            if still is not None and player != setting.source:
                passed = setting.floats.run(setting.x, replaced={**replaced, **hold}, edited=edited)
                value = value - (setting.read(passed) - still)
            largest = np.maximum(largest, abs(value))
            size = size + abs(value).mean(axis=0) / len(shifts)
            signed = signed + value.mean(axis=0) / len(shifts)
        at = largest.argmax(axis=0)
        yield (
            player,
            [
                Effect(
                    float(largest[k, t]), float(size[t]), float(signed[t]), label(setting.rows[k])
                )
                for t, k in enumerate(at)
            ],
        )


def _change(
    setting: Setting, player: str, kind: str, shift: int
) -> tuple[dict[str, float], dict[str, Any]]:
    import numpy as np

    if kind in ("cut", "flip"):
        value = float(setting.network.numbers[player])
        return {player: 0.0 if kind == "cut" else -value}, {}
    if kind == "resample":
        return {}, {player: np.roll(setting.values(player), shift)}
    return {}, {player: 0.0 if kind == "zero" else setting.mean(player)}
