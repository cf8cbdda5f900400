"""Claims on a box: what is asked of a program, and the answer with its certificate.

A claim is settled by `settle`: `proved` with a cover of the box, `refuted` with a point at which
the program, run exactly, contradicts it, or `unknown` with the limit that was reached.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from toynets.fields import field, record
from toynets.rationals import HALF, ONE, ZERO, Rational, rational, text
from toynets.verification.proofs.cells import Cell
from toynets.verification.proofs.falsifier import Falsifier, simplest
from toynets.verification.proofs.forms import Form, atom
from toynets.verification.proofs.program import Program
from toynets.verification.proofs.replay import replayed
from toynets.verification.proofs.search import CELLS, SECONDS, Goal, Search, finished


@record
class Claim:
    """Something that may hold at every point of a box.

    Attributes:
        text: in words.
        program: variables, conditions and nodes that it is about.
        kind: as a certificate writes it.
        goals: forms that are not negative exactly if it holds.
        shown: (name, index) of the values that a witness shows.
    """

    text: str
    program: Program
    kind: dict[str, Any]
    goals: list[Goal]
    shown: list[tuple[str, int]] = field(default_factory=list)


@record(frozen=True)
class Refutation:
    """A point that contradicts a claim.

    Attributes:
        point: variable -> exact value.
        values: (name, exact value or `Ball`) of what is compared there.
        float32: the same values when the program is run in float32.
        dyadic: whether every coordinate is a whole number over a power of two.
        row: the point as a tuple, in the order of the variables.
        goal: the number of the goal that fails.
        said: what that comes to, where values alone do not show it: what each side decides, a tie.
    """

    point: dict[str, Rational]
    values: tuple[tuple[str, Any], ...]
    float32: tuple[float, ...]
    dyadic: bool
    row: tuple[Rational, ...]
    goal: int
    said: str = ""

    def __str__(self) -> str:
        where = ", ".join(f"{n} = {text(v)}" for n, v in self.point.items())
        what = ", ".join(f"{n} = {shown(v)}" for n, v in self.values)
        again = ", ".join(f"{v:.9g}" for v in self.float32)
        said = f"; {self.said}" if self.said else ""
        return f"at {where}: {what} (in float32 {again}){said}"


def shown(value: Any) -> str:
    """Write an exact number, or a ball."""
    return text(value) if hasattr(value, "p") else repr(value)


def told(kind: Mapping[str, Any], pairs: Sequence[tuple[str, Any]]) -> str:
    """Say what values of a witness come to: what is decided, and where there is a tie.

    >>> told({"decision": {"argmax": True}}, [("a", ONE), ("b", ZERO), ("c", ONE), ("d", ONE)])
    'a is the largest, but c and d tie'
    >>> told({"decision": {"threshold": "1/2"}}, [("y of A", HALF), ("y of B", ONE)])
    'y of A = 1/2, a tie, but y of B > 1/2'
    """
    if not all(hasattr(value, "p") for _, value in pairs):
        return ""
    if kind.get("strict") and len(pairs) == 2 and pairs[0][1] == pairs[1][1]:
        return "they are equal: a tie"
    rule = kind.get("decision")
    if rule is None:
        return ""
    half = len(pairs) // 2
    return ", but ".join(_decided(rule, side) for side in (pairs[:half], pairs[half:]))


def _decided(rule: Mapping[str, Any], outputs: Sequence[tuple[str, Any]]) -> str:
    if "argmax" in rule:
        best = max(value for _, value in outputs)
        first = [name for name, value in outputs if value == best]
        return " and ".join(first) + (" is the largest" if len(first) == 1 else " tie")
    t = rational(rule.get("threshold", "0"))
    signs = [">" if v > t else "<" if v < t else "=" for _, v in outputs]
    words = zip(outputs, signs, strict=True)
    return ", ".join(f"{n} {s} {text(t)}" + ", a tie" * (s == "=") for (n, _), s in words)


@record(frozen=True)
class Answer:
    """What became of a claim.

    Attributes:
        claim: its text.
        verdict: `proved`, `refuted` or `unknown`.
        data: the claim as a certificate writes it; None where it has no certificate.
        witness: where it is refuted.
        limit: which limit was reached, where it is unknown; or why no certificate can be had.
        cells: how many cells were looked at.
        leaves: of the cover.
        seconds: how long it took.
        ends: for a range, per value (low, high, low attained, high attained).
        method: `regions` (rationals, with certificate), `balls` or `floats` (rigorous, without one
            where it is a proof).
        kind: of intervention or claim, for tables.
    """

    claim: str
    verdict: str
    data: dict[str, Any] | None = None
    witness: Refutation | None = None
    limit: str = ""
    cells: int = 0
    leaves: int = 0
    seconds: float = 0.0
    ends: tuple[tuple[Any, Any, bool, bool], ...] = ()
    method: str = "regions"
    kind: str = ""


def within(
    said: str,
    program: Program,
    epsilon: Rational,
    left: Sequence[int],
    right: Sequence[int],
    names: Sequence[tuple[str, str]] = (),
) -> Claim:
    """Return the claim that values differ by at most epsilon, pair by pair."""
    goals = []
    shown = []
    for k, (a, b) in enumerate(zip(left, right, strict=True)):
        gap = atom(a) - atom(b)
        goals += [Goal((-gap).plus(epsilon)), Goal(gap.plus(epsilon))]
        pair = names[k] if names else ("left", "right")
        shown += [(pair[0], a), (pair[1], b)]
    kind = {"within": text(epsilon), "left": list(left), "right": list(right)}
    return Claim(said, program, kind, goals, shown)


def between(said: str, program: Program, values: Sequence[int]) -> Claim:
    """Return the question for the exact range of values."""
    goals = []
    for index in values:
        goals += [Goal(atom(index), moving=True), Goal(-atom(index), moving=True)]
    return Claim(said, program, {"between": [], "values": list(values), "attained": []}, goals)


def at_least(said: str, program: Program, form: Form, strict: bool = False) -> Claim:
    """Return the claim that a form of values is at least 0, or above 0."""
    kind = {"at_least": form.json(), "strict": strict}
    shown = [("value", index) for index in form.terms]
    return Claim(said, program, kind, [Goal(form, strict=strict)], shown)


def decision(
    said: str,
    program: Program,
    rule: dict[str, Any],
    left: Sequence[int],
    right: Sequence[int],
    names: Sequence[tuple[str, str]] = (),
) -> Claim:
    """Return the claim that two runs decide alike, ties and all.

    Args:
        said: in words.
        program: to which step nodes are appended.
        rule: {"threshold": text}, {"sign": True} or {"argmax": True}.
        left, right: the outputs of both runs.
        names: of each pair of outputs, for a witness.
    """

    def step(form: Form) -> int:
        return program.node("step", form)

    first: list[int] = []
    second: list[int] = []
    if "argmax" in rule:
        for outputs, into in ((left, first), (right, second)):
            above = [
                [step(atom(b) - atom(a)) for j, b in enumerate(outputs) if j != i]
                for i, a in enumerate(outputs)
            ]
            into += [step(Form(-HALF, dict.fromkeys(row, ONE))) for row in above]
    else:
        t = rational(rule["threshold"]) if "threshold" in rule else ZERO
        for a, b in zip(left, right, strict=True):
            first += [step(atom(a).plus(-t)), step((-atom(a)).plus(t))]
            second += [step(atom(b).plus(-t)), step((-atom(b)).plus(t))]
    goals = []
    for a, b in zip(first, second, strict=True):
        goals += [Goal(atom(b) - atom(a)), Goal(atom(a) - atom(b))]
    kind = {"decision": dict(rule), "left": list(left), "right": list(right)}
    pairs = names or [("left", "right")] * len(left)
    shown = [(pair[0], a) for pair, a in zip(pairs, left, strict=True)]
    shown += [(pair[1], b) for pair, b in zip(pairs, right, strict=True)]
    return Claim(said, program, kind, goals, shown)


def settle(
    claim: Claim,
    *,
    cells: int = CELLS,
    seconds: float = SECONDS,
    step: Callable[[int], None] | None = None,
    kind: str = "",
    floats: bool = False,
) -> Answer:
    """Prove or refute a claim.

    Args:
        claim: what is asked.
        cells: the most cells that may be looked at.
        seconds: the most processor time.
        step: called with the number of cells done.
        kind: for tables.
        floats: in floating point with a bound on its rounding, without a certificate. A range
            is found exactly all the same.
    """
    began = time.perf_counter()
    if floats and not any(goal.moving for goal in claim.goals):
        from toynets.verification.proofs.floats import settle_with_floats

        return settle_with_floats(claim, cells=cells, seconds=seconds, step=step, kind=kind)
    if claim.program.curved:
        from toynets.verification.proofs.balls import settle_with_balls

        return settle_with_balls(claim, cells=cells, seconds=seconds, step=step, kind=kind)
    search = Search(claim.program, claim.goals, cells=cells, seconds=seconds, step=step)
    outcome = search.run()
    ends: tuple[tuple[Any, Any, bool, bool], ...] = ()
    data = None
    if outcome.verdict == "refuted":
        falsifier, cells = search.falsifier, outcome.cells
        return refuted(claim, falsifier, outcome.point, outcome.goal, cells, began, kind)
    if outcome.verdict == "proved":
        if "between" in claim.kind:
            ends = _close(claim)
        data = _data(claim, "proved")
        data["cover"] = finished(outcome.cover)
    elif "between" in claim.kind:
        ends = outer_bounds(claim)
    return Answer(
        claim.text,
        outcome.verdict,
        data,
        None,
        outcome.limit,
        outcome.cells,
        outcome.leaves,
        time.perf_counter() - began,
        ends,
        kind=kind,
    )


def refuted(
    claim: Claim,
    falsifier: Falsifier,
    point: tuple[Rational, ...],
    goal: int,
    cells: int,
    began: float,
    kind: str,
    method: str = "regions",
) -> Answer:
    """Return the answer that a claim fails at a point, with its certificate.

    Args:
        claim: what was asked.
        falsifier: of its program.
        point: where it fails, exactly.
        goal: the number of the goal that fails.
        cells: how many were looked at.
        began: when, by the clock of `settle`.
        kind: for tables.
        method: how the point was found.
    """
    witness = _witness(claim, falsifier, point, goal)
    data = _data(claim, "refuted")
    data["witness"] = {"point": [text(v) for v in witness.row], "goal": witness.goal}
    seconds = time.perf_counter() - began
    return Answer(
        claim.text, "refuted", data, witness, "", cells, 0, seconds, method=method, kind=kind
    )


def outer_bounds(claim: Claim) -> tuple[tuple[Any, Any, bool, bool], ...]:
    """Bound the values of a claim about a range from outside, by the relaxation of the box."""
    cell = Cell(claim.program)
    found = cell.analyse()
    ends = []
    for goal in claim.goals[::2]:
        form = Form(goal.form.constant)
        for index, coefficient in goal.form.terms.items():
            form.add(coefficient, found.values[index])
        low, high = cell.least(form).value, -cell.least(-form).value
        ends.append((low, high, False, False))
    return tuple(ends)


def _data(claim: Claim, verdict: str) -> dict[str, Any]:
    data: dict[str, Any] = {
        "text": claim.text,
        "variables": [v.json() for v in claim.program.variables],
    }
    if claim.program.given:
        data["given"] = [g.json() for g in claim.program.given]
        inside = Cell(claim.program).inner()
        assert inside is not None, "a claim about no point is not made"
        data["inside"] = [text(inside[k]) for k in range(claim.program.dimension)]
    data |= {"program": claim.program.parts, "kind": claim.kind, "verdict": verdict}
    return data


def _close(claim: Claim) -> tuple[tuple[Any, Any, bool, bool], ...]:
    """Put the ends that were found into a claim about a range."""
    ends, bounds, attained, towards = [], [], [], []
    for k in range(0, len(claim.goals), 2):
        low, high = claim.goals[k], claim.goals[k + 1]
        ends.append((-low.slack, high.slack, low.attained, high.attained))
        bounds.append([text(-low.slack), text(high.slack)])
        attained.append(
            [[text(v) for v in goal.place] if goal.attained else None for goal in (low, high)]
        )
        towards.append([None if g.attained else (g.place, g.inside) for g in (low, high)])
    claim.kind |= {"between": bounds, "attained": attained, "towards": towards}
    return tuple(ends)


def _witness(
    claim: Claim, falsifier: Falsifier, point: tuple[Rational, ...], goal: int
) -> Refutation:
    row = simplest(point, lambda p: falsifier.fails(p, goal))
    values = claim.program.values(row)
    again = replayed(claim.program, row)
    pair = goal // 2
    shown = claim.shown
    if "within" in claim.kind:
        shown = claim.shown[2 * pair : 2 * pair + 2]
    pairs = tuple((name, values[index]) for name, index in shown)
    return Refutation(
        {v.name: p for v, p in zip(claim.program.variables, row, strict=True)},
        pairs,
        tuple(again[index] for _, index in shown),
        all((int(v.q) & (int(v.q) - 1)) == 0 for v in row),
        row,
        goal,
        told(claim.kind, pairs),
    )
