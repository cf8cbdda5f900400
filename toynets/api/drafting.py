"""`toynets draft-explanation`: a first draft of an explanation, from a network's own numbers.

A draft is a convenience and no explanation: it copies the numbers, rounded, and says what they
compute. What the units stand for, and why, stays blank; `verify` calls it transcribed.
"""

from __future__ import annotations

import math
from typing import Any

from toynets.api.subject import Subject, subject
from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.explanation import Explanation, blank_explanation
from toynets.explanation.templates import weighted_sum
from toynets.fields import record
from toynets.rationals import ZERO, Rational, from_float, rational, short, text
from toynets.verification import verify
from toynets.verification.compare import size

DENOMINATORS = (1, 2, 3, 4, 5, 8)
NOTE = "drafted from the network's own numbers; not verified, and not yet an explanation"
ABLATED = ("outcomes", "parameters", "subsets", "interchange")


@record(frozen=True)
class Draft:
    """A first draft.

    Attributes:
        explanation: numbers, formulas and tolerances filled in; concepts, roles and reasons blank.
        rounded: how many numbers are not stated exactly.
        numbers: how many there are.
        notes: what the reader should be told.
    """

    explanation: Explanation
    rounded: int
    numbers: int
    notes: tuple[str, ...]


def draft_explanation(thing: Any, *, domain: Domain | None = None, within: Any = "1/1000") -> Draft:
    """Write a first draft of an explanation.

    Each number becomes the simplest rational that is near enough, else the shortest decimal. The
    tolerances are then measured: what the rounding does to units, outputs and every ablation, on
    every input tried, and a little more. Of a box 48 points are tried, which the notes say.

    Args:
        thing: an entry of the zoo or its name, a `Network`, or a file of one.
        domain: the inputs; default the task's, or all bits.
        within: how far a stated number may be from the network's.

    Raises:
        ToynetsError: no such network, or `within` is no positive number.

    >>> units = draft_explanation("xor-sum").explanation.units
    >>> print(units["h2"].expression, "|", units["y"].expression)
    relu(x1 + x2 - 1) | h1 - 2*h2
    """
    about = subject(thing, domain)
    bound = rational(within)
    if bound <= 0:
        raise ToynetsError(
            f"a number lies within a positive distance of what is stated, but got {within}."
        )
    network = about.network
    values = {a: from_float(v) for a, v in network.numbers.items()}
    stated = {a: simplest(v, bound) for a, v in values.items()}
    group = {m: g for g, members in network.ties.items() for m in members}
    blank = blank_explanation(
        network.wiring,
        {unit: network.activation_of(unit) for unit in network.units},
        about=about.name,
        decision=about.decision or _largest(network),
    )
    data = blank.to_dict()
    for address, value in stated.items():
        data["weights"][group.get(address, address)]["value"] = value
    _units(about, stated, data)
    _outcomes(about, stated, data)
    gaps = [abs(rational(stated[a]) - v) for a, v in values.items()]
    data["tolerance"]["weights"] = text(above(max(gaps, default=ZERO)))
    data["sources"] = [NOTE]
    if about.given is not None:
        data["domain"] = about.given.to_dict()
    notes = _measure(about, data)
    rounded = sum(1 for gap in gaps if gap != 0)
    return Draft(Explanation.from_dict(data), rounded, len(stated), notes)


def _largest(network: Any) -> dict[str, Any]:
    """Return the decision that softmax outputs are made for."""
    return {"argmax": True} if network.layers[-1].activation == "softmax" else {}


def simplest(value: Rational, within: Rational) -> str:
    """Return the text of the simplest number that is near enough.

    >>> [simplest(rational(v), rational("1/1000")) for v in ("0.3334", "0.8413", "-2")]
    ['1/3', '0.841', '-2']
    """
    for q in DENOMINATORS:
        near = rational(_nearest(value * q)) / q
        if abs(near - value) <= within:
            return text(near)
    for places in range(1, 60):
        whole = _nearest(value * 10**places)
        near = rational(whole) / 10**places
        if abs(near - value) <= within:
            digits = str(abs(whole)).rjust(places + 1, "0")
            return f"{'-' if whole < 0 else ''}{digits[:-places]}.{digits[-places:]}"
    return text(value)


def _nearest(value: Rational) -> int:
    return int((value + rational("1/2")).floor())


def above(value: Any) -> Rational:
    """Return a bound of two digits that is not below a number.

    >>> above(rational("0.001234")), above(rational(0))
    (13/10000, 0)
    """
    if not hasattr(value, "p"):
        value = rational(size(value))
    if value <= 0:
        return ZERO
    shift = 1 - math.floor(math.log10(float(int(value.p)) / float(int(value.q))))
    scale = rational(10) ** shift
    return rational(int((value * scale).ceil())) / scale


def _sums(about: Subject, stated: dict[str, str], k: int) -> list[tuple[list[str], str]]:
    """Return the stated (weights, bias) of each unit of layer k; of a softmax, less their mean."""
    parents, layer = list(about.network.with_parents())[k]
    sums = []
    for i, unit in enumerate(layer.units):
        row = [stated[f"{p}->{unit}"] if layer.has(i, j) else "0" for j, p in enumerate(parents)]
        sums.append((row, stated.get(f"{unit}.bias", "0")))
    if layer.activation != "softmax":
        return sums
    numbers = [[*map(rational, row), rational(bias)] for row, bias in sums]
    means = [sum(column, ZERO) / len(numbers) for column in zip(*numbers, strict=True)]
    centred = [[text(v - m) for v, m in zip(row, means, strict=True)] for row in numbers]
    return [(row[:-1], row[-1]) for row in centred]


def _read(activation: str, terms: list[tuple[str, str]], bias: str) -> str:
    inner = weighted_sum(terms, bias)
    return inner if activation in ("identity", "softmax") else f"{activation}({inner})"


def _units(about: Subject, stated: dict[str, str], data: dict[str, Any]) -> None:
    """Write what each unit computes; a softmax output is its logit less the mean of all."""
    for k, (parents, layer) in enumerate(about.network.with_parents()):
        sums = _sums(about, stated, k)
        for unit, (row, bias) in zip(layer.units, sums, strict=True):
            terms = list(zip(row, parents, strict=True))
            data["units"][unit]["expression"] = _read(layer.activation, terms, bias)


def _outcomes(about: Subject, stated: dict[str, str], data: dict[str, Any]) -> None:
    """Write the outcome of each removed unit, where there is one hidden layer."""
    network = about.network
    if len(network.layers) != 2:
        return
    last, sums = network.layers[-1], _sums(about, stated, 1)
    units = [(h, _inside(data["units"][h]["expression"])) for h in network.hidden]
    for outcome in data["outcomes"]:
        gone = outcome["intervention"].removesuffix(" = 0")
        for unit, (row, bias) in zip(last.units, sums, strict=True):
            terms = [(w, said) for w, (h, said) in zip(row, units, strict=True) if h != gone]
            outcome["outputs"][unit] = _read(last.activation, terms, bias)


def _inside(expression: str) -> str:
    """Return an expression as a factor: a call as it is, a sum in brackets."""
    return expression if expression.endswith(")") and "(" in expression else f"({expression})"


def _measure(about: Subject, data: dict[str, Any]) -> tuple[str, ...]:
    """Fill in the tolerances that the rounding needs."""
    report = verify(about.network, Explanation.from_dict(data), about.domain)
    worst = {
        name: max((above(c.worst), above(c.worst_stated))) for name, c in report.checks.items()
    }
    said = data["tolerance"]
    said["clean"] = text(worst.get("clean", ZERO))
    said["units"] = text(worst.get("units", ZERO))
    said["ablations"] = text(max(worst.get(name, ZERO) for name in ABLATED))
    at = f" at {about.points}" if about.points and report.verdict != "proved" else ""
    notes = [
        f"tolerances, measured{at}: "
        + ", ".join(f"{row} {short(rational(v))}" for row, v in said.items())
    ]
    if at:
        notes.append("Elsewhere in it more may be needed: verify looks there, and may refute them.")
    if report.verdict == "unknown":
        notes.append("some of it could not be decided; toynets verify says what.")
    return tuple(notes)
