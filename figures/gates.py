"""Five gates with weights and corner tables; below, the same gates between the corners."""

from __future__ import annotations

from toynets import Domain, Network, exact, load
from toynets.plots import Figure, Page, Style, finish, plot, printed, shown, sign_keys, stored
from toynets.plots.areas import draw_map
from toynets.plots.cells import bar
from toynets.plots.diagrams import draw, sketch

NETWORKS = ("and", "or", "not", "nand", "majority-3")
LIMIT = 2.0  # of the tints, for all maps
ROOM = "[-1/4,5/4]^2"
SIDE = 25.0  # mm
WIDE = 31.0  # mm, of a gate


def slice_of(network: Network, x3: int) -> Network:
    """Return a gate of three inputs with the third one held: its weights join the biases."""
    first, last = network.layers
    held = [float(b) + x3 * row[2] for row, b in zip(first.weight, first.bias or (), strict=True)]
    return Network.from_layers(
        [
            ([row[:2] for row in first.weight], held, first.activation),
            (last.weight, last.bias, last.activation),
        ],
        name=f"{network.name}, x3 = {x3}",
    )


def table(page: Page, left: float, top: float, network: Network) -> dict[str, object]:
    """Write the corners with the gate's output; return what is written."""
    write = page.style.written.unit
    names = [write(x) for x in network.inputs]
    rows = Domain.boolean(len(names)).rows
    steps = [5.0] * len(names) + [6.5]
    x = left + (WIDE - sum(steps)) / 2
    centres = [x + sum(steps[:k]) + steps[k] / 2 for k in range(len(steps))]
    found: dict[str, object] = {}
    pitch = 3.6
    for at, name in zip(centres, [*names, write("y")], strict=True):
        page.text(at, top, name, size="small", colour="muted", level="baseline")
    page.line([x, x + sum(steps)], [top - 1.4] * 2, width="thin", colour="muted")
    for r, row in enumerate(rows):
        y = top - 4.6 - r * pitch
        value = exact.run(network, row)[0]
        for at, cell in zip(centres, [*row, value], strict=True):
            last = at == centres[-1]
            page.text(at, y, printed(cell), size="small", bold=last and value > 0,
                      level="baseline")  # fmt: skip
        found["".join(map(str, row))] = stored(float(value))
    return found


def middle(network: Network) -> float:
    """Return the output halfway between all corners."""
    return float(exact.run(network, ["1/2"] * len(network.inputs)))


@plot
def figure(*, style: Style) -> Figure:
    """Return the figure."""
    entries = [load(name) for name in NETWORKS]
    page = style.page(height_mm=142.0, natural="double")
    step = (page.width - 6.0 - WIDE) / (len(entries) - 1)
    numbers: dict[str, object] = {"scale": {"limit": LIMIT}, "ticks": [0, 1]}
    write = style.written.unit
    sketches = [
        made
        for k, entry in enumerate(entries)
        if (made := sketch(style, entry.network, 3.0 + k * step, 3.0 + k * step + WIDE, 0.0, 5.4))
    ]
    tallest = max(made.height for made in sketches)
    for k, entry in enumerate(entries):
        network = entry.network
        left = 3.0 + k * step
        page.text(left + WIDE / 2, page.height - 5.0, entry.name.removesuffix("-3").upper(),
                  size="title", bold=True, level="baseline")  # fmt: skip
        made = sketches[k]
        lower = (tallest - made.height) / 2  # all in the middle of the row
        draw(
            page,
            network,
            made.moved(page.height - 8.0 - lower),
            names=False,
            prefix=f"{entry.name}-",
        )
        found = {
            "weights": {a: stored(v) for a, v in network.numbers.items()},
            "corners": table(page, left, 82.0, network),
            "middle": stored(middle(network)),
        }
        if len(network.inputs) == 3:
            low, high = slice_of(network, 0), slice_of(network, 1)
            small = (SIDE - 2.0) / 2
            for x, one, said in ((left + 5.5, low, "0"), (left + 5.5 + small + 2.0, high, "1")):
                square(page, x, 16.0, small, one, quiet=True)
                page.text(x + small / 2, 16.0 + small + 6.2, f"{write('x3')} = {said}",
                          size="small", colour="muted")  # fmt: skip
                page.text(x, 16.0 + small + 1.2, write("x2"), size="small", align="left",
                          level="bottom")  # fmt: skip
            found["held"] = [0, 1]
        elif len(network.inputs) == 2:
            square(page, left + 5.5, 16.0, SIDE, network)
        else:
            axes = page.axes(
                left + 5.5, 16.0, SIDE, SIDE, across=(-0.25, 1.25), up=(-0.25, 1.5),
                ticks_across=(0, 1), ticks_up=(0, 1), name_across=write("x1"),
                name_up=write("y"), zero=True,
            )  # fmt: skip
            xs = [-0.25, 1.0, 1.25]
            ys = [float(exact.run(network, [x])) for x in xs]
            page.line(xs, ys, axes=axes, width="thick")
            for x in (0, 1):
                height = float(exact.run(network, [x]))
                fill = "ink" if height > 0 else "paper"
                page.marker(x, height, axes=axes, points=3.2, fill=fill)
            found["curve"] = [xs, ys]
        page.text(left + 5.5 + SIDE / 2, 5.5, f"middle {printed(middle(network))}", size="small")
        numbers[entry.name] = found
    x = 5.0 + bar(
        page, 8.5, 49.5, 20.0, LIMIT, "output between the corners (below 0 hatched)", hatched=True
    )
    for fill, output in (("ink", 1), ("paper", 0)):
        said = f"{write('y')} = {output}"
        page.marker(x, 49.5, points=3.2, fill=fill)
        page.text(x + 2, 49.5, said, size="small", align="left", colour="muted")
        x += page.measure(said, "small")[0] + 7.0
    and_middle = printed(middle(entries[0].network))
    return finish(
        page,
        "gates",
        numbers=numbers,
        claim=f"Five gates with their weights and what they give on the corners (exactly 0 or 1); "
        f"below, the same networks on the square. AND is 0 along the diagonal up to the middle "
        f"({and_middle} there) and rises to 1 only in the last corner: between the corners a "
        f"gate is what its weights make of it. Majority is AND where the third input is 0 and OR "
        f"where it is 1.",
        alt="Five small networks, AND, OR, NOT, NAND and majority of three, with every weight on "
        "its edge; below each its table, and below that a map of its output over the square "
        "between the corners.",
        description=" ".join(
            f"{entry.name}: {entry.title}; {printed(middle(entry.network))} in the middle."
            for entry in entries
        ),
        shows=[shown(entry) for entry in entries],
        keys=sign_keys(style),
        maps=4,
    )


def square(
    page: Page, x: float, y: float, side: float, network: Network, *, quiet: bool = False
) -> None:
    """Draw a map over the square with its corners marked."""
    write = page.style.written.unit
    axes = page.axes(
        x, y, side, side, across=(-0.25, 1.25), up=(-0.25, 1.25),
        ticks_across=(0, 1), ticks_up=() if quiet else (0, 1), name_across=write("x1"),
        name_up="" if quiet else write("x2"), box=True,
    )  # fmt: skip
    draw_map(page, axes, network, Domain.box(ROOM), LIMIT)
    for a in (0, 1):
        for b in (0, 1):
            on = exact.run(network, [a, b]) > 0
            page.marker(a, b, axes=axes, points=3.2, fill="ink" if on else "paper")


if __name__ == "__main__":
    figure().save(".")
