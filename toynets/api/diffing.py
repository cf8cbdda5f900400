"""Which weights, units and outcomes differ between two networks or two explanations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from toynets.api.files import is_file_name, read_either
from toynets.api.formatting import briefly, listed, same
from toynets.display import Table
from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.explanation import Explanation
from toynets.fields import record
from toynets.network import Network
from toynets.rationals import from_float, text, workprec
from toynets.zoo import Entry, load


@record(frozen=True)
class Difference:
    """One thing that is not the same on both sides; "" where a side has nothing there."""

    what: str
    name: str
    a: str
    b: str


@record(frozen=True)
class Diff:
    """What differs between A and B.

    Attributes:
        a, b: what is compared, in words.
        differences: one record each.
        notes: what the reader should be told.
    """

    a: str
    b: str
    differences: tuple[Difference, ...]
    notes: tuple[str, ...] = ()

    def table(self) -> Table:
        """Return a row per difference."""
        rows = [[d.what, d.name, d.a, d.b] for d in self.differences]
        return Table(["what", "name", f"A: {self.a}", f"B: {self.b}"], rows)

    def __str__(self) -> str:
        if not self.differences:
            return "\n".join([f"{self.a} and {self.b}: nothing differs.", *self.notes])
        return "\n".join([str(self.table()), *self.notes])

    def to_dict(self) -> dict[str, Any]:
        """Return the differences as plain data."""
        return {
            "a": self.a,
            "b": self.b,
            "same": not self.differences,
            "differences": [
                {"what": d.what, "name": d.name, "a": d.a, "b": d.b} for d in self.differences
            ],
            "notes": list(self.notes),
        }


def diff(a: str, b: str) -> Diff:
    """Compare two networks or two explanations, each a name of the zoo or a file.

    A name stands for a network where the other side is one too, and for its explanation where the
    other side is a file of an explanation.

    Raises:
        ToynetsError: a network beside an explanation that no name connects, or no such thing.

    >>> [d.name for d in diff("xor-sum", "xor-difference").differences][:3]
    ['x2->h1', 'x1->h2', 'h2.bias']
    """
    left, right = _read(a), _read(b)
    if isinstance(left, Explanation) or isinstance(right, Explanation):
        return _explanations(_as_explanation(left, a), _as_explanation(right, b), a, b)
    return _networks(left, right, a, b)


def _read(name: str) -> Any:
    return read_either(name) if is_file_name(name) else load(name)


def _as_explanation(side: Any, name: str) -> Explanation:
    if isinstance(side, Entry):
        return side.explanation
    if isinstance(side, Explanation):
        return side
    raise ToynetsError(
        f"{name} is a network, and the other side is an explanation.",
        fix=f"toynets verify {name} --explanation FILE holds one against the other.",
    )


def _rows(what: str, a: Mapping[str, str], b: Mapping[str, str]) -> Iterable[Difference]:
    for name in dict.fromkeys((*a, *b)):
        left, right = a.get(name, ""), b.get(name, "")
        if left != right:
            yield Difference(what, name, left, right)


# Networks.


def _networks(left: Any, right: Any, name_a: str, name_b: str) -> Diff:
    a: Network = left.network if isinstance(left, Entry) else left
    b: Network = right.network if isinstance(right, Entry) else right
    from toynets.symmetry import equal_up_to_gauge

    found = [*_rows("network", _shape(a), _shape(b))]
    found += _rows("weight", _numbers(a), _numbers(b))
    found += _rows("unit", _activations(a), _activations(b))
    notes = []
    domain = _common_domain(left, right)
    if a.inputs == b.inputs and a.outputs == b.outputs and domain is not None:
        outcomes, note = _outcomes(a, b, domain)
        found += outcomes
        notes.append(note)
    else:
        notes.append("outcomes are not compared: the two have other inputs or outputs.")
    if a.hash == b.hash:
        notes.append("the hash is the same: every number, activation and mask is.")
    elif a.sizes == b.sizes and equal_up_to_gauge(a, b):
        notes.append("equal up to gauge: apart from order, scale and sign of units, one network.")
    return Diff(a.name or name_a, b.name or name_b, tuple(found), tuple(notes))


def _shape(network: Network) -> dict[str, str]:
    return {
        "sizes": network.text if network.hidden == () else "-".join(map(str, network.sizes)),
        "inputs": ", ".join(network.inputs),
        "outputs": ", ".join(network.outputs),
    }


def _numbers(network: Network) -> dict[str, str]:
    found = {}
    for address, value in network.numbers.items():
        exact = text(from_float(value))
        found[address] = exact if len(exact) <= 12 else repr(value)
    return found


def _activations(network: Network) -> dict[str, str]:
    return {unit: network.activation_of(unit) for unit in network.units}


def _common_domain(left: Any, right: Any) -> Domain | None:
    for side in (left, right):
        if isinstance(side, Entry):
            domain = side.task.domain
            return Domain.sampled(domain, count=48) if domain.kind == "box" else domain
    count = len(left.inputs)
    return Domain.boolean(count) if count <= 10 else None


def _outcomes(a: Network, b: Network, domain: Domain) -> tuple[list[Difference], str]:
    """Compare the clean outcome, and that of each unit at 0 that both have."""
    from toynets.exact import Machine
    from toynets.verification.compare import size

    if domain.dimension != len(a.inputs):
        return [], "outcomes are not compared: the domain has another number of inputs."
    both = [Machine(a, domain), Machine(b, domain)]
    shared = [u for u in a.hidden if u in b.hidden]
    found = []
    with workprec():
        for intervention in ("", *(f"{unit} = 0" for unit in shared)):
            plans = [m.plan(intervention) for m in both]
            differing: list[tuple[float, str, str, str]] = []
            for x, name in zip(domain.rows, domain.labels, strict=True):
                pair = [m.outcome(x, p) for m, p in zip(both, plans, strict=True)]
                gap = max(size(abs(v - w)) for v, w in zip(*pair, strict=True))
                if not all(same(v, w) for v, w in zip(*pair, strict=True)):
                    differing.append((gap, name, briefly(pair[0]), briefly(pair[1])))
            if differing:
                most = max(differing, key=lambda found: found[0])
                where = f"{intervention or 'clean'}, input {most[1]}"
                if len(differing) > 1:
                    where += f" (most of {len(differing)} that differ)"
                found.append(Difference("outcome", where, most[2], most[3]))
    tried = listed(["clean", *(f"{unit} = 0" for unit in shared)], 6)
    return found, f"outcomes compared on {domain.text}: {tried}."


# Explanations.


def _explanations(a: Explanation, b: Explanation, name_a: str, name_b: str) -> Diff:
    found = [*_rows("claim", _claims(a), _claims(b))]
    found += _rows("weight", _stated(a), _stated(b))
    found += _rows("weight role", _roles(a.weights), _roles(b.weights))
    for part in ("activation", "expression", "concept", "role"):
        found += _rows(f"unit {part}", _units(a, part), _units(b, part))
    found += _rows("outcome", _said(a), _said(b))
    return Diff(name_a, name_b, tuple(found), ("reasons (why) are not compared.",))


def _claims(said: Explanation) -> dict[str, str]:
    found = {f"tolerance of {row}": text(value) for row, value in said.tolerance.items() if value}
    found |= {f"metric of {kind}": value for kind, value in said.metric.items()}
    found |= {f"decision {rule}": str(value) for rule, value in said.decision.items()}
    found |= {f"parameter {name}": str(value) for name, value in said.parameters.items()}
    return found


def _stated(said: Explanation) -> dict[str, str]:
    return {a: "" if w.value is None else str(w.value) for a, w in said.weights.items()}


def _roles(parts: Mapping[str, Any]) -> dict[str, str]:
    return {name: part.role for name, part in parts.items()}


def _units(said: Explanation, part: str) -> dict[str, str]:
    values = {name: getattr(unit, part) for name, unit in said.units.items()}
    return {name: "" if value is None else str(value) for name, value in values.items()}


def _said(said: Explanation) -> dict[str, str]:
    found = {}
    for outcome in said.outcomes:
        parts = [
            f"{output} = {' to '.join(map(str, expressions))}"
            for output, expressions in outcome.outputs.items()
            if expressions
        ]
        found[outcome.intervention.text or "clean"] = ", ".join(parts)
    return found
