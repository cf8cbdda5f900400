"""A new explanation: every weight and unit listed, and blank."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from toynets.domain import Domain
from toynets.explanation.record import FORMAT, Explanation
from toynets.wiring import Wiring


def blank_explanation(
    wiring: Wiring,
    activations: Mapping[str, str],
    *,
    about: str,
    decision: Mapping[str, Any],
    domain: Domain | None = None,
) -> Explanation:
    """Return an explanation in which nothing is said yet.

    Args:
        wiring: names and edges.
        activations: unit -> name of its activation.
        about: the name of the network.
        decision: as in the file form.
        domain: the inputs that it will be said of, if they are to stand in the file.
    """
    interventions = ["", *(f"{unit} = 0" for unit in wiring.hidden)]
    return Explanation.from_dict(
        {
            "format": FORMAT,
            "about": about,
            "inputs": list(wiring.inputs),
            "outputs": list(wiring.outputs),
            "decision": dict(decision),
            "metric": {"default": "value"},
            "tolerance": {"clean": "0", "units": "0", "weights": "0", "ablations": "0"},
            "weights": {a: {"value": "", "role": "", "why": ""} for a in wiring.parameters()},
            "units": {
                u: {
                    "activation": activations[u],
                    "expression": "",
                    "concept": "",
                    "role": "",
                    "why": "",
                }
                for u in wiring.units
            },
            "outcomes": [
                {"intervention": i, "outputs": dict.fromkeys(wiring.outputs, ""), "why": ""}
                for i in interventions
            ],
            "ties": {g: list(m) for g, m in wiring.ties.items()},
            "domain": None if domain is None else domain.to_dict(),
        }
    )
