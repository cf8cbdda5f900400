"""Wolf or husky by the background: exact Bayes weights, and what they are worth without snow."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import product

import toynets
from toynets.plots import Figure, Key, Style, finish, plot, printed, shown
from toynets.plots.panels import signed_bar

NETWORKS = ("wolf-trained",)
MARK, SNOW = Fraction(4, 5), Fraction(19, 20)  # how often a mark, and the snow, says the class
EVEN = Fraction(1, 2)
WAYS = (("as trained", SNOW, ""), ("snow at random", EVEN, ""), ("snow removed", SNOW, "snow = 0"))


def accuracy(network: toynets.Network, snow: Fraction, intervention: str) -> Fraction:
    """Return the exact share of right decisions where snow tells the class so often.

    A tie, one half, is right half of the time.
    """
    total = Fraction(0)
    for x in product((-1, 1), repeat=4):
        pre = toynets.exact.trace(network, x, intervention)["y.pre"]
        says = 0 if abs(pre) < Fraction(1, 10**4) else 1 if pre > 0 else -1
        for wolf in (-1, 1):
            share = EVEN
            for value, right in zip(x, (MARK, MARK, MARK, snow), strict=True):
                share *= right if value == wolf else 1 - right
            total += share * (EVEN if says == 0 else says == wolf)
    return total


@plot
def figure(*, style: Style) -> Figure:
    """Draw the figure."""
    entry = toynets.load("wolf-trained")
    network = entry.network
    weights = [network.numbers[f"{x}->y"] for x in network.inputs]
    bayes = [math.log(p / (1 - p)) for p in (MARK, MARK, MARK, SNOW)]
    said = ["ln 4"] * 3 + ["ln 19"]
    assert (MARK / (1 - MARK), SNOW / (1 - SNOW)) == (4, 19)
    gap = max(abs(a - b) for a, b in zip(weights, bayes, strict=True))
    scores = {title: accuracy(network, snow, text) for title, snow, text in WAYS}
    page = style.page(height_mm=56, natural="one-and-a-half")
    page.letter(3, 51.5, "a", "weights, and Bayes' rule")
    axes = page.axes(8, 12, 52, 34, across=(-0.7, 3.7), up=(0, 3.7), ticks_up=[0, 1, 2, 3])
    axes.set_xticks([])
    for k, (x, weight, exact, text) in enumerate(
        zip(network.inputs, weights, bayes, said, strict=True)
    ):
        signed_bar(page, axes, k, weight, across=False, thick=0.6)
        page.line([k - 0.45, k + 0.45], [exact, exact], axes=axes, width="thick", order=5)
        page.text(
            k,
            exact + 0.25,
            f"{text} = {printed(exact, 4)}" if k == 3 else text,
            size="small",
            axes=axes,
        )
        page.text(8 + 52 * (k + 0.7) / 4.4, 8, x, size="small", colour="muted")
    page.text(34, 3, "lines across: the exact log odds", size="small", colour="muted")
    page.letter(69, 51.5, "b", "share of right decisions")
    axes = page.axes(74, 12, 52, 34, across=(-0.7, 2.7), up=(0, 1.08), ticks_up=[0, 0.5, 1])
    axes.set_xticks([])
    from matplotlib.patches import Rectangle

    for k, (title, score) in enumerate(scores.items()):
        fill = "positive" if k == 0 else "faint"
        axes.add_patch(
            Rectangle(
                (k - 0.3, 0.0),
                0.6,
                float(score),
                facecolor=style.colour(fill),
                edgecolor=style.colour("ink"),
                linewidth=style.size("thin"),
            )
        )
        page.text(k, float(score) + 0.055, printed(score, 3), size="small", axes=axes)
        words = title.split(" ", 1)
        page.text(74 + 52 * (k + 0.7) / 3.4, 8.6, words[0], size="small", colour="muted")
        page.text(74 + 52 * (k + 0.7) / 3.4, 5.2, words[1], size="small", colour="muted")
    values = list(scores.values())
    return finish(
        page,
        "spurious_snow",
        numbers={
            "weights": dict(zip(network.inputs, weights, strict=True)),
            "log odds": {"4": bayes[0], "19": bayes[3]},
            "largest gap": gap,
            "right": {t: str(s) for t, s in scores.items()},
            "shares": {t: float(s) for t, s in scores.items()},
            "ticks": [0, 1, 2, 3, 0.5],
        },
        claim="Wolf or husky from three marks, each right 4 times of 5, and snow, right 19 times "
        f"of 20. Training finds Bayes' rule (weights ln 4 and ln 19, to {printed(gap, 1)}): it "
        f"leans on the snow. Right as trained {printed(values[0])}; with snow at random "
        f"{printed(values[1])}; with snow removed (by zero) {printed(values[2])}. Shares are exact "
        "over the 16 inputs.",
        alt="Bars of four weights, the one of snow twice as large as those of muzzle, ears and "
        f"eyes; and the share of right decisions: {printed(values[0])}, {printed(values[1])} with "
        f"random snow, {printed(values[2])} without snow.",
        description="Left the trained weights with the exact log odds as lines across; right the "
        "share of right decisions in three situations; a half is chance.",
        shows=[shown(entry)],
        keys=(Key("weight", style.colour("positive")),),
    )


if __name__ == "__main__":
    figure().save(".", force=True)
