"""The house figure: XOR with every weight printed on its edge, sign by dash and by minus."""

from __future__ import annotations

from toynets import load
from toynets.plots import Figure, Style, diagram, plot

NETWORKS = ("xor-sum",)


@plot
def figure(*, style: Style) -> Figure:
    """Return the figure."""
    entry = load("xor-sum")
    return diagram(
        entry.network,
        entry.explanation,
        domain=entry.task.domain,
        style=style,
        name="labelled_network",
    )


if __name__ == "__main__":
    figure().save(".")
