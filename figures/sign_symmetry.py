"""Turning the signs of a unit: nothing changes for tanh, everything for relu."""

from __future__ import annotations

import toynets
from toynets.importance.floats import Floats
from toynets.plots import Figure, Style, finish, plot, printed, shown, sign_keys, stored
from toynets.plots.cells import grid
from toynets.plots.page import keys_at

NETWORKS = ("fit-1d",)
UNIT = "h2"
LOW, HIGH = -1, 3
STEPS = 128


def tanh_fit() -> toynets.Network:
    """Return three tanh units on the joints of fit-1d."""
    return toynets.Network.from_layers(
        [([[2], [2], [2]], [0, -2, -4], "tanh"), ([[1, -1.5, 1.5]], [2], "identity")],
        name="three tanh units",
    )


def turned(network: toynets.Network) -> toynets.Network:
    """Return a network with all numbers of one unit turned: weights in, bias, weights out."""
    touched = [a for a in network.numbers if a == f"{UNIT}.bias" or UNIT in a.split("->")]
    return network.with_numbers({a: -network.numbers[a] for a in touched})


@plot
def figure(*, style: Style) -> Figure:
    """Draw the figure."""
    import numpy as np

    entry = toynets.load("fit-1d")
    page = style.page(height_mm=75, natural="one-and-a-half")
    xs = np.linspace(LOW, HIGH, STEPS + 1)
    numbers: dict[str, object] = {"from": LOW, "to": HIGH}
    gaps = []
    for k, network in enumerate((tanh_fit(), entry.network)):
        other = turned(network)
        ys, zs = (Floats(n).run(xs[:, None]).act[-1][:, 0] for n in (network, other))
        gap = float(np.abs(ys - zs).max())
        gaps.append(gap)
        left = 9 + 65.0 * k
        page.letter(left - 7, 70.5, "ab"[k], network.name)
        low, high = min(ys.min(), zs.min()), max(ys.max(), zs.max())
        room = 0.12 * (high - low)
        ticks = [t for t in range(-9, 10) if low - room <= t <= high + room]
        ticks = ticks[:: max(1, len(ticks) // 4)]
        axes = page.axes(
            left,
            33,
            50,
            30,
            across=(LOW, HIGH),
            up=(low - room, high + room),
            ticks_across=range(LOW, HIGH + 1),
            ticks_up=ticks,
            name_up=style.written.unit("y"),
        )
        page.line(xs, ys, axes=axes, colour="muted", linewidth=2.6 * style.size("line"))
        page.line(xs, zs, axes=axes, colour="ink", linestyle=(0, (4, 2)), width="thick", order=3)
        page.text(left + 52.5, 32, style.written.unit("x1"), size="small", colour="muted")
        touched = [f"x1->{UNIT}", f"{UNIT}.bias", f"{UNIT}->y"]
        rows = [[network.numbers[a] for a in touched], [other.numbers[a] for a in touched]]
        grid(
            page,
            left + 8,
            21,
            (14, 4.8),
            rows,
            rows=["one", "other"],
            columns=[style.written.address(network, a) for a in touched],
            tinted=False,
        )
        numbers[network.name] = {
            "one": {a: stored(v) for a, v in zip(touched, rows[0], strict=True)},
            "other": {a: stored(v) for a, v in zip(touched, rows[1], strict=True)},
            "largest difference": gap,
            "ticks": ticks,
        }
    keys_at(page, 9, 4.5, [
        ("one", {"color": style.colour("muted"), "linewidth": 2.6 * style.size("line")}),
        ("other: the signs turned", {"color": style.colour("ink"), "linestyle": (0, (4, 2))}),
    ])  # fmt: skip
    assert gaps[0] < 1e-12, "turning the signs of a tanh unit is a symmetry"
    name = style.written.unit(UNIT)
    return finish(
        page,
        "sign_symmetry",
        numbers=numbers,
        claim=f"All signs of {name} turned: its weight and bias in, its weight out. tanh is odd, "
        "and the two networks are one function (largest difference "
        f"{printed(0 if gaps[0] < 1e-12 else gaps[0])}); relu is not, and they differ by up to "
        f"{printed(gaps[1])}. A sign means something only beside the others.",
        alt="Two plots of output against input, before and after the signs of one unit are turned: "
        f"with tanh the curves lie on each other, with relu they part by up to {printed(gaps[1])}.",
        description="Below each plot a table of the three numbers of the unit in both networks. "
        "The broad curve is the first network, the dashed one the network with the signs turned.",
        shows=[shown(tanh_fit(), domain=toynets.Domain.box(f"[{LOW},{HIGH}]")), shown(entry)],
        keys=sign_keys(style),
    )


if __name__ == "__main__":
    figure().save(".", force=True)
