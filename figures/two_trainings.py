"""Two seeds, one solution: the raw weights differ, their canonical forms are a hand explanation."""

from __future__ import annotations

import json
import math
from pathlib import Path

import toynets
from toynets.plots import Figure, Style, finish, plot, printed, shown, sign_keys
from toynets.plots.cells import grid
from toynets.symmetry import CanonicalForm, canonical_form

NETWORKS = ("xor-sum",)
RECORD = Path(__file__).parent / "data" / "two_trainings.json"


def flat(form: CanonicalForm) -> list[float]:
    """Return the numbers of a canonical form, unit by unit, each bias after its weights."""
    found: list[float] = []
    for layer in form.layers:
        assert layer.bias is not None
        for row, bias in zip(layer.weight, layer.bias, strict=True):
            found += [float(w) for w in row if w is not None] + [float(bias)]
    return found


@plot
def figure(*, style: Style) -> Figure:
    """Draw the figure."""
    record = json.loads(RECORD.read_text(encoding="utf-8"))
    entry = toynets.load("xor-sum")
    seeds = list(record["networks"])
    trained = [toynets.Network.from_dict(record["networks"][s]["network"]) for s in seeds]
    addresses = list(entry.network.numbers)
    raw = [[net.numbers[a] for a in addresses] for net in trained]
    canonical = [flat(canonical_form(net)) for net in trained]
    hand = flat(canonical_form(entry.network))
    rest = [max(abs(c[i] - hand[i]) for c in canonical) for i in range(len(hand))]
    write = style.written
    heads = [write.address(entry.network, a) for a in addresses]
    page = style.page(height_mm=62, natural="double")
    top, cell = 49.0, (15.5, 4.8)
    columns = [f"seed {s}" for s in seeds]
    page.letter(2, 57.5, "a", "raw weights")
    grid(
        page, 17, top, cell, list(zip(*raw, strict=True)), rows=heads, columns=columns, tinted=False
    )
    page.letter(57, 57.5, "b", "canonical form")
    grid(page, 59, top, cell, list(zip(*canonical, strict=True)), columns=columns, tinted=False)
    page.letter(101, 57.5, "c", "by hand")
    grid(page, 103, top, cell, [[v] for v in hand], columns=[entry.name], tinted=False)
    page.letter(123, 57.5, "d", "largest residual")
    axes = page.axes(127, top - 9 * 4.8, 40, 9 * 4.8, across=(-7.2, 0), up=(-9, 0))
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    for i, gap in enumerate(rest):
        page.line([-7.2, math.log10(max(gap, 1e-7))], [-i - 0.5] * 2, axes=axes, colour="faint")
        page.marker(
            math.log10(max(gap, 1e-7)),
            -i - 0.5,
            points=4,
            fill="positive",
            edge="positive",
            axes=axes,
        )
        page.text(167, top - (i + 0.5) * 4.8, printed(gap, 2), size="small", align="right")
    worst = max(rest)
    return finish(
        page,
        "two_trainings",
        numbers={
            "seeds": [int(s) for s in seeds],
            "addresses": addresses,
            "raw": dict(zip(seeds, raw, strict=True)),
            "canonical": dict(zip(seeds, canonical, strict=True)),
            "by hand": hand,
            "residuals": rest,
            "largest residual": worst,
            "hashes": [net.hash for net in trained],
        },
        claim=f"XOR trained from seeds {seeds[0]} and {seeds[1]}. The weights differ in place and "
        "in size; with units in canonical order and scale they are the hand-built network, to "
        f"within {printed(worst, 2)} for every number. Residuals on a logarithmic scale.",
        alt="A table of nine weights: raw weights of two trainings that differ, their canonical "
        f"forms that agree, the hand-built numbers, and residuals of at most {printed(worst, 2)}.",
        description="Columns: raw weights of two seeds; the same up to the order and scale of "
        "units; the numbers of the explanation; and the largest distance of the two from it.",
        shows=[shown(entry), *(shown(net, domain=entry.task.domain) for net in trained)],
        keys=sign_keys(style),
    )


if __name__ == "__main__":
    figure().save(".", force=True)
