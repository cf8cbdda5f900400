"""Text from strangers: JSON that is read strictly, numbers and expressions that are short.

Each limit meets an attack. Nothing here computes with a number before its text is known to be
short, and no name is looked up that was not declared.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, NoReturn

from toynets.errors import ParseError, ToynetsError, nearest
from toynets.expressions import CLAIMS, Constant, Expression, Number, parse_expression
from toynets.expressions.nodes import Call
from toynets.rationals import Rational, rational

MAX_BYTES = 64 * 1024
MAX_DEPTH = 12
MAX_NUMBER = 80  # characters
MOST_SQUARES = 4  # each one doubles the digits: 22 of them, one in the other, fill the memory
FUNCTIONS = ("max", "min", "abs", "relu", "mod", "step", "square")

# A whole string, a bracket, or the quotation mark of a string that never ends.
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[\]{}"]', re.DOTALL)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class Numeral(str):
    """The text of a number that stood in JSON without quotation marks."""

    __slots__ = ()


def read_json(data: bytes, what: str = "the file", *, most: int = MAX_BYTES) -> Any:
    """Read JSON; numbers stay text (`Numeral`), so that nothing is computed yet.

    Args:
        data: the bytes of the file.
        what: for messages.
        most: bytes; more for files that are not student work.

    Raises:
        ToynetsError: more than `most` bytes, not UTF-8, no JSON, a key given twice, NaN or
            infinity, brackets more than 12 deep, control characters.

    >>> read_json(b'{"x": ["1/2", 3]}')
    {'x': ['1/2', '3']}
    """
    if len(data) > most:
        raise ToynetsError(
            f"{what} has {len(data)} bytes; at most {most} are read.",
            cause="it is another file than you think.",
        )
    if data.startswith(b"PK\x03\x04"):
        raise ToynetsError(
            f"{what} is a zip archive, which is not opened here.",
            fix="unpack it, and grade the folder: toynets grade FOLDER --lesson L04.",
        )
    try:
        source = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ToynetsError(
            f"{what} is not text in UTF-8: byte {error.start + 1} does not fit.",
            cause="a word processor or PowerShell's > wrote it, or it is no text at all.",
            fix="hw.submit() writes the file as it is wanted.",
        ) from None
    _check_depth(source, what)
    try:
        found = json.loads(
            source,
            object_pairs_hook=lambda pairs: _once(pairs, what),
            parse_float=Numeral,
            parse_int=Numeral,
            parse_constant=lambda word: _no_constant(word, what),
        )
    except json.JSONDecodeError as error:
        raise ToynetsError(
            f"{what} is not JSON: {error.msg} at line {error.lineno}, column {error.colno}.",
            cause="a comma or a quotation mark too many or too few, or the file is cut short.",
        ) from None
    except RecursionError:
        raise ToynetsError(f"{what} is nested too deeply.") from None
    _check_texts(found, what)
    return found


def _check_depth(source: str, what: str) -> None:
    depth = 0
    for match in _TOKEN.finditer(source):
        token = match[0]
        if token == '"':
            return  # JSON itself refuses it; to look for its end again and again takes minutes
        if len(token) > 1:
            continue
        depth += 1 if token in "[{" else -1
        if depth > MAX_DEPTH:
            raise ToynetsError(
                f"{what} has brackets more than {MAX_DEPTH} deep.",
                cause="a file of claims has no use for so many.",
            )


def _once(pairs: list[tuple[str, Any]], what: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ToynetsError(
                f"{what} gives the key {key[:70]!r} twice.", fix="leave one of them out."
            )
        found[key] = value
    return found


def _no_constant(word: str, what: str) -> NoReturn:
    raise ToynetsError(f"{what} holds {word}, which is not a number.", fix="write a number.")


def _check_texts(value: Any, what: str) -> None:
    if isinstance(value, dict):
        for key, inner in value.items():
            _check_texts(key, what)
            _check_texts(inner, what)
    elif isinstance(value, list):
        for inner in value:
            _check_texts(inner, what)
    elif isinstance(value, str) and _CONTROL.search(value):
        raise ToynetsError(f"{what} holds a control character in {value[:40]!a}.")


def exact_number(value: Any, where: str) -> Rational:
    """Read a number: an int, a float (exactly), a fraction, or a short text.

    Raises:
        ToynetsError: true and false, a text that is no number or longer than 80 characters.

    >>> exact_number("3/2", "the output"), exact_number(0.5, "x1")
    (3/2, 1/2)
    """
    if isinstance(value, bool) or value is None:
        raise ToynetsError(f"{where} is {value}, not a number.", fix="write 1 or 0.")
    if isinstance(value, str) and len(value) > MAX_NUMBER:
        raise ToynetsError(
            f"{where} has {len(value)} characters; a number here has at most {MAX_NUMBER}."
        )
    try:
        return rational(value)
    except ToynetsError as error:
        raise ToynetsError(f"{where}: {error.message}", cause=error.cause, fix=error.fix) from None


def short_text(value: Any, where: str, most: int = 400) -> str:
    """Return a text of limited length.

    >>> short_text("corrector", "role")
    'corrector'
    """
    if not isinstance(value, str) or isinstance(value, Numeral):
        raise ToynetsError(f"{where} is a text but got {repr(value)[:70]}.")
    if len(value) > most:
        raise ToynetsError(f"{where} has {len(value)} characters; at most {most} are read.")
    return value


def short_list(value: Any, where: str, most: int = 4096) -> list[Any]:
    """Return a list of limited length.

    >>> short_list((0, 1), "outputs")
    [0, 1]
    """
    if hasattr(value, "tolist"):
        value = value.tolist()
    if not isinstance(value, list | tuple):
        raise ToynetsError(
            f"{where} is a list but got {repr(value)[:70]}.", fix="write it in brackets: [0, 1]."
        )
    if len(value) > most:
        raise ToynetsError(f"{where} has {len(value)} entries; at most {most} are read.")
    return list(value)


def student_expression(value: Any, names: Iterable[str], where: str) -> Expression:
    """Read an expression of student work: 400 characters, 120 nodes, depth 24, declared names.

    Raises:
        ToynetsError: no text, or a function that student work does not use.
        ParseError: with the column and a caret.

    >>> print(student_expression("relu(x1 + x2 - 1)", ["x1", "x2"], "expression"))
    relu(x1 + x2 - 1)
    """
    text = value if isinstance(value, Expression) else None
    given = str(text) if text is not None else value
    if not isinstance(given, str):
        raise ToynetsError(f"{where} is a text but got {repr(value)[:70]}.", fix='write "x1 + x2".')
    try:
        found = parse_expression(given, names=tuple(names), limits=CLAIMS)
    except ParseError as error:
        raise error.at(where) from None
    squares = 0
    waiting = [found]
    while waiting:
        node = waiting.pop()
        waiting.extend(node.children)
        if isinstance(node, Constant) or (isinstance(node, Call) and node.label not in FUNCTIONS):
            raise ToynetsError(
                f"{where} uses {node.label}, which has no exact value.",
                fix=f"there are + - * /, comparisons, and or not, {', '.join(FUNCTIONS)}.",
            )
        squares += isinstance(node, Call) and node.label == "square"
    if squares > MOST_SQUARES:
        raise ToynetsError(f"{where} has {squares} squares; at most {MOST_SQUARES} are read.")
    return found


def literals(expression: Expression) -> int:
    """Count the numbers that an expression states, 0 not counted; 3/2 is one number.

    >>> literals(parse_expression("3/2*relu(x1 + x2 - 1)")), literals(parse_expression("x1*0"))
    (2, 0)
    """
    if not expression.has_names:
        stated = isinstance(expression, Number) or bool(expression.children)
        return int(stated and expression.evaluate() != 0)
    return sum(literals(child) for child in expression.children)


def known_keys(
    data: Any, allowed: Iterable[str], where: str, needed: Iterable[str] = ()
) -> Mapping[str, Any]:
    """Return a table whose keys are all known, and none of the needed ones missing.

    Raises:
        ToynetsError: no table, an unknown key (the nearest is named), or one that is missing.

    >>> known_keys({"x": 1}, ["x", "y"], "a claim")
    {'x': 1}
    """
    known = tuple(allowed)
    if not isinstance(data, Mapping):
        raise ToynetsError(f"{where} is a table of names and values but got {repr(data)[:70]}.")
    for key in data:
        if key not in known:
            near = nearest(str(key), known)
            raise ToynetsError(
                f"{where} has no key {repr(key)[:70]}.",
                fix=f"keys: {', '.join(known)}." + (f" Nearest: {near[0]}." if near else ""),
            )
    missing = [key for key in needed if key not in data]
    if missing:
        raise ToynetsError(f"{where} lacks {', '.join(missing)}.")
    return data
