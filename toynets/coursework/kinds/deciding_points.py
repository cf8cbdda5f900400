"""What a network with curved units gives at a point, decided by algebra and by more digits."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any

from toynets.coursework.kinds.finding import Clock, every
from toynets.coursework.kinds.identities import Algebra, Beyond
from toynets.domain import Domain
from toynets.errors import Undecided
from toynets.exact import Machine
from toynets.expressions import Expression
from toynets.network import Network
from toynets.rationals import ONE, ZERO, Rational, workprec
from toynets.verification.compare import bound, compare

BITS = (128, 1_024, 8_192)
LINES, HALVINGS = 30, 40  # of the search where the decision changes


class _Fine(Machine):
    """A machine that computes its balls to so many bits."""

    def __init__(self, network: Network, domain: Domain, bits: int) -> None:
        self.bits = bits
        super().__init__(network, domain)

    def precision(self) -> AbstractContextManager[Any]:
        made: AbstractContextManager[Any] = workprec(self.bits)
        return made


class Points:
    """Compares a network with its target, point by point.

    Args:
        network: that was built.
        wanted: an expression for each output.
        domain: whose points are tried.
        tolerance: how far a value may be off.
        threshold: then `output > threshold` must agree, not the value; or None.
        clock: of the claim; more digits are computed while it runs.
    """

    def __init__(
        self,
        network: Network,
        wanted: Sequence[Expression],
        domain: Domain,
        tolerance: Rational,
        threshold: Rational | None,
        clock: Clock,
    ) -> None:
        self.network = network
        self.wanted = wanted
        self.tolerance = tolerance
        self.threshold = threshold
        self.clock = clock
        self.machines = [_Fine(network, domain, bits) for bits in BITS]

    def right(self, x: Sequence[Rational]) -> bool | None:
        """Whether every output is as wanted at a point; None where that hangs on further digits."""
        found = self._by_digits(x, self.machines[0])
        if found is not None:
            return found
        found = self._by_algebra(x)
        for machine in self.machines[1:]:
            if found is not None or self.clock.left().seconds <= 0:
                break
            found = self._by_digits(x, machine)
        return found

    def wrong_near_a_border(self, rows: Sequence[Sequence[Rational]]) -> Sequence[Rational] | None:
        """Look for a wrong point where the decision changes on lines between points; or None.

        Args:
            rows: points of a box, all of them decided as wanted.
        """
        if self.threshold is None:
            return None
        sides = [self._sides(x) for x in rows]
        for k in range(len(self.wanted)):
            above = [x for x, side in zip(rows, sides, strict=True) if side[k] is True]
            below = [x for x, side in zip(rows, sides, strict=True) if side[k] is False]
            for a, b in itertools.islice(zip(above, itertools.cycle(below)), LINES):
                for _ in range(HALVINGS):
                    middle = tuple((v + w) / 2 for v, w in zip(a, b, strict=True))
                    if self.right(middle) is False:
                        return middle
                    side = self._sides(middle)[k]
                    if side is None:
                        break
                    a, b = (middle, b) if side else (a, middle)
        return None

    def _sides(self, x: Sequence[Rational]) -> list[bool | None]:
        machine = self.machines[0]
        with machine.precision():
            try:
                return [_above(v, self.threshold) for v in machine.outcome(x)]
            except Undecided:
                return [None] * len(self.wanted)

    def shown(self, x: Sequence[Rational]) -> tuple[Sequence[Any], Sequence[Any]]:
        """Return what the network gives at a point, and what is wanted, for people."""
        names = dict(zip(self.network.inputs, x, strict=True))
        with self.machines[-1].precision():
            return self.machines[-1].outcome(x), [e.evaluate(names) for e in self.wanted]

    def _by_digits(self, x: Sequence[Rational], machine: _Fine) -> bool | None:
        names = dict(zip(self.network.inputs, x, strict=True))
        with machine.precision():
            try:
                mine = machine.outcome(x)
            except Undecided:  # whether a step is on
                return None
            pairs = zip(mine, (e.evaluate(names) for e in self.wanted), strict=True)
            if self.threshold is None:
                within = bound(self.tolerance)
                return every(compare(a, b, within)[1] for a, b in pairs)
            return every(_same_side(a, b, self.threshold) for a, b in pairs)

    def _by_algebra(self, x: Sequence[Rational]) -> bool | None:
        algebra = Algebra()
        inputs = [algebra.number(v) for v in x]
        names = dict(zip(self.network.inputs, inputs, strict=True))
        found: list[bool | None] = []
        try:
            mine = algebra.of_network(self.network, inputs)
            theirs = [algebra.of_expression(e, names) for e in self.wanted]
        except Beyond:
            return None
        for a, b in zip(mine, theirs, strict=True):
            gap = algebra.sum([(ONE, a), (-ONE, b)])
            if algebra.is_number(gap) and self.threshold is None:
                found.append(bool(abs(gap.get((), ZERO)) <= self.tolerance))
            elif self.threshold is None:
                apart = self.tolerance == 0 and algebra.never_zero(gap)
                found.append(False if apart else None)
            elif not gap:
                found.append(True)  # one value is on one side
            elif algebra.is_number(a) and algebra.is_number(b):
                at = [v.get((), ZERO) > self.threshold for v in (a, b)]
                found.append(at[0] == at[1])
            else:
                found.append(None)
        return every(found)


def _same_side(a: Any, b: Any, threshold: Rational) -> bool | None:
    """Whether two values are on one side of a threshold: above it, or at most as large."""
    above = [_above(v, threshold) for v in (a, b)]
    return None if None in above else above[0] == above[1]


def _above(value: Any, threshold: Any) -> bool | None:
    return True if value > threshold else False if value <= threshold else None
