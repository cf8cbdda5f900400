"""What an explanation says of values on its box, check by check."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from toynets.errors import ToynetsError
from toynets.explanation import Explanation
from toynets.rationals import ZERO
from toynets.verification.proofs.claims import Answer, Claim, decision
from toynets.verification.proofs.program import CURVED, Program, Unprovable
from toynets.verification.proofs.prover import Prover
from toynets.verification.tiers import constant_kinds, parameter_texts, subset_texts
from toynets.wiring import kind_of

Question = tuple[str, str, Callable[[], list[Answer]]]


def questions(prover: Prover, *, extra: bool = False, stated: bool = True) -> Iterator[Question]:
    """Yield (check, what, how to settle it) for all that is said of values.

    Args:
        prover: of a network with an explanation.
        extra: also what `verify` does not ask: each hidden unit at any value of its range (`worst`)
            and all at once.
        stated: also what the explanation states of outcomes and units, beside what its weights
            have it (not on a box that it does not speak of).
    """
    network, explanation = prover.network, prover.explanation
    for outcome in _clean(explanation, network):
        outcome = outcome if stated else {}
        yield ("clean", "", outcome_question(prover, "", outcome, "clean", "clean"))
    for outcome in explanation.outcomes:
        said = outcome.intervention.text
        if said and any(outcome.outputs.values()):
            told = outcome.outputs if stated else {}
            ask = outcome_question(prover, said, told, "ablations", "outcomes")
            yield ("outcomes", said, ask)
    epsilon = explanation.epsilon("units")
    for unit in explanation.units:
        yield ("units", unit, lambda unit=unit: prover.unit(unit, epsilon, stated))  # type: ignore[misc]  # a lambda with a default
    kinds = constant_kinds(
        [layer.activation for layer in network.layers[:-1]],
        any(f"{u}.bias" in network.numbers for u in network.hidden),
    )
    texts = {
        "parameters": parameter_texts(network.wiring),
        "subsets": list(subset_texts(network.wiring, network.hidden, kinds)),
        "interchange": [f"{unit} = {unit}(x')" for unit in network.units],
    }
    if extra and network.hidden:
        texts["worst"] = [f"{unit} = worst" for unit in network.hidden]
        if len(network.hidden) > 1:
            texts["worst"].append(f"{', '.join(network.hidden)} = worst")
    for check, interventions in texts.items():
        for said in interventions:
            yield (check, said, outcome_question(prover, said, None, "ablations", check))


def _clean(explanation: Explanation, network: Any) -> Iterator[dict[str, Any]]:
    """Yield the stated clean outputs, once."""
    stated: dict[str, Any] = {
        o: (explanation.units[o].expression,)
        for o in network.outputs
        if explanation.units[o].expression is not None
    }
    for outcome in explanation.outcomes:
        if not outcome.intervention.text and any(outcome.outputs.values()):
            stated = dict(outcome.outputs)
    yield stated


def outcome_question(
    prover: Prover, intervention: str, stated: Any, row: str, check: str
) -> Callable[[], list[Answer]]:
    """Return how to settle one outcome: derived = measured, and stated = derived."""
    explanation = prover.explanation
    epsilon = explanation.epsilon(row)

    def ask() -> list[Answer]:
        plan = prover.plan(intervention)
        kind = "resample" if check == "interchange" else kind_of(plan)
        if explanation.metric_of(kind) == "decision":
            return [decides_alike(prover, intervention, epsilon, check)]
        answers = [prover.agree(intervention, epsilon, check)]
        said = {o: es[0] for o, es in (stated or {}).items() if es}
        if said:
            answers.append(prover.stated(intervention, said, epsilon, check))
        if explanation.decision and epsilon != 0 and "argmax" in explanation.decision:
            answers.append(
                Answer(
                    f"the largest output{prover.under(plan)}",
                    "unknown",
                    limit="a decision by argmax within a tolerance is not put as a claim",
                    kind=check,
                )
            )
        return answers

    return ask


def decides_alike(prover: Prover, intervention: str, epsilon: Any, check: str) -> Answer:
    """Whether network and stated model decide alike under an intervention."""
    plan = prover.plan(intervention)
    said = f"network and explanation decide alike{prover.under(plan)}"

    def make() -> Claim:
        if epsilon != ZERO or not prover.explanation.decision:
            raise Unprovable("decisions within a tolerance may be open, which is no claim")
        place = prover.scene(plan, beside="model")
        program = Program(place.variables)
        ours, theirs = prover.measured(program, plan, place), prover.derived(program, plan, place)
        outputs = prover.network.outputs
        return decision(
            said,
            program,
            dict(prover.explanation.decision),
            [ours[o] for o in outputs],
            [theirs[o] for o in outputs],
            [(f"{o} of the network", f"{o} of the explanation") for o in outputs],
        )

    return prover.asked(make, said, check)


def provable(network: Any, explanation: Explanation) -> str:
    """Return "" if claims about a box can be proved at all, else why not."""
    from toynets.verification.proofs.program import Layers

    for layer in network.layers:
        if layer.activation in CURVED:
            return f"a unit is curved: {layer.units[0]} is a {layer.activation}"
    try:
        Layers.of_explanation(network, explanation)
    except (Unprovable, ToynetsError) as why:
        return str(why)
    return ""
