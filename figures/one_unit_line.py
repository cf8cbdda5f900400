"""One unit is a line: its weights are the normal, its bias the offset; scaling both leaves it."""

from __future__ import annotations

import math

from toynets import Network, exact
from toynets.plots import Figure, Page, Style, finish, plot, printed, shown, sign_keys, stored

NETWORKS = ()
WEIGHTS, BIAS = ("3/4", "1"), "-5/8"
LOW, HIGH = -0.25, 1.75
SIDE = 46.0  # mm
SHORTER = 0.44  # an arrow of this share of the weights fits into the square


def unit(factor: int, bias: str = BIAS) -> Network:
    """Return one step unit, its weights and its bias scaled."""
    scaled = [f"{factor * int(w.split('/')[0])}/{(w + '/1').split('/')[1]}" for w in WEIGHTS]
    top, bottom = bias.split("/")
    return Network.from_layers(
        [([scaled], [f"{factor * int(top)}/{bottom}"], "step")],
        name="one unit"
        + (f", times {factor}" if factor > 1 else "")
        + (", another bias" if bias != BIAS else ""),
    )


def on_line(w1: float, w2: float, level: float) -> list[tuple[float, float]]:
    """Return where w1·x1 + w2·x2 = level enters and leaves the square."""
    found = []
    for x in (LOW, HIGH):
        y = (level - w1 * x) / w2
        if LOW <= y <= HIGH:
            found.append((x, y))
    for y in (LOW, HIGH):
        x = (level - w2 * y) / w1
        if LOW < x < HIGH:
            found.append((x, y))
    return sorted(found)


def panel(page: Page, left: float, network: Network, letter: str, title: str) -> dict[str, float]:
    """Draw the square with the line, the side where the unit is on, and the weight vector."""
    style = page.style
    write = style.written
    w1, w2, b = (network[a] for a in ("x1->y", "x2->y", "y.bias"))
    axes = page.axes(
        left, 16.0, SIDE, SIDE, across=(LOW, HIGH), up=(LOW, HIGH),
        ticks_across=(0, 1), ticks_up=(0, 1),
        name_across=write.unit("x1"), name_up=write.unit("x2"), box=True,
    )  # fmt: skip
    page.letter(left, page.height - 4.5, letter, title)
    (x0, y0), (x1, y1) = on_line(w1, w2, -b)
    page.polygon(
        [(x0, y0), (x1, y1), (HIGH, LOW), (HIGH, HIGH), (LOW, HIGH)]
        if y1 == LOW
        else [(x0, y0), (x1, y1), (HIGH, HIGH), (LOW, HIGH)],
        fill="panel", axes=axes, order=0.5,
    )  # fmt: skip
    page.line([x0, x1], [y0, y1], axes=axes, width="thick", order=3)
    norm = math.hypot(w1, w2)
    distance = -b / norm
    foot = (distance * w1 / norm, distance * w2 / norm)
    # The offset: from the origin to the line, along the normal.
    page.line([0, foot[0]], [0, foot[1]], axes=axes, colour="negative",
              linestyle=(0, (4.0, 1.8)), order=3)  # fmt: skip
    page.marker(0, 0, axes=axes, points=3.0)
    tip = (foot[0] + SHORTER * w1, foot[1] + SHORTER * w2)
    page.arrow(foot, tip, axes=axes, colour="positive", width="thick")
    page.text(tip[0] + 0.06, tip[1] + 0.05, "weights", axes=axes, size="small",
              colour="positive", align="left")  # fmt: skip
    page.text(0.1, -0.13, f"offset {printed(distance)}", axes=axes, size="small",
              colour="negative", align="left")  # fmt: skip
    page.text(1.45, 1.6, "on", axes=axes, size="small", colour="muted")
    page.text(-0.1, 0.36, "off", axes=axes, size="small", colour="muted")
    said = f"{printed(w1)}·{write.unit('x1')} + {printed(w2)}·{write.unit('x2')} > {printed(-b, 4)}"
    page.text(left + SIDE / 2, 4.5, said, size="body")
    return {"w1": w1, "w2": w2, "bias": b, "norm": norm, "offset": distance, "threshold": -b}


@plot
def figure(*, style: Style) -> Figure:
    """Return the figure."""
    networks = [unit(1), unit(2), unit(1, "-9/8")]
    page = style.page(height_mm=73.0, natural="double")
    gap = (page.width - 9.0 - 3 * SIDE - 3.0) / 2
    titles = (
        ("a", "weights and bias"),
        ("b", "both times two: the same line"),
        ("c", "another bias: the line moves"),
    )
    numbers = {}
    for k, (network, (letter, title)) in enumerate(zip(networks, titles, strict=True)):
        numbers[letter] = panel(page, 9.0 + k * (SIDE + gap), network, letter, title)
    for label, point in (("at the origin", [0, 0]), ("at 1, 1", [1, 1])):
        numbers[label] = [stored(float(exact.run(n, point))) for n in networks]
    numbers["ticks"] = [0, 1]
    numbers["arrows shorter by"] = SHORTER
    a, b, c = (numbers[letter] for letter in "abc")
    b1, b3 = printed(a["bias"], 4), printed(c["bias"], 4)
    return finish(
        page,
        "one_unit_line",
        numbers=numbers,
        claim=f"A unit is on where its weighted sum passes its threshold: one side of a line. The "
        f"weights ({printed(a['w1'])}, {printed(a['w2'])}) are the normal of the line, of length "
        f"{printed(a['norm'])} (arrows are drawn {printed(SHORTER)} as long); the bias {b1} sets "
        f"its distance from the origin, {printed(-a['bias'], 4)} / {printed(a['norm'])} = "
        f"{printed(a['offset'])}. Twice both (length {printed(b['norm'])}) is the same line; "
        f"another bias, {b3}, moves it to {printed(c['offset'])}.",
        alt="Three squares, each cut by a slanted line with an arrow across it: the weights. In "
        "the second the weights are twice as large and the line is the same; in the third another "
        "bias moves the line outwards.",
        description=f"In each square the unit is on above and to the right of the line, off at the "
        f"origin. a: weights {printed(a['w1'])} and {printed(a['w2'])}, bias {b1}, "
        f"distance {printed(a['offset'])}. b: weights {printed(b['w1'])} and {printed(b['w2'])}, "
        f"bias {printed(b['bias'])}, distance {printed(b['offset'])}: the line of a. c: the "
        f"weights of a, bias {b3}, distance {printed(c['offset'])}.",
        shows=[shown(n) for n in networks],
        keys=sign_keys(style),
    )


if __name__ == "__main__":
    figure().save(".")
