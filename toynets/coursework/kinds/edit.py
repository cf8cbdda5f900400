"""`edit`: a list of interventions, as short as is asked for, that reaches a goal.

`[ask]`: `goal`, a table with one key of these: `outputs` (the table of the edited network),
`target` (an expression over the inputs that it equals on the domain), `flips` (labels of the inputs
whose decision changes, and no other; with `decision`), `wakes` (a unit that is then nonzero
somewhere), `silences` (a unit that is then 0 everywhere), `invisible` (true: no output on the
domain changes, although a number does), `smallest_matters` (true: the smallest weight that is not 0
then has the largest effect when cut, perhaps together with others); further `most` (clauses,
default 1), `allowed` (addresses that may be changed, default all), `decision`. A claim:
`interventions`, a list of texts such as `"h2.bias = 0"`, or one text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    unproved,
)
from toynets.coursework.untrusted import exact_number, known_keys, short_list, short_text
from toynets.domain import label
from toynets.errors import ToynetsError
from toynets.exact import Machine
from toynets.expressions import parse_expression
from toynets.rationals import ZERO, from_float
from toynets.verification.compare import Decision, bound, compare, shown_all

ASK = ("goal", "most", "allowed", "decision")
NEEDED = ("goal",)
FIELDS = ("interventions",)
REQUIRED = ("interventions",)
GOALS = ("outputs", "target", "flips", "wakes", "silences", "invisible", "smallest_matters")


def goal(exercise: Exercise) -> tuple[str, Any]:
    """Return the goal: its word, and what belongs to it."""
    given = known_keys(exercise.ask["goal"], GOALS, "goal")
    if len(given) != 1:
        raise ToynetsError(f"a goal has one key of {', '.join(GOALS)}.")
    ((word, value),) = given.items()
    return word, value


def normal(exercise: Exercise, claim: Mapping[str, Any]) -> Any:
    """Return the intervention in its standard form.

    Raises:
        ToynetsError: too many clauses, a target that is not allowed, a family.
    """
    given = claim["interventions"]
    texts = [given] if isinstance(given, str) else short_list(given, "interventions", 40)
    said = ", ".join(short_text(t, "an intervention") for t in texts)
    plan = exercise.net.wiring.resolve(said)
    if plan.intervention.is_family or plan.intervention.needs_source:
        raise ToynetsError(f"{plan.text} stands for several runs, or reads x'; write one edit.")
    count = sum(len(c.targets) for c in plan.intervention.clauses)
    most = exercise.ask.get("most", 1)
    if not 1 <= count <= most:
        raise ToynetsError(f"{plan.text or 'nothing'!r} changes {count} things; allowed: {most}.")
    allowed = exercise.ask.get("allowed")
    for clause in plan.intervention.clauses:
        for target in clause.targets:
            if allowed is not None and target.text not in allowed:
                raise ToynetsError(
                    f"{target.text} may not be changed here.", fix=f"allowed: {', '.join(allowed)}."
                )
    return plan.text


def judge(exercise: Exercise, claim: Mapping[str, Any], limits: Limits) -> Finding:
    """Edit the network, and see whether the goal is reached."""
    text = normal(exercise, claim)
    word, value = goal(exercise)
    reached, right, lines = GOAL_TESTS[word](exercise, text, value)
    level = "exhaustive"
    if reached and exercise.domain.kind == "box" and word != "wakes":  # one point shows that
        level, where = _on_box(exercise, text, word, value, limits)
        if where:
            said = f"On the points that were tried it does, but not at {where}."
            return Finding(False, "", (said,), "proved", actual=text)
        if level == "sampled":
            open_ = unproved(exercise.net, exercise.domain, len(listed(exercise.domain)))
            reached, lines = (None if open_ else True), open_
    return Finding(reached, right, tuple(lines), level, actual=text)


Reached = tuple[bool | None, str, Sequence[str]]


def _on_box(
    exercise: Exercise, text: str, word: str, value: Any, limits: Limits
) -> tuple[str, str]:
    """Prove on a box that a goal is reached: (`proved` or `sampled`, ""), or where it is not."""
    from toynets.verification.proofs.claims import within
    from toynets.verification.proofs.forms import Form
    from toynets.verification.proofs.program import Unprovable
    from toynets.verification.proofs.prover import Prover

    if word not in ("target", "invisible", "silences"):
        return "sampled", ""  # a table, or an order: of the points that were tried
    network = exercise.net
    prover = Prover(network, exercise.domain, cells=limits.cells, seconds=limits.seconds)
    try:
        program, plan = prover.base(), prover.plan(text)
        inputs = list(range(program.dimension))
        found = prover.measured(program, plan, prover.scene(plan))
        left = [found[value]] if word == "silences" else [found[o] for o in network.outputs]
        if word == "silences":
            right = [program.raw("identity", Form(ZERO))]
        elif word == "invisible":
            clean = program.run("network", prover.layers, inputs)
            right = [clean[o] for o in network.outputs]
        else:
            names = dict(zip(network.inputs, inputs, strict=True))
            right = [program.express(parse_expression(value, names=network.inputs), names)]
        answer = prover.settle(within("the goal", program, ZERO, left, right))
    except Unprovable:
        return "sampled", ""
    if answer.verdict == "refuted" and answer.witness is not None:
        return "proved", label(answer.witness.row)
    return ("proved" if answer.verdict == "proved" else "sampled"), ""


def _table(exercise: Exercise, text: str) -> list[Any]:
    plan = exercise.machine.wiring.resolve(text)
    return [exercise.machine.outcome(x, plan) for x in listed(exercise.domain).rows]


def _against(exercise: Exercise, text: str, wanted: Sequence[Any]) -> Reached:
    rows, outputs = listed(exercise.domain).rows, exercise.net.outputs
    found = _table(exercise, text)
    right = [
        every(compare(a, b, bound(ZERO))[1] for a, b in zip(f, w, strict=True))
        for f, w in zip(found, wanted, strict=True)
    ]
    good = share(right.count(True), len(right))
    if every(right) is not False:
        return every(right), good, (DIGITS,)
    k = min((i for i, ok in enumerate(right) if ok is False), key=lambda i: simplicity(rows[i]))
    said = f"At {label(rows[k])} the network with {text} gives {shown_all(found[k], outputs)}; "
    return (
        False,
        good,
        (
            said + f"wanted is {shown_all(wanted[k], outputs)}.",
            arithmetic(exercise.net, rows[k], text, listed(exercise.domain)),
        ),
    )


def _outputs(exercise: Exercise, text: str, value: Any) -> Reached:
    wanted = [
        [exact_number(v, "outputs") for v in (row if isinstance(row, list) else [row])]
        for row in value
    ]
    return _against(exercise, text, wanted)


def _target(exercise: Exercise, text: str, value: Any) -> Reached:
    names = exercise.net.inputs
    said = parse_expression(value, names=names)
    rows = listed(exercise.domain).rows
    return _against(
        exercise, text, [(said.evaluate(dict(zip(names, x, strict=True))),) for x in rows]
    )


def _flips(exercise: Exercise, text: str, value: Any) -> Reached:
    decide = Decision(exercise.ask.get("decision", {"threshold": "1/2"}), exercise.net.outputs)
    domain = listed(exercise.domain)
    sides = [[decide(row)[0] for row in _table(exercise, plan)] for plan in ("", text)]
    if any(choice is None for side in sides for choice in side):
        return None, "", (DIGITS,)
    pairs = zip(*sides, domain.labels, strict=True)
    flipped = [name for before, after, name in pairs if before != after]
    if sorted(flipped) == sorted(value):
        return True, f"exactly {', '.join(flipped) or 'no input'} flipped", ()
    right = sum((n in flipped) == (n in value) for n in domain.labels)
    said = f"With {text} the decision changes on {', '.join(flipped) or 'no input'}."
    return False, share(right, len(domain)), (said,)


def _activations(exercise: Exercise, text: str, unit: str) -> list[Any]:
    plan = exercise.machine.wiring.resolve(text)
    return [exercise.machine.values(x, plan)[unit] for x in listed(exercise.domain).rows]


def _awake(values: Sequence[Any]) -> tuple[int, bool]:
    """Return how many values are not 0, and whether that hangs on further digits of another."""
    awake = sum(bool(v > 0 or v < 0) for v in values)
    zero = sum(bool(v >= 0 and v <= 0) for v in values)  # of a ball: only if it is 0 alone
    return awake, awake + zero < len(values)


def _wakes(exercise: Exercise, text: str, unit: Any) -> Reached:
    plan = exercise.machine.wiring.resolve(text)
    if any(r.name == unit for r in plan.replacements):
        raise ToynetsError(f"to set {unit} itself does not wake it: change what comes into it.")
    values = _activations(exercise, text, unit)
    awake, open_ = _awake(values)
    if awake:
        return True, f"{unit} is nonzero on {awake} of {len(values)} inputs", ()
    if open_:
        return None, "", (DIGITS,)
    return False, "", (f"With {text} {unit} is 0 on every input still.",)


def _silences(exercise: Exercise, text: str, unit: Any) -> Reached:
    values = _activations(exercise, text, unit)
    awake, open_ = _awake(values)
    if open_ and not awake:
        return None, "", (DIGITS,)
    if not awake:
        return True, f"{unit} is 0 on every input", ()
    return False, "", (f"With {text} {unit} is nonzero on {awake} of {len(values)} inputs.",)


def _invisible(exercise: Exercise, text: str, value: Any) -> Reached:
    edited = _edited(exercise, text)
    if edited.hash == exercise.net.hash:
        return False, "", (f"{text} changes no number.",)
    return _against(exercise, text, _table(exercise, ""))


def _edited(exercise: Exercise, text: str) -> Any:
    plan = exercise.net.wiring.resolve(text)
    if plan.replacements or plan.paths:
        raise ToynetsError("the goal is about weights and biases: change those.")
    network = exercise.net
    return network.with_numbers(
        {e.name: e.apply(from_float(network.numbers[e.name])) for e in plan.edits}
    )


def _smallest(exercise: Exercise, text: str, value: Any) -> Reached:
    network = _edited(exercise, text)
    weights = {a: v for a, v in network.numbers.items() if "->" in a and v != 0}
    if not weights:
        return False, "", (f"With {text} no weight is left.",)
    domain = listed(exercise.domain)
    machine = Machine(network, domain)
    least = min(abs(v) for v in weights.values())
    smallest = [a for a, v in weights.items() if abs(v) == least]
    effects = {}
    for address in weights:
        plan = machine.wiring.resolve(f"{address} = 0")
        gaps = [
            abs(a - b)
            for x in domain.rows
            for a, b in zip(machine.outcome(x, plan), machine.outcome(x), strict=True)
        ]
        effects[address] = max(gaps, default=ZERO)
    if not all(hasattr(size, "p") for size in effects.values()):
        return None, "", (DIGITS,)
    most = max(effects.values())
    best = [a for a in weights if effects[a] == most]
    if len(smallest) == 1 and smallest[0] in best:
        return True, f"{smallest[0]} is the smallest, and no cut has a larger effect", ()
    said = f"With {text} the smallest is {', '.join(smallest)}, the largest effect has "
    return False, "", (said + f"{', '.join(best)}.",)


GOAL_TESTS = {
    "outputs": _outputs,
    "target": _target,
    "flips": _flips,
    "wakes": _wakes,
    "silences": _silences,
    "invisible": _invisible,
    "smallest_matters": _smallest,
}
