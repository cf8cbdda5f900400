"""`predict`: what the network gives, input by input, once something has been changed.

`[ask]`: `intervention` ("" or absent: the clean network), `rows` (inputs; default the domain),
`output` (one of several), `tolerance`, `committed` (true: the points are for committing to numbers
before the run, right or wrong). A claim: `outputs`, a list in the order of the inputs (last input
fastest) or `{"00": 0, …}`; with several outputs each is a list; `intervention`, if given, must be
that of the exercise.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from toynets.coursework.exercise import Exercise, listed
from toynets.coursework.kinds.finding import (
    DIGITS,
    Finding,
    Limits,
    arithmetic,
    every,
    share,
    simplicity,
)
from toynets.coursework.untrusted import exact_number, short_list, short_text
from toynets.errors import ToynetsError, unknown
from toynets.rationals import Rational, rational, short
from toynets.verification.compare import bound, compare, shown_all
from toynets.verification.recognising import recognise

ASK = ("intervention", "rows", "output", "committed", "tolerance")
NEEDED = ()
FIELDS = ("intervention", "outputs")
REQUIRED = ("outputs",)


def normal(exercise: Exercise, claim: Mapping[str, Any]) -> Any:
    """Return the predicted table as tuples of exact numbers, one for each input.

    Raises:
        ToynetsError: another intervention, another count of numbers, or no numbers.
    """
    plan = exercise.net.wiring.resolve(exercise.ask.get("intervention", ""))
    if "intervention" in claim:
        said = short_text(claim["intervention"], "intervention")
        given = exercise.net.wiring.resolve(said)
        if given.text != plan.text:
            raise ToynetsError(
                f"{exercise.id} asks about {plan.text or 'the clean network'!r}, but this is about "
                f"{given.text or 'the clean network'!r}."
            )
    names, labels = _outputs(exercise), listed(exercise.domain).labels
    given = claim["outputs"]
    if isinstance(given, Mapping):
        for key in given:
            if key not in labels:
                raise ToynetsError(unknown("input", str(key), exercise.id, labels))
        missing = [one for one in labels if one not in given]
        if missing:
            raise ToynetsError(f"outputs says nothing of the inputs {', '.join(missing[:8])}.")
        cells = [given[one] for one in labels]
    else:
        cells = short_list(given, "outputs")
        if len(cells) != len(labels):
            raise ToynetsError(
                f"outputs has {len(cells)} entries for {len(labels)} inputs.",
                fix=f"write one number for each input, in the order {', '.join(labels[:16])}"
                + (" …" if len(labels) > 16 else "."),
            )
    return tuple(_cell(c, one, names) for c, one in zip(cells, labels, strict=True))


def _cell(cell: Any, where: str, names: tuple[str, ...]) -> tuple[Rational, ...]:
    if len(names) == 1 and not isinstance(cell, list | tuple):
        return (exact_number(cell, f"the output at {where}"),)
    numbers = short_list(cell, f"the outputs at {where}")
    if len(numbers) != len(names):
        raise ToynetsError(
            f"the outputs at {where} are {len(numbers)} numbers for {', '.join(names)}."
        )
    return tuple(exact_number(n, f"the outputs at {where}") for n in numbers)


def _outputs(exercise: Exercise) -> tuple[str, ...]:
    name = exercise.ask.get("output")
    if name is None:
        return exercise.net.outputs
    if name not in exercise.net.units:
        raise ToynetsError(unknown("unit", str(name), exercise.net.name, exercise.net.units))
    return (name,)


def measured(exercise: Exercise) -> list[tuple[Any, ...]]:
    """Return what the network gives on each input."""
    machine, names = exercise.machine, _outputs(exercise)
    plan = machine.wiring.resolve(exercise.ask.get("intervention", ""))
    runs = (machine.values(x, plan) for x in listed(exercise.domain))
    return [tuple(run[n] for n in names) for run in runs]


def judge(exercise: Exercise, claim: Mapping[str, Any], limits: Limits) -> Finding:
    """Hold a predicted table against the network."""
    said = normal(exercise, claim)
    names, domain = _outputs(exercise), listed(exercise.domain)
    truth = measured(exercise)
    within = bound(rational(exercise.ask.get("tolerance", "0")))
    right = [
        every(compare(a, b, within)[1] for a, b in zip(mine, theirs, strict=True))
        for mine, theirs in zip(said, truth, strict=True)
    ]
    credit = bool(exercise.ask.get("committed", False))
    told = ", ".join(shown_all(v, names) for v in said[:16])
    if every(right) is None:
        return Finding(None, "", (DIGITS,), credit=credit, actual=told)
    if all(right):
        return Finding(True, share(len(right), len(right)), level="exhaustive", actual=told)
    first = _smallest(right, domain.rows)
    x, name = domain.rows[first], domain.labels[first]
    plan = exercise.machine.wiring.resolve(exercise.ask.get("intervention", ""))
    mine, theirs = shown_all(said[first], names), shown_all(truth[first], names)
    under = f" under {plan.text}" if plan.text else ""
    lines = [
        f"At {name} you predicted {mine}; the network{under} gives {theirs}.",
        arithmetic(exercise.net, x, plan, domain),
    ]
    if exercise.net.outputs == names and len(names) == 1 and exercise.domain.finite:
        column = [v[0] for v in said]
        hint = recognise(exercise.machine, exercise.net, domain.rows, plan, column)
        lines += [hint] if hint else []
    return Finding(
        False,
        share(right.count(True), len(right)),
        tuple(lines),
        "exhaustive",
        credit=credit,
        actual=told,
        expected=f"{theirs} at {name}",
    )


def _smallest(right: list[bool | None], rows: Any) -> int:
    """Return the wrong input with the fewest and smallest numbers."""
    wrong = [k for k, ok in enumerate(right) if ok is False]
    return min(wrong, key=lambda k: (simplicity(rows[k]), k))


def solution(exercise: Exercise) -> dict[str, Any]:
    """Return the right claim, from the network itself."""
    table = [[short(v, 60) for v in row] for row in measured(exercise)]
    return {"outputs": [row[0] if len(row) == 1 else row for row in table]}
