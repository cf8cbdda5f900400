"""Run the cells of a lesson in this process, and keep what a notebook would show.

A kernel takes a second or two to start; the cells of a lesson take less. A cell's output is what it
prints and the value of its last line, by the richest form that the value has.

What is executed here are the scripts of the lessons, which their authors could run as well by
themselves. Student work never comes here: it is data (`toynets.coursework.claims`).
"""

from __future__ import annotations

import ast
import io
import os
from collections.abc import Sequence
from contextlib import chdir, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toynets.coursework.building.cells import Cell
from toynets.errors import ToynetsError


@dataclass(frozen=True)
class Ran:
    """What one cell showed.

    Attributes:
        cell: the cell.
        text: what it printed.
        shown: (media type, content) of the value of its last line; None where there is none.
        alt: what a figure says of itself to those who do not see it, or "".
    """

    cell: Cell
    text: str
    shown: tuple[str, str] | None
    alt: str = ""


def run_cells(
    cells: Sequence[Cell],
    *,
    name: str,
    folder: str | Path,
) -> tuple[Ran, ...]:
    """Run cells one after another in one namespace, in a folder.

    Args:
        cells: of one lesson, with or without solutions.
        name: of the lesson, for messages.
        folder: the working directory meanwhile; claims files land there.

    Raises:
        ToynetsError: a cell that raises; the message has the line and the exception.
    """
    space: dict[str, Any] = {"__name__": "__main__"}
    ran = []
    with chdir(os.fspath(folder)):
        for cell in cells:
            ran.append(_run(cell, space, name) if cell.kind == "code" else Ran(cell, "", None))
    return tuple(ran)


def _run(cell: Cell, space: dict[str, Any], name: str) -> Ran:
    printed = io.StringIO()
    value = None
    try:
        tree = ast.parse(cell.source, name)
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        with redirect_stdout(printed):
            exec(compile(tree, name, "exec"), space)
            if isinstance(last, ast.Expr):
                value = eval(compile(ast.Expression(last.value), name, "eval"), space)
    except Exception as error:
        raise ToynetsError(
            f"{name}, the cell of line {cell.line}: {type(error).__name__}: {error}",
            cause="a cell of a lesson raised.",
            fix="run the script by itself to see where.",
        ) from error
    shown = None if value is None else _shown(value)
    return Ran(cell, printed.getvalue(), shown, str(getattr(value, "alt", "")))


def _shown(value: Any) -> tuple[str, str]:
    for method, media in (("_repr_svg_", "image/svg+xml"), ("_repr_html_", "text/html")):
        form = getattr(value, method, None)
        content = form() if callable(form) else None
        if content is not None:
            return media, str(content)
    return "text/plain", repr(value)
