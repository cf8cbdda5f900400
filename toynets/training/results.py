"""What a training returns: records of one network, and of a population."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from toynets.errors import ToynetsError
from toynets.network import Network
from toynets.tasks import Task
from toynets.training.losses import loss_named


@dataclass(frozen=True, eq=False)
class Training:
    """One finished training.

    Attributes:
        network: the trained network, float32.
        losses: the loss, without the decay, before each step; float32, shape (steps,).
        recipe: everything that decided it, as JSON; `train(task, recipe=recipe)` does it again.
        seconds: wall-clock time, compilation included.
        final_loss: the loss of the network.
        max_error: largest |output - target| over the rows trained on; the outputs of a network
            that ends in softmax are taken as probabilities.
    """

    network: Network
    losses: np.ndarray[Any, Any]
    recipe: dict[str, Any]
    seconds: float
    final_loss: float
    max_error: float

    def __repr__(self) -> str:
        return (
            f"<Training of {self.recipe['task']}: {self.network.text}, "
            f"seed {self.recipe['seed']}, {len(self.losses)} steps, loss {self.final_loss:.3g}, "
            f"largest error {self.max_error:.3g}>"
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the training as plain data, without the curve."""
        return {
            "network": self.network.to_dict(),
            "recipe": self.recipe,
            "final_loss": self.final_loss,
            "max_error": self.max_error,
            "seconds": self.seconds,
        }


@dataclass(frozen=True, eq=False)
class Population:
    """Trainings that differ in the seed alone.

    Attributes:
        task: what they were trained on.
        seeds: of the networks, in this order everywhere.
        params: all numbers, {"weight": (W1, …), "bias": (b1, …)} with a leading axis of networks.
        recipe: as of one training, without the seed.
        final_losses: shape (networks,).
        max_errors: shape (networks,), as `Training.max_error`; NaN where a training diverged.
        seconds: wall-clock time, compilation included.
    """

    task: Task
    seeds: tuple[int, ...]
    params: dict[str, tuple[np.ndarray[Any, Any], ...]]
    recipe: dict[str, Any]
    final_losses: np.ndarray[Any, Any]
    max_errors: np.ndarray[Any, Any]
    seconds: float

    def solved(self, tolerance: float = 1e-2) -> tuple[int, ...]:
        """Return the seeds whose network is within a tolerance of every target."""
        return tuple(s for s, e in zip(self.seeds, self.max_errors, strict=True) if e <= tolerance)

    @cached_property
    def networks(self) -> tuple[Network, ...]:
        """The networks, in the order of the seeds.

        Raises:
            ToynetsError: a training diverged.
        """
        return tuple(self.network(seed) for seed in self.seeds)

    def network(self, seed: int) -> Network:
        """Return the network of one seed.

        Raises:
            ToynetsError: no such seed, or its training diverged.
        """
        if seed not in self.seeds:
            raise ToynetsError(f"no network of seed {seed}; the seeds are {_span(self.seeds)}.")
        k = self.seeds.index(seed)
        one = {kind: tuple(a[k] for a in arrays) for kind, arrays in self.params.items()}
        if not all(np.isfinite(a).all() for arrays in one.values() for a in arrays):
            raise ToynetsError(
                f"the training of seed {seed} diverged: its numbers are not finite.",
                cause="a learning rate that is too large.",
                fix="take another of .seeds, or a recipe with a smaller learning_rate.",
            )
        return network_of(one, {**self.recipe, "seed": seed}, self.task)

    def __repr__(self) -> str:
        return (
            f"<Population of {self.recipe['task']}: seeds {_span(self.seeds)}, "
            f"{len(self.solved())} of {len(self.seeds)} within 0.01 of every target>"
        )


def network_of(params: Mapping[str, Any], recipe: Mapping[str, Any], task: Task) -> Network:
    """Return the record of a trained network.

    Args:
        params: its numbers.
        recipe: of the training: hidden, activation, loss and seed.
        task: names the inputs and outputs.
    """
    pairs = zip(params["weight"], params["bias"], strict=True)
    output = loss_named(recipe["loss"]).output
    units = [recipe["activation"]] * len(recipe["hidden"]) + [output]
    layers = [
        (np.asarray(w), None if k in recipe.get("unbiased", ()) else np.asarray(b), u)
        for k, ((w, b), u) in enumerate(zip(pairs, units, strict=True), start=1)
    ]
    return Network.from_layers(
        layers,
        inputs=task.inputs,
        outputs=task.outputs,
        ties=ties_of(recipe, task),
        name=f"{task.name}-seed-{recipe['seed']}",
    )


def ties_of(recipe: Mapping[str, Any], task: Task) -> dict[str, tuple[str, str]] | None:
    """Return the tied groups of a network trained with `tied`: x2_h1 is x2->h1 and h1->y2.

    >>> from toynets.tasks import load
    >>> ties_of({"tied": True, "hidden": [1]}, load("encoder-4"))["x2_h1"]
    ('x2->h1', 'h1->y2')
    """
    if not recipe.get("tied"):
        return None
    return {
        f"{x}_h{k}": (f"{x}->h{k}", f"h{k}->{y}")
        for k in range(1, recipe["hidden"][0] + 1)
        for x, y in zip(task.inputs, task.outputs, strict=True)
    }


def _span(seeds: Sequence[int]) -> str:
    if len(seeds) > 1 and list(seeds) == list(range(seeds[0], seeds[-1] + 1)):
        return f"{seeds[0]} to {seeds[-1]}"
    return ", ".join(map(str, seeds[:8])) + (", …" if len(seeds) > 8 else "")
