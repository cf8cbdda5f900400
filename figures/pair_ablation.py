"""Effects do not add up after a threshold: two ablations, their sum, and both at once."""

from __future__ import annotations

from fractions import Fraction

import toynets
from toynets.plots import Figure, Style, finish, plot, printed, shown, sign_keys
from toynets.plots.panels import kept, signed_bar

NETWORKS = ("xor-sum",)


@plot
def figure(*, style: Style) -> Figure:
    """Draw the figure."""
    entry = toynets.load("xor-sum")
    layers = [(la.weight, la.bias, la.activation) for la in entry.network.layers]
    layers[-1] = (*layers[-1][:2], "relu")
    network = toynets.Network.from_layers(layers, name="xor-sum with a relu output")
    domain = entry.task.domain
    write = style.written.unit
    texts = {"h1 = 0": f"without {write('h1')}", "h2 = 0": f"without {write('h2')}"}
    alone = {t: [e["y"] for e in toynets.ablate(network, t, domain=domain).effects] for t in texts}
    both = [e["y"] for e in toynets.ablate(network, "h1, h2 = 0", domain=domain).effects]
    added = [sum(values, Fraction(0)) for values in zip(*alone.values(), strict=True)]
    rows = [
        *((texts[t], alone[t]) for t in texts),
        ("their sum", added),
        ("without both", both),
    ]
    page = style.page(height_mm=52, natural="one-and-a-half")
    top = max(v for _, values in rows for v in values)
    low = max(-v for _, values in rows for v in values)
    for k, (said, values) in enumerate(rows):
        left = 6 + 31.5 * k
        page.letter(left - 4, 47.5, "abcd"[k], said)
        axes = page.axes(
            left, 8, 27, 36, across=(-0.6, 3.6), up=(-float(low) - 0.7, float(top) + 0.7)
        )
        axes.spines["left"].set_visible(False)
        axes.spines["bottom"].set_visible(False)
        page.line([-0.6, 3.6], [0, 0], axes=axes, colour="muted", width="thin", order=2)
        for i, value in enumerate(values):
            signed_bar(page, axes, i, value, across=False)
            past = 0.32 if value >= 0 else -0.32
            page.text(
                i,
                float(value) + past,
                printed(value, sign=True),
                size="small",
                axes=axes,
                bold=i == 3,
            )
            page.text(
                left + 27 * (i + 0.6) / 4.2,
                5,
                domain.labels[i],
                size="small",
                colour="muted",
                bold=i == 3,
            )
    gap = both[3] - added[3]
    return finish(
        page,
        "pair_ablation",
        numbers={
            "inputs": list(domain.labels),
            "effects": {said: [kept(v) for v in values] for said, values in rows},
            "interaction at 11": kept(gap),
        },
        claim="Effects (outcome − clean output) of removing each hidden unit of XOR with a relu "
        f"output, by zero. On {domain.labels[3]} they are {printed(alone['h1 = 0'][3], sign=True)} "
        f"and {printed(alone['h2 = 0'][3], sign=True)}, and together "
        f"{printed(both[3], sign=True)}, not {printed(added[3], sign=True)}: what a unit does "
        "depends on what else is there.",
        alt="Four bar charts of effects on the four inputs: without h1, without h2, their sum, and "
        f"both removed; on 11 the sum is {printed(added[3])} and the truth {printed(both[3])}.",
        description="Each panel has a bar per input, upwards where the output rises and hatched "
        "downwards where it falls. The third panel adds the first two; the fourth is measured.",
        shows=[shown(network, domain=domain)],
        keys=sign_keys(style),
    )


if __name__ == "__main__":
    figure().save(".", force=True)
