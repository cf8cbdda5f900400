"""A whole class: each submission in a child process with a limit of time, several at once."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from toynets.coursework.grading import CELLS, SECONDS
from toynets.coursework.judging import decimal
from toynets.coursework.untrusted import MAX_BYTES
from toynets.display import Table
from toynets.errors import ToynetsError
from toynets.fields import field, record
from toynets.rationals import ZERO, Rational, rational

GRACE = 5.0  # seconds beyond a student's own before the process is killed


@record
class Submission:
    """What one student has handed in.

    Attributes:
        student: what they are known by.
        path: of the claims file.
        name: of the student, where a roster says it.
        late: days, counted up; 0 in time.
        note: what the teacher should know: resubmissions, a late mark.
    """

    student: str
    path: Path
    name: str = ""
    late: int = 0
    note: str = ""


@record
class Task:
    """How a class is graded.

    Attributes:
        lesson: whose exercises.
        folder: of exercise files; "" for those of the package.
        course: a private course folder; "" for open exercises.
        seconds, cells: the budget of each student.
        jobs: how many at once.
    """

    lesson: str
    folder: str = ""
    course: str = ""
    seconds: float = SECONDS
    cells: int = CELLS
    jobs: int = field(default_factory=lambda: os.cpu_count() or 1)


class _Worker:
    """One child process; a new one is started when it had to be killed."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.process: subprocess.Popen[str] | None = None

    def grade(self, submission: Submission, lesson: str) -> dict[str, Any]:
        task = self.task
        try:
            data = _bytes(submission.path)
        except OSError as error:
            return {"problem": f"The file cannot be read: {error.strerror}."}
        job = {
            "data": base64.b64encode(data).decode("ascii"),
            "student": submission.student,
            "what": submission.path.name,
            "lesson": lesson,
            "folder": task.folder,
            "course": task.course,
            "seconds": task.seconds,
            "cells": task.cells,
        }
        process = self._started()
        assert process.stdin is not None and process.stdout is not None
        clock = threading.Timer(task.seconds + GRACE, process.kill)
        clock.start()
        try:
            process.stdin.write(json.dumps(job) + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
        except (OSError, ValueError):
            line = ""
        finally:
            clock.cancel()
        if not line.endswith("\n"):
            self.stop()
            return {
                "problem": f"The submission took more than {task.seconds:g} seconds or more memory "
                "than there is: 0 points."
            }
        found: dict[str, Any] = json.loads(line)
        if "fault" in found:
            return {"problem": f"The grader failed on it: {found['fault']}", "fault": True}
        return found

    def _started(self) -> subprocess.Popen[str]:
        if self.process is None or self.process.poll() is not None:
            self.stop()
            # -P: no module is imported from the folder of submissions, should that be here.
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-m", "toynets.coursework.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
            )
        return self.process

    def stop(self) -> None:
        if self.process is None:
            return
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):  # what was not sent cannot be any more
                    pipe.close()
        self.process = None


def _bytes(path: Path) -> bytes:
    """Read a little more than is allowed: enough to see that it is too much."""
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


@record
class ClassReport:
    """A graded class.

    Attributes:
        lesson: what was graded.
        ids: the exercises, in order.
        most: id -> points that could be had.
        submissions: in the order of the class.
        graded: what `Graded.to_dict` gives, in the same order.
    """

    lesson: str
    ids: tuple[str, ...]
    most: Mapping[str, Rational]
    submissions: tuple[Submission, ...]
    graded: tuple[dict[str, Any], ...]

    @property
    def faults(self) -> int:
        """How many submissions the grader itself failed on."""
        return sum(bool(g.get("fault")) for g in self.graded)

    @property
    def unjudged(self) -> int:
        """How many submissions have a problem for which no claim of theirs could be judged."""
        return sum(
            bool(g.get("problem"))
            and not any(c["actual"] or c["refused"] is False for c in g.get("claims", ()))
            for g in self.graded
        )

    def points(self, k: int) -> Rational:
        """Return what a submission earned, before anything is taken off for being late."""
        return sum((rational(c["points"]) for c in self.graded[k].get("claims", ())), ZERO)

    def reviews(self, k: int) -> list[str]:
        """Return what of a submission was not decided, and has its points until somebody looks."""
        return [c["review"] for c in self.graded[k].get("claims", ()) if c.get("review")]

    def marks(self) -> Table:
        """Return a row for each student: points by exercise, in all, and what went wrong."""
        rows = []
        for k, one in enumerate(self.submissions):
            by = {c["id"]: decimal(rational(c["points"])) for c in self.graded[k].get("claims", ())}
            problem = str(self.graded[k].get("problem", "")).splitlines()
            notes = "; ".join([*problem[:1], *([one.note] if one.note else []), *self.reviews(k)])
            total = decimal(self.points(k))
            rows.append([one.student, *(by.get(i, "0") for i in self.ids), total, notes])
        columns = ["student", *self.ids, "points", "note"]
        return Table(columns, rows, title=self.lesson, right=columns[1:-1])

    def summary(self) -> Table:
        """Return a row for each exercise, without names: how it went, and what was believed."""
        rows = []
        for id in self.ids:
            claims = [c for g in self.graded for c in g.get("claims", ()) if c["id"] == id]
            given = [c for c in claims if c["actual"] or c["refused"] is False]
            right = sum(c["passed"] is True for c in claims)
            total = sum((rational(c["points"]) for c in claims), ZERO)
            # Of all submissions: one that could not be judged has 0 points, as in `marks`.
            mean = decimal(total / len(self.graded)) if self.graded else "0"
            beliefs = Counter(c["misconception"] for c in claims if c["misconception"])
            said = ", ".join(f"{name} {n}" for name, n in beliefs.most_common(3))
            most = decimal(self.most[id])
            rows.append([id, str(len(given)), str(right), f"{mean} of {most}", said])
        columns = ["exercise", "claims", "right", "mean points", "beliefs"]
        title = f"{self.lesson}: {len(self.submissions)} submissions"
        return Table(columns, rows, title=title, right=columns[1:4])

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain data."""
        return {
            "lesson": self.lesson,
            "max_points": {i: decimal(p) for i, p in self.most.items()},
            "submissions": [
                {"name": s.name, "late": s.late, "note": s.note, **g, "student": s.student}
                for s, g in zip(self.submissions, self.graded, strict=True)
            ],
            "summary": self.summary().to_dict(),
        }


def grade_class(
    submissions: Sequence[Submission],
    task: Task,
    *,
    progress: Callable[[str, int, int], None] | None = None,
) -> ClassReport:
    """Grade submissions in parallel. None of them can stop the others.

    Args:
        submissions: in the order of the report.
        task: which exercises, and the budget of each.
        progress: called with (text, done, of how many).

    Raises:
        ToynetsError: there is no such lesson.
    """
    from toynets.coursework.worker import exercises_of

    exercises = exercises_of(task.folder, task.lesson, task.course, "")
    if not exercises:
        raise _no_exercises(task)
    found: list[dict[str, Any]] = [{} for _ in submissions]
    waiting: queue.SimpleQueue[int] = queue.SimpleQueue()
    for k in range(len(submissions)):
        waiting.put(k)
    done: queue.SimpleQueue[int] = queue.SimpleQueue()

    def work() -> None:
        worker = _Worker(task)
        try:
            while True:
                try:
                    k = waiting.get_nowait()
                except queue.Empty:
                    return
                try:
                    found[k] = worker.grade(submissions[k], task.lesson)
                except Exception as error:  # whatever it is, the class goes on
                    found[k] = {"problem": f"The grader failed on it: {error!r}", "fault": True}
                finally:
                    done.put(k)
        finally:
            worker.stop()

    count = max(1, min(task.jobs, len(submissions)))
    threads = [threading.Thread(target=work, daemon=True) for _ in range(count)]
    for thread in threads:
        thread.start()
    for number in range(len(submissions)):
        done.get()
        if progress is not None:
            progress(f"grading {task.lesson}", number + 1, len(submissions))
    for thread in threads:
        thread.join()
    return ClassReport(
        task.lesson,
        tuple(e.id for e in exercises),
        {e.id: e.points for e in exercises},
        tuple(submissions),
        tuple(found),
    )


def _no_exercises(task: Task) -> ToynetsError:
    """Say which lessons there are, or whose the exercises may be."""
    from toynets.coursework.exercise import FOLDER
    from toynets.errors import unknown

    if task.course:
        return ToynetsError(f"there are no exercises of the lesson {task.lesson}.")
    lessons = {p.name.partition(".")[0] for p in Path(task.folder or FOLDER).glob("*.toml")}
    return ToynetsError(
        unknown("exercises of the lesson", task.lesson, "", sorted(lessons), "lessons"),
        cause="it is misspelt, or a lesson of a course, or of exercises of your own.",
        fix="name their folder: --course private, or --exercises my-exercises.",
    )


def in_folder(folder: Path) -> list[Submission]:
    """Return a submission for each JSON file of a folder, by name of the file."""
    if not folder.is_dir():
        raise ToynetsError(f"there is no folder {folder}.")
    return [
        Submission(path.name.removesuffix(".json").removesuffix(".claims"), path)
        for path in sorted(folder.glob("*.json"))
        if not path.name.endswith(".work.json")
    ]
