"""Whether some input tells any two values of a unit apart, in what the stated model then gives.

One input does where an output is strictly monotone in the unit there. Where it bends back (a tooth
of a saw), several inputs may do together: the sum of what they tell grows with the distance of the
two values. Inputs are chosen from those that were tried: first the ones that separate most pairs of
a grid of values, then the best one for each pair of values at which the claim fails.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from toynets.expressions import parse_expression
from toynets.rationals import ZERO, Rational, text
from toynets.verification.proofs.claims import Claim
from toynets.verification.proofs.forms import Form, atom
from toynets.verification.proofs.program import Program, Unprovable, Variable
from toynets.verification.proofs.prover import Prover
from toynets.verification.proofs.scenes import Scene, run_under
from toynets.verification.proofs.search import Goal

SINGLE = 8  # inputs of which each is tried alone
GRID = 16  # intervals of the range, whose ends are tried as values
POOL = 24  # inputs to choose from
MOST = 8  # inputs together
ROUNDS = 12

APART = parse_expression("abs(b - a)")


class Telling:
    """Proves that values of one unit are told apart.

    Args:
        prover: of the network and its explanation.
        unit: its name.
        rows: inputs that were tried.
    """

    def __init__(self, prover: Prover, unit: str, rows: Sequence[Any]) -> None:
        self.prover = prover
        self.unit = unit
        self.rows = rows
        self.inputs = prover.network.inputs
        self.outputs = prover.network.outputs
        self.plan = prover.plan(f"{unit} = worst")

    def proved(self) -> bool:
        """Whether it is proved, on one input or on several together."""
        try:
            run = self.prover.range_of(self.unit, "model")
        except Unprovable:
            return False
        if run.low == run.high:
            return False
        alone = itertools.product(self.rows[:SINGLE], range(len(self.outputs)))
        return any(self._alone(x, output, run) for x, output in alone) or self._together(run)

    def _two_runs(
        self, xs: Sequence[Any], run: Variable
    ) -> tuple[Program, list[tuple[list[int], list[int]]]]:
        """Return a program of two values, and the outputs that each gives on each input."""
        d = len(self.inputs)
        fixed = [Variable(n, v, v) for n, v in zip(self.inputs, xs[0], strict=True)]
        pair = [Variable("v", run.low, run.high), Variable("v'", run.low, run.high)]
        program = Program([*fixed, *pair], [atom(d + 1) - atom(d)])
        found = []
        for number, x in enumerate(xs):
            plan = self.plan
            if number:
                moved = ", ".join(f"{n} = {text(v)}" for n, v in zip(self.inputs, x, strict=True))
                plan = self.prover.plan(f"{self.unit} = worst, {moved}")
            sides = []
            for k in (0, 1):
                place = Scene([], {}, {self.unit: d + k})
                values = run_under(program, "model", self.prover.model, plan, place)
                sides.append([values[o] for o in self.outputs])
            found.append((sides[0], sides[1]))
        return program, found

    def _settled(self, said: str, program: Program, form: Form) -> Any:
        claim = Claim(said, program, {"at_least": form.json(), "strict": False}, [Goal(form)], [])
        return self.prover.settle(claim, "concepts")

    def _alone(self, x: Any, output: int, run: Variable) -> bool:
        """Whether one output is strictly monotone in the unit on one input."""
        program, [(before, after)] = self._two_runs([x], run)
        values = program.values([*x, run.low, run.high])
        rise = values[after[output]] - values[before[output]]
        if rise == 0:
            return False
        steady = abs(rise) / (run.high - run.low) / 2
        change = atom(after[output]) - atom(before[output])
        d = len(x)
        form = (change if rise > 0 else -change) - (atom(d + 1) - atom(d)).scaled(steady)
        where = ", ".join(f"{n} = {text(v)}" for n, v in zip(self.inputs, x, strict=True))
        name = self.outputs[output]
        said = f"at {where}, {name} of the explanation is strictly monotone in {self.unit}"
        return bool(self._settled(said, program, form).verdict == "proved")

    # Several inputs -------------------------------------------------------------------------

    def _together(self, run: Variable) -> bool:
        """Whether several inputs tell any two values apart."""
        pool = self.rows[:POOL]
        step = (run.high - run.low) / GRID
        grid = [run.low + k * step for k in range(GRID + 1)]
        told = [[self._outputs(x, v) for v in grid] for x in pool]
        pairs = list(itertools.combinations(range(GRID + 1), 2))

        def rates(k: int) -> list[Rational]:
            return [_apart(told[k][a], told[k][b]) / (grid[b] - grid[a]) for a, b in pairs]

        rate_of = [rates(k) for k in range(len(pool))]
        chosen: list[int] = []
        total = [ZERO] * len(pairs)
        while not all(total):
            left = [number for number, rate in enumerate(total) if rate == 0]
            best = max(range(len(pool)), key=lambda k: sum(rate_of[k][n] > 0 for n in left))
            if best in chosen or len(chosen) == MOST or not any(rate_of[best][n] for n in left):
                return False
            chosen.append(best)
            total = [a + b for a, b in zip(total, rate_of[best], strict=True)]
        rate = min(total) / 2
        for _ in range(ROUNDS):
            answer = self._claimed([pool[k] for k in chosen], rate, run)
            if answer.verdict != "refuted":
                return bool(answer.verdict == "proved")
            low, high = answer.witness.row[-2:]
            found = [
                _apart(self._outputs(x, low), self._outputs(x, high)) / (high - low) for x in pool
            ]
            best = max(range(len(pool)), key=lambda k: found[k])
            if found[best] == 0:
                return False
            if best not in chosen and len(chosen) < MOST:
                chosen.append(best)
            rate = min(rate, sum((found[k] for k in chosen), ZERO) / 2)
        return False

    def _outputs(self, x: Any, value: Rational) -> list[Rational]:
        """Return what the stated model gives on an input for one value of the unit."""
        program = Program(
            [
                *(Variable(n, v, v) for n, v in zip(self.inputs, x, strict=True)),
                Variable("v", value, value),
            ]
        )
        place = Scene([], {}, {self.unit: len(x)})
        found = run_under(program, "model", self.prover.model, self.plan, place)
        values = program.values([*x, value])
        return [values[found[o]] for o in self.outputs]

    def _claimed(self, xs: Sequence[Any], rate: Rational, run: Variable) -> Any:
        program, found = self._two_runs(xs, run)
        d = len(self.inputs)
        form = (atom(d) - atom(d + 1)).scaled(rate)
        for before, after in found:
            for a, b in zip(before, after, strict=True):
                form = form + atom(program.express(APART, {"a": a, "b": b}))
        said = (
            f"two values of {self.unit} are told apart by {len(xs)} inputs: what they change sums "
            f"up to {text(rate)} of their distance at least"
        )
        return self._settled(said, program, form)


def _apart(one: Sequence[Rational], other: Sequence[Rational]) -> Rational:
    """Return how far apart outputs are, in sum."""
    return sum((abs(b - a) for a, b in zip(one, other, strict=True)), ZERO)
