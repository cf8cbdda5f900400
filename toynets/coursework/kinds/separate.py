"""`separate`: a run in which two networks, or two explanations, give different outputs.

`[ask]`: `a` and `b`: a name of `[nets]`, a name of the zoo, `NAME:explanation`, `NAME:WRONG` (a
wrong explanation of the zoo), or an expression over the inputs; `kinds` (allowed kinds of
intervention: `zero`, `mean`, `patch`, `cut`, `set`, …; default all), `clauses` (at most so many),
`tolerance`. A claim: `x`, and `intervention` ("" or left out: the clean run).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from toynets.coursework.exercise import Exercise, listed, read_domain
from toynets.coursework.kinds.counterexample import read_input
from toynets.coursework.kinds.finding import DIGITS, Finding, Limits
from toynets.coursework.untrusted import short_text
from toynets.domain import Domain, label
from toynets.errors import ToynetsError
from toynets.exact import Machine
from toynets.expressions import parse_expression
from toynets.fields import record
from toynets.rationals import rational
from toynets.verification.compare import bound, compare, shown_all
from toynets.verification.trials import Trial
from toynets.verification.voices import ExplanationVoice
from toynets.wiring import kind_of

ASK = ("a", "b", "kinds", "clauses", "tolerance")
NEEDED = ("a", "b")
FIELDS = ("intervention", "x")
REQUIRED = ("x",)


@record(frozen=True)
class Side:
    """One of the two: what it is called, and what runs it."""

    name: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    runner: Any
    domain: Domain | None

    def plan(self, said: str) -> Any:
        """Resolve an intervention by the names of this side."""
        if isinstance(self.runner, Formula):
            if said.strip():
                raise ToynetsError(
                    f"{self.name} is a formula: only the clean run can be compared.",
                    fix="leave the intervention out.",
                )
            return None
        return self.runner.wiring.resolve(said)

    def run(self, x: Any, plan: Any) -> Any:
        """Return the outputs."""
        return self.runner.outcome(x, plan)


class Formula:
    """An expression over the inputs, run like a network."""

    def __init__(self, text: str) -> None:
        self.expression = parse_expression(text)

    def outcome(self, x: Any, plan: Any) -> tuple[Any, ...]:
        """Return its value."""
        names = {f"x{k}": v for k, v in enumerate(x, start=1)}
        return (self.expression.evaluate(names),)


class Spoken:
    """An explanation, run like a network: what it states, else what its weights make of it."""

    def __init__(self, voice: ExplanationVoice) -> None:
        self.voice = voice
        self.wiring = voice.wiring

    def outcome(self, x: Any, plan: Any) -> tuple[Any, ...]:
        """Return what it says comes out."""
        trial = Trial(plan.intervention, kind_of(plan), len(plan.intervention.clauses))
        return self.voice.say(trial, x, None).values


def read_side(exercise: Exercise, text: str, domain: Domain | None) -> Side:
    """Read `a` or `b`."""
    from toynets.zoo import load
    from toynets.zoo import names as zoo_names

    name, colon, wanted = text.partition(":")
    if text in exercise.networks:
        own = exercise.networks[text]
        near = listed(Domain.boolean(len(own.inputs)) if domain is None else domain)
        return Side(text, own.inputs, own.outputs, Machine(own, near), near)
    if name not in zoo_names():
        found = Formula(text)
        count = max([int(n[1:]) for n in found.expression.names() if n[1:].isdigit()], default=1)
        inputs = tuple(f"x{k}" for k in range(1, count + 1))
        return Side(text, inputs, ("y",), found, domain)
    entry = load(name)
    where = entry.task.domain if domain is None else domain
    network = entry.network
    if not colon:
        runner: Any = Machine(network, listed(where))
    else:
        said = entry.explanation
        if wanted != "explanation":
            there = [w for w in entry.wrong if w.name == wanted]
            if not there:
                raise ToynetsError(f"{name} has no wrong explanation {wanted}.")
            said = there[0].explanation
        runner = Spoken(ExplanationVoice(said, listed(where), network.outputs))
    return Side(text, network.inputs, network.outputs, runner, where)


def _sides(exercise: Exercise) -> tuple[Side, Side, Domain]:
    given = exercise.ask.get("domain")
    stated = None if given is None else read_domain(given)
    a, b = (read_side(exercise, short_text(exercise.ask[k], k), stated) for k in ("a", "b"))
    known = [d for d in (stated, a.domain, b.domain) if d is not None]
    if not known:
        raise ToynetsError("[ask] of a separate exercise between two formulas has a domain.")
    return a, b, known[0]


def normal(exercise: Exercise, claim: Mapping[str, Any]) -> Any:
    """Return the intervention and the input."""
    a, b, domain = _sides(exercise)
    said = short_text(claim.get("intervention", ""), "intervention")
    plan = a.plan(said) or b.plan(said)
    text = "" if plan is None else plan.text
    if plan is not None:
        if plan.intervention.is_family or plan.intervention.needs_source:
            raise ToynetsError(f"{text} stands for several runs, or reads x'; write one run.")
        kinds, most = exercise.ask.get("kinds"), exercise.ask.get("clauses")
        if kinds is not None and kind_of(plan) not in ("clean", *kinds):
            raise ToynetsError(f"{text} is not of the allowed kinds: {', '.join(kinds)}.")
        count = sum(len(c.targets) for c in plan.intervention.clauses)
        if most is not None and count > most:
            raise ToynetsError(f"{text} changes {count} things; at most {most} are allowed.")
    names = a.inputs if not isinstance(a.runner, Formula) else b.inputs
    if len(names) != domain.dimension:
        names = tuple(f"x{k}" for k in range(1, domain.dimension + 1))
    return text, read_input(claim["x"], names, domain)


def judge(exercise: Exercise, claim: Mapping[str, Any], limits: Limits) -> Finding:
    """Run both sides; the claim is right if they differ."""
    text, x = normal(exercise, claim)
    a, b, _ = _sides(exercise)
    mine, theirs = a.run(x, a.plan(text)), b.run(x, b.plan(text))
    within = bound(rational(exercise.ask.get("tolerance", "0")))
    same = [compare(v, w, within)[1] for v, w in zip(mine, theirs, strict=True)]
    where = f"at {label(x)}" + (f" with {text}" if text else "")
    ours, others = shown_all(mine, a.outputs), shown_all(theirs, b.outputs)
    if False in same:
        return Finding(True, f"{where}: {ours} against {others}", level="exhaustive", actual=where)
    if None in same:
        return Finding(None, "", (DIGITS,))
    line = f"{where[0].upper()}{where[1:]} both give {ours}: this run does not tell them apart."
    return Finding(False, "", (line,), actual=where)
