"""The mirror-symmetry network as printed in 1986 and as trained here: 1 to 2 to 4, both times."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import toynets
from toynets.plots import Figure, Style, finish, plot, printed, shown, sign_keys
from toynets.plots.panels import signed_bar

NETWORKS = ("symmetry-1986", "symmetry-trained")
HALF = 0.5
TITLES = ("printed in 1986", "trained here")


def right(outcomes: Sequence[float], rows: Sequence[Any]) -> tuple[int, int]:
    """Return on how many inputs an outcome is decided as the task wants, and out of how many."""
    pairs = zip(outcomes, rows, strict=True)
    return sum((value > HALF) == (x == x[::-1]) for value, x in pairs), len(rows)


@plot
def figure(*, style: Style) -> Figure:
    """Draw the figure."""
    page = style.page(height_mm=100, natural="double")
    write = style.written.unit
    numbers: dict[str, object] = {}
    shows, claims = [], []
    for k, (name, title) in enumerate(zip(NETWORKS, TITLES, strict=True)):
        entry = toynets.load(name)
        network = entry.network
        shows.append(shown(entry))
        bottom = 50.0 - 48.0 * k
        ratios: list[str] = []
        for j, unit in enumerate(network.hidden):
            weights = [network.numbers[f"{x}->{unit}"] for x in network.inputs]
            left = 6 + 52.0 * j
            page.letter(
                left - 4, bottom + 45.5, "abcdef"[3 * k + j], f"{title}, weights into {write(unit)}"
            )
            top = max(map(abs, weights))
            axes = page.axes(
                left, bottom + 8, 44, 33, across=(-0.6, 5.6), up=(-1.3 * top, 1.3 * top)
            )
            axes.spines["left"].set_visible(False)
            axes.spines["bottom"].set_visible(False)
            page.line([-0.6, 5.6], [0, 0], axes=axes, colour="muted", width="thin", order=2)
            page.line(
                [2.5, 2.5],
                [-0.9 * top, 0.9 * top],
                axes=axes,
                colour="faint",
                width="thin",
                linestyle=(0, (1, 2)),
            )
            for i, weight in enumerate(weights):
                signed_bar(page, axes, i, weight, across=False, thick=0.6)
                past = 0.12 * top if weight > 0 else -0.12 * top
                page.text(i, weight + past, printed(weight), size="small", axes=axes)
                page.text(
                    left + 44 * (i + 0.6) / 6.2,
                    bottom + 5,
                    write(network.inputs[i]),
                    size="small",
                    colour="muted",
                )
            sizes = sorted(
                (abs(w) + abs(v)) / 2 for w, v in zip(weights[:3], weights[::-1], strict=False)
            )
            ratios.append(" : ".join(printed(s / sizes[0], 4) for s in sizes))
            numbers[f"{name}, {unit}"] = {
                "weights": weights,
                "ratio": [s / sizes[0] for s in sizes],
            }
        inputs = entry.task.domain.rows
        texts = {"clean": ""} | {u: f"{u} = 0" for u in network.hidden}
        outcomes = {
            u: [float(toynets.exact.run(network, x, text)[0]) for x in inputs]
            for u, text in texts.items()
        }
        runs = {u: right(values, inputs) for u, values in outcomes.items()}
        left = 118.0
        page.letter(left - 4, bottom + 45.5, "abcdef"[3 * k + 2], f"{title}, without {write('h1')}")
        into = [network.numbers[f"{x}->h1"] for x in network.inputs]
        balance = [sum(w * int(v) for w, v in zip(into, x, strict=True)) for x in inputs]
        reach = 1.15 * max(map(abs, balance))
        axes = page.axes(
            left,
            bottom + 9,
            50,
            30,
            across=(-reach, reach),
            up=(-0.14, 1.14),
            ticks_across=[0],
            ticks_up=[0, 1],
            name_up=write(network.outputs[0]),
        )
        page.line(
            [-reach, reach],
            [HALF, HALF],
            axes=axes,
            colour="faint",
            width="thin",
            linestyle=(0, (1, 2)),
        )
        for x, at, outcome in zip(inputs, balance, outcomes["h1"], strict=True):
            mirror = x == x[::-1]
            page.marker(
                at,
                outcome,
                kind="s" if mirror else "o",
                points=3.6,
                fill="positive" if mirror else "paper",
                axes=axes,
            )
        page.text(
            left + 25,
            bottom + 3.4,
            f"balance that {write('h1')} weighs",
            size="small",
            colour="muted",
        )
        page.text(
            left + 50,
            bottom + 41,
            f"right: {runs['h1'][0]} of {runs['h1'][1]}",
            size="small",
            align="right",
        )
        numbers[f"{name}, right"] = {u: list(r) for u, r in runs.items()}
        numbers[f"{name}, without h1"] = {
            "balance": balance,
            "outcomes": outcomes["h1"],
            "threshold": HALF,
        }
        claims.append(
            f"{title}, {ratios[0]} and {ratios[1]}, right on {runs['clean'][0]} of "
            f"{runs['clean'][1]}, without {write('h1')} on {runs['h1'][0]}, without {write('h2')} "
            f"on {runs['h2'][0]}"
        )
    return finish(
        page,
        "symmetry_1986",
        numbers=numbers | {"ticks": [0, 1]},
        claim="Mirror-symmetric strings of six bits. Weights of one unit are opposite across the "
        f"middle, and their sizes are about as 1 to 2 to 4: {'; '.join(claims)}. Without one unit "
        "only one sign of the balance is noticed. Squares: symmetric strings.",
        alt="Bars of six weights into each of two units, antisymmetric about the middle, printed "
        "in 1986 and trained here, with sizes about 1 to 2 to 4; and outputs once a unit is "
        "removed.",
        description="Left two panels of each row: the weights from the six inputs into each hidden "
        "unit. Right: the output for all 64 strings without the first unit, over the weighted sum "
        "that this unit computes; strings on one side are all called symmetric.",
        shows=shows,
        keys=sign_keys(style),
    )


if __name__ == "__main__":
    figure().save(".", force=True)
