"""`counterexample`: an input on which the network does not do what somebody says.

`[ask]`: `claim` (an expression over the inputs, or with several outputs a list of them), `output`
(one of several), `tolerance`. A claim: `x`, a list of numbers inside the domain.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from toynets.coursework.exercise import Exercise
from toynets.coursework.kinds.finding import DIGITS, Finding, Limits, arithmetic
from toynets.coursework.untrusted import exact_number, short_list
from toynets.domain import label
from toynets.errors import ToynetsError
from toynets.expressions import parse_expression
from toynets.rationals import Rational, rational
from toynets.verification.compare import bound, compare, shown

ASK = ("claim", "output", "tolerance")
NEEDED = ("claim",)
FIELDS = ("x",)
REQUIRED = ("x",)


def read_input(value: Any, names: tuple[str, ...], domain: Any) -> tuple[Rational, ...]:
    """Read an input and see that it belongs to the domain."""
    cells = short_list(value, "x", 200) if not isinstance(value, int | str | float) else [value]
    if len(cells) != len(names):
        raise ToynetsError(
            f"x has {len(cells)} numbers for the inputs {', '.join(names)}.",
            fix=f"write [{', '.join('0' for _ in names)}].",
        )
    row = tuple(exact_number(c, n) for c, n in zip(cells, names, strict=True))
    if row not in domain:
        raise ToynetsError(
            f"{label(row)} is not in the domain {domain.text}.", fix="the claim is about it alone."
        )
    return row


def normal(exercise: Exercise, claim: Mapping[str, Any]) -> Any:
    """Return the input."""
    return read_input(claim["x"], exercise.net.inputs, exercise.domain)


def judge(exercise: Exercise, claim: Mapping[str, Any], limits: Limits) -> Finding:
    """Run the network on the input, and hold the claim against it."""
    x = normal(exercise, claim)
    network = exercise.net
    said = parse_expression(exercise.ask["claim"], names=network.inputs)
    name = exercise.ask.get("output", network.outputs[0])
    value = exercise.machine.values(x)[name]
    stated = said.evaluate(dict(zip(network.inputs, x, strict=True)))
    same = compare(stated, value, bound(rational(exercise.ask.get("tolerance", "0"))))[1]
    if same is None:
        return Finding(None, "", (DIGITS,))
    if not same:
        told = f"at {label(x)} the claim gives {shown(stated)}, the network {shown(value)}"
        return Finding(True, told, level="exhaustive", actual=label(x))
    run = arithmetic(network, x, "", None)
    lines = (f"At {label(x)} the claim {said} gives {shown(stated)}, and so does the network.", run)
    return Finding(False, "", lines, actual=label(x))
