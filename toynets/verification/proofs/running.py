"""Runs of one network, and of what is held beside it, as programs on one box."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from toynets.domain import Domain
from toynets.rationals import ONE, ZERO
from toynets.verification.proofs.approaching import approached
from toynets.verification.proofs.claims import Answer, Claim, between, settle
from toynets.verification.proofs.forms import Form, atom
from toynets.verification.proofs.ledger import Ledger
from toynets.verification.proofs.program import Layers, Program, Unprovable, Variable
from toynets.verification.proofs.scenes import Mean, Scene, run_under, scene
from toynets.wiring import Plan

MOST_PATCHED = 6  # inputs: a patch is a claim about pairs of them
SECOND = "others/second"


class Runs:
    """The programs of one network, and of what is held beside it, on one box; their ranges.

    Args:
        network: whose numbers.
        box: a domain of kind box.
        explanation: its stated numbers are held against the network's; None for the network alone.
        means: for `mean`: of the network and of the explanation (or the second network), over a
            named finite set.
        mean_over: the name of that set, for the texts of claims.
        second: another network, which a claim compares; it runs as `SECOND`.
        cells, seconds: the limits of one claim.
        step: called with (text of the claim, cells done).
        floats: settle claims in floating point, without certificates.
    """

    def __init__(
        self,
        network: Any,
        box: Domain,
        explanation: Any = None,
        *,
        means: tuple[Mean | None, Mean | None] = (None, None),
        mean_over: str = "",
        second: Any = None,
        cells: int,
        seconds: float,
        step: Callable[[str, int], None] | None = None,
        floats: bool = False,
    ) -> None:
        assert box.bounds is not None
        self.network = network
        self.bounds = box.bounds
        self.explanation = explanation
        self.layers = Layers.of_network(network)
        self.means = means
        self.mean_over = mean_over
        self.second = None if second is None else Layers.of_network(second)
        self.cells = cells
        self.seconds = seconds
        self.step = step
        self.floats = floats
        self.ledger = Ledger()
        self._ranges: dict[tuple[str, str], Variable] = {}
        self._model: Layers | None = None

    @property
    def model(self) -> Layers:
        """The stated numbers.

        Raises:
            Unprovable: some are blank or not rational.
        """
        if self._model is None:
            self._model = Layers.of_explanation(self.network, self.explanation)
        return self._model

    def settle(self, claim: Claim, kind: str = "") -> Answer:
        """Settle a claim and keep the answer."""
        tell = self.step
        step = None if tell is None else partial(tell, claim.text)
        limits: dict[str, Any] = {"cells": self.cells, "seconds": self.seconds}
        answer = settle(claim, **limits, step=step, kind=kind, floats=self.floats)
        self.ledger.add(answer)
        for way in approached(claim, answer):
            found = self.settle(way, kind)
            assert found.verdict == "proved", found.claim
        return answer

    def asked(self, make: Callable[[], Claim], said: str, kind: str = "") -> Answer:
        """Settle a claim, or say why it cannot be put as one."""
        try:
            claim = make()
        except Unprovable as why:
            return self.ledger.add(Answer(said, "unknown", limit=str(why), kind=kind))
        return self.settle(claim, kind)

    # Runs -----------------------------------------------------------------------------------

    def base(self) -> Program:
        """Return a program over the inputs alone."""
        pairs = zip(self.network.inputs, self.bounds, strict=True)
        return Program([Variable(n, low, high) for n, (low, high) in pairs])

    def plan(self, intervention: Any) -> Plan:
        """Resolve an intervention by the network's names."""
        plan: Plan = self.network.wiring.resolve(intervention)
        return plan

    def under(self, plan: Plan) -> str:
        """Say under which intervention, and over which finite set a mean in it is taken."""
        if not plan.text:
            return ""
        named = self.mean_over if "mean" in plan.intervention.words else ""
        return f" under {plan.text}" + (f" (the mean over {named})" if named else "")

    def scene(self, plan: Plan, *, beside: str = "") -> Scene:
        """Return the variables that an intervention needs.

        Args:
            plan: the intervention, resolved.
            beside: `model` or `SECOND`, where the network and that one both undergo it: each
                `worst` value runs over the range that it has on that side.

        Raises:
            Unprovable: a patch with too many inputs, or a range that is not known.
        """
        ranges = partial(self._shared, side=beside) if beside else self.range_of
        made = scene(self.network.inputs, self.bounds, plan, ranges)
        if made.sources and len(self.network.inputs) > MOST_PATCHED:
            raise Unprovable(
                f"a patch is proved for at most {MOST_PATCHED} inputs, here are "
                f"{len(self.network.inputs)}"
            )
        return made

    def _shared(self, name: str, side: str) -> Variable:
        """Return a value in a range that both sides have, or else a share of each one's range."""
        ours, theirs = self.range_of(name), self.range_of(name, side)
        if (ours.low, ours.high) == (theirs.low, theirs.high):
            return ours
        return Variable(f"share.{name}", ZERO, ONE)

    def _placed(self, program: Program, place: Scene, side: str) -> Scene:
        """Return where values stand for one side: a share of its range becomes a value."""
        free = {}
        for name, index in place.free.items():
            free[name] = index
            if place.variables[index].name.startswith("share."):
                run = self.range_of(name, side)
                line = Form(run.low)
                line.add(run.high - run.low, atom(index))
                free[name] = program.raw("identity", line)
        return Scene(place.variables, place.sources, free)

    def measured(
        self, program: Program, plan: Plan, place: Scene, inputs: Sequence[int] | None = None
    ) -> dict[str, int]:
        """Append the network under an intervention."""
        place = self._placed(program, place, "network")
        return run_under(program, "network", self.layers, plan, place, self.means[0], inputs)

    def derived(
        self, program: Program, plan: Plan, place: Scene, side: str = "model"
    ) -> dict[str, int]:
        """Append the stated model, or the second network, under an intervention."""
        place = self._placed(program, place, side)
        return run_under(program, side, self.layers_of(side), plan, place, self.means[1])

    def layers_of(self, side: str) -> Layers:
        """Return the numbers of `network`, of the stated `model`, or of `SECOND`."""
        if side == SECOND:
            assert self.second is not None, "a second network is given"
            return self.second
        return self.layers if side == "network" else self.model

    def range_of(self, name: str, side: str = "network") -> Variable:
        """Return a variable that runs over the exact range of a clean value.

        Args:
            name: an input, a unit, or a unit's pre-activation.
            side: `network`, `model` for that of the stated weights, or `SECOND`.

        Raises:
            Unprovable: the range was not found within the limits.
        """
        key = (name, side)
        if key in self._ranges:
            return self._ranges[key]
        unit = name.removesuffix(".pre")
        if name in self.network.inputs:
            k = self.network.inputs.index(name)
            self._ranges[key] = Variable(f"v.{name}", *self.bounds[k])
            return self._ranges[key]
        program = self.base()
        layers = self.layers_of(side)
        index = program.run(side, layers, list(range(program.dimension)))[unit]
        if name != unit:
            index = program.raw("identity", program.nodes[index - program.dimension][1])
        whose = {"network": "", SECOND: " of the second network"}.get(
            side, " as the stated weights have it"
        )
        answer = self.settle(between(f"the range of {name}{whose}", program, [index]), "range")
        if answer.verdict != "proved":
            raise Unprovable(f"the range of {name} is not known: {answer.limit}")
        low, high, *attained = answer.ends[0]
        number = self.ledger.number(answer)
        named = (number, 0) if number is not None and all(attained) else None
        self._ranges[key] = Variable(f"v.{name}", low, high, named)
        return self._ranges[key]
