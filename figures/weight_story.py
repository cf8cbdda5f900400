"""One weight of the film network, told in six lines, each a number computed from the network."""

from __future__ import annotations

import itertools

from toynets import exact, load
from toynets.plots import Figure, Page, Style, finish, plot, printed, shown, sign_keys, stored
from toynets.plots.diagrams import Sketch, sketch

NETWORKS = ("movie-rating",)
WEIGHT = "romance->thrill"
LEFT = 88.0  # mm, for the network


def effects(network: object, corners: list[tuple[int, ...]], change: str) -> list[float]:
    """Return the effect of a change on the output, on each corner."""
    return [
        float(exact.run(network, x, change)[0] - exact.run(network, x)[0])  # type: ignore[arg-type]
        for x in corners
    ]


def free(corners: list[tuple[int, ...]], found: list[float], count: int) -> list[int]:
    """Return the inputs that make no difference to an effect, whatever the others are."""
    by = dict(zip(corners, found, strict=True))
    return [
        k
        for k in range(count)
        if all(by[x] == by[(*x[:k], 1 - x[k], *x[k + 1 :])] for x in corners)
    ]


def span(values: list[float]) -> str:
    """Write a range."""
    low, high = min(values), max(values)
    return (
        printed(low) if low == high else f"{printed(low, sign=True)} to {printed(high, sign=True)}"
    )


def picture(page: Page, network: object, made: Sketch) -> None:
    """Draw the network with one weight, and its way to the output, in front."""
    style = page.style
    source, _, target = WEIGHT.partition("->")
    output = network.outputs[0]  # type: ignore[attr-defined]
    for address, value in network.numbers.items():  # type: ignore[attr-defined]
        start, arrow, end = address.partition("->")
        if not arrow or value == 0:
            continue
        told = address in (WEIGHT, f"{target}->{output}")
        drawn = style.sign(value) if told else {"color": style.colour("rule")}
        xs = [made.at[start][0] + made.wide[start] / 2, made.at[end][0] - made.wide[end] / 2]
        page.line(xs, [made.at[start][1], made.at[end][1]], order=2.5 if told else 2.0,
                  width="thick" if told else "line", **drawn)  # fmt: skip
        if told:
            place = made.labels[address]
            page.text(place.x, place.y, printed(value), size="small", bold=True, halo="paper",
                      colour="negative" if value < 0 else "positive")  # fmt: skip
    for name, (x, y) in made.at.items():
        told = name in (source, target, output)
        page.shape(x, y, made.wide[name], made.unit, name=name, edge="ink" if told else "faint",
                   line="thick" if told else "thin")  # fmt: skip
        page.text(x, y, style.written.unit(name), on=name, colour="ink" if told else "muted")


@plot
def figure(*, style: Style) -> Figure:
    """Return the figure."""
    entry = load("movie-rating")
    network, said = entry.network, entry.explanation
    source, _, target = WEIGHT.partition("->")
    value = network[WEIGHT]
    corners = list(itertools.product((0, 1), repeat=len(network.inputs)))
    without = effects(network, corners, f"{WEIGHT} = 0")
    more = effects(network, corners, f"{WEIGHT} += 1")
    values = [exact.run(network, x) for x in corners]
    on = [x for x in corners if exact.Machine(network).values(x)[target] > 0]
    acts = [e for e in without if e]
    idle = [network.inputs[k] for k in free(corners, without, len(network.inputs))]
    stated = said.weights[WEIGHT]
    lines = (
        ("multiplies", f"{source}, which runs from 0 to 1: it sends 0 to {printed(value)}"),
        ("is active", f"where {target} is on: {len(on)} of the {len(corners)} corners"),
        ("its role", f"{stated.role}: {stated.why}"),
        ("one more (+1)", f"changes the {network.outputs[0]} by {span(more)}"),
        ("without it", f"{len(acts)} corners change, by {span(acts)}"),
        ("all the same", f"whatever {', '.join(idle[:-1])} and {idle[-1]} are"),
    )
    page = style.page(height_mm=80.0, natural="double")
    made = sketch(style, network, 3.0, 3.0 + LEFT, 0.0)
    assert made is not None  # twenty edges in 88 mm
    lowest = min(y for _, y in made.at.values())
    highest = max(y for _, y in made.at.values())
    picture(page, network, made.moved(page.height / 2 - (lowest + highest) / 2))
    x = LEFT + 12.0
    top = page.height - 9.0
    write = style.written
    page.text(x, top, f"{write.address(network, WEIGHT)} = {printed(value)}", size="title",
              bold=True, align="left", level="baseline")  # fmt: skip
    y = top - 9.5
    for head, text in lines:
        page.text(x, y, head, size="small", colour="muted", align="left", level="baseline")
        y = page.paragraph(x, y - 3.7, text, page.width - x - 3.0) - 1.7
    return finish(
        page,
        "weight_story",
        numbers={
            "weight": stored(value),
            "to output": stored(network[f"{target}->{network.outputs[0]}"]),
            "input": [0, 1],
            "corners": len(corners),
            "on": len(on),
            "more": {"least": min(more), "most": max(more), "by": 1},
            "without": {"corners": len(acts), "least": min(acts), "most": max(acts)},
            "output": {"least": float(min(v[0] for v in values)),
                       "most": float(max(v[0] for v in values))},
        },
        claim=f"What one weight means, in six lines. The weight from {source} to {target} is "
        f"{printed(value)}. Without it {len(acts)} of {len(corners)} corners change, by "
        f"{span(acts)}; with one more the {network.outputs[0]} changes by {span(more)}. "
        f"{', '.join(idle)} make no difference to that.",
        alt=f"A network that rates films. One weight, from {source} to {target}, stands out; "
        "beside it six lines say what it multiplies, when it is active, its role, and what is "
        "lost without it.",
        description=". ".join(f"{head}: {text}" for head, text in lines) + ".",
        shows=[shown(entry, cases=20_000)],
        keys=sign_keys(style),
    )  # fmt: skip


if __name__ == "__main__":
    figure().save(".")
