"""What an intervention means in a net of named units: which numbers and which values change.

Both the network and the causal model of an explanation hand their names to a `Wiring`; each then
applies the `Plan` with its own arithmetic.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NoReturn

from flint import fmpq

from toynets.errors import ParseError, unknown
from toynets.fields import field, record
from toynets.names import (
    Intervention,
    Patch,
    Target,
    Value,
    bias_name,
    edge_name,
    parse_intervention,
)
from toynets.rationals import ONE, ZERO, Rational


@record(frozen=True)
class Edit:
    """One weight or bias is set, shifted or multiplied: `op` is `=`, `+=` or `*=`."""

    name: str
    op: str
    value: Rational

    def apply(self, old: Rational) -> Rational:
        """Return the new value of the parameter."""
        if self.op == "=":
            return self.value
        return old + self.value if self.op == "+=" else old * self.value


@record(frozen=True)
class Replacement:
    """One activation, input or pre-activation is replaced.

    Attributes:
        name: unit or input.
        pre: the pre-activation is replaced, not the activation.
        value: a number, `mean`, `resample`, `worst`, or a `Patch` whose unit is filled in.
        group: replacements of one clause share one resample source; this is the clause's number.
    """

    name: str
    pre: bool
    value: Value
    group: int = 0


@record(frozen=True)
class PathPatch:
    """What one edge carries is read from the source input, for its target alone."""

    source: str
    target: str
    value: Patch


@record(frozen=True)
class Plan:
    """An intervention resolved: every name exists, every quantity is changed once.

    Attributes:
        edits: parameters, all at once, before any value.
        replacements: values, applied layer by layer.
        paths: edges that carry the source's value.
        notes: what the reader should be told (tied copies).
    """

    intervention: Intervention
    edits: tuple[Edit, ...] = ()
    replacements: tuple[Replacement, ...] = ()
    paths: tuple[PathPatch, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The intervention in its standard form."""
        return self.intervention.text

    @property
    def groups(self) -> tuple[int, ...]:
        """The resample sources that are drawn independently, by number."""
        return tuple(sorted({r.group for r in self.replacements if r.value == "resample"}))


@record(frozen=True)
class Wiring:
    """Names and edges of a net, without numbers.

    Attributes:
        inputs: names in order.
        units: all units in order of evaluation, the outputs last.
        outputs: the units of the last layer, in order.
        edges: (source, target) of every weight that is there.
        biased: the units that have a bias.
        ties: group name -> addresses of its copies, which share one number.
        title: for messages.
    """

    inputs: tuple[str, ...]
    units: tuple[str, ...]
    outputs: tuple[str, ...]
    edges: tuple[tuple[str, str], ...]
    biased: frozenset[str]
    ties: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    title: str = ""

    @property
    def hidden(self) -> tuple[str, ...]:
        """The units that are not outputs."""
        outputs = set(self.outputs)
        return tuple(u for u in self.units if u not in outputs)

    def incoming(self, unit: str) -> tuple[str, ...]:
        """Addresses of the weights into a unit."""
        return tuple(edge_name(s, t) for s, t in self.edges if t == unit)

    def outgoing(self, unit: str) -> tuple[str, ...]:
        """Addresses of the weights out of a unit or input."""
        return tuple(edge_name(s, t) for s, t in self.edges if s == unit)

    def parameters(self) -> tuple[str, ...]:
        """Addresses of all weights and biases, unit by unit, each unit's bias after its weights."""
        found: list[str] = []
        for unit in self.units:
            found.extend(self.incoming(unit))
            if unit in self.biased:
                found.append(bias_name(unit))
        return tuple(found)

    def resolve(self, source: str | Intervention | Plan) -> Plan:
        """Work out what an intervention changes here.

        Raises:
            ParseError: malformed text, a name that is not there (with the names that are and the
                nearest), or a quantity that is set twice.

        >>> w = Wiring(("x1",), ("h1", "y"), ("y",), (("x1", "h1"), ("h1", "y")), frozenset({"h1"}))
        >>> [e.name for e in w.resolve("->h1, h1.bias = 0").edits]
        ['x1->h1', 'h1.bias']
        """
        if isinstance(source, Plan):
            source = source.intervention
        intervention = parse_intervention(source)
        return _Resolver(self, intervention).plan()


class _Resolver:
    def __init__(self, wiring: Wiring, intervention: Intervention) -> None:
        self.wiring = wiring
        self.intervention = intervention
        self.edits: list[Edit] = []
        self.replacements: list[Replacement] = []
        self.paths: list[PathPatch] = []
        self.notes: list[str] = []
        self.seen: dict[str, str] = {}
        self.copies = {
            member: group for group, members in wiring.ties.items() for member in members
        }

    def plan(self) -> Plan:
        for number, clause in enumerate(self.intervention.clauses, start=1):
            for target in clause.targets:
                self.add(target, clause.op, clause.value, number)
        return Plan(
            self.intervention,
            tuple(self.edits),
            tuple(self.replacements),
            tuple(self.paths),
            tuple(self.notes),
        )

    def fail(self, message: str, target: Target, fix: str = "") -> NoReturn:
        raise ParseError(
            message,
            text=self.intervention.source_text or self.intervention.text,
            column=target.column,
            fix=fix,
        )

    def claim(self, quantity: str, target: Target) -> None:
        if quantity in self.seen:
            self.fail(
                f"{quantity} is changed twice, by {self.seen[quantity]} and by {target.text}.",
                target,
                fix="all clauses act at once: leave one of the two out.",
            )
        self.seen[quantity] = target.text

    def unit(self, name: str, target: Target, inputs: bool = False) -> None:
        if name in self.wiring.units or (inputs and name in self.wiring.inputs):
            return
        if name in self.wiring.inputs:
            what = {"incoming": "incoming weight", "bias": "bias"}.get(target.kind, ".pre")
            self.fail(
                f"{name} is an input: it has no {what}.",
                target,
                fix=f"replace the input itself: {name} = 0.",
            )
        self.fail(self.no_unit(name), target)

    def no_unit(self, name: str) -> str:
        w = self.wiring
        kind, pool = ("unit", w.hidden)
        if name[:1] == "x" and name[1:].isdigit():
            kind, pool = "input", w.inputs
        elif name[:1] == "y" or not w.hidden:
            kind, pool = "output", w.outputs
        everything = (*w.units, *w.inputs, *w.ties)
        return unknown(kind, name, w.title, pool, also=[n for n in everything if n not in pool])

    def add(self, target: Target, op: str, value: Value, number: int) -> None:
        w = self.wiring
        if target.kind == "name" and target.name in w.ties:
            self.parameter(target.name, target, op, value)
        elif target.kind in ("name", "pre"):
            self.value(target, op, value, number)
        elif target.kind == "bias":
            self.unit(target.name, target)
            if target.name not in w.biased:
                self.fail(
                    f"{target.name} has no bias.", target, fix=f"replace {target.name}.pre instead."
                )
            self.parameter(bias_name(target.name), target, op, value)
        elif target.kind == "edge":
            self.edge(target, op, value)
        else:
            self.unit(target.name, target, inputs=target.kind == "outgoing")
            fan = w.incoming if target.kind == "incoming" else w.outgoing
            names = fan(target.name)
            if not names:
                self.fail(f"{target.name} has no {target.kind} weights.", target)
            for name in names:
                self.edit(name, target, op, value)
            self.note_copies(target, names)

    def value(self, target: Target, op: str, value: Value, number: int) -> None:
        w, name, pre = self.wiring, target.name, target.kind == "pre"
        self.unit(name, target, inputs=not pre)
        if target.copy:
            self.fail(f"{name} is not tied: @ numbers the copies of a tied weight.", target)
        if op != "=":
            self.fail(
                f"{op} changes weights and biases only; {name} is a unit.",
                target,
                fix=("" if name in w.inputs else f"write {name}.bias += … to shift it; ")
                + f"write {name}-> *= … to scale what it sends.",
            )
        self.claim(f"{name}.pre" if pre else name, target)
        if (name if pre else f"{name}.pre") in self.seen:
            self.fail(
                f"{name} and {name}.pre are both replaced; the first hides the second.",
                target,
                fix="leave one of the two out.",
            )
        if isinstance(value, Patch):
            value = self.patch(value, name, pre, target)
        self.replacements.append(Replacement(name, pre, value, number))

    def patch(self, value: Patch, name: str, pre: bool, target: Target) -> Patch:
        unit = value.unit or name
        if not value.unit:
            pre = pre or value.pre
        else:
            if value.pre and unit in self.wiring.inputs:
                self.fail(f"{unit} is an input: it has no .pre.", target, fix=f"write {unit}(x').")
            self.unit(unit, target, inputs=True)
            pre = value.pre
        if value.point is not None and len(value.point) != len(self.wiring.inputs):
            self.fail(
                f"the source has {len(value.point)} numbers; {self.wiring.title or 'the network'} "
                f"has {len(self.wiring.inputs)} inputs.",
                target,
                fix=f"write out all of {', '.join(self.wiring.inputs[:20])}; 0,5 is written 0.5.",
            )
        return Patch(unit, pre, value.point)

    def edge(self, target: Target, op: str, value: Value) -> None:
        w = self.wiring
        name = edge_name(target.source, target.name)
        if (target.source, target.name) not in w.edges:
            for part in (target.source, target.name):
                if part not in w.units and part not in w.inputs:
                    self.fail(self.no_unit(part), target)
            self.fail(unknown("weight", name, w.title, [edge_name(*e) for e in w.edges]), target)
        if isinstance(value, Patch):
            self.claim(name, target)
            filled = self.patch(value, target.source, False, target)
            self.paths.append(PathPatch(target.source, target.name, filled))
            return
        self.parameter(name, target, op, value)

    def parameter(self, name: str, target: Target, op: str, value: Value) -> None:
        """Edit a number: all copies of a tied one, or the copy that `@` names."""
        group = name if name in self.wiring.ties else self.copies.get(name, "")
        if not group:
            if target.copy:
                self.fail(
                    f"{name} is not tied: it has no copy {target.copy}.",
                    target,
                    fix=f"leave @{target.copy} out.",
                )
            self.edit(name, target, op, value)
            return
        members = self.wiring.ties[group]
        if target.copy:
            if not 1 <= target.copy <= len(members):
                self.fail(f"{group} has copies 1 to {len(members)}, not {target.copy}.", target)
            self.edit(members[target.copy - 1], target, op, value)
            return
        self.notes.append(
            f"{target.text} is tied: all {len(members)} copies change ({', '.join(members)}); "
            f"{group}@1 is the first alone."
        )
        for member in members:
            self.edit(member, target, op, value)

    def note_copies(self, target: Target, names: tuple[str, ...]) -> None:
        """Say that copies elsewhere stay: `->h2` names the edges of one unit, not a number."""
        groups = dict.fromkeys(self.copies[n] for n in names if n in self.copies)
        for group in groups:
            if not set(self.wiring.ties[group]) <= set(names):
                self.notes.append(
                    f"{target.text} changes weights of the tied group {group}; its copies "
                    f"elsewhere stay. {group} names them all."
                )

    def edit(self, name: str, target: Target, op: str, value: Value) -> None:
        if not isinstance(value, fmpq):
            self.fail(
                f"{name} is a weight or a bias: it takes a number.",
                target,
                fix=f"write {target.text} = 0, or replace a unit: h2 = mean.",
            )
        self.claim(name, target)
        self.edits.append(Edit(name, op, value))


def kind_of(plan: Plan) -> str:
    """Return the kind of an intervention, as metrics and reports name it.

    One of `clean`, `zero`, `pre`, `incoming`, `outgoing`, `cut`, `flip`, `set`, `shift`, `scale`,
    `mean`, `resample`, `worst`, `patch`, `path`, or `joint` where kinds are mixed.

    >>> w = Wiring(("x1",), ("h1", "y"), ("y",), (("x1", "h1"), ("h1", "y")), frozenset({"h1"}))
    >>> kind_of(w.resolve("h1 = 0")), kind_of(w.resolve("x1->h1 *= -1"))
    ('zero', 'flip')
    """
    kinds: set[str] = set()
    for clause in plan.intervention.clauses:
        for target in clause.targets:
            kinds.add(_clause_kind(target, clause.op, clause.value, plan))
    if not kinds:
        return "clean"
    return kinds.pop() if len(kinds) == 1 else "joint"


def _clause_kind(target: Target, op: str, value: Value, plan: Plan) -> str:
    if isinstance(value, Patch):
        return "path" if target.kind == "edge" else "patch"
    if isinstance(value, str):
        return value
    if target.kind in ("incoming", "outgoing"):
        return target.kind
    if target.kind == "pre":
        return "pre"
    if op == "+=":
        return "shift"
    if op == "*=":
        return "flip" if value == -ONE else ("cut" if value == ZERO else "scale")
    parameter = target.kind in ("bias", "edge") or not any(
        r.name == target.name for r in plan.replacements
    )
    if value == ZERO:
        return "cut" if parameter else "zero"
    return "set"
