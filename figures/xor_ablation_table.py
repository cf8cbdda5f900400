"""XOR without each of its units: stated, derived and measured side by side."""

from __future__ import annotations

from toynets import load
from toynets.plots import Figure, Style, ablation_table, plot

NETWORKS = ("xor-sum",)


@plot
def figure(*, style: Style) -> Figure:
    """Return the figure."""
    entry = load("xor-sum")
    return ablation_table(
        entry.network,
        entry.explanation,
        domain=entry.task.domain,
        interventions=["", "h1 = 0", "h2 = 0", "h1, h2 = 0"],
        style=style,
        name="xor_ablation_table",
    )


if __name__ == "__main__":
    figure().save(".")
