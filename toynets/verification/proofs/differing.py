"""Two runs on a box under one intervention: whether they ever differ, by value or by decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from toynets.domain import Domain
from toynets.fields import field, record
from toynets.rationals import ZERO, Rational, text
from toynets.verification.proofs.claims import Answer, Claim, decision, settle, within
from toynets.verification.proofs.ledger import Ledger
from toynets.verification.proofs.program import Layers, Program, Unprovable
from toynets.verification.proofs.scenes import Mean, Scene, run_under, scene
from toynets.wiring import Plan

CELLS = 2_000  # of one claim
SECONDS = 5.0


@record(frozen=True)
class Run:
    """One side: a net under an intervention, or what is stated of it.

    Attributes:
        which: as a certificate names the net: `network`, `model` or `others/NAME`.
        layers: its numbers.
        plan: the intervention, resolved by its names.
        mean: gives the mean of a quantity over a named finite set.
        stated: for each output an expression of inputs and units, in place of the run.
        carried: edge -> the number that it carries, in place of the value of its source.
    """

    which: str
    layers: Layers
    plan: Plan
    mean: Mean | None = None
    stated: Mapping[str, Any] = field(default_factory=dict)
    carried: Mapping[str, Any] = field(default_factory=dict)


class Differing:
    """Asks of pairs of runs on one box whether they ever differ; keeps what was settled.

    Args:
        inputs: their names.
        box: a domain with bounds.
        cells, seconds: the limits of one claim.
    """

    def __init__(
        self,
        inputs: Sequence[str],
        box: Domain,
        *,
        cells: int = CELLS,
        seconds: float = SECONDS,
    ) -> None:
        assert box.bounds is not None, "a box has bounds"
        self.inputs = tuple(inputs)
        self.bounds = box.bounds
        self.cells = cells
        self.seconds = seconds
        self.ledger = Ledger()

    def ask(
        self,
        one: Run,
        other: Run,
        *,
        epsilon: Rational = ZERO,
        rule: Mapping[str, Any] | None = None,
    ) -> Answer:
        """Settle that two runs give the same everywhere.

        Args:
            one, other: the sides; their outputs are paired in order.
            epsilon: how far outputs may be apart that count as the same.
            rule: a decision: that alone must be the same.
        """
        what = "decide alike" if rule else "give the same"
        said = f"both {what}" + (f", within {text(epsilon)}" if epsilon and not rule else "")
        said += f" under {one.plan.text}" if one.plan.text else ""
        try:
            claim = self._claim(said, one, other, epsilon, rule)
        except Unprovable as why:
            return self.ledger.add(Answer(said, "unknown", limit=str(why)))
        return self.ledger.add(settle(claim, cells=self.cells, seconds=self.seconds))

    def row(self, answer: Answer) -> tuple[Any, Any]:
        """Return the input, and the source or None, at which a claim is refuted."""
        assert answer.witness is not None
        d, row = len(self.inputs), answer.witness.row
        return tuple(row[:d]), tuple(row[d : 2 * d]) if len(row) >= 2 * d else None

    def _claim(
        self,
        said: str,
        one: Run,
        other: Run,
        epsilon: Rational,
        rule: Mapping[str, Any] | None,
    ) -> Claim:
        place = scene(self.inputs, self.bounds, one.plan)
        if not place.sources and other.plan.text != one.plan.text:
            place = scene(self.inputs, self.bounds, other.plan)  # one side may need no source
        program = Program(place.variables)
        left, right = self._outputs(program, place, one), self._outputs(program, place, other)
        names = [
            (f"{a} of A", f"{b} of B")
            for a, b in zip(one.layers.outputs, other.layers.outputs, strict=True)
        ]
        if rule:
            return decision(said, program, dict(rule), left, right, names)
        return within(said, program, epsilon, left, right, names)

    def _outputs(self, program: Program, place: Scene, run: Run) -> list[int]:
        d = len(self.inputs)
        if run.carried:
            edits = [{"edge": edge, "to": number} for edge, number in run.carried.items()]
            found = program.run(run.which, run.layers, list(range(d)), edits)
            return [found[o] for o in run.layers.outputs]
        if not run.stated:
            found = run_under(program, run.which, run.layers, run.plan, place, run.mean)
            return [found[o] for o in run.layers.outputs]
        names = program.run(run.which, run.layers, list(range(d)))
        names |= {name: k for k, name in enumerate(run.layers.inputs)}
        return [program.express(run.stated[o], names) for o in run.layers.outputs]
