"""Addresses of units, weights and biases, and the language of interventions.

A text such as `h1, x1->h2 = 0, h2 = mean` becomes an `Intervention`, a record without arrays.
What it means in one network is worked out by `toynets.wiring`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

from toynets.errors import ParseError, ToynetsError
from toynets.rationals import Rational, rational, text

FUNCTIONS = (
    "max",
    "min",
    "abs",
    "relu",
    "step",
    "square",
    "mod",
    "tanh",
    "sigmoid",
    "sqrt",
    "sin",
    "cos",
)
RESERVED = frozenset(
    ("mean", "resample", "worst", "pre", "bias", "and", "or", "not", "pi", *FUNCTIONS)
)
WORDS = ("mean", "resample", "worst")
MAX_CHARACTERS = 64 * 1024

_NAME = r"[A-Za-z][A-Za-z0-9_]*(?:\.[0-9]+)?(?:@[0-9]+)?"
_TOKEN = re.compile(
    rf"(?P<arrow>->|→|:)|(?P<op>\+=|\*=|=)|(?P<word>{_NAME})"
    r"|(?P<number>[+-]?[0-9]+(?:\.[0-9]+|/[0-9]+)?)|(?P<suffix>\.[A-Za-z]+)"
    r"|(?P<prime>['’′])|(?P<open>\()|(?P<close>\))|(?P<comma>,)|(?P<space>\s+)"
)
_PLAIN_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*(?:\.[0-9]+)?")

HOW = "write h2 = 0, h2 = mean, h2 = resample or h2 = worst (with your name for h2)"


def check_name(name: str, what: str = "unit") -> str:
    """Return a name if the language can address it.

    Raises:
        ToynetsError: not a letter followed by letters, digits, `_` and at most one `.digits`, or
            a reserved word.

    >>> check_name("h1.2")
    'h1.2'
    """
    if not isinstance(name, str) or not _PLAIN_NAME.fullmatch(name):
        raise ToynetsError(
            f"{name!r} cannot be the name of a {what}.",
            cause="a name is a letter, then letters, digits or _, then at most one .digits.",
        )
    if name in RESERVED:
        raise ToynetsError(
            f"{name!r} cannot be the name of a {what}: the word is reserved.",
            fix=f"write {name}_ or another word.",
        )
    return name


def edge_name(source: str, target: str) -> str:
    """Return the address of a weight.

    >>> edge_name("x1", "h2")
    'x1->h2'
    """
    return f"{source}->{target}"


def bias_name(unit: str) -> str:
    """Return the address of a bias.

    >>> bias_name("h2")
    'h2.bias'
    """
    return f"{unit}.bias"


@dataclass(frozen=True)
class Target:
    """What a clause acts on.

    Attributes:
        kind: `name` (a unit, an input or a tied group), `pre`, `bias`, `edge`, `incoming`,
            `outgoing`.
        name: the unit (the target of an edge, the source for `outgoing`).
        source: the source of an edge, else "".
        copy: k for `NAME@k`, the k-th copy of a tied number, else 0.
        column: where it stands in the text, from 1.
    """

    kind: str
    name: str
    source: str = ""
    copy: int = 0
    column: int = 1

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Target) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    @property
    def text(self) -> str:
        """The target as it is written."""
        at = f"@{self.copy}" if self.copy else ""
        return {
            "name": f"{self.name}{at}",
            "pre": f"{self.name}.pre",
            "bias": f"{self.name}{at}.bias",
            "edge": f"{self.source}->{self.name}{at}",
            "incoming": f"->{self.name}",
            "outgoing": f"{self.name}->",
        }[self.kind]


@dataclass(frozen=True)
class Patch:
    """A value read from a source input.

    Attributes:
        unit: whose value; "" for the target itself.
        pre: read the pre-activation.
        point: the source written out, or None for x'.
    """

    unit: str = ""
    pre: bool = False
    point: tuple[Rational, ...] | None = None

    @property
    def text(self) -> str:
        """The value as it is written."""
        inside = "x'" if self.point is None else ", ".join(text(v) for v in self.point)
        return f"{self.unit}{'.pre' if self.pre else ''}({inside})"


if TYPE_CHECKING:
    Value = Any
else:
    Value = Rational | str | Patch  # a number; mean, resample or worst; a patch


@dataclass(frozen=True)
class Clause:
    """Targets, an operation and a value: `x1->h2, h2.bias = 0`."""

    targets: tuple[Target, ...]
    op: str
    value: Value

    @property
    def text(self) -> str:
        """The clause as it is written."""
        value = self.value
        if isinstance(value, str):
            shown = value
        else:
            shown = value.text if isinstance(value, Patch) else text(value)
        return f"{', '.join(t.text for t in self.targets)} {self.op} {shown}"


@dataclass(frozen=True)
class Intervention:
    """Replacements that act at once during the forward pass; the empty one is the clean run.

    Attributes:
        clauses: in the order in which they were written.
        source_text: the text as the user gave it, for carets; not part of equality.

    >>> parse_intervention("h1,h2=0 , x1→h1 *= -1").text
    'h1, h2 = 0, x1->h1 *= -1'
    """

    clauses: tuple[Clause, ...] = ()
    source_text: str = ""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Intervention) and self.clauses == other.clauses

    def __hash__(self) -> int:
        return hash(self.clauses)

    @property
    def text(self) -> str:
        """The intervention in its standard form; parsing it gives the same record."""
        return ", ".join(c.text for c in self.clauses)

    def __str__(self) -> str:
        return self.text

    @property
    def words(self) -> frozenset[str]:
        """Which of mean, resample, worst and patch occur."""
        found = set()
        for clause in self.clauses:
            if isinstance(clause.value, str):
                found.add(clause.value)
            elif isinstance(clause.value, Patch):
                found.add("patch")
        return frozenset(found)

    @property
    def is_family(self) -> bool:
        """Whether it stands for several runs (`resample` or `worst`)."""
        return bool(self.words & {"resample", "worst"})

    @property
    def needs_source(self) -> bool:
        """Whether it reads x', so that a source input must be given."""
        return any(isinstance(c.value, Patch) and c.value.point is None for c in self.clauses)


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
                self.tokens.append((kind, match.group(), position + 1))
            position = match.end()
        self.index = 0

    def fail(
        self, message: str, column: int | None = None, cause: str = "", fix: str = ""
    ) -> NoReturn:
        where = self.column if column is None else column
        raise ParseError(message, text=self.source, column=where, cause=cause, fix=fix)

    def fail_character(self, position: int) -> NoReturn:
        rest = self.source[position:]
        if rest.strip() == "-":
            self.fail(
                "the intervention ends in '-'.",
                position + 1,
                cause="your shell took the > in x1->h2 as a redirection",
                fix="quote the intervention or write x1:h2=0",
            )
        self.fail(f"{rest[0]!r} does not belong in an intervention.", position + 1, fix=HOW + ".")

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
            name, copy = self.name("a unit after ->")
            if copy:
                self.fail("@ numbers the copies of a weight, not of a unit.", column)
            return Target("incoming", name, column=column)
        name, copy = self.name("a name")
        if self.peek() == "suffix":
            suffix = self.tokens[self.index][1]
            if suffix not in (".pre", ".bias"):
                self.fail(
                    f"{suffix} is no part of a unit.",
                    fix=f"write {name}.pre (before the activation) or {name}.bias.",
                )
            self.index += 1
            return Target(suffix[1:], name, copy=copy, column=column)
        if self.peek() == "arrow":
            self.index += 1
            if self.peek() == "word":
                target, copy = self.name("a unit after ->")
                return Target("edge", target, source=name, copy=copy, column=column)
            return Target("outgoing", name, column=column)
        return Target("name", name, copy=copy, column=column)

    def name(self, expected: str) -> tuple[str, int]:
        column = self.column
        word = self.take("word", expected)
        name, _, copy = word.partition("@")
        if name in RESERVED:
            self.fail(f"{name} is a reserved word, not the name of a unit.", column, fix=HOW + ".")
        return name, int(copy or 0)

    def number(self) -> Rational:
        column = self.column
        try:
            return rational(self.take("number", "a number"))
        except ParseError:
            raise
        except ToynetsError as error:
            self.fail(error.message, column, error.cause, error.fix)
            raise

    def value(self) -> Value:
        kind, column = self.peek(), self.column
        if kind == "number":
            value = self.number()
            if self.peek() == "comma" and self.peek(1) == "number":
                self.fail(
                    "a comma stands between clauses, not inside a number.",
                    fix="write 0.5 or 1/2.",
                )
            if self.peek() == "word" and self.peek() != "comma":
                self.fail(f"expected a comma or the end after the value {text(value)}.")
            return value
        if kind == "word" and self.tokens[self.index][1] in WORDS:
            self.index += 1
            return self.tokens[self.index - 1][1]
        unit, pre = "", False
        if kind == "word":
            unit, copy = self.name("a value")
            if copy:
                self.fail("@ numbers the copies of a weight, not of a unit.", column)
            if self.peek() == "suffix":
                if self.take("suffix", ".pre") != ".pre":
                    self.fail("only .pre can stand here.", column)
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
        if op != "=" and not isinstance(value, Rational):
            self.fail(f"{op} needs a number.", column)
        if op != "=" and target.kind == "pre":
            self.fail(
                f"{op} changes weights and biases only.",
                target.column,
                fix=f"write {target.name}.bias {op} …" if op == "+=" else "",
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


def parse_intervention(source: str | Intervention) -> Intervention:
    """Read an intervention; the empty text is the clean run.

    Args:
        source: for example `h2 = 0`, `x1->h2 *= -1`, `h1, h2 = mean`, `h2 = h2(x')`; `→` is
            accepted for `->`, and `:` for shells.

    Raises:
        ParseError: with the column, and what to write instead.

    >>> parse_intervention("x1:h2=0").text
    'x1->h2 = 0'
    """
    if isinstance(source, Intervention):
        return source
    if not isinstance(source, str):
        raise ToynetsError(
            f"expected an intervention as text but got {source!r} (type={type(source).__name__}).",
            fix=HOW + ".",
        )
    if len(source) > MAX_CHARACTERS:
        raise ToynetsError(f"an intervention has at most {MAX_CHARACTERS} characters.")
    reader = _Reader(source)
    clauses: list[Clause] = []
    while reader.peek() != "end":
        if clauses:
            reader.take("comma", "a comma between clauses")
        clauses.append(reader.clause())
    return Intervention(tuple(clauses), source)
