"""The contest of scores as a rank plot: how well each predicts what ablation really does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from string import ascii_lowercase
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
        page.text(
            x + names - 1.5, top + middle * ROW, name_of(row),
            size="small", align="right", bold=explained,
        )  # fmt: skip
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


def name_of(row: Mapping[str, Any]) -> str:
    """Return what a score is called in the picture, and so in what is said of it.

    >>> name_of({"name": "explanation: derived effects"}), name_of({"name": "olden"})
    ('explained: derived', 'olden')
    """
    name = str(row["name"])
    return SHORTER.get(name, name)


def marks_of(row: Mapping[str, Any]) -> str:
    """Write where the markers of a score stand, and their mean, by which the rows are ordered.

    >>> marks_of({"single": 0.5, "by_kind": {"zero": 0.25, "mean": 0.75, "resample": None}})
    'zero 0.25, mean 0.75; on average 0.5'
    >>> marks_of({"single": 0.4, "by_kind": {"cut": 0.4}})
    'cut 0.4'
    """
    marks = [f"{kind} {printed(v)}" for kind, v in row["by_kind"].items() if v is not None]
    average = f"; on average {printed(row['single'])}" if len(marks) > 1 else ""
    return ", ".join(marks) + average


@plot
def contest(
    standings: Sequence[Any] | Mapping[str, Sequence[Any]],
    *,
    style: Style,
    of: str = "units",
    shows: Sequence[Shown] = (),
    name: str = "contest",
) -> Figure:
    """Draw how well each score of a contest agrees with what ablation does.

    Args:
        standings: of `Contest.standings[of]`, or records of them; or `Contest.standings` itself,
            for a panel of each kind of player.
        style: how it looks.
        of: what was scored, for the caption.
        shows: the networks, for the caption.
        name: of the files.

    Raises:
        ToynetsError: nothing that competed.

    >>> rows = [{"name": "olden", "single": 0.4, "by_kind": {"zero": 0.4}, "reads": "weights"}]
    >>> contest(rows).numbers["olden"]
    {'single': 0.4, 'zero': 0.4}
    >>> sorted(contest({"units": rows, "inputs": rows}).numbers["inputs"])
    ['olden', 'ticks']
    """
    given = standings if isinstance(standings, Mapping) else {of: standings}
    ranked = {k: [r for r in rows_of(rows) if r["single"] is not None] for k, rows in given.items()}
    panels = {kind: rows for kind, rows in ranked.items() if rows}
    if not panels:
        raise ToynetsError(
            f"no score of {' or '.join(given)} has a standing.",
            cause="there are no two of them, or removing any does the same: nothing to rank.",
            fix="hold the contest over other networks.",
        )
    several = len(panels) > 1
    most = max(map(len, panels.values()))
    page = style.page(
        height_mm=ROW * most + (23 if several else 18.5), natural="double" if several else "single"
    )
    kinds = {of: list(rows[0]["by_kind"]) for of, rows in panels.items()}
    room = (page.width - 1) / len(panels)
    numbers: dict[str, Any] = {}
    for k, (kind, rows) in enumerate(panels.items()):
        names = max(page.measure(name_of(row), "small", bold=True)[0] for row in rows) + 2.5
        left, top = 1 + room * k, page.height - (7.5 if several else 3)
        if several:
            page.letter(left + 1, page.height - 4, ascii_lowercase[k], kind)
        draw_contest(page, left, top, names, room - names - 5, rows)
        legend(page, left + (2 if several else 9), 2.6, kinds[kind])  # a mark is of its panel
        numbers[kind] = {
            row["name"]: {"single": row["single"]}
            | {k: v for k, v in row["by_kind"].items() if v is not None}
            for row in rows
        } | {"ticks": ticks_of(rows)}
    page.text(
        page.width / 2, 7.5, "agreement in rank with what ablation does",
        size="small", colour="muted",
    )  # fmt: skip
    first = {
        kind: next((r for r in rows if not r["name"].startswith("explanation")), rows[0])
        for kind, rows in panels.items()
    }
    best = "; ".join(
        f"of {kind} {name_of(r)}: {marks_of(r)}" if several else f"{name_of(r)}: {marks_of(r)}"
        for kind, r in first.items()
    )
    nobody = " and ".join(of for of, rows in ranked.items() if not rows)
    *others, last = panels
    players = f"{', '.join(others)} and {last}" if others else last
    rows = panels[last]
    seen = f"a rank plot of {len(rows)} scores of {last} against what ablation does; the first is "
    seen += f"{name_of(rows[0])}, the last {name_of(rows[-1])}."
    if several:
        seen = (
            f"rank plots of scores of {players} against what ablation does, the best score first."
        )
    return finish(
        page,
        name,
        numbers=numbers if several else numbers[next(iter(panels))],
        claim=f"How well {', '.join(str(len(r)) for r in panels.values())} scores of {players} "
        f"agree in rank (Spearman) with what removing each really does; the best that is no "
        f"explanation is {best}.{f' Of {nobody} nothing can be ranked.' if nobody else ''}",
        alt=seen[0].upper() + seen[1:],
        description=" ".join(
            f"{name_of(r)}{f' of {kind}' if several else ''}: {marks_of(r)}."
            for kind, rows in panels.items()
            for r in rows
        ),
        shows=shows,
        keys=keys_of(style, max(kinds.values(), key=len)),
    )
