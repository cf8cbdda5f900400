"""One ramp: the joint is where the unit turns on, its slope the product of the two weights."""

from __future__ import annotations

from toynets import Network, exact, regions
from toynets.plots import Figure, Style, finish, plot, printed, shown, sign_keys, stored

NETWORKS = ()
LOW, HIGH = -1, 2
PANEL = (33.0, 28.0)  # mm
CASES = (("2", "-1", "3/4"), ("2", "-1", "-3/4"), ("-2", "1", "3/4"), ("-2", "1", "-3/4"))


def ramp(w: str, b: str, v: str) -> Network:
    """Return y = v relu(w x + b)."""
    return Network.from_layers(
        [([[w]], [b], "relu"), ([[v]], None, "identity")], name=f"w {w}, b {b}, v {v}"
    )


@plot
def figure(*, style: Style) -> Figure:
    """Return the figure."""
    write = style.written.unit
    page = style.page(height_mm=45.0, natural="double")
    gap = (page.width - 12.0 - 4 * PANEL[0] - 3.0) / 3
    numbers: dict[str, object] = {"ticks": [LOW, HIGH, -2, 0, 2]}
    networks = [ramp(*case) for case in CASES]
    joints, slopes = [], []
    for k, network in enumerate(networks):
        left = 12.0 + k * (PANEL[0] + gap)
        w, b, v = (network[a] for a in ("x1->h1", "h1.bias", "h1->y"))
        # Joint and slopes are read off the network's exact pieces, not computed from w, b and v.
        pieces = regions(network, f"[{LOW},{HIGH}]")
        joint = float(max(p.vertices[0][0] for p in pieces))
        change = [float(p.affine[0][0]) for p in pieces]
        slope = next(s for s in change if s)
        xs = [LOW, joint, HIGH]
        ys = [float(exact.run(network, [x])) for x in xs]
        axes = page.axes(
            left, 8.0, *PANEL, across=(LOW, HIGH), up=(-2.6, 2.6),
            ticks_across=(LOW, joint, HIGH), ticks_up=(-2, 0, 2),
            name_across=write("x1"), zero=True,
        )  # fmt: skip
        said = f"{printed(w)}·{write('x1')} {'+' if b > 0 else '−'} {printed(abs(b))}"
        page.letter(left, page.height - 5.0, "abcd"[k])
        page.text(left + 4.5, page.height - 5.0, f"{printed(v)} · relu({said})", size="small",
                  align="left", level="baseline")  # fmt: skip
        page.line(xs, ys, axes=axes, width="thick", order=3, **style.sign(v))
        page.line([joint, joint], [-2.6, 0], axes=axes, width="thin", colour="muted",
                  linestyle=(0, (1.0, 1.8)))  # fmt: skip
        page.marker(joint, 0, axes=axes, points=4.0, fill="paper")
        side = 1 if w > 0 else -1  # the slope is written on the other side of the joint
        page.text(joint - side * 0.15, 1.5 if v > 0 else -1.5, f"slope {printed(slope)}",
                  axes=axes, size="small", align="right" if side > 0 else "left")  # fmt: skip
        joints.append(joint)
        slopes.append(slope)
        numbers["abcd"[k]] = {
            "w": stored(w), "b": stored(b), "v": stored(v), "joint": stored(joint),
            "slope": stored(slope), "x": xs, "y": ys,
        }  # fmt: skip
    return finish(
        page,
        "hinge_1d",
        numbers=numbers,
        claim=f"A unit adds one bend. All four bend at −b/w = {printed(joints[0])}; where the unit "
        f"is on the slope is w·v: {', '.join(map(printed, slopes))}. The sign of w says on which "
        f"side it is on, the sign of v (dashed where negative) whether it lifts or lowers.",
        alt="Four curves, each flat on one side of a joint and straight on the other: to the right "
        "where the first weight is positive, up or down by the signs of both weights.",
        description=" ".join(
            f"{letter}: flat on the {'left' if network['x1->h1'] > 0 else 'right'} of "
            f"{printed(joint)}, slope {printed(slope)} on the other side."
            for letter, network, joint, slope in zip("abcd", networks, joints, slopes, strict=True)
        ),
        shows=[shown(n) for n in networks],
        keys=sign_keys(style),
    )


if __name__ == "__main__":
    figure().save(".")
