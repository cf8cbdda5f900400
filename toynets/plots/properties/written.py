"""A figure with the files that were written of it: what the checks are given."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from toynets.errors import ToynetsError
from toynets.fields import record
from toynets.plots.properties.ink import Ink, ink_of
from toynets.plots.saving import leaves

if TYPE_CHECKING:
    from toynets.plots.figure import Figure

FILES = ("pdf", "svg", "json", "tex")


@record(eq=False)
class Written:
    """A figure, its files, and what only a second build can tell.

    Attributes:
        figure: the value.
        folder: where its files are.
        digests: file -> sha256 as another process wrote it; None where there was no other.
        seconds: that it took to draw and to write; None where nobody looked.
        redraw: draws it with a `Style`; None where it cannot be drawn again.
        before: the folder of an earlier build to compare with, or "".
    """

    figure: Figure
    folder: str
    digests: Mapping[str, str] | None = None
    seconds: float | None = None
    redraw: Callable[[Any], Figure] | None = None
    before: str = ""

    def path(self, ending: str) -> str:
        """Return the path of a file."""
        return os.path.join(self.folder, f"{self.figure.name}.{ending}")

    def read(self, ending: str) -> bytes:
        """Return the bytes of a file."""
        try:
            with open(self.path(ending), "rb") as file:
                return file.read()
        except OSError as error:
            raise ToynetsError(f"{self.path(ending)} cannot be read: {error.strerror}.") from None

    @cached_property
    def ink(self) -> Ink:
        """What is drawn."""
        return ink_of(self.figure)

    @cached_property
    def svg(self) -> str:
        """The SVG file."""
        return self.read("svg").decode()

    @cached_property
    def pdf(self) -> Any:
        """The PDF file, read by pypdf."""
        try:
            import pypdf
        except ImportError:
            raise ToynetsError(
                "the PDF files are read back with pypdf, which is not installed.",
                fix="pip install toynets[figures]",
            ) from None
        return pypdf.PdfReader(self.path("pdf"))

    @cached_property
    def data(self) -> dict[str, Any]:
        """The data file."""
        found: dict[str, Any] = json.loads(self.read("json"))
        return found

    @cached_property
    def tex(self) -> str:
        """The LaTeX file."""
        return self.read("tex").decode()

    @cached_property
    def numbers(self) -> list[float]:
        """Every number of the data file, those inside its texts included."""
        found = []
        for path, value in leaves(self.data.get("numbers", {})):
            if isinstance(value, int | float) and not isinstance(value, bool):
                found.append(float(value))
            elif isinstance(value, str):
                found += numbers_in(value)
            found += [n for part in path for n in numbers_in(part)]
        return found


_NUMBER = re.compile(
    r"(?<![\w.])[-\N{MINUS SIGN}+]?(?:\d+/\d+|\d+(?:\.\d+)?(?:e[-\N{MINUS SIGN}]?\d+)?)"
)


def tokens(text: str) -> list[str]:
    """Return the numbers that are printed in a text; digits that are part of a name do not count.

    >>> tokens("h2 = −1/2, x₁ in 00 → 0.25")
    ['−1/2', '00', '0.25']
    """
    return [match[0] for match in _NUMBER.finditer(text)]


def number_of(token: str) -> float:
    """Return the number that is printed.

    >>> number_of("−1/2")
    -0.5
    """
    top, _, bottom = token.replace("\N{MINUS SIGN}", "-").partition("/")
    return float(top) / float(bottom) if bottom and float(bottom) else float(top)


def numbers_in(text: str) -> list[float]:
    """Return the numbers in a text."""
    return [number_of(token) for token in tokens(text)]
