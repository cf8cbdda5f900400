"""Conditions on the values of a network, put as one number that is 1 where they hold."""

from __future__ import annotations

from collections.abc import Iterable

from toynets.expressions import parse_expression
from toynets.fields import record
from toynets.rationals import text
from toynets.verification.compare import Decision
from toynets.verification.proofs.program import Program, Unprovable
from toynets.verification.proofs.prover import Prover


def all_of(found: Iterable[bool | None]) -> bool | None:
    """Return False if any is False, else None if any is None, else True; stops at a False.

    >>> all_of([True, None, False]), all_of([True, None]), all_of([])
    (False, None, True)
    """
    whole: bool | None = True
    for one in found:
        if one is False:
            return False
        whole = None if one is None else whole
    return whole


def any_of(found: Iterable[bool | None]) -> bool | None:
    """Return True if any is True, else None if any is None, else False; stops at a True.

    >>> any_of([False, None, True]), any_of([False, None]), any_of([])
    (True, None, False)
    """
    return opposite(all_of(opposite(one) for one in found))


def opposite(found: bool | None) -> bool | None:
    """Return the opposite; of what is not known, nothing is known.

    >>> opposite(True), opposite(None)
    (False, None)
    """
    return None if found is None else not found


@record
class Case:
    """A program over the box, and what is said of its values.

    Attributes:
        prover: of the network.
        program: variables and nodes.
        clean: name -> index of the value in the clean network.
    """

    prover: Prover
    program: Program
    clean: dict[str, int]

    @staticmethod
    def of(prover: Prover) -> Case:
        """Return the clean network over the box."""
        program = prover.base()
        inputs = list(range(program.dimension))
        found = program.run("network", prover.layers, inputs)
        return Case(
            prover, program, {**dict(zip(prover.network.inputs, inputs, strict=True)), **found}
        )

    def without(self, *units: str) -> dict[str, int]:
        """Append the network with some units at 0."""
        plan = self.prover.plan(f"{', '.join(units)} = 0")
        return self.prover.measured(self.program, plan, self.prover.scene(plan))

    def pre(self, found: dict[str, int], unit: str) -> int:
        """Append the pre-activation of a unit of a run.

        Raises:
            Unprovable: an output of a softmax layer has none of its own.
        """
        if self.prover.network.activation_of(unit) == "softmax":
            raise Unprovable("the logits of a softmax layer are no values of a run")
        form = self.program.nodes[found[unit] - self.program.dimension][1]
        return self.program.raw("identity", form)

    def say(self, said: str, **names: int) -> int:
        """Append an expression over values."""
        return self.program.express(parse_expression(said, names=tuple(names)), names)

    def moved(self, before: dict[str, int], after: dict[str, int]) -> int:
        """Append whether an output of one run is another one in the other run: 1 or 0."""
        outputs = self.prover.network.outputs
        names = {f"a{k}": before[o] for k, o in enumerate(outputs)}
        names |= {f"b{k}": after[o] for k, o in enumerate(outputs)}
        said = " or ".join(f"(a{k} != b{k})" for k in range(len(outputs)))
        return self.say(said, **names)

    def redecided(self, before: dict[str, int], after: dict[str, int], rule: Decision) -> int:
        """Append whether the decision of two runs differs: 1 or 0; ties are decisions, too."""
        if not rule:
            return self.moved(before, after)
        outputs = self.prover.network.outputs
        sides: list[list[int]] = []
        for run in (before, after):
            names = {f"v{k}": run[o] for k, o in enumerate(outputs)}
            if "argmax" in rule.data:
                every = range(len(outputs))
                asked = [
                    " or ".join(f"(v{j} > v{k})" for j in every if j != k) or "0*v0" for k in every
                ]
            else:
                asked = [
                    f"v{k} {s} {text(rule.threshold)}" for k in range(len(outputs)) for s in "<>"
                ]
            sides.append([self.say(said, **names) for said in asked])
        pairs = {
            f"{s}{k}": i for s, side in zip("ab", sides, strict=True) for k, i in enumerate(side)
        }
        said = " or ".join(f"(a{k} != b{k})" for k in range(len(sides[0])))
        return self.say(said, **pairs)
