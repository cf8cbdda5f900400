"""Is a line of a solution in a file that students get?"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Leaks:
    """What a search found.

    Attributes:
        lines: how many lines of solutions were searched for.
        files: how many files were searched.
        found: (file, line of the solution) of each leak.
    """

    lines: int
    files: int
    found: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        """One line, and one for each leak."""
        head = f"{len(self.found)} of {self.lines} lines of solutions are in {self.files} files"
        return "\n".join([f"leaks: {head}", *(f"  {name}: {line}" for name, line in self.found)])


def find_leaks(lines: Sequence[str], files: Iterable[tuple[str, bytes]]) -> Leaks:
    r"""Search files for lines of solutions, anywhere in a line and at any indentation.

    Notebooks and other JSON are searched as their strings are, not as they are written (a quote is
    escaped there); everything else as text. A solution whose whole line is a stub's beginning
    would be met too: the rule is containment, not equality.

    >>> find_leaks(["y = 2"], [("a.py", b"if x:\n    y = 2\n"), ("b.py", b"y = None")]).found
    (('a.py', 'y = 2'),)
    """
    found, count = [], 0
    for name, content in files:
        count += 1
        text = content.decode()
        if name.endswith((".ipynb", ".json")):
            text = "\n".join(_strings(json.loads(text)))
        else:
            import html

            text = html.unescape(text) if name.endswith(".html") else text
        found += [(name, line) for line in lines if line in text]
    return Leaks(len(lines), count, tuple(found))


def _strings(data: object) -> Iterable[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield str(key)
            yield from _strings(value)
    elif isinstance(data, list):
        for value in data:
            yield from _strings(value)
