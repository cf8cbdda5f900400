"""What a page of the explorer is given: a network, its domain, what is said of it, the verdict."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from flint import arb

from toynets.domain import label
from toynets.errors import ToynetsError
from toynets.fields import record
from toynets.rationals import Rational, text, workprec

if TYPE_CHECKING:
    from toynets.domain import Domain, Row
    from toynets.exact import Machine
    from toynets.explanation import Explanation
    from toynets.network import Network
    from toynets.verification import Report
    from toynets.zoo import Entry

FORMAT = "toynets-page/1"
MOST_STORIES = 12  # wrong readings that a page knows, so that its questions tell them apart


@record(frozen=True)
class Shown:
    """What a page is about.

    Attributes:
        network: its numbers.
        domain: the inputs.
        rows: those that the table lists: all of a finite domain, some points of a box.
        explanation: what is said of it, or None.
        report: what the package found, or None where nothing is said.
        entry: the entry of the zoo, or None.
        others: further networks that the page can compare it with.
        homework: exercises about it: id, lesson, kind, title, and for a prediction its
            intervention and the labels of its rows.
    """

    network: Network
    domain: Domain
    rows: tuple[Row, ...]
    explanation: Explanation | None = None
    report: Report | None = None
    entry: Entry | None = None
    others: tuple[Entry, ...] = ()
    homework: tuple[Mapping[str, Any], ...] = ()

    @property
    def name(self) -> str:
        """For titles."""
        return self.network.name or "network"


def number(value: Any) -> str | float:
    """Return a rational as text, and the middle of a ball as a float.

    >>> number(arb(1) / 4)
    0.25
    """
    return float(value.mid()) if isinstance(value, arb) else text(value)


def page_data(shown: Shown) -> dict[str, Any]:
    """Return everything that a page knows, as plain data.

    Args:
        shown: what the page is about.
    """
    from toynets.exact import Machine

    entry, explanation = shown.entry, shown.explanation
    machine = Machine(shown.network, shown.domain)
    decision: Mapping[str, Any] = {}
    if explanation is not None:
        decision = explanation.decision
    elif entry is not None:
        decision = entry.task.decision
    return {
        "format": FORMAT,
        "title": entry.title if entry is not None else shown.network.text,
        "story": entry.story if entry is not None else "",
        "network": shown.network.to_dict(),
        "domain": _domain(shown, machine),
        "targets": _targets(shown),
        "decision": dict(decision),
        "said": None if explanation is None else _said(shown, explanation),
        "verdict": None if shown.report is None else _verdict(shown.report),
        "roles": _roles(shown, machine, decision),
        "stories": _stories(shown),
        "zoo": entry is not None,
        "homework": [dict(task) for task in shown.homework],
        "others": [
            {"name": e.name, "title": e.title, "network": e.network.to_dict()} for e in shown.others
        ],
    }


def to_json(data: Mapping[str, Any]) -> str:
    """Write data for a page: nothing in it can end the element that holds it.

    >>> to_json({"why": "</script>"})
    '{"why":"\\\\u003c/script>"}'
    """
    return json.dumps(data, separators=(",", ":"), ensure_ascii=False).replace("<", "\\u003c")


def _row(values: Iterable[Rational]) -> list[str]:
    return [text(v) for v in values]


def _domain(shown: Shown, machine: Machine) -> dict[str, Any]:
    domain = shown.domain
    data: dict[str, Any] = {
        "kind": domain.kind,
        "text": domain.text,
        "finite": domain.finite,
        "rows": [_row(r) for r in shown.rows],
        "labels": [label(r) for r in shown.rows] if domain.kind == "box" else list(domain.labels),
    }
    if domain.bounds is not None:
        data["bounds"] = [_row(pair) for pair in domain.bounds]
    if domain.kind == "box":  # the page itself finds them for one and two inputs only
        wiring = machine.wiring
        names = [n for unit in wiring.units for n in (unit, f"{unit}.pre")]
        data["ranges"] = {n: [number(v) for v in machine.interval(n)] for n in names}
    return data


def _targets(shown: Shown) -> list[list[str]] | None:
    if shown.entry is None:
        return None
    task = shown.entry.task
    return [_row(task.target(row)) for row in shown.rows]


def _said(shown: Shown, explanation: Explanation) -> dict[str, Any]:
    data: dict[str, Any] = {"explanation": explanation.to_dict()}
    with workprec():
        data["numbers"] = {name: number(v) for name, v in explanation.numbers.items()}
        same = all(
            (said := explanation.units.get(unit)) is not None
            and said.activation == layer.activation
            for layer in shown.network.layers
            for unit in layer.units
        )
        whole = set(shown.network.wiring.parameters()) <= set(data["numbers"])
        data["derives"] = bool(same and whole)
        data["outcomes"] = [
            {"intervention": o.intervention.text, "values": values, "why": o.why}
            for o in explanation.outcomes
            if (values := _outcome(shown, explanation, o)) is not None
        ]
    return data


def _outcome(shown: Shown, explanation: Explanation, outcome: Any) -> list[Any] | None:
    """Return stated outputs on each row; None for a family, or what reads more than the input."""
    if outcome.intervention.is_family or outcome.intervention.needs_source:
        return None
    expressions = [outcome.outputs.get(name) for name in shown.network.outputs]
    if any(e is None or len(e) != 1 for e in expressions):
        return None
    model = explanation.model(outputs=shown.network.outputs) if not explanation.blanks else None
    found = []
    for row in shown.rows:
        known = explanation.constants | dict(zip(shown.network.inputs, row, strict=True))
        if model is not None:  # an expression may speak of units
            known = model.values(row) | known
        try:
            found.append([number(e[0].evaluate(known)) for e in expressions])
        except ToynetsError:
            return None
    return found


def _verdict(report: Report) -> dict[str, Any]:
    from toynets.verification.report import LEVELS, MEANING

    return {
        "verdict": report.verdict,
        "level": LEVELS[report.verdict],
        "meaning": MEANING,
        "domain": report.domain,
        "claim": report.claim,
        "cases": report.cases,
        "coverage": {name: str(share) for name, share in report.coverage.items()},
        "failed": list(report.failed),
        "wrong": sorted({s for check in report.checks.values() for s in check.subjects}),
        "witness": "" if report.witness is None else str(report.witness),
        "hash": report.hash,
    }


def _roles(
    shown: Shown, machine: Machine, decision: Mapping[str, Any]
) -> dict[str, dict[str, str]]:
    from toynets.verification import Decision, Roles

    network, explained = shown.network, shown.explanation
    epsilon = {}
    if explained is not None:
        epsilon = {row: explained.epsilon(row) for row in ("units", "weights", "ablations")}
    complete = shown.domain.finite
    with workprec():
        rule = Decision(decision, network.outputs)
        given = (network, machine, shown.rows, rule, epsilon)
        found = Roles(*given, complete=complete, bounds=shown.domain.bounds)
        return {name: found.of(name) for name in (*network.units, *network.numbers)}


def _stories(shown: Shown) -> list[dict[str, Any]]:
    """Return popular wrong readings: other numbers, or other outcomes, than the network has."""
    if shown.entry is None or shown.explanation is None:
        return []
    right = shown.explanation.numbers
    found: list[dict[str, Any]] = []
    with workprec():
        for wrong in shown.entry.wrong[:MOST_STORIES]:
            explanation = wrong.explanation
            if set(explanation.numbers) != set(right):
                continue
            numbers = {
                name: number(value)
                for name, value in explanation.numbers.items()
                if number(value) != number(right[name])
            }
            outcomes = {
                o.intervention.text: values
                for o, own in zip(explanation.outcomes, shown.explanation.outcomes, strict=False)
                if o != own and (values := _outcome(shown, explanation, o)) is not None
            }
            if numbers or outcomes:
                found.append({"says": wrong.says, "numbers": numbers, "outcomes": outcomes})
    return found


def rivals(entry: Entry, entries: Sequence[Entry], most: int = 3) -> tuple[Entry, ...]:
    """Return networks that the same explanation could be about: the same names, the same task.

    Args:
        entry: whose rivals.
        entries: where to look.
        most: so many, at most.

    >>> from toynets.zoo import load
    >>> [e.name for e in rivals(load("xor-sum"), [load("xor-difference"), load("and")])]
    ['xor-difference']
    """
    own = entry.network
    alike = [
        other
        for other in entries
        if other.name != entry.name
        and other.network.inputs == own.inputs
        and [la.units for la in other.network.layers] == [la.units for la in own.layers]
    ]
    alike.sort(key=lambda other: other.task.name != entry.task.name)
    return tuple(alike[:most])
