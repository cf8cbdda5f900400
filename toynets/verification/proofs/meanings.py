"""Concepts and roles on a box: which claims must hold at every point, beside what samples show.

A role has a part that some input shows (a weight matters, a unit is on) and a part that must hold
everywhere. The first is settled, exactly, by the inputs that were tried; the second is proved.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from toynets.expressions import Binary, Name, Number, constant
from toynets.rationals import ZERO, Rational, from_float, text
from toynets.verification.proofs.claims import Claim, between, within
from toynets.verification.proofs.forms import Form, atom
from toynets.verification.proofs.program import Program, Variable
from toynets.verification.proofs.prover import Prover
from toynets.verification.proofs.scenes import Scene, run_under
from toynets.verification.proofs.telling import Telling

# Settled by the inputs that were tried, and by the numbers themselves.
SHOWN = ("excites", "inhibits", "sets threshold", "hinge", "comparator")
RISING = ("relu", "identity", "step", "tanh", "sigmoid")


class Meanings:
    """Proves concepts and roles of one explanation.

    Args:
        prover: of the network and its explanation.
        measured, derived: values by name on an input: of the network, of the explanation.
        rows: inputs that were tried.
    """

    def __init__(self, prover: Prover, measured: Any, derived: Any, rows: Sequence[Any]) -> None:
        self.prover = prover
        self.network = prover.network
        self.explanation = prover.explanation
        self.measured = measured
        self.derived = derived
        self.rows = rows
        self.eps_unit = self.explanation.epsilon("units")
        self.eps_weight = self.explanation.epsilon("weights")
        self.eps_effect = self.explanation.epsilon("ablations")

    # Roles ----------------------------------------------------------------------------------

    def role(self, name: str, word: str, rest: str) -> bool:
        """Whether a role that holds on the inputs tried is proved on the whole box."""
        if word in SHOWN:
            return True
        if word == "no effect":
            return self._proved(self.prover.effect(f"{name} = 0", self.eps_effect, "roles"))
        if word == "scales":
            return self._scales(name)
        if word in ("dead", "constant"):
            first = self.measured(self.rows[0])[name] if word == "constant" else ZERO
            return self._is(name, first)
        if word == "carrier":
            return self._carrier(name)
        if word == "counter":
            return self._counter(name)
        if word == "duplicate" and rest:
            return self._duplicate(name, rest)
        if word == "detector":
            return self._detector(name)
        return False

    def _proved(self, answer: Any) -> bool:
        return bool(answer.verdict == "proved")

    def _is(self, name: str, value: Any) -> bool:
        """Whether a unit is one number, within the tolerance of units."""
        if not hasattr(value, "p"):
            return False
        return self._proved(
            self.prover.affine(name, self.network.inputs[0], ZERO, value, self.eps_unit, "roles")
        )

    def _incoming(self, unit: str) -> list[tuple[str, Rational]]:
        pairs = []
        for address in self.network.wiring.incoming(unit):
            weight = _number(self.network, address)
            if abs(weight) > self.eps_weight:
                pairs.append((address.partition("->")[0], weight))
        return pairs

    def _scales(self, address: str) -> bool:
        source, _, target = address.partition("->")
        for parent, _ in self._incoming(target):
            if parent == source:
                continue
            if parent in self.network.inputs:
                return False
            if not self._is(parent, self.measured(self.rows[0])[parent]):
                return False
        return True

    def _carrier(self, unit: str) -> bool:
        """Whether a unit is affine in one parent, everywhere: more than is claimed."""
        values = [self.measured(x) for x in self.rows]
        for parent, _ in self._incoming(unit):
            slope_shift = _line([(v[parent], v[unit]) for v in values])
            if slope_shift is None or abs(slope_shift[0]) <= self.eps_unit:
                continue
            slope, shift = slope_shift
            if self._proved(self.prover.affine(unit, parent, slope, shift, self.eps_unit, "roles")):
                return True
        return False

    def _counter(self, unit: str) -> bool:
        """Whether equal positive weights go into an activation that never falls."""
        weights = [w for _, w in self._incoming(unit)]
        exact = len(weights) == len(self.network.wiring.incoming(unit))
        return (
            exact
            and weights[0] > 0
            and all(w == weights[0] for w in weights)
            and self.network.activation_of(unit) in RISING
        )

    def _duplicate(self, unit: str, other: str) -> bool:
        for x in self.rows:
            values = self.measured(x)
            if abs(values[other]) > self.eps_unit:
                factor = values[unit] / values[other]
                return self._proved(
                    self.prover.affine(unit, other, factor, ZERO, self.eps_unit, "roles")
                )
        return False

    def _detector(self, name: str) -> bool:
        """Whether the unit is nonzero exactly where its concept is."""
        concept = self.explanation.units[name].concept
        if concept is None:
            return True
        if self.eps_unit != 0:
            return False
        prover = self.prover
        said = f"{name} is nonzero exactly where {concept} is"

        def make() -> Claim:
            program = prover.base()
            names = prover.names(program)
            inputs = list(range(program.dimension))
            unit = program.run("network", prover.layers, inputs)[name]
            on = program.express(Binary("!=", Name("unit"), Number(0)), {"unit": unit})
            told = program.express(Binary("!=", prover.literal(concept), Number(0)), names)
            return within(said, program, ZERO, [on], [told])

        return self._proved(prover.asked(make, said, "roles"))

    # Concepts -------------------------------------------------------------------------------

    def concept(self, name: str, concept: Any) -> str:
        """Return "" if a concept is proved to tell apart what its unit does, else why not.

        Proved is that the unit of the stated model is a*concept + b, that a swap of two different
        values is noticed by the stated model on some input, and that the network does not tell
        apart, beyond the tolerance, inputs on which the concept is the same.
        """
        prover = self.prover
        constants = self.explanation.constants
        told = [concept.evaluate({**self.derived(x), **constants}) for x in self.rows]
        line = _line([(c, self.derived(x)[name]) for c, x in zip(told, self.rows, strict=True)])
        if line is None and len(set(told)) == 1:
            return self._never_varies(name, concept, told[0])
        if line is None or line[0] == 0:
            return f"{name} does not vary with its concept"
        slope, shift = line
        scaled = Binary("+", Binary("*", constant(slope), concept), constant(shift))
        if not self._proved(prover.expression(name, scaled, ZERO, "concepts")):
            return f"{name} is not proved to be a multiple of its concept and a constant"
        if not Telling(prover, name, self.rows).proved():
            return f"no input is found on which every change of {name} is noticed"
        if self.eps_unit == 0 and self.eps_effect == 0:
            same = prover.unit(name, ZERO)[0]
            return "" if self._proved(same) else f"{name} of the network is another one"
        return self._merged(name, concept, told)

    def _never_varies(self, name: str, concept: Any, value: Rational) -> str:
        """Prove of a concept that is the same everywhere that the unit is, too."""
        if not self._proved(self._one_value(concept, value)):
            return "the concept is not proved to be the same everywhere"
        if self.eps_unit != 0 or self.eps_effect != 0:
            return f"{name} has a tolerance, and its concept never varies"
        first = self.derived(self.rows[0])[name]
        steady = self.prover.expression(name, constant(first), ZERO, "concepts")
        if self._proved(steady) and self._proved(self.prover.unit(name, ZERO)[0]):
            return ""
        return f"{name} is not proved to be the same everywhere, as its concept is"

    def _one_value(self, concept: Any, value: Rational) -> Any:
        """Whether a concept has one value on the whole box."""
        prover = self.prover
        said = f"{concept} is {text(value)}"

        def make() -> Claim:
            program = prover.base()
            told = program.express(prover.literal(concept), prover.names(program))
            return within(said, program, ZERO, [told], [program.raw("identity", Form(value))])

        return prover.asked(make, said, "concepts")

    def _merged(self, name: str, concept: Any, told: Sequence[Any]) -> str:
        """Prove that values of the network's unit that share a concept are as good as one."""
        prover = self.prover
        line = _line([(c, self.measured(x)[name]) for c, x in zip(told, self.rows, strict=True)])
        assert line is not None, "the concept varies, as was found"
        slope, shift = line

        def stray() -> Claim:
            program = prover.base()
            names = prover.names(program)
            scaled = Binary("+", Binary("*", constant(slope), concept), constant(shift))
            told = program.express(prover.literal(scaled), names)
            inputs = list(range(program.dimension))
            unit = program.run("network", prover.layers, inputs)[name]
            gap = program.raw("identity", atom(unit) - atom(told))
            return between(f"how far {name} strays from {scaled}", program, [gap])

        answer = prover.asked(stray, f"how far {name} strays from its concept", "concepts")
        if answer.verdict != "proved":
            return f"how far {name} strays from its concept is not known"
        low, high, _, _ = answer.ends[0]
        plan = prover.plan(f"{name} = worst")
        said = (
            f"values of {name} that are at most {text(high - low)} apart change no output by more "
            f"than {text(self.eps_effect)}"
        )

        def swap() -> Claim:
            run = prover.range_of(name)
            d = len(self.network.inputs)
            variables = [
                *prover.base().variables,
                Variable("v", run.low, run.high, run.range_of),
                Variable("v'", run.low, run.high, run.range_of),
            ]
            near = Form(high - low)
            apart = atom(d + 1) - atom(d)
            program = Program(variables, [near - apart, near + apart])
            both = [
                run_under(program, "network", prover.layers, plan, Scene([], {}, {name: d + k}))
                for k in (0, 1)
            ]
            outputs = self.network.outputs
            left, right = ([run[o] for o in outputs] for run in both)
            return within(said, program, self.eps_effect, left, right)

        if self._proved(prover.asked(swap, said, "concepts")):
            return ""
        return f"{name} may tell apart inputs that share its concept"


def _line(pairs: Sequence[tuple[Any, Any]]) -> tuple[Rational, Rational] | None:
    """Return slope and shift of the line through the first and the furthest point, if exact."""
    if not all(hasattr(a, "p") and hasattr(b, "p") for a, b in pairs):
        return None
    a, b = min(pairs, key=lambda p: p[0]), max(pairs, key=lambda p: p[0])
    if a[0] == b[0]:
        return None
    slope = (b[1] - a[1]) / (b[0] - a[0])
    return slope, a[1] - slope * a[0]


def _number(network: Any, address: str) -> Rational:
    return from_float(network.numbers[address])
