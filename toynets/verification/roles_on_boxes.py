"""Roles of units on a box: decided at every point of it, where that can be proved.

A role has parts that some point shows (a unit is on, a weight matters) and parts that must hold at
every point. Each part is one claim: a proof settles what holds everywhere, an exact witness what is
somewhere. Inputs that were tried come first: what one of them refutes is refuted on the box.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

from toynets.activations import activation
from toynets.domain import Domain
from toynets.errors import ToynetsError, Undecided
from toynets.rationals import ONE, Rational, rational, text
from toynets.verification.box_conditions import Case, all_of, any_of, opposite
from toynets.verification.compare import Decision
from toynets.verification.proofs.claims import at_least, settle
from toynets.verification.proofs.forms import atom
from toynets.verification.proofs.program import Unprovable
from toynets.verification.proofs.prover import Prover
from toynets.verification.roles import article, graded
from toynets.verification.unit_roles import UNIT_TESTS, UnitTests

RISING = ("relu", "identity", "step", "tanh", "sigmoid")
SEEN = ("detector", "hinge", "comparator")  # nothing in them must hold at every point


class BoxRoles:
    """Decides the roles of units on a whole box.

    Args:
        network: whose units.
        machine: its exact evaluator.
        rows: inputs of the box that are tried first.
        decision: from outputs to a choice.
        box: the domain.
        cells: of each proof.
        seconds: of processor time for all proofs together.
    """

    def __init__(
        self,
        network: Any,
        machine: Any,
        rows: Sequence[Any],
        decision: Decision,
        box: Domain,
        *,
        cells: int,
        seconds: float,
    ) -> None:
        self.network = network
        self.machine = machine
        self.decision = decision
        self.tests = UnitTests(network, machine, tuple(rows), decision, {}, False)
        self.prover = Prover(network, box, cells=cells, seconds=seconds)
        self.until = time.process_time() + seconds

    def holds(self, unit: str, role: str) -> tuple[bool | None, str]:
        """Decide whether a role holds at every point of the box.

        Args:
            unit: a hidden unit or an output.
            role: a word of the roles, or `duplicate of h1`, `hinge at 1/2`.

        Returns:
            True (proved), False (a point, or a proof, refutes it) or None (neither within the
            limits), and the reason where it is False.
        """
        word, rest = graded(role)
        if word == "duplicate" and rest:
            found = self._duplicate_of(unit, rest) if rest in self.network.units else False
            return found, f"{unit} is not a duplicate of {rest}"
        if word == "hinge" and rest:
            joint = self.tests.joint(unit)
            if joint is None or joint != _number(rest):
                return False, f"{unit} is not a hinge at {rest}"
        if word == "mixed":
            found = opposite(any_of(self._holds(unit, other) for other in UNIT_TESTS))
        else:
            found = self._holds(unit, word) if word in UNIT_TESTS else False
        return found, f"{unit} is not {article(word)}"

    def _holds(self, unit: str, word: str) -> bool | None:
        try:
            reason = self.tests.test(word, unit)
            if not reason or word in SEEN:
                return bool(reason)
        except Undecided:  # none of the inputs that were tried shows it
            pass
        test: Callable[[BoxRoles, str], bool | None] = ON_BOXES[word]
        return test(self, unit)

    # Claims ---------------------------------------------------------------------------------

    def _settled(self, say: Callable[[Case], int]) -> tuple[bool | None, Any]:
        """Decide whether a condition, 1 where it holds, holds everywhere; else where it fails."""
        left = self.until - time.process_time()
        if left <= 0:
            return None, None
        try:
            case = Case.of(self.prover)
            claim = at_least("the role", case.program, atom(say(case)).plus(-ONE))
            answer = settle(claim, cells=self.prover.cells, seconds=left)
        except Unprovable:
            return None, None
        if answer.verdict == "refuted" and answer.witness is not None:
            return False, answer.witness.row
        return (True if answer.verdict == "proved" else None), None

    def _always(self, say: Callable[[Case], int]) -> bool | None:
        return self._settled(say)[0]

    def _sometimes(self, say: Callable[[Case], int]) -> bool | None:
        """Decide whether a condition holds at some point, by its opposite."""
        return opposite(self._always(lambda case: case.say("1 - yes", yes=say(case))))

    def _is(self, unit: str, said: str) -> Callable[[Case], int]:
        """Return a condition on a unit's value, called u."""
        return lambda case: case.say(said, u=case.clean[unit])

    def _noticed(self, case: Case, unit: str) -> int:
        return case.moved(case.clean, case.without(unit))

    # Roles ----------------------------------------------------------------------------------

    def dead(self, unit: str) -> bool | None:
        """Always 0."""
        return self._always(self._is(unit, "u == 0"))

    def constant(self, unit: str) -> bool | None:
        """Always the same."""
        value = self.tests.values(unit)[0]
        if not hasattr(value, "p"):
            return None
        return self._always(self._is(unit, f"u == {text(value)}"))

    def detector(self, unit: str) -> bool | None:
        """Nonzero at some points only."""
        conditions = (self._is(unit, "u != 0"), self._is(unit, "u == 0"))
        return all_of(self._sometimes(condition) for condition in conditions)

    def corrector(self, unit: str) -> bool | None:
        """Opposes the others wherever it is nonzero, and exactly there it is needed."""
        return any_of(self._corrects(unit, output) for output in self.network.outputs)

    def _corrects(self, unit: str, output: str) -> bool | None:
        bias = f"{output}.bias"
        shift = self.tests.number(bias) if bias in self.network.numbers else 0 * ONE

        def parts(case: Case) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
            gone = case.without(unit)
            before, after = case.pre(case.clean, output), case.pre(gone, output)
            own = case.program.raw("identity", atom(before) - atom(after))
            rest = case.program.raw("identity", atom(after).plus(-shift))
            return {"own": own, "rest": rest}, case.clean, gone

        def opposes(case: Case) -> int:
            names = parts(case)[0]
            said = "own == 0 or own > 0 and rest < 0 or own < 0 and rest > 0"
            return case.say(said, **names)

        def needed(case: Case) -> int:
            names, clean, gone = parts(case)
            wrong = case.redecided(clean, gone, self.decision)
            return case.say("wrong == (own != 0)", wrong=wrong, own=names["own"])

        def active(case: Case) -> int:
            return case.say("own != 0", own=parts(case)[0]["own"])

        tests = (self._always, opposes), (self._always, needed), (self._sometimes, active)
        return all_of(decide(say) for decide, say in tests)

    def counter(self, unit: str) -> bool | None:
        """Never falls as an equally weighted count rises; the weights were looked at before."""
        varies = self._varies(unit)
        if self.network.activation_of(unit) in RISING or varies is False:
            return varies
        kinds = [layer.activation for layer in self.network.layers]
        rises = self._always(lambda case: case.say("z >= 0", z=case.pre(case.clean, unit)))
        # Left of its joint it falls, over an interval of counts: if nothing jumps on the way there.
        return None if rises is False and "step" in kinds else all_of([varies, rises])

    def comparator(self, unit: str) -> bool | None:
        """A function of differences of its parents; the weights were looked at before."""
        return self._varies(unit)

    def _varies(self, unit: str) -> bool | None:
        try:
            if self.tests.varies(unit):
                return True
        except Undecided:
            pass
        return opposite(self.constant(unit))

    def carrier(self, unit: str) -> bool | None:
        """Affine in one parent wherever it matters."""
        return any_of(self._carries(unit, parent) for parent, _ in self.tests.incoming(unit))

    def _carries(self, unit: str, parent: str) -> bool | None:
        points: list[Any] = [self.tests.clean[k] for k in self.tests.matters(unit)]
        values: list[Rational] = []
        for _ in range(2):  # two points that matter, with different values of the parent
            there = [v for v in points if v[parent] not in values]
            if not there:
                apart = "".join(f" or p == {text(value)}" for value in values)

                def elsewhere(case: Case, apart: str = apart) -> int:
                    names = {"far": self._noticed(case, unit), "p": case.clean[parent]}
                    return case.say(
                        f"far == 0{apart}", **(names if apart else {"far": names["far"]})
                    )

                none, row = self._settled(elsewhere)
                if row is None:
                    return False if none else None
                there = [self.machine.values(row)]
                points += there
            if not hasattr(there[0][parent], "p") or not hasattr(there[0][unit], "p"):
                return None
            values.append(there[0][parent])
        first, other = (next(v for v in points if v[parent] == value) for value in values)
        slope = (other[unit] - first[unit]) / (other[parent] - first[parent])
        if slope == 0:
            return False
        shift = first[unit] - slope * first[parent]
        line = f"u == ({text(slope)})*p + ({text(shift)})"

        def follows(case: Case) -> int:
            names = {"far": self._noticed(case, unit), "p": case.clean[parent]}
            return case.say(f"far == 0 or {line}", u=case.clean[unit], **names)

        return self._always(follows)

    def hinge(self, unit: str) -> bool | None:
        """Adds a change of slope inside the domain."""
        if self.network.activation_of(unit) not in ("relu", "abs"):
            return False

        def side(sign: str) -> Callable[[Case], int]:
            return lambda case: case.say(f"z {sign} 0", z=case.pre(case.clean, unit))

        conditions = side("<"), side(">"), lambda case: self._noticed(case, unit)
        return all_of(self._sometimes(condition) for condition in conditions)

    def duplicate(self, unit: str) -> bool | None:
        """Another unit up to gauge."""
        others = (other for other in self.network.units if other != unit)
        return any_of(self._duplicate_of(unit, other) for other in others)

    def _duplicate_of(self, unit: str, other: str) -> bool | None:
        kind = self.network.activation_of(unit)
        if unit == other or kind != self.network.activation_of(other):
            return False
        at = next((v for v in self.tests.clean if v[other] != 0), None)
        if at is None:
            zero, row = self._settled(self._is(other, "u == 0"))
            if row is None:
                return False if zero else None
            at = self.machine.values(row)
        if not hasattr(at[unit], "p") or not hasattr(at[other], "p"):
            return None
        factor = at[unit] / at[other]
        scaling, odd = activation(kind).scaling, activation(kind).odd
        allowed = scaling == "any" or (scaling == "positive" and factor > 0)
        if factor == 0 or not (allowed or factor == 1 or (odd and factor == -1)):
            return False
        same = f"u == ({text(factor)})*v"
        return self._always(lambda case: case.say(same, u=case.clean[unit], v=case.clean[other]))

    def backup(self, unit: str) -> bool | None:
        """No effect alone, some once another is gone."""
        if unit in self.network.outputs:
            return False
        silent = self._always(lambda case: case.say("far == 0", far=self._noticed(case, unit)))
        if silent is False:
            return False
        others = (other for other in self.network.wiring.hidden if other != unit)
        return all_of([silent, any_of(self._second(unit, other) for other in others)])

    def _second(self, unit: str, other: str) -> bool | None:
        return self._sometimes(
            lambda case: case.moved(case.without(other), case.without(unit, other))
        )


def _number(stated: str) -> Rational | None:
    try:
        return rational(stated)
    except ToynetsError:
        return None


ON_BOXES = {
    "dead": BoxRoles.dead,
    "constant": BoxRoles.constant,
    "detector": BoxRoles.detector,
    "corrector": BoxRoles.corrector,
    "counter": BoxRoles.counter,
    "comparator": BoxRoles.comparator,
    "carrier": BoxRoles.carrier,
    "hinge": BoxRoles.hinge,
    "backup": BoxRoles.backup,
    "duplicate": BoxRoles.duplicate,
}
