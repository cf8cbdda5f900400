"""Parity by counting: hinges at 0, 1, 2, … whose weights 1, −2, +2, … make a sawtooth."""

from __future__ import annotations

from fractions import Fraction

import toynets
from toynets.plots import Figure, Style, finish, plot, printed, shown, sign_keys
from toynets.plots.panels import signed_bar

NETWORKS = ("parity-3", "parity-4")
SIZES = (3, 4, 5)


def counting(n: int) -> toynets.Network:
    """Return the parity of n bits by n hinges of their count."""
    heights = [1] + [2 * (-1) ** k for k in range(1, n)]
    return toynets.Network.from_layers(
        [([[1] * n] * n, [-k for k in range(n)], "relu"), ([heights], [0], "identity")],
        name=f"parity-{n}",
    )


@plot
def figure(*, style: Style) -> Figure:
    """Draw the figure."""
    page = style.page(height_mm=74, natural="double")
    numbers: dict[str, object] = {}
    shows = []
    write = style.written.unit
    for k, n in enumerate(SIZES):
        network = counting(n)
        known = [toynets.load(name) for name in NETWORKS if name == network.name]
        for entry in known:
            assert entry.network.hash == network.hash, "the zoo has the same numbers"
        domain = toynets.Domain.boolean(n)
        shows.append(shown(known[0]) if known else shown(network, domain=domain))
        ys = [toynets.exact.run(network, [1] * s + [0] * (n - s))["y"] for s in range(n + 1)]
        wrong = sum(toynets.exact.run(network, x)["y"] != sum(map(int, x)) % 2 for x in domain.rows)
        assert wrong == 0, "it is parity"
        halves = [Fraction(j, 2) for j in range(2 * n + 1)]
        line = [float(toynets.exact.run(network, [s / n] * n)["y"]) for s in halves]
        left = 8 + 58.0 * k
        page.letter(left - 6, 69.5, "abc"[k], f"{n} bits, {n} units")
        axes = page.axes(left, 43, 46, 22, across=(-0.5, 5.5), up=(-0.25, 1.35), ticks_up=[0, 1])
        axes.set_xticks([])
        page.line(list(map(float, halves)), line, axes=axes, colour="muted")
        for s, y in enumerate(ys):
            page.marker(
                s, float(y), kind="o", points=4.6, fill="positive" if y else "paper", axes=axes
            )
        heights = [network.numbers[f"{u}->y"] for u in network.hidden]
        axes = page.axes(
            left, 11, 46, 27, across=(-0.5, 5.5), up=(-3.0, 3.0), ticks_across=range(6)
        )
        axes.spines["left"].set_visible(False)
        page.line([-0.5, 5.5], [0, 0], axes=axes, colour="muted", width="thin")
        for at, (unit, height) in enumerate(zip(network.hidden, heights, strict=True)):
            signed_bar(page, axes, at, height, across=False, thick=0.5)
            past = 0.45 if height > 0 else -0.45
            page.text(at, height + past, printed(height, sign=True), size="small", axes=axes)
            page.text(
                at,
                -0.45 if height > 0 else 0.45,
                write(unit),
                size="small",
                axes=axes,
                colour="muted",
            )
        page.text(left + 23, 3.2, "count of ones", size="small", colour="muted")
        numbers[f"{n} bits"] = {
            "outputs by count": [int(y) for y in ys],
            "weights out": heights,
            "biases": [network.numbers[f"{u}.bias"] for u in network.hidden],
            "inputs that are wrong": wrong,
        }
    page.text(3.0, 54, write("y"), size="small", colour="muted")
    page.text(3.6, 25, f"weight into {write('y')}", size="small", colour="muted", turned=90)
    said = ", ".join(printed(v, sign=k > 0) for k, v in enumerate(numbers["5 bits"]["weights out"]))  # type: ignore[index]  # a record of this figure
    return finish(
        page,
        "counting_ladder",
        numbers=numbers | {"ticks": [0, 1, 2, 3, 4, 5]},
        claim=f"Parity of {', '.join(map(str, SIZES))} bits as a sawtooth over the count of ones. "
        f"Unit k bends the line at the count k − 1 by its weight: {said}. Every input is right.",
        alt="Three sawtooth lines over the count of ones, for 3, 4 and 5 bits, and below each the "
        "weights of the units as bars at the counts where the line bends: 1, then -2 and 2 in "
        "turn.",
        description="In each panel the line above is the output over the count, dots are whole "
        "counts, filled where the parity is 1. A bar below stands where its unit begins to act; "
        "its height is the change of slope.",
        shows=shows,
        keys=sign_keys(style),
    )


if __name__ == "__main__":
    figure().save(".", force=True)
