"""How a census trains: recipes whose end depends on little but the mechanism that was found.

The decay is not only a start: it is kept until every network has reached the smallest member of
its solution set. What is flat without it (how two units share one job, a dead unit's weights) then
has one value, the same in all runs of a family, which is what makes families visible. Adam divides
a slope by its own size, so that directions in which only a decay of 1/100,000 pulls are followed at
the full rate.
"""

from __future__ import annotations

from typing import Any


def _phase(steps: int, rate: float, decay: float) -> dict[str, Any]:
    return {"steps": steps, "learning_rate": rate, "decay": decay}


# Activation -> recipe, in the form of `training.recipes`.
RECIPES: dict[str, dict[str, Any]] = {
    # Squared error: its polish weakens the decay, which moves exact solutions by their error alone.
    "relu": {
        "init": "he-normal",
        "phases": [
            _phase(3000, 0.03, 1e-3),
            _phase(3000, 0.02, 3e-4),
            _phase(20000, 0.05, 1e-4),
            _phase(2000, 0.002, 1e-4),
            _phase(2000, 0.002, 1e-5),
            _phase(1000, 0.0002, 1e-6),
        ],
    },
    # A classifier has no exact solution and grows for ever without a decay; with one of 1/100,000
    # it ends within 1/1000 of every target.
    "tanh": {
        "init": "glorot-normal",
        "phases": [
            _phase(3000, 0.03, 1e-3),
            _phase(4000, 0.03, 1e-4),
            _phase(6000, 0.05, 1e-5),
            _phase(2000, 0.005, 1e-5),
        ],
    },
}
