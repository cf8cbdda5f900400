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
from toynets.coursework.kinds.finding import Clock, Finding, Limits
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


def sizes_on_box(exercise: Exercise, limits: Limits) -> dict[str, Any] | None:
    """Return how large each effect is over a whole box, exactly; None where one is not found."""
    from toynets.verification.proofs.claims import between, settle
    from toynets.verification.proofs.forms import atom
    from toynets.verification.proofs.prover import Prover

    network, clock = exercise.net, Clock(limits)
    prover = Prover(network, exercise.domain, cells=limits.cells, seconds=limits.seconds)
    if not prover.layers.piecewise:
        return None
    found = {}
    for name in exercise.ask["names"]:
        plan, program, left = prover.plan(f"{name} = 0"), prover.base(), clock.left()
        before = program.run("network", prover.layers, list(range(program.dimension)))
        after = prover.measured(program, plan, prover.scene(plan))
        gaps = [program.raw("identity", atom(after[o]) - atom(before[o])) for o in network.outputs]
        claim = between("effects", program, gaps)
        answer = settle(claim, cells=left.cells, seconds=left.seconds)
        if answer.verdict != "proved":
            return None
        found[name] = max(abs(end) for low, high, _, _ in answer.ends for end in (low, high))
    return found


def right_order(exercise: Exercise, limits: Limits) -> tuple[Any, str]:
    """Return the right order, and its level: computed where `measure` is given, else as stated."""
    measure = exercise.ask.get("measure")
    if measure is None:
        return normal(exercise, exercise.solution), "exhaustive"
    found, level = None, "exhaustive"
    if measure == "effect" and exercise.domain.kind == "box":
        found = sizes_on_box(exercise, limits)
        level = "sampled" if found is None else "proved"
    if found is None:
        found = sizes(exercise, measure)
    order: list[tuple[str, ...]] = []
    for value in sorted(set(found.values()), reverse=True):
        order.append(tuple(sorted(n for n, v in found.items() if v == value)))
    return tuple(order), level


def judge(exercise: Exercise, claim: Mapping[str, Any], limits: Limits) -> Finding:
    """Compare orders; the first pair that stands wrong is named, not how it stands right."""
    mine = normal(exercise, claim)
    right, level = right_order(exercise, limits)
    box = exercise.domain.text if level != "exhaustive" else ""
    notes: tuple[str, ...] = ()
    if level == "proved":
        notes = (f"Decided on all of {box}: the largest effects.",)
    elif level == "sampled":
        count = len(listed(exercise.domain))
        notes = (f"Decided on {count} points of {box}, without a proof: the largest effects.",)
    told = ", ".join(t[0] if len(t) == 1 else f"[{', '.join(t)}]" for t in mine)
    if mine == right:
        return Finding(True, level=level, actual=told, notes=notes)
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
    right_pairs = f"{good} of {len(pairs)} pairs right"
    return Finding(False, right_pairs, (said,), level, actual=told, notes=notes)


def _sign(k: int) -> int:
    return (k > 0) - (k < 0)
