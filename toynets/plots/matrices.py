"""The weights of a network as matrices with names: for networks too large for a diagram."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toynets.errors import ToynetsError
from toynets.plots.cells import (
    LEAST_WIDTH,
    bar,
    grid,
    headings_height,
    headings_width,
    limit_of,
)
from toynets.plots.figure import Figure, finish, shown, sign_keys
from toynets.plots.notation import superscript
from toynets.plots.numbers import printed, stored
from toynets.plots.style import COLUMNS, TEXT_HEIGHT, Style, plot
from toynets.rationals import from_float

if TYPE_CHECKING:
    from toynets.domain import Domain
    from toynets.network import Network

MARGIN = 3.0  # mm


def _blocks(network: Network, style: Style) -> list[dict[str, Any]]:
    """Return each layer's matrix as it is printed, its biases as a last column (or row)."""
    write = style.written.unit
    turned = style.written.rows == "from"
    found = []
    for k, (parents, layer) in enumerate(network.with_parents()):
        rows: list[list[Any]] = [
            [v if layer.has(i, j) else None for j, v in enumerate(row)]
            for i, row in enumerate(layer.weight)
        ]
        columns = [write(p) for p in parents]
        names = [write(u) for u in layer.units]
        if layer.bias is not None:
            rows = [[*row, b] for row, b in zip(rows, layer.bias, strict=True)]
            columns.append("bias")
        if turned:
            rows = [list(column) for column in zip(*rows, strict=True)]
            names, columns = columns, names
        number = superscript(f"({k + style.written.first})")
        found.append(
            {
                "title": f"W{number}",
                "said": f"{layer.activation}; "
                + ("row = from, column = to" if turned else "row = to, column = from"),
                "rows": names,
                "columns": columns,
                "values": rows,
            }
        )
    return found


@plot
def matrix(
    network: Network,
    explanation: Any = None,
    *,
    style: Style,
    domain: Domain | None = None,
    name: str = "matrix",
) -> Figure:
    """Draw the weights of a network as tinted matrices with the names of rows and columns.

    Args:
        network: any; up to about 60 rows of numbers in all.
        explanation: is verified first, and its verdict goes into the caption.
        style: how it looks.
        domain: the inputs that the explanation is about.
        name: of the files.

    Raises:
        ToynetsError: the explanation is refuted, or the matrices do not fit on a page.

    >>> from toynets.zoo import load
    >>> matrix(load("xor-sum").network).numbers["scale"]
    {'limit': 2.0}
    """
    shows = shown(network, explanation, domain)
    blocks = _blocks(network, style)
    limit = limit_of([block["values"] for block in blocks])
    most = max(len(block["columns"]) for block in blocks)
    natural = "single" if most <= 7 else "one-and-a-half" if most <= 12 else "double"
    trial = style.page(height_mm=20, natural=natural)
    left = MARGIN + max(headings_width(trial, block["rows"]) for block in blocks)
    width = min(9.5, (COLUMNS[style.column or natural] - left - MARGIN) / most)
    widest = max(
        trial.measure(printed(v), "small")[0]
        for block in blocks
        for row in block["values"]
        for v in row
        if v is not None
    )
    numbers = width >= max(LEAST_WIDTH, widest + 0.8)
    cell = (width, 5.0 if numbers else min(4.0, max(1.2, width)))
    height = 11.0
    for block in blocks:
        block["head"] = headings_height(trial, block["columns"], width)
        height += 5.5 + block["head"] + cell[1] * len(block["rows"]) + 4.0
    if height > 0.8 * TEXT_HEIGHT:
        raise ToynetsError(
            f"the matrices of {network.name or 'the network'} need {height:.0f} mm of height.",
            cause=f"{network.text} has too many rows for one page.",
            fix=f"{0.8 * TEXT_HEIGHT:.0f} mm is the most; toynets table writes every weight.",
        )
    page = style.page(height_mm=height, natural=natural)
    top = page.height - 5.0
    for block in blocks:
        page.letter(MARGIN, top, block["title"], block["said"])
        bottom = grid(
            page,
            left,
            top - 1.5 - block["head"],
            cell,
            block["values"],
            rows=block["rows"],
            columns=block["columns"],
            limit=limit,
            numbers=numbers,
        )
        if "bias" in block["columns"]:
            x = left + width * (len(block["columns"]) - 1)
            page.line([x, x], [bottom, bottom + cell[1] * len(block["rows"])], colour="muted")
        elif "bias" in block["rows"]:
            page.line(
                [left, left + width * len(block["columns"])], [bottom + cell[1]] * 2, colour="muted"
            )
        top = bottom - 9.5
    said = "" if numbers else "negative: hatched"
    bar(page, MARGIN, 4.0, 24.0, limit, said)
    return finish(
        page,
        name,
        numbers={
            "weights": {a: stored(from_float(v)) for a, v in network.numbers.items()},
            "scale": {"limit": limit},
        },
        claim=f"The {len(network.numbers)} weights and biases as matrices, one scale from "
        f"{printed(-limit)} to {printed(limit)} for all.",
        alt=f"The weights of {(network.name or 'a network')[:80]}, {network.text}, as "
        f"{len(blocks)} tinted matrices with the names of rows and columns.",
        description=_description(blocks),
        shows=[shows],
        keys=sign_keys(style),
        maps=len(blocks),
    )


def _description(blocks: list[dict[str, Any]]) -> str:
    parts = []
    for block in blocks:
        rows = "; ".join(
            f"{name}: " + ", ".join("none" if v is None else printed(v) for v in row)
            for name, row in zip(block["rows"], block["values"], strict=True)
        )
        parts.append(f"{block['title']}, columns {', '.join(block['columns'])}. {rows}.")
    return " ".join(parts)
