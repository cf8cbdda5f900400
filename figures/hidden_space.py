"""What a layer does to the inputs: XOR folded onto three points, two moons pulled apart."""

from __future__ import annotations

import json
from pathlib import Path

import toynets
from toynets.plots import Figure, Key, Style, finish, plot, printed, shown
from toynets.plots.spaces import around, draw_image, draw_inputs, grid_lines, mapped

NETWORKS = ("xor-sum",)
RECORD = Path(__file__).parent / "data" / "two_moons.json"
TITLES = ("xor-sum", "two moons")
HALF = 0.5
ROOM = 7 / 38  # the panels are 52 wide and 38 high


@plot
def figure(*, style: Style) -> Figure:
    """Draw the figure."""
    import numpy as np

    page = style.page(height_mm=101, natural="one-and-a-half")
    write = style.written.unit
    entry = toynets.load("xor-sum")
    record = json.loads(RECORD.read_text(encoding="utf-8"))
    moons = toynets.Network.from_dict(record["network"])
    moon_domain = toynets.Domain.listed([p["point"] for p in record["points"]])
    shows = [shown(entry), shown(moons, domain=moon_domain)]
    wanted = [int(toynets.exact.run(entry.network, x)["y"]) for x in entry.task.domain]
    rows = (
        (entry.network, entry.task.domain, wanted, 52.0),
        (moons, moon_domain, [p["class"] for p in record["points"]], 2.0),
    )
    numbers: dict[str, object] = {"threshold": HALF}
    counts = []
    for k, (network, domain, classes, bottom) in enumerate(rows):
        points = np.array([[float(v.p) / float(v.q) for v in row] for row in domain.rows])
        units = network.layers[-2].units
        images = mapped(network, units, points)
        low, high = around(points)
        lines = grid_lines(low, high)
        first, last = around(images, 0.18)
        counts.append(len({tuple(np.round(p, 9)) for p in images}))
        for j, (names, ends) in enumerate(((network.inputs, (low, high)), (units, (first, last)))):
            left = 8 + 66.0 * j
            reach = ends[1][0] - ends[0][0]
            axes = page.axes(
                left,
                bottom + 4,
                52,
                38,
                across=(ends[0][0] - ROOM * reach, ends[1][0] + ROOM * reach),
                up=(ends[0][1], ends[1][1]),
            )
            for spine in axes.spines.values():
                spine.set_visible(False)
            if j == 0:
                draw_inputs(page, axes, network, points, classes, HALF, lines, low, high)
            else:
                draw_image(page, axes, network, units, points, classes, HALF, lines)
            if k == 0:
                together: dict[tuple[float, float], list[str]] = {}
                for label, place in zip(domain.labels, points if j == 0 else images, strict=True):
                    together.setdefault((float(place[0]), float(place[1])), []).append(label)
                for (x, y), labels in together.items():
                    low_one = y < np.mean(axes.get_ylim())
                    # In the square towards its middle; else away from the border.
                    side = 1 if (low_one if j == 0 else len(labels) == 1) else -1
                    page.text(
                        x,
                        y + 0.09 * side * reach,
                        ", ".join(labels),
                        size="small",
                        axes=axes,
                        halo="paper",
                    )
            page.text(left + 26, bottom + 1.5, f"{write(names[0])} →", size="small", colour="muted")
            page.text(
                left + 0.5,
                bottom + 23,
                f"{write(names[1])} →",
                size="small",
                colour="muted",
                turned=90,
            )
            title = f"{TITLES[k]}: the inputs" if j == 0 else f"{' and '.join(map(write, units))}"
            page.letter(left - 7, bottom + 44.5, "abcd"[2 * k + j], title)
        numbers[TITLES[k]] = {
            "places": [[round(float(v), 4) for v in image] for image in images],
            "inputs": len(points),
            "distinct places": counts[-1],
        }
    return finish(
        page,
        "hidden_space",
        numbers=numbers,
        claim=f"The hidden layer of {entry.name} puts the {len(entry.task.domain)} inputs on "
        f"{counts[0]} points: the two that are to be 1 fall together, and one line tells them from "
        f"the rest. A trained network pulls {len(moon_domain)} points of two moons apart in the "
        f"same way. Faint: a grid and its image; dashed: output {printed(HALF)}; squares: class 1.",
        alt="Two networks: inputs that no line separates, and the same inputs after the hidden "
        "layer, where a straight dashed line does; a grid shows how the plane is folded and bent.",
        description="Upper row: the square of XOR, and its image, a triangle on which two corners "
        "fall together. Lower row: two interleaved half circles with a curved border, and their "
        "image in the plane of the last two units with a straight border.",
        shows=shows,
        keys=(Key("class 1", style.colour("positive"), marker="s"),),
    )


if __name__ == "__main__":
    figure().save(".", force=True)
