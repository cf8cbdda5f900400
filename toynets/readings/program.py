"""The weights as a program: one line a unit, in symbols and in words, dead code marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from toynets.display import Table
from toynets.errors import ToynetsError
from toynets.exact import Machine
from toynets.fields import record
from toynets.rationals import ONE, ZERO, Rational, from_float, short, workprec

if TYPE_CHECKING:
    from toynets.domain import Domain
    from toynets.explanation import Explanation
    from toynets.network import Network

WORDS = {
    "identity": "{}",
    "relu": "{}, or 0 where that is negative",
    "abs": "the size of {}",
    "square": "the square of {}",
    "step": "1 where {} is above 0, else 0",
    "tanh": "{}, squashed to between -1 and 1",
    "sigmoid": "{}, squashed to between 0 and 1",
    "softmax": "{}, less the mean of all outputs",
}


@record(frozen=True)
class Line:
    """One unit as a line of a program.

    Attributes:
        unit: its name.
        code: what it computes, from the network's own numbers.
        words: the same in words.
        stands_for: role and concept that the explanation gives it, or "".
        dead: why the line could be left out, or replaced by a number, on the domain; or "".
    """

    unit: str
    code: str
    words: str
    stands_for: str = ""
    dead: str = ""

    def to_dict(self) -> dict[str, str]:
        """Return the line as plain data."""
        return {
            "unit": self.unit,
            "code": self.code,
            "words": self.words,
            "stands_for": self.stands_for,
            "dead": self.dead,
        }


@record(frozen=True)
class ProgramText:
    """A network as a program.

    Attributes:
        network: its name, or its sizes.
        inputs, outputs: names.
        domain: in symbols; what is dead is dead there.
        lines: one record a unit, in the order of evaluation.
    """

    network: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    domain: str
    lines: tuple[Line, ...]

    @property
    def title(self) -> str:
        """What is read and what is returned."""
        return (
            f"{self.network}: reads {', '.join(self.inputs)}; returns {', '.join(self.outputs)}; "
            f"on {self.domain}"
        )

    def table(self) -> Table:
        """Return a row a unit: code, words, what it stands for, dead code."""
        columns = ["code", "in words", "stands for", "dead code"]
        rows = [[f"{x.unit} = {x.code}", x.words, x.stands_for, x.dead] for x in self.lines]
        for k in (3, 2):  # a column with nothing in it is left out
            if not any(row[k] for row in rows):
                del columns[k]
                rows = [row[:k] + row[k + 1 :] for row in rows]
        return Table(
            columns, rows, title=self.title, records=[line.to_dict() for line in self.lines]
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the program as plain data."""
        return {
            "network": self.network,
            "inputs": list(self.inputs),
            "outputs": list(self.outputs),
            "domain": self.domain,
            "lines": [line.to_dict() for line in self.lines],
        }

    def __str__(self) -> str:
        codes = [f"{line.unit} = {line.code}" for line in self.lines]
        wide = max(map(len, codes))
        text = [self.title]
        for code, line in zip(codes, self.lines, strict=True):
            dead = f"DEAD: {line.dead}" if line.dead else ""
            said = "; ".join(part for part in (line.stands_for, dead) if part)
            text.append(f"{code:<{wide}}  # {said}" if said else code)
        return "\n".join(text)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return self.table().html()

    def _repr_markdown_(self) -> str:
        return self.table().markdown()


def read_as_program(
    network: Network, domain: Domain, explanation: Explanation | None = None
) -> ProgramText:
    """Write a network as a program, one line a unit.

    Args:
        network: any.
        domain: where dead code is looked for: on every input if it is finite, by exact ranges of
            each pre-activation on a box.
        explanation: for what a unit stands for; None leaves that column empty.

    Raises:
        ToynetsError: a domain of another dimension.

    >>> from toynets.domain import Domain
    >>> from toynets.network import Network
    >>> net = Network.from_layers([([[1, 1], [1, 0]], [-1, -2], "relu"), ([[0.5, 3]], [0],
    ...     "identity")], name="half")
    >>> print(read_as_program(net, Domain.boolean(2)))
    half: reads x1, x2; returns y; on {0, 1}^2
    h1 = relu(x1 + x2 - 1)
    h2 = relu(x1 - 2)       # DEAD: 0 on every input
    y = 1/2*h1 + 3*h2
    """
    machine = Machine(network, domain)
    with workprec():
        lines = []
        for parents, layer in network.with_parents():
            for i, unit in enumerate(layer.units):
                terms = [
                    (from_float(layer.weight[i][j]), parent)
                    for j, parent in enumerate(parents)
                    if layer.has(i, j) and layer.weight[i][j] != 0
                ]
                bias = ZERO if layer.bias is None else from_float(layer.bias[i])
                act = layer.activation
                code, said = weighted_sum(terms, bias), _words(terms, bias)
                lines.append(
                    Line(
                        unit,
                        code if act == "identity" else f"{act}({code})",
                        WORDS[act].format(said),
                        _stands_for(unit, explanation),
                        _dead(machine, network, unit, act, bias),
                    )
                )
    title = network.name or network.text
    return ProgramText(title, network.inputs, network.outputs, domain.text, tuple(lines))


def weighted_sum(terms: Sequence[tuple[Rational, str]], bias: Rational) -> str:
    """Write a weighted sum; a weight of 1 is not written."""
    parts = [(w, name if abs(w) == ONE else f"{short(abs(w))}*{name}") for w, name in terms]
    if bias != 0 or not parts:
        parts.append((bias, short(abs(bias))))
    text = ""
    for k, (value, part) in enumerate(parts):
        sign = "-" if value < 0 else "+"
        text += f" {sign} {part}" if k else part if value >= 0 else f"-{part}"
    return text


def _words(terms: Sequence[tuple[Rational, str]], bias: Rational) -> str:
    """Write a weighted sum in words: what is added, then what is taken off."""
    added = [_times(w, name) for w, name in terms if w > 0]
    taken = [_times(w, name) for w, name in terms if w < 0]
    (added if bias > 0 else taken).extend([short(abs(bias))] if bias != 0 else [])
    said = " plus ".join(added)
    if taken:
        said = f"{said} minus {' minus '.join(taken)}" if said else f"minus {' minus '.join(taken)}"
    return said or "0"


def _times(weight: Rational, name: str) -> str:
    size = abs(weight)
    if size == ONE:
        return name
    return f"twice {name}" if size == 2 else f"{short(size)} times {name}"


def _stands_for(unit: str, explanation: Explanation | None) -> str:
    said = explanation.units.get(unit) if explanation is not None else None
    if said is None:
        return ""
    role = said.role if said.role != "output" else ""
    return ": ".join(
        part for part in (role, "" if said.concept is None else str(said.concept)) if part
    )


def _dead(machine: Machine, network: Network, unit: str, activation: str, bias: Rational) -> str:
    """Say why a unit does nothing that a number could not do, or ""."""
    if unit in network.outputs:
        return ""
    leaving = network.wiring.outgoing(unit)
    if all(network.numbers[address] == 0 for address in leaving):
        return "no line reads it with a weight other than 0"
    incoming = network.wiring.incoming(unit)
    if all(network.numbers[address] == 0 for address in incoming):
        return f"always {activation}({short(bias)}): a bias in disguise"
    try:
        low, high = machine.interval(unit)
    except ToynetsError:
        return ""  # a range that cannot be had decides nothing
    if not machine.rational or low != high:
        return ""
    return "0 on every input" if low == 0 else f"always {short(low)}: a bias in disguise"
