"""A class is graded in child processes: marks as designed, nothing crashes, nobody waits."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from class_of_students import students, submission

from toynets.coursework.class_grading import (
    ClassReport,
    Submission,
    Task,
    grade_class,
    in_folder,
)
from toynets.coursework.grading import grade_bytes
from toynets.errors import ToynetsError
from toynets.rationals import rational


def handed_in(folder, count, lesson):
    """Write a class into a folder; return the points that are meant, by name."""
    meant = {}
    for name, data, points in students(count, "L04", list(lesson.values())):
        (folder / f"{name}.json").write_bytes(data)
        meant[name] = points
    return meant


@pytest.fixture(scope="module")
def five(lesson, tmp_path_factory):
    """A folder of the five exercises alone, whatever else the package has for the lesson."""
    from toynets.coursework.exercise import FOLDER

    folder = tmp_path_factory.mktemp("exercises")
    for name in lesson:
        text = (FOLDER / f"{name}.toml").read_text(encoding="utf-8")
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return str(folder)


def check_class(folder, count, lesson, five):
    meant = handed_in(folder, count, lesson)
    moved = []
    task = Task("L04", five, jobs=2)
    report = grade_class(in_folder(folder), task, progress=lambda *a: moved.append(a))
    assert moved[-1] == ("grading L04", count, count)
    got = {s.student: report.points(k) for k, s in enumerate(report.submissions)}
    assert got == meant
    assert report.faults == 0
    assert max(g["seconds"] for g in report.graded) < 5
    beliefs = "; ".join(row[-1] for row in report.summary().rows)
    wrong = {w.misconception for e in lesson.values() for w in e.wrong if w.misconception}
    if count > 100:
        assert all(name in beliefs for name in wrong)
    assert not any(name in str(report.summary()) for name in meant)  # the summary is anonymous
    for graded in report.graded:
        assert graded["problem"] or len(graded["claims"]) == len(lesson)
    return report


def test_a_class_of_thirty(lesson, five, tmp_path):
    report = check_class(tmp_path, 30, lesson, five)
    assert len(report.marks()) == 30


@pytest.mark.long
def test_a_class_of_three_hundred(lesson, five, tmp_path):
    began = time.monotonic()
    check_class(tmp_path, 300, lesson, five)
    assert time.monotonic() - began < 120


def test_the_mean_of_an_exercise_is_that_of_its_marks():
    claim = {"id": "L04.1", "points": "4", "passed": True, "actual": "1", "misconception": ""}
    graded = ({"claims": [claim]}, {"problem": "The submission took more than 1 seconds"})
    people = (Submission("a", Path("a.json")), Submission("b", Path("b.json")))
    report = ClassReport("L04", ("L04.1",), {"L04.1": rational(4)}, people, graded)
    assert [row[1] for row in report.marks().rows] == ["4", "0"]
    assert report.summary().rows[0][3] == "2 of 4"


def test_what_takes_too_long_is_stopped_and_the_class_goes_on(lesson, tmp_path, monkeypatch):
    # A submission that the worker never answers: the process is stopped, the next one starts anew.
    from toynets.coursework import class_grading

    monkeypatch.setattr(class_grading, "GRACE", 0.0)
    everything = {e.id: dict(e.solution) for e in lesson.values()}
    data = submission("L04", list(lesson.values()), everything)
    for name in ("a", "b"):
        (tmp_path / f"{name}.json").write_bytes(data)
    report = grade_class(in_folder(tmp_path), Task("L04", seconds=0.001, jobs=1))
    for graded in report.graded:
        assert "took more than 0.001 seconds" in graded["problem"]
    assert [report.points(k) for k in (0, 1)] == [0, 0]
    assert report.faults == 0


def test_a_process_that_died_with_something_unsent_is_put_away():
    from toynets.coursework.class_grading import _Worker

    worker = _Worker(Task("L04"))
    process = worker._started()
    process.kill()
    process.wait()
    process.stdin.write("what it never read")
    worker.stop()
    assert worker.process is None and process.stdin.closed


def test_the_time_of_a_student_is_shared_by_their_claims(lesson):
    everything = {e.id: dict(e.solution) for e in lesson.values()}
    data = submission("L04", list(lesson.values()), everything)
    found = grade_bytes(data, list(lesson.values()), seconds=0.0)
    assert found.points == 0 and "The limit of 0 seconds was reached." in found.problem
    assert "used up before" in found.judged[-1].rationale[0]


def test_a_fault_of_the_grader_is_an_answer(tmp_path):
    (tmp_path / "a.json").write_bytes(b"{}")
    from toynets.coursework.worker import answer

    job = {"data": "!", "student": "", "what": "", "lesson": "L04", "folder": "", "course": ""}
    with pytest.raises(Exception, match=r"padding|seconds"):
        answer(job)
    with pytest.raises(ToynetsError, match="no exercises of the lesson L99"):
        grade_class([Submission("a", tmp_path / "a.json")], Task("L99"))


def test_a_file_is_graded_as_its_notebook_was(lesson, tmp_path):
    from toynets.coursework import open

    hw = open("L04", folder=tmp_path)
    hw.predict("L04.2", "h2 = 0", [0, 1, 1, 2])
    hw.explain("L04.1", "x1*x2", role="corrector")
    hw.submit()
    data = hw.claims_file.read_bytes()
    found = grade_bytes(data, list(lesson.values()))
    assert found.points == rational(10) and json.loads(data)["lesson"] == "L04"
    assert [j.passed for j in found.judged] == [False, True, False, False, False]


def test_the_worker_has_a_limit_of_memory():
    program = (
        "from toynets.coursework.worker import limit_memory\n"
        "limit_memory(600 * 1024**2)\n"
        "try:\n    bytearray(10**9)\nexcept MemoryError:\n    print('refused')\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout == b"refused\n"


def test_nothing_of_the_folder_of_submissions_is_imported(lesson, five, tmp_path, monkeypatch):
    for name in ("json", "toynets", "base64"):
        (tmp_path / f"{name}.py").write_text("open('run.txt', 'w').write('it ran')\n")
    data = submission("L04", list(lesson.values()), {"L04.5": {"x": ["1/2", "1/2"]}})
    (tmp_path / "a.json").write_bytes(data)
    monkeypatch.chdir(tmp_path)
    report = grade_class(in_folder(tmp_path), Task("L04", five, jobs=1))
    assert report.points(0) == 4 and not (tmp_path / "run.txt").exists()
