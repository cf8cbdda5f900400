"""How the trained networks of the zoo were trained: recipes as they were then, with their seeds.

They are written out, not taken from `toynets.training`, so that they still say what was done when
the recipes there have moved on. `toynets.train(task, recipe=entry.trained, seed=…)` repeats them.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from typing import Any


def _phase(steps: int, rate: float, decay: float, schedule: str = "cosine") -> dict[str, Any]:
    return {"steps": steps, "learning_rate": rate, "schedule": schedule, "decay": decay}


_RECIPES: dict[str, dict[str, Any]] = {
    "annealed": {
        "optimiser": "adam",
        "init": "he-normal",
        "phases": [
            _phase(3000, 0.03, 1e-3),
            _phase(3000, 0.02, 3e-4),
            _phase(3000, 0.02, 1e-4),
            _phase(2000, 0.001, 1e-5),
            _phase(1000, 0.0002, 1e-6),
        ],
        "loss": "mse",
    },
    # Twice as long as annealed, for networks of several outputs.
    "thorough": {
        "optimiser": "adam",
        "init": "he-normal",
        "phases": [
            _phase(4000, 0.03, 1e-3),
            _phase(4000, 0.02, 3e-4),
            _phase(6000, 0.02, 1e-4),
            _phase(6000, 0.005, 1e-5),
            _phase(4000, 0.001, 1e-6),
        ],
        "loss": "mse",
    },
    "classify": {
        "optimiser": "adam",
        "init": "glorot-normal",
        "phases": [
            _phase(3000, 0.03, 1e-3),
            _phase(3000, 0.03, 1e-4),
            _phase(2000, 0.003, 1e-4),
        ],
        "loss": "bce",
    },
    # Without decay, where the loss has a minimum of its own.
    "undecayed": {
        "optimiser": "adam",
        "init": "glorot-normal",
        "phases": [_phase(3000, 0.03, 0.0), _phase(3000, 0.003, 0.0)],
        "loss": "bce",
    },
    # A decay that stays: the end is a minimum, with all that the task leaves free made equal.
    "steady": {
        "optimiser": "adam",
        "init": "glorot-normal",
        "phases": [_phase(4000, 0.02, 1e-3), _phase(4000, 0.002, 1e-3)],
        "loss": "cross-entropy",
        "unbiased": [1, 2],
    },
    # A decay so firm that all that can go goes: what is left is what the classes cannot do without.
    "firm": {
        "optimiser": "adam",
        "init": "glorot-normal",
        "phases": [_phase(2000, 0.03, 1e-2), _phase(1000, 0.003, 1e-2)],
        "loss": "cross-entropy",
    },
    # Neither decay nor a margin to widen: the first exact answer that the start leads to.
    "loose": {
        "optimiser": "adam",
        "init": "glorot-normal",
        "phases": [_phase(2000, 0.02, 0.0), _phase(1000, 0.002, 0.0)],
        "loss": "mse",
        "unbiased": [1, 2],
    },
    # Plain small steps from nearly nothing: the course can be computed in closed form.
    "flow": {
        "optimiser": "descent",
        "init": "uniform",
        "bound": 0.001,
        "phases": [_phase(6000, 0.1, 0.0, "constant")],
        "loss": "mse",
        "unbiased": [1, 2],
    },
    # Out as in: two layers of one matrix, no bias between them.
    "tied": {
        "optimiser": "adam",
        "init": "glorot-normal",
        "phases": [_phase(2000, 0.02, 0.0), _phase(2000, 0.002, 0.0)],
        "loss": "mse-relu",
        "unbiased": [1],
        "tied": True,
    },
    "rhw1986": {
        "optimiser": "momentum",
        "momentum": 0.9,
        "init": "uniform",
        "bound": 0.3,
        "phases": [_phase(8000, 0.1, 0.0, "constant")],
        "loss": "half-sse",
    },
}


def recipe(
    name: str,
    *,
    task: str,
    hidden: int | Sequence[int],
    activation: str,
    seed: int,
    loss: str = "",
) -> dict[str, Any]:
    """Return the recipe of one finished training: all that decides what came out.

    Args:
        name: which of the recipes above.
        task: what was trained on.
        hidden: units of the hidden layer, or of each; () for none.
        activation: of the hidden units.
        seed: of the starting numbers.
        loss: where it is not that of the recipe.

    >>> recipe("annealed", task="xor", hidden=2, activation="relu", seed=224)["steps"]
    12000
    """
    made = deepcopy(_RECIPES[name])
    return {
        **made,
        **({"loss": loss} if loss else {}),
        "task": task,
        "hidden": [hidden] if isinstance(hidden, int) else list(hidden),
        "activation": activation,
        "seed": seed,
        "steps": sum(phase["steps"] for phase in made["phases"]),
        "made_with": {"jax": "0.10.2", "optax": "0.2.8", "on": "cpu"},
    }
