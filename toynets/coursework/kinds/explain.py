"""`explain`: what a unit, or an output, computes, as an expression that is checked by ablation.

`[ask]`: `unit` (a hidden unit) or `output`; `nodes` (budget), `roles` (true: a true role is
wanted), `mechanism` (true: an output is explained through its hidden units, under `units`),
`tolerance`,
`decision` (for roles; default that of the task). A claim: `expression` over the inputs (and, for a
unit, over units upstream; for an output, over those that `units` explains), `role`, `units`, and
optionally `unit` or `output` and `domain`, which must be those of the exercise.

Four scores of 100: **faithful** 40, it equals the network on the whole domain (on a box: proved);
**causal** 40, it predicts the unit or output when inputs and units upstream are set to 0 or to
their mean, one by one and in pairs, and each unit that it speaks of is what it says;
**discriminating** 10, it is false of every decoy; **short** 10, within the budget and, where a role
is wanted, with a true one. An explanation that
is not faithful has no other score, and one that states as many numbers as there are weights is a
copy, whose faithfulness alone counts. Where an expression has no value it is wrong
there; one that has none on any input is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from toynets.coursework.exercise import Exercise, listed
from toynets.coursework.kinds.finding import (
    DIGITS,
    Clock,
    Finding,
    Limits,
    arithmetic,
    share,
    simplicity,
    unproved,
)
from toynets.coursework.kinds.predicting_units import (
    Nothing,
    Said,
    changes,
    intervention_text,
    read_explanation,
)
from toynets.coursework.kinds.proving_explanations import (
    as_true_of,
    mechanism,
    prove,
    prove_changes,
    prove_units,
)
from toynets.coursework.untrusted import literals
from toynets.domain import label
from toynets.errors import ToynetsError, Undecided, nearest
from toynets.exact import Machine
from toynets.rationals import ONE, ZERO, Rational, rational
from toynets.verification.compare import Decision, bound, compare, shown

ASK = ("unit", "output", "nodes", "roles", "mechanism", "tolerance", "decision")
NEEDED = ()
FIELDS = ("unit", "output", "domain", "expression", "role", "units")
REQUIRED = ("expression",)
WEIGHTS = {"faithful": 40, "causal": 40, "discriminating": 10, "short": 10}
NO_PARTS = dict.fromkeys(WEIGHTS, ZERO)
DECIDED = ("", "exhaustive", "proved", "sampled", "open")  # by what a score was, the weakest last
COPIED = 3  # numbers: with fewer weights a copy and an explanation are one


def normal(exercise: Exercise, claim: Mapping[str, Any]) -> Any:
    """Return the expressions, as they are written."""
    said = read_explanation(exercise, claim)
    return said.about, said.expression, tuple(said.units.items()), said.role.lower()


def judge(exercise: Exercise, claim: Mapping[str, Any], limits: Limits) -> Finding:
    """Score an explanation: faithful, causal, discriminating, short."""
    said = read_explanation(exercise, claim)
    told = str(said.expression) + (f"; role: {said.role}" if said.role else "")
    domain = listed(exercise.domain)
    given: dict[str, Any] = {"weights": WEIGHTS, "actual": told}
    clock = Clock(limits)
    try:
        wrong, right = _first_wrong(exercise, said, exercise.machine, [{}])
        causal = _not_the_units(exercise, said) if wrong is None else ()
        causal = causal or (_not_causal(exercise, said) if wrong is None else ())
    except Undecided:
        return Finding(None, "", (DIGITS,), "", NO_PARTS, **given)
    if wrong is not None:
        x, _, mine, theirs = wrong
        if isinstance(mine, Nothing):
            _check_some_value(exercise, said)
        lines: tuple[str, ...] = (
            f"At {label(x)} your expression {_given(mine)}; "
            f"the network has {said.about} = {shown(theirs)}.",
            *_why_nothing(mine),
            arithmetic(exercise.net, x, "", domain),
        )
        decoy = _same_as_decoy(exercise, said, clock)
        good = share(right, len(domain), "input" if exercise.domain.finite else "tried input")
        return Finding(False, good, lines, "exhaustive", NO_PARTS, decoy=decoy, **given)
    level = "exhaustive"
    if exercise.domain.kind == "box":
        level, where = prove(exercise, said, clock)
        if where is not None:
            lines = (f"On the points that were tried it is right, but not at {where}.",)
            return Finding(False, "not on all of the box", lines, "proved", NO_PARTS, **given)
        open_ = unproved(exercise.net, exercise.domain, len(domain)) if level == "sampled" else ()
        if open_:
            return Finding(None, "", open_, level, NO_PARTS, **given)
    if level == "proved" and not causal:
        level, under, at = prove_units(exercise, said, clock)
        if level == "proved" and not at:
            level, under, at = prove_changes(exercise, said, clock)
        if under in said.units:
            causal = (f"Faithful, but not causal: {under} is not what you say at {at}.",)
        elif at:
            causal = (f"Faithful, but not causal: with {under} it is not right at {at}.",)
        open_ = unproved(exercise.net, exercise.domain, len(domain)) if level == "sampled" else ()
        if open_ and not at:
            return Finding(None, "", open_, level, NO_PARTS, **given)
    apart, decoys = _not_discriminating(exercise, said, clock)
    long, role = _not_short(exercise, said, clock)
    parts = dict.fromkeys(WEIGHTS, ONE)
    lines, good = (), ""
    for name, fault in (("causal", causal), ("discriminating", apart), ("short", long)):
        if fault:
            parts[name] = ZERO
            lines = lines or fault
    if _copied(exercise, said):
        parts = {**NO_PARTS, "faithful": ONE}
        lines = (
            "It is faithful, but it states as many numbers as there are weights: a copy of the "
            "network, not a reason.",
        )
    good = f"equal to {said.about} on {exercise.domain.text}"
    passed = all(p == ONE for p in parts.values())
    levels = {"the role": role, "the decoys": decoys}
    given["notes"], given["review"] = _decided(exercise, levels)
    level = max(role, decoys, level, key=DECIDED.index)
    return Finding(passed, good, lines, "" if level == "open" else level, parts, **given)


def _decided(exercise: Exercise, levels: Mapping[str, str]) -> tuple[tuple[str, ...], str]:
    """Say what was decided by proof, what on points of a box alone, and what was not decided."""
    box = exercise.domain.text
    found, review = [], ""
    for level, how in (
        ("proved", f"Decided on all of {box}"),
        ("sampled", f"Decided on {len(listed(exercise.domain))} points of {box}, without a proof"),
        ("open", "Not decided, and counted as right"),
    ):
        these = ", ".join(what for what, reached in levels.items() if reached == level)
        if these:
            found.append(f"{how}: {these}.")
        if these and level == "open":
            review = f"{these} of {exercise.id}: not decided, counted as right"
    return tuple(found), review


def _first_wrong(
    exercise: Exercise, said: Said, machine: Machine, interventions: list[dict[str, Rational]]
) -> tuple[Any, int]:
    """Return (input, change, derived, measured) of the first difference or None; how many agree.

    Raises:
        Undecided: there is no difference, but whether all agree hangs on further digits.
    """
    within = bound(rational(exercise.ask.get("tolerance", "0")))
    right, first, size, undecided = 0, None, None, False
    inputs = machine.wiring.inputs
    for change in interventions:
        plan = machine.wiring.resolve(intervention_text(change))
        for x in listed(exercise.domain).rows:
            values = machine.values(x, plan)
            mine = said.value(_known(said, values, inputs, x), change)
            nothing = isinstance(mine, Nothing)
            same = False if nothing else compare(mine, values[said.about], within)[1]
            if same is not False:
                right += bool(same)
                undecided = undecided or same is None
                continue
            here = (len(change), *simplicity(x))
            if size is None or here < size:
                first, size = (x, change, mine, values[said.about]), here
    if undecided and first is None:
        raise Undecided(DIGITS)
    return first, right


def _known(said: Said, values: Any, inputs: tuple[str, ...], x: Any) -> dict[str, Any]:
    """Return what an explanation may take from the network: all that it does not speak of."""
    known = {**values, **dict(zip(inputs, x, strict=True))}
    for unit in said.units:
        known.pop(unit, None)
    return known


def _check_some_value(exercise: Exercise, said: Said) -> None:
    """Refuse what has no value on any input: there is nothing to judge.

    Raises:
        ToynetsError: why it has none on the first.
    """
    machine, reasons = exercise.machine, []
    for x in listed(exercise.domain).rows:
        known = _known(said, machine.values(x), machine.wiring.inputs, x)
        worth = said.value(known, {})
        if not isinstance(worth, Nothing):
            return
        reasons.append(worth.reason)
    raise ToynetsError(
        f"the explanation has no value on any input of {exercise.domain.text}: {reasons[0]}.",
        fix="divide by what is not 0; `and`, `or` and `not` take 0 and 1 alone.",
    )


def _not_the_units(exercise: Exercise, said: Said) -> tuple[str, ...]:
    for part in said.parts[:-1]:
        wrong, _ = _first_wrong(exercise, part, exercise.machine, [{}])
        if wrong is not None:
            x, _, mine, theirs = wrong
            nothing = isinstance(mine, Nothing)
            have = f"no value of {part.about}" if nothing else f"{part.about} = {shown(mine)}"
            return (
                f"Faithful, but not causal: at {label(x)} you have {have}, "
                f"the network {shown(theirs)}.",
                *_why_nothing(mine),
                arithmetic(exercise.net, x, "", listed(exercise.domain)),
            )
    return ()


def _not_causal(exercise: Exercise, said: Said) -> tuple[str, ...]:
    found = changes(exercise, said, mechanism(exercise))[1:]
    wrong, right = _first_wrong(exercise, said, exercise.machine, found)
    if wrong is None:
        return ()
    x, change, mine, theirs = wrong
    total = len(found) * len(listed(exercise.domain))
    text = intervention_text(change)
    return (
        f"Faithful, but not causal: with {text} at {label(x)} your explanation {_given(mine)}, "
        f"the network {shown(theirs)} ({right} of {total} ablated runs right).",
        *_why_nothing(mine),
        arithmetic(exercise.net, x, text, listed(exercise.domain)),
    )


def _given(mine: Any) -> str:
    """Write what an explanation gives."""
    return "has no value" if isinstance(mine, Nothing) else f"gives {shown(mine)}"


def _why_nothing(mine: Any) -> tuple[str, ...]:
    """Return the line that says why there is no value, where there is none."""
    return (f"No value: {mine.reason}.",) if isinstance(mine, Nothing) else ()


def _same(
    exercise: Exercise, said: Said, network: Any, clock: Clock, causal: bool
) -> tuple[bool, str]:
    """Decide whether an explanation is as true of another network, and how that was decided."""
    level = "proved" if exercise.domain.kind == "box" else "exhaustive"
    names = (*said.expression.names(), *said.units)
    there = {*network.inputs, *network.units}
    if said.about not in there or any(n not in there for n in names):
        return False, level
    if network.inputs != exercise.net.inputs:
        return False, level
    machine = Machine(network, listed(exercise.domain))
    try:
        interventions = changes(exercise, said, mechanism(exercise)) if causal else [{}]
        for part in said.parts if causal else [said]:
            tried = interventions if part is said else [{}]
            if _first_wrong(exercise, part, machine, tried)[0] is not None:
                return False, level
    except Undecided:
        return False, "open"
    except ToynetsError:  # the decoy has no such unit upstream
        return False, level
    if exercise.domain.kind != "box":
        return True, level
    return as_true_of(exercise, said, network, clock, causal)


def _same_as_decoy(exercise: Exercise, said: Said, clock: Clock) -> int:
    """Return the number of the decoy that a wrong explanation is true of, or -1."""
    for k, decoy in enumerate(exercise.decoys):
        if _same(exercise, said, decoy.network, clock, causal=False)[0]:
            return k
    return -1


def _not_discriminating(
    exercise: Exercise, said: Said, clock: Clock
) -> tuple[tuple[str, ...], str]:
    """Return the fault, and the level at which it was decided: "" without decoys."""
    level = ""
    for decoy in exercise.decoys:
        same, how = _same(exercise, said, decoy.network, clock, causal=True)
        level = max(how, level, key=DECIDED.index)
        if same:
            return (
                f"It is as true of another network ({decoy.name}): it does not tell them apart.",
            ), how
    return (), level


def _not_short(exercise: Exercise, said: Said, clock: Clock) -> tuple[tuple[str, ...], str]:
    """Return the fault, and the level at which the role was decided: "" without one."""
    budget = exercise.ask.get("nodes")
    if budget is not None and said.nodes > budget:
        return (f"It has {said.nodes} nodes; the budget is {budget}.",), ""
    if not exercise.ask.get("roles", False):
        return (), ""
    if not said.role:
        wanted = f"It says no role of {said.about}: a role is wanted, one word of `toynets roles`."
        return (wanted,), ""
    from toynets.verification.roles import UNIT_ROLES, graded

    word = graded(said.role)[0]
    if word not in UNIT_ROLES:
        near = nearest(said.role, UNIT_ROLES)
        meant = f" Nearest: {near[0]}." if near else ""
        return (f"{said.role!r} is none of the roles: {', '.join(UNIT_ROLES)}.{meant}",), ""
    return _not_the_role(exercise, said, clock)


def _not_the_role(exercise: Exercise, said: Said, clock: Clock) -> tuple[tuple[str, ...], str]:
    """Decide a stated role: on all of a box where that can be proved, else on the points."""
    from toynets.verification.roles import Roles
    from toynets.verification.roles_on_boxes import BoxRoles

    rows, decision = listed(exercise.domain).rows, _decision(exercise)
    holds: bool | None = None
    level = "exhaustive"
    try:
        if exercise.domain.kind == "box":
            left = clock.left()
            at_hand: dict[str, Any] = {"cells": left.cells, "seconds": left.seconds}
            box = BoxRoles(
                exercise.net, exercise.machine, rows, decision, exercise.domain, **at_hand
            )
            holds, reason = box.holds(said.about, said.role)
            level = "sampled" if holds is None else "proved"
        if holds is None:
            roles = Roles(exercise.net, exercise.machine, rows, decision)
            holds, reason = roles.holds(said.about, said.role)
    except Undecided:
        return (), "open"
    # What holds instead is not said: that would be the answer.
    return (() if holds else (reason.partition(";")[0] + ".",)), level


def _decision(exercise: Exercise) -> Decision:
    data = exercise.ask.get("decision")
    if data is None and exercise.named:
        from toynets.zoo import load

        data = load(exercise.named).explanation.decision
    return Decision(data or {}, exercise.net.outputs)


def _copied(exercise: Exercise, said: Said) -> bool:
    """Whether as many numbers are stated as there are weights behind what is explained."""
    network = exercise.net
    units = [said.about, *said.units]
    if "unit" not in exercise.ask and not said.units:
        units = list(network.units)
    count = 0
    for unit in units:
        bias = f"{unit}.bias"
        addresses = [*network.wiring.incoming(unit), *([bias] if bias in network.numbers else [])]
        count += sum(network[a] != 0 for a in addresses)
    stated = literals(said.expression) + sum(literals(e) for e in said.units.values())
    return count >= COPIED and stated >= count
