"""Where a command writes: tables, lines, JSON, a progress bar; colour on a terminal only."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from toynets.cli.progress import Move
    from toynets.display import Table

READABLE = 100  # columns; what is prose is not wrapped to more
STYLES = {
    "refuted": "bold red",
    "unknown": "yellow",
    "sampled": "cyan",
    "exhaustive": "green",
    "proved": "bold green",
}


def colour_on(stream: Any) -> bool:
    """Whether a stream is a terminal on which colour is wanted.

    >>> import io
    >>> colour_on(io.StringIO())
    False
    """
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return bool(hasattr(stream, "isatty") and stream.isatty())


class Screen:
    """Writes to standard output.

    Attributes:
        json: data is wanted, not text.
        plain: neither colour nor anything that moves is wanted.
        rich: output is a terminal with colour.
        aligned: tables have columns; else one labelled line per row.
        columns: columns are wanted, however wide: lines that the terminal cannot hold run over.
    """

    def __init__(self, *, json: bool = False, plain: bool = False, table: bool = False) -> None:
        self.json = json
        self.plain = plain
        self.rich = colour_on(sys.stdout) and not plain and not json
        self.columns = table and not plain
        self.aligned = self.rich or self.columns
        self._console: Any = None

    @property
    def console(self) -> Any:
        """The console of rich, which is imported on a terminal only."""
        if self._console is None:
            from rich.console import Console

            self._console = Console(file=sys.stdout, highlight=False, markup=False, emoji=False)
        return self._console

    def say(self, *lines: str, style: str = "") -> None:
        """Write lines of text."""
        for line in lines:
            if self.rich and style:
                self.console.print(line, style=style, soft_wrap=True)
            else:
                print(line)

    def prose(self, text: str) -> None:
        """Write a paragraph, on a terminal wrapped to a width that is easy to read."""
        if self.rich:
            import textwrap

            text = textwrap.fill(" ".join(text.split()), min(self.console.width, READABLE))
        self.say(text)

    def data(self, value: Any) -> None:
        """Write JSON."""
        import json

        print(json.dumps(value, indent=1, ensure_ascii=False))

    def labelled(self, rows: list[tuple[str, str]]) -> None:
        """Write (heading, text) pairs, a long text wrapped below itself on a terminal."""
        wide = max(len(head) for head, _ in rows) + 2
        for head, said in rows:
            if not self.aligned:
                print(f"{head}: {said}")
                continue
            lines = [said]
            if self.rich:
                import textwrap

                room = min(self.console.width - 1, READABLE) - wide
                lines = textwrap.wrap(said, max(30, room)) or [""]
            for k, line in enumerate(lines):
                print(f"{head if k == 0 else '':<{wide}}{line}")

    def text_of(self, table: Table) -> str:
        """Return a table as it is written where there is no colour."""
        return table.text() if self.aligned else table.plain()

    def table(self, table: Table) -> None:
        """Write a table."""
        if not table.rows:
            return
        if not self.rich:
            print(self.text_of(table))
            return
        from toynets.cli.fitting import fit

        if table.title:
            self.say(table.title, style="bold")
        grid = fit(table, self.console.width)
        if grid is None:
            lines = table.text() if self.columns else table.plain()
            print(lines.removeprefix(f"{table.title}\n"))
            return
        from rich.table import Table as RichTable
        from rich.text import Text

        made = RichTable(box=None, pad_edge=False, show_edge=False, header_style="dim")
        for name, heading in zip(table.columns, grid[0], strict=True):
            right = name in table.right
            made.add_column(Text(heading), justify="right" if right else "left", no_wrap=True)
        for row in grid[1:]:
            made.add_row(*(Text(cell, style=STYLES.get(cell, "")) for cell in row))
        self.console.print(made)

    @contextmanager
    def progress(self, what: str) -> Iterator[Move | None]:
        """Yield what moves a bar (text, done, of how many); None away from a terminal.

        It is shown on standard error, whatever standard output is. Where no bar is wanted (plain
        output, no colour) it is a line every half minute.
        """
        if not (hasattr(sys.stderr, "isatty") and sys.stderr.isatty()):
            yield None
            return
        from toynets.cli.progress import shown

        with shown(what, bar=colour_on(sys.stderr) and not self.plain) as move:
            yield move
