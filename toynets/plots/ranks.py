"""Rank stability: where many trainings put each input, by each score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from toynets.errors import ToynetsError, unknown
from toynets.plots.figure import Figure, Key, Shown, finish
from toynets.plots.numbers import printed
from toynets.plots.style import Style, plot

if TYPE_CHECKING:
    from toynets.plots.page import Page

ROW = 3.9  # mm


def rows_of(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return one dict a score: name, both, stability, ranks; the most often right first.

    Args:
        found: score -> a record with `both`, `stability` and `ranks` (`Setting.found`), or a dict.

    >>> rows_of({"a": {"both": 0, "stability": 1, "ranks": {"v1": 1}}})[0]["name"]
    'a'
    """
    rows = [
        {"name": name, **(one if isinstance(one, Mapping) else vars(one))}
        for name, one in found.items()
    ]
    return sorted(rows, key=lambda row: (-row["both"], row["name"]))


def draw_ranks(
    page: Page,
    x: float,
    top: float,
    names: float,
    width: float,
    rows: Sequence[Mapping[str, Any]],
    matter: Sequence[str],
    bait: str = "",
) -> float:
    """Draw a row a score: the mean rank of every input as a mark; return the lower edge.

    Args:
        page: where.
        x, top: the upper left corner, in mm.
        names: room for the names of the scores; 0 leaves them out.
        width: of the plot, in mm.
        rows: from `rows_of`.
        matter: the inputs that decide: filled.
        bait: one input that is shown as well: a triangle.
    """
    count = len(rows[0]["ranks"])
    low = top - ROW * len(rows)
    axes = page.axes(
        x + names,
        low,
        width,
        ROW * len(rows),
        across=(0.3, count + 0.7),
        up=(-len(rows), 0),
        ticks_across=ticks_of(count),
    )
    axes.spines["left"].set_visible(False)
    for k, row in enumerate(rows):
        middle = -(k + 0.5)
        if names:
            page.text(x + names - 1.5, top + middle * ROW, row["name"], size="small", align="right")
        page.line([1, count], [middle] * 2, axes=axes, colour="rule", width="thin", order=0.5)
        for name, rank in row["ranks"].items():
            if name not in matter and name != bait:
                page.line([rank] * 2, [middle - 0.22, middle + 0.22], axes=axes, colour="faint")
        if bait:
            page.marker(row["ranks"][bait], middle, kind="^", points=4.0, fill="paper", axes=axes)
        for name in matter:
            page.marker(
                row["ranks"][name], middle, points=3.6, fill="positive", edge="positive", axes=axes
            )
        share = f"{printed(round(100 * row['both']))} %"
        page.text(x + names + width + 8.2, top + middle * ROW, share, size="small", align="right")
    return low


def ticks_of(count: int) -> list[int]:
    """Return the ranks that are marked: the first, the middle and the last.

    >>> ticks_of(14), ticks_of(3), ticks_of(2)
    ([1, 7, 14], [1, 3], [1, 2])
    """
    return sorted({1, count // 2, count}) if count > 3 else [1, count]


def legend(page: Page, x: float, y: float, matter: Sequence[str], bait: str = "") -> None:
    """Write which mark is which input."""
    few = ", ".join(matter) if len(matter) <= 3 else f"{len(matter)} inputs"
    marks: list[tuple[str, dict[str, Any]]] = [
        (f"{few}, which decide{'' if len(matter) > 1 else 's'}",
         {"points": 3.8, "fill": "positive", "edge": "positive"}),
        *([(bait, {"kind": "^", "points": 4.2, "fill": "paper"})] if bait else []),
    ]  # fmt: skip
    for said, look in marks:
        page.marker(x, y, **look)
        page.text(x + 2, y, said, size="small", align="left", colour="muted")
        x += page.measure(said, "small")[0] + 7
    page.line([x - 1.5, x - 1.5], [y - 1, y + 1], colour="faint")
    page.text(x, y, "another input", size="small", align="left", colour="muted")


@plot
def rank_stability(
    found: Mapping[str, Any],
    *,
    style: Style,
    matter: Sequence[str],
    bait: str = "",
    shows: Sequence[Shown] = (),
    name: str = "rank_stability",
) -> Figure:
    """Draw the mean rank of every input by each score, over many trainings.

    Args:
        found: score -> record or dict with `both`, `stability`, `ranks`.
        style: how it looks.
        matter: the inputs that decide.
        bait: an input to be shown besides.
        shows: the trainings, for the caption.
        name: of the files.

    Raises:
        ToynetsError: no scores, or a name that is not ranked.

    >>> ranks = {"v1": 1.0, "v2": 2.5, "v3": 2.5}
    >>> made = rank_stability({"s": {"both": 1, "stability": 1, "ranks": ranks}}, matter=["v1"])
    >>> made.numbers["s"]["both"]
    1
    """
    if not found:
        raise ToynetsError("there are no scores to draw.")
    rows = rows_of(found)
    for one in (*matter, *([bait] if bait else [])):
        if one not in rows[0]["ranks"]:
            raise ToynetsError(unknown("input", one, "the ranking", rows[0]["ranks"]))
    page = style.page(height_mm=ROW * len(rows) + 22, natural="single")
    names = max(page.measure(row["name"], "small")[0] for row in rows) + 2.5
    wide = page.width - names - 11.5
    page.text(names + wide + 9.2, page.height - 3, "right", size="small", align="right",
              colour="muted")  # fmt: skip
    low = draw_ranks(page, 1, page.height - 5.5, names, wide, rows, matter, bait)
    page.text(1 + names + wide / 2, low - 6.5, "mean rank of the input", size="small",
              colour="muted")  # fmt: skip
    legend(page, 3, 2.8, matter, bait)
    best = rows[0]
    besides = f"; triangle: {bait}" if bait else ""
    verb = "decide" if len(matter) > 1 else "decides"
    return finish(
        page,
        name,
        numbers={
            r["name"]: {
                "both": r["both"],
                "percent": round(100 * r["both"]),
                "stability": r["stability"],
                "ranks": dict(r["ranks"]),
            }
            for r in rows
        }
        | {"ticks": ticks_of(len(best["ranks"])), "inputs": len(best["ranks"])},
        claim=f"Mean rank of each of {len(best['ranks'])} inputs by {len(rows)} scores; filled: "
        f"{', '.join(matter)}, which {verb}{besides}. Right: the "
        "share of the trainings in which a score puts exactly those first; of "
        f"{best['name']} it is {printed(round(100 * best['both']))} %.",
        alt=f"A row for each of {len(rows)} scores with the mean rank of every input; the inputs "
        "that decide are filled dots, at the left where the score is right.",
        description=" ".join(f"{r['name']}: {printed(round(100 * r['both']))} %." for r in rows),
        shows=shows,
        keys=(Key("decides", style.colour("positive"), "none", "o"),),
    )
