"""Parity of three bits without one of its hinges: a ramp that grows with the count."""

from __future__ import annotations

import toynets
from toynets.plots import Figure, Style, finish, plot, printed, shown, sign_keys
from toynets.plots.page import keys_at
from toynets.plots.panels import kept, signed_bar

NETWORKS = ("parity-3",)


@plot
def figure(*, style: Style) -> Figure:
    """Draw the figure."""
    entry = toynets.load("parity-3")
    network, domain = entry.network, entry.task.domain
    n = len(network.inputs)
    write = style.written.unit
    ladder = [[1] * s + [0] * (n - s) for s in range(n + 1)]
    counts = [int(sum(map(int, x))) for x in domain.rows]
    clean = [toynets.exact.run(network, x)["y"] for x in ladder]
    outcomes, effects = {}, {}
    for unit in network.hidden:
        run = toynets.ablate(entry, f"{unit} = 0")
        by_count = {
            s: {e["y"] for e, c in zip(run.effects, counts, strict=True) if c == s}
            for s in range(n + 1)
        }
        assert all(len(v) == 1 for v in by_count.values()), "the effect depends on the count alone"
        effects[unit] = [by_count[s].copy().pop() for s in range(n + 1)]
        outcomes[unit] = [c + e for c, e in zip(clean, effects[unit], strict=True)]
    page = style.page(height_mm=72, natural="one-and-a-half")
    ends = [float(v) for row in (*outcomes.values(), *effects.values()) for v in row]
    limits = (min(ends) - 0.9, max(ends) + 0.9)
    for k, unit in enumerate(network.hidden):
        left = 8 + 42.0 * k
        page.letter(left - 6, 67.5, "abc"[k], f"without {write(unit)}")
        axes = page.axes(
            left,
            14,
            32,
            48,
            across=(-0.5, n + 0.5),
            up=limits,
            ticks_across=range(n + 1),
            ticks_up=range(-3, 5) if k == 0 else (),
        )
        if k:
            axes.spines["left"].set_visible(False)
        page.line([-0.5, n + 0.5], [0, 0], axes=axes, colour="rule", width="thin", order=1)
        for s, effect in enumerate(effects[unit]):
            signed_bar(page, axes, s, effect, across=False, thick=0.34)
            past = 0.45 if effect > 0 else -0.5
            page.text(s, float(effect) + past, printed(effect, sign=True), size="small", axes=axes)
        page.line(range(n + 1), [float(v) for v in clean], axes=axes, colour="muted", order=4)
        for s, y in enumerate(clean):
            page.marker(s, float(y), kind="o", points=4.0, fill="paper", edge="muted", axes=axes)
        page.text(left + 16, 7.4, "count of ones", size="small", colour="muted")
    page.marker(10, 2.6, kind="o", points=4.0, fill="paper", edge="muted")
    keys_at(page, 7, 2.6, [("clean output", {"color": style.colour("muted")})])
    page.text(
        44, 2.6, "bars: effect (outcome − clean output)", size="small", align="left", colour="muted"
    )
    lists = "; ".join(
        f"without {write(u)} ({', '.join(printed(e, sign=True) for e in effects[u])})"
        for u in effects
    )
    return finish(
        page,
        "parity_ablation_ramp",
        numbers={
            "counts": list(range(n + 1)),
            "clean": [kept(c) for c in clean],
            "effects": {u: [kept(e) for e in row] for u, row in effects.items()},
            "outcomes": {u: [kept(e) for e in row] for u, row in outcomes.items()},
            "ticks": list(range(-3, 5)),
        },
        claim=f"The effect of removing one unit (by zero), over the count of ones 0 to {n}: "
        f"{lists}. It is 0 up to where the unit begins, then a ramp: later units no longer correct "
        "it.",
        alt="Three bar charts over the count of ones: what removing each unit of parity-3 changes. "
        "Each is zero up to one count and then grows in equal steps, down, up and down.",
        description="The thin line with rings is the clean output 0, 1, 0, 1; bars show the "
        "effect, hatched where negative.",
        shows=[shown(entry)],
        keys=sign_keys(style),
    )


if __name__ == "__main__":
    figure().save(".", force=True)
