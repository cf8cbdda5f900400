"""What is left when weights are dropped, by the order of each score and in the best order."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path

import toynets
from toynets.importance.floats import Floats
from toynets.plots import Figure, Style, finish, plot, printed, shown
from toynets.plots.courses import draw_curves, keys_of

NETWORKS = ("parity-3",)
RECORD = Path(__file__).parent / "data" / "rank_stability.json"
SETTING = "raw, no decay"
ORDERS = ("effect of cut", "magnitude", "olden", "in any order")
PARITY_LOOKS = (4, 1)  # the best way, and magnitude as it looks in panel a


def accuracies() -> dict[str, list[float]]:
    """Return for parity of three bits the share that is right once so many weights are cut.

    The best of all ways to cut them, and by two orders, ties in the order of the network.
    """
    import numpy as np

    entry = toynets.load("parity-3")
    network, domain = entry.network, entry.task.domain
    weights = [a for a in network.numbers if "->" in a]
    x = np.array([[int(v) for v in row] for row in domain.rows], float)
    wanted = x.sum(axis=1) % 2
    floats = Floats(network)

    def right(gone: tuple[str, ...]) -> float:
        outputs = floats.run(x, edited=dict.fromkeys(gone, 0.0)).act[-1][:, 0]
        return float(((outputs > 0.5) == wanted).mean())

    found = toynets.importance_of(entry, of="weights", scores=["magnitude"], ablations=["cut"])
    effect, size = found.effect("cut"), found.value("magnitude")
    orders = {
        "effect of cut": sorted(weights, key=lambda a: effect[a]),
        "magnitude": sorted(weights, key=lambda a: size[a]),
    }
    best = [max(right(gone) for gone in combinations(weights, k)) for k in range(len(weights) + 1)]
    return {"the best way": best} | {
        name: [right(tuple(order[:k])) for k in range(len(order) + 1)]
        for name, order in orders.items()
    }


@plot
def figure(*, style: Style) -> Figure:
    """Draw the figure."""
    record = json.loads(RECORD.read_text(encoding="utf-8"))
    study = record["settings"][SETTING]["curves"]
    tabular = {n: [(float(s), v) for s, v in study[n].items()] for n in ORDERS}
    parity = {n: list(enumerate(map(float, v))) for n, v in accuracies().items()}
    entry = toynets.load("parity-3")
    page = style.page(height_mm=66, natural="double")
    page.letter(2, 61.5, "a", f"14-8-3, {SETTING}: accuracy")
    axes = page.axes(
        10,
        12,
        46,
        44,
        across=(0, 0.95),
        up=(0.28, 1.0),
        ticks_across=[0, 0.25, 0.5, 0.75, 0.95],
        ticks_up=[0.4, 0.6, 0.8, 1],
    )
    draw_curves(page, axes, tabular, right=1.0)
    page.text(33, 4, "share of the weights that is dropped", size="small", colour="muted")
    page.letter(90, 61.5, "b", "parity of 3 bits: accuracy")
    count = len(parity["magnitude"]) - 1
    axes = page.axes(
        98,
        12,
        46,
        44,
        across=(0, count),
        up=(0.2, 1.06),
        ticks_across=[0, 4, 8, count],
        ticks_up=[0.25, 0.5, 0.75, 1],
    )
    assert parity["magnitude"] == parity["effect of cut"], "one curve shows both"
    drawn = {
        "the best way": parity["the best way"],
        "magnitude or effect": parity["magnitude"],
    }
    draw_curves(page, axes, drawn, right=count + 0.6, looks=PARITY_LOOKS)
    page.text(121, 4, "weights that are dropped", size="small", colour="muted")
    half = {n: dict(points)[0.5] for n, points in tabular.items()}
    best = dict(parity["the best way"])
    first = max(k for k, v in best.items() if v == 1.0)
    assert first == 0, "every weight of the parity network is needed"
    drops = {n: dict(p)[first + 1] for n, p in parity.items()}
    return finish(
        page,
        "prune_curve",
        numbers={
            "tabular": {n: [list(p) for p in points] for n, points in tabular.items()},
            "parity": {n: [list(p) for p in points] for n, points in parity.items()},
            "networks": record["seeds"],
            "ticks": [0.4, 0.6, 0.8, 1, 0.25, 0.5, 0.75, 0, 4, 8, count],
            "inputs, hidden, classes": [14, 8, 3],
            "bits": 3,
        },
        claim=f"Accuracy once the least weights by a score are cut. {record['seeds']} trainings of "
        f"14-8-3 ({SETTING}) with half of them gone: "
        + ", ".join(f"{n} {printed(v)}" for n, v in half.items())
        + f". Parity of 3 bits: none of {count} weights can go without harm; the best choice of "
        f"one to be cut leaves {printed(drops['the best way'])}.",
        alt="Two plots of accuracy against how many weights are dropped: for a table of fourteen "
        "inputs half can go by a good score; for parity every weight is needed, whatever the "
        "order.",
        description="Left: four orders of dropping over the share dropped. Right: for parity of "
        "three bits the best of all subsets and two orders, over the number of weights dropped.",
        shows=[shown(entry)],
        keys=(*keys_of(style, ORDERS), *keys_of(style, ["the best way"], PARITY_LOOKS)),
    )


if __name__ == "__main__":
    figure().save(".", force=True)
