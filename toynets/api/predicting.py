"""A prediction committed to beforehand, held against what the network does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from toynets.api.ablating import Ablation, ablate
from toynets.api.columns import Numbers
from toynets.api.formatting import beyond, brief, same
from toynets.api.subject import Subject
from toynets.display import Table
from toynets.errors import ToynetsError
from toynets.exact.writing import compact
from toynets.fields import record
from toynets.rationals import ZERO, instead_of_comma, rational, short, workprec

LONGEST_REMARK = 60


@record(frozen=True)
class Prediction:
    """What somebody predicted, case by case, and how it fared.

    Attributes:
        ablation: what the network does.
        values: the predicted outputs of each case.
        right: whether each is right.
        within: the tolerance that counted, "" where none.
        hint: what the predicted table is instead, or "".
        wrong: name and sentence of a wrong explanation of the zoo that predicts the same, or ().
        arithmetic: the calculation of the first wrong case, short.
    """

    ablation: Ablation
    values: tuple[Numbers, ...]
    right: tuple[bool, ...]
    within: str
    hint: str
    wrong: tuple[str, ...]
    arithmetic: str

    def table(self) -> Table:
        """Return a row per case: you, the explanation, the network, with a mark where wrong."""
        cases, write = self.ablation.cases, self.ablation.write
        heads, rows = self.ablation.input_cells()
        parts: list[tuple[str, list[str]]] = [("you", [write(v) for v in self.values])]
        if any(c.derived is not None for c in cases):
            agree = all(
                c.stated is None or (c.derived is not None and _equal(c.stated, c.derived))
                for c in cases
            )
            names = ("derived",) if agree else ("stated", "derived")
            for name in names:
                title = "explanation" if agree else name
                parts.append((title, [write(getattr(c, name)) for c in cases]))
        parts.append(("network", [write(c.measured) for c in cases]))
        marks = ["" if ok else "<-" for ok in self.right]
        if False in self.right and len(self.arithmetic) <= LONGEST_REMARK:
            marks[self.right.index(False)] += f" {self.arithmetic}"
        columns = [*heads, *(name for name, _ in parts), ""]
        cells = [
            [*rows[k], *(values[k] for _, values in parts), marks[k]] for k in range(len(cases))
        ]
        return Table(columns, cells, right=columns[:-1])

    def lines(self) -> list[str]:
        """Return what is said below the table."""
        found = []
        if False in self.right and len(self.arithmetic) > LONGEST_REMARK:
            case = self.ablation.cases[self.right.index(False)]
            found.append(f"input {case.label}: {self.arithmetic}")
        score = f"{sum(self.right)} of {len(self.right)} right{self.within}."
        found.append(f"{score} {self.hint}".rstrip())
        if self.wrong:
            name, says = self.wrong
            found.append(f'The wrong explanation "{name}" predicts the same: {says}')
        return found

    def to_dict(self) -> dict[str, Any]:
        """Return the prediction as plain data."""
        return {
            "you": [[brief(v, 17) for v in values] for values in self.values],
            "right": list(self.right),
            "hint": self.hint,
            "wrong_explanation": self.wrong[0] if self.wrong else "",
            "arithmetic": self.arithmetic,
        }


def predict(about: Subject, ablation: Ablation, given: str, source: Any = None) -> Prediction:
    """Hold a predicted table against an ablation.

    A number is right if it is as near to the network's as the explanation's own tolerance; where
    the explanation claims decisions only, if the decision is the network's.

    Args:
        about: the network.
        ablation: of that network, no family.
        given: numbers in the order of the cases, `0,1,1,1`.
        source: as it was given to `ablate`.

    Raises:
        ToynetsError: a family, another count of numbers, or something that is no number.

    >>> from toynets.api.subject import subject
    >>> xor = subject("xor-sum")
    >>> prediction = predict(xor, ablate(xor, "h2 = 0"), "0,1,1,1")
    >>> prediction.lines()[0], prediction.wrong[0]
    ('3 of 4 right. Your table is OR; without h2 the network counts.', 'or-minus-and')
    """
    if ablation.plan.intervention.is_family:
        raise ToynetsError(
            f"{ablation.intervention} has several outcomes for one input; a prediction is one.",
            fix="predict h2 = 0 or h2 = mean, or write a source out: h2 = h2(1, 0).",
        )
    values = _read(given, ablation)
    explanation = about.explanation
    tolerance = explained = ZERO
    if explanation is not None:
        explained = tolerance = explanation.epsilon("ablations")
    with workprec():
        right = tuple(
            _right(about, ablation, v, c.measured, tolerance)
            for v, c in zip(values, ablation.cases, strict=True)
        )
        within = f" (to within {short(explained)})" if explained > 0 else ""
        hint, arithmetic = "", ""
        wrong: tuple[str, ...] = ()
        if not all(right):
            first = ablation.cases[right.index(False)]
            arithmetic = _arithmetic(about, ablation, first.x, source)
        if len(ablation.cases) == len(about.rows):
            hint = _hint(about, ablation, values, all(right))
            wrong = () if all(right) else _wrong(about, ablation, values, tolerance, source)
    return Prediction(ablation, values, right, within, hint, wrong, arithmetic)


def _read(given: str, ablation: Ablation) -> tuple[Numbers, ...]:
    outputs = ablation.subject.network.outputs
    cells = [c for c in re.split(r"[,;\s]+", given.strip().strip("()[]")) if c]
    wanted = len(ablation.cases) * len(outputs)
    if len(cells) == 1 and len(cells[0]) == wanted > 1 and set(cells[0]) <= {"0", "1"}:
        cells = list(cells[0])
    if len(cells) != wanted:
        labels = " ".join(c.label for c in ablation.cases[:16])
        more = " …" if len(ablation.cases) > 16 else ""
        each = "" if len(outputs) == 1 else f", {len(outputs)} outputs each"
        comma = given.replace(" ", "").split(",")
        fix = f"write one number per input, in the order {labels}{more}{each}."
        if len(cells) == 2 * wanted and len(comma) == 2 * wanted:
            fix += f" A decimal has a point: {instead_of_comma(','.join(comma[:2]))}"
        raise ToynetsError(
            f"the prediction has {len(cells)} numbers for {wanted} outcomes.", fix=fix
        )
    numbers = [rational(c) for c in cells]
    return tuple(tuple(numbers[k : k + len(outputs)]) for k in range(0, len(numbers), len(outputs)))


def _equal(a: Sequence[Any], b: Sequence[Any]) -> bool:
    return all(same(v, w) for v, w in zip(a, b, strict=True))


def _right(
    about: Subject, ablation: Ablation, predicted: Numbers, measured: Numbers, tolerance: Any
) -> bool:
    explanation = about.explanation
    if explanation is not None and explanation.metric_of(ablation.kind) == "decision":
        from toynets.verification import Decision

        decide = Decision(explanation.decision, about.network.outputs)
        if decide:
            return decide(predicted)[0] == decide(measured)[0]
    return not any(beyond(p, m, tolerance) for p, m in zip(predicted, measured, strict=True))


def _hint(about: Subject, ablation: Ablation, values: Sequence[Numbers], right: bool) -> str:
    """Recognise the table: a named function, another ablation; or say what the network does."""
    from toynets.verification import recognise
    from toynets.verification.phrases import table_name

    if len(about.network.outputs) != 1:
        return ""
    column = [v[0] for v in values]
    if right:
        name = table_name(about.rows, column, about.network.inputs)
        phrase = ablation.phrase[:1].upper() + ablation.phrase[1:]
        return f"{phrase} the network's table is {name}." if name else ""
    return recognise(about.machine, about.network, about.rows, ablation.plan, column)


def _wrong(
    about: Subject, ablation: Ablation, values: Sequence[Numbers], tolerance: Any, source: Any
) -> tuple[str, ...]:
    """Find a wrong explanation of the zoo that states, or derives, the predicted table."""
    if about.entry is None:
        return ()
    for wrong in about.entry.wrong:
        other = Subject(about.network, about.domain, wrong.explanation, about.entry)
        try:
            theirs = ablate(other, ablation.plan.intervention, source=source).cases
        except ToynetsError:
            continue  # a wrong explanation may leave out what the intervention names
        said = [c.stated if c.stated is not None else c.derived for c in theirs]
        if all(
            s is not None and not any(beyond(a, b, tolerance) for a, b in zip(s, v, strict=True))
            for s, v in zip(said, values, strict=True)
        ):
            return (wrong.name, wrong.says)
    return ()


def _arithmetic(about: Subject, ablation: Ablation, x: Any, source: Any) -> str:
    from toynets import exact

    trace = exact.trace(
        about.network, x, ablation.plan.intervention, source=source, domain=about.domain
    )
    return compact(trace.arithmetic)
