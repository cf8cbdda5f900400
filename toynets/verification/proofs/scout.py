"""Branch and bound in floating point, many boxes at once.

Boxes on which a goal is not yet certain are cut in half, those of a round all at once. The bounds
hold in exact arithmetic (`enclosing`), so that a cover that is found is a proof, of which there is
no certificate; or its cuts are handed to the exact side, which proves each leaf in rationals.
Points at which a goal seems to fail are looked for in every round, at corners and centres and
downhill from the lowest: without them a false claim would be cut until a limit is reached.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from toynets.fields import field, record
from toynets.rationals import Rational, from_float
from toynets.verification.proofs.enclosing import Enclosure
from toynets.verification.proofs.tree import Tree

MARGIN = 1e-9  # what the exact side needs, whose slopes are short
LARGEST = 256  # boxes of a round: more do not stay in the cache
WIDE = 64  # boxes: up to there a box is cut twice in a round
HOPELESS = 1_000  # boxes without one on which everything is certain
LOWEST = 4  # points from which the search goes on downhill
STEPS = 3  # of it, in the first rounds; later one
FIRST = 2  # rounds
SHARES = (1.0, 0.25, 0.0625)  # of the way to the border


@record
class Scouted:
    """What a scout found.

    Attributes:
        tree: the cuts, where they were asked for.
        points: (point, goal) at which a goal seems to fail.
        certain: whether every goal holds on every leaf.
        boxes: how many were bounded.
        leaves: how many of them are leaves.
        limit: which limit was reached.
    """

    tree: Tree = field(default_factory=Tree)
    points: list[tuple[tuple[Rational, ...], int]] = field(default_factory=list)
    certain: bool = False
    boxes: int = 0
    leaves: int = 0
    limit: str = ""


class Scout:
    """Searches the box of one enclosure.

    Args:
        enclosure: of a program and its goals.
        confirm: called with a point and a goal that seems to fail there: whether it does. The
            search goes on where it does not.
        margin: how far above 0 a goal has to be; 0 is enough for a proof.
        most: boxes at most.
        seconds: of processor time at most.
        step: called with the number of boxes done.
        record: whether to keep the cuts.
    """

    def __init__(
        self,
        enclosure: Enclosure,
        confirm: Callable[[tuple[Rational, ...], int], bool],
        *,
        margin: float = 0.0,
        most: int,
        seconds: float,
        step: Callable[[int], None] | None = None,
        record: bool = False,
    ) -> None:
        self.np = enclosure.np
        self.enclosure = enclosure
        self.confirm = confirm
        self.margin = margin
        self.most = most
        self.seconds = seconds
        self.step = step
        self.record = record
        self.found = Scouted()

    def run(self) -> Scouted:
        """Cut the box until every goal is certain on every leaf."""
        np, enclosure, found = self.np, self.enclosure, self.found
        began = time.process_time()
        low, high = enclosure.low, enclosure.high
        numbers = np.zeros(1, dtype=int)
        waiting = [(low, high, numbers)]
        total, rounds = 1, 0  # nodes of the tree
        while waiting:
            low, high, numbers = waiting.pop()
            if low.shape[1] > LARGEST:
                waiting.append((low[:, LARGEST:], high[:, LARGEST:], numbers[LARGEST:]))
                low, high, numbers = low[:, :LARGEST], high[:, :LARGEST], numbers[:LARGEST]
            found.boxes += low.shape[1]
            bounds, slopes, matter = enclosure.bounds(low, high)
            good = self._good(bounds)
            found.leaves += int(good.sum())
            if good.all():
                continue
            rounds += 1
            steps = STEPS if rounds <= FIRST else 1
            near = self._failing(bounds, slopes, low, high, steps)
            if found.points:
                return found
            found.limit = self._limit(began) or near
            if found.limit:
                return found
            left = ~good
            low, high, numbers, matter = low[:, left], high[:, left], numbers[left], matter[:, left]
            for _ in range(2 if low.shape[1] <= WIDE and not self.record else 1):
                halves = self._cut(low, high, numbers, matter, total)
                if halves is None:
                    found.limit = "a box that floating point cannot cut"
                    return found
                low, high, numbers, matter = halves
                total += low.shape[1]
            waiting.append((low, high, numbers))
            if self.step is not None:
                self.step(found.boxes)
        found.certain = True
        return found

    def _good(self, bounds: Any) -> Any:
        """Return on which boxes every goal is certain."""
        np, strict = self.np, self.enclosure.strict[:, None]
        enough = bounds >= self.margin
        if self.margin == 0 and strict.any():
            enough = np.where(strict, bounds > 0, enough)
        return enough.all(axis=0)

    def _limit(self, began: float) -> str:
        found = self.found
        if found.boxes >= self.most:
            return f"{self.most} boxes"
        if self.record and found.boxes > HOPELESS and not found.leaves:
            return "no box is certain"
        if time.process_time() - began > self.seconds:
            return f"{self.seconds:g} seconds"
        return ""

    def _cut(
        self, low: Any, high: Any, numbers: Any, matter: Any, total: int
    ) -> tuple[Any, Any, Any, Any] | None:
        """Cut each box where it matters most; the upper halves come first."""
        np = self.np
        every = np.arange(low.shape[1])
        k = matter.argmax(axis=0)
        a, b = low[k, every], high[k, every]
        middle = a + (b - a) / 2
        if not ((a < middle) & (middle < b)).all():
            return None
        upper, lower = low.copy(), high.copy()
        upper[k, every] = lower[k, every] = middle
        matter = matter.copy()
        matter[k, every] /= 2
        if self.record:
            count = len(every)
            rows = zip(numbers.tolist(), k.tolist(), middle.tolist(), strict=True)
            for i, (number, where, at) in enumerate(rows):
                self.found.tree.cuts[number] = (
                    where,
                    from_float(at),
                    total + i,
                    total + count + i,
                )
        new = total + np.arange(2 * len(every))
        return (
            np.concatenate([upper, low], axis=1),
            np.concatenate([high, lower], axis=1),
            new,
            np.concatenate([matter, matter], axis=1),
        )

    def _failing(self, bounds: Any, slopes: Any, low: Any, high: Any, steps: int) -> str:
        """Look for goals that fail: where bounds come from, at centres, and downhill from both.

        Returns:
            A limit, where a goal comes so near to 0 that no bound can be above it.
        """
        np = self.np
        goal = int(bounds.min(axis=1).argmin())
        corner = np.where(np.broadcast_to(slopes[:, goal, :], low.shape) > 0, low, high)
        points = np.concatenate([corner, low + (high - low) / 2], axis=1)
        values = self.enclosure.values(points)
        goal = int(values.min(axis=1).argmin())
        slip = float(self.enclosure.slip[goal, 0])
        best = np.argsort(values[goal])[:LOWEST]
        points, lowest = points[:, best], values[goal, best]
        for number in range(steps + 1):
            for i in np.flatnonzero(lowest < -self.margin):
                point = self._exact(points[:, i])
                if self.confirm(point, goal):
                    self.found.points.append((point, goal))
                    return ""
            if lowest.min() < slip + self.margin:
                return (
                    f"a goal comes within {slip + self.margin:.1g} of failing, too near for floats"
                )
            if number == steps:
                break
            points, lowest = self._downhill(points, goal)
        return ""

    def _downhill(self, points: Any, goal: int) -> tuple[Any, Any]:
        """Go along the slope of a goal, to the border of the box, or less far, if that is lower."""
        np, e = self.np, self.enclosure
        slope = e.gradient(points, goal)
        target = np.where(slope > 0, e.low, np.where(slope < 0, e.high, points))
        way, count = target - points, points.shape[1]
        tried = np.concatenate([points, *(points + share * way for share in SHARES)], axis=1)
        values = e.values(tried)[goal].reshape(-1, count)
        best = values.argmin(axis=0) * count + np.arange(count)
        return tried[:, best], values.reshape(-1)[best]

    def _exact(self, point: Any) -> tuple[Rational, ...]:
        """Return a point as rationals, within the box as it was given."""
        pairs = zip(point.tolist(), self.enclosure.program.variables, strict=True)
        return tuple(min(max(from_float(p), v.low), v.high) for p, v in pairs)
