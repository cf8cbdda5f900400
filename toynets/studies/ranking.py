"""Ranks of many columns at once, and how well predicted sizes and signs hold.

The twin of `toynets.importance.agreement` for arrays; the tests hold the two together.
"""

from __future__ import annotations

from toynets.importance.agreement import NEAR
from toynets.importance.floats import Array


def rank_columns(values: Array, near: float = NEAR) -> Array:
    """Return the rank of each value in its column by size, 1 for the largest; ties share a mean.

    Args:
        values: shape (players, columns).
        near: neighbours that differ by no more than this share of the largest size are a tie.

    >>> import numpy as np
    >>> rank_columns(np.array([[1.0], [-3.0], [1.0]]))[:, 0].tolist()
    [2.5, 1.0, 2.5]
    """
    import numpy as np

    size = abs(values)
    order = np.argsort(-size, axis=0, kind="stable")
    sorted_ = np.take_along_axis(size, order, axis=0)
    apart = near * sorted_[:1]
    # A group ends where the next value is clearly smaller than its neighbour.
    starts = np.ones(size.shape, bool)
    starts[1:] = sorted_[:-1] - sorted_[1:] > apart
    place = np.arange(len(size))[:, None]
    first = np.maximum.accumulate(np.where(starts, place, 0), axis=0)
    ends = np.ones(size.shape, bool)
    ends[:-1] = starts[1:]
    last = np.where(ends, place, len(size))
    last = np.minimum.accumulate(last[::-1], axis=0)[::-1]
    found = np.empty(size.shape)
    np.put_along_axis(found, order, (first + last) / 2 + 1, axis=0)
    return found


def correlations(ranks: Array, true: Array) -> Array:
    """Return Spearman's rho column by column, shape (columns,).

    0 where only the predictions all tie: they say nothing. NaN where the truth does: there is
    nothing to say.

    Args:
        ranks, true: of the predictions and of the truth, shape (players, columns).
    """
    import numpy as np

    middle = (len(ranks) + 1) / 2
    a, b = ranks - middle, true - middle
    spread = np.sqrt((a * a).sum(axis=0) * (b * b).sum(axis=0))
    with np.errstate(invalid="ignore", divide="ignore"):
        rho = np.where(spread > 0, (a * b).sum(axis=0) / spread, 0.0)
    return np.where((b * b).sum(axis=0) > 0, rho, np.nan)


def top_right(ranks: Array, true: Array) -> Array:
    """Return how likely it is that the player put first is truly first, shape (columns,).

    Of several that a score puts first one is taken at random. NaN where all truly tie.
    """
    import numpy as np

    said, first = ranks == ranks.min(axis=0), true == true.min(axis=0)
    share = (said & first).sum(axis=0) / said.sum(axis=0)
    return np.where(first.all(axis=0), np.nan, share)


def signs_right(signs: Array, means: Array, sizes: Array, near: float = NEAR) -> Array:
    """Return how many of the effects that have a sign have the predicted one, shape (columns,).

    Args:
        signs: predicted, shape (players, columns); 0 is never right.
        means: mean effects, with their sign.
        sizes: of the same effects; a mean that is near 0 beside the largest has no sign.
        near: what share of the largest size is near 0.

    Returns:
        NaN where no effect has a sign.
    """
    import numpy as np

    moved = abs(means) > near * sizes.max(axis=0)
    right = (np.sign(signs) == np.sign(means)) & moved
    with np.errstate(invalid="ignore"):
        return np.where(moved.any(axis=0), right.sum(axis=0) / moved.sum(axis=0), np.nan)


def idle_right(sizes: Array, true: Array, near: float = NEAR) -> Array:
    """Return how many of the players without effect are given 0, shape (columns,).

    NaN where every player has an effect, or none has one.

    Args:
        sizes, true: what is said and what is so, shape (players, columns).
        near: what share of the largest is no effect.
    """
    import numpy as np

    none = true <= near * true.max(axis=0)
    said = sizes <= near * sizes.max(axis=0)
    asked = none.any(axis=0) & ~none.all(axis=0)
    with np.errstate(invalid="ignore"):
        share = (none & said).sum(axis=0) / none.sum(axis=0)
    return np.where(asked, share, np.nan)
