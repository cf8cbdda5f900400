"""What one weight means, in five lines: `toynets show NAME "x1->h1"`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flint import fmpq

from toynets.api.formatting import beyond, brief, labelled, signed
from toynets.api.removing import Removed
from toynets.api.showing import role_and_reason
from toynets.api.subject import Subject, subject
from toynets.domain import Domain
from toynets.errors import ToynetsError, UnknownName, unknown
from toynets.fields import record
from toynets.names import parse_intervention
from toynets.rationals import ONE, ZERO, from_float, short, text, workprec

PIECEWISE = ("identity", "relu", "abs", "softmax")


@record(frozen=True)
class Meaning:
    """What one weight or bias does.

    Attributes:
        network: the name of the network.
        weight: the address.
        value: the number, exact text.
        multiplies: what it multiplies, and where that makes a difference.
        role: role and stated value.
        slope: what +1 before it does to the outputs through it, per region.
        without: the outcome without it, and the smallest input that shows it.
        gauge: what would not change it.
    """

    network: str
    weight: str
    value: str
    multiplies: str
    role: str
    slope: str
    without: str
    gauge: str

    def lines(self) -> list[tuple[str, str]]:
        """Return (heading, text) of the five lines."""
        before = self.weight.partition("->")[0] if "->" in self.weight else "it"
        return [
            ("multiplies" if "->" in self.weight else "adds", self.multiplies),
            ("role", self.role),
            (f"+1 in {before}", self.slope),
            ("without it", self.without),
            ("unchanged", self.gauge),
        ]

    def __str__(self) -> str:
        return labelled(f"{self.weight} = {self.value} in {self.network}", self.lines())

    __repr__ = __str__

    def to_dict(self) -> dict[str, str]:
        """Return the record as plain data."""
        return {
            "network": self.network,
            "weight": self.weight,
            "value": self.value,
            "multiplies": self.multiplies,
            "role": self.role,
            "slope": self.slope,
            "without": self.without,
            "gauge": self.gauge,
        }


def meaning(thing: Any, address: str, *, domain: Domain | None = None) -> Meaning:
    """Answer "what does this number mean" for one weight or bias.

    Args:
        thing: an entry of the zoo or its name, a `Network`, or a file of one.
        address: `x1->h1` (also `x1:h1`), `h2.bias`, or the name of a tied group.
        domain: the inputs; default the task's, or all bits.

    Raises:
        ToynetsError: there is no such weight.

    >>> meaning("xor-sum", "h2->y").slope
    'y - 2 everywhere'
    """
    about = subject(thing, domain)
    name = read_address(address, about)
    with workprec():
        return _Weight(about, name).meaning()


def read_address(given: str, about: Subject) -> str:
    """Return the standard address of a weight or bias.

    Raises:
        ToynetsError: it does not exist, or the shell took its arrow away.

    >>> read_address("x1:h1", subject("xor-sum"))
    'x1->h1'
    """
    address = given.strip()
    network = about.network
    if address in network.ties:
        return network.ties[address][0]
    if address in network.numbers:
        return address
    try:
        standard = parse_intervention(f"{address} = 0").text.removesuffix(" = 0")
    except ToynetsError:
        standard = ""
    if standard in network.numbers:
        return standard
    if address in network.units:
        raise ToynetsError(
            f"{address} is a unit, not a weight.",
            fix=f"name a weight, for example {network.wiring.incoming(address)[0]!r}; "
            f"toynets show {about.name} {address} says what is known of the unit.",
        )
    raise UnknownName(
        unknown("weight", standard or address, about.name, network.numbers),
        fix=f"toynets show {about.name} shows every weight.",
    )


class _Weight:
    def __init__(self, about: Subject, address: str) -> None:
        self.about = about
        self.network = about.network
        self.machine = about.machine
        self.address = address
        self.value = from_float(about.network.numbers[address])
        source, arrow, target = address.partition("->")
        self.source = source if arrow else ""
        self.target = target if arrow else address.removesuffix(".bias")
        self.outputs = about.network.outputs
        self.removed = Removed(about, f"{address} = 0")
        self.clean, self.cut = self.removed.clean, self.removed.cut

    def meaning(self) -> Meaning:
        return Meaning(
            self.about.name,
            self.address,
            brief(self.value) if len(text(self.value)) > 12 else text(self.value),
            self.multiplies(),
            self.role(),
            self.slope(),
            self.without(),
            self.gauge(),
        )

    # 1. What it multiplies, and when that makes a difference.

    def multiplies(self) -> str:
        activation = self.network.activation_of(self.target)
        unit = self.target
        into = f"into {unit}" + ("" if activation == "identity" else f", before its {activation}")
        head = f"{self.source}, on its way {into}" if self.source else f"{brief(self.value)} {into}"
        moved = [
            beyond(a[unit], b[unit], self._unit_tolerance)
            for a, b in zip(self.clean, self.cut, strict=True)
        ]
        if not any(moved):
            if self.removed.sampled and self.value != 0:
                none = f"active at none of the {len(moved)} points tried"
                return f"{head}; {none}: there {unit} is the same without it"
            return f"{head}; active nowhere: {unit} is the same without it"
        where = self.removed.where(moved)
        return f"{head}; active on {where}: there {unit} would differ without it"

    @property
    def _unit_tolerance(self) -> Any:
        explained = self.about.explanation
        return explained.epsilon("units") if explained is not None else ZERO

    # 2. Role and stated value.

    def role(self) -> str:
        explained = self.about.explanation
        group = next((g for g, ms in self.network.ties.items() if self.address in ms), "")
        said = None
        if explained is not None:
            said = explained.weights.get(self.address) or explained.weights.get(group)
        if said is None or explained is None:
            return "nothing is stated; toynets roles lists the roles that hold"
        words = role_and_reason(said.role, said.why) or "none stated"
        if said.value is None:
            return f"{words}; no value is stated yet"
        stated = str(said.value)
        value = brief(explained.numbers.get(self.address))
        stated = stated if stated == value else f"{stated} = {value}"
        bound = explained.epsilon("weights")
        within = f", to within {short(bound)}" if bound > 0 else ""
        return f"{words}; stated {stated}{within}; the network has {brief(self.value)}"

    # 3. What +1 before it does, through it.

    def slope(self) -> str:
        units = self._downstream()
        if all(self.network.activation_of(u) in PIECEWISE for u in units):
            return self._per_region(units)
        return self._finite()

    def _downstream(self) -> list[str]:
        """Return the target and every unit that it reaches, in order of evaluation."""
        reached = {self.target}
        found = []
        for unit in self.network.units:
            parents = {s for s, t in self.network.wiring.edges if t == unit}
            if unit in reached or parents & reached:
                reached.add(unit)
                found.append(unit)
        return found

    def _per_region(self, units: Sequence[str]) -> str:
        """Say what a step up does on each linear piece that an input of the domain lies on."""
        pieces: dict[str, dict[str, list[bool]]] = {}
        step = self.value if self.source else ONE
        for k, values in enumerate(self.clean):
            change, states = self._carry(units, values, step)
            rows = pieces.setdefault(self._effect(change), {}).setdefault(" and ".join(states), [])
            rows.extend([False] * (k - len(rows)) + [True])
        parts = []
        for effect, states_of in pieces.items():
            count = len(self.clean)
            where = [
                f"where {state} ({self.removed.where(keep + [False] * (count - len(keep)))})"
                for state, keep in sorted(states_of.items(), key=lambda item: "kink" in item[0])
                if state
            ]
            parts.append((effect == "nothing", f"{effect} {', and '.join(where) or 'everywhere'}"))
        return "; ".join(said for _, said in sorted(parts, key=lambda part: part[0]))

    def _carry(
        self, units: Sequence[str], values: dict[str, Any], step: Any
    ) -> tuple[dict[str, Any], list[str]]:
        """Carry a small change from the target to the outputs, on the piece of this input."""
        weights = self.network.numbers
        moved: dict[str, Any] = {}
        states = []
        for unit in units:
            change = step if unit == self.target else ZERO
            for parent, target in self.network.wiring.edges:
                if target == unit and parent in moved:
                    change = change + from_float(weights[f"{parent}->{unit}"]) * moved[parent]
            activation = self.network.activation_of(unit)
            moved[unit] = self._through(activation, values[f"{unit}.pre"], change)
            if activation in ("relu", "abs") and change != 0:
                states.append(_state(unit, activation, values[f"{unit}.pre"]))
        if self.network.activation_of(self.outputs[0]) == "softmax":
            mean = sum((moved.get(o, ZERO) for o in self.outputs), ZERO) / len(self.outputs)
            moved.update({o: moved.get(o, ZERO) - mean for o in self.outputs})
        return {o: moved.get(o, ZERO) for o in self.outputs}, states

    @staticmethod
    def _through(activation: str, pre: Any, change: Any) -> Any:
        if activation in ("identity", "softmax") or change == 0:
            return change
        if activation == "relu":
            if pre == 0:
                return change if change > 0 else ZERO
            return change if pre > 0 else ZERO
        if pre == 0:
            return abs(change)
        return change if pre > 0 else -change

    def _effect(self, changes: dict[str, Any]) -> str:
        parts = []
        for output, change in changes.items():
            if beyond(change, ZERO):
                sign = "+" if change > 0 else "-"
                parts.append(f"{output} {sign} {brief(abs(change))}")
        return ", ".join(parts) or "nothing"

    def _finite(self) -> str:
        """Say what a whole +1 does, where no activation downstream is piecewise linear."""
        step = self.value if self.source else ONE
        found = []
        for x, values, name in zip(self.about.rows, self.clean, self.about.labels, strict=True):
            pre = values[f"{self.target}.pre"]
            if isinstance(pre, fmpq):
                change = f"{self.target}.pre = {text(pre + step)}"
            elif f"{self.target}.bias" in self.network.numbers:
                change = f"{self.target}.bias += {text(step)}"
            else:
                return "depends on the input: no unit behind it is piecewise linear"
            after = self.machine.outcome(x, self.network.wiring.resolve(change))
            effect = [a - values[o] for a, o in zip(after, self.outputs, strict=True)]
            found.append((name, effect))
        if len(found) <= 8 and len(self.outputs) == 1:
            parts = [f"{signed(effect[0], 3)} on {name}" for name, effect in found]
            return f"{self.outputs[0]} changes by {', '.join(parts)}"
        from toynets.verification.compare import size

        spans = []
        for k, output in enumerate(self.outputs):
            sizes = sorted(((size(e[k]), e[k]) for _, e in found), key=lambda pair: pair[0])
            low, high = signed(sizes[0][1], 3), signed(sizes[-1][1], 3)
            spans.append(f"{output} changes by {low}" + (f" to {high}" if low != high else ""))
        at = f" (at the {len(found)} points tried)" if self.removed.sampled else ""
        return ", ".join(spans) + f", depending on the input{at}"

    # 4. The outcome without it.

    def without(self) -> str:
        return self.removed.text(already=self.value == 0)

    # 5. What would not change it.

    def gauge(self) -> str:
        from toynets.symmetry import what_would_not_change

        found = what_would_not_change(self.network, self.address)
        return " ".join(found)


def _state(unit: str, activation: str, pre: Any) -> str:
    if pre == 0:
        return f"{unit} is at its kink"
    if activation == "abs":
        return f"{unit}.pre > 0" if pre > 0 else f"{unit}.pre < 0"
    return f"{unit} is on" if pre > 0 else f"{unit} is off"
