"""What is known of one unit or input, in a few lines: `toynets show NAME h2`."""

from __future__ import annotations

from typing import Any

from toynets.api.formatting import brief, labelled, listed, rounded
from toynets.api.removing import Removed
from toynets.api.roles import tests_of
from toynets.api.showing import role_and_reason
from toynets.api.subject import Subject, subject
from toynets.domain import Domain
from toynets.errors import UnknownName, unknown
from toynets.fields import record
from toynets.names import bias_name
from toynets.rationals import ZERO, from_float, rational, text, workprec

MOST_ROWS = 8  # of so many inputs each value is written out


@record(frozen=True)
class UnitMeaning:
    """What is known of one unit or input.

    Attributes:
        network: the name of the network.
        unit: its name.
        kind: `input`, `hidden unit` or `output`.
        activation: of a unit; "" for an input.
        incoming: address -> number, exact text: what enters it.
        computes: what is stated that it computes, and its values.
        concept: what is stated that it stands for.
        role: role and reason that are stated.
        holds: the roles that hold, each with its reason.
        without: the outcome where it is set to 0; "" for an output.
        outgoing: address -> number, exact text: where it goes.
        points: how many points of a box the roles and outcomes are known at; "" for a whole domain.
    """

    network: str
    unit: str
    kind: str
    activation: str
    incoming: dict[str, str]
    computes: str
    concept: str
    role: str
    holds: dict[str, str]
    without: str
    outgoing: dict[str, str]
    points: str = ""

    @property
    def title(self) -> str:
        """The unit and what kind of thing it is."""
        kind = f"{self.kind} ({self.activation})" if self.activation else self.kind
        return f"{self.unit}, {'an' if kind[0] in 'aeio' else 'a'} {kind} of {self.network}"

    def lines(self) -> list[tuple[str, str]]:
        """Return (heading, text) of each line."""
        is_unit = self.kind != "input"
        found = [("enters", _shown(self.incoming))] if is_unit else []
        found.append(("computes" if is_unit else "values", self.computes))
        if is_unit:
            found.append(("stands for", self.concept or "nothing is stated"))
            found.append(("role", self.role or "none is stated"))
            at = f" (at the {self.points} that were tried)" if self.points else ""
            found.append(("roles that hold", (", ".join(self.holds) or "none") + at))
        if self.without:
            found.append(("without it", f"({self.unit} = 0) {self.without}"))
        onward = _shown(self.outgoing)
        return [*found, ("goes to", onward or "no unit: it is what the network answers")]

    def __str__(self) -> str:
        return labelled(self.title, self.lines())

    __repr__ = __str__

    def to_dict(self) -> dict[str, Any]:
        """Return the record as plain data."""
        return {
            "network": self.network,
            "unit": self.unit,
            "kind": self.kind,
            "activation": self.activation,
            "incoming": dict(self.incoming),
            "computes": self.computes,
            "concept": self.concept,
            "role": self.role,
            "holds": dict(self.holds),
            "without": self.without,
            "outgoing": dict(self.outgoing),
            "points": self.points,
        }


def unit_meaning(thing: Any, name: str, *, domain: Domain | None = None) -> UnitMeaning:
    """Answer "what is this unit" for one unit or input.

    Args:
        thing: an entry of the zoo or its name, a `Network`, or a file of one.
        name: `h2`, `x1` or `y`.
        domain: the inputs; default the task's, or all bits.

    Raises:
        ToynetsError: there is no such unit.

    >>> found = unit_meaning("xor-sum", "h2")
    >>> found.incoming, found.outgoing
    ({'x1->h2': '1', 'x2->h2': '1', 'h2.bias': '-1'}, {'h2->y': '-2'})
    >>> print(found.computes)
    relu(x1 + x2 - 1): 0 0 0 1 on 00 01 10 11
    """
    about = subject(thing, domain)
    network = about.network
    unit = name.strip()
    if unit not in (*network.units, *network.inputs):
        raise UnknownName(
            unknown("unit", unit, about.name, network.units, also=network.inputs),
            fix=f"toynets show {about.name} shows every weight and unit.",
        )
    is_input = unit in network.inputs
    explained = about.explanation
    said = None if explained is None else explained.units.get(unit)
    into = [*network.wiring.incoming(unit), bias_name(unit)]
    with workprec():
        hidden = unit in network.hidden
        removed = Removed(about, f"{unit} = 0" if hidden or is_input else "")
        return UnitMeaning(
            network=about.name,
            unit=unit,
            kind="input" if is_input else "hidden unit" if hidden else "output",
            activation="" if is_input else network.activation_of(unit),
            incoming=_numbers(about, [address for address in into if address in network.numbers]),
            computes=_computes(about, unit, said, removed),
            concept=str(said.concept) if said and said.concept is not None else "",
            role=role_and_reason(said.role, said.why) if said else "",
            holds={} if is_input else dict(tests_of(about).of(unit)),
            without=removed.text() if hidden or is_input else "",
            outgoing=_numbers(about, network.wiring.outgoing(unit)),
            points=about.points,
        )


def _numbers(about: Subject, addresses: Any) -> dict[str, str]:
    return {a: text(from_float(about.network.numbers[a])) for a in addresses}


def _shown(numbers: dict[str, str]) -> str:
    return listed([f"{address} = {brief(rational(n))}" for address, n in numbers.items()])


def _computes(about: Subject, unit: str, said: Any, removed: Removed) -> str:
    """Say what is stated of a unit, and the values that it has."""
    from toynets.verification.compare import size

    explained = about.explanation
    bound = explained.epsilon("units") if explained is not None else ZERO
    inputs = about.network.inputs
    if unit in inputs:
        values = [row[inputs.index(unit)] for row in about.rows]
        head = ""
    else:
        values = [row[unit] for row in removed.clean]
        known = said is not None and said.expression is not None
        head = f"{said.expression if known else about.network.activation_of(unit)}: "
    if len(values) <= MOST_ROWS:
        shown = " ".join(rounded(v, bound) for v in values)
        return f"{head}{shown} on {' '.join(about.labels)}"
    low, high = min(values, key=size), max(values, key=size)
    zeros = sum(1 for v in values if v == 0)
    off = f", 0 on {zeros} of them" if zeros else ""
    place = f"points of {about.domain.text}" if about.domain.kind == "box" else "inputs"
    return f"{head}{rounded(low, bound)} to {rounded(high, bound)} on {len(values)} {place}{off}"
