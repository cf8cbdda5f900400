"""Tables that show themselves: as text, as one labelled line per row, Markdown and HTML."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from toynets.errors import ToynetsError


def width(text: str) -> int:
    """Return how many columns of a terminal a text takes.

    >>> width("h₁")
    2
    """
    return (
        sum(
            0 if unicodedata.combining(ch) else 2 if unicodedata.east_asian_width(ch) in "WF" else 1
            for ch in text
        )
        if not text.isascii()
        else len(text)
    )


def one_line(text: str) -> str:
    """Replace what would break a line or steer a terminal by spaces, one for one.

    Free text comes from files of other people; an escape sequence in it must not be obeyed.

    >>> one_line("a\\nb\\x1b[31m")
    'a b [31m'
    """
    return text if text.isprintable() else "".join(c if c.isprintable() else " " for c in text)


def escape(text: str) -> str:
    """Make a text safe inside HTML.

    >>> escape("x1->h1")
    'x1-&gt;h1'
    """
    for raw, safe in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(raw, safe)
    return text


class Table:
    """Rows of text under column names.

    Attributes:
        columns: the heading of each column.
        rows: tuples of text, as long as `columns`.
        title: a line above, or "".
        right: the columns that are aligned to the right, by name.
        records: what `to_dict` gives, one mapping per row, or a function that returns them, called
            when they are wanted; by default the cells.

    >>> print(Table(["unit", "y"], [["h1", "0"], ["h2", "12"]], right=["y"]))
    unit   y
    h1     0
    h2    12
    """

    def __init__(
        self,
        columns: Sequence[str],
        rows: Iterable[Sequence[str]],
        *,
        title: str = "",
        right: Iterable[str] = (),
        records: Sequence[Any] | Callable[[], Sequence[Any]] | None = None,
    ) -> None:
        self.columns = tuple(columns)
        self.rows = tuple(tuple(one_line(str(c)) for c in row) for row in rows)
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise ToynetsError(
                    f"row {number} of a table has {len(row)} cells for {len(self.columns)} columns."
                )
        self.title = one_line(title)
        self.right = frozenset(right)
        self._records = records

    def __len__(self) -> int:
        return len(self.rows)

    def __str__(self) -> str:
        return self.text()

    __repr__ = __str__

    def text(self) -> str:
        """Return the table in aligned columns."""
        grid = [self.columns, *self.rows]
        widths = [max(width(row[i]) for row in grid) for i in range(len(self.columns))]
        lines = [self.title] if self.title else []
        for row in grid:
            cells = []
            for i, cell in enumerate(row):
                pad = " " * (widths[i] - width(cell))
                cells.append(pad + cell if self.columns[i] in self.right else cell + pad)
            lines.append("  ".join(cells).rstrip())
        return "\n".join(lines)

    def plain(self) -> str:
        """Return one labelled line per row, for screen readers and pipes."""
        lines = [self.title] if self.title else []
        for row in self.rows:
            cells = [f"{c}: {v}" if c else v for c, v in zip(self.columns, row, strict=True) if v]
            lines.append("; ".join(cells))
        return "\n".join(lines)

    def markdown(self) -> str:
        """Return the table in Markdown."""

        def line(cells: Iterable[str]) -> str:
            return "| " + " | ".join(map(_markdown, cells)) + " |"

        rule = ["---:" if c in self.right else "---" for c in self.columns]
        head = [f"**{_markdown(self.title)}**", ""] if self.title else []
        return "\n".join([*head, line(self.columns), line(rule), *map(line, self.rows)])

    def html(self) -> str:
        """Return the table in HTML: header cells with scopes, no script, no style sheet."""
        parts = ["<table>"]
        if self.title:
            parts.append(f"<caption>{escape(self.title)}</caption>")
        head = "".join(f'<th scope="col">{escape(c)}</th>' for c in self.columns)
        parts.append(f"<thead><tr>{head}</tr></thead><tbody>")
        for row in self.rows:
            cells = [f'<th scope="row">{escape(row[0])}</th>']
            cells += [f"<td>{escape(c)}</td>" for c in row[1:]]
            parts.append(f"<tr>{''.join(cells)}</tr>")
        parts.append("</tbody></table>")
        return "".join(parts)

    def to_dict(self) -> dict[str, Any]:
        """Return the table as plain data."""
        rows = self._records() if callable(self._records) else self._records
        if rows is None:
            rows = [dict(zip(self.columns, row, strict=True)) for row in self.rows]
        return {"title": self.title, "columns": list(self.columns), "rows": list(rows)}

    def _repr_html_(self) -> str:
        return self.html()

    def _repr_markdown_(self) -> str:
        return self.markdown()


def _markdown(text: str) -> str:
    """Escape what would end a cell, become a tag or turn emphasis on."""
    for sign in ("\\", "|", "<", "*", "_", "`"):
        text = text.replace(sign, "\\" + sign)
    return text
