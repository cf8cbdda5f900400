"""Explanations as plain data that reads back equal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toynets.explanation.record import FORMAT, Explanation
from toynets.rationals import text

if TYPE_CHECKING:
    from toynets.expressions import Expression


def write(explanation: Explanation) -> dict[str, Any]:
    """Return plain data that reads back equal; numbers are texts."""

    def shown(value: Expression | None) -> str:
        return "" if value is None else str(value)

    data: dict[str, Any] = {
        "format": FORMAT,
        "about": explanation.about,
        "inputs": list(explanation.inputs),
        "outputs": list(explanation.outputs),
        "parameters": {n: str(v) for n, v in explanation.parameters.items()},
        "decision": dict(explanation.decision),
        "metric": dict(explanation.metric),
        "tolerance": {k: text(v) for k, v in explanation.tolerance.items()},
        "weights": {
            a: {"value": shown(w.value), "role": w.role, "why": w.why}
            for a, w in explanation.weights.items()
        },
        "units": {
            n: {
                "activation": u.activation,
                "expression": shown(u.expression),
                "concept": shown(u.concept),
                "role": u.role,
                "why": u.why,
            }
            for n, u in explanation.units.items()
        },
        "outcomes": [
            {
                "intervention": o.intervention.text,
                "outputs": {
                    n: "" if not v else str(v[0]) if len(v) == 1 else [str(e) for e in v]
                    for n, v in o.outputs.items()
                },
                "why": o.why,
            }
            for o in explanation.outcomes
        ],
        "slack": dict(explanation.slack),
        "sources": list(explanation.sources),
    }
    if explanation.unexplained:
        data["unexplained"] = list(explanation.unexplained)
    if explanation.ties:
        data["ties"] = {g: list(m) for g, m in explanation.ties.items()}
    if explanation.domain is not None:
        data["domain"] = explanation.domain.to_dict()
    return data
