"""Roles: decidable tests of what a unit or a weight does on the domain, each with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from toynets.domain import label
from toynets.errors import ToynetsError, Undecided, nearest, unknown
from toynets.rationals import ZERO, Rational, rational
from toynets.verification.compare import Decision, shown
from toynets.verification.nearby import Bounds
from toynets.verification.unit_roles import UNIT_TESTS, UnitTests
from toynets.verification.weight_roles import WEIGHT_TESTS, WeightTests

UNIT_ROLES = (*UNIT_TESTS, "mixed")
WEIGHT_ROLES = tuple(WEIGHT_TESTS)
SHOWN = 4  # names with the same text of a role


def graded(role: str) -> tuple[str, str]:
    """Split a role into its word and the rest; ("", "") for free text, which is never graded.

    >>> graded("duplicate of h1"), graded("Hinge at 1/2"), graded("the boss")
    (('duplicate', 'h1'), ('hinge', '1/2'), ('', ''))
    """
    text = " ".join(role.split())
    lower = text.lower()
    if lower in WEIGHT_ROLES or lower in UNIT_ROLES:
        return lower, ""
    word, _, rest = text.partition(" ")
    joint = {"duplicate": "of ", "hinge": "at "}.get(word.lower())
    if joint and rest.lower().startswith(joint):
        return word.lower(), rest[len(joint) :].strip()
    return "", ""


def ungraded(explanation: Any) -> tuple[str, ...]:
    """Say of each role that is no word of the roles, though it may be meant as one.

    Of a weight that is every other text, for without a word of the roles it is not explained; but
    not of one that is declared as unexplained. Of a unit, where free text is enough, it is a text
    that is a slip of the pen away from a word.
    """
    names: dict[tuple[str, str], list[str]] = {}
    for address, weight in explanation.weights.items():
        role = weight.role
        if role.strip() and not graded(role)[0] and address not in explanation.unexplained:
            near = "".join(nearest(role, WEIGHT_ROLES))
            hint = f"nearest: {near}" if near else f"roles: {', '.join(WEIGHT_ROLES)}"
            names.setdefault((role, hint), []).append(address)
    for name, unit in explanation.units.items():
        near = _slip(unit.role)
        if near:
            names.setdefault((unit.role, f"nearest: {near}"), []).append(name)
    return tuple(
        f'role "{role}" of {", ".join(those[:SHOWN])}'
        + (f" and {len(those) - SHOWN} more" if len(those) > SHOWN else "")
        + f" ({hint})"
        for (role, hint), those in names.items()
    )


def _slip(role: str) -> str:
    """Return the word of the roles of units that a text misspells by a letter or two, or "".

    >>> _slip("detecter"), _slip("hing at 1/2"), _slip("detector"), _slip("output")
    ('detector', 'hinge', '', '')
    """
    if graded(role)[0]:
        return ""
    text = " ".join(role.lower().split())
    heads = {"hinge": text.partition(" at ")[0], "duplicate": text.partition(" of ")[0]}
    for word in UNIT_ROLES:
        if _edits(heads.get(word, text), word) <= (1 if len(word) < 6 else 2):
            return word
    return ""


def _edits(one: str, other: str) -> int:
    """Return how many letters are put in, left out or replaced from one word to another."""
    if abs(len(one) - len(other)) > 2:
        return 3
    before = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (a != b)))
        before = row
    return before[-1]


class Roles:
    """The roles that hold of each unit and weight of one network on listed inputs.

    Args:
        network: whose roles.
        machine: its exact evaluator, with the domain.
        rows: the inputs.
        decision: from outputs to a choice.
        epsilon: tolerances by row: values within `units` count as equal, weights within `weights`,
            effects within `ablations`. Zero for exact networks.
        complete: whether the rows are the whole domain. If not, what no row shows may still happen
            elsewhere: such a role is undecided, not refuted.
        bounds: of the box that the rows are of. If given, a line through a few of the rows is no
            role unless it is the same line around each of them.
    """

    def __init__(
        self,
        network: Any,
        machine: Any,
        rows: Sequence[Any],
        decision: Decision,
        epsilon: Mapping[str, Rational] | None = None,
        *,
        complete: bool = True,
        bounds: Bounds | None = None,
    ) -> None:
        self.wiring = network.wiring
        given = (network, machine, tuple(rows), decision, dict(epsilon or {}), complete)
        self.units = UnitTests(*given, bounds=bounds)
        self.weights = WeightTests(*given)
        self.rows = tuple(rows)
        self.tried = self.units.tried
        self._found: dict[str, dict[str, str]] = {}

    def of(self, name: str) -> dict[str, str]:
        """Return role -> reason for a unit or a weight; what is undecided is left out."""
        if name in self._found:
            return self._found[name]
        found: dict[str, str] = {}
        is_unit = name in self.wiring.units
        tests: Any = self.units if is_unit else self.weights
        for role in UNIT_TESTS if is_unit else WEIGHT_TESTS:
            try:
                reason = tests.test(role, name)
            except Undecided:
                continue
            if reason:
                found[role] = reason
        if is_unit and not found:
            found["mixed"] = "none of the other roles holds" + self.tried
        self._found[name] = found
        return found

    def holds(self, name: str, role: str, concept: Sequence[Any] | None = None) -> tuple[bool, str]:
        """Decide whether a stated role holds; the reason says why, or what holds instead.

        Args:
            name: the unit or weight.
            role: a word of the roles, or `duplicate of h1`, `hinge at 1/2`.
            concept: for a detector the values of its concept on each row: its stated set.

        Raises:
            Undecided: a ball straddles, or the rows are a sample and show neither.
        """
        word, rest = graded(role)
        is_unit = name in self.wiring.units
        reason = ""
        if word == "mixed" and is_unit:
            reason = self._mixed(name)
        elif word in (UNIT_TESTS if is_unit else WEIGHT_TESTS):
            if word == "duplicate" and rest:
                if rest not in self.wiring.units:
                    return False, unknown("unit", rest, "", self.wiring.units)
                reason = self.units.duplicate_of(name, rest)
            else:
                reason = (self.units if is_unit else self.weights).test(word, name)
        if not reason:
            other = ", ".join(self.of(name)) or "none of the roles"
            what = f"{article(word)} of {rest}" if rest and word == "duplicate" else article(word)
            return False, f"{name} is not {what}; what holds: {other}"
        if word == "hinge" and rest:
            return self._joint(name, rest, reason)
        if word == "detector" and concept is not None:
            values = self.units.values(name)
            for x, value, said in zip(self.rows, values, concept, strict=True):
                if self.units.zero(value) == bool(said != ZERO):
                    state = "zero" if self.units.zero(value) else "not zero"
                    return False, f"on {label(x)} the unit is {state}, unlike its concept"
        return True, reason

    def _mixed(self, unit: str) -> str:
        for role in UNIT_TESTS:
            if self.units.test(role, unit):
                return ""
        return "none of the other roles holds"

    def _joint(self, unit: str, stated: str, reason: str) -> tuple[bool, str]:
        try:
            at = rational(stated)
        except ToynetsError as error:
            return False, error.message.rstrip(".")
        joint = self.units.joint(unit)
        if joint is None:
            return False, f"{unit} has several parents, so its joint is not at one point"
        if abs(joint - at) > self.units.eps_unit:
            return False, f"the joint of {unit} is at {shown(joint)}"
        return True, reason


def article(word: str) -> str:
    """Return a role as a sentence names it.

    >>> article("hinge"), article("dead"), article("no effect")
    ('a hinge', 'dead', '"no effect"')
    """
    if word in UNIT_ROLES:
        adjective = word in ("constant", "dead", "mixed")
        return word if adjective else f"a {word}"
    return f'"{word}"'
