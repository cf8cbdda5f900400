"""Recipes: everything that decides what a training does, as plain data. No JAX.

A recipe is a dict with these keys, all of them JSON:

- `optimiser`: `adam`, `momentum` or `descent`;
- `momentum`: for `momentum`, the share of the last step that is repeated;
- `init`: how the numbers start, see `INITS`;
- `bound`: for the init `uniform`, the largest starting size;
- `phases`: a list of {"steps", "learning_rate", "schedule", "decay"}, one after the other;
- `loss`: a name of `toynets.training.losses.LOSSES`, or absent where the task decides;
- `unbiased`: the layers, counted from 1, that have no bias; absent where all have one;
- `tied`: true where the weights of a second layer are those of the first, transposed.

The recipe of one finished training has these keys as well, and so builds it again: `task`,
`hidden`, `activation`, `seed`; and for the record only `steps` (all phases) and `made_with`.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Iterator, Mapping
from typing import Any

from toynets.errors import ToynetsError, unknown

INITS = {
    "he-normal": "weights normal with variance 2/in, biases 0",
    "glorot-normal": "weights normal with variance 2/(in + out), biases 0",
    "uniform": "weights and biases uniform in [-bound, bound]",
}
OPTIMISERS = ("adam", "momentum", "descent")
SCHEDULES = ("cosine", "constant")


def _phase(steps: int, rate: float, decay: float = 0.0, schedule: str = "cosine") -> dict[str, Any]:
    return {"steps": steps, "learning_rate": rate, "schedule": schedule, "decay": decay}


RECIPES: dict[str, dict[str, Any]] = {
    # Decay of weights and biases pulls a training out of flat regions, and in the end chooses the
    # smallest of the exact solutions; weakened step by step, it leaves that one nearly unmoved.
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
    },
    # A classifier can lower its loss for ever by growing; the decay stays, so that it ends
    # somewhere, and the end is a minimum that can be computed.
    "classify": {
        "optimiser": "adam",
        "init": "glorot-normal",
        "phases": [
            _phase(3000, 0.03, 1e-3),
            _phase(3000, 0.03, 1e-4),
            _phase(2000, 0.003, 1e-4),
        ],
    },
    # Batch descent with momentum, as printed by Rumelhart, Hinton and Williams in 1986: rate 0.1,
    # momentum 0.9, starting numbers in [-0.3, 0.3], half the summed squared error.
    "rhw1986": {
        "optimiser": "momentum",
        "momentum": 0.9,
        "init": "uniform",
        "bound": 0.3,
        "phases": [_phase(8000, 0.1, schedule="constant")],
        "loss": "half-sse",
    },
}

_KEYS = ("optimiser", "momentum", "init", "bound", "phases", "loss", "unbiased", "tied")
_MORE = ("task", "hidden", "activation", "seed", "steps", "made_with")
_PHASE = ("steps", "learning_rate", "schedule", "decay")


def read_recipe(recipe: str | Mapping[str, Any]) -> dict[str, Any]:
    """Return a checked copy of a recipe, given by name or written out.

    Raises:
        ToynetsError: no recipe of that name; an unknown or missing key, or a value out of range.

    >>> read_recipe("rhw1986")["momentum"]
    0.9
    """
    if isinstance(recipe, str):
        if recipe not in RECIPES:
            raise ToynetsError(unknown("recipe", recipe, "", RECIPES))
        return copy.deepcopy(RECIPES[recipe])
    if not isinstance(recipe, Mapping):
        raise ToynetsError(
            f"a recipe is a name or a dict, but got {recipe!r}.",
            fix=f"write one of {', '.join(RECIPES)}, or the .recipe of a training.",
        )
    made = copy.deepcopy(dict(recipe))
    for key in made:
        if key not in _KEYS + _MORE:
            raise ToynetsError(unknown("key", str(key), "a recipe", _KEYS + _MORE))
    for key in ("optimiser", "init", "phases"):
        if key not in made:
            raise ToynetsError(
                f"the recipe has no {key}.", fix=f"copy one: dict(RECIPES['annealed'], {key}=…)."
            )
    _check(made)
    return made


def _check(recipe: dict[str, Any]) -> None:
    if recipe["optimiser"] not in OPTIMISERS:
        raise ToynetsError(unknown("optimiser", str(recipe["optimiser"]), "", OPTIMISERS))
    if recipe["init"] not in INITS:
        raise ToynetsError(unknown("init", str(recipe["init"]), "", INITS))
    if recipe["init"] == "uniform" and not _number(recipe.get("bound"), above=0):
        raise ToynetsError(
            f"the init uniform needs a positive bound, but got {recipe.get('bound')!r}."
        )
    momentum: Any = recipe.get("momentum")
    if recipe["optimiser"] == "momentum" and not (_number(momentum) and momentum < 1):
        raise ToynetsError(f"momentum is a number from 0 to below 1, but got {momentum!r}.")
    unbiased: Any = recipe.get("unbiased", [])
    if not isinstance(unbiased, list) or not all(type(k) is int and k >= 1 for k in unbiased):
        raise ToynetsError(
            f"unbiased lists layers, counted from 1, but got {unbiased!r}.",
            fix="write [1] for the first hidden layer.",
        )
    if not isinstance(recipe.get("tied", False), bool):
        raise ToynetsError(f"tied is true or false, but got {recipe['tied']!r}.")
    if not isinstance(recipe["phases"], list) or not recipe["phases"]:
        raise ToynetsError("the recipe has no phases.", fix="list at least one.")
    for phase in recipe["phases"]:
        for key in phase:
            if key not in _PHASE:
                raise ToynetsError(unknown("key", str(key), "a phase", _PHASE))
        steps = phase.get("steps")
        if not isinstance(steps, int) or isinstance(steps, bool) or steps < 1:
            raise ToynetsError(f"steps of a phase is a positive whole number, but got {steps!r}.")
        if not _number(phase.get("learning_rate"), above=0):
            raise ToynetsError(
                f"learning_rate is a positive number, but got {phase.get('learning_rate')!r}."
            )
        if not _number(phase.get("decay", 0)):
            raise ToynetsError(f"decay is 0 or positive, but got {phase.get('decay')!r}.")
        if phase.get("schedule", "cosine") not in SCHEDULES:
            raise ToynetsError(unknown("schedule", str(phase.get("schedule")), "", SCHEDULES))


def _number(value: Any, above: float | None = None) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return False
    return value >= 0 if above is None else value > above


def with_steps(recipe: dict[str, Any], steps: int) -> dict[str, Any]:
    """Return the recipe stretched to so many steps in all, shared among its phases as they were.

    >>> [p["steps"] for p in with_steps(read_recipe("annealed"), 10)["phases"]]
    [2, 3, 3, 1, 1]
    """
    total = sum(p["steps"] for p in recipe["phases"])
    phases, before, done = [], 0, 0
    for phase in recipe["phases"]:
        before += phase["steps"]
        until = round(steps * before / total)
        if until > done:  # very few steps leave some phases none
            phases.append({**phase, "steps": until - done})
        done = until
    return {**recipe, "phases": phases}


def schedule(recipe: Mapping[str, Any]) -> Iterator[tuple[float, float]]:
    """Yield (learning rate, decay) for every step.

    >>> list(schedule({"phases": [{"steps": 2, "learning_rate": 1, "schedule": "cosine"}]}))
    [(1.0, 0.0), (0.5, 0.0)]
    """
    for phase in recipe["phases"]:
        falls = phase.get("schedule", "cosine") == "cosine"
        for k in range(phase["steps"]):
            share = (1 + math.cos(math.pi * k / phase["steps"])) / 2 if falls else 1.0
            yield phase["learning_rate"] * share, float(phase.get("decay", 0.0))
