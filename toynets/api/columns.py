"""One intervention on every input: measured, and as far as there is an explanation, foretold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from toynets.api.formatting import same
from toynets.api.subject import Subject
from toynets.domain import Row, label
from toynets.errors import ToynetsError, Undecided
from toynets.fields import record
from toynets.wiring import Plan

MOST_CASES = 20_000

Numbers = tuple[Any, ...]


@record(frozen=True)
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


def check_size(about: Subject, plan: Plan, rows: int) -> None:
    """Refuse a family of too many cases.

    Raises:
        ToynetsError: more than 20,000.

    >>> from toynets.api.subject import subject
    >>> xor = subject("xor-sum")
    >>> check_size(xor, xor.network.wiring.resolve("h1 = resample"), 4)
    """
    count = rows * len(about.rows) ** len(plan.groups)
    if count > MOST_CASES:
        raise ToynetsError(
            f"{plan.text} stands for {count} cases, more than {MOST_CASES}.",
            cause="resample takes every other input as source, each clause by itself.",
            fix="name one input (x=…, or --x), or write one clause: h1, h2 = resample.",
        )


class Columns:
    """Evaluates one intervention on both sides, as far as there are two.

    Args:
        about: the network, and the explanation if there is one.
        plan: the intervention.
        source: what x' stands for.
    """

    def __init__(self, about: Subject, plan: Plan, source: Row | None) -> None:
        self.about = about
        self.machine = about.machine
        self.plan = plan
        self.source = source
        self.worst = "worst" in plan.intervention.words
        # The range over a box is worked out on the network's side only.
        self.model: Any = None if self.worst and about.domain.kind == "box" else about.model
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
        """Return a case per row, and per source or extreme of a family."""
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
