"""A claim in concepts: what units stand for, and what the outputs then are, without any weight.

It is the causal model that a sentence such as "h1 is XOR, and h2 is ignored" states. Clean inputs
alone do not test such a sentence; swapping a unit between inputs (an interchange) does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from toynets import exact
from toynets.display import Table
from toynets.domain import Domain, Row, label
from toynets.errors import ToynetsError, Undecided, unknown
from toynets.expressions import parse_expression
from toynets.fields import record
from toynets.names import parse_intervention
from toynets.rationals import ZERO, Rational
from toynets.verification.check import Check, Comparer, Failure
from toynets.verification.compare import Decision, shown_all
from toynets.verification.witness import Witness


class ConceptModel:
    """Formulas for units and outputs, over inputs and earlier units; other units are ignored.

    Args:
        inputs: names in order.
        units: all units in order of evaluation, the outputs last.
        outputs: names in order; each needs a formula.
        formulas: unit -> text.

    Raises:
        ToynetsError: a name that is not there, an output without a formula, or a formula that
            speaks of a unit which is ignored or comes later.

    >>> model = ConceptModel(["x1", "x2"], ["h1", "h2", "y"], ["y"], {"h1": "x1 != x2", "y": "h1"})
    >>> model.text, model.ignored
    ('h1 is x1 != x2, y is h1, h2 is ignored', ('h2',))
    """

    def __init__(
        self,
        inputs: Sequence[str],
        units: Sequence[str],
        outputs: Sequence[str],
        formulas: Mapping[str, str],
    ) -> None:
        self.inputs = tuple(inputs)
        self.outputs = tuple(outputs)
        for name in formulas:
            if name not in units:
                raise ToynetsError(unknown("unit", str(name), "the network", units))
        for name in outputs:
            if name not in formulas:
                raise ToynetsError(
                    f"the claim does not say what the output {name} is.",
                    fix=f'add it, as in "h1: x1 != x2; {name}: h1".',
                )
        self.formulas: dict[str, Any] = {}
        for name in units:
            if name in formulas:
                known = (*inputs, *self.formulas)
                self.formulas[name] = parse_expression(formulas[name], names=known)
        self.ignored = tuple(u for u in units if u not in self.formulas)

    @property
    def text(self) -> str:
        """The claim in words."""
        parts = [f"{name} is {formula}" for name, formula in self.formulas.items()]
        return ", ".join([*parts, *(f"{name} is ignored" for name in self.ignored)])

    def values(self, x: Row, given: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Return every value by name, some of them given."""
        values = dict(zip(self.inputs, x, strict=True))
        for name, formula in self.formulas.items():
            values[name] = (
                given[name] if given and name in given else formula.evaluate(values)
            )
        return values

    def outcome(self, x: Row, unit: str = "", source: Row | None = None) -> tuple[Any, ...]:
        """Return the outputs, with one unit taken from a source input."""
        given = {}
        if source is not None and unit in self.formulas:
            given[unit] = self.values(source)[unit]
        values = self.values(x, given)
        return tuple(values[o] for o in self.outputs)


def read_formulas(text: str) -> dict[str, str]:
    """Read `h1: x1 != x2; y: h1`.

    Raises:
        ToynetsError: a part without a colon, or a unit given twice.

    >>> read_formulas("h1: x1 != x2; y: h1")
    {'h1': 'x1 != x2', 'y': 'h1'}
    """
    found: dict[str, str] = {}
    for part in text.split(";"):
        if not part.strip():
            continue
        name, colon, formula = (piece.strip() for piece in part.partition(":"))
        if not colon or not name or not formula:
            raise ToynetsError(
                f"{part.strip()[:70]!r} says of no unit what it is.",
                fix='write "h1: x1 != x2; y: h1": a unit, a colon, a formula; parts end in ;',
            )
        if name in found:
            raise ToynetsError(f"the claim says twice what {name} is.", fix="leave one out.")
        found[name] = formula
    return found


@record(frozen=True)
class Interchanged:
    """A claim in concepts held against a network.

    Attributes:
        network, hash: what was tried.
        claim: in words.
        domain: in symbols.
        rule: the decision in words; `none` where values are compared.
        clean: (right, of) clean inputs.
        units: unit -> (right, of) swaps.
        verdict: `refuted`, `exhaustive`, `sampled` or `unknown`.
        refuted_by: `clean`, `interchange` or "".
        witness: the simplest case that refutes, or None.
    """

    network: str
    hash: str
    claim: str
    domain: str
    rule: str
    clean: tuple[int, int]
    units: Mapping[str, tuple[int, int]]
    verdict: str
    refuted_by: str
    witness: Witness | None

    def table(self) -> Table:
        """Return a row for the clean inputs and one for each unit that is swapped."""
        rows = [["clean inputs", f"{self.clean[0]} of {self.clean[1]}"]]
        rows += [[f"swaps of {u}", f"{a} of {b}"] for u, (a, b) in self.units.items()]
        title = f'"{self.claim}" of {self.network} on {self.domain}'
        return Table(["cases", "right"], rows, title=title)

    def lines(self) -> list[str]:
        """Return the verdict, with the case that refutes."""
        by = f" by {self.refuted_by}" if self.refuted_by else ""
        made = [f"{self.verdict}{by}"]
        if self.witness is not None:
            made[0] += f": {self.witness.message}"
            made += [f"  {line}" for line in self.witness.arithmetic]
        return made

    def __str__(self) -> str:
        return "\n".join([str(self.table()), *self.lines()])

    def _repr_html_(self) -> str:
        return self.table().html()

    def _repr_markdown_(self) -> str:
        return self.table().markdown()

    def to_dict(self) -> dict[str, Any]:
        """Return the result as plain data."""
        return {
            "network": self.network,
            "hash": self.hash,
            "claim": self.claim,
            "domain": self.domain,
            "decision": self.rule,
            "clean": {"right": self.clean[0], "of": self.clean[1]},
            "units": {u: {"right": a, "of": b} for u, (a, b) in self.units.items()},
            "verdict": self.verdict,
            "refuted_by": self.refuted_by,
            "witness": None if self.witness is None else self.witness.to_dict(),
        }


def hold(
    network: Any,
    model: ConceptModel,
    domain: Domain,
    decision: Decision,
    *,
    by: str,
    within: Rational = ZERO,
) -> Interchanged:
    """Hold a claim in concepts against a network: clean, and with each hidden unit swapped.

    Args:
        network: a `toynets.Network`.
        model: the claim.
        domain: finite or sampled; each input is base and source.
        decision: from outputs to a choice.
        by: `value` (within a tolerance) or `decision`.
        within: the tolerance.

    Raises:
        ToynetsError: a formula has no value on some input.

    >>> from toynets.network import Network
    >>> xor = Network.from_layers(
    ...     [([[1, 1], [1, 1]], [0, -1], "relu"), ([[1, -2]], [0], "identity")])
    >>> said = ConceptModel(xor.inputs, xor.units, ["y"], {"h1": "x1 != x2", "y": "h1"})
    >>> found = hold(xor, said, Domain.boolean(2), Decision({}), by="value")
    >>> found.clean, found.refuted_by
    ((4, 4), 'interchange')
    """
    machine = exact.Machine(network, domain)
    comparer = Comparer(decision, lambda kind: by, within)
    clean = Check("clean")
    swapped = {unit: Check("interchange") for unit in network.hidden}
    for k, x in enumerate(domain.rows):
        _case(clean, comparer, Failure("clean", machine.plan(""), k, on=_on(x)), model, machine, x)
    for unit, check in swapped.items():
        plan = machine.plan(parse_intervention(f"{unit} = {unit}(x')"))
        for k, x in enumerate(domain.rows):
            for s, source in enumerate(domain.rows):
                on = _on(x) + _on(source)
                case = Failure("interchange", plan, k, source=s, on=on, subject=unit)
                _case(check, comparer, case, model, machine, x, source)
    checks = [clean, *swapped.values()]
    failing = next((c for c in checks if c.failed), None)
    verdict = "exhaustive" if domain.finite else "sampled"
    if failing is not None:
        verdict = "refuted"
    elif any(c.undecided for c in checks):
        verdict = "unknown"
    return Interchanged(
        network.name or network.text,
        network.hash,
        model.text,
        domain.text,
        decision.text if by == "decision" else "none",
        _right(clean),
        {unit: _right(check) for unit, check in swapped.items()},
        verdict,
        failing.name if failing is not None else "",
        None if failing is None else _witness(network, domain, failing.failures[0]),
    )


def _right(check: Check) -> tuple[int, int]:
    return check.cases - check.failed - check.undecided, check.cases


def _on(x: Row) -> int:
    return sum(1 for v in x if v != 0)


def _case(
    check: Check,
    comparer: Comparer,
    case: Failure,
    model: ConceptModel,
    machine: exact.Machine,
    x: Row,
    source: Row | None = None,
) -> None:
    """Compare one run with what the claim says of it."""
    try:
        case.measured = machine.outcome(x, case.plan, source=source)
        case.stated = model.outcome(x, case.subject, source)
    except Undecided as error:
        check.cases += 1
        check.leave_open(error.message)
        return
    kind = "clean" if source is None else "resample"
    holds, case.decision = comparer.outcome(check, kind, case.stated, case.measured)
    if holds is False:
        check.fail(case)


def _witness(network: Any, domain: Domain, case: Failure) -> Witness:
    assert case.plan is not None and case.row is not None
    x, names = domain.rows[case.row], network.outputs
    source = None if case.source is None else domain.rows[case.source]
    where = f"input {label(x)}"
    if source is not None:
        where += f" with {case.subject} taken from {label(source)}"
    kind = "the other decision: " if case.decision else ""
    said, does = shown_all(case.stated, names), shown_all(case.measured, names)
    trace = exact.trace(network, x, case.plan.text, source=source, domain=domain)
    return Witness(
        case.check,
        f"{where}: {kind}the claim gives {said}, the network {does}.",
        intervention=case.plan.text,
        x=tuple(x),
        source=None if source is None else tuple(source),
        stated=said,
        measured=does,
        arithmetic=tuple(trace.arithmetic),
    )
