"""What a wrong table is instead: another ablation, or a named function."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from toynets.verification.phrases import phrase, table_name


def recognise(
    machine: Any, network: Any, rows: Sequence[Any], plan: Any, values: Sequence[Any]
) -> str:
    """Say what a predicted table is instead: another kind of ablation, or a named function.

    Args:
        machine: the network's exact evaluator, with the domain.
        network: the network.
        rows: the inputs.
        plan: the intervention that was predicted.
        values: the predicted output on each row.
    """

    def table(text: str) -> list[Any]:
        other = network.wiring.resolve(text)
        return [machine.outcome(x, other)[0] for x in rows]

    truth = table(plan.text)
    if list(values) == truth:
        return ""
    units = [t.name for c in plan.intervention.clauses for t in c.targets if t.kind == "name"]
    units = [u for u in units if u in network.hidden]
    if len(units) == 1:
        unit = units[0]
        for text, words in (
            (f"{unit} = 0", f"{unit} set to 0"),
            (f"{unit} = mean", f"{unit} set to its mean"),
            (f"{unit}.pre = 0", f"the pre-activation of {unit} set to 0"),
            (f"->{unit} = 0", f"the weights into {unit} set to 0, its bias kept"),
        ):
            if text != plan.text and network.wiring.incoming(unit) and table(text) == list(values):
                return f"Your table is right for another ablation: {words}."
        for other in network.hidden:
            if other != unit and table(f"{other} = 0") == list(values):
                return f"Your table is the one without {other}."
    if plan.text and list(values) == table(""):
        return "Your table is the clean one: as if nothing had been removed."
    return table_hint(rows, values, phrase(plan), truth, network.inputs)


def table_hint(
    rows: Sequence[Any],
    values: Sequence[Any],
    gone: str,
    truth: Sequence[Any],
    inputs: Sequence[str] = (),
) -> str:
    """Say which named function a stated table is, and which the network computes."""
    mine, theirs = table_name(rows, values, inputs), table_name(rows, truth, inputs)
    if not mine or mine == theirs:
        return ""
    if theirs == "the count of ones":
        return f"Your table is {mine}; {gone} the network counts."
    return f"Your table is {mine}" + (f"; {gone} the network gives {theirs}." if theirs else ".")
