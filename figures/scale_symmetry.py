"""One function, weights from a thousandth to a thousand: what ablation does stays the same."""

from __future__ import annotations

import math

import toynets
from toynets.plots import Figure, Key, Style, finish, plot, printed, shown
from toynets.plots.panels import signed_bar
from toynets.symmetry import rescale

NETWORKS = ("xor-sum",)
POWERS = (-10, -5, 0, 5, 10)  # of 2
ADDRESSES = ("x1->h1", "h1->y")


@plot
def figure(*, style: Style) -> Figure:
    """Draw the figure."""
    entry = toynets.load("xor-sum")
    write = style.written
    made = {p: rescale(entry.network, "h1", f"{2**p}" if p >= 0 else f"1/{2**-p}") for p in POWERS}
    sizes = {a: [abs(net.numbers[a]) for net in made.values()] for a in ADDRESSES}
    domain = entry.task.domain
    unit_effects = {
        u: [
            max(abs(float(e["y"])) for e in toynets.ablate(net, f"{u} = 0", domain=domain).effects)
            for net in made.values()
        ]
        for u in ("h1", "h2")
    }
    clean = {
        tuple(map(int, (o["y"] for o in toynets.ablate(n, "", domain=domain).outcomes)))
        for n in made.values()
    }
    assert len(clean) == 1, "rescaling is a symmetry"
    page = style.page(height_mm=86, natural="single")
    labels = [f"1/{2**-p}" if p < 0 else printed(2**p) for p in POWERS]
    page.letter(2, 81.5, "a", f"two weights, and a factor on {write.unit('h1')}")
    axes = page.axes(
        16,
        48,
        63,
        28,
        across=(-12.5, 12.5),
        up=(-11.5, 11.5),
        ticks_up=[-10, 0, 10],
        labels_up=[labels[0], labels[2], labels[4]],
    )
    looks = (("o", "-", "positive"), ("s", (0, (4, 2)), "ink"))
    for address, (kind, dash, colour) in zip(ADDRESSES, looks, strict=True):
        ys = [math.log2(v) for v in sizes[address]]
        page.line(POWERS, ys, axes=axes, colour=colour, linestyle=dash)
        for x, y in zip(POWERS, ys, strict=True):
            fill = "positive" if kind == "o" else "paper"
            page.marker(x, y, kind=kind, points=4.6, fill=fill, edge=colour, axes=axes)
        said = write.address(entry.network, address)
        page.text(
            -6.5 if ys[0] > 0 else 6.5,
            10.2,
            said,
            size="small",
            axes=axes,
            align="left" if ys[0] > 0 else "right",
        )
    axes.set_xticks([])
    page.letter(2, 41.5, "b", "largest effect of removing a unit (zero)")
    top = max(max(v) for v in unit_effects.values())
    axes = page.axes(
        16,
        11,
        63,
        26,
        across=(-12.5, 12.5),
        up=(0, 1.35 * top),
        ticks_across=POWERS,
        labels_across=labels,
        ticks_up=[0, 1, 2],
    )
    for k, (unit, values) in enumerate(unit_effects.items()):
        for p, value in zip(POWERS, values, strict=True):
            at = p + (k - 0.5) * 1.9
            signed_bar(page, axes, at, value, across=False, thick=1.5)
            page.text(at, value + 0.16 * top, write.unit(unit), size="small", axes=axes)
    page.text(
        47.5, 2.6, f"factor on the weights into {write.unit('h1')}", size="small", colour="muted"
    )
    same = all(len(set(v)) == 1 for v in unit_effects.values())
    assert same, "the effects are flat"
    return finish(
        page,
        "scale_symmetry",
        numbers={
            "factors": labels,
            "sizes": sizes,
            "largest effects": unit_effects,
            "ticks": [0, 1, 2],
            "outputs": [list(c) for c in clean],
        },
        claim=f"The weights into {write.unit('h1')} times a factor, the weight out of it divided "
        f"by it: {write.address(entry.network, ADDRESSES[0])} runs from {labels[0]} to "
        f"{labels[-1]}, and the outputs stay {', '.join(map(str, next(iter(clean))))}. Removing "
        f"{write.unit('h1')} changes {printed(unit_effects['h1'][0])} at most, removing "
        f"{write.unit('h2')} {printed(unit_effects['h2'][0])}, whatever the factor: the size of a "
        "weight alone says nothing.",
        alt="Two weights of one network against a factor, one rising and one falling over six "
        "powers of ten, and below them bars of what removing each unit does, all of one height.",
        description="Above: on logarithmic axes the weight into the first unit rises with the "
        "factor and the weight out of it falls. Below: for five factors the largest effect of "
        "removing each of the two units, equal for all factors.",
        shows=[shown(entry)],
        keys=(Key("effect", style.colour("positive")),),
    )


if __name__ == "__main__":
    figure().save(".", force=True)
