"""What is left without each unit: stated, derived and measured side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toynets.errors import ToynetsError, Undecided
from toynets.plots.cells import bar, grid, headings_height, headings_width, limit_of, marks_key
from toynets.plots.figure import Figure, finish, shown, sign_keys
from toynets.plots.inputs import domain_of, labels_of, rows_of
from toynets.plots.numbers import counted, printed, stored, to_number
from toynets.plots.style import Style, plot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toynets.domain import Domain
    from toynets.network import Network

MOST_ROWS = 16
MOST_UNITS = 14
MARGIN = 3.0  # mm
COLUMNS_SHOWN = ("stated", "derived", "measured")
Outcome = dict[str, list[tuple[Any, ...] | None]]


def interventions_of(network: Network) -> list[str]:
    """Return the clean run and each hidden unit replaced by 0.

    >>> from toynets.zoo import load
    >>> interventions_of(load("xor-sum").network)
    ['', 'h1 = 0', 'h2 = 0']
    """
    return ["", *(f"{unit} = 0" for unit in network.hidden)]


def outcomes(
    network: Network,
    explanation: Any,
    domain: Domain | None,
    rows: Sequence[tuple[Any, ...]],
    intervention: str,
) -> Outcome:
    """Return the outputs on each row as stated, as derived and as measured.

    `stated` is what the explanation writes down for this intervention, `derived` what its own
    numbers come to, `measured` what the network does; columns that there are not are left out.
    """
    from toynets.exact import Machine

    whole = domain_of(network, domain)
    machine = Machine(network, whole)
    with machine.precision():
        found: Outcome = {"measured": [tuple(machine.outcome(x, intervention)) for x in rows]}
        if explanation is None:
            return found
        finite = whole.rows if whole.kind != "box" else ()
        model = explanation.model(rows=finite, outputs=network.outputs)
        plan = model.plan(intervention)
        derived: list[tuple[Any, ...] | None] = []
        for x in rows:
            try:
                derived.append(tuple(model.outcome(x, plan)))
            except Undecided:
                derived.append(None)
        found["derived"] = derived
        said = _stated(explanation, intervention)
        if all(said.get(o) for o in network.outputs):
            found["stated"] = [
                tuple(
                    said[o][0].evaluate(
                        {**explanation.constants, **dict(zip(network.inputs, x, strict=True))}
                    )
                    for o in network.outputs
                )
                for x in rows
            ]
    return found


def farthest(found: dict[str, Outcome]) -> float:
    """Return how far what is stated or derived is from what is measured, in any cell; 0 exactly.

    >>> farthest({"": {"measured": [(1,), (2,)], "derived": [(1,), None], "stated": [(1,), (5,)]}})
    3.0
    """
    largest = 0.0
    for one in found.values():
        for block in ("stated", "derived"):
            for said, true in zip(one.get(block, []), one["measured"], strict=False):
                if said is not None and true is not None:
                    gaps = [abs(to_number(a - b)) for a, b in zip(said, true, strict=True)]
                    largest = max(largest, *gaps)
    return largest


def _stated(explanation: Any, intervention: str) -> dict[str, Any]:
    from toynets.names import parse_intervention

    wanted = parse_intervention(intervention).text if intervention else ""
    for outcome in explanation.outcomes:
        if outcome.intervention.text == wanted and any(outcome.outputs.values()):
            return dict(outcome.outputs)
    return {}


@plot
def ablation_table(
    network: Network,
    explanation: Any = None,
    *,
    style: Style,
    domain: Domain | None = None,
    interventions: Sequence[str] = (),
    name: str = "ablation_table",
) -> Figure:
    """Draw the outcome on each input of the clean network and without each hidden unit.

    With an explanation there are three blocks: stated, derived, measured. A cell whose outcome
    differs from the clean one is tinted by its effect.

    Args:
        network: any of one output that fits on a page; of several outputs the first is shown.
        explanation: is verified first, and its columns are shown.
        style: how it looks.
        domain: at most 16 inputs, or a box of at most 16 corners; default all bits.
        interventions: other rows, as `["h1 = 0", "h1, h2 = 0"]`; "" is the clean run.
        name: of the files.

    Raises:
        ToynetsError: too many inputs or units, or the explanation is refuted.

    >>> from toynets.zoo import load
    >>> ablation_table(load("xor-sum").network).numbers["measured"]["h2 = 0"]
    [0, 1, 1, 2]
    """
    shows = shown(network, explanation, domain)
    chosen = list(interventions) or interventions_of(network)
    if len(chosen) > MOST_UNITS + 1:
        raise ToynetsError(
            f"{len(chosen)} rows do not fit on one page: {MOST_UNITS + 1} at most.",
            fix='name some: interventions=["", "h1 = 0"].',
        )
    rows = rows_of(network, domain, MOST_ROWS)
    labels = labels_of(rows)
    found = {text: outcomes(network, explanation, domain, rows, text) for text in chosen}
    blocks = [b for b in COLUMNS_SHOWN if any(b in one for one in found.values())]
    values: dict[str, list[list[Any]]] = {
        block: [
            [
                None if cell is None else cell[0]
                for cell in found[text].get(block, [None] * len(rows))
            ]
            for text in chosen
        ]
        for block in blocks
    }
    clean = found.get("", outcomes(network, None, domain, rows, ""))["measured"]
    effects = {
        block: [
            [
                None if v is None else to_number(v) - to_number(c[0])
                for v, c in zip(row, clean, strict=True)
                if c
            ]
            for row in lines
        ]
        for block, lines in values.items()
    }
    limit = limit_of(list(effects.values()))
    headings = [_heading(style, text) for text in chosen]
    page = _draw(style, labels, headings, blocks, values, effects, limit)
    output = style.written.unit(network.outputs[0])
    page.text(
        MARGIN, page.height - 4.5, f"{output} on each input", size="small", colour="muted",
        align="left", level="baseline",
    )  # fmt: skip
    end = bar(page, MARGIN, 4.0, 16.0, limit, f"effect on {output}")
    marks_key(page, end + 4.0, 4.0, "")
    numbers = {
        **{
            block: {
                text or "clean": [None if v is None else stored(v) for v in line]
                for text, line in zip(chosen, lines, strict=True)
            }
            for block, lines in values.items()
        },
        "inputs": labels,
        "farthest apart": farthest(found),
        "scale": {"limit": limit},
    }
    return finish(
        page,
        name,
        numbers=numbers,
        claim=_claim(style, network, chosen, labels, found, blocks),
        alt=f"A table with a row for {(network.name or 'a network')[:60]} as it is and one without "
        f"each of {len(chosen) - 1} units; a column for {'each of ' if len(rows) > 1 else ''}"
        f"{counted(len(rows), 'input')}, "
        + ("stated, derived and measured." if len(blocks) > 1 else "measured."),
        description=_description(style, chosen, labels, found),
        shows=[shows],
        keys=sign_keys(style),
        maps=len(blocks),
    )


def _heading(style: Style, intervention: str) -> str:
    if not intervention:
        return "as it is"
    targets, _, value = intervention.partition(" = ")
    units = targets.split(", ")
    plain = all(u.replace(".", "").replace("_", "").isalnum() for u in units)
    if value == "0" and plain and not targets.endswith((".pre", ".bias")):
        return f"without {', '.join(map(style.written.unit, units))}"
    return intervention.replace("->", "→")


def _draw(
    style: Style,
    labels: list[str],
    headings: list[str],
    blocks: list[str],
    values: dict[str, list[list[Any]]],
    effects: dict[str, list[list[Any]]],
    limit: float,
) -> Any:
    for natural in ("single", "one-and-a-half", "double"):
        trial = style.page(height_mm=20, natural=natural)
        left = MARGIN + headings_width(trial, headings)
        gap = 4.0
        room = trial.width - left - MARGIN - gap * (len(blocks) - 1)
        width = room / (len(blocks) * len(labels))
        printable = [
            printed(v) for lines in values.values() for line in lines for v in line if v is not None
        ]
        widest = max(trial.measure(t, "small")[0] for t in printable) + 1.2
        if width >= max(widest, 4.2) or style.column:
            break
    if width < widest:
        raise ToynetsError(
            f"{len(labels)} inputs in {len(blocks)} blocks do not fit into {trial.width:.0f} mm.",
            fix="choose fewer inputs with --domain, or a wider column.",
        )
    width = min(width, 9.0)
    cell = (width, 5.4)
    head = headings_height(trial, labels, width)
    height = 9.0 + head + 4.0 + cell[1] * len(headings) + 9.0
    page = style.page(height_mm=height, natural=natural)
    x = left
    for k, block in enumerate(blocks):
        wide = width * len(labels)
        top = page.height - 11.0 - head
        page.text(x + wide / 2, page.height - 8.8, block, bold=True, level="baseline")
        _cells(
            page,
            x,
            top,
            cell,
            values[block],
            effects[block],
            labels,
            headings if k == 0 else (),
            limit,
        )
        x += wide + gap
    return page


def _cells(
    page: Any,
    x: float,
    top: float,
    cell: tuple[float, float],
    values: list[list[Any]],
    effects: list[list[Any]],
    labels: list[str],
    headings: Sequence[str],
    limit: float,
) -> float:
    """Draw one block: the numbers are outcomes, the tints are effects."""
    changed = [(r, c) for r, row in enumerate(effects) for c, e in enumerate(row) if e]
    return grid(
        page, x, top, cell, values,
        rows=headings, columns=labels, limit=limit, tints=effects, bold=changed,
    )  # fmt: skip


def _claim(
    style: Style,
    network: Network,
    chosen: list[str],
    labels: list[str],
    found: dict[str, Outcome],
    blocks: list[str],
) -> str:
    parts = []
    for text in chosen[:5]:
        row = [c[0] for c in found[text]["measured"] if c is not None]
        said = _heading(style, text)
        parts.append(
            f"{said} ({', '.join(printed(v) for v in row[:8])}{', …' if len(row) > 8 else ''})"
        )
    agree = ""
    if len(blocks) > 1:
        apart = farthest(found)
        agree = (
            " Stated, derived and measured are the same in every cell."
            if apart == 0
            else f" Stated, derived and measured are at most {printed(apart)} apart."
        )
    return (
        f"The output {style.written.unit(network.outputs[0])} on the "
        f"{'inputs' if len(labels) > 1 else 'input'} {', '.join(labels[:8])}"
        f"{', …' if len(labels) > 8 else ''}: {'; '.join(parts)}.{agree}"
    )


def _description(
    style: Style, chosen: list[str], labels: list[str], found: dict[str, Outcome]
) -> str:
    parts = []
    for text in chosen:
        cells = [
            f"{label}: {printed(c[0])}"
            for label, c in zip(labels, found[text]["measured"], strict=True)
            if c is not None
        ]
        said = _heading(style, text) if text else "nothing removed"
        parts.append(f"{said[:1].upper()}{said[1:]}: {', '.join(cells)}.")
    return " ".join(parts)
