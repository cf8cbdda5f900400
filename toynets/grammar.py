"""The grammar of interventions: a reader of tokens, left to right, without backtracking.

text   = clause {"," clause}            clause = target {"," target} op value
target = NAME | NAME ".pre" | NAME ".bias" | NAME "->" NAME | "->" NAME | NAME "->"
op     = "=" | "+=" | "*="              value  = NUMBER | mean | resample | worst | patch
patch  = [NAME [".pre"]] "(" ("x'" | NUMBER {"," NUMBER}) ")"
NAME   = letter {letter | digit | "_"} ["." digits] ["@" digits]
NUMBER = [+-] digits ["." digits | "/" digits]
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NoReturn

from flint import fmpq

from toynets.errors import ParseError, ToynetsError
from toynets.names import HOW, MAX_NAME, RESERVED, WORDS, Clause, Patch, Target, Value
from toynets.rationals import Rational, instead_of_comma, rational, text

# Arrows come before numbers and operators, so that `->` is one sign wherever it stands.
_TOKEN = re.compile(
    r"(?P<arrow>->|→|:)|(?P<op>\+=|\*=|=)"
    r"|(?P<word>[A-Za-z][A-Za-z0-9_]*(?:\.[0-9]+)?(?:@[0-9]+)?)"
    r"|(?P<number>(?:[+−-]\s*)?[0-9]+(?:\.[0-9]+|\s*/\s*[0-9]+)?)|(?P<suffix>\.\s*[A-Za-z]+)"
    r"|(?P<prime>['’′])|(?P<open>\()|(?P<close>\))|(?P<comma>,)|(?P<space>\s+)"
)
REDIRECTED = (
    "the text ends in '-': your shell took the > in x1->h2 as a redirection; "
    "quote the intervention or write x1:h2=0"
)
# What people write where the language has another form.
_INSTEAD = {
    ".": "a number starts and ends with a digit: write 0.5 or 1/2.",
    "-=": "write += with the opposite sign.",
    "/=": "write *= with the inverse, for example *= 1/2.",
    "-": "an edge is written x1->h2, and a number -1.",
    ";": "write a comma between clauses.",
}


class _Reader:
    """Reads the tokens of one text, left to right."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.tokens: list[tuple[str, str, int]] = []
        position = 0
        while position < len(source):
            match = _TOKEN.match(source, position)
            if match is None:
                self.fail_character(position)
            kind = match.lastgroup or ""
            if kind != "space":
                found = match.group()
                found = "".join(found.split()) if kind == "suffix" else found
                self.tokens.append((kind, found, position + 1))
            position = match.end()
        self.index = 0

    def fail(
        self, message: str, column: int | None = None, cause: str = "", fix: str = ""
    ) -> NoReturn:
        where = self.column if column is None else column
        raise ParseError(message, text=self.source, column=where, cause=cause, fix=fix)

    def fail_character(self, position: int) -> NoReturn:
        rest = self.source[position:]
        after = rest[1:].lstrip()[:1]
        if rest[0] == "-" and (after in ("", ",") or (after in "=+*" and rest[1:2].isspace())):
            self.fail(REDIRECTED, position + 1)
        fix = HOW + "."
        fix = next((hint for sign, hint in _INSTEAD.items() if rest.startswith(sign)), fix)
        self.fail(f"{rest[0]!r} does not belong in an intervention.", position + 1, fix=fix)

    @property
    def column(self) -> int:
        if self.index < len(self.tokens):
            return self.tokens[self.index][2]
        return len(self.source) + 1

    def peek(self, ahead: int = 0) -> str:
        at = self.index + ahead
        return self.tokens[at][0] if at < len(self.tokens) else "end"

    def take(self, kind: str, expected: str) -> str:
        if self.peek() != kind:
            got = self.tokens[self.index][1] if self.index < len(self.tokens) else "the end"
            self.fail(f"expected {expected} but got {got}.")
        self.index += 1
        return self.tokens[self.index - 1][1]

    def target(self) -> Target:
        column = self.column
        if self.peek() == "arrow":
            self.index += 1
            return Target("incoming", self.plain_name("a unit after ->"), column=column)
        name, copy = self.name("a name")
        if self.peek() == "suffix":
            suffix = self.tokens[self.index][1]
            if suffix not in (".pre", ".bias"):
                self.fail(
                    f"{suffix} is no part of a unit.",
                    fix=f"write {name}.pre (before the activation) or {name}.bias.",
                )
            self.index += 1
            if suffix == ".pre":
                self.refuse_copy(copy, column)
            return Target(suffix[1:], name, copy=copy, column=column)
        if self.peek() == "arrow":
            self.refuse_copy(copy, column)
            self.index += 1
            if self.peek() == "word":
                target, copy = self.name("a unit after ->")
                return Target("edge", target, source=name, copy=copy, column=column)
            return Target("outgoing", name, column=column)
        return Target("name", name, copy=copy, column=column)

    def name(self, expected: str) -> tuple[str, int]:
        column = self.column
        word = self.take("word", expected)
        name, at, digits = word.partition("@")
        if len(name) > MAX_NAME or len(digits) > 9:
            self.fail(f"{word[:20]}… is too long for a name.", column)
        if name in RESERVED:
            self.fail(f"{name} is a reserved word, not the name of a unit.", column, fix=HOW + ".")
        copy = int(digits or 0)
        if at and not copy:
            self.fail("copies count from 1: there is no copy 0.", column)
        return name, copy

    def refuse_copy(self, copy: int, column: int) -> None:
        if copy:
            self.fail(
                "@ numbers the copies of a weight or a bias, not of a unit.",
                column,
                fix="write x1->h2@3, h2@3.bias or NAME@3, with the number at the end of the name.",
            )

    def plain_name(self, expected: str) -> str:
        column = self.column
        name, copy = self.name(expected)
        self.refuse_copy(copy, column)
        return name

    def number(self) -> Rational:
        column = self.column
        try:
            return rational(self.take("number", "a number"))
        except ParseError:
            raise  # it knows its place already
        except ToynetsError as error:
            self.fail(error.message, column, error.cause, error.fix)

    def value(self) -> Value:
        kind, column = self.peek(), self.column
        if kind == "number":
            value = self.number()
            if self.peek() == "comma" and self.peek(1) == "number":
                whole, part = self.tokens[self.index - 1][1], self.tokens[self.index + 1][1]
                decimal = f"{whole},{part}"
                self.fail(
                    "a comma stands between clauses, not inside a number.",
                    fix=instead_of_comma(decimal)
                    if re.fullmatch("[+−-]?[0-9]{1,60},[0-9]{1,60}", decimal)
                    else "write the next clause as NAME = value.",
                )
            if self.peek() not in ("comma", "end"):
                after = self.tokens[self.index][1]
                self.fail(
                    f"expected a comma or the end after the value {text(value)[:70]} but got "
                    f"{after[:70]}.",
                    fix="a number has no exponent: write it out, or as a fraction."
                    if re.match("[eE][0-9]*$", after)
                    else "",
                )
            return value
        if kind == "word" and self.tokens[self.index][1] in WORDS:
            self.index += 1
            return self.tokens[self.index - 1][1]
        unit, pre = "", False
        if kind == "word":
            unit = self.plain_name("a value")
            if self.peek() == "suffix":
                if self.tokens[self.index][1] != ".pre":
                    self.fail("only .pre can stand here.", fix=f"write {unit}.pre(x').")
                self.index += 1
                pre = True
        if self.peek() != "open":
            self.fail(
                f"{unit or 'this'} is not a value.",
                column,
                fix="a value is a number, mean, resample, worst, h2(x') or h2(1, 0).",
            )
        self.index += 1
        if self.peek() == "word" and self.tokens[self.index][1] == "x":
            self.index += 1
            self.take("prime", "x' (the source input, with its prime)")
            self.take("close", ")")
            return Patch(unit, pre)
        point = [self.number()]
        while self.peek() == "comma":
            self.index += 1
            point.append(self.number())
        self.take("close", ")")
        return Patch(unit, pre, tuple(point))

    def clause(self) -> Clause:
        targets = [self.target()]
        while self.peek() == "comma":
            self.index += 1
            targets.append(self.target())
        if self.peek() != "op":
            last = targets[-1]
            if self.peek() == "end":
                self.fail(
                    f"{last.text} alone does not say what becomes of it: the kind of ablation is "
                    "never assumed.",
                    last.column,
                    fix=HOW + ".",
                )
            self.take("op", "=, += or *= after " + last.text)
        op = self.take("op", "=, += or *=")
        column = self.column
        if self.peek() == "end":
            self.fail(f"a value is missing after {op}.", fix=HOW + ".")
        value = self.value()
        for target in targets:
            self.check(target, op, value, column)
        return Clause(tuple(targets), op, value)

    def check(self, target: Target, op: str, value: Value, column: int) -> None:
        """Refuse what the language has no meaning for."""
        parameter = target.kind in ("bias", "edge", "incoming", "outgoing")
        if op != "=" and not isinstance(value, fmpq):
            self.fail(f"{op} needs a number.", column, fix="write = here, or a number after it.")
        if op != "=" and target.kind == "pre":
            self.fail(
                f"{op} changes weights and biases only.",
                target.column,
                fix=f"write {target.name}.bias {op} …"
                if op == "+="
                else f"write ->{target.name}, {target.name}.bias {op} …",
            )
        if isinstance(value, str) and parameter:
            self.fail(
                f"{value} is for inputs, units and .pre, not for weights and biases.",
                target.column,
                fix=f"write {target.name} = {value}.",
            )
        if isinstance(value, Patch) and target.kind in ("bias", "incoming", "outgoing"):
            self.fail(
                "a patch replaces a unit, an input, a .pre or what one edge carries.",
                target.column,
                fix=f"write {target.name} = {target.name}(x').",
            )
        if isinstance(value, Patch) and target.copy:
            self.fail("a patch acts on an edge, not on a copy of a number.", target.column)


@lru_cache(maxsize=4096)  # a verification reads each text for both sides
def read(source: str) -> tuple[Clause, ...]:
    """Return the clauses of a text, in the order in which they are written.

    Raises:
        ParseError: with the column, and what to write instead.

    >>> [c.text for c in read("x1 : h2=0,h1.pre=mean")]
    ['x1->h2 = 0', 'h1.pre = mean']
    """
    reader = _Reader(source)
    clauses: list[Clause] = []
    while reader.peek() != "end":
        if clauses:
            reader.take("comma", "a comma between clauses")
        clauses.append(reader.clause())
    return tuple(clauses)
