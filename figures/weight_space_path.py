"""Two trainings of one family: the straight path between them fails, the gauge path does not."""

from __future__ import annotations

import json
from pathlib import Path

import toynets
from toynets.importance.floats import Floats
from toynets.plots import Figure, Key, Style, finish, plot, printed, shown
from toynets.plots.page import keys_at
from toynets.symmetry import permute

NETWORKS = ()  # recorded trainings
RECORD = Path(__file__).parent / "data" / "trainings_without_decay.json"
STEPS = 64
SEEN = ("x1->h2", "h2->y")


def between(a: toynets.Network, b: toynets.Network, share: float) -> dict[str, float]:
    """Return the numbers on the straight path."""
    return {k: v + share * (b.numbers[k] - v) for k, v in a.numbers.items()}


def scaled(a: toynets.Network, b: toynets.Network, share: float) -> dict[str, float]:
    """Return the numbers on the way by scales: each unit's weight out moves by a power.

    What a unit is worth, weight in times weight out, moves in a straight line: here hardly at all.
    """
    found = {}
    for unit in a.hidden:
        out = f"{unit}->y"
        p, q = a.numbers[out], b.numbers[out]
        at = p * (q / p) ** share
        found[out] = at
        for key in (*(f"{x}->{unit}" for x in a.inputs), f"{unit}.bias"):
            worth = a.numbers[key] * p + share * (b.numbers[key] * q - a.numbers[key] * p)
            found[key] = worth / at
    found["y.bias"] = a.numbers["y.bias"] + share * (b.numbers["y.bias"] - a.numbers["y.bias"])
    return found


@plot
def figure(*, style: Style) -> Figure:
    """Draw the figure."""
    import numpy as np

    record = json.loads(RECORD.read_text(encoding="utf-8"))
    seeds = list(record["networks"])
    start, end = (toynets.Network.from_dict(record["networks"][s]["network"]) for s in seeds)
    other = permute(start, ["h2", "h1"], rename=True)
    domain = toynets.Domain.boolean(2)
    x = np.array([[int(v) for v in row] for row in domain.rows], float)
    wanted = np.array([0.0, 1.0, 1.0, 0.0])
    floats = Floats(start)

    def error(numbers: dict[str, float]) -> float:
        return float(((floats.run(x, edited=numbers).act[-1][:, 0] - wanted) ** 2).mean())

    shares = [k / STEPS for k in range(STEPS + 1)]
    straight = [error(between(start, end, s)) for s in shares]
    gauge = [error(scaled(other, end, s)) for s in shares]
    page = style.page(height_mm=64, natural="one-and-a-half")
    page.letter(2, 59.5, "a", "mean squared error on the way")
    top = max(straight)
    axes = page.axes(
        9,
        16,
        50,
        38,
        across=(0, 1),
        up=(-0.04 * top, 1.1 * top),
        ticks_across=[0, 1],
        labels_across=[f"seed {s}" for s in seeds],
        ticks_up=[0, 1, 2, 3, 4],
    )
    looks = {
        "straight": {"color": style.colour("ink"), "linestyle": (0, (4, 2))},
        "by the gauge": {"color": style.colour("positive"), "linestyle": "-"},
    }
    page.line(shares, straight, axes=axes, width="thick", **looks["straight"])
    page.line(shares, gauge, axes=axes, width="thick", **looks["by the gauge"])
    peak = max(range(len(shares)), key=lambda k: straight[k])
    page.text(shares[peak], straight[peak] + 0.05 * top, printed(top), size="small", axes=axes)
    page.text(0.5, 0.06 * top, printed(max(gauge), 1), size="small", axes=axes)
    page.letter(68, 59.5, "b", "the same in the plane of two weights")
    ends = {
        n: [net.numbers[a] for a in SEEN]
        for n, net in (("start", start), ("other", other), ("end", end))
    }
    xs = [v[0] for v in ends.values()]
    ys = [v[1] for v in ends.values()]
    axes = page.axes(
        77,
        16,
        46,
        38,
        across=(min(xs) - 0.16, max(xs) + 0.2),
        up=(min(ys) - 0.5, max(ys) + 0.5),
        ticks_across=[1, 1.5, 2],
        ticks_up=[-2, -1, 0, 1],
    )
    page.line(
        [ends["start"][0], ends["end"][0]],
        [ends["start"][1], ends["end"][1]],
        axes=axes,
        width="thick",
        **looks["straight"],
    )
    curve = [scaled(other, end, s) for s in shares]
    page.line(
        [c[SEEN[0]] for c in curve],
        [c[SEEN[1]] for c in curve],
        axes=axes,
        width="thick",
        **looks["by the gauge"],
    )
    page.arrow(
        ends["start"], ends["other"], axes=axes, colour="muted", dash=(0, (1, 1.5)), bend=0.25
    )
    for name, kind, said, dx, dy in (
        ("start", "o", f"seed {seeds[0]}", 0.0, -0.34),
        ("other", "s", "units swapped", 0.0, 0.34),
        ("end", "o", f"seed {seeds[1]}", 0.0, 0.32),
    ):
        page.marker(*ends[name], kind=kind, points=5, fill="paper", axes=axes)
        page.text(ends[name][0] + dx, ends[name][1] + dy, said, size="small", axes=axes)
    write = style.written
    page.text(100, 9.6, write.address(start, SEEN[0]), size="small", colour="muted")
    page.text(69.5, 35, write.address(start, SEEN[1]), size="small", colour="muted", turned=90)
    keys_at(page, 9, 4, list(looks.items()))
    page.text(62, 4, "dotted: the units change places", size="small", colour="muted", align="left")
    return finish(
        page,
        "weight_space_path",
        numbers={
            "seeds": [int(s) for s in seeds],
            "straight": straight,
            "gauge": gauge,
            "ends": ends,
            "largest error": {"straight": top, "gauge": max(gauge)},
            "ticks": [0, 3, 4, 1, 1.5, 2, -2, -1],
        },
        claim=f"Two trainings of XOR without decay, seeds {seeds[0]} and {seeds[1]}, in one "
        "solution family. On the straight path between their weights the error rises to "
        f"{printed(top)}; once the units have changed places, a path of scales stays at "
        f"{printed(max(gauge), 1)} or less. What lies between is a change of names and of scale, "
        "not of mechanism.",
        alt="Error along two paths from one training to another: the straight path climbs a hill, "
        "the path by symmetry stays at zero; beside it both paths in the plane of two weights.",
        description="Left: error over the way from the first training to the second. Right: the "
        "straight path as a dashed line, and the gauge path, first a jump that swaps the units "
        "(dotted), then a curve.",
        shows=[shown(net, domain=domain) for net in (start, end)],
        keys=(Key("by the gauge", style.colour("positive")),),
    )


if __name__ == "__main__":
    figure().save(".", force=True)
