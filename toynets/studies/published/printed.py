"""Claims about networks whose weights R users have printed: iris, and the NeuralNetTools example.

Outputs are monotone in each input, because every path from it has the same sign; so the extremes
on a box are at its corners, and balls around the two corners decide for the whole box.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from toynets.exact import run
from toynets.network import Network
from toynets.studies.published.record import Claim, Found, held

IRIS_SOURCE = (
    "an R user's test of the package neuralnet with printed weights and these three assertions "
    "(found in a public repository; its author is not named there)"
)
IRIS = "the printed 2-1-1 logistic network of petal length and petal width"
# Petal length and width in cm, the ranges of R. A. Fisher's iris data: 50 rows, and 100.
SETOSA = (("1.0", "1.9"), ("0.1", "0.6"))
OTHERS = (("3.0", "6.9"), ("1.0", "2.5"))
FIRST = ("1.4", "0.2")
TOOLS_SOURCE = (
    "M. Beck, NeuralNetTools, documentation of garson and olden: the printed example "
    "wts_in = c(13.12, 1.49, 0.16, -0.11, -0.19, -0.16, 0.56, -0.52, 0.81), struct = c(2, 2, 1)"
)
TOOLS = "the printed 2-2-1 network, logistic units"


def iris() -> Network:
    """The printed numbers, rounded to float64."""
    return Network.from_layers(
        [
            ([["0.826751088", "6.58031719"]], ["-6.795639187"], "sigmoid"),
            ([["-7.929457297"]], ["3.750704136"], "sigmoid"),
        ],
        inputs=["length", "width"],
        name="iris-setosa",
        dtype="float64",
        round=True,
    )


def tools() -> Network:
    """The printed numbers, rounded to float64."""
    return Network.from_layers(
        [
            ([["1.49", "0.16"], ["-0.19", "-0.16"]], ["13.12", "-0.11"], "sigmoid"),
            ([["-0.52", "0.81"]], ["0.56"], "sigmoid"),
        ],
        name="neuralnettools",
        dtype="float64",
        round=True,
    )


def directions(network: Network) -> dict[str, int]:
    """Return for each input whether the output rises (1) or falls (-1) with it, or 0.

    Not 0 only where all paths from it have the same sign, through units that rise.

    >>> directions(iris())
    {'length': -1, 'width': -1}
    """
    hidden = network.hidden
    found = {}
    for x in network.inputs:
        signs = set()
        for h in hidden:
            product_ = Fraction(network[f"{x}->{h}"]) * Fraction(network[f"{h}->y"])
            signs.add((product_ > 0) - (product_ < 0))
        found[x] = signs.pop() if len(signs) == 1 else 0
    return found


def corner(network: Network, box: Any, *, highest: bool) -> tuple[Any, str]:
    """Return the extreme output on a box as a ball, and where it is."""
    way = directions(network)
    assert all(way.values())
    row = []
    for name, (low, high) in zip(network.inputs, box, strict=True):
        row.append(high if (way[name] > 0) == highest else low)
    return run(network, row)[0], ", ".join(row)


def others_low() -> Found:
    """The largest output over the box of the 100 others."""
    y, where = corner(iris(), OTHERS, highest=True)
    return held(
        y.upper < Fraction("0.3"),
        "proved",
        f"on the whole box [3.0, 6.9] x [1.0, 2.5], in which all 100 lie, y is at most "
        f"{float(y):.4f} (at {where})",
    )


def setosa_high() -> Found:
    """The smallest output over the box of the 50 setosa rows."""
    y, where = corner(iris(), SETOSA, highest=False)
    return held(
        y.lower > Fraction("0.85"),
        "proved",
        f"on the whole box [1.0, 1.9] x [0.1, 0.6], in which all 50 lie, y is at least "
        f"{float(y):.4f} (at {where})",
    )


def first_row() -> Found:
    """The output on the first row."""
    y = run(iris(), FIRST)[0]
    return held(
        y.lower > Fraction("0.95"), "exhaustive", f"y is {float(y):.4f} at {', '.join(FIRST)}"
    )


def both_fall() -> Found:
    """The signs of all paths of the NeuralNetTools example."""
    found = directions(tools())
    return held(
        set(found.values()) == {-1},
        "proved",
        "all paths from X1 and from X2 to the output are negative, through units that rise: the "
        "output falls with each, everywhere",
    )


def four_to_one() -> Found:
    """How far each input moves the output over the unit square, beside the ratio of the scores."""
    network = tools()
    at = {(a, b): run(network, (a, b))[0] for a in (0, 1) for b in (0, 1)}
    # Both lower the output: what is lost between the ends, as the bounds of the balls have it.
    first = [(at[0, b], at[1, b]) for b in (0, 1)]
    second = [(at[a, 0], at[a, 1]) for a in (0, 1)]
    most = max(low.upper - high.lower for low, high in first)
    least = max(low.lower - high.upper for low, high in second)
    said = Fraction("0.9287") / Fraction("0.2128")
    moved, ratio = (float(most), float(least)), float(most / least)
    return held(
        most > 2 * least,
        "exhaustive",
        f"Olden says {float(said):.2f} to 1. Moved from 0 to 1, X1 changes the output by up to "
        f"{moved[0]:.5f} and X2 by {moved[1]:.5f}: {ratio:.2f} to 1. The unit through which X1 has "
        "its large weight is saturated (bias 13.12) and passes nothing on",
    )


CLAIMS = (
    Claim(
        "iris-others-low",
        "The output is below 0.3 on all 100 rows that are not setosa.",
        IRIS_SOURCE,
        IRIS,
        "on the smallest box that holds their petals (3.0 to 6.9 cm by 1.0 to 2.5 cm).",
        others_low,
    ),
    Claim(
        "iris-setosa-high",
        "The output is above 0.85 on all 50 setosa rows.",
        IRIS_SOURCE,
        IRIS,
        "on the smallest box that holds their petals (1.0 to 1.9 cm by 0.1 to 0.6 cm).",
        setosa_high,
    ),
    Claim(
        "iris-first-row",
        "The output is above 0.95 on the first training row.",
        IRIS_SOURCE,
        IRIS,
        "which row was drawn first is not printed; taken is the first of the data, 1.4 by 0.2 cm.",
        first_row,
    ),
    Claim(
        "olden-signs",
        "Both inputs lower the output: their connection weights are negative, -0.9287 and -0.2128.",
        TOOLS_SOURCE,
        TOOLS,
        "the derivative of the output by each input is negative everywhere.",
        both_fall,
    ),
    Claim(
        "olden-sizes",
        "The first input is several times as important as the second (Olden 0.9287 to 0.2128).",
        TOOLS_SOURCE,
        TOOLS,
        "moved from 0 to 1, with the other at 0 or 1, it changes the output more than twice as "
        "much as the second does. The documentation prints no data; the square is our choice.",
        four_to_one,
    ),
)
