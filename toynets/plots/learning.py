"""Learning curves: the loss of several trainings of one task over the steps of descent."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from toynets.errors import ToynetsError
from toynets.plots.courses import LOOKS, draw_curves, keys_of
from toynets.plots.crowds import crowd, in_plural
from toynets.plots.figure import Figure, finish
from toynets.plots.numbers import printed
from toynets.plots.style import Style, plot

if TYPE_CHECKING:
    from toynets.training import Training

MOST_POINTS = 120  # of a curve; a training has thousands of steps
FLOOR = 1e-12  # what is less is drawn there: a loss of 0 has no place among powers of ten
SOLVED = 0.01  # an output so near to its target has learnt it
PANEL = 40.0  # mm


def points_of(losses: Sequence[float], final: float) -> list[tuple[int, float]]:
    """Return (step, loss before it), the steps the further apart the later, and what is left after.

    Args:
        losses: before each step; the first is step 1.
        final: after the last one, as if before another.

    >>> points_of([4.0, 2.0, 1.0], 0.5)
    [(1, 4.0), (2, 2.0), (3, 1.0), (4, 0.5)]
    >>> points = points_of([1.0] * 12000, 0.5)
    >>> len(points) <= MOST_POINTS, points[0], points[-1]
    (True, (1, 1.0), (12001, 0.5))
    """
    count = len(losses)
    chosen = {round(count ** (k / (MOST_POINTS - 2))) for k in range(MOST_POINTS - 1)}
    return [
        *((step, float(losses[step - 1])) for step in sorted(chosen)),
        (count + 1, float(final)),
    ]


def steps_of(count: int) -> list[int]:
    """Return the steps that are marked: powers of ten, and the last where there is room for it.

    >>> steps_of(12000), steps_of(500)
    ([1, 10, 100, 1000, 12000], [1, 10, 100, 500])
    """
    powers = [10**k for k in range(len(str(count)))]
    return [p for p in powers if p <= 0.4 * count] + [count]


def decades(values: Sequence[float]) -> tuple[int, int, list[int]]:
    """Return the powers of ten below and above positive numbers, and at most five to be marked.

    >>> decades([0.25, 0.167]), decades([1.0, 1.0])
    ((-1, 0, [-1, 0]), (0, 1, [0, 1]))
    >>> decades([0.3, 1e-9])
    (-9, 0, [-9, -6, -3, 0])
    """
    low = math.floor(math.log10(min(values)))
    high = max(math.ceil(math.log10(max(values))), low + 1)
    stride = max(1, -(-(high - low) // 4))
    return low, high, list(range(high, low - 1, -stride))[::-1]


@plot
def learning_curves(
    trainings: Sequence[Training],
    *,
    style: Style,
    domain: str = "those of the task",
    name: str = "learning_curves",
) -> Figure:
    """Draw the loss of trainings of one task before each step, on scales of powers of ten.

    Args:
        trainings: from `toynets.train`, of one task and one architecture; at most 6.
        style: how it looks.
        domain: the inputs that they were trained on, for the caption.
        name: of the files.

    Raises:
        ToynetsError: no trainings, too many to be told apart, or of different tasks or networks.

    >>> from toynets.training import train
    >>> made = learning_curves([train("and", seed=seed, steps=200) for seed in (0, 1)])
    >>> sorted(made.numbers["final loss"]), made.numbers["steps"]
    (['seed 0', 'seed 1'], 200)
    """
    if not 1 <= len(trainings) <= len(LOOKS):
        raise ToynetsError(
            f"1 to {len(LOOKS)} learning curves can be told apart, but got {len(trainings)}.",
            fix="draw fewer seeds, or several figures.",
        )
    first = trainings[0]
    kinds = {(one.recipe["task"], one.network.text) for one in trainings}
    names = [f"seed {one.recipe['seed']}" for one in trainings]
    if len(kinds) > 1 or len(set(names)) < len(names):
        raise ToynetsError(
            "learning curves are compared of one task and one architecture, each seed once.",
            cause=f"got {'; '.join(f'{one!r}' for one in trainings)}.",
            fix="train the same task again with other seeds.",
        )
    steps = max(len(one.losses) for one in trainings)
    curves = {
        said: points_of(one.losses.tolist(), one.final_loss)
        for said, one in zip(names, trainings, strict=True)
    }
    drawn = {
        said: [(math.log10(step), math.log10(max(loss, FLOOR))) for step, loss in points]
        for said, points in curves.items()
    }
    low, high, marked = decades([10**y for points in drawn.values() for _, y in points])
    marked_steps = steps_of(steps)
    page = style.page(height_mm=PANEL + 20, natural="single")
    wide = page.width - 15 - max(page.measure(said, "small")[0] for said in names) - 5
    axes = page.axes(
        12, 11, wide, PANEL,
        across=(0, math.log10(steps + 1)), up=(low, high),
        ticks_across=[math.log10(k) for k in marked_steps],
        labels_across=list(map(str, marked_steps)),
        ticks_up=marked, labels_up=[printed(10.0**k) for k in marked],
        name_up=f"loss ({first.recipe['loss']})",
    )  # fmt: skip
    page.text(12 + wide / 2, 3.5, "step of descent", size="small", colour="muted")
    draw_curves(page, axes, drawn, right=1.05 * math.log10(steps + 1))
    solved = sum(one.max_error <= SOLVED for one in trainings)
    ends = {said: one.final_loss for said, one in zip(names, trainings, strict=True)}
    best, worst = min(ends, key=lambda s: ends[s]), max(ends, key=lambda s: ends[s])
    low_end, high_end = printed(ends[best]), printed(ends[worst])
    ended = f"{best} ends lowest, at {low_end}, {worst} highest, at {high_end}"
    if low_end == high_end:  # to the digits that are printed there is no lowest
        ended = f"{'it ends' if len(ends) == 1 else 'all end'} at {low_end}"
    task = first.recipe["task"]
    many = crowd(
        task, [one.network.hash for one in trainings], domain,
        text=f"{len(trainings)} trainings of {first.network.text}",
    )  # fmt: skip
    numbers: dict[str, Any] = {
        "curves": {said: [list(p) for p in points] for said, points in curves.items()},
        "final loss": ends,
        "largest error": {s: one.max_error for s, one in zip(names, trainings, strict=True)},
        "seeds": [one.recipe["seed"] for one in trainings],
        "steps": steps,
        "ticks": {"steps": marked_steps, "loss": [10.0**k for k in marked]},
    }
    made = finish(
        page,
        name,
        numbers=numbers | {"solved": solved, "trainings": len(trainings), "tolerance": SOLVED},
        claim=f"The loss of {len(trainings)} trainings of {task} before each of {steps} steps, "
        f"both on scales of powers of ten: {ended}. {solved} of {len(trainings)} "
        f"{'ends' if solved == 1 else 'end'} within {printed(SOLVED)} of every target.",
        alt=f"{len(trainings)} curves of the loss of {task} against the steps of training; "
        f"{solved} of them end at a network that has learnt it.",
        description=" ".join(
            f"{said} goes from {printed(points[0][1])} to {printed(points[-1][1])}."
            for said, points in curves.items()
        )
        + f" A loss below {FLOOR:.0e} is drawn there.",
        shows=[many],
        keys=keys_of(style, names),
    )
    return in_plural(made, many)
