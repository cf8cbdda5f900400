"""Five ways to set a unit to zero, its mean and resampling: they do not agree."""

from __future__ import annotations

import math

import toynets
from toynets.plots import Figure, Style, finish, plot, shown, sign_keys
from toynets.plots.cells import bar, grid, limit_of
from toynets.plots.panels import kept, named

NETWORKS = ("constant-unit",)
KINDS = (
    ("{u} = 0", "activation 0"),
    ("{u}.pre = 0", "pre-activation 0"),
    ("->{u} = 0", "weights in 0"),
    ("->{u}, {u}.bias = 0", "weights in and bias 0"),
    ("{u}-> = 0", "weights out 0"),
    ("{u} = mean", "mean activation"),
    ("{u} = resample", "resampled: largest"),
)
LABELS = (2.0, 33.0)  # mm: what is done in words, and as it is typed
LEFTS = (60.0, 120.0)  # of the tables
TOP, CELL = 43.0, (13.0, 4.8)


def soft_and() -> toynets.Network:
    """Return AND of two bits by one sigmoid unit."""
    return toynets.Network.from_layers(
        [([[8, 8]], [-12], "sigmoid"), ([[1]], [0], "identity")], name="sigmoid AND"
    )


def largest(network: toynets.Network, domain: toynets.Domain, text: str) -> list[object]:
    """Return the effect of an intervention on each input; of a family the largest in size."""
    made = toynets.ablate(network, text, domain=domain)
    found: dict[str, object] = {}
    for case, effect in zip(made.cases, made.effects, strict=True):
        value = effect[0]
        if case.label not in found or abs(float(value)) > abs(float(found[case.label])):
            found[case.label] = value
    return list(found.values())


@plot
def figure(*, style: Style) -> Figure:
    """Draw the figure."""
    entry = toynets.load("constant-unit")
    domain = (
        toynets.Domain.listed([[k] for k in range(-1, 3)])
        if not entry.task.domain.finite
        else entry.task.domain
    )
    cases = (
        (soft_and(), toynets.Domain.boolean(2), "h1"),
        (entry.network, domain, entry.network.hidden[0]),
    )
    page = style.page(height_mm=54, natural="double")
    numbers: dict[str, object] = {}
    spread = []
    tables = [
        [largest(network, inputs, text.format(u=unit)) for text, _ in KINDS]
        for network, inputs, unit in cases
    ]
    # One scale for both, that of the sigmoid unit: what is larger has its deepest tint.
    limit = math.ceil(limit_of([[float(v) for v in row] for row in tables[0]]))
    for k, (text, said) in enumerate(KINDS):
        middle = TOP - (k + 0.5) * CELL[1]
        page.text(LABELS[0], middle, said, size="small", align="left")
        written = named(style, text.format(u=cases[0][2]))
        page.text(LABELS[1], middle, written, size="small", align="left", colour="muted")
    page.text(LEFTS[0] - 2, TOP + 2.0, "input", size="small", align="right", colour="muted")
    for k, ((network, inputs, unit), rows) in enumerate(zip(cases, tables, strict=True)):
        said = f"{network.name}, unit {named(style, unit)}"
        page.letter(LEFTS[k], 50, "ab"[k], said)
        grid(
            page,
            LEFTS[k],
            TOP,
            CELL,
            rows,
            columns=list(inputs.labels),
            limit=limit,
            sign=True,
            digits=2,
        )
        numbers[network.name] = {
            "unit": unit,
            "inputs": list(inputs.labels),
            "effects": {
                t.format(u=unit): [kept(v) for v in row]
                for (t, _), row in zip(KINDS, rows, strict=True)
            },
        }
        spread.append(len({tuple(round(float(v), 6) for v in row) for row in rows}))
    bar(page, LEFTS[0], 3.5, 18, limit, "effect; a larger one has the tint of the end")
    numbers["scale"] = {"limit": limit}
    return finish(
        page,
        "which_zero",
        numbers=numbers | {"different answers": spread},
        claim="Seven ablations of one unit, its effect on each input. Of a sigmoid unit they give "
        f"{spread[0]} different answers: 0 is a value it never has, its pre-activation 0 is one "
        f"half. Of a unit that is constant they give {spread[1]}: by its mean nothing is lost, by "
        "0 all is.",
        alt="Two tables of effects: seven ways to ablate one unit, in rows, on each input, in "
        f"columns. The rows differ: {spread[0]} answers for a sigmoid unit, {spread[1]} for a "
        "constant one.",
        description="Rows are activation 0, pre-activation 0, incoming weights 0, incoming weights "
        "and bias 0, outgoing weights 0, mean and resampling, of which the largest effect over the "
        "sources is shown.",
        shows=[shown(cases[0][0], domain=cases[0][1]), shown(entry)],
        keys=sign_keys(style),
        maps=2,
    )


if __name__ == "__main__":
    figure().save(".", force=True)
