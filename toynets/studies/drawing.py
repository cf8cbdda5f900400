"""The standings of a contest as a figure."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from toynets.errors import ToynetsError

if TYPE_CHECKING:
    from toynets.studies.standings import Contest, Standing

FORMATS = ("svg", "png", "pdf")
# Two marks that differ in shape as well as in colour.
SINGLE, JOINT = ("o", "#1b6ca8"), ("D", "#d1782c")


def draw_contest(contest: Contest, form: str) -> bytes:
    """Draw a panel for each kind of player: who predicts single and joint ablations how well.

    Args:
        contest: what was found.
        form: `svg`, `png` or `pdf`.

    Raises:
        ToynetsError: another form.
    """
    if form not in FORMATS:
        raise ToynetsError(
            f"a figure is written as {', '.join(FORMATS)}, but got {form!r}.",
            fix="end the name of the file in .svg.",
        )
    import matplotlib
    from matplotlib.figure import Figure  # no pyplot: no window, and nothing kept

    standings = [contest.standings[of] for of in contest.of]
    most = max(map(len, standings))
    figure = Figure(figsize=(1 + 4.6 * len(standings), 1.4 + 0.24 * most), layout="constrained")
    panels = figure.subplots(1, len(standings), squeeze=False)[0]
    for of, panel, rows in zip(contest.of, panels, standings, strict=True):
        _panel(panel, rows)
        panel.set_title(f"ablation of {of}")
    marks = panels[0].get_legend_handles_labels()
    figure.legend(*marks, loc="outside lower center", ncols=2)
    figure.suptitle(f"Who predicts ablations? Rank correlation, {len(contest.networks)} networks")
    written = BytesIO()
    # Neither date nor random names: the same contest gives the same file.
    with matplotlib.rc_context({"svg.hashsalt": "toynets", "svg.fonttype": "none"}):
        when = {} if form == "png" else {"Date" if form == "svg" else "CreationDate": None}
        figure.savefig(written, format=form, dpi=120, metadata=when)
    return written.getvalue()


def _panel(panel, rows: tuple[Standing, ...]) -> None:  # type: ignore[no-untyped-def]  # an Axes
    places = range(len(rows), 0, -1)
    for place, row in zip(places, rows, strict=True):
        pair = [v for v in (row.single, row.joint) if v is not None]
        panel.plot([min(pair), max(pair)], [place, place], color="#bbbbbb", zorder=1)
    for label, measure, (marker, colour) in (
        ("single", "single", SINGLE),
        ("sets of one or two", "joint", JOINT),
    ):
        known = [(getattr(row, measure), place) for place, row in zip(places, rows, strict=True)]
        known = [(value, place) for value, place in known if value is not None]
        panel.scatter(*zip(*known, strict=True), marker=marker, color=colour, label=label, zorder=2)
    panel.axvline(0, color="#888888", linewidth=0.8, zorder=0)
    panel.set_xlim(-1.05, 1.05)
    panel.set_yticks(list(places), [row.name for row in rows], fontsize="small")
