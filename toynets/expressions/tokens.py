"""From characters to tokens, with an answer to each sign that belongs to another language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toynets.errors import ParseError
from toynets.expressions.limits import MAX_DIGITS
from toynets.rationals import Rational
from toynets.rationals import text as fraction_text

_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_SIGNS = {
    "−": "-", "×": "*", "·": "*", "÷": "/", "≤": "<=", "≥": ">=", "≠": "!=",
    "∧": "and", "∨": "or", "¬": "not", "π": "pi",
}  # fmt: skip
_DIGIT = "[0-9₀-₉]"
# Foreign signs of two characters come first: ** is not two products.
_TOKEN = re.compile(
    r"(?P<foreign>\*\*|//|&&|\|\||<>|=<|=>|->)"
    r"|(?P<number>[0-9]+(?:\.[0-9]+)?)"
    rf"|(?P<word>[A-Za-z](?:[A-Za-z_]|{_DIGIT})*(?:\.{_DIGIT}+)?)"
    r"|(?P<sign><=|>=|==|!=|[-+*/<>(),−×·÷≤≥≠∧∨¬π])"
)
_POWER = ("the language has no powers.", "write square(x1) for a second power, or x1*x1*x1.")
_ROOT = ("the language has no root sign.", "write sqrt(2); it takes constants only.")
_FOREIGN = {
    "**": _POWER,
    "^": _POWER,
    "²": _POWER,
    "³": _POWER,
    "√": _ROOT,
    "//": ("there is no whole-number division.", "write a/b, or (a - mod(a, b))/b."),
    "%": ("% is not a sign of the language.", "write mod(a, b)."),
    "&&": ("&& is not a sign of the language.", "write and."),
    "&": ("& is not a sign of the language.", "write and."),
    "||": ("|| is not a sign of the language.", "write or; for |x| write abs(x)."),
    "|": ("| is not a sign of the language.", "write abs(x) for |x|, or the word or."),
    "!": ("! is not a sign of the language.", "write not; != for unequal."),
    "~": ("~ is not a sign of the language.", "write not."),
    "=": ("one = is not a comparison.", "write ==."),
    "<>": ("<> is not a comparison.", "write !=."),
    "=<": ("=< is not a comparison.", "write <=."),
    "=>": ("=> is not a comparison.", "write >=."),
    "->": ("-> belongs to interventions: an expression has values, not weights.",
           "write the number of the weight, or the name of a unit."),
    "?": ("there is no conditional.", "write (x1 > 0)*a + (x1 <= 0)*b."),
    "[": ("brackets are round here.", "write (."),
    "]": ("brackets are round here.", "write )."),
    "{": ("brackets are round here.", "write (."),
    "}": ("brackets are round here.", "write )."),
    "@": ("@ numbers the copies of a tied weight; an expression has values, not weights.",
          "write the name of a unit."),
}  # fmt: skip


class Token:
    """A number, word, sign or the end of the text.

    Attributes:
        kind: `number`, `word`, `sign` or `end`.
        text: as the language writes it (`<=` for ≤, `x1` for x₁).
        start: position in the text, from 0.
        stop: position after it.
    """

    __slots__ = ("kind", "start", "stop", "text")

    def __init__(self, kind: str, text: str, start: int, stop: int) -> None:
        self.kind = kind
        self.text = text
        self.start = start
        self.stop = stop


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens one by one, and an `end` token last.

    Raises:
        ParseError: a sign that is not of the language, with what to write instead.

    >>> [token.text for token in tokens("2·x₁ ≤ 0.5")]
    ['2', '*', 'x1', '<=', '0.5', '']
    """
    position = 0
    while position < len(text):
        if text[position] == " ":
            position += 1
            continue
        match = _TOKEN.match(text, position)
        if match is None or match.lastgroup == "foreign":
            raise _foreign(text, position, match.group() if match else text[position])
        kind = str(match.lastgroup)
        found = match.group()
        if kind == "number":
            _check_number(text, match)
        elif kind == "word":
            found = found.translate(_SUBSCRIPTS)
            if text[match.end() : match.end() + 1] == ".":
                raise _after_dot(text, match.end(), found)
        elif found in _SIGNS:
            found = _SIGNS[found]
            kind = "word" if found.isalpha() else "sign"
        yield Token(kind, found, position, match.end())
        position = match.end()
    yield Token("end", "", len(text), len(text))


def read_number(token: Token) -> Rational:
    """Return the exact value of a number token."""
    whole, _, decimals = token.text.partition(".")
    return Rational(int(whole + decimals), 10 ** len(decimals))


def decimal_comma(text: str, before: int, after: int) -> str:
    """Say what to write if the comma between two positions was meant as a decimal sign.

    Args:
        text: the whole text.
        before: where the digits before the comma end.
        after: where those after it begin.

    Returns:
        `write 0.5 or 1/2.`, or nothing if there are no digits on both sides.

    >>> decimal_comma("x1 + 1,25", 6, 7)
    'write 1.25 or 5/4.'
    """
    left = re.search(r"(?<![0-9A-Za-z_.])[0-9]{1,20}$", text[max(0, before - 21) : before])
    right = re.match(r"[0-9]{1,20}(?![0-9.])", text[after : after + 21])
    if after - before != 1 or not left or not right:
        return ""
    value = Rational(int(left[0] + right[0]), 10 ** len(right[0]))
    return f"write {left[0]}.{right[0]} or {fraction_text(value)}."


def _check_number(text: str, match: re.Match[str]) -> None:
    found, start, stop = match.group(), match.start(), match.end()
    whole, _, decimals = found.partition(".")
    if max(len(whole), len(decimals)) > MAX_DIGITS:
        raise ParseError(
            f"a number with more than {MAX_DIGITS} digits.", text=text, column=start + 1
        )
    exponent = re.compile(r"[eE]([+-]?[0-9]+)").match(text, stop)
    if exponent:
        size = int(exponent[1]) if len(exponent[1]) <= 3 else 99
        written = "write all its digits, or a fraction such as 1/1000."
        if "." not in found and 0 <= size <= 9:
            written = f"write {found}{'0' * size}."
        raise ParseError(
            f"the number {found}{exponent[0][:9]} has an exponent, which is not read.",
            text=text,
            column=stop + 1,
            fix=written,
        )
    if text[stop : stop + 1] == ".":
        raise ParseError(
            "a number has one point." if decimals else "a point with no digits after it.",
            text=text,
            column=stop + 1,
            fix="leave the second point out." if decimals else f"write {found} or {found}.0.",
        )
    if text[stop : stop + 1] == "_":
        raise ParseError(
            "_ does not group digits.", text=text, column=stop + 1, fix="write the digits together."
        )


def _after_dot(text: str, position: int, name: str) -> ParseError:
    after = re.compile(r"[A-Za-z]+").match(text, position + 1)
    if after and after[0] in ("pre", "bias"):
        return ParseError(
            f"{name}.{after[0]} belongs to interventions; an expression has values of units.",
            text=text,
            column=position + 1,
            fix=f"write {name}, or its {'sum' if after[0] == 'pre' else 'bias as a number'}.",
        )
    return ParseError(
        f"{name} is followed by a point.",
        text=text,
        column=position + 1,
        cause="a name has at most one point, with digits after it: h1.2 is unit 2 of layer 1.",
    )


def _foreign(text: str, position: int, found: str) -> ParseError:
    column = position + 1
    if found == "." and text[position + 1 : position + 2].isdigit():
        return ParseError(
            "a number starts with a digit.",
            text=text,
            column=column,
            fix="write 0 before the point.",
        )
    if found in _FOREIGN:
        message, fix = _FOREIGN[found]
        return ParseError(message, text=text, column=column, fix=fix)
    if found in "₀₁₂₃₄₅₆₇₈₉":
        return ParseError("a subscript without a name.", text=text, column=column, fix="write x₁.")
    if found.isalpha():
        return ParseError(
            f"{found!r} is not a letter that names are made of.",
            text=text,
            column=column,
            fix="write names with the letters A to Z and a to z, digits and _.",
        )
    return ParseError(
        f"{found!r} is not a sign of the language.",
        text=text,
        column=column,
        cause="the signs are + - * / < <= > >= == != ( ) and the comma.",
    )
