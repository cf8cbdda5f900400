"""The causal partition of a unit as a record: its classes, and how a concept fits them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from toynets import exact
from toynets.domain import Domain, Row
from toynets.errors import ToynetsError, Undecided
from toynets.fields import field, record
from toynets.rationals import ZERO, Rational, short
from toynets.rationals import text as exact_text
from toynets.verification.check import Side
from toynets.verification.compare import Decision, shown, size
from toynets.verification.partition import Grade, Swaps, Told, graded_by
from toynets.verification.phrases import classes_name
from toynets.verification.swapping import all_swaps

LEVELS = ("value", "decision")
CASES = 2_000_000
MOST_PAIRS = 65_536  # of inputs that are swapped with each other alone


@record(frozen=True)
class Class:
    """Inputs that a unit does not tell apart.

    Attributes:
        inputs: their labels.
        activations: the values that the unit has on them, in words, each once.
        outcomes: what comes out on each input with the unit taken from the first of them: the
            outputs in words, or the decision.
    """

    inputs: tuple[str, ...]
    activations: tuple[str, ...]
    outcomes: tuple[str, ...]


@record(frozen=True)
class Pairwise:
    """The relation in which two inputs are swapped with each other alone, with no third as base.

    Attributes:
        more: how many pairs are alike by it that the partition tells apart.
        example: labels of such a pair, or ().
        bridge: labels a, b, c with a like b and b like c but a not like c, or (): the relation
            then makes no classes.
    """

    more: int
    example: tuple[str, ...] = ()
    bridge: tuple[str, ...] = ()


@record(frozen=True)
class Partition:
    """Which inputs a unit tells apart, as far as any output notices.

    Attributes:
        network, hash: of the network.
        unit: whose activation is swapped.
        level: `value` or `decision`.
        domain: in symbols.
        rows: the labels of the inputs.
        within: the tolerance by value; 0 where exactly.
        classes: in the order of their first inputs.
        name: a function with these classes, such as `OR`, or "".
        bridge: labels a, b, c with a like b and b like c but a not like c, where a tolerance makes
            the relation one that is not transitive; else ().
        pairwise: the relation without third inputs, or None where there are too many pairs.
        swaps: how many (source, input) pairs were run.
        verdict: `exhaustive`, `sampled`, or `unknown` (then there are no classes).
        rule: the decision in words.
        concept: what the explanation says that the unit stands for, or "".
        grade: how the concept fits, or None without one.
        arithmetic: the runs that show why it does not fit.
        why: why it is unknown, or "".
        outputs: names.
    """

    network: str
    hash: str
    unit: str
    level: str
    domain: str
    rows: tuple[str, ...]
    within: Rational
    classes: tuple[Class, ...]
    name: str
    bridge: tuple[str, ...]
    pairwise: Pairwise | None
    swaps: int
    verdict: str
    rule: str
    concept: str = ""
    grade: Grade | None = None
    arithmetic: tuple[str, ...] = ()
    why: str = ""
    outputs: tuple[str, ...] = field(default=())

    @property
    def relation(self) -> str:
        """What makes two inputs alike, in one sentence."""
        if self.level == "decision":
            return (
                f"two inputs are alike if the decision ({self.rule}) on every input is the same, "
                "whichever of the two the unit is taken from: an equivalence."
            )
        what = "the outputs on every input are the same"
        if self.within > 0:
            what = f"no output on any input differs by more than {short(self.within)}"
        start = f"two inputs are alike if {what}, whichever of the two the unit is taken from: "
        if self.within == 0:
            return start + "an equivalence."
        if not self.bridge:
            return start + "here an equivalence, though a tolerance does not always make one."
        a, b, c = self.bridge
        return start + (
            f"not an equivalence ({a} is like {b}, {b} like {c}, but not {a} like {c}); in the "
            "order of the inputs, each joins the first class of which it is like every member."
        )

    @property
    def heading(self) -> str:
        """What it is the partition of, and into what, in one line."""
        level = self.level + (f" within {short(self.within)}" if self.within > 0 else "")
        head = f"{self.unit} of {self.network} on {self.domain}, by {level}: "
        if self.verdict == "unknown":
            return head + f"unknown, {self.why}"
        count = len(self.classes)
        if count == 1:
            return head + "1 class: no output notices a swap"
        return head + f"{count} classes" + (f", those of {self.name}" if self.name else "")

    def _repr_html_(self) -> str:
        from toynets.verification.classes_text import table

        return table(self).html()

    def _repr_markdown_(self) -> str:
        from toynets.verification.classes_text import table

        return table(self).markdown()

    def __str__(self) -> str:
        from toynets.verification.classes_text import lines, table

        return "\n".join([str(table(self)), *lines(self)])

    def __repr__(self) -> str:
        return f"<Partition of {self.unit}: {self.heading.partition(', by ')[2]}>"

    def to_dict(self) -> dict[str, Any]:
        """Return the partition as plain data."""
        pairwise = self.pairwise
        return {
            "network": self.network,
            "hash": self.hash,
            "unit": self.unit,
            "level": self.level,
            "within": exact_text(self.within),
            "domain": self.domain,
            "verdict": self.verdict,
            "decision": self.rule,
            "relation": self.relation,
            "classes": [
                {
                    "inputs": list(c.inputs),
                    "activations": list(c.activations),
                    "outcomes": dict(zip(self.rows, c.outcomes, strict=True)),
                }
                for c in self.classes
            ],
            "name": self.name,
            "bridge": list(self.bridge),
            "pairwise": None
            if pairwise is None
            else {
                "more": pairwise.more,
                "example": list(pairwise.example),
                "bridge": list(pairwise.bridge),
            },
            "swaps": self.swaps,
            "concept": self.concept,
            "grade": None
            if self.grade is None
            else {
                "grade": self.grade.grade,
                "pair": list(self.grade.pair),
                "reason": self.grade.reason,
            },
            "arithmetic": list(self.arithmetic),
            "why": self.why,
        }


def partition_of(
    network: Any,
    domain: Domain,
    unit: str,
    *,
    level: str,
    decision: Decision,
    within: Rational = ZERO,
    concept: Any = None,
    model: Any = None,
    constants: Any = None,
    cases: int = CASES,
) -> Partition:
    """Compute which inputs a unit tells apart.

    Args:
        network: a `toynets.Network`.
        domain: finite or sampled; each input is base and source.
        unit: a hidden unit or an output.
        level: `value` or `decision`.
        decision: from outputs to a choice.
        within: by value, how far outputs may be apart that count as the same.
        concept: an expression that is graded against the partition, or None.
        model: the causal model of the explanation; its units are what the concept speaks of.
        constants: parameters that the concept may use.
        cases: how many swaps may be run; over it the partition is unknown.

    Raises:
        ToynetsError: no such unit or level, no decision rule, or a concept without a value.
    """
    if level == "decision" and not decision:
        raise ToynetsError(
            f"{network.name or 'the network'} has no decision rule, so that nothing can be told "
            "apart by decision.",
            fix="ask for the partition by value.",
        )
    rows = domain.rows
    machine = exact.Machine(network, domain)
    measured = Side(machine, network.wiring)
    derived = None if model is None else Side(model, model.wiring)
    made: dict[str, Any] = {
        "network": network.name or network.text,
        "hash": network.hash,
        "unit": unit,
        "level": level,
        "domain": domain.text,
        "rows": tuple(domain.labels),
        "within": within if level == "value" else ZERO,
        "rule": decision.text,
        "concept": "" if concept is None else str(concept),
        "outputs": network.outputs,
    }
    empty: dict[str, Any] = {"classes": (), "name": "", "bridge": (), "pairwise": None, "swaps": 0}
    if len(rows) ** 2 > cases:
        why = f"{len(rows)} inputs make {len(rows) ** 2} swaps, over the limit of {cases}"
        return Partition(**made, **empty, verdict="unknown", why=why)
    try:
        swaps = all_swaps(measured, rows, unit, derived)
        told = swaps.by_decision(decision) if level == "decision" else swaps.beyond(within)
        numbers = swaps.classes(told)
    except Undecided as error:
        return Partition(**made, **empty, verdict="unknown", why=error.message.rstrip("."))
    found = Partition(
        **made,
        classes=_classes(swaps, numbers, machine, unit, level, decision, domain.labels),
        name=_name(machine, rows, numbers, unit) if domain.finite else "",
        bridge=_bridge(swaps, told, domain.labels) if made["within"] > 0 else (),
        pairwise=_pairwise(swaps, numbers, level, decision, within, domain.labels),
        swaps=len(swaps.outcomes) * len(rows),
        verdict="exhaustive" if domain.finite else "sampled",
    )
    if concept is None:
        return found
    values = _concept_values(concept, derived or measured, network, rows, constants or {})
    graded = graded_by(level, values, swaps, within, decision)
    if graded.grade == "too fine" and not domain.finite:
        graded = Grade("unknown", graded.pair, graded.reason + " in the sample", level)
    lines: tuple[str, ...] = ()
    if graded.rows:
        from toynets.verification.classes_text import runs_that_show

        lines = runs_that_show(network, domain, unit, swaps, graded, decision, level, within)
    from toynets.fields import replace

    return replace(found, grade=graded, arithmetic=lines)


def _name(machine: Any, rows: Sequence[Row], numbers: Sequence[int], unit: str) -> str:
    sizes = [size(machine.values(x)[unit]) for x in rows]
    return classes_name(rows, numbers, sizes, machine.wiring.inputs)


def _concept_values(
    concept: Any, side: Side, network: Any, rows: Sequence[Row], constants: Any
) -> list[Any]:
    names = (*network.inputs, *network.units)
    values = (side.runner.values(x) for x in rows)
    return [concept.evaluate({**{n: v[n] for n in names}, **constants}) for v in values]


def _classes(
    swaps: Swaps,
    numbers: Sequence[int],
    machine: Any,
    unit: str,
    level: str,
    decision: Decision,
    labels: Sequence[str],
) -> tuple[Class, ...]:
    found = []
    for number in range(max(numbers) + 1):
        members = [i for i, k in enumerate(numbers) if k == number]
        values = dict.fromkeys(shown(machine.values(swaps.rows[i])[unit]) for i in members)
        outcomes = swaps.outcomes[swaps.same[members[0]]]
        found.append(
            Class(
                tuple(labels[i] for i in members),
                tuple(values),
                tuple(said(o, level, decision) for o in outcomes),
            )
        )
    return tuple(found)


def said(outputs: Sequence[Any], level: str, decision: Decision) -> str:
    """Write the outputs of a run, or the decision that they are."""
    if level == "decision":
        return " ".join(decision(outputs)[0] or ("?",))
    return ", ".join(shown(v) for v in outputs)


def _bridge(swaps: Swaps, told: Told, labels: Sequence[str]) -> tuple[str, ...]:
    """Return labels of a, b, c with a like b and b like c but a not like c, or ()."""
    count = len(swaps.outcomes)
    alike = [[t for t in range(count) if t != s and not told(s, t)] for s in range(count)]
    found = _not_transitive(alike)
    return tuple(labels[swaps.same.index(s)] for s in found)


def _not_transitive(alike: Sequence[Sequence[int]]) -> tuple[int, ...]:
    sets = [set(others) for others in alike]
    for b, others in enumerate(alike):
        for k, a in enumerate(others):
            for c in others[k + 1 :]:
                if c not in sets[a]:
                    return a, b, c
    return ()


def _pairwise(
    swaps: Swaps,
    numbers: Sequence[int],
    level: str,
    decision: Decision,
    within: Rational,
    labels: Sequence[str],
) -> Pairwise | None:
    """Return what the relation would be if the two inputs alone were bases."""
    count = len(numbers)
    if count * count > MOST_PAIRS:
        return None
    alike: list[list[int]] = [[] for _ in range(count)]
    more = 0
    example: tuple[str, ...] = ()
    for i in range(count):
        for j in range(i):
            s, t = swaps.same[i], swaps.same[j]
            # Two bases, so that a tiny family of outcomes is compared by the same rules.
            two = Swaps(
                (swaps.rows[i], swaps.rows[j]),
                (0, 1),
                [[swaps.outcomes[k][i], swaps.outcomes[k][j]] for k in (s, t)],
            )
            told = two.by_decision(decision) if level == "decision" else two.beyond(within)
            if told(0, 1) is not False:
                continue
            alike[i].append(j)
            alike[j].append(i)
            if numbers[i] != numbers[j]:
                more += 1
                example = example or (labels[j], labels[i])
    bridge = tuple(labels[k] for k in _not_transitive(alike))
    return Pairwise(more, example, bridge)
