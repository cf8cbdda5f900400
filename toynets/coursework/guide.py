"""The instructor's guide, a page of Markdown beside this file."""

from __future__ import annotations

from pathlib import Path

FILE = Path(__file__).with_name("GUIDE.md")


def guide_text() -> str:
    """Return the instructor's guide.

    >>> guide_text().splitlines()[0]
    '# Running a course with toynets'
    """
    return FILE.read_text(encoding="utf-8")
