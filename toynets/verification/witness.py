"""The case that refutes an explanation, as a person reads it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from toynets.domain import label
from toynets.fields import record
from toynets.rationals import text as rational_text
from toynets.verification.check import Failure
from toynets.verification.compare import shown, shown_all, size
from toynets.verification.phrases import phrase


@record(frozen=True)
class Witness:
    """A case that refutes an explanation.

    Attributes:
        check: the check that it fails.
        message: what is said and what is, in one sentence.
        intervention: its text, "" for a clean run or a claim that is no run.
        x: the input, exact, or None.
        source: the source input of a patch, or None.
        stated, derived, measured: text of each column, "" where there is none.
        arithmetic: the network's calculation of that case, line by line.
        hint: what the stated table is instead, or "".
        scope: in how many cases the explanation is right.
    """

    check: str
    message: str
    intervention: str = ""
    x: tuple[Any, ...] | None = None
    source: tuple[Any, ...] | None = None
    stated: str = ""
    derived: str = ""
    measured: str = ""
    arithmetic: tuple[str, ...] = ()
    hint: str = ""
    scope: str = ""

    def __str__(self) -> str:
        lines = [self.message]
        if self.scope:
            lines.append(f"  ({self.scope})")
        lines += [f"  {line}" for line in self.arithmetic]
        if self.hint:
            lines.append(f"  {self.hint}")
        return "\n".join(lines)

    def to_dict(self) -> dict[str, Any]:
        """Return the witness as plain data."""

        def point(x: tuple[Any, ...] | None) -> list[str] | None:
            return None if x is None else [rational_text(v) for v in x]

        return {
            "check": self.check,
            "message": self.message,
            "intervention": self.intervention,
            "x": point(self.x),
            "source": point(self.source),
            "stated": self.stated,
            "derived": self.derived,
            "measured": self.measured,
            "arithmetic": list(self.arithmetic),
            "hint": self.hint,
            "scope": self.scope,
        }


def describe(failure: Failure, rows: Sequence[Any], outputs: Sequence[str], scope: str) -> Witness:
    """Turn a failure into the sentence that a person reads; the arithmetic is added later."""
    if failure.plan is None:
        return Witness(
            failure.check,
            _subject_message(failure, rows),
            measured=_text(failure.measured),
            stated=_text(failure.stated),
            derived=_text(failure.derived),
            x=None if failure.row is None else tuple(rows[failure.row]),
            scope=scope,
        )
    row = rows[failure.row or 0]
    heading = phrase(failure.plan)
    if failure.said:
        heading += f": {failure.said}"
    if failure.reason:  # the stated expression has no value there
        return Witness(
            failure.check,
            f'"{heading}", input {label(row)}: {failure.reason}.',
            intervention=failure.plan.text,
            x=tuple(row),
            scope=scope,
        )
    source = ""
    if failure.source is not None:
        source = f" with x' = {label(rows[failure.source])}"
    said = failure.stated
    if said is not None:  # an output of which nothing is said has the value that it would have
        known = failure.measured if failure.derived is None else failure.derived
        said = [k if c is None else c for c, k in zip(said, known, strict=True)]
    claimed, verb = said, "you say"
    if said is None or (failure.derived is not None and list(said) == list(failure.measured)):
        claimed, verb = failure.derived, "the stated weights give"
    kind = "the other decision: " if failure.decision else ""
    message = (
        f'"{heading}", input {label(row)}{source}: {kind}{verb} {shown_all(claimed, outputs)}, '
        f"the network gives {shown_all(failure.measured, outputs)}."
    )
    return Witness(
        failure.check,
        message + _hardly(claimed, failure.measured),
        intervention=failure.plan.text,
        x=tuple(row),
        source=None if failure.source is None else tuple(rows[failure.source]),
        stated="" if said is None else shown_all(said, outputs),
        derived="" if failure.derived is None else shown_all(failure.derived, outputs),
        measured=shown_all(failure.measured, outputs),
        scope=scope,
    )


def _hardly(one: Sequence[Any], other: Sequence[Any]) -> str:
    """Say how far numbers are apart that a person would take for equal."""
    gap = max(size(abs(a - b)) for a, b in zip(one, other, strict=True))
    largest = max(1.0, *(abs(size(b)) for b in other))
    if gap == 0 or gap > 1e-5 * largest:
        return ""
    return f" They differ by {gap:.3g}: state a tolerance, or the exact number."


def _text(value: Any) -> str:
    return "" if value is None else shown(value)


def _subject_message(failure: Failure, rows: Sequence[Any]) -> str:
    name, said = failure.subject, failure.said
    if failure.check == "weights":
        return (
            f"{name}: you say {shown(failure.stated)}, the network has {shown(failure.measured)}."
            + _hardly([failure.stated], [failure.measured])
        )
    if failure.check == "roles":
        return f'the role of {name}, "{said}": {failure.reason}.'
    if failure.check == "concepts":
        return f'the concept of {name}, "{said}": {failure.reason}.'
    if failure.row is None:
        return f"{name}: {failure.reason}."
    if failure.reason:
        return f'{name}, "{said}", input {label(rows[failure.row])}: {failure.reason}.'
    derived = _text(failure.derived)
    tail = f"the network gives {shown(failure.measured)}"
    if derived and derived != shown(failure.measured):
        tail = f"its stated weights give {derived}, {tail}"
    return (
        f'{name}, "{said}", input {label(rows[failure.row])}: you say {shown(failure.stated)}, '
        f"{tail}." + _hardly([failure.stated, failure.derived], [failure.measured] * 2)
    )
