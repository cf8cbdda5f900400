"""Labels on edges: of all places along each edge, those that no label shares, found by search.

Every label is tried at many places along its edge, on the line and on both sides of it. A place is
forbidden where the label's box, measured in the font that is printed, touches a unit or other fixed
text. Of two labels no pair of places may touch. The search is exact and has no chance in it: a
greedy start is improved until no label can be moved to a better free place; where labels still
collide, the ones in the way are taken back and placed again.
"""

from __future__ import annotations

from collections.abc import Sequence

from toynets.fields import record

Box = tuple[float, float, float, float]  # left, bottom, right, top
Point = tuple[float, float]
STEPS = 41  # places along an edge
GAP = 0.35  # mm between boxes


@record(frozen=True)
class Label:
    """A label to be placed.

    Attributes:
        start, end: of the part of the edge on which it may stand, in mm.
        width, height: of its box, in mm.
        ideal: the share of the way at which it would best stand.
    """

    start: Point
    end: Point
    width: float
    height: float
    ideal: float = 0.5


@record(frozen=True)
class Place:
    """Where a label may stand: its centre, its box, and what is wrong with that place."""

    x: float
    y: float
    box: Box
    cost: float


def touching(a: Box, b: Box, gap: float = 0.0) -> bool:
    """Whether two boxes are nearer to each other than `gap`.

    >>> touching((0, 0, 1, 1), (2, 0, 3, 1)), touching((0, 0, 1, 1), (0.5, 0.5, 3, 1))
    (False, True)
    """
    return a[0] < b[2] + gap and b[0] < a[2] + gap and a[1] < b[3] + gap and b[1] < a[3] + gap


def crosses(start: Point, end: Point, box: Box) -> bool:
    """Whether a segment that is not upright meets a box.

    >>> crosses((0, 0), (2, 2), (0.5, 0.5, 1, 1)), crosses((0, 0), (2, 0), (0.5, 0.5, 1, 1))
    (True, False)
    """
    (x0, y0), (x1, y1) = (start, end) if start[0] <= end[0] else (end, start)
    left, right = (box[0] if box[0] > x0 else x0), (box[2] if box[2] < x1 else x1)
    if left > right:
        return False
    slope = (y1 - y0) / (x1 - x0)
    a, b = y0 + (left - x0) * slope, y0 + (right - x0) * slope
    return (a >= box[1] or b >= box[1]) and (a <= box[3] or b <= box[3])


def places(
    label: Label, others: Sequence[tuple[Point, Point]], fixed: Sequence[Box]
) -> list[Place]:
    """Return where a label may stand, the best first.

    Args:
        label: to be placed.
        others: the other edges; a label on top of one is hard to assign, so that costs.
        fixed: boxes that it must not touch.
    """
    (x0, y0), (x1, y1) = label.start, label.end
    found = []
    for k in range(STEPS):
        t = 0.04 + 0.92 * k / (STEPS - 1)
        for side in (0, 1, -1) if k % 3 == 0 else (0,):
            x = x0 + t * (x1 - x0)
            y = y0 + t * (y1 - y0) + side * (label.height / 2 + GAP)
            box = (
                x - label.width / 2,
                y - label.height / 2,
                x + label.width / 2,
                y + label.height / 2,
            )
            if any(touching(box, one, GAP) for one in fixed):
                continue
            crossed = sum(crosses(a, b, box) for a, b in others)
            cost = abs(t - label.ideal) + 1.1 * crossed + (0.9 if side else 0.0)
            found.append(Place(x, y, box, cost))
    return sorted(found, key=lambda p: (p.cost, p.x, p.y))


def arrange(labels: Sequence[Label], fixed: Sequence[Box]) -> list[Place] | None:
    """Return a place for each label so that none touches another; None where none was found.

    Args:
        labels: to be placed, each on its edge.
        fixed: boxes of units and other text.

    >>> made = arrange([Label((0, 0), (20, 10), 4, 2), Label((0, 10), (20, 0), 4, 2)], [])
    >>> made is not None and not touching(made[0].box, made[1].box)
    True
    """
    edges = [(label.start, label.end) for label in labels]
    choices = [
        places(label, [e for j, e in enumerate(edges) if j != k], fixed)
        for k, label in enumerate(labels)
    ]
    if any(not options for options in choices):
        return None
    order = sorted(range(len(labels)), key=lambda k: (len(choices[k]), k))
    chosen: dict[int, int] = {}
    taken_back = [0] * len(labels)
    pending = list(order)
    for _ in range(60 * len(labels) + 60):
        if not pending:
            break
        k = pending.pop(0)
        best = _least(k, choices, chosen, taken_back)
        for j in [j for j in chosen if _meet(choices, k, best, j, chosen[j])]:
            taken_back[j] += 1
            del chosen[j]
            pending.append(j)
        chosen[k] = best
    if pending:
        return None
    _improve(choices, chosen)
    return [choices[k][chosen[k]] for k in range(len(labels))]


def _meet(choices: list[list[Place]], k: int, i: int, j: int, m: int) -> bool:
    return touching(choices[k][i].box, choices[j][m].box, GAP)


def _least(
    k: int, choices: list[list[Place]], chosen: dict[int, int], taken_back: list[int]
) -> int:
    """Return the free place of least cost, or the one that drives the fewest labels away."""
    least, best = float("inf"), 0
    for i, place in enumerate(choices[k]):
        if place.cost >= least:
            break  # the best come first, and nobody is in the way of a negative amount
        cost = place.cost
        for j, m in chosen.items():
            if _meet(choices, k, i, j, m):
                cost += 2.0 + taken_back[j]  # who was driven away often stays
        if cost < least:
            least, best = cost, i
    return best


def _improve(choices: list[list[Place]], chosen: dict[int, int]) -> None:
    """Move labels to better free places until none moves."""
    for _ in range(8):
        moved = False
        for k in sorted(chosen):
            for i in range(chosen[k]):
                if not any(_meet(choices, k, i, j, m) for j, m in chosen.items() if j != k):
                    chosen[k] = i
                    moved = True
                    break
        if not moved:
            return
