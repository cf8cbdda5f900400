"""What the wiring, then the signs, then the magnitudes let one predict about ablations."""

from __future__ import annotations

import json
from pathlib import Path

from toynets.plots import Figure, Key, Style, finish, plot, printed
from toynets.plots.crowds import crowd, in_plural

NETWORKS = ()  # the whole zoo, recorded
MOST = 16  # strokes beside each other; a longer stack has its count
SLOTS = 20  # places of strokes between 0 and 1
RECORD = Path(__file__).parent / "data" / "connectome_ladder.json"
TITLES = {
    "wiring": "wiring",
    "+ signs": "+ signs",
    "+ magnitudes": "+ magnitudes",
    "explanation: words": "words",
    "explanation: derived": "derived",
}


@plot
def figure(*, style: Style) -> Figure:
    """Draw the figure."""
    record = json.loads(RECORD.read_text(encoding="utf-8"))
    rungs = list(record["means"])
    means = [record["means"][r]["rank"]["mean"] for r in rungs]
    signs = [record["means"][r]["sign"]["mean"] for r in rungs]
    page = style.page(height_mm=82, natural="one-and-a-half")
    page.letter(2, 77.5, "a", "agreement in rank with single ablations")
    axes = page.axes(
        10,
        26,
        116,
        46,
        across=(-0.5, len(rungs) - 0.5),
        up=(-0.95, 1.12),
        ticks_up=[-0.5, 0, 0.5, 1],
    )
    axes.set_xticks([])
    page.line([-0.5, len(rungs) - 0.5], [0, 0], axes=axes, colour="rule", width="thin", order=0.5)
    stacks: dict[str, int] = {}
    for k, rung in enumerate(rungs):
        values = sorted(v[rung] for v in record["by network"].values() if v[rung] is not None)
        # One short stroke a network, moved aside where many agree.
        seen: dict[float, int] = {}
        for value in values:
            slot = round(SLOTS * value) / SLOTS
            aside = seen.get(slot, 0)
            seen[slot] = aside + 1
            if aside < MOST:
                at = k - 0.12 - 0.027 * aside
                page.line(
                    [at - 0.009, at + 0.009],
                    [slot, slot],
                    axes=axes,
                    colour="faint",
                    width="line",
                    solid_capstyle="butt",
                )
        for slot, count in seen.items():
            if count > MOST:
                page.text(
                    k - 0.14 - 0.027 * MOST,
                    slot,
                    printed(count),
                    size="small",
                    align="right",
                    axes=axes,
                    colour="muted",
                )
                stacks[f"{TITLES[rung]} at {printed(slot)}"] = count
        page.marker(k + 0.06, means[k], points=5.5, fill="positive", edge="positive", axes=axes)
        page.text(
            k + 0.06, means[k] - 0.13, printed(means[k], 2), size="small", axes=axes, bold=True
        )
        x = 10 + 116 * (k + 0.5) / len(rungs)
        page.text(x, 22, TITLES[rung], size="small")
        told = "–" if signs[k] is None else f"{printed(round(100 * signs[k]))} %"
        page.text(x, 3.5, told, size="small")
    page.line([k + 0.06 for k in range(3)], means[:3], axes=axes, colour="positive", order=2)
    page.text(10 + 116 * 0.3, 17.2, "what is known of the weights", size="small", colour="muted")
    page.text(10 + 116 * 0.8, 17.2, "the explanation", size="small", colour="muted")
    page.letter(2, 9, "b", "how often the direction of the change is told right")
    counted = len(record["networks"])
    zoo = crowd("zoo", record["networks"].values(), "those of each")
    made = finish(
        page,
        "connectome_ladder",
        numbers={
            "networks": counted,
            "strokes at most": MOST,
            "nearest": 1 / SLOTS,
            "stacks": stacks,
            "means": dict(zip(rungs, means, strict=True)),
            "signs told, percent": {
                r: None if s is None else round(100 * s) for r, s in zip(rungs, signs, strict=True)
            },
            "by kind": {r: record["means"][r]["rank"] for r in rungs},
            "by network": record["by network"],
            "ticks": [-0.5, 0, 0.5, 1],
        },
        claim=f"Over {counted} networks, the mean rank correlation (Spearman) of predicted and "
        "true effects of single ablations: "
        + ", ".join(f"{TITLES[r]} {printed(m, 2)}" for r, m in zip(rungs, means, strict=True))
        + ". The wiring alone says little, signs tell the direction, magnitudes the rest of what "
        "weights can tell without thinking; the verified explanation derives all of it. "
        f"A stroke is a network, at its correlation to the nearest {printed(1 / SLOTS)}; where "
        f"more than {MOST} agree, their number stands beside them.",
        alt="A ladder of five rungs, wiring, signs, magnitudes, words and derived effects, with "
        f"the agreement with true ablations of {counted} networks: "
        + ", ".join(printed(m, 2) for m in means)
        + ".",
        description="Strokes are networks, stacked to the left where many agree; the dot is their "
        "mean. Shares below: how often the direction of the change is told right.",
        shows=[zoo],
        keys=(Key("mean", style.colour("positive"), marker="o"),),
    )
    return in_plural(made, zoo)


if __name__ == "__main__":
    figure().save(".", force=True)
