"""Two networks with one truth table: other ablations, and another value between the corners."""

from __future__ import annotations

import toynets
from toynets.plots import Figure, Style, finish, plot, printed, shown, sign_keys
from toynets.plots.cells import bar, grid
from toynets.plots.landscapes import draw_landscape, landscape
from toynets.plots.panels import kept, named, spot, unit_square

NETWORKS = ("xor-sum", "xor-difference")
BOX = "[0,1]^2"
MIDDLE = ("1/2", "1/2")
LEVELS = ("1/4", "1/2", "3/4")


@plot
def figure(*, style: Style) -> Figure:
    """Draw the figure."""
    page = style.page(height_mm=90, natural="one-and-a-half")
    name = style.written.unit
    numbers: dict[str, object] = {"point": MIDDLE, "levels": LEVELS, "scale": {"limit": 2}}
    shows, middles = [], []
    for k, title in enumerate(NETWORKS):
        entry = toynets.load(title)
        shows.append(shown(entry))
        left = 66.0 * k + 1
        page.letter(left, 86, "ab"[k], title)
        page.text(left, 81.5, named(style, entry.title), size="small", align="left", colour="muted")
        heads = {"": "y", "h1 = 0": f"without {name('h1')}", "h2 = 0": f"without {name('h2')}"}
        runs = {text: toynets.ablate(entry, text) for text in heads}
        rows = [[run.outcomes[i]["y"] for run in runs.values()] for i in range(4)]
        labels = [" ".join(label) for label in entry.task.domain.labels]
        grid(page, left + 10, 74, (17, 5), rows, rows=labels, columns=list(heads.values()), limit=2)
        page.text(
            left + 8.5,
            76,
            " ".join(map(name, ["x1", "x2"])),
            size="small",
            align="right",
            colour="muted",
        )
        axes = unit_square(page, left + 13, 5, 44, [name(x) for x in entry.network.inputs])
        draw_landscape(axes, style, landscape(entry.network, BOX, LEVELS), largest=2)
        for label, x in zip(entry.task.domain.labels, entry.task.domain, strict=True):
            said = printed(toynets.exact.run(entry.network, x)["y"])
            spot(page, axes, *x, said, f"{title} {label}")
        middle = toynets.exact.run(entry.network, MIDDLE)["y"]
        spot(page, axes, 0.5, 0.5, printed(middle), f"{title} middle", "s")
        middles.append(printed(middle))
        numbers[title] = {
            "outcomes": {
                text or "clean": [kept(o["y"]) for o in run.outcomes] for text, run in runs.items()
            },
            "middle": kept(middle),
        }
    bar(page, 50, 1.6, 20, 2, name("y"))
    said = " and ".join(f"{n} gives {m}" for n, m in zip(NETWORKS, middles, strict=True))
    return finish(
        page,
        "xor_two_solutions",
        numbers=numbers,
        claim="Two networks with the same four outputs. No input of the truth table tells them "
        "apart; removing either hidden unit does, and so does a point between the corners: at "
        f"({', '.join(MIDDLE)}) {said}. Thin lines: y = {', '.join(LEVELS)}; thick: a joint.",
        alt="Two XOR networks side by side: the same outputs on four inputs, different outputs "
        f"without a unit, and over the unit square a ridge (value {middles[0]} in the middle) "
        f"against a valley ({middles[1]}).",
        description="For each network a table with a row per input and columns for the output, the "
        "output without the first and without the second hidden unit; below it the output over the "
        "unit square as bands between level lines, with the values at the corners and the middle.",
        shows=shows,
        keys=sign_keys(style),
        maps=2,
    )


if __name__ == "__main__":
    figure().save(".", force=True)
