"""What is proved of one explanation on a box: its claims one by one, kept for a certificate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from toynets.rationals import Rational, text
from toynets.verification.proofs.claims import Answer, Claim, at_least, between, within
from toynets.verification.proofs.forms import Form, atom
from toynets.verification.proofs.program import Program, Unprovable, Variable
from toynets.verification.proofs.running import Runs
from toynets.verification.proofs.search import Goal

SIGNED = ("identity", "relu", "step", "tanh")  # above 0 exactly where the pre-activation is


class Prover(Runs):
    """Settles claims about one network, and an explanation of it, on one box: see `Runs`."""

    # Claims ---------------------------------------------------------------------------------

    def agree(self, intervention: Any, epsilon: Rational, kind: str = "") -> Answer:
        """Whether network and stated model differ by at most epsilon under an intervention."""
        plan = self.plan(intervention)
        said = f"|network - explanation| <= {text(epsilon)}{self.under(plan)}"

        def make() -> Claim:
            place = self.scene(plan, beside="model")
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
        said = f"{shown} as the stated weights have it, within {text(epsilon)}{self.under(plan)}"

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
        said = f"the range of {', '.join(self.network.outputs)}{self.under(plan)}"

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
        """Whether a unit's activation is at most 0 everywhere.

        That is: its pre-activation is, where the activation keeps the sign; of abs, square and
        sigmoid the activation itself.
        """
        plan = self.plan(intervention)
        said = f"{unit} is never active{self.under(plan)}"

        def make() -> Claim:
            place = self.scene(plan)
            program = Program(place.variables)
            index = self.measured(program, plan, place)[unit]
            kind, form = program.nodes[index - program.dimension]
            told = program.raw("identity", form) if kind in SIGNED else index
            return at_least(said, program, -atom(told))

        return self.asked(make, said, "never active")

    def monotone(
        self, name: str, rising: bool = True, intervention: Any = "", output: str = ""
    ) -> Answer:
        """Whether an output never falls (or rises) as one input rises and the others stay.

        Args:
            name: the input.
            rising: or falling.
            intervention: for both runs alike.
            output: which one; may be left out where there is one alone.
        """
        plan = self.plan(intervention)
        subject = f"{output} never" if output else "no output"
        said = f"{subject} {'falls' if rising else 'rises'} as {name} rises{self.under(plan)}"

        def make() -> Claim:
            k = self.network.inputs.index(name)
            place = self.scene(plan)
            later = len(place.variables)
            variables = [*place.variables, Variable(f"{name} later", *self.bounds[k])]
            program = Program(variables, [atom(later) - atom(k)])
            inputs = list(range(len(self.network.inputs)))
            first = self.measured(program, plan, place)
            second = self.measured(program, plan, place, [*inputs[:k], later, *inputs[k + 1 :]])
            (which,) = [output] if output else self.network.outputs
            change = atom(second[which]) - atom(first[which])
            form = change if rising else -change
            kind = {"at_least": form.json(), "strict": False}
            shown = [("before", first[which]), ("after", second[which])]
            return Claim(said, program, kind, [Goal(form)], shown)

        return self.asked(make, said, "monotone")

    def bounded(self, output: str, sign: str, bound: Any, intervention: Any = "") -> Answer:
        """Whether an output is <=, <, >= or > an expression of inputs and outputs everywhere."""
        plan = self.plan(intervention)
        said = f"{output} {sign} {bound}{self.under(plan)}"

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
