"""The cells of a percent script: a `# %%` line opens a cell, `# %% [markdown]` one of text."""

from __future__ import annotations

from dataclasses import dataclass

from toynets.errors import ToynetsError

CODE = "# %%"
TEXT = "# %% [markdown]"


@dataclass(frozen=True)
class Cell:
    """One cell.

    Attributes:
        kind: `code` or `markdown`.
        source: its text, without the opening line; text cells without their comment signs.
        line: where its first line stands in the script, from 1.
    """

    kind: str
    source: str
    line: int


def read_script(text: str, name: str = "the script") -> tuple[Cell, ...]:
    r"""Read the cells of a percent script.

    The subset of the format that the lessons use: no cell metadata, no cell magics. What stands
    before the first cell is a header of comments (jupytext's own) and is left out.

    Args:
        text: the script.
        name: what error messages call it.

    Raises:
        ToynetsError: code before the first cell, an opening line of another form, a line of a text
            cell that is no comment, an empty cell, no cell.

    >>> [c.kind for c in read_script("# %% [markdown]\n# # One\n\n# %%\nx = 1\n")]
    ['markdown', 'code']
    """
    found: list[tuple[str, int, list[str]]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("# %%"):
            if line.rstrip() not in (CODE, TEXT):
                raise ToynetsError(
                    f"{name}, line {number}: a cell opens with {line.rstrip()!r}.",
                    cause="titles, tags and metadata of cells are not carried over.",
                    fix=f"write {CODE!r} or {TEXT!r}.",
                )
            found.append(("markdown" if line.rstrip() == TEXT else "code", number + 1, []))
        elif found:
            found[-1][2].append(line)
        elif line and not line.startswith("#"):
            raise ToynetsError(
                f"{name}, line {number}: code before the first cell.",
                fix=f"open a cell with {CODE!r} above it.",
            )
    if not found:
        raise ToynetsError(f"{name} has no cell.", fix=f"open one with {CODE!r}.")
    return tuple(_cell(kind, line, lines, name) for kind, line, lines in found)


def _cell(kind: str, first: int, lines: list[str], name: str) -> Cell:
    while lines and not lines[-1].strip():
        lines.pop()
    if not lines:
        raise ToynetsError(f"{name}, line {first - 1}: an empty cell.", fix="leave it out.")
    if kind == "code":
        return Cell(kind, "\n".join(lines), first)
    plain = []
    for k, line in enumerate(lines):
        if not line.startswith("#") or line[1:2] not in ("", " "):
            raise ToynetsError(
                f"{name}, line {first + k}: a line of a text cell that is no comment: {line!r}.",
                cause="text cells are comments, so that the script runs.",
                fix="begin it with '# '.",
            )
        plain.append(line[2:])
    return Cell(kind, "\n".join(plain), first)
