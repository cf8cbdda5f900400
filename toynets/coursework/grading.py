"""One submission is graded: read strictly, judged claim by claim, within a budget."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from toynets.coursework.claims import ClaimsFile, read_claims
from toynets.coursework.exercise import Exercise
from toynets.coursework.judging import Judged, decimal, judged_or_refused, pin, refusal
from toynets.coursework.kinds.finding import Limits
from toynets.errors import ToynetsError
from toynets.fields import record
from toynets.rationals import ZERO, Rational, text

SECONDS = 20.0
CELLS = 4_000


@record(frozen=True)
class Graded:
    """A graded submission.

    Attributes:
        student: what the submission is known by; "" for a single file.
        lesson: of its exercises.
        judged: one record for each exercise of the lesson, in order.
        problem: why nothing, or not everything, was judged; "" where all was.
        seconds: how long it took.
    """

    student: str
    lesson: str
    judged: tuple[Judged, ...]
    problem: str = ""
    seconds: float = 0.0

    @property
    def points(self) -> Rational:
        """The points in all, exact."""
        return sum((j.points for j in self.judged), ZERO)

    @property
    def max_points(self) -> Rational:
        """What could be had."""
        return sum((j.max_points for j in self.judged), ZERO)

    def lines(self) -> list[str]:
        """Return the feedback for the student."""
        found = [self.problem] if self.problem else []
        for one in self.judged:
            found += [*one.lines(), ""]
        return [*found, f"{decimal(self.points)} of {decimal(self.max_points)} points."]

    def __str__(self) -> str:
        return "\n".join(self.lines())

    def to_dict(self) -> dict[str, Any]:
        """Return the record as plain data."""
        return {
            "student": self.student,
            "lesson": self.lesson,
            "points": text(self.points),
            "max_points": text(self.max_points),
            "problem": self.problem,
            "seconds": round(self.seconds, 3),
            "claims": [j.to_dict() for j in self.judged],
        }


def unanswered(exercise: Exercise, why: str = "There is no claim.") -> Judged:
    """Return the record of an exercise about which nothing is claimed."""
    return refusal(exercise, ToynetsError(why))


def nothing(exercises: Sequence[Exercise], problem: str, student: str = "") -> Graded:
    """Return a submission of which nothing was judged: 0 points and the reason."""
    lesson = exercises[0].lesson if exercises else ""
    judged = tuple(unanswered(e, "Nothing was judged.") for e in exercises)
    return Graded(student, lesson, judged, problem)


def grade_bytes(
    data: bytes,
    exercises: Sequence[Exercise],
    *,
    student: str = "",
    what: str = "the claims file",
    seconds: float = SECONDS,
    cells: int = CELLS,
    step: Callable[[Judged], None] | None = None,
) -> Graded:
    """Grade one claims file. Whatever is in it, this returns.

    Args:
        data: the bytes of the file.
        exercises: of one lesson, in order.
        student: for the record.
        what: for messages.
        seconds: for the whole file; what is not judged by then has no points.
        cells: for each proof over a box.
        step: called with each record as soon as it is there.
    """
    began = time.monotonic()
    try:
        said = read_claims(data, what)
        if exercises and said.lesson != exercises[0].lesson:
            raise ToynetsError(
                f"{what} is about the lesson {said.lesson}, not {exercises[0].lesson}."
            )
    except ToynetsError as error:
        return nothing(exercises, str(error), student)
    known = {e.id for e in exercises}
    strange = [name for name in said.claims if name not in known]
    problem = f"No such exercise: {', '.join(strange[:8])}." if strange else ""
    judged = []
    for exercise in exercises:
        left = seconds - (time.monotonic() - began)
        one = _one(exercise, said, left, cells)
        judged.append(one)
        if step is not None:
            step(one)
    if time.monotonic() - began > seconds:
        problem = f"The limit of {seconds:g} seconds was reached. {problem}".strip()
    spent = time.monotonic() - began
    return Graded(student, said.lesson, tuple(judged), problem, spent)


def _one(exercise: Exercise, said: ClaimsFile, left: float, cells: int) -> Judged:
    claim: Mapping[str, Any] | None = said.claims.get(exercise.id)
    if claim is None:
        return unanswered(exercise)
    if left <= 0:
        return unanswered(exercise, "The time for this submission was used up before.")
    limits = Limits(cells=cells, seconds=min(5.0, left), total=left)
    try:
        if exercise.network is not None and "network" not in claim:
            first = said.network.partition("@")[0]
            if first == pin(exercise).partition("@")[0]:
                claim = {**claim, "network": said.network}
        return judged_or_refused(exercise, claim, limits=limits)
    except MemoryError:
        return unanswered(exercise, "The claim takes more memory than there is for it.")
    except Exception as error:
        # A fault of the grader, not of the student, whatever it is: their other claims, and the
        # class, must be graded all the same.
        kind = type(error).__name__
        return unanswered(
            exercise, f"This claim could not be judged ({kind}): tell your teacher, it is a fault."
        )
