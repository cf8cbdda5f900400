"""The effect of cutting each single edge and bias of XOR, on each input."""

from __future__ import annotations

import toynets
from toynets.plots import Figure, Style, plot
from toynets.plots.effects import ablation_matrix

NETWORKS = ("xor-sum",)


@plot
def figure(*, style: Style) -> Figure:
    """Draw the figure."""
    entry = toynets.load("xor-sum")
    return ablation_matrix(
        entry.network,
        domain=entry.task.domain,
        ablation="cut",
        explanation=entry.explanation,
        style=style,
        name="edge_ablation_matrix",
    )


if __name__ == "__main__":
    figure().save(".", force=True)
