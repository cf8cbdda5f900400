"""Solution or stub: what stands between the marks, and what the student gets instead.

    # BEGIN SOLUTION
    outputs = [0, 1, 1, 2]
    # END SOLUTION
    # STUB: outputs = [None, None, None, None]

Marks may be indented; the stub takes the indentation of its own line. Whatever looks like a mark
and is none (another case, another spacing, in a text cell) is an error: a misspelt mark is how
solutions get out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from toynets.coursework.building.cells import Cell
from toynets.errors import ToynetsError

BEGIN = "# BEGIN SOLUTION"
END = "# END SOLUTION"
STUB = "# STUB:"

# Loose on purpose: it also meets `### Begin solution`, `#BEGIN  SOLUTION` and `# stub :`.
_LIKE_A_MARK = re.compile(r"\b(begin|end)[\s_-]*solution\b|#\s*stub\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Line:
    """A line and which of the two versions it is in."""

    text: str
    part: str  # "both", "solution", "stub", "mark"


def stubbed(cells: Sequence[Cell], name: str = "the script") -> tuple[Cell, ...]:
    r"""Return the cells as a student gets them: every solution replaced by its stub.

    >>> source = "# BEGIN SOLUTION\ny = 2\n# END SOLUTION\n# STUB: y = None\nprint(y)"
    >>> stubbed([Cell("code", source, 1)])[0].source
    'y = None\nprint(y)'
    """
    return tuple(_kept(cell, ("both", "stub"), name) for cell in cells)


def solved(cells: Sequence[Cell], name: str = "the script") -> tuple[Cell, ...]:
    """Return the cells with their solutions, without marks and stubs."""
    return tuple(_kept(cell, ("both", "solution"), name) for cell in cells)


def solution_lines(cells: Sequence[Cell], name: str = "the script") -> tuple[str, ...]:
    """Return the lines between the marks, without indentation, those that say something."""
    return tuple(
        line.text.strip()
        for cell in cells
        for line in _lines(cell, name)
        if line.part == "solution" and re.search(r"\w", line.text)
    )


def _kept(cell: Cell, parts: tuple[str, ...], name: str) -> Cell:
    lines = [line.text for line in _lines(cell, name) if line.part in parts]
    return replace(cell, source="\n".join(lines))


def _lines(cell: Cell, name: str) -> list[_Line]:
    lines = cell.source.split("\n")
    made: list[_Line] = []
    opened = 0  # the line of an open BEGIN
    expected = False  # a stub must come
    said = False  # the open solution has a line
    for number, text in enumerate(lines, start=cell.line):
        mark = text.strip()

        def fault(what: str, fix: str, number: int = number) -> ToynetsError:
            return ToynetsError(f"{name}, line {number}: {what}", fix=fix)

        if cell.kind == "markdown":
            if _LIKE_A_MARK.search(text):
                raise fault("a mark in a text cell.", "solutions stand in code cells.")
            made.append(_Line(text, "both"))
            continue
        if expected and not mark.startswith(f"{STUB} "):
            raise fault("a solution has no stub.", f"write '{STUB} …' on the line after '{END}'.")
        if mark == BEGIN:
            if opened:
                raise fault(f"nested: the mark of line {opened} is open.", f"write '{END}' first.")
            opened, said = number, False
            made.append(_Line(text, "mark"))
        elif mark == END:
            if not opened:
                raise fault("a solution ends that has not begun.", f"write '{BEGIN}' above it.")
            if not said:
                raise fault("an empty solution.", "write it, or leave the marks out.")
            opened, expected = 0, True
            made.append(_Line(text, "mark"))
        elif mark.startswith(f"{STUB} "):
            after_one = bool(made) and (made[-1].part == "stub" or made[-1].text.strip() == END)
            if opened or not after_one:
                raise fault("a stub without a solution.", f"it follows '{END}' at once.")
            indent = text[: len(text) - len(text.lstrip())]
            made.append(_Line(indent + mark[len(STUB) + 1 :], "stub"))
            expected = False
        elif _LIKE_A_MARK.search(text):
            raise fault(
                f"{mark!r} looks like a mark and is none.",
                f"write exactly '{BEGIN}', '{END}' or '{STUB} …'.",
            )
        else:
            said = said or bool(mark)
            made.append(_Line(text, "solution" if opened else "both"))
    if opened:
        raise ToynetsError(
            f"{name}, line {opened}: a solution is not closed.", fix=f"write '{END}' in this cell."
        )
    if expected:
        raise ToynetsError(
            f"{name}, line {cell.line + len(lines) - 1}: a solution has no stub.",
            fix=f"write '{STUB} …' on the line after '{END}'.",
        )
    return made
