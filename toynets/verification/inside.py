"""Where two explanations differ in what they say of a unit, and the run that decides it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

from toynets.domain import Domain, Row, label
from toynets.errors import ToynetsError, Undecided
from toynets.fields import record
from toynets.verification.check import Side
from toynets.verification.compare import Decision, bound, compare, shown, shown_all
from toynets.verification.swapping import all_swaps
from toynets.verification.voices import ExplanationVoice


@record(frozen=True)
class Inside:
    """A difference in what is said of one unit.

    Attributes:
        unit: which.
        what: `expression` (what it computes) or `concept` (what it tells apart).
        a, b: the formulas of both sides.
        experiment: the runs that decide, in words.
        says: what each side then expects, in words.
        network: what the network does, or "".
        agrees: `A`, `B`, `both`, `neither` or "".
    """

    unit: str
    what: str
    a: str
    b: str
    experiment: str
    says: str
    network: str = ""
    agrees: str = ""

    def __str__(self) -> str:
        tail = f"; the network: {self.network}: {whose(self.agrees)}" if self.network else ""
        return (
            f"{self.what} of {self.unit}: A says {self.a}, B says {self.b}. "
            f"{self.experiment}: {self.says}{tail}"
        )


def whose(agrees: str) -> str:
    """Say with whom a network agrees.

    >>> whose("A"), whose("neither")
    ('A is right', 'neither is right')
    """
    return {"both": "both are right", "neither": "neither is right"}.get(
        agrees, f"{agrees} is right"
    )


def differences(
    a: ExplanationVoice, b: ExplanationVoice, domain: Domain, network: Any = None
) -> list[Inside]:
    """Return for each unit the first difference in its expression, and in its concept.

    Args:
        a: one side.
        b: the other.
        domain: finite or sampled.
        network: what they are about, or None.
    """
    rows = sorted(domain.rows, key=lambda x: sum(1 for v in x if v != 0))
    found = []
    shared = [u for u in a.explanation.units if u in b.explanation.units]
    for unit in shared:
        for find in (_expression, _concept):
            try:
                one = find(a, b, unit, rows, domain, network)
            except (Undecided, ToynetsError):
                continue  # a formula without a value claims nothing that could be tried
            if one is not None:
                found.append(one)
    return found


def _expression(
    a: ExplanationVoice,
    b: ExplanationVoice,
    unit: str,
    rows: list[Row],
    domain: Domain,
    network: Any,
) -> Inside | None:
    """Return the smallest clean input on which two formulas of a unit have other values."""
    first, second = (v.explanation.units[unit].expression for v in (a, b))
    if first is None or second is None or str(first) == str(second):
        return None
    slack = [2 * v.explanation.epsilon("units") for v in (a, b)]
    for x in rows:
        said = [e.evaluate(v.known(x)) for v, e in ((a, first), (b, second))]
        if compare(said[0], said[1], bound(slack[0] + slack[1]))[1] is not False:
            continue
        measured, who = "", ""
        if network is not None:
            from toynets.exact import Machine

            value = Machine(network, domain).values(x)[unit]
            pairs = zip(said, slack, strict=True)
            right = [compare(s, value, bound(w))[1] is True for s, w in pairs]
            measured, who = shown(value), _who(right)
        return Inside(
            unit,
            "expression",
            str(first),
            str(second),
            f"read {unit} on input {label(x)}",
            f"A expects {shown(said[0])}, B {shown(said[1])}",
            measured,
            who,
        )
    return None


def _who(right: list[bool]) -> str:
    names = {(True, False): "A", (False, True): "B", (True, True): "both"}
    return names.get((right[0], right[1]), "neither")


def _concept(
    a: ExplanationVoice,
    b: ExplanationVoice,
    unit: str,
    rows: list[Row],
    domain: Domain,
    network: Any,
) -> Inside | None:
    """Return the smallest pair of inputs that one concept tells apart and the other does not."""
    first, second = (v.explanation.units[unit].concept for v in (a, b))
    if first is None or second is None or str(first) == str(second):
        return None
    values = [[e.evaluate(v.known(x)) for x in rows] for v, e in ((a, first), (b, second))]
    for i, j in _pairs(len(rows)):
        alike = [bool(column[i] == column[j]) for column in values]
        if alike[0] == alike[1]:
            continue
        p, q = label(rows[i]), label(rows[j])
        notices, silent = ("B", "A") if alike[0] else ("A", "B")
        says = f"{notices} expects that some output notices, {silent} that none does"
        swap = f"take {unit} from {p} and from {q}, on every input"
        measured, who = "", ""
        if network is not None:
            measured, noticed = _noticed(network, domain, unit, rows[i], rows[j], a)
            who = notices if noticed else silent
        return Inside(unit, "concept", str(first), str(second), swap, says, measured, who)
    return None


def _pairs(count: int) -> Iterator[tuple[int, int]]:
    return iter(sorted(itertools.combinations(range(count), 2), key=sum))


def _noticed(
    network: Any, domain: Domain, unit: str, p: Row, q: Row, a: ExplanationVoice
) -> tuple[str, bool]:
    """Return what happens to the outputs when a unit is taken from two inputs, and whether any."""
    from toynets.exact import Machine

    by_decision = a.explanation.metric_of("concepts") == "decision"
    decision = a.decision if by_decision else Decision({})
    swaps = all_swaps(Side(Machine(network, domain), network.wiring), domain.rows, unit)
    place = {id(x): k for k, x in enumerate(swaps.rows)}
    s, t = (swaps.same[place[id(x)]] for x in (p, q))
    limit = bound(a.explanation.epsilon("ablations"))
    order = sorted(range(len(swaps.rows)), key=lambda z: sum(1 for v in swaps.rows[z] if v != 0))
    for z in order:
        one, other = swaps.outcomes[s][z], swaps.outcomes[t][z]
        if by_decision:
            differs = decision(one)[0] != decision(other)[0]
        else:
            differs = any(
                compare(u, v, limit)[1] is False for u, v in zip(one, other, strict=True)
            )
        if differs:
            words = [shown_all(o, network.outputs) for o in (one, other)]
            return f"on input {label(swaps.rows[z])} it gives {words[0]} and {words[1]}", True
    return "no output changes", False
