"""Three units of one input added up: what enters, what leaves, what each adds, and the sum."""

from __future__ import annotations

from toynets import load
from toynets.plots import Figure, Style, build_up, plot

NETWORKS = ("fit-1d",)


@plot
def figure(*, style: Style) -> Figure:
    """Return the figure."""
    entry = load("fit-1d")
    return build_up(
        entry.network,
        entry.explanation,
        domain=entry.task.domain,
        style=style,
        name="build_up_1d",
    )


if __name__ == "__main__":
    figure().save(".")
