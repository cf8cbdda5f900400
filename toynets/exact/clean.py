"""Clean runs, and what a whole domain of them comes to."""

from __future__ import annotations

from collections.abc import Iterable

from toynets.exact.activations import Number, larger, smaller
from toynets.fields import record
from toynets.rationals import ZERO


class Clean:
    """A clean run: `pre[k]` and `act[k]` by index, inputs first (they have no pre-activation)."""

    __slots__ = ("act", "pre")

    def __init__(self, pre: list[Number], act: list[Number]) -> None:
        self.pre = pre
        self.act = act

    def value(self, index: int, pre: bool) -> Number:
        """Return an activation or input, or a pre-activation."""
        return self.pre[index] if pre else self.act[index]


@record
class Statistics:
    """Means, minima and maxima over inputs: of all activations, then of all pre-activations."""

    means: list[Number]
    lows: list[Number]
    highs: list[Number]

    def range(self, index: int) -> tuple[Number, Number]:
        """Return the least and the greatest value."""
        return self.lows[index], self.highs[index]


def statistics_of(runs: Iterable[Clean]) -> Statistics:
    """Return the statistics of clean runs, of which there is at least one."""
    sums: list[Number] = []
    lows: list[Number] = []
    highs: list[Number] = []
    count = 0
    for run in runs:
        count += 1
        # Inputs have no pre-activation; their places hold 0, and no name leads there.
        values = [ZERO if v is None else v for v in (*run.act, *run.pre)]
        if count == 1:
            sums, lows, highs = values, values.copy(), values.copy()
            continue
        for k, value in enumerate(values):
            sums[k] = sums[k] + value
            lows[k] = smaller(lows[k], value)
            highs[k] = larger(highs[k], value)
    return Statistics([total / count for total in sums], lows, highs)
