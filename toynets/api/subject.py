"""What a public function is asked about: a name, an entry, a network or a file, made one record."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

from toynets.api.files import is_file_name, read_network
from toynets.domain import Domain, Row, label
from toynets.errors import ToynetsError
from toynets.fields import record
from toynets.network import Network
from toynets.rationals import instead_of_comma, rational
from toynets.zoo import Entry, load

if TYPE_CHECKING:
    from toynets.exact import Machine
    from toynets.explanation import Explanation

MOST_ASSUMED = 10  # {0, 1}^n is assumed for at most so many inputs
BOX_POINTS = 48
MOST_KEPT = 10_000  # numbers of a domain that a file of an explanation carries


@record(frozen=True)
class Subject:
    """A network with what is known about it.

    Attributes:
        network: its numbers.
        domain: the inputs that outcomes are shown for.
        explanation: what is said of it, or None.
        entry: the entry of the zoo that it comes from, or None.
        assumed: the domain was not given but taken to be all bits.
    """

    network: Network
    domain: Domain
    explanation: Explanation | None = None
    entry: Entry | None = None
    assumed: bool = False

    @property
    def name(self) -> str:
        """For messages."""
        return self.network.name or "the network"

    @cached_property
    def machine(self) -> Machine:
        """The exact evaluator of the network."""
        from toynets.exact import Machine

        return Machine(self.network, self.domain)

    @cached_property
    def model(self) -> Any:
        """The causal model of the explanation; None where there is none, or a weight is blank."""
        if self.explanation is None or any(
            w.value is None for w in self.explanation.weights.values()
        ):
            return None
        rows = self.domain.rows if self.domain.kind != "box" else ()
        return self.explanation.model(rows=rows, outputs=self.network.outputs)

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The inputs that are shown: all of a finite domain, some points of a box."""
        if self.domain.kind == "box":
            return tuple(sorted(Domain.sampled(self.domain, count=BOX_POINTS).rows))
        return self.domain.rows

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """A short text for each input."""
        if self.domain.kind != "box":
            return self.domain.labels
        return tuple(label(row) for row in self.rows)

    @property
    def decision(self) -> Mapping[str, Any]:
        """How outputs become a decision, as in the file form."""
        if self.explanation is not None:
            return self.explanation.decision
        return self.entry.task.decision if self.entry is not None else {}

    @cached_property
    def clean(self) -> tuple[tuple[Any, ...], ...]:
        """The clean outputs on each row."""
        return tuple(self.machine.outcome(x) for x in self.rows)

    @property
    def given(self) -> Domain | None:
        """The domain, if somebody said it and it fits into a file that people read, else None.

        What is assumed, and what the entry's task says, is not kept.
        """
        own = self.entry is not None and self.domain == self.entry.task.domain
        rows = 0 if self.domain.kind == "box" else len(self.domain)
        many = rows * self.domain.dimension > MOST_KEPT
        return None if self.assumed or own or many else self.domain

    @property
    def points(self) -> str:
        """How many points of what box the inputs are; "" where they are all of the domain.

        >>> from toynets.domain import Domain
        >>> subject("xor-sum").points, subject("xor-sum", Domain.box("[0,1]^2")).points
        ('', '48 points of [0, 1]^2')
        """
        if self.domain.kind == "box":
            return f"{len(self.rows)} points of {self.domain.text}"
        return "" if self.domain.finite else self.domain.text

    @property
    def domain_note(self) -> str:
        """What the reader should be told of the domain, or ""."""
        if self.assumed:
            return assumed_note(self.domain)
        if self.domain.kind == "box":
            return f"domain: {self.domain.text}; shown are {len(self.rows)} of its points."
        return ""


def assumed_note(domain: Domain) -> str:
    """Say of a domain that nobody gave it.

    >>> assumed_note(Domain.boolean(2))
    'domain: {0, 1}^2 is assumed, because none was given.'
    """
    return f"domain: {domain.text} is assumed, because none was given."


def subject(thing: Any, domain: Domain | None = None) -> Subject:
    """Return what is known of a network.

    Args:
        thing: a name of the zoo, a file of a network, an `Entry`, a `Network`, or a `Subject`.
        domain: the inputs; default the task's, else all bits for at most 10 inputs.

    Raises:
        ToynetsError: none of these, or a domain that does not fit or cannot be guessed.

    >>> subject("xor-sum").domain.text
    '{0, 1}^2'
    """
    if isinstance(thing, Subject):
        return thing
    if isinstance(thing, str):
        thing = read_network(thing) if is_file_name(thing) else load(thing)
    entry = thing if isinstance(thing, Entry) else None
    network = entry.network if entry is not None else thing
    if not isinstance(network, Network):
        raise ToynetsError(
            f"expected a network, an entry or a name but got {repr(thing)[:70]} "
            f"(type={type(thing).__name__}).",
            fix='write for example "xor-sum", toynets.load("xor-sum"), or a toynets.Network.',
        )
    assumed = False
    if domain is None and entry is not None:
        domain = entry.task.domain
    elif domain is None:
        domain, assumed = _assumed(network), True
    if domain.dimension != len(network.inputs):
        raise ToynetsError(
            f"the domain {domain.text} has {domain.dimension} inputs but "
            f"{network.name or 'the network'} has {len(network.inputs)}: "
            f"{', '.join(network.inputs)}.",
            fix="give a domain with one number per input.",
        )
    return Subject(network, domain, entry.explanation if entry else None, entry, assumed)


def _assumed(network: Network) -> Domain:
    if len(network.inputs) <= MOST_ASSUMED:
        return Domain.boolean(len(network.inputs))
    raise ToynetsError(
        f"no domain is given, and {network.name or 'the network'} has {len(network.inputs)} "
        "inputs: too many to assume all bits.",
        fix="pass domain=Domain.listed(rows), or --domain on the command line.",
    )


def read_point(text: Any, network: Network, what: str = "the input") -> Row:
    """Read an input: `1,0`, `1 0`, `10` for bits, or a sequence of numbers.

    Raises:
        ToynetsError: another length, or no numbers.

    >>> xor = load("xor-sum").network
    >>> read_point("1,0", xor) == read_point("10", xor) == read_point([1, 0.0], xor)
    True
    """
    from toynets.exact.boundary import point

    count = len(network.inputs)
    if not isinstance(text, str):
        return point(text, network.wiring, what)
    inner = text.strip().strip("()[]")
    if count > 1 and len(inner) == count and set(inner) <= {"0", "1"}:
        return tuple(rational(int(c)) for c in inner)
    cells = inner.replace(",", " ").split()
    if count == 1 and len(cells) == 2 and "," in inner:
        raise ToynetsError(
            f"{text!r} is not a number here: only the point is a decimal sign.",
            fix=instead_of_comma(inner) if all(c.isdigit() for c in cells) else "write one number.",
        )
    return point(cells, network.wiring, what, typed=True)


def read_domain(text: str, dimension: int) -> Domain:
    """Read a domain from one argument of the command line.

    Args:
        text: the name of a task, `boolean`, a box such as `[-1,1]^2` (sampled), rows such as
            `0,1;1/2,1`, or a CSV file of rows (a header row may stand above them).
        dimension: how many inputs the network has.

    >>> read_domain("0,1; 1/2,1", 2).text, read_domain("xor", 2).text
    ('2 listed inputs', '{0, 1}^2')
    """
    from toynets import tasks

    given = text.strip()
    if given == "boolean":
        return Domain.boolean(dimension)
    if given.startswith("["):
        return Domain.box(given)
    if given.lower().endswith(".csv"):
        from toynets.io.tables import read_rows

        return Domain.listed(read_rows(given, dimension))
    if given[:1].isalpha():
        return tasks.load(given).domain
    return Domain.listed([row.replace(",", " ").split() for row in given.split(";") if row.strip()])
