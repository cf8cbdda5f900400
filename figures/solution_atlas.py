"""The families that training finds on XOR, their shares, and the ways to them and to plateaus."""

from __future__ import annotations

import json
from pathlib import Path

import toynets
from toynets.plots import Figure, Key, Style, finish, plot, printed, shown, sign_keys
from toynets.plots.atlases import contributions, draw_family
from toynets.plots.cells import bar
from toynets.plots.numbers import to_number

NETWORKS = ()  # recorded trainings of the task xor
RECORD = Path(__file__).parent / "data" / "solution_atlas.json"
BITS = toynets.Domain.boolean(2)
MOST = 4  # families that have a table; a rarer one is named in the caption
LIMIT = 2
PATHS = ("44", "68")  # to a solution, and to a plateau
REACH = 2.2


@plot
def figure(*, style: Style) -> Figure:
    """Draw the figure."""
    record = json.loads(RECORD.read_text(encoding="utf-8"))
    page = style.page(height_mm=116, natural="double")
    numbers: dict[str, object] = {
        "scale": {"limit": LIMIT, "low": -LIMIT},
        "runs": record["runs"],
        "converged": record["converged"],
    }
    shows, said = [], []
    for k, family in enumerate(record["families"][:MOST]):
        network = toynets.Network.from_dict(family["network"])
        shows.append(shown(network, domain=BITS))
        table = contributions(network, BITS)
        left, top = 2 + 44.0 * k, 111.0
        percent = round(100 * family["share"], 1)
        page.letter(left, top, "abcd"[k], family["name"])
        page.shape(
            left + 9 + 0.15 * percent,
            top - 6,
            0.3 * percent,
            2.4,
            fill="positive",
            edge="none",
            round=0,
        )
        page.text(
            left + 11 + 0.3 * percent, top - 6, f"{printed(percent)} %", size="small", align="left"
        )
        draw_family(page, left + 9, top - 15.5, 7.6, table, LIMIT)
        said.append(f"{family['name']} {printed(percent)} %")
        numbers[family["name"]] = {
            "percent": percent,
            "trainings": family["runs"],
            "contributions": [[round(to_number(v), 2) for v in row] for row in table.values],
        }
    bar(page, 124, 77, 18, LIMIT, "contribution")
    page.letter(2, 69, "e", "where the others get stuck: outputs in order, and share")
    from_top = 61.0
    for k, plateau in enumerate(record["plateaus"]):
        percent = round(100 * plateau["share"], 1)
        y = from_top - 9 * k
        page.text(32, y, plateau["outputs"], size="small", align="right")
        page.shape(35 + 0.35 * percent, y, 0.7 * percent, 4.2, fill="faint", edge="none", round=0)
        page.text(37 + 0.7 * percent, y, f"{printed(percent)} %", size="small", align="left")
        numbers[f"plateau {plateau['outputs']}"] = {
            "percent": percent,
            "trainings": plateau["runs"],
            "error": plateau["error"],
        }
    for j, seed in enumerate(PATHS):
        path = record["paths"][seed]["path"]
        left = 95.0 + 42.0 * j
        end = path[-1]
        done = end["error"] < 1e-3
        page.letter(left - 5, 69, "fg"[j], "to a solution" if done else "to a plateau")
        axes = page.axes(
            left,
            22,
            36,
            42,
            across=(-REACH, REACH),
            up=(-REACH * 7 / 6, REACH * 7 / 6),
            ticks_across=[-2, 0, 2],
            ticks_up=[-2, 0, 2],
        )
        page.line([-REACH, REACH], [0, 0], axes=axes, colour="rule", width="thin", order=1)
        page.line(
            [0, 0], [-REACH * 7 / 6, REACH * 7 / 6], axes=axes, colour="rule", width="thin", order=1
        )
        for unit in (0, 1):
            xs = [p["weights"][2 * unit] for p in path]
            ys = [p["weights"][2 * unit + 1] for p in path]
            dash = "-" if unit == 0 else (0, (4, 2))
            page.line(xs, ys, axes=axes, colour="ink", linestyle=dash)
            page.marker(xs[0], ys[0], kind="o", points=4.4, fill="paper", axes=axes)
            page.marker(xs[-1], ys[-1], kind="s", points=4.4, fill="positive", axes=axes)
        write = style.written.unit
        page.text(left + 18, 16, f"{write('x1')} → unit", size="small", colour="muted")
        if j == 0:
            page.text(
                left - 7, 43, f"{write('x2')} → unit", size="small", colour="muted", turned=90
            )
        outputs = ", ".join(printed(v, 2) for v in end["outputs"])
        page.text(left + 18, 10.8, f"ends at {outputs}", size="small")
        numbers[f"path of seed {seed}"] = {
            "weights": [p["weights"] for p in path],
            "ends at": end["outputs"],
            "error": end["error"],
            "steps": end["step"],
        }
    page.line([94, 100], [4, 4])
    page.text(101.2, 4, style.written.unit("h1"), size="small", align="left", colour="muted")
    page.line([108, 114], [4, 4], linestyle=(0, (4, 2)))
    page.text(115.2, 4, style.written.unit("h2"), size="small", align="left", colour="muted")
    page.marker(124, 4, kind="o", points=4.4, fill="paper")
    page.text(126, 4, "start", size="small", align="left", colour="muted")
    page.marker(138, 4, kind="s", points=4.4, fill="positive")
    page.text(140, 4, "end", size="small", align="left", colour="muted")
    rest = record["families"][MOST:]
    rare = f"; {sum(f['runs'] for f in rest)} more" if rest else ""
    stuck = record["runs"] - record["converged"]
    return finish(
        page,
        "solution_atlas",
        numbers=numbers
        | {"ticks": [-2, 0, 2], "others": sum(f["runs"] for f in rest), "stuck": stuck},
        claim=f"XOR, two relu units, {record['runs']} trainings; {record['converged']} reach it, "
        f"in families {', '.join(said)}{rare}. Tables: what the bias and each unit add on each "
        f"input. The other {stuck} end where least squares with the units that are still on leaves "
        "them. Paths: weights into both units under plain gradient descent.",
        alt="Four tables of what each unit adds, one for each way in which training solves XOR, "
        "with its share; bars of the plateaus where others stop; and paths of the weights to a "
        "solution and a plateau.",
        description="Above: solution families with their share and contribution table. Below left: "
        "outputs of stuck networks, sorted, with shares among the stuck. Below right: the two "
        "incoming weights of each unit from the start (ring) to the end (square).",
        shows=shows,
        keys=(
            *sign_keys(style)[1:],
            Key("positive, or where a path ends", style.colour("positive"), marker="s"),
        ),
        maps=MOST,
    )


if __name__ == "__main__":
    figure().save(".", force=True)
