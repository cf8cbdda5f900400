"""A network read as a program: one line a unit, beside the diagram of its weights."""

from __future__ import annotations

import toynets
from toynets.plots import Figure, Style, finish, plot, shown, sign_keys, stored
from toynets.plots.diagrams import draw, sketch
from toynets.plots.page import keys_at
from toynets.plots.panels import named
from toynets.rationals import from_float
from toynets.readings import read_as_program

NETWORKS = ("full-adder",)


@plot
def figure(*, style: Style) -> Figure:
    """Draw the figure."""
    entry = toynets.load("full-adder")
    network = entry.network
    program = read_as_program(network, entry.task.domain, entry.explanation)
    page = style.page(height_mm=68, natural="double")
    page.letter(2, 63.5, "a", f"{network.name}: the weights")
    made = sketch(style, network, 3, 84, 61)
    assert made is not None, "the diagram fits"
    draw(page, network, made)
    page.letter(93, 63.5, "b", "the same numbers as a program")
    y = 55.0
    for line in program.lines:
        code = named(style, f"{line.unit} = {line.code}".replace("*", " "))
        page.text(95, y, code, align="left")
        if line.stands_for:
            page.text(
                99,
                y - 4.2,
                named(style, line.stands_for.replace("*", " ").replace(">=", "≥")),
                size="small",
                align="left",
                colour="muted",
            )
        y -= 10.4
    keys_at(
        page,
        95,
        2.6,
        [("positive", style.sign(1)), ("negative", style.sign(-1)), ("0", style.sign(0))],
    )
    return finish(
        page,
        "weights_as_program",
        numbers={
            "weights": {a: stored(from_float(v)) for a, v in network.numbers.items()},
            "program": [line.to_dict() for line in program.lines],
            "zero": 0,
        },
        claim=f"A full adder as a network and as a program of {len(program.lines)} lines, one a "
        f"unit, from the same {len(network.numbers)} numbers; below each, its role and concept, "
        "which the verified explanation states.",
        alt="A labelled diagram of a full adder with three hidden units, and beside it five lines "
        "of code, one for each unit, each followed by what it stands for.",
        description=" ".join(f"{line.unit} is {line.words}." for line in program.lines),
        shows=[shown(entry)],
        keys=sign_keys(style),
    )


if __name__ == "__main__":
    figure().save(".", force=True)
