"""Errors that name the fault, the likely cause and the fix."""

from __future__ import annotations

import re
from collections.abc import Iterable

LISTED = 20  # of so many names all are listed in a message; of more the nearest few
NEAR = 0.6  # the share of letters that a near name has in common with what was typed


class ToynetsError(Exception):
    """Anything that a user of the package can put right.

    Args:
        message: the fault, in one sentence.
        cause: the likely cause, where it is not plain from the fault.
        fix: what to do or to type instead.

    >>> print(ToynetsError("no network xor-sun.", fix="toynets list prints the names."))
    no network xor-sun.
      fix: toynets list prints the names.
    """

    def __init__(self, message: str, *, cause: str = "", fix: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.cause = cause
        self.fix = fix

    def __str__(self) -> str:
        lines = [self.message]
        if self.cause:
            lines.append(f"  likely cause: {self.cause}")
        if self.fix:
            lines.append(f"  fix: {self.fix}")
        return "\n".join(lines)


class ParseError(ToynetsError):
    """A text that does not follow its grammar; shows the place with a caret and in words.

    Args:
        message: the fault.
        text: the whole text that was read.
        column: where, counted from 1.
        cause: the likely cause.
        fix: what to write instead.

    >>> print(ParseError("h2 needs a value.", text="h2 =", column=5))
    h2 needs a value.
      h2 =
          ^ column 5
    """

    def __init__(
        self, message: str, *, text: str, column: int, cause: str = "", fix: str = ""
    ) -> None:
        super().__init__(message, cause=cause, fix=fix)
        self.text = text
        self.column = column

    def at(self, where: str) -> ParseError:
        """Return the same fault, said of a place: `units.h1: …`.

        >>> print(ParseError("h2 needs a value.", text="h2 =", column=5).at("claim 3").message)
        claim 3: h2 needs a value.
        """
        said = f"{where}: {self.message}"
        return ParseError(said, text=self.text, column=self.column, cause=self.cause, fix=self.fix)

    def __str__(self) -> str:
        from toynets.display import one_line, width  # only on the way to an error

        # A long or many-line text is cut around the place, so that the caret stays under it.
        start = max(self.text.rfind("\n", 0, self.column - 1) + 1, self.column - 61, 0)
        end = self.text.find("\n", self.column - 1)
        line = one_line(self.text[start : end if end >= 0 else len(self.text)][:100])
        caret = " " * width(line[: self.column - 1 - start]) + f"^ column {self.column}"
        lines = [self.message, f"  {line}", f"  {caret}"]
        if self.cause:
            lines.append(f"  likely cause: {self.cause}")
        if self.fix:
            lines.append(f"  fix: {self.fix}")
        return "\n".join(lines)


class UnknownName(ToynetsError, KeyError):
    """A name that a record does not have; also a `KeyError`, so that `in` and `get` work."""

    __str__ = ToynetsError.__str__  # KeyError's own would quote the message


class Undecided(ToynetsError):
    """A comparison that the enclosing balls do not decide; the verdict is `unknown`."""


def nearest(name: str, candidates: Iterable[str], count: int = 1) -> list[str]:
    """Return the candidates most like a misspelt name, best first.

    Capitals do not count. Names that differ in their numbers alone are ordered by how far the
    numbers are apart: to a reader h3 is nearer to h2 than to h1. A name that begins with what was
    typed is near; one that has little more in common with it than some letters is not.

    >>> nearest("h3", ["h1", "h2", "carry"]), nearest("H2", ["h1", "h2"])
    (['h2'], ['h2'])
    >>> nearest("digit", ["gift", "digits-trained"]), nearest("nosuch", ["xor-stuck-half"])
    (['digits-trained'], [])
    """
    import difflib  # only on the way to an error: it costs start-up time

    pool = list(candidates)
    wanted = name[:100].casefold()  # the comparison is quadratic
    pattern, numbers = _apart(wanted)
    scored: list[tuple[bool, int, bool, float, int, str]] = []
    for candidate in pool:
        lower = candidate[:100].casefold()
        ratio = difflib.SequenceMatcher(None, lower, wanted).ratio()
        other_pattern, other_numbers = _apart(lower)
        alike = bool(numbers) and other_pattern == pattern
        begins = len(wanted) > 2 and lower.startswith(wanted)
        if alike or begins or ratio >= NEAR:
            apart = sum(abs(a - b) for a, b in zip(numbers, other_numbers, strict=alike))
            far = apart if alike else 0
            scored.append((not alike, far, not begins, -ratio, len(scored), candidate))
    return [entry[-1] for entry in sorted(scored)[:count]]


def _apart(name: str) -> tuple[str, list[int]]:
    """Split a name into its letters and its numbers."""
    return re.sub("[0-9]+", "#", name), [int(n) for n in re.findall("[0-9]+", name)]


def unknown(
    kind: str,
    name: str,
    where: str,
    there: Iterable[str],
    plural: str = "",
    also: Iterable[str] = (),
) -> str:
    """Compose the message for a name that matches nothing.

    All names are listed where they are few; of many the nearest, or else some, are named, and
    the caller's fix says how to list the others.

    Args:
        kind: what was looked for, `unit`.
        name: the name that matches nothing.
        where: in what, or "".
        there: the names that there are.
        plural: of `kind`, where it is not formed with s.
        also: further names that the nearest one may come from.

    >>> unknown("unit", "h3", "xor-sum", ["h1", "h2"])
    'no unit h3 in xor-sum. Units: h1, h2. Nearest: h2.'
    >>> unknown("unit", "h0", "wide", [f"h{n}" for n in range(1, 41)])
    'no unit h0 in wide. There are 40 units. Nearest: h1, h2, h3.'
    """
    names = list(there)
    heading = plural or kind + "s"
    few = len(names) <= LISTED
    near = nearest(name, [*names, *also], 1 if few else 3)
    place = f" in {where}" if where else ""
    given = name if len(name) <= 60 else name[:59] + "…"
    if not names:
        tail = f"There are no {heading}."
    elif few:
        tail = f"{heading[:1].upper()}{heading[1:]}: {', '.join(names)}."
    else:
        some = "" if near else f", such as {', '.join(names[:3])}"
        tail = f"There are {len(names)} {heading}{some}."
    return f"no {kind} {given}{place}. {tail}" + (f" Nearest: {', '.join(near)}." if near else "")
