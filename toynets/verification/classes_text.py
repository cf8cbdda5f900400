"""A causal partition as people read it: a table, a few lines, and the runs that show a misfit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from toynets import exact
from toynets.display import Table
from toynets.domain import Domain, label
from toynets.rationals import Rational, short
from toynets.verification.compare import Decision, bound, compare, shown
from toynets.verification.partition import Grade, Swaps

if TYPE_CHECKING:
    from toynets.verification.classes import Partition

SHOWN_INPUTS = 16


def table(found: Partition) -> Table:
    """Return a row per class: its inputs, the activation, and what comes out with it."""
    columns = ["class", "inputs", found.unit]
    wide = len(found.rows) <= SHOWN_INPUTS
    if wide:
        what = "decision" if found.level == "decision" else ", ".join(found.outputs)
        columns.append(f"{what} on {' '.join(found.rows)} with {found.unit} taken from there")
    rows = []
    for number, one in enumerate(found.classes, start=1):
        cells = [str(number), _listed(one.inputs), _listed(one.activations, 4)]
        rows.append([*cells, *([" ".join(one.outcomes)] if wide else [])])
    return Table(columns, rows, title=found.heading)


def summary(found: Sequence[Partition], title: str) -> Table:
    """Return a row per unit and level: classes, their name, the concept and its grade."""
    rows = []
    for one in found:
        classes = " ".join("{" + _listed(c.inputs, 8) + "}" for c in one.classes)
        grade = "" if one.grade is None else one.grade.grade
        level = one.level + (f" within {short(one.within)}" if one.within > 0 else "")
        cells = [one.unit, level, one.heading.rpartition(": ")[2]]
        rows.append([*cells, classes, one.concept, grade])
    columns = ["unit", "by", "tells apart", "classes", "concept", "fits"]
    keep = [k for k in range(len(columns)) if k < 4 or any(row[k] for row in rows)]
    domain = f" on {found[0].domain}" if found else ""
    return Table(
        [columns[k] for k in keep],
        [[row[k] for k in keep] for row in rows],
        title=f"{title}: what each unit tells apart{domain}",
    )


def lines(found: Partition) -> list[str]:
    """Return what is said below the table: the concept, the relation, what was tried."""
    made = []
    if found.grade is not None:
        grade = found.grade
        text = f"concept {found.concept}: {grade.grade} by {found.level}"
        said = "" if grade.grade == "unknown" and not grade.pair else "it "
        made.append(text + (f": {said}{grade.reason}" if grade.reason else ""))
        made += [f"  {line}" for line in found.arithmetic]
    if found.verdict == "unknown":
        return made
    made.append(f"relation: {found.relation}")
    made += _pairwise(found)
    made.append(f"{found.verdict}: {found.swaps} swaps run exactly, on {found.domain}")
    return made


def _pairwise(found: Partition) -> list[str]:
    pairwise = found.pairwise
    if pairwise is None or not pairwise.more:
        return []
    a, b = pairwise.example
    pairs = "1 more pair is" if pairwise.more == 1 else f"{pairwise.more} more pairs are"
    text = f"swapped with each other alone, with no third input, {pairs} alike, such as {a} and {b}"
    if pairwise.bridge:
        a, b, c = pairwise.bridge
        text += f"; that makes no classes: {a} is like {b}, {b} like {c}, but not {a} like {c}"
    return [text + "."]


def _listed(words: Sequence[str], most: int = SHOWN_INPUTS) -> str:
    shown_ones = ", ".join(words[:most])
    return shown_ones if len(words) <= most else f"{shown_ones}, … ({len(words)})"


def runs_that_show(
    network: Any,
    domain: Domain,
    unit: str,
    swaps: Swaps,
    grade: Grade,
    decision: Decision,
    level: str,
    within: Rational,
) -> tuple[str, ...]:
    """Write out the runs that show why a concept does not fit.

    Two inputs that it merges are told apart on some input: the simplest is calculated with the unit
    taken from each. Two that it separates are alike on every input: the outcomes are listed.
    """
    from toynets.verification.classes import said

    made: list[str] = []
    pairs = [grade.rows[k : k + 2] for k in range(0, len(grade.rows), 2)]
    for k, (i, j) in enumerate(pairs):
        s, t = swaps.same[i], swaps.same[j]
        a, b = label(swaps.rows[i]), label(swaps.rows[j])
        if grade.grade == "too fine" or k == 1:  # crossing: the merged pair comes first
            made += _alike(network, domain, unit, swaps, (i, j), decision, level)
            continue
        base = next(
            z
            for z in sorted(range(len(swaps.rows)), key=lambda z: _simple(swaps, z))
            if _differs(swaps.outcomes[s][z], swaps.outcomes[t][z], level, decision, within)
        )
        first, second = (said(swaps.outcomes[n][base], level, decision) for n in (s, t))
        what = "the decision is" if level == "decision" else f"{', '.join(network.outputs)} ="
        made.append(
            f"on input {label(swaps.rows[base])}: with {unit} taken from {a} {what} {first}; "
            f"from {b} {what} {second}"
        )
        for source in (i, j):
            trace = exact.trace(
                network,
                swaps.rows[base],
                f"{unit} = {unit}(x')",
                source=swaps.rows[source],
                domain=domain,
            )
            made += [f"  {line}" for line in trace.arithmetic]
    return tuple(made)


def _simple(swaps: Swaps, z: int) -> tuple[int, int]:
    return sum(1 for v in swaps.rows[z] if v != 0), z


def _differs(
    one: Sequence[Any], other: Sequence[Any], level: str, decision: Decision, within: Rational
) -> bool:
    if level == "decision":
        return bool(decision(one)[0] != decision(other)[0])
    return any(
        compare(u, v, bound(within))[1] is False for u, v in zip(one, other, strict=True)
    )


def _alike(
    network: Any,
    domain: Domain,
    unit: str,
    swaps: Swaps,
    pair: tuple[int, int],
    decision: Decision,
    level: str,
) -> list[str]:
    """List what comes out with the unit taken from two inputs that are alike."""
    from toynets.verification.classes import said

    machine = exact.Machine(network, domain)
    made = []
    rows = swaps.rows[:SHOWN_INPUTS]
    for i in pair:
        value = shown(machine.values(swaps.rows[i])[unit])
        outcomes = swaps.outcomes[swaps.same[i]][: len(rows)]
        words = " ".join(said(o, "value", decision) for o in outcomes)
        made.append(f"with {unit} taken from {label(swaps.rows[i])} ({value}): {words}")
        if level == "decision":
            choices = " ".join(said(o, level, decision) for o in outcomes)
            made[-1] += f", decided {choices}"
    more = ", …" if len(swaps.rows) > len(rows) else ""
    return [f"on inputs {' '.join(label(x) for x in rows)}{more}", *made]
