"""Two networks compared: the same numbers, the same up to gauge, the same function, the same
ablations?

Each question is weaker than the one before but the last: networks that are equal up to gauge have
equal ablations, networks that are the same function need not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from toynets.display import Table
from toynets.domain import Domain, label
from toynets.errors import ToynetsError
from toynets.exact import Machine
from toynets.exact.writing import shown
from toynets.fields import record
from toynets.rationals import ZERO, to_float, workprec
from toynets.symmetry import canonical_form, equal_up_to_gauge
from toynets.verification.tiers import constant_kinds, parameter_texts, subset_texts

if TYPE_CHECKING:
    from toynets.domain import Row
    from toynets.network import Network

MOST_CASES = 200_000
POINTS = 48  # of a box
NOISE = 1e-25  # two balls of 128 bits around one number are no further apart


@record(frozen=True)
class Gap:
    """One intervention under which two networks differ.

    Attributes:
        intervention: as text, in the names of A; "" for the clean run.
        rows: on how many inputs they differ.
        largest: the largest difference of an output, as a float.
        at: the input where that is.
        a, b: the outputs there.
    """

    intervention: str
    rows: int
    largest: float
    at: str
    a: tuple[Any, ...]
    b: tuple[Any, ...]


@record(frozen=True)
class Comparison:
    """What is the same in two networks.

    Attributes:
        a, b: their names.
        domain: in symbols.
        inputs: how many inputs were tried.
        level: `exhaustive`; of a box `proved`, every difference with a point and all else for every
            point, or `sampled`.
        same_numbers: whether every number, activation and absent edge is the same, in its place;
            names and ties are not asked for.
        same_gauge: whether they are equal up to moves that leave every ablation unchanged.
        names: unit of A -> unit of B that it is held against, where names differ.
        same_clean: whether the clean outputs agree on every input tried.
        tried: how many interventions were tried; 0 where the units do not correspond.
        gaps: those that differ, the clean run first.
        renamed: (name in A, name in B) of each input that has two.
        stored: the types of the numbers of A and of B: `float32`, `float64`.
    """

    a: str
    b: str
    domain: str
    inputs: int
    level: str
    same_numbers: bool
    same_gauge: bool
    names: tuple[tuple[str, str], ...]
    same_clean: bool
    tried: int
    gaps: tuple[Gap, ...]
    renamed: tuple[tuple[str, str], ...]
    stored: tuple[str, str]

    def lines(self) -> list[str]:
        """Return the answers in words."""

        def said(yes: bool) -> str:
            return "yes" if yes else "no"

        ablations = [g for g in self.gaps if g.intervention]
        how = "every point of the box" if self.level == "proved" else f"{self.inputs} inputs"
        where = f"on {self.domain} ({self.level}, {how})"
        lines = [
            f"same numbers: {said(self.same_numbers)}{self._stored}",
            f"same up to gauge: {said(self.same_gauge)}",
            f"same function {where}: {said(self.same_clean)}",
        ]
        if self.tried:
            lines.append(
                f"same ablations: {said(not ablations)}; {len(ablations)} of {self.tried} differ"
            )
        else:
            lines.append("ablations are not compared: the hidden units do not correspond")
        if self.renamed:
            named = ", ".join(f"{x} in A is {y} in B" for x, y in self.renamed)
            lines.append(f"names of inputs differ: {named}")
        units = [pair for pair in self.names if pair not in self.renamed]
        if units:
            lines.append("held against each other: " + ", ".join(f"{x} and {y}" for x, y in units))
        if self.same_clean and ablations:
            lines.append(
                "the same function by another mechanism: only removing something tells them apart."
            )
        return lines

    @property
    def _stored(self) -> str:
        a, b = self.stored
        return "" if a == b else f", stored as {a} in A and as {b} in B"

    def table(self, most: int = 20) -> Table:
        """Return a row an intervention that differs, the first of them."""
        rows = [
            [
                g.intervention or "clean",
                str(g.rows),
                f"{g.largest:.4g}",
                g.at,
                ", ".join(map(shown, g.a)),
                ", ".join(map(shown, g.b)),
            ]
            for g in self.gaps[:most]
        ]
        right = ["inputs", "largest difference"]
        columns = ["intervention", *right, "at", f"A: {self.a}", f"B: {self.b}"]
        return Table(columns, rows, right=right)

    def to_dict(self) -> dict[str, Any]:
        """Return the comparison as plain data."""
        return {
            "a": self.a,
            "b": self.b,
            "domain": self.domain,
            "inputs": self.inputs,
            "level": self.level,
            "same_numbers": self.same_numbers,
            "stored": list(self.stored),
            "same_up_to_gauge": self.same_gauge,
            "names": dict(self.names),
            "same_function": self.same_clean,
            "interventions": self.tried,
            "differing": [
                {
                    "intervention": g.intervention,
                    "inputs": g.rows,
                    "largest": g.largest,
                    "at": g.at,
                    "a": [shown(v) for v in g.a],
                    "b": [shown(v) for v in g.b],
                }
                for g in self.gaps
            ],
        }

    def __str__(self) -> str:
        return "\n".join([*self.lines(), *([str(self.table())] if self.gaps else [])])

    __repr__ = __str__


def compare_networks(a: Network, b: Network, domain: Domain) -> Comparison:
    """Compare two networks of the same inputs and outputs.

    Args:
        a, b: with as many inputs and outputs, by position.
        domain: every input of it is tried; of a box some points, and the rest is proved.

    Raises:
        ToynetsError: other numbers of inputs or outputs.

    >>> from toynets.network import Network
    >>> from toynets.symmetry import rescale
    >>> net = Network.from_layers([([[1]], [2], "relu"), ([[3]], [0], "identity")])
    >>> found = compare_networks(net, rescale(net, "h1", 8), Domain.boolean(1))
    >>> found.same_numbers, found.same_gauge, found.gaps
    (False, True, ())
    """
    if len(a.inputs) != len(b.inputs) or len(a.outputs) != len(b.outputs):
        raise ToynetsError(
            f"{_title(a)} has {len(a.inputs)} inputs and {len(a.outputs)} outputs, "
            f"{_title(b)} has {len(b.inputs)} and {len(b.outputs)}.",
            cause="networks are compared input by input and output by output.",
        )
    level = "sampled" if domain.kind in ("box", "sampled") else "exhaustive"
    box = domain.text
    if domain.kind == "box":
        domain = Domain.sampled(domain, count=POINTS)
    rows = domain.rows
    alike = [len(x.units) for x in a.layers] == [len(x.units) for x in b.layers]
    same_gauge = alike and equal_up_to_gauge(a, b)
    to_b = _names(a, b, same_gauge) if alike else {}
    texts = {"": ""}
    if alike:
        texts |= _texts(a, b, to_b, len(rows))
    found = []
    machines = Machine(a, domain), Machine(b, domain)
    with workprec():
        for text, other in texts.items():
            gap = _gap(machines, text, other, rows)
            if gap is not None:
                found.append(gap)
        if domain.bounds is not None:
            seen = {g.intervention for g in found}
            left = {text: other for text, other in texts.items() if text not in seen}
            level, more = _on_the_box((a, b), machines, domain, left)
            found += more
    return Comparison(
        _title(a),
        _title(b),
        box if level == "proved" else domain.text,
        len(rows),
        level,
        _numbers(a) == _numbers(b),
        same_gauge,
        tuple((x, y) for x, y in to_b.items() if x != y),
        not any(g.intervention == "" for g in found),
        len(texts) - 1,
        tuple(sorted(found, key=lambda g: (g.intervention != "", -g.largest))),
        tuple((x, y) for x, y in zip(a.inputs, b.inputs, strict=True) if x != y),
        (a.dtype, b.dtype),
    )


def _numbers(network: Network) -> list[tuple[Any, ...]]:
    return [(layer.activation, layer.weight, layer.bias, layer.mask) for layer in network.layers]


def _names(a: Network, b: Network, same_gauge: bool) -> dict[str, str]:
    """Return for each name of A the name of B that it is held against."""
    if same_gauge:  # the canonical order is the same on both sides
        pairs = zip(canonical_form(a).units, canonical_form(b).units, strict=True)
        units = {x: y for one, two in pairs for x, y in zip(one, two, strict=True)}
    else:
        units = {}
        for one, two in zip(a.layers, b.layers, strict=True):
            # Outputs are compared by position, whatever they are called.
            by_name = set(one.units) == set(two.units) and one is not a.layers[-1]
            units |= {x: x if by_name else y for x, y in zip(one.units, two.units, strict=True)}
    return dict(zip(a.inputs, b.inputs, strict=True)) | units


def _texts(a: Network, b: Network, to_b: dict[str, str], rows: int) -> dict[str, str]:
    """Return the interventions in the names of A, and each in those of B.

    Cuts and flips, and removed units, single or all subsets. A tied number is changed as a whole
    and copy by copy, in B too, whatever is tied there.
    """
    found = {}
    for text in parameter_texts(a.wiring):
        name, change = text.split(" ", 1)
        theirs = [_renamed(address, to_b) for address in _places(a, name)]
        if all(address in b.numbers for address in theirs):
            found[text] = f"{', '.join(_alone(b, address) for address in theirs)} {change}"
    activations = [layer.activation for layer in a.layers[:-1]]
    has_bias = any(f"{u}.bias" in a.numbers for u in a.hidden)
    kinds = constant_kinds(activations, has_bias)
    if rows * 2 ** len(a.hidden) * len(kinds) <= MOST_CASES:
        units = list(subset_texts(a.wiring, a.hidden, kinds))
    else:
        units = [f"{u} = {v}" for u in a.hidden for v in ("0", "mean")]
    return found | {text: _renamed(text, to_b) for text in units}


def _places(network: Network, name: str) -> tuple[str, ...]:
    """Return the addresses of a number: of a tied one all of them, or that of one copy."""
    group, _, copy = name.partition("@")
    members = tuple(network.ties.get(group, (name,)))
    return (members[int(copy) - 1],) if copy else members


def _alone(network: Network, address: str) -> str:
    """Return the name under which an intervention changes one number, and no copy of it."""
    for group, members in network.ties.items():
        if address in members:
            return f"{group}@{members.index(address) + 1}"
    return address


def _renamed(text: str, to_b: dict[str, str]) -> str:
    """Write an intervention in the names of B."""

    def new(match: re.Match[str]) -> str:
        word = match[0]
        if word in to_b:
            return to_b[word]
        unit = word.rpartition(".")[0]  # h1.bias, h1.pre
        return f"{to_b[unit]}{word[len(unit) :]}" if unit in to_b else word

    return re.sub(r"[A-Za-z]\w*(?:\.\w+)*", new, text)


def _gap(
    machines: tuple[Machine, Machine], text: str, other: str, rows: tuple[Row, ...]
) -> Gap | None:
    one, two = machines[0].wiring.resolve(text), machines[1].wiring.resolve(other)
    count = 0
    worst: tuple[float, Row, Any, Any] | None = None
    for x in rows:
        a, b = machines[0].outcome(x, one), machines[1].outcome(x, two)
        size = max((_size(v - w) for v, w in zip(a, b, strict=True)), default=0.0)
        if size > 0:
            count += 1
            if worst is None or size > worst[0]:
                worst = (size, x, a, b)
    if worst is None:
        return None
    return Gap(text, count, worst[0], label(worst[1]), tuple(worst[2]), tuple(worst[3]))


def _on_the_box(
    networks: tuple[Network, Network],
    machines: tuple[Machine, Machine],
    domain: Domain,
    texts: dict[str, str],
) -> tuple[str, list[Gap]]:
    """Prove that interventions under which no point tried shows a difference never make one.

    Returns:
        `proved`, or `sampled` where one is not known; and those that do, at a point that is found.
    """
    from toynets.verification.proofs.differing import Differing, Run
    from toynets.verification.proofs.program import Layers

    one, two = (Layers.of_network(network) for network in networks)
    if not (one.piecewise and two.piecewise):
        return "sampled", []
    asked = Differing(networks[0].inputs, domain)
    level, found = "proved", []
    for text, other in texts.items():
        answer = asked.ask(
            Run("network", one, machines[0].wiring.resolve(text), machines[0].mean),
            Run("others/B", two, machines[1].wiring.resolve(other), machines[1].mean),
        )
        if answer.verdict == "refuted":
            gap = _gap(machines, text, other, (asked.row(answer)[0],))
            assert gap is not None, "the point was found exactly"
            found.append(gap)
        elif answer.verdict == "unknown":
            level = "sampled"
    return level, found


def _size(gap: Any) -> float:
    """Return the size of a difference; 0 for balls that nothing tells apart."""
    if hasattr(gap, "p"):
        return to_float(abs(gap))
    if not (gap > ZERO or gap < ZERO) and float(gap.rad()) < NOISE:
        return 0.0
    return abs(float(gap.mid()))


def _title(network: Network) -> str:
    return network.name or network.text
