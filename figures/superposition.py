"""More features than units: directions in the plane, and interference as what ablation shows."""

from __future__ import annotations

import math

import toynets
from toynets.plots import Figure, Style, finish, plot, printed, shown, sign_keys
from toynets.plots.cells import bar, grid
from toynets.plots.panels import kept

NETWORKS = ("digon", "trigon", "pentagon")
LIMIT = 1.5  # of the tints


@plot
def figure(*, style: Style) -> Figure:
    """Draw the figure."""
    page = style.page(height_mm=112, natural="double")
    write = style.written.unit
    numbers: dict[str, object] = {"scale": {"limit": LIMIT, "low": -LIMIT}}
    shows, spread = [], []
    for k, name in enumerate(NETWORKS):
        entry = toynets.load(name)
        network = entry.network
        shows.append(shown(entry))
        n, units = len(network.inputs), network.hidden
        left = 2 + 57.5 * k
        page.letter(
            left,
            107.5,
            "abc"[k],
            f"{name}: {n} features, {len(units)} units"
            if len(units) > 1
            else f"{name}: {n} features, 1 unit",
        )
        places = [[network.numbers[f"{x}->{u}"] for u in units] for x in network.inputs]
        points = [(p[0], p[1] if len(p) > 1 else 0.0) for p in places]
        reach = 1.55
        axes = page.axes(left + 10, 68, 35, 35, across=(-reach, reach), up=(-reach, reach))
        for spine in axes.spines.values():
            spine.set_visible(False)
        page.line([-reach, reach], [0, 0], axes=axes, colour="rule", width="thin", order=1)
        if len(units) > 1:
            page.line([0, 0], [-reach, reach], axes=axes, colour="rule", width="thin", order=1)
        for x, (a, b) in zip(network.inputs, points, strict=True):
            page.arrow((0, 0), (a, b), axes=axes)
            far = 1 + 0.26 / math.hypot(a, b)
            page.text(a * far, b * far, write(x), size="small", axes=axes, halo="paper")
        alone = [[int(i == j) for j in range(n)] for i in range(n)]
        before = [
            [toynets.exact.trace(network, x)[f"{y}.pre"] for y in network.outputs] for x in alone
        ]
        cell = (7.6, 4.6)
        start = left + 12
        page.text(
            left,
            63.5,
            "one feature on: before the relu",
            size="small",
            align="left",
            colour="muted",
        )
        grid(
            page,
            start,
            57,
            cell,
            before,
            rows=[f"{write(x)} on" for x in network.inputs],
            columns=[write(y) for y in network.outputs],
            limit=LIMIT,
            digits=2,
        )
        pair = [int(i < 2) for i in range(n)]
        run = toynets.ablate(network, f"{network.inputs[0]} = 0", x=pair, domain=entry.task.domain)
        clean = toynets.exact.run(network, pair)
        effect, after = run.effects[0], run.outcomes[0]
        rows = [list(clean), list(after), list(effect)]
        first, second = write(network.inputs[0]), write(network.inputs[1])
        page.text(
            left,
            28.5,
            f"{first} and {second} on: {first} is taken away",
            size="small",
            align="left",
            colour="muted",
        )
        grid(
            page,
            start,
            22,
            cell,
            rows,
            rows=["output", f"no {first}", "effect"],
            columns=[write(y) for y in network.outputs],
            limit=LIMIT,
            digits=2,
        )
        off = [float(before[i][j]) for i in range(n) for j in range(n) if i != j]
        ends = [printed(min(off), 2), printed(max(off), 2)]
        said = ends[0] if ends[0] == ends[1] else f"from {ends[0]} to {ends[1]}"
        spread.append(f"{n} features: {said}")
        numbers[name] = {
            "directions": places,
            "one on": [[kept(v) for v in row] for row in before],
            "pair": [[kept(v) for v in row] for row in rows],
            "interference": [min(off), max(off)],
        }
    bar(page, 118, 2.6, 20, LIMIT, "value or effect")
    return finish(
        page,
        "superposition",
        numbers=numbers,
        claim="More features than units: each is a direction, and what one says to the output of "
        f"another before the relu is the interference ({'; '.join(spread)}). The relu and the bias "
        "hide it while one feature is on. Ablation shows it: taking one of two features away "
        "changes other outputs as well.",
        alt="Feature directions for two, three and five features in one or two units, tables of "
        "what each says to each output, and the effect on all outputs of taking one of two "
        "features away.",
        description="Top: arrows from the middle, one a feature. Middle: a row for the feature "
        "that is on, a column for each output; the diagonal is the feature itself, the rest "
        "interference, with its minus where negative. Bottom: two features on, one removed, and "
        "the effect.",
        shows=shows,
        keys=sign_keys(style),
        maps=2 * len(NETWORKS),
    )


if __name__ == "__main__":
    figure().save(".", force=True)
