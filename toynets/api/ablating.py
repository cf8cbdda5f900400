"""`toynets.ablate`: the outcomes of one intervention on every input, stated, derived, measured."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from toynets.api.columns import Case, Columns, Numbers, check_size
from toynets.api.formatting import brief, decimals, rounded, same, signed
from toynets.api.subject import BOX_POINTS, Subject, read_point, subject
from toynets.display import Table, escape
from toynets.domain import Domain, label
from toynets.rationals import ZERO, short, workprec
from toynets.rationals import text as exact_text
from toynets.wiring import Plan, kind_of

if TYPE_CHECKING:
    from toynets.records import Values

MOST_ROWS = 64
SHOWN_ROWS = 16


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
        x: one input only; default every input of the domain (of a box, some of its points, over
            which `mean` is taken and from which `resample` draws as well).
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
    given = subject(thing, domain)
    plan = given.network.wiring.resolve(intervention)
    about = _at_points(given, plan)
    rows, labels = about.rows, about.labels
    if x is not None:
        rows = (read_point(x, about.network),)
        labels = (label(rows[0]),)
    other = None if source is None else read_point(source, about.network, "the source")
    check_size(about, plan, len(rows))
    with workprec():
        cases = Columns(about, plan, other).cases(rows, labels)
    made = Ablation(about, plan, cases, ())
    made.notes = tuple(_notes(given, plan, made, x is not None))
    return made


def _at_points(about: Subject, plan: Plan) -> Subject:
    """Return the subject with a list of inputs, where an intervention is about one.

    With `worst`, whose range is over the whole box, there is none.
    """
    words = plan.intervention.words
    if about.domain.kind != "box" or "worst" in words or not words & {"mean", "resample"}:
        return about
    points = Domain.sampled(about.domain, count=BOX_POINTS)
    return Subject(about.network, points, about.explanation, about.entry, about.assumed)


def _largest(effect: Numbers) -> float:
    from toynets.verification.compare import size

    return max(abs(size(e)) for e in effect)


def _notes(about: Subject, plan: Plan, made: Ablation, one: bool) -> list[str]:
    notes = list(plan.notes)
    if about.domain_note:
        notes.append(about.domain_note)
    if made.subject.domain.kind != about.domain.kind:
        does = {"mean": "is the mean over", "resample": "draws from"}
        points = made.subject.domain.text
        notes += [f"`{w}` {does[w]} {points}." for w in does if w in plan.intervention.words]
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
        found = [about.machine.values(x)[name] for x in about.rows]
        value = plan.replacements[0].value
        # Where it is constant, its mean and its value on any other input are what it is anyway.
        own = not hasattr(value, "p") and not hasattr(value, "mid")
        if all(same(v, found[0]) for v in found) and (own or same(value, found[0])):
            points = about.domain.kind in ("box", "sampled")
            where = "each of them" if points else "every input"
            return f": {name} is {brief(found[0])} on {where} anyway"
    return ""
