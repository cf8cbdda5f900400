"""Explanations on a box: proved equal to a network, and to it under interventions, or refuted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from toynets.coursework.exercise import Exercise
from toynets.coursework.kinds.finding import Clock
from toynets.coursework.kinds.predicting_units import Said, changes, intervention_text
from toynets.domain import label
from toynets.rationals import Rational, rational


def mechanism(exercise: Exercise) -> bool:
    """Whether units upstream are intervened on, too."""
    return "unit" in exercise.ask or bool(exercise.ask.get("mechanism", False))


def prove(
    exercise: Exercise,
    said: Said,
    clock: Clock,
    change: Mapping[str, Rational] | None = None,
    network: Any = None,
) -> tuple[str, str | None]:
    """Prove equality on a box: (`proved` or `sampled`, None), or (…, where it fails).

    Args:
        exercise: about a box.
        said: the explanation.
        clock: of the claim.
        change: values that inputs and units are set to, in the network and in what is said of it.
        network: of which it is said; default that of the exercise.
    """
    from toynets.verification.proofs.claims import within
    from toynets.verification.proofs.forms import Form
    from toynets.verification.proofs.program import Unprovable
    from toynets.verification.proofs.prover import Prover

    network, change = exercise.net if network is None else network, change or {}
    limits = clock.left()
    prover = Prover(network, exercise.domain, cells=limits.cells, seconds=limits.seconds)
    try:
        program = prover.base()
        inputs = list(range(program.dimension))
        plan = prover.plan(intervention_text(change))
        run = prover.measured(program, plan, prover.scene(plan))
        value = run[said.about]
        # Units upstream that are not explained themselves are those of the network.
        names = {**run, **dict(zip(network.inputs, inputs, strict=True))}
        names |= {n: program.raw("identity", Form(v)) for n, v in change.items()}
        line = program.express(said.flat(change), names)
        epsilon = rational(exercise.ask.get("tolerance", "0"))
        answer = prover.settle(within("equal", program, epsilon, [value], [line]))
    except Unprovable:
        return "sampled", None
    if answer.verdict == "refuted" and answer.witness is not None:
        return "proved", label(answer.witness.row)
    return ("proved" if answer.verdict == "proved" else "sampled"), None


def prove_units(
    exercise: Exercise, said: Said, clock: Clock, network: Any = None
) -> tuple[str, str, str]:
    """Prove on a box that each unit is what is said of it: the level, and the first that is not.

    Returns:
        `proved` or `sampled`, the unit that is not, and where: "" and "" for none.
    """
    for part in said.parts[:-1]:
        level, where = prove(exercise, part, clock, network=network)
        if where is not None:
            return level, part.about, where
        if level == "sampled":
            return level, "", ""
    return "proved", "", ""


def prove_changes(
    exercise: Exercise, said: Said, clock: Clock, network: Any = None
) -> tuple[str, str, str]:
    """Prove on a box what was tried of every intervention: its level, and the first fault.

    An input that is set to a value of the box makes another point of the box: nothing is left to
    prove there once the clean run is proved.

    Returns:
        `proved` or `sampled`, the change under which it fails, and where: "" and "" for none.
    """
    bounds = dict(zip(exercise.net.inputs, exercise.domain.bounds or (), strict=True))
    for change in changes(exercise, said, mechanism(exercise))[1:]:
        if all(n in bounds and bounds[n][0] <= v <= bounds[n][1] for n, v in change.items()):
            continue
        level, where = prove(exercise, said, clock, change, network)
        if where is not None:
            return level, intervention_text(change), where
        if level == "sampled":
            return level, "", ""
    return "proved", "", ""


def as_true_of(
    exercise: Exercise, said: Said, network: Any, clock: Clock, causal: bool
) -> tuple[bool, str]:
    """Decide whether what holds of another network on the points tried holds on the whole box.

    Args:
        exercise: about a box.
        said: the explanation, equal to the other network at every point that was tried.
        network: the other network.
        clock: of the claim.
        causal: also under the interventions that the explanation is held against.

    Returns:
        Whether it does, and `proved`, or `sampled` where that could not be proved.
    """
    level, where = prove(exercise, said, clock, network=network)
    for more in (prove_units, prove_changes) if causal else ():
        if where is None and level == "proved":
            level, _, fault = more(exercise, said, clock, network)
            where = fault or None
    return where is None, level
