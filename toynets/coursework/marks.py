"""Marks: points less what lateness costs, tables as CSV, a gradebook file, feedback for each."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from toynets.coursework.class_grading import ClassReport
from toynets.coursework.handing_in import HandedIn
from toynets.coursework.judging import decimal
from toynets.coursework.roster import Roster, Student
from toynets.coursework.storing import write_whole
from toynets.display import Table, one_line
from toynets.errors import ToynetsError
from toynets.rationals import ONE, ZERO, Rational, rational

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would compute


class Marks:
    """A graded class with what lateness costs.

    Args:
        report: the points.
        found: the submissions, and who is missing.
        roster: the class, or None.
        late_per_day: percent taken off for each day begun.

    Raises:
        ToynetsError: a percentage outside of 0 to 100.
    """

    def __init__(
        self, report: ClassReport, found: HandedIn, roster: Roster | None, late_per_day: str = "0"
    ) -> None:
        self.report = report
        self.found = found
        self.roster = roster
        self.per_day = per_day(late_per_day)

    def mark(self, k: int) -> Rational:
        """Return the points of a submission, less the share that lateness costs, at least 0."""
        left = ONE - self.per_day * self.report.submissions[k].late
        return self.report.points(k) * max(left, ZERO)

    def table(self) -> Table:
        """Return a row for each student of the class; the missing ones have 0 points."""
        made = self.report.marks()
        rows = [[*row[:-1], decimal(self.mark(k)), row[-1]] for k, row in enumerate(made.rows)]
        for student in self.found.missing:
            rows.append([student.id, *["0"] * (len(self.report.ids) + 2), "nothing handed in"])
        columns = [*made.columns[:-1], "mark", "note"]
        return Table(columns, rows, title=made.title, right=columns[1:-1])

    def notes(self) -> list[str]:
        """Say who is missing and which files are nobody's."""
        lines = []
        if self.found.missing:
            lines.append(f"Nothing from: {', '.join(s.id for s in self.found.missing)}.")
        if self.found.unknown:
            names = ", ".join(one_line(name) for name in self.found.unknown)
            lines.append(f"Of nobody in the roster: {names}.")
        for k, one in enumerate(self.report.submissions):
            lines += [f"Look at {one.student}, {said}." for said in self.report.reviews(k)]
        if self.report.unjudged:
            of = len(self.report.submissions)
            lines.append(
                f"{self.report.unjudged} of {of} files could not be judged: see the notes."
            )
        if self.report.faults:
            lines.append(f"The grader failed on {self.report.faults} submissions.")
        return lines

    def to_dict(self) -> dict[str, Any]:
        """Return the marks as plain data."""
        data = self.report.to_dict()
        for k, one in enumerate(data["submissions"]):
            one["mark"] = decimal(self.mark(k))
        data["missing"] = [s.id for s in self.found.missing]
        data["unknown"] = list(self.found.unknown)
        return data

    def feedback(self, k: int) -> str:
        """Return what a student reads."""
        graded = self.report.graded[k]
        lines = [graded["problem"]] if graded.get("problem") else []
        for claim in graded.get("claims", ()):
            got, most = (decimal(rational(claim[p])) for p in ("points", "max_points"))
            lines += ["", f"{claim['name']}: {got} of {most} points", *claim["rationale"]]
        most = decimal(sum(self.report.most.values(), ZERO))
        return "\n".join([*lines, "", self.sum(k), ""]).lstrip("\n")

    def sum(self, k: int) -> str:
        """Return the points of a submission in a line, and the mark where lateness costs some."""
        late = self.report.submissions[k].late
        most = decimal(sum(self.report.most.values(), ZERO))
        end = f"{decimal(self.report.points(k))} of {most} points"
        if self.mark(k) != self.report.points(k):
            end += f", {decimal(self.mark(k))} after {late} late day{'s' * (late != 1)}"
        return f"{end}."


def per_day(late: str) -> Rational:
    """Return the share that a day of lateness costs.

    Raises:
        ToynetsError: a percentage outside of 0 to 100.

    >>> per_day("10")
    1/10
    """
    share = rational(late) / 100
    if not ZERO <= share <= ONE:
        raise ToynetsError(f"--late-per-day is a percentage from 0 to 100, not {late}.")
    return share


def safe(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula.

    >>> safe("=1+1"), safe("7.5")
    ("'=1+1", '7.5')
    """
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def as_csv(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Write a table as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([safe(str(c)) for c in row] for row in rows)
    return out.getvalue()


def gradebook(marks: Marks, layout: str) -> str:
    """Return the file that a system imports."""
    by = {s.student: decimal(marks.mark(k)) for k, s in enumerate(marks.report.submissions)}
    # Without a roster people are what the platform's files call them: the number that it gave them.
    people = [Student(s.student, s.name, "", s.student) for s in marks.report.submissions]
    if marks.roster is not None:
        people = list(marks.roster)
    title, most = marks.report.lesson, decimal(sum(marks.report.most.values(), ZERO))
    if layout == "canvas":
        rows = [["    Points Possible", "", "", "", most]]
        rows += [[s.name, s.system, s.id, "", by.get(s.id, "0")] for s in people]
        return as_csv(["Student", "ID", "SIS User ID", "Section", title], rows)
    if layout == "moodle":
        # The grading worksheet of an assignment.
        rows = [
            [f"Participant {s.system}", s.name, s.id, s.email, by.get(s.id, "0"), most]
            for s in people
        ]
        columns = ["Identifier", "Full name", "ID number", "Email address", "Grade"]
        return as_csv([*columns, "Maximum Grade"], rows)
    if layout == "gradescope":
        rows = [[s.name, s.id, s.email, by.get(s.id, "0"), most] for s in people]
        return as_csv(["Name", "SID", "Email", "Total Score", "Max Points"], rows)
    rows = [[name, mark, most] for name, mark in by.items()]
    rows += [[s.id, "0", most] for s in marks.found.missing]
    return as_csv(["id", "mark", "max"], rows)


def write_all(
    folder: Path, marks: Marks, layout: str, changes: Table | None, *, force: bool = False
) -> list[str]:
    """Write marks.csv, summary.csv, gradebook.csv, results.json, and feedback for each student.

    Raises:
        ToynetsError: a file is there already, and `force` is not said.
    """
    import json

    made: dict[str, str] = {}
    for name, table in (("marks.csv", marks.table()), ("summary.csv", marks.report.summary())):
        made[name] = as_csv(table.columns, table.rows)
    made["gradebook.csv"] = gradebook(marks, layout)
    made["results.json"] = json.dumps(marks.to_dict(), indent=1, ensure_ascii=False) + "\n"
    if changes is not None:
        made["changed.csv"] = as_csv(changes.columns, changes.rows)
    names = file_names([one.student for one in marks.report.submissions])
    for k, own in enumerate(names):
        made[f"feedback/{own}.txt"] = marks.feedback(k)
    if not force:
        refuse_marks(folder, tuple(made))
    (folder / "feedback").mkdir(parents=True, exist_ok=True)
    for name, text in made.items():
        write_whole(folder / name, text)
    count = len(marks.report.submissions)
    return [*(n for n in made if "/" not in n), f"feedback/ ({count} files)"]


def refuse_marks(folder: Path, names: Sequence[str] = ("marks.csv", "results.json")) -> None:
    """Refuse to write where files of these names are.

    Raises:
        ToynetsError: one of them is there.
    """
    there = [n for n in names if (folder / n).exists()]
    if there:
        raise ToynetsError(
            f"{folder / there[0]} is there already, and nothing is overwritten unasked.",
            fix="give another folder with -o, or add --force.",
        )


def file_name(student: str) -> str:
    """Return a name for a file; whatever a student is called, it stays in its folder.

    >>> file_name("a@b.example"), file_name("../../x")
    ('a@b.example', '.._.._x')
    """
    return "".join(c if c.isalnum() or c in "._@+-" else "_" for c in student) or "_"


def file_names(students: Sequence[str]) -> list[str]:
    """Return a name for the file of each student: no two are one, whatever the letters' case.

    >>> file_names(["a b", "a_b", "A_B", "c"])
    ['a_b', 'a_b-2', 'A_B-3', 'c']
    """
    found: list[str] = []
    taken: set[str] = set()
    for student in students:
        base = name = file_name(student)
        count = 1
        while name.casefold() in taken:
            count += 1
            name = f"{base}-{count}"
        taken.add(name.casefold())
        found.append(name)
    return found


def read_marks(path: Path) -> dict[str, str]:
    """Return the mark of each student of an old marks.csv.

    Raises:
        ToynetsError: no such file, or another one.
    """
    from toynets.io.limits import read_bytes

    text = read_bytes(str(path)).decode("utf-8-sig", "replace")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    if not rows or "student" not in rows[0] or "mark" not in rows[0]:
        raise ToynetsError(f"{path} is not a marks.csv.", fix="give the one that --output wrote.")
    return {_unsafe(row["student"]): row["mark"] for row in rows}


def _unsafe(cell: str) -> str:
    """Return what `safe` made a cell of."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell


def changed(before: Mapping[str, str], marks: Marks) -> Table:
    """Return the marks that are not what they were before."""
    table = marks.table()
    where = table.columns.index("mark")
    now = {row[0]: row[where] for row in table.rows}
    found = [
        [name, before.get(name, ""), now.get(name, "")]
        for name in sorted({*before, *now})
        if before.get(name) != now.get(name)
    ]
    return Table(["student", "before", "now"], found)
