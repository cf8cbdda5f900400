"""Errors that name the fault, the likely cause and the fix."""

from __future__ import annotations

from collections.abc import Iterable


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

    def __str__(self) -> str:
        # A long or many-line text is cut around the place, so that the caret stays under it.
        start = max(self.text.rfind("\n", 0, self.column - 1) + 1, self.column - 61)
        end = self.text.find("\n", self.column - 1)
        line = self.text[start : end if end >= 0 else len(self.text)][:100]
        caret = " " * (self.column - 1 - start) + f"^ column {self.column}"
        lines = [self.message, f"  {line}", f"  {caret}"]
        if self.cause:
            lines.append(f"  likely cause: {self.cause}")
        if self.fix:
            lines.append(f"  fix: {self.fix}")
        return "\n".join(lines)


class Undecided(ToynetsError):
    """A comparison that the enclosing balls do not decide; the verdict is `unknown`."""


def nearest(name: str, candidates: Iterable[str], count: int = 1) -> list[str]:
    """Return the candidates most like a misspelt name, best first.

    >>> nearest("h3", ["h1", "carry"])
    ['h1']
    """
    import difflib  # only on the way to an error: it costs start-up time

    pool = list(candidates)
    found = difflib.get_close_matches(name, pool, n=count, cutoff=0.5)
    # h3 is as near to h1 as to h2: prefer the later of equals, its number is the closer one.
    if found and len(name) <= 3:
        best = difflib.SequenceMatcher(None, name, found[0]).ratio()
        ties = [c for c in pool if difflib.SequenceMatcher(None, name, c).ratio() == best]
        if name[-1:].isdigit():
            ties.sort(key=lambda c: _digit_distance(name, c))
            found[0] = ties[0]
    return found


def _digit_distance(a: str, b: str) -> int:
    digits = ["".join(ch for ch in text if ch.isdigit()) for text in (a, b)]
    if not all(digits):
        return 10**6
    return abs(int(digits[0]) - int(digits[1]))


def unknown(kind: str, name: str, where: str, there: Iterable[str], plural: str = "") -> str:
    """Compose the message for a name that matches nothing.

    >>> unknown("unit", "h3", "xor-sum", ["h1", "h2"])
    'no unit h3 in xor-sum. Units: h1, h2. Nearest: h2.'
    """
    names = list(there)
    near = nearest(name, names)
    shown = ", ".join(names[:40]) + (", …" if len(names) > 40 else "")
    heading = (plural or kind + "s").capitalize()
    place = f" in {where}" if where else ""
    tail = f" {heading}: {shown}." if names else f" There are no {plural or kind + 's'}."
    return f"no {kind} {name}{place}.{tail}" + (f" Nearest: {near[0]}." if near else "")
