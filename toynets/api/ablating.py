"""`toynets.ablate`: the outcomes of one intervention on every input, stated, derived, measured."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from toynets.api.formatting import brief, decimals, rounded, same, signed
from toynets.api.subject import Subject, read_point, subject
from toynets.display import Table, escape
from toynets.domain import Domain, Row, label
from toynets.errors import ToynetsError, Undecided
from toynets.rationals import ZERO, short, workprec
from toynets.rationals import text as exact_text
from toynets.wiring import Plan, kind_of

if TYPE_CHECKING:
    from toynets.records import Values

MOST_CASES = 20_000
MOST_ROWS = 64
SHOWN_ROWS = 16

Numbers = tuple[Any, ...]


@dataclass(frozen=True)
class Case:
    """One input under the intervention (under one source, or at one extreme of it).

    Attributes:
        x: the input, exact.
        label: as it is printed.
        source: label of the source of `resample`, or "".
        extreme: `min` or `max` of each output for `worst`, or "".
        clean: the outputs without the intervention.
        measured: what the network gives.
        derived: what the explanation's own mechanisms give, or None.
        stated: what the explanation states, or None.
    """

    x: Row
    label: str
    source: str
    extreme: str
    clean: Numbers
    measured: Numbers
    derived: Numbers | None = None
    stated: Numbers | None = None

    @property
    def effect(self) -> Numbers:
        """Outcome minus clean output."""
        return tuple(m - c for m, c in zip(self.measured, self.clean, strict=True))

    @property
    def changed(self) -> bool:
        """Whether any output differs from the clean one."""
        return not all(same(m, c) for m, c in zip(self.measured, self.clean, strict=True))


class Ablation:
    """What an intervention does to a network, input by input.

    Attributes:
        subject: the network and what is said of it.
        plan: the intervention, resolved.
        kind: `zero`, `cut`, `flip`, `mean`, `resample`, `worst`, `patch`, …
        cases: one `Case` for each input (and source, or extreme).
        notes: what the reader should be told, for example that nothing changed.
    """

    def __init__(
        self, about: Subject, plan: Plan, cases: Sequence[Case], notes: Sequence[str]
    ) -> None:
        self.subject = about
        self.plan = plan
        self.kind = kind_of(plan)
        self.cases = tuple(cases)
        self.notes = tuple(notes)

    @property
    def intervention(self) -> str:
        """The text of the intervention, in its standard form."""
        return self.plan.text

    @property
    def phrase(self) -> str:
        """The intervention in words: `without h2`."""
        from toynets.verification.phrases import phrase

        return phrase(self.plan)

    @property
    def outcomes(self) -> tuple[Values, ...]:
        """The outputs under the intervention, a `Values` of `Fraction` or `Ball` per case."""
        return tuple(self._public(case.measured) for case in self.cases)

    @property
    def effects(self) -> tuple[Values, ...]:
        """Outcome minus clean output, per case."""
        return tuple(self._public(case.effect) for case in self.cases)

    @property
    def derived(self) -> tuple[Values | None, ...]:
        """What the explanation derives, per case; None where it has no say."""
        return tuple(self._public(c.derived) if c.derived else None for c in self.cases)

    @property
    def stated(self) -> tuple[Values | None, ...]:
        """What the explanation states, per case; None where it states nothing."""
        return tuple(self._public(c.stated) if c.stated else None for c in self.cases)

    @property
    def changed(self) -> bool:
        """Whether any output changes on any input that was tried."""
        return any(case.changed for case in self.cases)

    def _public(self, values: Numbers) -> Values:
        from toynets.exact.boundary import public
        from toynets.records import Values

        return Values([public(v) for v in values], self.subject.network.outputs)

    @property
    def tolerance(self) -> Any:
        """To within what the explanation claims its outcomes; 0 where exactly, or there is none."""
        explanation = self.subject.explanation
        return ZERO if explanation is None else explanation.epsilon("ablations")

    def write(self, values: Numbers | None, effect: bool = False) -> str:
        """Write outputs for a table: rounded where the explanation has a tolerance."""
        if values is None:
            return ""
        if self.tolerance > 0:
            texts = [rounded(v, self.tolerance) for v in values]
            if effect:
                pairs = zip(values, texts, strict=True)
                texts = [f"+{t}" if v > 0 and t != "0" else t for v, t in pairs]
            return ", ".join(texts)
        return ", ".join(signed(v) if effect else brief(v) for v in values)

    @property
    def heading(self) -> str:
        """What is shown, in one line."""
        outputs = ", ".join(self.subject.network.outputs)
        head = f"{self.subject.name} {self.phrase}: outcomes of {outputs}"
        return f"{head}, and the effect (outcome - clean output)"

    def input_cells(self) -> tuple[list[str], list[list[str]]]:
        """Return the columns that say which case a row is: headings, and cells per case."""
        inputs = self.subject.network.inputs
        wide = len(inputs) <= 6
        heads = list(inputs) if wide else ["input"]
        heads += ["source"] if any(c.source for c in self.cases) else []
        heads += ["extreme"] if any(c.extreme for c in self.cases) else []
        rows = []
        for case in self.cases:
            cells = [brief(v) for v in case.x] if wide else [case.label]
            rows.append(cells + [part for part in (case.source, case.extreme) if part])
        return heads, rows

    def table(self) -> Table:
        """Return a row per case: stated, derived, measured, effect.

        Of more than 64 cases the 16 with the largest effect are shown, and the title says so.
        """
        heads, rows = self.input_cells()
        parts = [
            (name, [getattr(c, name) for c in self.cases])
            for name in ("stated", "derived")
            if any(getattr(c, name) is not None for c in self.cases)
        ]
        columns = [*heads, *(name for name, _ in parts), "network", "effect"]
        cells = []
        for k, case in enumerate(self.cases):
            effect = self.write(case.effect, effect=True) if case.changed else "0"
            known = [self.write(values[k]) for _, values in parts]
            cells.append([*rows[k], *known, self.write(case.measured), effect])
        title = self.heading
        if len(cells) > MOST_ROWS:
            order = sorted(range(len(cells)), key=lambda k: -_largest(self.cases[k].effect))
            title += f"; the {SHOWN_ROWS} largest effects of {len(cells)} cases"
            cells = [cells[k] for k in sorted(order[:SHOWN_ROWS])]
        return Table(columns, cells, title=title, right=columns, records=self._records())

    def _records(self) -> list[dict[str, Any]]:
        return [
            {
                "x": [exact_text(v) for v in case.x],
                "source": case.source,
                "extreme": case.extreme,
                "clean": self._public(case.clean).to_dict(),
                "stated": None if case.stated is None else self._public(case.stated).to_dict(),
                "derived": None if case.derived is None else self._public(case.derived).to_dict(),
                "measured": self._public(case.measured).to_dict(),
                "effect": self._public(case.effect).to_dict(),
            }
            for case in self.cases
        ]

    def to_dict(self) -> dict[str, Any]:
        """Return the record as plain data; numbers are exact text, balls have both ends."""
        return {
            "network": self.subject.name,
            "hash": self.subject.network.hash,
            "domain": self.subject.domain.text,
            "intervention": self.intervention,
            "kind": self.kind,
            "phrase": self.phrase,
            "changed": self.changed,
            "cases": self._records(),
            "notes": list(self.notes),
        }

    def __str__(self) -> str:
        return "\n".join([str(self.table()), *self.notes])

    def __repr__(self) -> str:
        return f"<Ablation {self.subject.name}, {self.intervention or 'clean'}: {len(self)} cases>"

    def __len__(self) -> int:
        return len(self.cases)

    def __iter__(self) -> Iterator[Case]:
        return iter(self.cases)

    def _repr_html_(self) -> str:
        return self.table().html() + "".join(f"<p>{escape(n)}</p>" for n in self.notes)

    def _repr_markdown_(self) -> str:
        return "\n\n".join([self.table().markdown(), *self.notes])


def ablate(
    thing: Any,
    intervention: Any,
    *,
    x: Any = None,
    source: Any = None,
    domain: Domain | None = None,
) -> Ablation:
    """Return the outcomes and effects of an intervention on every input, exactly.

    What the network gives (measured) stands beside what its explanation derives without it and
    what the explanation states. The kind of ablation is part of the intervention: `h2 = 0`,
    `h2 = mean`, `h2 = resample`, `x1->h2 = 0`.

    Args:
        thing: an entry of the zoo or its name, a `Network`, or a file of one.
        intervention: its text.
        x: one input only; default every input of the domain (of a box, some of its points).
        source: the input that x' in the intervention names.
        domain: the inputs; default the task's, or all bits.

    Returns:
        `Ablation`: `.outcomes`, `.effects`, `.stated`, `.derived`, `.notes`, `.table()`. For
        `resample` a case per input and source, for `worst` one per input and extreme.

    Raises:
        ToynetsError: names that are not there, a missing source, an input of the wrong length, or
            a family of more than 20,000 cases.

    >>> without = ablate("xor-sum", "h2 = 0")
    >>> without.outcomes, without.effects
    ((0, 1, 1, 2), (0, 0, 0, 2))
    >>> ablate("xor-sum", "h1.bias = 0").notes
    ('nothing changes on any input: h1.bias is already 0.',)
    """
    about = subject(thing, domain)
    plan = about.network.wiring.resolve(intervention)
    rows, labels = about.rows, about.labels
    if x is not None:
        rows = (read_point(x, about.network),)
        labels = (label(rows[0]),)
    other = None if source is None else read_point(source, about.network, "the source")
    _check_size(about, plan, len(rows))
    with workprec():
        cases = _Columns(about, plan, other).cases(rows, labels)
    made = Ablation(about, plan, cases, ())
    made.notes = tuple(_notes(about, plan, made, x is not None))
    return made


def _largest(effect: Numbers) -> float:
    from toynets.verification.compare import size

    return max(abs(size(e)) for e in effect)


def _check_size(about: Subject, plan: Plan, rows: int) -> None:
    count = rows * len(about.rows) ** len(plan.groups)
    if count > MOST_CASES:
        raise ToynetsError(
            f"{plan.text} stands for {count} cases, more than {MOST_CASES}.",
            cause="resample takes every other input as source, each clause by itself.",
            fix="name one input (x=…, or --x), or write one clause: h1, h2 = resample.",
        )


class _Columns:
    """Evaluates one intervention on both sides, as far as there are two."""

    def __init__(self, about: Subject, plan: Plan, source: Row | None) -> None:
        self.about = about
        self.machine = about.machine
        self.plan = plan
        self.source = source
        self.worst = "worst" in plan.intervention.words
        # The range over a box is worked out on the network's side only.
        self.model = None if self.worst and about.domain.kind == "box" else about.model
        self.own: Plan | None = None
        if self.model is not None:
            self.own = self.model.plan(plan.text)
        self.stated = self._stated_outputs()

    def _stated_outputs(self) -> dict[str, tuple[Any, ...]]:
        explanation = self.about.explanation
        if explanation is None:
            return {}
        wanted = _key(self.plan.intervention)
        for outcome in explanation.outcomes:
            if _key(outcome.intervention) == wanted and any(outcome.outputs.values()):
                return dict(outcome.outputs)
        return {}

    def cases(self, rows: Sequence[Row], labels: Sequence[str]) -> list[Case]:
        found = []
        for x, name in zip(rows, labels, strict=True):
            clean = self.machine.outcome(x)
            for draws in self.machine.draws(x, self.plan):
                drawn = ", ".join(label(row) for row in draws.values())
                for extreme, measured, derived, stated in self._runs(x, draws):
                    found.append(
                        Case(tuple(x), name, drawn, extreme, clean, measured, derived, stated)
                    )
        return found

    def _runs(
        self, x: Row, draws: dict[int, Row]
    ) -> Iterator[tuple[str, Numbers, Numbers | None, Numbers | None]]:
        given: dict[str, Any] = {"source": self.source, "draws": draws}
        if not self.worst:
            measured = self.machine.outcome(x, self.plan, **given)
            derived = self._derive(lambda: self.model.outcome(x, self.own, **given))
            yield "", measured, derived, self._state(x, 0)
            return
        both = self.machine.worst(x, self.plan, **given)
        pairs = self._derive(lambda: self.model.worst(x, self.own, **given))
        for k, extreme in enumerate(("min", "max")):
            yield (
                extreme,
                tuple(pair[k] for pair in both),
                None if pairs is None else tuple(pair[k] for pair in pairs),
                self._state(x, k),
            )

    def _derive(self, compute: Any) -> Any:
        """Return the explanation's column, or None where it has none (a ball straddles a step)."""
        if self.model is None:
            return None
        try:
            return compute()
        except Undecided:
            return None

    def _state(self, x: Row, side: int) -> Numbers | None:
        outputs = self.about.network.outputs
        if not all(self.stated.get(o) for o in outputs):
            return None
        explanation = self.about.explanation
        assert explanation is not None
        known = dict(zip(explanation.inputs, x, strict=True)) | explanation.constants
        try:
            return tuple(
                self.stated[o][min(side, len(self.stated[o]) - 1)].evaluate(known) for o in outputs
            )
        except Undecided:
            return None


def _key(intervention: Any) -> Any:
    """Return what makes two interventions the same: their clauses act at once, in any order."""
    if "resample" in intervention.words:
        return intervention.text  # a shared clause shares its source
    flat = type(intervention)
    return frozenset(
        (t.text, c.op, flat((type(c)((t,), c.op, c.value),)).text)
        for c in intervention.clauses
        for t in c.targets
    )


def _notes(about: Subject, plan: Plan, made: Ablation, one: bool) -> list[str]:
    notes = list(plan.notes)
    if about.domain_note:
        notes.append(about.domain_note)
    if made.tolerance > 0:
        notes.append(
            f"rounded to {decimals(made.tolerance)} decimals: the explanation claims its outcomes "
            f"to within {short(made.tolerance)}."
        )
    if not plan.text:
        notes.append("the empty intervention: the clean run.")
    elif not made.changed:
        where = "on this input" if one else "on any input"
        if about.domain.kind in ("box", "sampled"):
            where += " that was tried"
        notes.append(f"nothing changes {where}{_why_nothing(about, plan)}.")
    return notes


def _why_nothing(about: Subject, plan: Plan) -> str:
    """Say why nothing changes, where the numbers show it: ": h1.bias is already 0"."""
    from toynets.rationals import from_float

    if plan.edits and not plan.replacements and not plan.paths:
        numbers = {e.name: from_float(about.network.numbers[e.name]) for e in plan.edits}
        if all(e.apply(numbers[e.name]) == numbers[e.name] for e in plan.edits):
            values = {brief(v) for v in numbers.values()}
            if len(values) == 1:
                are = "are" if len(numbers) > 1 else "is"
                return f": {' and '.join(numbers)} {are} already {values.pop()}"
    if len(plan.replacements) == 1 and not plan.edits and not plan.paths:
        name = plan.replacements[0].name + (".pre" if plan.replacements[0].pre else "")
        values = {brief(about.machine.values(x)[name]) for x in about.rows}
        if len(values) == 1 and values == {brief(plan.replacements[0].value)[:99]}:
            return f": {name} is {values.pop()} on every input anyway"
    return ""
