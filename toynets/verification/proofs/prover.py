"""What is proved of one explanation on a box: its claims one by one, kept for a certificate."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from toynets.domain import Domain
from toynets.rationals import ONE, ZERO, Rational, text
from toynets.verification.proofs.approaching import approached
from toynets.verification.proofs.claims import Answer, Claim, at_least, between, settle, within
from toynets.verification.proofs.forms import Form, atom
from toynets.verification.proofs.ledger import Ledger
from toynets.verification.proofs.program import Layers, Program, Unprovable, Variable
from toynets.verification.proofs.scenes import Mean, Scene, run_under, scene
from toynets.verification.proofs.search import Goal
from toynets.wiring import Plan

MOST_PATCHED = 6  # inputs: a patch is a claim about pairs of them


class Prover:
    """Settles claims about one network, and an explanation of it, on one box.

    Args:
        network: whose numbers.
        box: a domain of kind box.
        explanation: its stated numbers are held against the network's; None for the network alone.
        means: for `mean`: of the network and of the explanation, over a named finite set.
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

    def scene(self, plan: Plan, *, both: bool = False) -> Scene:
        """Return the variables that an intervention needs.

        Args:
            plan: the intervention, resolved.
            both: the network and the stated model undergo it: each `worst` value runs over the
                range that it has on that side.

        Raises:
            Unprovable: a patch with too many inputs, or a range that is not known.
        """
        ranges = self._shared if both else self.range_of
        made = scene(self.network.inputs, self.bounds, plan, ranges)
        if made.sources and len(self.network.inputs) > MOST_PATCHED:
            raise Unprovable(
                f"a patch is proved for at most {MOST_PATCHED} inputs, here are "
                f"{len(self.network.inputs)}"
            )
        return made

    def _shared(self, name: str) -> Variable:
        """Return a value in a range that both sides have, or else a share of each one's range."""
        ours, theirs = self.range_of(name), self.range_of(name, "model")
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

    def derived(self, program: Program, plan: Plan, place: Scene) -> dict[str, int]:
        """Append the stated model under an intervention."""
        place = self._placed(program, place, "model")
        return run_under(program, "model", self.model, plan, place, self.means[1])

    def range_of(self, name: str, side: str = "network") -> Variable:
        """Return a variable that runs over the exact range of a clean value.

        Args:
            name: an input, a unit, or a unit's pre-activation.
            side: `network`, or `model` for that of the stated weights.

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
        layers = self.layers if side == "network" else self.model
        index = program.run(side, layers, list(range(program.dimension)))[unit]
        if name != unit:
            index = program.raw("identity", program.nodes[index - program.dimension][1])
        whose = "" if side == "network" else " as the stated weights have it"
        answer = self.settle(between(f"the range of {name}{whose}", program, [index]), "range")
        if answer.verdict != "proved":
            raise Unprovable(f"the range of {name} is not known: {answer.limit}")
        low, high, *attained = answer.ends[0]
        number = self.ledger.number(answer)
        named = (number, 0) if number is not None and all(attained) else None
        self._ranges[key] = Variable(f"v.{name}", low, high, named)
        return self._ranges[key]

    # Claims ---------------------------------------------------------------------------------

    def agree(self, intervention: Any, epsilon: Rational, kind: str = "") -> Answer:
        """Whether network and stated model differ by at most epsilon under an intervention."""
        plan = self.plan(intervention)
        said = f"|network - explanation| <= {text(epsilon)}{under(plan)}"

        def make() -> Claim:
            place = self.scene(plan, both=True)
            program = Program(place.variables)
            ours, theirs = (
                self.measured(program, plan, place),
                self.derived(program, plan, place),
            )
            outputs = self.network.outputs
            names = [(f"{o} of the network", f"{o} of the explanation") for o in outputs]
            left, right = [ours[o] for o in outputs], [theirs[o] for o in outputs]
            return within(said, program, epsilon, left, right, names)

        return self.asked(make, said, kind)

    def stated(
        self, intervention: Any, outputs: Mapping[str, Any], epsilon: Rational, kind: str = ""
    ) -> Answer:
        """Whether stated outcomes are those of the stated model, within epsilon."""
        plan = self.plan(intervention)
        shown = ", ".join(f"{o} = {e}" for o, e in outputs.items())
        said = f"{shown} as the stated weights have it, within {text(epsilon)}{under(plan)}"

        def make() -> Claim:
            if "worst" in plan.intervention.words:
                raise Unprovable("two extremes for each input are no claim of a certificate")
            place = self.scene(plan)
            program = Program(place.variables)
            names = self.names(program)
            theirs = self.derived(program, plan, place)
            left = [program.express(self.literal(e), names) for e in outputs.values()]
            right = [theirs[o] for o in outputs]
            pairs = [(f"{o} as stated", f"{o} as derived") for o in outputs]
            return within(said, program, epsilon, left, right, pairs)

        return self.asked(make, said, kind)

    def unit(self, name: str, epsilon: Rational, stated: bool = True) -> list[Answer]:
        """Whether a unit's expression is its mechanism, and that is the network's unit."""
        expression = self.explanation.units[name].expression
        said = f"|{name} of the network - {name} of the explanation| <= {text(epsilon)}"

        def same() -> Claim:
            program = self.base()
            inputs = list(range(program.dimension))
            ours = program.run("network", self.layers, inputs)[name]
            theirs = program.run("model", self.model, inputs)[name]
            pair = [(f"{name} of the network", f"{name} of the explanation")]
            return within(said, program, epsilon, [ours], [theirs], pair)

        answers = [self.asked(same, said, "units")]
        if expression is not None and stated:
            answers.append(self.expression(name, expression, epsilon, "units"))
        return answers

    def expression(self, name: str, expression: Any, epsilon: Rational, kind: str) -> Answer:
        """Whether an expression has the value of a unit of the stated model, within epsilon."""
        said = f"{name} = {expression} as the stated weights have it, within {text(epsilon)}"

        def make() -> Claim:
            program = self.base()
            names = self.names(program)
            left = program.express(self.literal(expression), names)
            return within(said, program, epsilon, [left], [names[name]], [("stated", "derived")])

        return self.asked(make, said, kind)

    def names(self, program: Program) -> dict[str, int]:
        """Append a clean run of the model: what an expression may speak of."""
        inputs = list(range(len(self.network.inputs)))
        found = program.run("model", self.model, inputs)
        return {**dict(zip(self.network.inputs, inputs, strict=True)), **found}

    def literal(self, expression: Any) -> Any:
        """Return an expression with the parameters' values in it."""
        return expression.substitute(dict(self.explanation.parameters))

    def ranges(self, intervention: Any = "") -> Answer:
        """Find the exact range of every output under an intervention."""
        plan = self.plan(intervention)
        said = f"the range of {', '.join(self.network.outputs)}{under(plan)}"

        def make() -> Claim:
            place = self.scene(plan)
            program = Program(place.variables)
            found = self.measured(program, plan, place)
            return between(said, program, [found[o] for o in self.network.outputs])

        return self.asked(make, said, "range")

    def effect(self, intervention: Any, epsilon: Rational, kind: str = "") -> Answer:
        """Whether an intervention changes no output of the network by more than epsilon."""
        plan = self.plan(intervention)
        said = f"{plan.text} changes no output by more than {text(epsilon)}"

        def make() -> Claim:
            place = self.scene(plan)
            program = Program(place.variables)
            inputs = list(range(len(self.network.inputs)))
            before = program.run("network", self.layers, inputs)
            after = self.measured(program, plan, place)
            outputs = self.network.outputs
            return within(
                said, program, epsilon, [before[o] for o in outputs], [after[o] for o in outputs]
            )

        return self.asked(make, said, kind)

    def affine(
        self, unit: str, parent: str, slope: Rational, shift: Rational, epsilon: Rational, kind: str
    ) -> Answer:
        """Whether a unit of the network is slope * parent + shift, within epsilon."""
        said = f"|{unit} - ({text(slope)}*{parent} + {text(shift)})| <= {text(epsilon)}"

        def make() -> Claim:
            program = self.base()
            inputs = list(range(program.dimension))
            found = program.run("network", self.layers, inputs)
            found |= dict(zip(self.network.inputs, inputs, strict=True))
            line = program.raw("identity", Form(shift, {found[parent]: slope} if slope else {}))
            return within(said, program, epsilon, [found[unit]], [line])

        return self.asked(make, said, kind)

    def never_active(self, unit: str, intervention: Any = "") -> Answer:
        """Whether a unit's pre-activation is at most 0 everywhere."""
        plan = self.plan(intervention)
        said = f"{unit} is never active{under(plan)}"

        def make() -> Claim:
            place = self.scene(plan)
            program = Program(place.variables)
            index = self.measured(program, plan, place)[unit]
            pre = program.raw("identity", program.nodes[index - program.dimension][1])
            return at_least(said, program, -atom(pre))

        return self.asked(make, said, "never active")

    def monotone(self, name: str, rising: bool = True, intervention: Any = "") -> Answer:
        """Whether no output falls (or rises) as one input rises and the others stay."""
        plan = self.plan(intervention)
        said = f"no output {'falls' if rising else 'rises'} as {name} rises{under(plan)}"

        def make() -> Claim:
            k = self.network.inputs.index(name)
            place = self.scene(plan)
            later = len(place.variables)
            variables = [*place.variables, Variable(f"{name} later", *self.bounds[k])]
            program = Program(variables, [atom(later) - atom(k)])
            inputs = list(range(len(self.network.inputs)))
            first = self.measured(program, plan, place)
            second = self.measured(program, plan, place, [*inputs[:k], later, *inputs[k + 1 :]])
            (output,) = self.network.outputs
            change = atom(second[output]) - atom(first[output])
            form = change if rising else -change
            kind = {"at_least": form.json(), "strict": False}
            shown = [("before", first[output]), ("after", second[output])]
            return Claim(said, program, kind, [Goal(form)], shown)

        return self.asked(make, said, "monotone")

    def bounded(self, output: str, sign: str, bound: Any, intervention: Any = "") -> Answer:
        """Whether an output is <=, <, >= or > an expression of inputs and outputs everywhere."""
        plan = self.plan(intervention)
        said = f"{output} {sign} {bound}{under(plan)}"

        def make() -> Claim:
            place = self.scene(plan)
            program = Program(place.variables)
            found = self.measured(program, plan, place)
            names = dict(zip(self.network.inputs, range(program.dimension), strict=False))
            line = program.express(bound, names | {o: found[o] for o in self.network.outputs})
            y = found[output]
            gap = atom(y) - atom(line) if ">" in sign else atom(line) - atom(y)
            claim = at_least(said, program, gap, strict="=" not in sign)
            claim.shown = [(output, y), ("bound", line)]
            return claim

        return self.asked(make, said, "bound")

    def certificate(self, about: str = "", made_by: str = "toynets") -> dict[str, Any]:
        """Return every claim that has a certificate, in one; without any, an empty one."""
        from toynets.verification.proofs.certificate import FORMAT, written

        claims = self.ledger.claims
        if not claims:
            return {"format": FORMAT, "claims": []}
        return written(self.network, claims, self._model, about=about, made_by=made_by)


def under(plan: Plan) -> str:
    """Say under which intervention."""
    return f" under {plan.text}" if plan.text else ""
