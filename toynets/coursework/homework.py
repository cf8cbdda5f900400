"""What a student works with in a notebook: `hw = toynets.coursework.open("L04")`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from toynets.coursework.blanks import is_blank, unanswered
from toynets.coursework.claims import ClaimsFile, as_data, read_claims, write_claims
from toynets.coursework.exercise import FOLDER, Exercise, read_folder
from toynets.coursework.judging import (
    Judged,
    check_claim,
    decimal,
    judge,
    judged_or_refused,
    pin,
    waits,
)
from toynets.coursework.roster import STUDENT
from toynets.coursework.storing import Work, read_work, write_whole
from toynets.display import Table, escape
from toynets.errors import ToynetsError, unknown
from toynets.rationals import ZERO, text


class Status:
    """The exercises of a lesson, and how far one is."""

    def __init__(self, rows: Sequence[Sequence[str]], title: str, last: str) -> None:
        columns = ["exercise", "kind", "points", "min", "checks", "state", "title"]
        self.table = Table(columns, [list(r) for r in rows], title=title)
        self.last = last

    def __str__(self) -> str:
        return f"{self.table.text()}\n{self.last}"

    __repr__ = __str__

    def to_dict(self) -> dict[str, Any]:
        """Return the table as plain data, and the line below it."""
        return {**self.table.to_dict(), "last": self.last}

    def _repr_html_(self) -> str:
        return f"{self.table.html()}<p>{escape(self.last)}</p>"

    def _repr_markdown_(self) -> str:
        return f"{self.table.markdown()}\n\n{self.last}"


class Homework:
    """The exercises of one lesson and a student's claims; each call saves at once.

    Args:
        exercises: of the lesson, in order.
        folder: where the work is saved.
        work: what was done before.

    Attributes:
        lesson: its name.
        exercises: id -> exercise.
        student: in whose name `submit` writes; "" until it is told.
    """

    def __init__(self, exercises: Sequence[Exercise], folder: Path, work: Work) -> None:
        self.lesson = work.lesson
        self.exercises = {e.id: e for e in exercises}
        self.folder = folder
        self.student = ""
        self._work = work

    @property
    def work_file(self) -> Path:
        """Where attempts are saved."""
        return self.folder / f"{self.lesson}.work.json"

    @property
    def claims_file(self) -> Path:
        """Where `submit` writes what is handed in."""
        whose = f".{self.student}" if self.student else ""
        return self.folder / f"{self.lesson}{whose}.claims.json"

    def exercise(self, id: str) -> Exercise:
        """Return an exercise.

        Raises:
            ToynetsError: no such exercise.
        """
        found = self.exercises.get(id)
        if found is None:
            raise ToynetsError(unknown("exercise", str(id), self.lesson, self.exercises))
        return found

    def check(self, id: str, **claim: Any) -> Judged:
        """Judge a claim, keep it, and return the feedback.

        Args:
            id: of the exercise, `L04.2`.
            claim: the fields of the claim; which they are depends on the kind.

        Raises:
            ToynetsError: a field that the kind does not have, or a value that cannot be read. It
                is not counted as a check, and an earlier claim stays. A claim that is still empty
                (the stub of a notebook) raises nothing: the record says so.
        """
        exercise = self.exercise(id)
        if is_blank(exercise, claim):
            return unanswered(exercise)
        check_claim(exercise, claim)
        failed = self._work.failed.get(id, 0)
        judged = judge(exercise, claim, failed=failed)
        work = self._work
        work.claims[id] = dict(claim)
        work.attempts[id] = work.attempts.get(id, 0) + 1
        if judged.passed is False:
            work.failed[id] = failed + 1
        work.passed = [n for n in work.passed if n != id] + ([id] if judged.accepted else [])
        work.save(self.work_file)
        return judged

    def _of_kind(self, kind: str, id: str, claim: Mapping[str, Any]) -> Judged:
        wanted = self.exercise(id).kind
        if wanted != kind:
            raise ToynetsError(
                f"{id} is an exercise of kind {wanted}, not {kind}.", fix=f'hw.{wanted}("{id}", …).'
            )
        return self.check(id, **{k: v for k, v in claim.items() if v is not None})

    def passed(self, id: str) -> bool:
        """Whether the last claim is right."""
        return self.exercise(id).id in self._work.passed

    def last(self, id: str) -> str:
        """Return the feedback on the last claim."""
        claim = self._work.claims.get(self.exercise(id).id)
        if claim is None:
            return f"{id}: there is no claim yet."
        return str(judged_or_refused(self.exercise(id), claim))

    def code(self, id: str, path: str | Path, function: str) -> Judged:
        """Predict with a function of a file, run in a child process on each input."""
        from toynets.coursework.code_running import run_code
        from toynets.coursework.exercise import listed

        rows = run_code(path, function, listed(self.exercise(id).domain).rows)
        outputs = [text(row[0]) if len(row) == 1 else [text(v) for v in row] for row in rows]
        return self._of_kind("predict", id, {"outputs": outputs})

    def predict(self, id: str, intervention: Any, outputs: Any = None) -> Judged:
        """Commit to a table: `hw.predict("L04.2", "h2 = 0", [0, 1, 1, 2])`."""
        if outputs is None:
            intervention, outputs = None, intervention
        said = None if intervention is None else str(intervention)
        return self._of_kind("predict", id, {"intervention": said, "outputs": outputs})

    def explain(
        self,
        id: str,
        expression: Any = None,
        *,
        unit: str | None = None,
        output: str | None = None,
        role: str | None = None,
        units: Mapping[str, Any] | None = None,
        domain: str | None = None,
    ) -> Judged:
        """Explain a unit or an output: `hw.explain("L04.1", "relu(x1 + x2)", role="counter")`."""
        said = None if expression is None else str(expression)
        parts = None if units is None else {k: str(v) for k, v in units.items()}
        claim = {"unit": unit, "output": output, "role": role, "units": parts, "domain": domain}
        return self._of_kind("explain", id, {**claim, "expression": said})

    def construct(self, id: str, weights: Mapping[str, Any]) -> Judged:
        """Build a network: `hw.construct("L04.4", {"x1->h1": 1, "h2.bias": -1})`."""
        return self._of_kind("construct", id, {"weights": weights})

    def counterexample(self, id: str, x: Any) -> Judged:
        """Give an input on which a claim fails: `hw.counterexample("L04.5", ["1/2", "1/2"])`."""
        return self._of_kind("counterexample", id, {"x": x})

    def choose(self, id: str, choice: Any) -> Judged:
        """Choose an option by its mark, or several: `hw.choose("L01.5", "c")`."""
        return self._of_kind("choose", id, {"choice": choice})

    def rank(self, id: str, order: Any) -> Judged:
        """Put names in order, largest first; ties in brackets: `["h1", ["h2", "h3"]]`."""
        return self._of_kind("rank", id, {"order": order})

    def number(self, id: str, value: Any) -> Judged:
        """Give one number."""
        return self._of_kind("number", id, {"value": value})

    def group(self, id: str, groups: Any) -> Judged:
        """Put names into classes: an object from class to names, or a list of lists."""
        return self._of_kind("group", id, {"groups": groups})

    def separate(self, id: str, intervention: Any, x: Any = None) -> Judged:
        """Give the run that tells two networks apart: `hw.separate("L05.4", "h1 = 0", [0, 1])`."""
        if x is None:
            intervention, x = "", intervention
        return self._of_kind("separate", id, {"intervention": str(intervention), "x": x})

    def edit(self, id: str, interventions: Any) -> Judged:
        """Change the network so that it reaches a goal: `hw.edit("L07.2", "h2.bias = 0")`."""
        return self._of_kind("edit", id, {"interventions": interventions})

    def ask(self, id: str) -> str:
        """Return the text of an exercise."""
        e = self.exercise(id)
        head = f"{e.id} {e.title} ({decimal(e.points)} points, {e.minutes} min, {e.difficulty})"
        return f"{head}\n{e.prompt}"

    def status(self) -> Status:
        """Return every exercise with its points, the number of checks, and its state."""
        work, rows, got, whole = self._work, [], ZERO, ZERO
        for id, e in self.exercises.items():
            state = "open"
            if id in work.claims:
                state = "waits" if waits(e) else "right" if id in work.passed else "not yet"
            got += e.points if id in work.passed else ZERO
            whole += e.points
            checks = str(work.attempts.get(id, 0))
            rows.append([id, e.kind, decimal(e.points), str(e.minutes), checks, state, e.title])
        last = f"{decimal(got)} of {decimal(whole)} points are certain. "
        if waiting := sum(row[5] == "waits" for row in rows):
            last += f"Waiting for the grader: {waiting} claim{'s' * (waiting != 1)}. "
        last += f"Saved in {self.work_file.name}."
        return Status(rows, f"{self.lesson}", last)

    def submit(self, student: str = "") -> str:
        """Write and validate the claims file, and say where it goes.

        Args:
            student: your id in the course, for a folder in which the files of a class lie side by
                side: `hw.submit("s1")` writes `L04.s1.claims.json`. A learning platform knows who
                uploads a file; for it leave this out.

        Raises:
            ToynetsError: there is no claim yet, or the id cannot be part of a file name.
        """
        work = self._work
        if student and not STUDENT.fullmatch(student):
            raise ToynetsError(
                f"{student!r} is not an id that can be part of a file name.",
                fix="letters, digits and _ . @ + - only, such as hw.submit('s1').",
            )
        if not work.claims:
            raise ToynetsError(f"there is no claim of {self.lesson} yet: nothing to hand in.")
        claims = {
            id: {"kind": e.kind, **({"network": pin(e)} if pin(e) else {}), **work.claims[id]}
            for id, e in self.exercises.items()
            if id in work.claims
        }
        first = next(iter(self.exercises.values()))
        made = write_claims(ClaimsFile(self.lesson, pin(first), claims))
        self.student = student
        again = read_claims(made.encode("utf-8"), self.claims_file.name)
        for id, claim in again.claims.items():
            check_claim(self.exercise(id), claim)
        write_whole(self.claims_file, made)
        left = [id for id in self.exercises if id not in claims]
        missing = f" Without a claim: {', '.join(left)}." if left else ""
        return (
            f"{self.claims_file} is written: {len(claims)} of {len(self.exercises)} exercises."
            f"{missing} Upload this file where your course collects it; it holds no name"
            + (f", and is called by {student}." if student else ".")
        )

    def resume(self) -> Status:
        """Read the saved work again, or else the claims file, and show where one is."""
        if self.work_file.exists():
            self._work = read_work(self.work_file)
        elif self.claims_file.exists():
            from toynets.io.limits import read_bytes

            said = read_claims(read_bytes(str(self.claims_file)), self.claims_file.name)
            for id, claim in said.claims.items():
                if id in self.exercises:
                    fields = check_claim(self.exercises[id], claim)
                    self._work.claims[id] = as_data(fields)
                    if judge(self.exercises[id], fields).accepted:
                        self._work.passed.append(id)
        return self.status()

    def __repr__(self) -> str:
        return str(self.status())

    def _repr_html_(self) -> str:
        return self.status()._repr_html_()

    def _repr_markdown_(self) -> str:
        return self.status()._repr_markdown_()


def open(lesson: str, *, folder: str | Path = ".", exercises: str | Path | None = None) -> Homework:
    """Open the homework of a lesson; saved work in the folder is taken up again.

    Args:
        lesson: such as `L04`.
        folder: where the work is saved.
        exercises: a folder of exercise files, or the file of exercises that a student received;
            default those of the package.

    Raises:
        ToynetsError: no such lesson or folder, or a saved file that is damaged.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     print(open("L04", folder=place).predict("L04.2", "h2 = 0", [0, 1, 1, 2]).heading)
    L04.2 right: 4 of 4 points.
    """
    place, source = Path(folder), Path(exercises or FOLDER)
    if not place.is_dir():
        raise ToynetsError(f"there is no folder {place}.", fix="make it, or leave folder out.")
    name = lesson.strip()
    if source.is_file():
        from toynets.coursework.courses import read_released

        found = [e for e in read_released(source) if e.lesson == name]
    else:
        found = read_folder(source, name) if name.isalnum() else []
    if not found:
        there = sorted({p.name.partition(".")[0] for p in source.glob("*.toml")})
        raise ToynetsError(unknown("lesson", name, str(exercises or "toynets"), there))
    homework = Homework(found, place, Work(name))
    homework.resume()
    return homework
