"""XOR from input to output on all four rows, with the arithmetic of every unit."""

from __future__ import annotations

from toynets import load
from toynets.plots import Figure, Style, plot, trace

NETWORKS = ("xor-sum",)


@plot
def figure(*, style: Style) -> Figure:
    """Return the figure."""
    entry = load("xor-sum")
    return trace(
        entry.network,
        entry.explanation,
        domain=entry.task.domain,
        style=style,
        name="truth_table_trace",
    )


if __name__ == "__main__":
    figure().save(".")
