"""A large weight that is never active, a small one that decides, and a backup that sleeps."""

from __future__ import annotations

import math

import toynets
from toynets.plots import Figure, Style, finish, plot, printed, shown, sign_keys
from toynets.plots.cells import bar, grid
from toynets.plots.panels import kept

NETWORKS = ("dead-weight", "loud-and-quiet", "dormant-backup")
POWERS = (-10, 0, 10)  # ticks: powers of 2
GONE = (("", "nothing"), ("main = 0", "main"), ("spare = 0", "spare"), ("main, spare = 0", "both"))


def place(value: float) -> float:
    """Return where a size stands: by its logarithm to base 2; 0 at the far left."""
    return -19.0 if value == 0 else math.log2(value)


@plot
def figure(*, style: Style) -> Figure:
    """Draw the figure."""
    page = style.page(height_mm=66, natural="double")
    numbers: dict[str, object] = {
        "ticks": [f"1/{2 ** -POWERS[0]}", *(2**p for p in POWERS[1:])],
        "none": 0,
        "scale": {"limit": 3, "low": -3},
    }
    shows = []
    extremes = []
    for k, name in enumerate(NETWORKS[:2]):
        entry = toynets.load(name)
        shows.append(shown(entry))
        network = entry.network
        found = toynets.importance_of(entry, of="weights", scores=["magnitude"], ablations=["cut"])
        effect = found.effect("cut")
        weights = [a for a, v in network.numbers.items() if "->" in a and v != 0]
        left = 20 + 58.0 * k
        page.letter(left - 18, 61.5, "ab"[k], name)
        axes = page.axes(
            left,
            15,
            34,
            41,
            across=(-20.5, 11.5),
            up=(-0.6, len(weights) - 0.4),
            ticks_across=[place(0), *POWERS],
            labels_across=["0", f"1/{2 ** -POWERS[0]}", *(printed(2.0**p) for p in POWERS[1:])],
        )
        axes.spines["left"].set_visible(False)
        page.line(
            [-14.5, -14.5], [-0.6, len(weights) - 0.4], axes=axes, colour="rule", width="thin"
        )
        for i, address in enumerate(weights):
            row = len(weights) - 1 - i
            size, moved = abs(network.numbers[address]), effect[address]
            page.line([place(size), place(moved)], [row, row], axes=axes, colour="faint")
            page.marker(place(size), row, kind="s", points=5.5, fill="paper", axes=axes)
            page.marker(
                place(moved), row, kind="o", points=4.2, fill="positive", edge="positive", axes=axes
            )
            said = style.written.address(network, address)
            page.text(
                left - 1.5,
                15 + 41 * (row + 0.6) / (len(weights) + 0.2),
                said,
                size="small",
                align="right",
            )
        numbers[name] = {
            "sizes": {a: abs(network.numbers[a]) for a in weights},
            "largest effects": {a: effect[a] for a in weights},
        }
        extremes.append({a: (abs(network.numbers[a]), effect[a]) for a in weights})
    page.marker(8, 5, kind="s", points=5.5, fill="paper")
    page.text(10, 5, "size of the weight", size="small", align="left", colour="muted")
    page.marker(44, 5, kind="o", points=4.2, fill="positive", edge="positive")
    page.text(46, 5, "largest effect of cutting it", size="small", align="left", colour="muted")
    entry = toynets.load(NETWORKS[2])
    shows.append(shown(entry))
    runs = {text: toynets.ablate(entry, text) for text, _ in GONE}
    rows = [[o["y"] for o in run.outcomes] for run in runs.values()]
    inputs = entry.task.domain
    rescue = [
        [toynets.exact.trace(entry.network, x, text, domain=inputs)["rescue"] for x in inputs]
        for text, _ in GONE
    ]
    page.letter(120, 61.5, "c", NETWORKS[2])
    heads = [said for _, said in GONE]
    for k, (what, table) in enumerate((("y", rows), ("activation of rescue", rescue))):
        top = 52.0 - 26.4 * k
        page.text(124, top + 5.2, f"{what}, without", size="small", align="left", colour="muted")
        grid(page, 140, top, (7, 4.6), table, rows=heads, columns=list(inputs.labels), limit=3)
    bar(page, 124, 1.8, 20, 3, "value")
    numbers[NETWORKS[2]] = {
        "inputs": list(inputs.labels),
        "y without": {h: [kept(v) for v in row] for h, row in zip(heads, rows, strict=True)},
        "rescue without": {h: [kept(v) for v in row] for h, row in zip(heads, rescue, strict=True)},
    }
    dead = extremes[0]["h2->y"]
    quiet, loud = extremes[1]["x1->quiet"], extremes[1]["x2->loud"]
    return finish(
        page,
        "dead_and_dormant",
        numbers=numbers,
        claim=f"A weight of {printed(dead[0])} that is never active: cutting it changes "
        f"{printed(dead[1])} (a). A weight of 1/{printed(1 / quiet[0])} that carries everything, "
        f"{printed(quiet[1])}, beside one of {printed(loud[0])} that carries a trace, "
        f"1/{printed(1 / loud[1])} (b). A unit that is 0 on every clean input, and replaces what "
        "is missing once the main path is gone (c). Ablation by zero; logarithmic scale, 0 apart.",
        alt="Sizes of weights against what cutting them does: a huge one does nothing, a tiny one "
        "decides. Beside it a backup unit, silent on clean inputs, that takes over when the main "
        "unit is removed.",
        description="In a and b each row is a weight: a square at its size, a dot at the largest "
        "effect of cutting it, joined by a line. In c two tables, the output and the activation of "
        "the unit rescue, on each input, without nothing, main, spare or both.",
        shows=shows,
        keys=sign_keys(style),
        maps=2,
    )


if __name__ == "__main__":
    figure().save(".", force=True)
