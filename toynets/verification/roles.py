"""Roles: decidable tests of what a unit or a weight does on the domain, each with its reason."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from toynets.activations import activation
from toynets.domain import label
from toynets.rationals import ZERO, Rational, from_float, rational, short
from toynets.verification.compare import Decision, shown

UNIT_ROLES = (
    "detector",
    "corrector",
    "counter",
    "comparator",
    "carrier",
    "hinge",
    "constant",
    "dead",
    "duplicate",
    "backup",
    "mixed",
)
WEIGHT_ROLES = ("excites", "inhibits", "sets threshold", "scales", "no effect")


def graded(role: str) -> tuple[str, str]:
    """Split a role into its word and the rest; ("", "") for free text, which is never graded.

    >>> graded("duplicate of h1"), graded("hinge at 1/2"), graded("the boss")
    (('duplicate', 'h1'), ('hinge', '1/2'), ('', ''))
    """
    text = role.strip().lower() if role.strip().lower() in WEIGHT_ROLES else role.strip()
    if text in WEIGHT_ROLES or text in UNIT_ROLES:
        return text, ""
    word, _, rest = text.partition(" ")
    joint = {"duplicate": "of ", "hinge": "at "}.get(word)
    if joint and rest.startswith(joint):
        return word, rest.removeprefix(joint).strip()
    return "", ""


class Roles:
    """The roles that hold of each unit and weight of one network on listed inputs.

    Args:
        network: whose roles.
        machine: its exact evaluator, with the domain.
        rows: the inputs.
        decision: from outputs to a choice.
        epsilon: tolerances by row: values within `units` count as equal, weights within `weights`,
            effects within `ablations`. Zero for exact networks.
    """

    def __init__(
        self,
        network: Any,
        machine: Any,
        rows: Sequence[Any],
        decision: Decision,
        epsilon: Mapping[str, Rational] | None = None,
    ) -> None:
        epsilon = epsilon or {}
        self.network = network
        self.machine = machine
        self.rows = tuple(rows)
        self.decision = decision
        self.eps_unit = epsilon.get("units", ZERO)
        self.eps_weight = epsilon.get("weights", ZERO)
        self.eps_effect = epsilon.get("ablations", ZERO)
        self.wiring = network.wiring
        self.clean = [machine.values(x) for x in self.rows]
        self._gone: dict[str, list[Any]] = {}
        self._found: dict[str, dict[str, str]] = {}

    def of(self, name: str) -> dict[str, str]:
        """Return role -> reason for a unit or a weight."""
        if name not in self._found:
            if name in self.wiring.units:
                self._found[name] = self._unit(name)
            else:
                self._found[name] = self._weight(name)
        return self._found[name]

    def holds(self, name: str, role: str, concept: Sequence[Any] | None = None) -> tuple[bool, str]:
        """Decide whether a stated role holds; the reason says why, or what holds instead."""
        word, rest = graded(role)
        found = self.of(name)
        other = "; what holds: " + (", ".join(found) or "none of the roles")
        if word not in found:
            return False, f"{name} is not {_article(word)}{other}"
        if word == "duplicate" and rest:
            if rest not in self.wiring.units:
                return False, f"there is no unit {rest}"
            ok = self._duplicate(name, rest)
            return bool(ok), ok or f"{name} is no duplicate of {rest}{other}"
        if word == "hinge" and rest:
            joint = self._joint(name)
            if joint is None or abs(joint - rational(rest)) > self.eps_unit:
                return False, f"the joint of {name} is at {shown(joint) or 'several points'}"
        if word == "detector" and concept is not None:
            for x, value, said in zip(self.rows, self._values(name), concept, strict=True):
                if self._zero(value) == bool(said != ZERO):
                    state = "zero" if self._zero(value) else "not zero"
                    return False, f"on {label(x)} the unit is {state}, unlike its concept"
        return True, found[word]

    # Units.

    def _unit(self, unit: str) -> dict[str, str]:
        found: dict[str, str] = {}
        tests: list[tuple[str, Callable[[str], str]]] = [
            ("dead", self._dead),
            ("constant", self._constant),
            ("detector", self._detector),
            ("corrector", self._corrector),
            ("counter", self._counter),
            ("comparator", self._comparator),
            ("carrier", self._carrier),
            ("hinge", self._hinge),
            ("backup", self._backup),
        ]
        for role, test in tests:
            reason = test(unit)
            if reason:
                found[role] = reason
        if "dead" not in found:
            for other in self.wiring.units:
                reason = self._duplicate(unit, other) if other != unit else ""
                if reason:
                    found["duplicate"] = reason
                    break
        if not found:
            found["mixed"] = "none of the other roles holds"
        return found

    def _values(self, name: str) -> list[Any]:
        return [values[name] for values in self.clean]

    def _zero(self, value: Any) -> bool:
        return bool(abs(value) <= self.eps_unit)

    def _labels(self, keep: Sequence[bool]) -> str:
        names = [label(x) for x, k in zip(self.rows, keep, strict=True) if k]
        return ", ".join(names[:8]) + (", …" if len(names) > 8 else "")

    def _dead(self, unit: str) -> str:
        return "0 on every input" if all(map(self._zero, self._values(unit))) else ""

    def _constant(self, unit: str) -> str:
        values = self._values(unit)
        if all(self._zero(v - values[0]) for v in values):
            return f"{shown(values[0])} on every input"
        return ""

    def _detector(self, unit: str) -> str:
        on = [not self._zero(v) for v in self._values(unit)]
        if any(on) and not all(on):
            return f"nonzero exactly on {self._labels(on)}"
        return ""

    def _without(self, unit: str) -> list[Any]:
        """Return every variable of every row with the unit at 0."""
        if unit not in self._gone:
            plan = self.wiring.resolve(f"{unit} = 0")
            self._gone[unit] = [self.machine.values(x, plan) for x in self.rows]
        return self._gone[unit]

    def _corrector(self, unit: str) -> str:
        if unit in self.wiring.outputs:
            return ""
        for output in self.wiring.outputs:
            bias = ZERO
            if output in self.wiring.biased:
                bias = from_float(self.network.numbers[f"{output}.bias"])
            active = []
            opposite = True
            for with_it, without in zip(self.clean, self._without(unit), strict=True):
                own = with_it[f"{output}.pre"] - without[f"{output}.pre"]
                others = without[f"{output}.pre"] - bias
                on = not bool(abs(own) <= self.eps_effect)
                active.append(on)
                if on and not (own * others < 0):
                    opposite = False
                    break
            if opposite and any(active) and self._wrong(unit) == active:
                return f"opposes the other contributions on {self._labels(active)}, and only there"
        return ""

    def _wrong(self, unit: str) -> list[bool]:
        """Return for each row whether removing the unit changes the decision (or the value)."""
        found = []
        for with_it, without in zip(self.clean, self._without(unit), strict=True):
            before = [with_it[o] for o in self.wiring.outputs]
            after = [without[o] for o in self.wiring.outputs]
            if self.decision:
                found.append(self.decision(before)[0] != self.decision(after)[0])
            else:
                found.append(
                    any(
                        not abs(a - b) <= self.eps_effect
                        for a, b in zip(before, after, strict=True)
                    )
                )
        return found

    def _incoming(self, unit: str) -> list[tuple[str, Any]]:
        """Return (parent, weight) of the weights that are not within tolerance of 0."""
        pairs = []
        for address in self.wiring.incoming(unit):
            weight = from_float(self.network.numbers[address])
            if abs(weight) > self.eps_weight:
                pairs.append((address.partition("->")[0], weight))
        return pairs

    def _counter(self, unit: str) -> str:
        pairs = self._incoming(unit)
        if len(pairs) < 2:
            return ""
        first = pairs[0][1]
        if first <= 0 or any(abs(w - first) > self.eps_weight for _, w in pairs):
            return ""
        counted = sorted(
            ((sum((v[p] for p, _ in pairs), ZERO), v[unit]) for v in self.clean),
            key=lambda pair: pair[0],
        )
        low = counted[0][1]
        for (count, value), (later, following) in itertools.pairwise(counted):
            if later == count and not self._zero(following - value):
                return ""
            if following - value < -self.eps_unit:
                return ""
        if self._zero(counted[-1][1] - low):
            return ""
        return f"never falls as the count of {', '.join(p for p, _ in pairs)} rises"

    def _comparator(self, unit: str) -> str:
        pairs = self._incoming(unit)
        plus = sorted((w, p) for p, w in pairs if w > 0)
        minus = sorted((-w, p) for p, w in pairs if w < 0)
        if not pairs or len(plus) != len(minus):
            return ""
        if any(abs(a[0] - b[0]) > self.eps_weight for a, b in zip(plus, minus, strict=True)):
            return ""
        if self._constant(unit):
            return ""
        differences = [f"{a[1]} - {b[1]}" for a, b in zip(plus, minus, strict=True)]
        return "a function of " + ", ".join(differences)

    def _matters(self, unit: str) -> list[int]:
        found = []
        for i, (with_it, without) in enumerate(zip(self.clean, self._without(unit), strict=True)):
            if any(
                not abs(with_it[o] - without[o]) <= self.eps_effect for o in self.wiring.outputs
            ):
                found.append(i)
        return found

    def _carrier(self, unit: str) -> str:
        rows = self._matters(unit)
        for parent, _ in self._incoming(unit):
            points = [(self.clean[i][parent], self.clean[i][unit]) for i in rows]
            first = next((p for p in points if p[0] != points[0][0]), None) if points else None
            if first is None:
                continue
            slope = (first[1] - points[0][1]) / (first[0] - points[0][0])
            if self._zero(slope):
                continue
            if all(self._zero(h - points[0][1] - slope * (p - points[0][0])) for p, h in points):
                return f"follows {parent} with slope {shown(slope)} wherever it matters"
        return ""

    def _joint(self, unit: str) -> Rational | None:
        pairs = self._incoming(unit)
        if len(pairs) != 1:
            return None
        address = f"{unit}.bias"
        bias = (
            from_float(self.network.numbers[address]) if address in self.network.numbers else ZERO
        )
        return -bias / pairs[0][1]

    def _hinge(self, unit: str) -> str:
        if self.network.activation_of(unit) not in ("relu", "abs"):
            return ""
        pre = self._values(f"{unit}.pre")
        if not (any(z < 0 for z in pre) and any(z > 0 for z in pre)) or not self._matters(unit):
            return ""
        joint = self._joint(unit)
        if joint is not None:
            parent = self._incoming(unit)[0][0]
            return f"changes slope at {parent} = {short(joint)}"
        return "changes slope where its pre-activation is 0"

    def _backup(self, unit: str) -> str:
        if unit in self.wiring.outputs or self._matters(unit):
            return ""
        for other in self.wiring.hidden:
            if other == unit:
                continue
            alone = self._without(other)
            plan = self.wiring.resolve(f"{unit}, {other} = 0")
            for x, before in zip(self.rows, alone, strict=True):
                after = self.machine.outcome(x, plan)
                if any(
                    not abs(a - before[o]) <= self.eps_effect
                    for a, o in zip(after, self.wiring.outputs, strict=True)
                ):
                    return f"no effect alone; on {label(x)} it matters once {other} is gone"
        return ""

    def _duplicate(self, unit: str, other: str) -> str:
        mine, theirs = self._values(unit), self._values(other)
        anchor = next((i for i, v in enumerate(theirs) if not self._zero(v)), None)
        if anchor is None or self._zero(mine[anchor]):
            return ""
        if self.network.activation_of(unit) != self.network.activation_of(other):
            return ""
        factor = mine[anchor] / theirs[anchor]
        scaling = activation(self.network.activation_of(unit)).scaling
        odd = activation(self.network.activation_of(unit)).odd
        allowed = scaling == "any" or (scaling == "positive" and factor > 0)
        if not allowed and not self._zero(factor - 1) and not (odd and self._zero(factor + 1)):
            return ""
        if all(self._zero(a - factor * b) for a, b in zip(mine, theirs, strict=True)):
            return f"{shown(factor)} times {other} on every input"
        return ""

    # Weights.

    def _weight(self, address: str) -> dict[str, str]:
        source, arrow, target = address.partition("->")
        if not arrow:
            source, target = "", address.removesuffix(".bias")
        value = from_float(self.network.numbers[address])
        plan = self.wiring.resolve(self._own_copy(address) + " = 0")
        moved, noticed = [], False
        for x, before in zip(self.rows, self.clean, strict=True):
            after = self.machine.values(x, plan)
            moved.append(not self._zero(after[target] - before[target]))
            noticed = noticed or any(
                not abs(after[o] - before[o]) <= self.eps_effect for o in self.wiring.outputs
            )
        found: dict[str, str] = {}
        where = self._labels(moved)
        if any(moved) and value > 0:
            found["excites"] = f"raises {target} on {where}"
        if any(moved) and value < 0:
            found["inhibits"] = f"lowers {target} on {where}"
        if any(moved) and not arrow:
            found["sets threshold"] = f"moves {target} on {where}"
        if any(moved) and arrow:
            varying = [
                p
                for p, _ in self._incoming(target)
                if any(not self._zero(v[p] - self.clean[0][p]) for v in self.clean)
            ]
            if varying == [source]:
                found["scales"] = f"{source} is all that varies in {target}"
        if not noticed:
            found["no effect"] = "cutting it changes no output on any input"
        return found

    def _own_copy(self, address: str) -> str:
        """Name one copy of a tied weight alone: its role is its own."""
        for group, members in self.wiring.ties.items():
            if address in members:
                return f"{group}@{members.index(address) + 1}"
        return address


def _article(word: str) -> str:
    if word in UNIT_ROLES:
        adjective = word in ("constant", "dead", "mixed")
        return word if adjective else f"a {word}"
    return f'"{word}"'
