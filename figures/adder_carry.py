"""Which sums of two two-bit numbers break without each hidden unit of the adder."""

from __future__ import annotations

import toynets
from toynets.plots import Figure, Page, Style, finish, plot, printed, shown, sign_keys
from toynets.plots.cells import bar, readable, tint

NETWORKS = ("adder",)
WORTH = {"s4": 4, "s2": 2, "s1": 1}
SHOWN = ("", "h4 = 0", "h1 = 0", "h2 = 0", "h3 = 0", "h5 = 0", "h6 = 0")
HALF = 0.5
LIMIT = 3  # the totals are off by 3 at most


@plot
def figure(*, style: Style) -> Figure:
    """Draw the figure."""
    entry = toynets.load("adder")
    network, rows = entry.network, entry.task.domain.rows
    write = style.written.unit
    addends = [(2 * int(r[0]) + int(r[1]), 2 * int(r[2]) + int(r[3])) for r in rows]
    page = style.page(height_mm=80, natural="double")
    numbers: dict[str, object] = {"threshold": HALF}
    broken = {}
    for k, text in enumerate(SHOWN):
        outcomes = toynets.ablate(entry, text).outcomes
        table = [[0] * 4 for _ in range(4)]
        wrong = []
        for (a, b), outcome in zip(addends, outcomes, strict=True):
            total = sum(WORTH[bit] for bit in network.outputs if float(outcome[bit]) > HALF)
            table[a][b] = total
            if total != a + b:
                wrong.append((a, b))
        broken[text] = wrong
        unit = text.removesuffix(" = 0")
        big = k < 2
        size = 6.2 if big else 4.4
        left = (14 + 88 * k) if big else 10 + 34.0 * (k - 2)
        top = 66.0 if big else 23.0
        said = (
            f"without {write(unit)}: {len(wrong)} of {len(rows)} wrong"
            if unit
            else "the adder: all right"
        )
        if not big:
            said = f"without {write(unit)}"
            page.text(
                left + 2 * size,
                2.6,
                f"{len(wrong)} of {len(rows)} wrong",
                size="small",
                colour="muted",
            )
        page.letter(left - (12 if big else 8), 75.5 if big else 30, "abcdefg"[k], said)
        totals(page, left, top, size, table, big)
        numbers[text or "clean"] = {"totals": table, "wrong": [list(w) for w in wrong]}
    turns = [network.numbers[f"h4->{y}"] for y in network.outputs]
    note = ", ".join(
        f"{printed(t, sign=True)} to {write(y)}"
        for t, y in zip(turns, network.outputs, strict=True)
    )
    page.text(
        129,
        62,
        f"{write('h4')} is on from total 4: it carries,",
        size="small",
        align="left",
        colour="muted",
    )
    page.text(129, 57.5, note, size="small", align="left", colour="muted")
    bar(page, 134, 44, 20, LIMIT, "off by")
    return finish(
        page,
        "adder_carry",
        numbers=numbers
        | {
            "from total": 4,
            "turns": turns,
            "scale": {"limit": LIMIT, "low": -LIMIT},
            "addends": [0, 1, 2, 3],
            "sums": len(rows),
        },
        claim="Totals of a (rows) and b (columns), 0 to 3, read from three decided bits. Without "
        f"the carry unit {write('h4')} (by zero) {len(broken['h4 = 0'])} of {len(rows)} sums "
        "break, all those of 4 or more; "
        + ", ".join(f"without {write(t.removesuffix(' = 0'))} {len(broken[t])}" for t in SHOWN[2:])
        + ". Bold: wrong.",
        alt="Tables of all sixteen sums of two numbers from 0 to 3, right in the first, and "
        f"without each hidden unit; without the carry unit {len(broken['h4 = 0'])} sums in the "
        "lower right corner are wrong.",
        description="Each table has the first number in rows and the second in columns; a cell is "
        "the total read from the three output bits, shaded by how far it is off, in the colour of "
        "its sign.",
        shows=[shown(entry)],
        keys=sign_keys(style),
        maps=len(SHOWN),
    )


def totals(
    page: Page,
    left: float,
    top: float,
    size: float,
    table: list[list[int]],
    big: bool,
) -> None:
    """Draw a table of totals, shaded by how far they are off."""
    for a in range(4):
        page.text(
            left - 1.4,
            top - (a + 0.5) * size,
            printed(a),
            size="small",
            align="right",
            colour="muted",
        )
        page.text(left + (a + 0.5) * size, top + 2, printed(a), size="small", colour="muted")
        for b in range(4):
            x, y = left + (b + 0.5) * size, top - (a + 0.5) * size
            off = table[a][b] - a - b
            fill = tint(page.style, off, LIMIT)
            page.shape(x, y, size, size, fill=fill, edge="rule", line="thin", round=0, order=1)
            page.text(
                x,
                y,
                printed(table[a][b]),
                size="small",
                bold=off != 0,
                colour=readable(page.style, fill),
            )
    if big:
        page.text(left - 6.5, top - 2 * size, "a", size="small", colour="muted")
        page.text(left + 2 * size, top + 5.2, "b", size="small", colour="muted")


if __name__ == "__main__":
    figure().save(".", force=True)
