"""The reader: text to expression, with explicit stacks, so that no text can exhaust Python's own.

Operators wait on one stack and finished operands on another; an operator is applied when one that
binds less tightly, a closing bracket, a comma or the end follows (E. W. Dijkstra, 1961).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from toynets.errors import ParseError, ToynetsError, nearest, unknown
from toynets.expressions.base import Expression
from toynets.expressions.language import (
    COMPARE,
    NOT,
    ON_CONSTANTS,
    PRECEDENCE,
    PREFIX_PRECEDENCE,
    arity_fault,
    function_list,
)
from toynets.expressions.limits import AUTHOR, Limits
from toynets.expressions.nodes import PI, Binary, Call, Name, Number, Unary
from toynets.expressions.tokens import Token, decimal_comma, read_number, tokens
from toynets.names import FUNCTIONS, RESERVED

TYPE_CHECKING = False  # type checkers know the name; importing it from typing costs start-up time
if TYPE_CHECKING:
    from typing import NoReturn

SHORT = 100  # characters of a text that is read once

# Words of other languages, asked about only where they are no names here.
_WORDS = {
    "true": "write 1.",
    "false": "write 0.",
    "and": "write and.",
    "or": "write or.",
    "not": "write not.",
    "xor": "write a != b.",
    "pi": "write pi.",
    "if": "write (x1 > 0)*a + (x1 <= 0)*b.",
    "else": "write (x1 > 0)*a + (x1 <= 0)*b.",
    "mod": "write mod(a, b).",
}
_CALLS = {
    "pow": "write square(a), or a*a*a.",
    "exp": "there is no exp; tanh and sigmoid are there.",
    "log": "there is no logarithm.",
    "floor": "write a - mod(a, 1).",
    "sign": "write step(a) - step(-a).",
    "heaviside": "write step(a), which is 0 at 0.",
    "sum": "write a + b.",
    "logistic": "write sigmoid(a).",
    "maximum": "write max(a, b).",
    "minimum": "write min(a, b).",
}


def parse_expression(
    text: str, *, names: Iterable[str] | None = None, limits: Limits = AUTHOR
) -> Expression:
    """Read an expression. Nothing is evaluated, and nothing in it is changed.

    Args:
        text: such as `relu(x1 + x2 - 1)`; `2*x1 <= pi and not x2 == 0`; `max(x1, 1/2)`. The signs
            × · − ≤ ≥ ≠ ∧ ∨ ¬ π and subscript digits are read too.
        names: the names that may occur; without it, any.
        limits: `AUTHOR` or, for student work, `CLAIMS`; or `Limits(…)`.

    Raises:
        ParseError: with the column, and a caret under it.

    >>> e = parse_expression("2*x1 - relu(x2)", names=["x1", "x2"])
    >>> e == 2*Name("x1") - Call("relu", Name("x2"))
    True
    >>> parse_expression("2 x1")
    Traceback (most recent call last):
    toynets.errors.ParseError: there is no sign between 2 and x1.
      2 x1
        ^ column 3
      fix: write 2*x1.
    """
    if not isinstance(text, str):
        raise ToynetsError(
            f"expected a text but got {text!r} (type={type(text).__name__}).",
            fix='write parse_expression("x1 + 1").',
        )
    if isinstance(names, str):
        raise ToynetsError(f"names={names!r} is one text.", fix="pass a list: names=['x1', 'x2'].")
    # Line breaks and the spaces of word processors count as spaces; positions stay.
    start = text[: limits.characters + 1]
    line = "".join(" " if character.isspace() else character for character in start)
    if len(text) > limits.characters:
        raise ParseError(
            f"the text has {len(text)} characters; at most {limits.characters} are read.",
            text=line,
            column=limits.characters + 1,
            fix="say it more briefly, or give a part of it a name of its own.",
        )
    if not line.strip():
        raise ParseError("the text is empty.", text=line, column=1, fix='write 0, or "x1 + x2".')
    known = None if names is None else tuple(names)
    read = _short if len(line) <= SHORT else _read
    return read(line, known, limits)


def _read(line: str, names: tuple[str, ...] | None, limits: Limits) -> Expression:
    return _Parser(line, names, limits).parse()


# The same few numbers and terms are read again and again, and an expression never changes.
_short = lru_cache(maxsize=1024)(_read)


class _Waiting:
    """An operator or bracket whose operands are not complete."""

    __slots__ = ("arguments", "binds", "fix", "kind", "start", "text")

    def __init__(self, kind: str, token: Token, binds: int = 0, arguments: int = 0) -> None:
        self.kind = kind  # prefix, binary, group or call
        self.text = token.text
        self.start = token.start
        self.binds = binds
        self.arguments = arguments  # of a call: those complete, and the one in progress
        self.fix = ""


class _Parser:
    def __init__(self, text: str, names: tuple[str, ...] | None, limits: Limits) -> None:
        self.text = text
        self.names = names
        self.limits = limits
        self.operands: list[Expression] = []
        self.waiting: list[_Waiting] = []
        self.nodes = 0
        self.open = 0
        self.previous: Token | None = None

    def parse(self) -> Expression:
        operand_next = True
        for token in tokens(self.text):
            operand_next = self.operand(token) if operand_next else self.after_operand(token)
            self.previous = token
        return self.operands[0]

    # Where a value must come. Each returns whether a value must come next. -------------------

    def operand(self, token: Token) -> bool:
        if token.kind == "number":
            self.count(token)
            self.operands.append(Number(read_number(token)))
            return False
        if token.kind == "word":
            return self.word(token)
        if token.text == "-":
            return self.prefix(token)
        if token.text == "(":
            previous = self.previous
            if previous is None or previous.text not in FUNCTIONS:
                self.open_bracket(_Waiting("group", token))
            return True
        return self.value_missing(token)

    def word(self, token: Token) -> bool:
        word = token.text
        if word == "not":
            return self.prefix(token)
        if word in ("and", "or"):
            self.value_missing(token)
        if word in FUNCTIONS:
            self.count(token)
            if not self.bracket_follows(token):
                self.fail(
                    f"{word} is a function and needs its argument in brackets.",
                    token.start,
                    fix=f"write {word}(…).",
                )
            self.open_bracket(_Waiting("call", token, arguments=1))
            return True
        if word == "pi":
            self.count(token)
            self.operands.append(PI)
            return False
        if word in RESERVED:
            self.fail(
                f"{word} is a reserved word and cannot be a name here.",
                token.start,
                cause=f"{word} belongs to interventions.",
                fix=f"write {word}_ or another word, here and where the name is given.",
            )
        if self.bracket_follows(token):
            self.no_function(token)
        if self.names is not None and word not in self.names:
            self.fail(unknown("name", word, "", self.names), token.start, fix=self.hint(word))
        self.count(token)
        try:
            self.operands.append(Name(word))
        except ToynetsError as fault:  # the rules for names are in toynets.names
            self.fail(fault.message, token.start, cause=fault.cause, fix=fault.fix)
        return False

    def prefix(self, token: Token) -> bool:
        self.count(token)
        binds = PREFIX_PRECEDENCE[token.text]
        # a + not b < c could be read in two ways, so it is not read.
        if token.text == "not" and self.waiting and self.waiting[-1].binds > NOT:
            self.fail(
                f"not after {self.waiting[-1].text} needs brackets.",
                token.start,
                fix="write (not …).",
            )
        self.waiting.append(_Waiting("prefix", token, binds))
        return True

    # Where a value has just ended. -----------------------------------------------------------

    def after_operand(self, token: Token) -> bool:
        if token.kind == "end":
            self.apply_down_to(0)
            if self.waiting:
                bracket = self.waiting[-1]
                start = self.text.index("(", bracket.start)
                self.fail("this bracket is never closed.", start, fix="write ) where it ends.")
            return False
        if token.text in PRECEDENCE:
            return self.binary(token)
        if token.text == ")":
            self.close_bracket(token)
            return False
        if token.text == ",":
            return self.comma(token)
        return self.no_sign(token)

    def binary(self, token: Token) -> bool:
        binds = PRECEDENCE[token.text]
        if binds == COMPARE:
            self.apply_down_to(COMPARE + 1)
            if self.waiting and self.waiting[-1].binds == COMPARE:
                self.fail(
                    "comparisons are not chained.",
                    token.start,
                    fix="write a < b and b < c, or (a < b) == c for a comparison of 0 and 1.",
                )
        else:
            self.apply_down_to(binds)
        self.count(token)
        self.waiting.append(_Waiting("binary", token, binds))
        return True

    def comma(self, token: Token) -> bool:
        self.apply_down_to(0)
        decimal = decimal_comma(self.text, token.start, token.stop)
        bracket = self.waiting[-1] if self.waiting else None
        if bracket is None or bracket.kind == "group":
            self.fail(
                "the comma separates the arguments of a function, and there is none here.",
                token.start,
                cause="only the point is a decimal sign." if decimal else "",
                fix=decimal or "write a sign there, or a function such as max(a, b).",
            )
        bracket.arguments += 1
        bracket.fix = bracket.fix or decimal
        return True

    def open_bracket(self, bracket: _Waiting) -> None:
        self.open += 1
        if self.open > self.limits.depth:
            self.fail(
                f"brackets are nested more than {self.limits.depth} deep.",
                bracket.start,
                fix="give a part of it a name of its own.",
            )
        self.waiting.append(bracket)

    def close_bracket(self, token: Token) -> None:
        self.apply_down_to(0)
        if not self.waiting:
            self.fail("this bracket was never opened.", token.start, fix="leave it out.")
        bracket = self.waiting.pop()
        self.open -= 1
        if bracket.kind == "group":
            return
        fault = arity_fault(bracket.text, bracket.arguments)
        if fault:
            self.fail(fault, bracket.start, fix=bracket.fix)
        arguments = self.operands[-bracket.arguments :]
        del self.operands[-bracket.arguments :]
        if bracket.text in ON_CONSTANTS and arguments[0].has_names:
            self.fail(
                f"{bracket.text} is for constants only, and its argument has the name "
                f"{arguments[0].names()[0]}.",
                bracket.start,
                fix="write its argument as a number, such as sqrt(2) or cos(2*pi/5).",
            )
        self.push(Call, bracket, arguments)

    # Building. -------------------------------------------------------------------------------

    def apply_down_to(self, binds: int) -> None:
        """Apply the waiting operators that bind at least so tightly, up to a bracket."""
        while self.waiting and self.waiting[-1].binds >= max(binds, 1):
            operator = self.waiting.pop()
            if operator.kind == "prefix":
                self.push(Unary, operator, [self.operands.pop()])
            else:
                right = self.operands.pop()
                self.push(Binary, operator, [self.operands.pop(), right])

    def push(self, kind: type[Expression], at: _Waiting, children: list[Expression]) -> None:
        if max(child.depth for child in children) >= self.limits.depth:
            self.fail(
                f"the expression is more than {self.limits.depth} levels deep.",
                at.start,
                cause="a sum of n terms without brackets is n levels deep.",
                fix="write (a + b) + (c + d), or give a part of it a name of its own.",
            )
        self.operands.append(kind(at.text, *children))  # type: ignore[call-arg]  # see nodes

    def count(self, token: Token) -> None:
        self.nodes += 1
        if self.nodes > self.limits.nodes:
            self.fail(
                f"the expression has more than {self.limits.nodes} nodes "
                "(operators, functions, names and constants).",
                token.start,
                fix="say it more briefly, or give a part of it a name of its own.",
            )

    def bracket_follows(self, token: Token) -> bool:
        stop = token.stop
        while self.text[stop : stop + 1] == " ":
            stop += 1
        return self.text[stop : stop + 1] == "("

    # Saying no. ------------------------------------------------------------------------------

    def fail(self, message: str, start: int, *, cause: str = "", fix: str = "") -> NoReturn:
        raise ParseError(message, text=self.text, column=start + 1, cause=cause, fix=fix)

    def value_missing(self, token: Token) -> NoReturn:
        previous = self.previous
        after = f" after {previous.text}" if previous else ""
        if token.kind == "end":
            self.fail(
                f"the text ends{after}, where a value should follow.",
                token.start,
                fix="write a number, a name or a bracket there.",
            )
        if token.text == "+":
            self.fail(f"there is no value{after} before +.", token.start, fix="leave this + out.")
        if token.text == ")" and previous and previous.text == "(":
            self.fail("there is nothing in the brackets.", token.start, fix="write a value there.")
        self.fail(
            f"there is no value{after} before {token.text}.",
            token.start,
            fix="write a number, a name or a bracket there.",
        )

    def no_function(self, token: Token) -> NoReturn:
        name = token.text
        if self.names is not None and name in self.names:
            self.fail(f"{name} is not a function.", token.start, fix=f"write {name}*(…).")
        near = nearest(name.lower(), FUNCTIONS)
        self.fail(
            f"there is no function {name}. Functions: {function_list()}.",
            token.start,
            fix=_CALLS.get(name.lower(), f"write {near[0]}(…)." if near else f"write {name}*(…)."),
        )

    def no_sign(self, token: Token) -> NoReturn:
        assert self.previous is not None
        left, right = self.previous.text, token.text
        fix = self.hint(right) or self.hint(left)
        if right == "not":
            fix = "write and not, or or not."
        elif not fix:
            first = "(…)" if left == ")" else left
            second = "(…)" if right == "(" else f"{right}(…)" if right in FUNCTIONS else right
            fix = f"write {first}*{second}."
        self.fail(f"there is no sign between {left} and {right}.", token.start, fix=fix)

    def hint(self, word: str) -> str:
        """Say what to write for a word of another language, where it is no name here."""
        ours = word in RESERVED and word != "mod"
        return "" if ours or word in (self.names or ()) else _WORDS.get(word.lower(), "")
