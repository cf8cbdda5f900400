"""Addresses of units, weights and biases, and the language of interventions.

A text such as `h1, x1->h2 = 0, h2 = mean` becomes an `Intervention`, a record without arrays.
How the text is read is in `toynets.grammar`; what it means in one network is worked out by
`toynets.wiring`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from toynets.errors import ToynetsError
from toynets.fields import field, record
from toynets.rationals import Rational, text

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

MAX_NAME = 60
_PLAIN_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*|h[0-9]+\.[0-9]+")

HOW = "write h2 = 0, h2 = mean, h2 = resample or h2 = worst (with your name for h2)"


def check_name(name: str, what: str = "unit") -> str:
    """Return a name if the language can address it.

    Raises:
        ToynetsError: not a letter followed by letters, digits and `_` (a point stands in the
            standing names `h1.2` of several hidden layers only), too long, or a reserved word.

    >>> check_name("h1.2")
    'h1.2'
    """
    article = "an" if what[:1] in "aeio" else "a"
    if not isinstance(name, str) or not _PLAIN_NAME.fullmatch(name) or len(name) > MAX_NAME:
        raise ToynetsError(
            f"{repr(name)[:70]} cannot be the name of {article} {what}.",
            cause="a name is a letter (a to z, A to Z), then letters, digits or _, "
            f"{MAX_NAME} at most; only h1.2, unit 2 of hidden layer 1, has a point.",
            fix="write for example carry or both_on.",
        )
    if name in RESERVED:
        raise ToynetsError(
            f"{name!r} cannot be the name of {article} {what}: the word is reserved.",
            fix=f"write {name}_ or another word.",
        )
    return name


def check_unique(names: Iterable[str]) -> None:
    """Check that names are given once.

    Raises:
        ToynetsError: a name twice.

    >>> check_unique(["h1", "h2"])
    """
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ToynetsError(
                f"the name {name} is given twice.", fix="names are addresses: make each unique."
            )
        seen.add(name)


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


@record(frozen=True)
class Target:
    """What a clause acts on.

    Attributes:
        kind: `name` (a unit, an input or a tied group), `pre`, `bias`, `edge`, `incoming`,
            `outgoing`.
        name: the unit (the target of an edge, the source for `outgoing`).
        source: the source of an edge, else "".
        copy: k for `NAME@k`, the k-th copy of a tied number, else 0.
        column: where it stands in the text, from 1; not compared.
    """

    kind: str
    name: str
    source: str = ""
    copy: int = 0
    column: int = field(default=1, compare=False)

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


@record(frozen=True)
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


@record(frozen=True)
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


@record(frozen=True)
class Intervention:
    """Replacements that act at once during the forward pass; the empty one is the clean run.

    Attributes:
        clauses: in the order in which they were written.
        source_text: the text as the user gave it, for carets; not part of equality.

    >>> parse_intervention("h1,h2=0 , x1→h1 *= -1").text
    'h1, h2 = 0, x1->h1 *= -1'
    """

    clauses: tuple[Clause, ...] = ()
    source_text: str = field(default="", compare=False)

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
        raise ToynetsError(
            f"an intervention has at most {MAX_CHARACTERS} characters; this one has {len(source)}.",
            fix="split it into several runs.",
        )
    from toynets.grammar import read  # it builds the records above

    return Intervention(read(source), source)
