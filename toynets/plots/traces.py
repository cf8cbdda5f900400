"""A truth table with the arithmetic of every unit written out, from the inputs to the outputs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toynets.errors import ToynetsError
from toynets.plots.figure import Figure, finish, shown, sign_keys
from toynets.plots.inputs import exact, rows_of
from toynets.plots.numbers import MINUS, counted, printed, stored
from toynets.plots.style import COLUMNS, Style, plot

if TYPE_CHECKING:
    from toynets.domain import Domain
    from toynets.network import Network

MOST_ROWS = 16
MARGIN = 3.0  # mm
GAP = 3.6  # mm, between columns at least


def sum_of(terms: list[tuple[Any, Any]], bias: Any) -> str:
    """Write a weighted sum with its numbers put in.

    >>> sum_of([(1, 0), (-2, 1)], -1)
    '1·0 − 2·1 − 1'
    """
    parts: list[str] = []
    for weight, value in terms:
        negative = weight < 0
        said = f"{printed(abs(weight))}·{_bracketed(printed(value))}"
        if not parts:
            parts.append((MINUS if negative else "") + said)
        else:
            parts.append(f"{MINUS if negative else '+'} {said}")
    if bias is not None and (bias != 0 or not parts):
        said = printed(abs(bias))
        parts.append(
            f"{MINUS if bias < 0 else '+'} {said}" if parts else (MINUS if bias < 0 else "") + said
        )
    return " ".join(parts)


def _bracketed(number: str) -> str:
    return f"({number})" if number.startswith(MINUS) else number


@plot
def trace(
    network: Network,
    explanation: Any = None,
    *,
    style: Style,
    domain: Domain | None = None,
    name: str = "trace",
) -> Figure:
    """Draw a table: each input, each unit's pre-activation and activation, the outputs.

    The sums are written out where the page has room for them.

    Args:
        network: any that fits on a page.
        explanation: is verified first, and its verdict goes into the caption.
        style: how it looks.
        domain: at most 16 inputs, or a box of at most 16 corners; default all bits.
        name: of the files.

    Raises:
        ToynetsError: too many inputs or units, or the explanation is refuted.

    >>> from toynets.zoo import load
    >>> trace(load("xor-sum").network).numbers["rows"]["11"]["y"]
    0
    """
    from toynets.exact import Machine
    from toynets.plots.inputs import labels_of

    shows = shown(network, explanation, domain)
    rows = rows_of(network, domain, MOST_ROWS)
    machine = Machine(network)
    with machine.precision():
        runs = [machine.values(row) for row in rows]
    table: dict[str, Any] = {}
    for written_out in (True, False):
        table = _table(network, style, rows, runs, written_out)
        natural = next((c for c, mm in COLUMNS.items() if table["width"] <= mm), None)
        if style.column and natural and table["width"] > COLUMNS[style.column]:
            natural = None
        if natural is not None:
            break
    else:
        raise ToynetsError(
            f"the trace of {network.name or 'the network'} needs {table['width']:.0f} mm of width.",
            cause=f"{network.text} has too many units for one row.",
            fix="toynets trace NAME --x … writes it line by line.",
        )
    pitch = style.size("body") * 0.74
    height = 12.0 + pitch * len(rows) + 4.5
    page = style.page(height_mm=height, natural=natural)
    spare = page.width - table["width"]
    stretch = GAP + spare / max(1, len(table["columns"]) - 1)
    x = MARGIN
    for column in table["columns"]:
        page.text(x + column["width"] / 2, height - 9.5, column["head"], level="baseline")
        if column["above"]:
            page.text(x + column["width"] / 2, height - 5.0, column["above"], size="small",
                      colour="muted", level="baseline")  # fmt: skip
        for r, cell in enumerate(column["cells"]):
            page.text(
                x + column["width"] / 2,
                height - 13.6 - (r + 0.5) * pitch,
                cell,
                size="body" if column["strong"] else "small",
                colour="ink" if column["strong"] else "muted",
                bold=column["bold"],
                level="baseline",
            )
        x += column["width"] + stretch
        if column["rule"]:
            at = x - stretch / 2
            page.line([at, at], [3.0, height - 3.0], colour="rule", width="thin")
    for at in (height - 12.0, 3.0):
        page.line([MARGIN, page.width - MARGIN], [at, at], colour="ink", width="thin")
    numbers = {
        "weights": {a: stored(exact(v)) for a, v in network.numbers.items()},
        "rows": {
            label: {key: stored(value) for key, value in run.items()}
            for label, run in zip(labels_of(rows), runs, strict=True)
        },
    }
    outputs = ", ".join(
        " ".join(printed(run[o]) for o in network.outputs) for run in runs[:MOST_ROWS]
    )
    every = "all " if len(rows) > 1 else ""
    return finish(
        page,
        name,
        numbers=numbers,
        claim=f"Every step from input to output on {every}{counted(len(rows), 'input')}; "
        f"the output{'s are' if every else ' is'} {outputs}."
        + (" The sums are written out." if table["written"] else ""),
        alt=f"A table of {counted(len(rows), 'input')} to {(network.name or 'a network')[:60]}: "
        "for each unit the weighted sum that enters it and what leaves it, then the output.",
        description=_description(network, rows, runs, labels_of(rows)),
        shows=[shows],
        keys=sign_keys(style)[:0],
    )


def _table(
    network: Network, style: Style, rows: list[Any], runs: list[Any], written_out: bool
) -> dict[str, Any]:
    """Return the columns with their widths, and the least width of them all."""
    write = style.written
    columns: list[dict[str, Any]] = []

    def add(head: str, above: str, cells: list[str], **kind: bool) -> None:
        strong, bold = kind.get("strong", True), kind.get("bold", False)
        wide = max(
            style.measure(head)[0],
            style.measure(above, "small")[0] if above else 0.0,
            max(style.measure(c, "body" if strong else "small", bold=bold)[0] for c in cells),
        )
        columns.append(
            {
                "head": head, "above": above, "cells": cells, "width": wide, "strong": strong,
                "bold": bold, "rule": kind.get("rule", False),
            }
        )  # fmt: skip

    for k, one in enumerate(network.inputs):
        last = k == len(network.inputs) - 1
        add(write.unit(one), "", [printed(row[k]) for row in rows], rule=last)
    for depth, (parents, layer) in enumerate(network.with_parents()):
        final = depth == len(network.layers) - 1
        for i, unit in enumerate(layer.units):
            terms = [(p, j) for j, p in enumerate(parents) if layer.has(i, j)]
            weights = {p: exact(layer.weight[i][j]) for p, j in terms if layer.weight[i][j]}
            bias = None if layer.bias is None else exact(layer.bias[i])
            straight = layer.activation == "identity"
            if written_out:
                cells = [
                    sum_of([(w, run[p]) for p, w in weights.items()], bias)
                    + (f" = {printed(run[f'{unit}.pre'])}" if not straight else "")
                    for run in runs
                ]
                add(f"{write.unit(unit)} before", _formula(weights, bias, write), cells,
                    strong=False)  # fmt: skip
            elif not straight:
                cells = [printed(run[f"{unit}.pre"]) for run in runs]
                add("before", "", cells, strong=False)
            said = "" if straight else layer.activation
            add(write.unit(unit), said, [printed(run[unit]) for run in runs], bold=final, rule=True)
    columns[-1]["rule"] = False
    width = sum(c["width"] for c in columns) + GAP * (len(columns) - 1) + 2 * MARGIN
    return {"columns": columns, "width": width, "written": written_out}


def _formula(weights: dict[str, Any], bias: Any, write: Any) -> str:
    parts: list[str] = []
    for name, weight in weights.items():
        said = f"{printed(abs(weight))}·{write.unit(name)}"
        sign = MINUS if weight < 0 else "+"
        parts.append(f"{sign} {said}" if parts else (MINUS if weight < 0 else "") + said)
    if bias is not None and bias != 0:
        sign = MINUS if bias < 0 else "+"
        parts.append(f"{sign} {printed(abs(bias))}" if parts else printed(bias))
    return " ".join(parts)


def _description(network: Network, rows: list[Any], runs: list[Any], labels: list[str]) -> str:
    parts = []
    for label, run in zip(labels, runs, strict=True):
        hidden = ", ".join(
            f"{u} {printed(run[f'{u}.pre'])} becomes {printed(run[u])}" for u in network.hidden
        )
        outputs = ", ".join(f"{o} is {printed(run[o])}" for o in network.outputs)
        parts.append(f"On {label}: {hidden}; {outputs}." if hidden else f"On {label}: {outputs}.")
    return " ".join(parts)
