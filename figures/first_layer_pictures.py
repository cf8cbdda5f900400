"""Incoming weights as pictures: units that tell bars apart, and units that find edges."""

from __future__ import annotations

import toynets
from toynets.plots import Figure, Key, Style, finish, plot, printed, shown
from toynets.plots.cells import bar
from toynets.plots.images import draw_picture, draw_responses, pictures_of
from toynets.plots.numbers import to_number

NETWORKS = ("bars", "bars-trained", "edges")
SHAPES = ((4, 4), (8, 8), (8, 8))
SIDE = 21.0


@plot
def figure(*, style: Style) -> Figure:
    """Draw the figure."""
    page = style.page(height_mm=108, natural="double")
    numbers: dict[str, object] = {}
    shows, said = [], []
    for k, (name, shape) in enumerate(zip(NETWORKS, SHAPES, strict=True)):
        entry = toynets.load(name)
        shows.append(shown(entry, verify=name != "bars-trained"))
        found = pictures_of(entry.network, entry.task.domain, shape)
        limit = max(abs(w) for p in found for row in p.weights for w in row)
        top = 100.0 - 34.0 * k
        for j, one in enumerate(found):
            left = 3 + 87.0 * j
            title = f"{name}, {style.written.unit(one.unit)}"
            page.letter(left, top + 3, "abcdef"[2 * k + j], title)
            draw_picture(page, left, top, SIDE, one.weights, limit)
            draw_picture(page, left + 24, top, SIDE, one.best, 1.0)
            draw_responses(page, left + 53, top - SIDE, 29, SIDE, one)
            sizes = [to_number(v) for v in one.responses]
            numbers[f"{name}, {one.unit}"] = {
                "weights": [list(row) for row in one.weights],
                "best input": one.label,
                "responses": [round(s, 4) for s in sizes],
                "ticks": [0, round(max(sizes), 3)],
            }
            on = sum(s > max(sizes) / 100 for s in sizes)
            said.append(f"{one.unit} of {name} is on for {on} of {len(sizes)}")
        numbers[f"{name}, scale"] = {"limit": limit, "low": -limit}
        bar(page, 3, top - SIDE - 3.6, 12, limit)
    for left in (3, 90):
        page.text(left + SIDE / 2, 2.4, "weights", size="small", colour="muted")
        page.text(left + 24 + SIDE / 2, 2.4, "likes best", size="small", colour="muted")
        page.text(left + 53 + 14, 2.4, "response to each input", size="small", colour="muted")
    largest = numbers["bars-trained, scale"]["limit"]  # type: ignore[index]  # a record of this figure
    return finish(
        page,
        "first_layer_pictures",
        numbers=numbers,
        claim="Weights into the hidden units as pictures. Bars, built by hand (a, b) and trained "
        "(c, d): half of the rows excite (filled), half inhibit (hatched), so that a bar down "
        "cancels. Edges (e, f): one half of the picture against the other. Beside them the input "
        "that the unit likes best and its response to each; "
        f"{'; '.join(said)}. Largest trained weight {printed(largest)}.",
        alt="Pictures of the weights into two units of three networks: some rows or one half "
        "positive, the others hatched negative; beside each the input it likes best and bars of "
        "its response to each.",
        description="Six panels, each with the incoming weights as a grid of pixels, the "
        "preferred input and the response to every input of the domain.",
        shows=shows,
        keys=(
            Key("positive", style.colour("positive")),
            Key("negative", style.colour("negative"), "--", hatch="/"),
        ),
    )


if __name__ == "__main__":
    figure().save(".", force=True)
