"""`rank`: names in order, ties in brackets.

`[ask]`: `names`, `by` (what the order is by, in words), `measure` (optional: the right order is
then computed: `"magnitude"` of weights, `"effect"`: the largest change of an output on the domain
when the unit or input is at 0 or the weight is cut). Largest first. A claim: `order`, a list of
names; a tie is a list inside it: `["h1", ["h2", "h3"]]`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from toynets.coursework.exercise import Exercise, listed
from toynets.coursework.kinds.finding import Finding, Limits
from toynets.coursework.untrusted import short_list
from toynets.errors import ToynetsError, unknown
from toynets.rationals import ZERO, from_float

ASK = ("names", "by", "measure")
NEEDED = ("names",)
FIELDS = ("order",)
REQUIRED = ("order",)
MEASURES = ("magnitude", "effect")


def normal(exercise: Exercise, claim: Mapping[str, Any]) -> Any:
    """Return the order as a tuple of sorted tuples."""
    names = list(exercise.ask["names"])
    seen: list[str] = []
    order = []
    for place in short_list(claim["order"], "order", 200):
        tied = [place] if isinstance(place, str) else short_list(place, "a tie", 200)
        for name in tied:
            if not isinstance(name, str) or name not in names:
                raise ToynetsError(unknown("name", str(name), exercise.id, names))
            if name in seen:
                raise ToynetsError(f"order names {name} twice.")
            seen.append(name)
        if tied:
            order.append(tuple(sorted(tied)))
    missing = [n for n in names if n not in seen]
    if missing:
        raise ToynetsError(
            f"order leaves out {', '.join(missing)}.",
            fix='write every name; what ties is in brackets: ["h1", ["h2", "h3"]].',
        )
    return tuple(order)


def sizes(exercise: Exercise, measure: str) -> dict[str, Any]:
    """Return how large each name is by a measure, exactly."""
    network, machine = exercise.net, exercise.machine
    if measure not in MEASURES:
        raise ToynetsError(unknown("measure", measure, "", MEASURES))
    found = {}
    for name in exercise.ask["names"]:
        if measure == "magnitude":
            found[name] = abs(from_float(network[name]))
            continue
        plan = machine.wiring.resolve(f"{name} = 0")
        largest = ZERO
        for x in listed(exercise.domain):
            pairs = zip(machine.outcome(x, plan), machine.outcome(x), strict=True)
            largest = max([largest, *(abs(a - b) for a, b in pairs)])
        found[name] = largest
    if not all(hasattr(size, "p") for size in found.values()):
        raise ToynetsError(f"{exercise.id}: effects of curved units have no exact order.")
    return found


def right_order(exercise: Exercise) -> Any:
    """Return the right order: computed where `measure` is given, else as stated."""
    measure = exercise.ask.get("measure")
    if measure is None:
        return normal(exercise, exercise.solution)
    found = sizes(exercise, measure)
    order: list[tuple[str, ...]] = []
    for value in sorted(set(found.values()), reverse=True):
        order.append(tuple(sorted(n for n, v in found.items() if v == value)))
    return tuple(order)


def judge(exercise: Exercise, claim: Mapping[str, Any], limits: Limits) -> Finding:
    """Compare orders; the first pair that stands wrong is named, not how it stands right."""
    mine, right = normal(exercise, claim), right_order(exercise)
    told = ", ".join(t[0] if len(t) == 1 else f"[{', '.join(t)}]" for t in mine)
    if mine == right:
        return Finding(True, level="exhaustive", actual=told)
    names = list(exercise.ask["names"])
    my_place = {n: k for k, tied in enumerate(mine) for n in tied}
    place = {n: k for k, tied in enumerate(right) for n in tied}
    pairs = [(a, b) for i, a in enumerate(names) for b in names[i + 1 :]]
    wrong = [
        (a, b) for a, b in pairs if _sign(my_place[a] - my_place[b]) != _sign(place[a] - place[b])
    ]
    a, b = wrong[0]
    said = f"{a} and {b} do not stand to each other as you have them."
    good = len(pairs) - len(wrong)
    return Finding(False, f"{good} of {len(pairs)} pairs right", (said,), actual=told)


def _sign(k: int) -> int:
    return (k > 0) - (k < 0)
