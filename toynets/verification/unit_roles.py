"""The roles of units."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

from flint import fmpq

from toynets.activations import activation
from toynets.domain import label
from toynets.errors import Undecided
from toynets.rationals import ZERO, Rational, short
from toynets.verification.compare import shown
from toynets.verification.observed import Observed


class UnitTests(Observed):
    """One test per role; each returns its reason, or "" where the role does not hold."""

    def test(self, role: str, unit: str) -> str:
        """Return why a role holds, or ""."""
        return UNIT_TESTS[role](self, unit)

    def dead(self, unit: str) -> str:
        """Always 0."""
        return f"0 {self.everywhere}" if self.all_zero(self.values(unit)) else ""

    def constant(self, unit: str) -> str:
        """Always the same."""
        return "" if self.varies(unit) else f"{shown(self.values(unit)[0])} {self.everywhere}"

    def detector(self, unit: str) -> str:
        """Nonzero on some inputs only."""
        on = [not self.zero(v) for v in self.values(unit)]
        if any(on) and not all(on):
            only = "" if self.complete else f" of the {len(self.rows)} points tried"
            return f"nonzero exactly on {self.labels(on)}{only}"
        return self.unseen(f"{unit} is {'0' if any(on) else 'nonzero'}")

    def corrector(self, unit: str) -> str:
        """Opposes the others wherever it is nonzero, and exactly there it is needed."""
        if unit in self.wiring.outputs:
            return ""
        wrong = self._wrong(unit)
        unused = False
        for output in self.wiring.outputs:
            bias = self.number(f"{output}.bias") if output in self.wiring.biased else ZERO
            active = []
            for with_it, without in zip(self.clean, self.without(unit), strict=True):
                own = with_it[f"{output}.pre"] - without[f"{output}.pre"]
                others = without[f"{output}.pre"] - bias
                active.append(not self.at_most(own, self.eps_effect))
                product = own * others
                if active[-1] and not product < 0:
                    if not product >= 0:
                        raise Undecided("the sign of a contribution is not decided.")
                    break
            else:
                if any(active) and wrong == active:
                    where = self.labels(active)
                    only = "" if self.complete else f" of the {len(self.rows)} points tried"
                    return f"opposes the other contributions on {where}, and only there{only}"
                unused = unused or not any(active)
        return self.unseen(f"{unit} contributes") if unused else ""

    def _wrong(self, unit: str) -> list[bool]:
        """Return for each row whether removing the unit changes the decision (or the value)."""
        found = []
        for with_it, without in zip(self.clean, self.without(unit), strict=True):
            if not self.decision:
                found.append(self.noticed(with_it, without))
                continue
            before = self.decision([with_it[o] for o in self.wiring.outputs])[0]
            after = self.decision([without[o] for o in self.wiring.outputs])[0]
            if before is None or after is None:
                raise Undecided("a decision is not decided: a ball straddles.")
            found.append(before != after)
        return found

    def counter(self, unit: str) -> str:
        """Never falls as an equally weighted count rises."""
        pairs = self.incoming(unit)
        if len(pairs) < 2:
            return ""
        first = pairs[0][1]
        if first <= 0 or any(abs(w - first) > self.eps_weight for _, w in pairs):
            return ""
        counted = []
        for v in self.clean:
            count = sum((v[p] for p, _ in pairs), ZERO)
            if type(count) is not fmpq:
                raise Undecided("the order of counts of balls is not decided.")
            counted.append((count, v[unit]))
        counted.sort(key=lambda pair: pair[0])
        for (count, value), (later, following) in itertools.pairwise(counted):
            if later == count:
                if value is not following and not self._same(unit, value, following, count, later):
                    return ""
            elif following < value - self.eps_unit:
                return ""
            elif not following >= value - self.eps_unit:
                raise Undecided("whether the unit falls is not decided: a ball straddles.")
        if self.constant(unit):
            return self.unseen(f"{unit} varies")
        total = " + ".join(p for p, _ in pairs)
        return f"never falls as the sum {total} rises" + self.tried

    def _same(self, unit: str, value: Any, following: Any, count: Any, later: Any) -> bool:
        """Return whether equal counts give equal values; exactly equal weights settle it."""
        weights = [w for _, w in self.incoming(unit)]
        if count == later and self.eps_weight == 0 and all(w == weights[0] for w in weights):
            return True
        return self.zero(following - value)

    def comparator(self, unit: str) -> str:
        """A function of differences of its parents."""
        pairs = self.incoming(unit)
        plus = sorted((w, p) for p, w in pairs if w > 0)
        minus = sorted((-w, p) for p, w in pairs if w < 0)
        if not pairs or len(plus) != len(minus):
            return ""
        if any(abs(a[0] - b[0]) > self.eps_weight for a, b in zip(plus, minus, strict=True)):
            return ""
        if self.constant(unit):
            return self.unseen(f"{unit} varies")
        differences = [f"{a[1]} - {b[1]}" for a, b in zip(plus, minus, strict=True)]
        return "a function of " + ", ".join(differences)

    def matters(self, unit: str) -> list[int]:
        """Return the rows on which an output changes when the unit is at 0."""
        pairs = zip(self.clean, self.without(unit), strict=True)
        return [i for i, (before, after) in enumerate(pairs) if self.noticed(before, after)]

    def carrier(self, unit: str) -> str:
        """Affine in one parent wherever it matters."""
        rows = self.matters(unit)
        unseen = False
        for parent, _ in self.incoming(unit):
            points = [(self.clean[i][parent], self.clean[i][unit]) for i in rows]
            first = next((p for p in points if p[0] != points[0][0]), None) if points else None
            if first is None:
                unseen = True
                continue
            slope = (first[1] - points[0][1]) / (first[0] - points[0][0])
            if self.zero(slope):
                continue
            shift = points[0][1] - slope * points[0][0]

            def on_line(v: Any, parent: str = parent, slope: Any = slope, c: Any = shift) -> bool:
                return self.zero(v[unit] - slope * v[parent] - c)

            if self.all_zero(h - shift - slope * p for p, h in points):
                if not self._holds_around(unit, rows, on_line):
                    unseen = True
                    continue
                return f"follows {parent} with slope {shown(slope)} wherever it matters{self.tried}"
        return self.unseen(f"{unit} matters and its parents vary") if unseen else ""

    def _holds_around(self, unit: str, rows: list[int], line: Callable[[Any], bool]) -> bool:
        """Return whether a line through the rows where a unit matters goes on near to them."""
        plan = self.wiring.resolve(f"{unit} = 0")

        def matters(x: Any, values: Any) -> bool:
            return self.noticed(values, self.machine.values(x, plan))

        return self.all_around((self.rows[k] for k in rows), matters, line)

    def joint(self, unit: str) -> Rational | None:
        """Return where the slope changes, for a unit with one parent."""
        pairs = self.incoming(unit)
        if len(pairs) != 1:
            return None
        address = f"{unit}.bias"
        bias = self.number(address) if address in self.network.numbers else ZERO
        return -bias / pairs[0][1]

    def hinge(self, unit: str) -> str:
        """Adds a change of slope inside the domain."""
        if self.network.activation_of(unit) not in ("relu", "abs"):
            return ""
        pre = self.values(f"{unit}.pre")
        if not (any(z < 0 for z in pre) and any(z > 0 for z in pre)) or not self.matters(unit):
            return self.unseen(f"{unit} matters on both sides of its joint")
        joint = self.joint(unit)
        if joint is not None:
            parent = self.incoming(unit)[0][0]
            return f"changes slope at {parent} = {short(joint)}"
        return "changes slope where its pre-activation is 0"

    def duplicate(self, unit: str) -> str:
        """Another unit up to gauge."""
        unsure = None
        for other in self.wiring.units:
            try:
                reason = self.duplicate_of(unit, other) if other != unit else ""
            except Undecided as error:
                reason, unsure = "", error
            if reason:
                return reason
        if unsure is not None:
            raise unsure
        return ""

    def duplicate_of(self, unit: str, other: str) -> str:
        """A certain unit up to gauge."""
        mine, theirs = self.values(unit), self.values(other)
        if unit == other:
            return ""
        anchor = next((i for i, v in enumerate(theirs) if not self.zero(v)), None)
        if anchor is None or self.zero(mine[anchor]):
            return self.unseen(f"{unit} and {other} are nonzero") if anchor is None else ""
        kind = self.network.activation_of(unit)
        if kind != self.network.activation_of(other):
            return ""
        factor = mine[anchor] / theirs[anchor]
        scaling, odd = activation(kind).scaling, activation(kind).odd
        allowed = scaling == "any" or (scaling == "positive" and factor > 0)
        if not allowed and not self.zero(factor - 1) and not (odd and self.zero(factor + 1)):
            return ""
        if self.all_zero(a - factor * b for a, b in zip(mine, theirs, strict=True)):
            on = [x for x, b in zip(self.rows, theirs, strict=True) if not self.zero(b)]
            same = self.all_around(
                on,
                lambda _, v: not self.zero(v[other]),
                lambda v: self.zero(v[unit] - factor * v[other]),
            )
            if not same:
                return self.unseen(f"{unit} is a multiple of {other}")
            return f"{shown(factor)} times {other} {self.everywhere}"
        return ""

    def backup(self, unit: str) -> str:
        """No effect alone, some once another is gone."""
        if unit in self.wiring.outputs or self.matters(unit):
            return ""
        for other in self.wiring.hidden:
            if other == unit:
                continue
            plan = self.wiring.resolve(f"{unit}, {other} = 0")
            for x, before in zip(self.rows, self.without(other), strict=True):
                if self.noticed(before, self.machine.values(x, plan)):
                    alone = f"no effect alone{self.tried}"
                    return f"{alone}; on {label(x)} it matters once {other} is gone"
        return self.unseen(f"{unit} matters once another is gone")


UNIT_TESTS = {
    "dead": UnitTests.dead,
    "constant": UnitTests.constant,
    "detector": UnitTests.detector,
    "corrector": UnitTests.corrector,
    "counter": UnitTests.counter,
    "comparator": UnitTests.comparator,
    "carrier": UnitTests.carrier,
    "hinge": UnitTests.hinge,
    "backup": UnitTests.backup,
    "duplicate": UnitTests.duplicate,
}
