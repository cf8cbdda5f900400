"""Where each number of a network stands in the flat arrays of a population."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import prod
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Layout:
    """The order of a network's numbers: layer by layer, the weights row by row, then the biases.

    Attributes:
        sizes: inputs, units of each hidden layer, outputs.

    >>> Layout((2, 2, 1)).count
    9
    """

    sizes: tuple[int, ...]

    @property
    def count(self) -> int:
        """How many numbers one network has."""
        return sum(prod(shape) for shape in self.shapes)

    @property
    def shapes(self) -> tuple[tuple[int, ...], ...]:
        """The shapes in order: (out, in) and (out,) for each layer."""
        return tuple(s for i, o in pairwise(self.sizes) for s in ((o, i), (o,)))

    def split(self, flat: Any) -> list[tuple[Any, Any]]:
        """Return (weight, bias) of each layer, of shape (out, in, …) and (out, …).

        Args:
            flat: shape (count, …): whatever follows the numbers' axis is kept.
        """
        found, at = [], 0
        for shape in self.shapes:
            until = at + prod(shape)
            found.append(flat[at:until].reshape(*shape, *flat.shape[1:]))
            at = until
        return list(zip(found[::2], found[1::2], strict=True))

    def join(self, layers: Any, kind: Any = np) -> Any:
        """Return the flat array of what `split` gave; `kind` is numpy or jax.numpy."""
        parts = [part for pair in layers for part in pair]
        return kind.concatenate(
            [
                part.reshape(prod(shape), *part.shape[len(shape) :])
                for part, shape in zip(parts, self.shapes, strict=True)
            ]
        )

    def params(self, flat: Any) -> dict[str, tuple[Any, ...]]:
        """Return one network's numbers as `Network.params` has them.

        >>> one = Layout((2, 1)).params(np.arange(3))
        >>> one["weight"][0].tolist(), one["bias"][0].tolist()
        ([[0, 1]], [2])
        """
        layers = self.split(flat)
        return {"weight": tuple(w for w, _ in layers), "bias": tuple(b for _, b in layers)}

    def flat(self, params: Mapping[str, Any]) -> np.ndarray[Any, Any]:
        """Return params, with or without a leading axis of networks, with the networks last.

        >>> params = {"weight": (np.zeros((5, 3, 2)),), "bias": (np.zeros((5, 3)),)}
        >>> Layout((2, 3)).flat(params).shape
        (9, 5)
        """
        pairs = zip(params["weight"], params["bias"], strict=True)
        layers = [(np.asarray(w), np.asarray(b)) for w, b in pairs]
        if layers[0][1].ndim == 1:
            return np.asarray(self.join(layers))
        return np.asarray(
            self.join([(np.moveaxis(w, 0, -1), np.moveaxis(b, 0, -1)) for w, b in layers])
        )
