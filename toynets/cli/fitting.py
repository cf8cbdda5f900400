"""Making a table fit the width of a terminal: remarks go below, then long texts are wrapped."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING

from toynets.display import width

if TYPE_CHECKING:
    from toynets.display import Table

GAP = 2
NARROWEST = 12
# Three spaces before words set a remark off: it may stand on a line of its own.
_REMARK = re.compile(r"(?<=\S) {3}(?=[A-Za-z(])")
_ALIGNED = re.compile(r" {2}-?[0-9(]")

Grid = list[list[str]]


def fit(table: Table, columns: int) -> Grid | None:
    """Return the cells of a table, heading first, with line breaks where they are needed.

    Args:
        table: any.
        columns: of the terminal.

    Returns:
        Rows of cells; None where no wrapping makes it fit, so that a line per row is better.

    >>> from toynets.display import Table
    >>> wide = Table(["unit", "why"], [["h1", "one for each input that is on"]])
    >>> fit(wide, 80)[1], fit(wide, 20)[1], fit(wide, 16)
    (['h1', 'one for each input that is on'], ['h1', 'one for each\\ninput that is\\non'], None)
    """
    grid = [list(table.columns), *(list(row) for row in table.rows)]
    widths = _widths(grid)
    if _total(widths) <= columns:
        return grid
    grid = [[_REMARK.sub(_below, cell) for cell in row] for row in grid]
    widths = _widths(grid)
    wrappable = [i for i in range(len(widths)) if _is_text(grid, i, table)]
    while _total(widths) > columns:
        candidates = [i for i in wrappable if widths[i] > NARROWEST]
        if not candidates:
            return None
        widest = max(candidates, key=lambda i: widths[i])
        widths[widest] -= 1
    return [
        [_wrapped(cell, widths[i]) if i in wrappable else cell for i, cell in enumerate(row)]
        for row in grid
    ]


def _below(_: re.Match[str]) -> str:
    return "\n"


def _widths(grid: Grid) -> list[int]:
    return [
        max(width(line) for row in grid for line in row[i].split("\n")) for i in range(len(grid[0]))
    ]


def _total(widths: Sequence[int]) -> int:
    return sum(widths) + GAP * (len(widths) - 1)


def _is_text(grid: Grid, i: int, table: Table) -> bool:
    """Whether a column may be wrapped: words, not numbers that stand below each other."""
    aligned = any(_ALIGNED.search(row[i]) for row in grid[1:])
    return i > 0 and table.columns[i] not in table.right and not aligned


def _wrapped(cell: str, columns: int) -> str:
    lines = [
        part
        for line in cell.split("\n")
        for part in textwrap.wrap(line, columns, break_on_hyphens=False) or [""]
    ]
    return "\n".join(lines)
