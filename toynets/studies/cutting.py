"""What is left of many networks once some of their weights are cut: by sign, by input, by score."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from toynets.studies.crowd import Crowd

if TYPE_CHECKING:
    from toynets.importance.floats import Array

# (weights into the hidden layer, weights to the outputs), shaped as in a `Crowd`.
Pair = tuple["Array", "Array"]

RANDOM = "in any order"


def accuracy(crowd: Crowd, x: Array, labels: Array) -> Array:
    """Return the share of rows whose class is right, shape (networks,)."""
    found: Array = (classes(crowd, x) == labels[:, None]).mean(axis=0)
    return found


def classes(crowd: Crowd, x: Array) -> Array:
    """Return the class that each network says of each row, shape (rows, networks)."""
    y = crowd.run(x)
    found: Array = y.argmax(axis=1) if y.shape[1] > 1 else (y[:, 0] > 0).astype(int)
    return found


def kept(crowd: Crowd, keep: Pair) -> Crowd:
    """Return the networks with the weights alone that are kept; biases stay."""
    return replace(crowd, w=crowd.w * keep[0], v=crowd.v * keep[1])


def without_sign(crowd: Crowd, sign: int) -> Crowd:
    """Return the networks without their negative (-1) or positive (1) weights."""
    return kept(crowd, (sign * crowd.w <= 0, sign * crowd.v <= 0))


def without_some(crowd: Crowd, sign: int, seed: int) -> Crowd:
    """Return them without as many weights of each layer as have that sign, drawn at random."""
    import numpy as np

    chance = np.random.default_rng(seed)

    def keep(weights: Array) -> Array:
        flat = weights.reshape(-1, weights.shape[-1])
        gone = (sign * flat > 0).sum(axis=0)
        order = chance.random(flat.shape).argsort(axis=0).argsort(axis=0)
        return (order >= gone).reshape(weights.shape)

    return kept(crowd, (keep(crowd.w), keep(crowd.v)))


def without_input(crowd: Crowd, place: int) -> Crowd:
    """Return the networks without the weights of one input."""
    w = crowd.w.copy()
    w[:, place] = 0.0
    return replace(crowd, w=w)


def dropped(crowd: Crowd, score: Pair, share: float) -> Crowd:
    """Return the networks without that share of their weights, those with the least score first."""
    import numpy as np

    count = crowd.b.shape[1]
    flat = np.concatenate([part.reshape(-1, count) for part in score])
    place = flat.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable")
    keep = place >= round(share * len(flat))
    first = crowd.w.shape[0] * crowd.w.shape[1]
    return kept(crowd, (keep[:first].reshape(crowd.w.shape), keep[first:].reshape(crowd.v.shape)))


def scores_of_weights(crowd: Crowd, x: Array, seed: int = 0) -> dict[str, Pair]:
    """Return the scores of every weight of every network, over several outputs the mean of sizes.

    Args:
        crowd: the networks.
        x: the rows that scores are over, shape (rows, inputs).
        seed: of the random order that they are held against.

    Returns:
        Score, as the catalogue of `toynets.importance` names it -> a `Pair`. `effect of cut` is
        what ablation does: the mean |effect|.
    """
    import numpy as np

    chance = np.random.default_rng(seed)
    random = (chance.random(crowd.w.shape), chance.random(crowd.v.shape))
    return {**dict(_scores(crowd, x)), RANDOM: random}


def _scores(crowd: Crowd, x: Array) -> Iterator[tuple[str, Pair]]:
    import numpy as np

    z = crowd.hidden(x)
    h, on = np.maximum(z, 0.0), z > 0
    outputs = len(crowd.v)
    # How much the outputs notice of a change of h, and of one logit: their mean moves, too.
    heard = abs(crowd.centred).mean(axis=0)[:, None]
    logit = 2 * (outputs - 1) / outputs**2 if outputs > 1 else 1.0
    size = abs(crowd.w), abs(crowd.v)
    yield "magnitude", size
    ways = size[0] * size[1].mean(axis=0)[:, None]
    yield "olden", (ways, size[1] / outputs)
    carried = (x**2).mean(axis=0) ** 0.5, (h**2).mean(axis=0) ** 0.5
    yield "weight x activation", (size[0] * carried[0][None, :, None], size[1] * carried[1])
    reach = np.einsum("rhn,ri->hin", on, abs(x)) / len(x)
    slope = heard * reach, np.broadcast_to(h.mean(axis=0) * logit, crowd.v.shape)
    yield "gradient", slope
    yield "gradient x value", (slope[0] * size[0], slope[1] * size[1])
    signed, total = np.zeros(crowd.w.shape), np.zeros(crowd.w.shape)
    for row, pre, was in zip(x, z, h, strict=True):  # what each weight less does to its unit
        change = np.maximum(pre[:, None] - crowd.w * row[None, :, None], 0.0) - was[:, None]
        signed += change / len(x)
        total += abs(change) / len(x)
    last = slope[1] * size[1]
    yield "left out (cut)", (heard * abs(signed), last)
    yield "effect of cut", (heard * total, last)
