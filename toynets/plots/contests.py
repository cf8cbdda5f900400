"""The contest of scores as a rank plot: how well each predicts what ablation really does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from toynets.errors import ToynetsError
from toynets.plots.figure import Figure, Key, Shown, finish
from toynets.plots.numbers import printed
from toynets.plots.style import Style, plot

if TYPE_CHECKING:
    from toynets.plots.page import Page

ROW = 3.9  # mm
# kind of ablation -> (marker, fill, edge, size in points). Where several are in one place, each is
# seen around the one before it.
LOOKS = {
    "zero": ("o", "positive", "positive", 2.0),
    "mean": ("s", "paper", "ink", 3.6),
    "resample": ("D", "paper", "muted", 5.2),
    "cut": ("o", "positive", "positive", 2.0),
    "flip": ("s", "paper", "ink", 3.6),
}
LEAST = -0.3  # where the axis begins, or further left where a score is more wrong than that
SHORTER = {
    "explanation: derived effects": "explained: derived",
    "explanation: roles and signs": "explained: in words",
    "permutation (derangements)": "permutation, deranged",
}


def rows_of(standings: Sequence[Any]) -> list[dict[str, Any]]:
    """Return one dict a score, best first, of records (`Standing`) or of what was recorded of them.

    >>> rows_of([{"name": "olden", "single": 0.4, "by_kind": {"zero": 0.4}, "reads": "weights"}])
    [{'name': 'olden', 'single': 0.4, 'by_kind': {'zero': 0.4}, 'reads': 'weights'}]
    """
    keys = ("name", "single", "by_kind", "reads")
    plain = [one if isinstance(one, Mapping) else vars(one) for one in standings]
    rows = [{key: row[key] for key in keys} for row in plain]
    return sorted(rows, key=lambda row: -(row["single"] if row["single"] is not None else -2.0))


def ticks_of(rows: Sequence[Mapping[str, Any]]) -> list[float]:
    """Return what is marked of the scale: from 0 to 1, and below 0 as far as there is something.

    >>> ticks_of([{"by_kind": {"zero": -0.6, "mean": None}}])
    [-0.5, 0, 0.5, 1]
    """
    values = [v for row in rows for v in row["by_kind"].values() if v is not None]
    return [*(at for at in (-1, -0.5) if min(values, default=0.0) - 0.08 <= at), 0, 0.5, 1]


def draw_contest(
    page: Page, x: float, top: float, names: float, width: float, rows: Sequence[Mapping[str, Any]]
) -> float:
    """Draw a row a score: its name, and a marker for each kind of ablation; return the lower edge.

    Args:
        page: where.
        x, top: the upper left corner, in mm.
        names: room for the names, in mm.
        width: of the plot, in mm.
        rows: from `rows_of`.
    """
    low = top - ROW * len(rows)
    ticks = ticks_of(rows)
    values = [v for row in rows for v in row["by_kind"].values() if v is not None]
    axes = page.axes(
        x + names,
        low,
        width,
        ROW * len(rows),
        across=(min(LEAST, *(v - 0.08 for v in values)), 1.08),
        up=(-len(rows), 0),
        ticks_across=ticks,
    )
    for at in ticks:
        page.line([at, at], [-len(rows), 0], axes=axes, colour="rule", width="thin", order=0.5)
    axes.spines["left"].set_visible(False)
    for k, row in enumerate(rows):
        middle = -(k + 0.5)
        explained = row["name"].startswith("explanation")
        said = SHORTER.get(row["name"], row["name"])
        page.text(
            x + names - 1.5, top + middle * ROW, said, size="small", align="right", bold=explained
        )
        points = {kind: v for kind, v in row["by_kind"].items() if v is not None}
        if points:
            page.line(
                [min(points.values()), max(points.values())],
                [middle] * 2,
                axes=axes,
                colour="faint",
                width="thin",
            )
        for kind, value in points.items():
            shape, fill, edge, size = LOOKS[kind]
            page.marker(
                value, middle, kind=shape, points=size, fill=fill, edge=edge, axes=axes,
                order=6 - size / 10,
            )  # fmt: skip
    return low


def keys_of(style: Style, kinds: Sequence[str]) -> tuple[Key, ...]:
    """Return the keys of the markers of some kinds of ablation."""
    return tuple(Key(kind, style.colour(LOOKS[kind][2]), "none", LOOKS[kind][0]) for kind in kinds)


def legend(page: Page, x: float, y: float, kinds: Sequence[str]) -> None:
    """Write which marker is which kind of ablation."""
    for kind in kinds:
        shape, fill, edge, size = LOOKS[kind]
        page.marker(x, y, kind=shape, points=size, fill=fill, edge=edge)
        page.text(x + 2.2, y, kind, size="small", align="left", colour="muted")
        x += page.measure(kind, "small")[0] + 7.2


@plot
def contest(
    standings: Sequence[Any],
    *,
    style: Style,
    of: str = "units",
    shows: Sequence[Shown] = (),
    name: str = "contest",
) -> Figure:
    """Draw how well each score of a contest agrees with what ablation does.

    Args:
        standings: of `Contest.standings[of]`, or records of them.
        style: how it looks.
        of: what was scored, for the caption.
        shows: the networks, for the caption.
        name: of the files.

    Raises:
        ToynetsError: nothing that competed.

    >>> rows = [{"name": "olden", "single": 0.4, "by_kind": {"zero": 0.4}, "reads": "weights"}]
    >>> contest(rows).numbers["olden"]
    {'single': 0.4, 'zero': 0.4}
    """
    rows = [row for row in rows_of(standings) if row["single"] is not None]
    if not rows:
        raise ToynetsError(
            f"no score of {of} has a standing.",
            cause="there are no two of them, or removing any does the same: nothing to rank.",
            fix="hold the contest over other networks.",
        )
    kinds = list(rows[0]["by_kind"])
    page = style.page(height_mm=ROW * len(rows) + 18.5, natural="single")
    said = [SHORTER.get(row["name"], row["name"]) for row in rows]
    names = max(page.measure(one, "small", bold=True)[0] for one in said) + 2.5
    draw_contest(page, 1, page.height - 3, names, page.width - names - 6, rows)
    page.text(
        page.width / 2, 7.5, "agreement in rank with what ablation does",
        size="small", colour="muted",
    )  # fmt: skip
    legend(page, 10, 2.6, kinds)
    best = next((r for r in rows if not r["name"].startswith("explanation")), rows[0])
    return finish(
        page,
        name,
        numbers={
            row["name"]: {"single": row["single"]}
            | {k: v for k, v in row["by_kind"].items() if v is not None}
            for row in rows
        }
        | {"ticks": ticks_of(rows)},
        claim=f"How well {len(rows)} scores of {of} agree in rank (Spearman) with what removing "
        f"each really does; the best score that is no explanation is {best['name']}, "
        f"{printed(best['single'])}.",
        alt=f"A rank plot of {len(rows)} scores of {of} against what ablation does; the first is "
        f"{rows[0]['name']}, the last {rows[-1]['name']}.",
        description=" ".join(f"{r['name']}: {printed(r['single'])}." for r in rows),
        shows=shows,
        keys=keys_of(style, kinds),
    )
