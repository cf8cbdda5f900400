"""Addition modulo 5 by a carry and by a clock: one table, two fingerprints under ablation."""

from __future__ import annotations

import toynets
from toynets.plots import Figure, Key, Page, Style, finish, plot, printed, shown
from toynets.plots.circles import draw_wave, wave_of

NETWORKS = ("add-mod-5", "add-mod-5-clock")
P = 5
CELL = 3.7


def answers(entry: object, text: str) -> dict[tuple[int, int], bool]:
    """Return for each pair whether the place that is largest is the right one, alone."""
    network, domain = entry.network, entry.task.domain  # type: ignore[attr-defined]  # an entry
    found = {}
    run = toynets.ablate(network, text, domain=domain)  # without the columns of its explanation
    for x, outcome in zip(domain.rows, run.outcomes, strict=True):
        values = [int(v) for v in x]
        pair = (values[0], values[1]) if len(x) == 2 else (values[:P].index(1), values[P:].index(1))
        outputs = [float(v) for v in outcome]
        top = max(outputs)
        best = [k for k, v in enumerate(outputs) if v > top - 1e-6]
        found[pair] = best == [sum(pair) % P]
    return found


def fingerprint(page: Page, x: float, top: float, right: dict[tuple[int, int], bool]) -> None:
    """Draw the table of pairs: right ones open, wrong ones filled and crossed."""
    for (a, b), good in right.items():
        cx, cy = x + (b + 0.5) * CELL, top - (a + 0.5) * CELL
        page.shape(
            cx,
            cy,
            CELL,
            CELL,
            fill="paper" if good else "muted",
            edge="faint",
            line="thin",
            round=0,
            order=1,
        )
        if not good:
            reach = 0.28 * CELL
            for turn in (1, -1):
                page.line(
                    [cx - reach, cx + reach],
                    [cy - turn * reach, cy + turn * reach],
                    colour="paper",
                    width="thin",
                    order=2,
                )


@plot
def figure(*, style: Style) -> Figure:
    """Draw the figure."""
    page = style.page(height_mm=98, natural="double")
    numbers: dict[str, object] = {"modulus": P}
    shows, said = [], []
    for k, name in enumerate(NETWORKS):
        entry = toynets.load(name)
        network = entry.network
        shows.append(shown(entry))
        row = 93.5 - 32.0 * k
        page.letter(2, row, "ab"[k], ("by a carry" if k == 0 else "by a clock") + f": {name}")
        counts = {}
        for j, unit in enumerate(("", *network.hidden)):
            right = answers(entry, f"{unit} = 0" if unit else "")
            counts[unit or "clean"] = sum(right.values())
            left = 8 + 34.0 * j
            fingerprint(page, left, row - 4, right)
            title = f"without {unit}" if unit else "clean"
            text = f"{title}: {counts[unit or 'clean']} right"
            page.text(left + P * CELL / 2, row - 4 - P * CELL - 2.4, text, size="small")
            numbers[f"{name}, {title}"] = {
                "right": counts[unit or "clean"],
                "wrong": [list(pair) for pair, good in right.items() if not good],
            }
        said.append(", ".join(str(v) for u, v in counts.items() if u != "clean"))
    page.text(5.6, 80, "a", size="small", colour="muted")
    page.text(8 + P * CELL / 2, 91.2, "b", size="small", colour="muted")
    page.letter(2, 29, "c", "each unit of the clock: weights over a, and the nearest cosine")
    clock = toynets.load(NETWORKS[1]).network
    for j, unit in enumerate(clock.hidden):
        wave = wave_of(unit, [clock.numbers[f"a{i}->{unit}"] for i in range(P)])
        left = 6 + 42.0 * j
        draw_wave(page, left, 8.5, 34, 16, wave, 1.0)
        text = f"{unit}: amplitude {printed(wave.amplitude)}, phase {printed(wave.phase, 2)}"
        page.text(left + 17, 3.5, text, size="small")
        numbers[f"wave of {unit}"] = {
            "weights": list(wave.weights),
            "amplitude": round(wave.amplitude, 6),
            "phase": round(wave.phase, 6),
            "frequency": wave.frequency,
            "share": wave.share,
        }
    return finish(
        page,
        "modular_two_ways",
        numbers=numbers,
        claim=f"a + b modulo {P}, all {P * P} pairs right in both. Pairs that break without a unit "
        f"(by zero) are filled: {said[0]} stay right for the units of the carry, {said[1]} for "
        "those of the clock. The clock's units are cosines of the angles of a and b, phases in "
        "turns.",
        alt=f"Two networks that add modulo {P}: tables of the pairs that break without each unit "
        "form other patterns, corners for the carry, scattered pairs for the clock, whose weights "
        "are cosines.",
        description="Each square has a in rows and b in columns; a filled, crossed cell is a pair "
        "whose answer is wrong or tied. Below, four plots of weights on a cosine.",
        shows=shows,
        keys=(Key("weight", style.colour("positive"), marker="o"),),
    )


if __name__ == "__main__":
    figure().save(".", force=True)
