"""What learning platforms read: results.json at every moment, the autograder, nbgrader, otter."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile

import pytest
from class_of_students import submission
from class_solutions import right_claim

from toynets.coursework import gradescope
from toynets.coursework.autograding import autograder_zip, main
from toynets.coursework.courses import new_course
from toynets.coursework.gradescope import TEST, TOP, check_results, grade_submission, results
from toynets.coursework.notebook_formats import check_source, nbgrader_cell, otter_test
from toynets.errors import ToynetsError

# Copied from the page of the platform, independently of the lists in the package.
FIELDS = (
    "score execution_time output output_format test_output_format test_name_format visibility "
    "stdout_visibility extra_data tests leaderboard"
)
OF_A_TEST = (
    "score max_score status name name_format number output output_format tags visibility extra_data"
)


@pytest.fixture
def handed_in(lesson, tmp_path):
    """A submission in which all is right but L04.2."""
    claims = {e.id: dict(e.solution) for e in lesson.values()}
    claims["L04.2"] = {"outputs": [0, 1, 1, 0]}
    folder = tmp_path / "submission"
    folder.mkdir()
    data = submission("L04", list(lesson.values()), claims)
    (folder / "L04.claims.json").write_bytes(data)
    return folder


def test_the_fields_are_those_of_the_platform():
    assert set(TOP) == set(FIELDS.split()) and set(TEST) == set(OF_A_TEST.split())


def test_results_of_a_graded_submission(handed_in, lesson, tmp_path):
    out = tmp_path / "results.json"
    grade_submission(handed_in, out, list(lesson.values()), visibility="after_due_date")
    data = json.loads(out.read_text())
    assert check_results(data) == [] and set(data) == set(FIELDS.split())
    assert data["score"] == 32 and len(data["tests"]) == 5
    by = {t["extra_data"]["id"]: t for t in data["tests"]}
    assert all(set(t) == set(OF_A_TEST.split()) for t in data["tests"])
    assert by["L04.2"]["status"] == "failed" and by["L04.2"]["tags"] == ["effects-add-up"]
    assert by["L04.1"]["extra_data"]["scores"]["causal"] == 4
    assert {t["visibility"] for t in data["tests"]} == {"after_due_date"}


def test_results_are_whole_when_the_grader_fails_half_way(handed_in, lesson, tmp_path, monkeypatch):
    out = tmp_path / "results.json"
    seen = []
    real = gradescope.grade_bytes

    def breaks(data, exercises, **given):
        # Before anything is judged there is a valid file.
        seen.append(json.loads(out.read_text()))
        real(data, exercises[:2], **given)
        seen.append(json.loads(out.read_text()))
        raise OSError("the disk is gone")

    monkeypatch.setattr(gradescope, "grade_bytes", breaks)
    with pytest.raises(OSError, match="the disk is gone"):
        grade_submission(handed_in, out, list(lesson.values()))
    seen.append(json.loads(out.read_text()))
    assert [check_results(data) for data in seen] == [[], [], []]
    assert [len(data["tests"]) for data in seen] == [0, 2, 2]
    assert [data["score"] for data in seen] == [0, 10, 10]
    assert "was stopped before it began" in seen[0]["output"]
    assert "The grader failed (OSError)" in seen[2]["output"]


def test_results_are_whole_when_the_process_is_killed(handed_in, tmp_path):
    """A kill that nothing in the process can catch, after two exercises."""
    out = tmp_path / "results.json"
    program = """
import os, sys
from pathlib import Path
from toynets.coursework import gradescope, read_folder
made = gradescope.results
def dies(judged, *rest):
    if len(judged) == 3:
        os.kill(os.getpid(), 9)
    return made(judged, *rest)
gradescope.results = dies
gradescope.grade_submission(Path(sys.argv[1]), Path(sys.argv[2]), read_folder(lesson="L04"))
"""
    command = [sys.executable, "-c", program, str(handed_in), str(out)]
    assert subprocess.run(command, check=False).returncode == -9
    data = json.loads(out.read_text())
    assert check_results(data) == [] and len(data["tests"]) == 2
    assert "was stopped after these" in data["output"]


def test_a_submission_without_or_with_two_files(lesson, tmp_path):
    folder = tmp_path / "submission"
    folder.mkdir()
    out = tmp_path / "results.json"
    for name in ("", "a.json", "b.json"):
        if name:
            (folder / name).write_text("{}")
        if name == "a.json":
            continue
        graded = grade_submission(folder, out, list(lesson.values()))
        assert "a submission has one claims file" in graded.problem
        data = json.loads(out.read_text())
        assert check_results(data) == [] and data["score"] == 0 and len(data["tests"]) == 5


def test_faults_of_a_results_file_are_found():
    good = results([], "", 1.0)
    assert check_results({**good, "more": 1}) == ["missing or unknown: more"]
    assert check_results({**good, "visibility": "seen"}) == ["visibility: 'seen'"]
    assert check_results({**good, "tests": [{}]})[0].startswith("test 1, missing or unknown: ")
    with pytest.raises(ToynetsError, match="visibility is one of"):
        results([], "", 1.0, "seen")


def unpacked(data, folder):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(folder)
        return {i.filename: i.external_attr >> 16 for i in archive.infolist()}


def test_the_autograder_of_open_exercises(handed_in, tmp_path, capsys):
    data = autograder_zip("L04", {}, version="0.1.0")
    assert data == autograder_zip("L04", {}, version="0.1.0")
    modes = unpacked(data, tmp_path / "source")
    assert modes["run_autograder"] == modes["setup.sh"] == 0o755
    assert "pip install toynets==0.1.0" in (tmp_path / "source" / "setup.sh").read_text()
    for script in ("setup.sh", "run_autograder"):
        check = ["bash", "-n", str(tmp_path / "source" / script)]
        assert subprocess.run(check, check=False).returncode == 0
    out = tmp_path / "results.json"
    main([str(handed_in), str(out), str(tmp_path / "source")])
    found = json.loads(out.read_text())
    assert check_results(found) == [] and found["score"] >= 32
    assert "exercises judged" in capsys.readouterr().out


def test_the_autograder_of_a_course_knows_its_students(tmp_path, capsys):
    course = new_course(tmp_path / "private", templates=["construct", "counterexample"])
    files = {"course.json": (tmp_path / "private/course.json").read_text()}
    files["roster.csv"] = "id,name,email\ns1,Ada,ada@u.example\n"
    unpacked(autograder_zip("G01", {}, course=files), tmp_path / "source")
    folder = tmp_path / "submission"
    folder.mkdir()
    mine = course.exercises("s1", "G01")
    data = submission("G01", mine, {e.id: right_claim(e) for e in mine})
    (folder / "G01.claims.json").write_bytes(data)
    out = tmp_path / "results.json"
    for email, score in (("ada@u.example", 23), ("eve@u.example", 0)):
        users = {"users": [{"email": email, "sid": ""}]}
        (tmp_path / "submission_metadata.json").write_text(json.dumps(users))
        main([str(folder), str(out), str(tmp_path / "source")])
        found = json.loads(out.read_text())
        assert check_results(found) == [] and found["score"] == score
    assert "nobody of the course is known by eve@u.example" in found["output"]
    capsys.readouterr()


def test_nbgrader_cells_are_of_version_3(lesson):
    e = lesson["L04.2"]
    check, answer = nbgrader_cell(e, "check"), nbgrader_cell(e, "answer")
    assert check == {
        "schema_version": 3,
        "grade_id": "L04-2-check",
        "grade": True,
        "solution": False,
        "locked": True,
        "task": False,
        "points": 4.0,
    }
    assert answer["solution"] and not answer["grade"] and "points" not in answer
    with pytest.raises(ToynetsError, match="no part test"):
        nbgrader_cell(e, "test")


def test_a_check_cell_and_an_otter_file_pass_and_fail_quietly(lesson, tmp_path, capsys):
    import doctest

    from toynets.coursework import open

    hw = open("L04", folder=tmp_path)
    with pytest.raises(AssertionError, match="there is no claim yet"):
        exec(check_source(lesson["L04.2"]), {"hw": hw})
    scope: dict = {}
    exec(otter_test(lesson["L04.2"]), scope)
    case = scope["test"]["suites"][0]["cases"][0]["code"]
    assert scope["OK_FORMAT"] is True and scope["test"]["points"] == 4.0

    def failures():
        test = doctest.DocTestParser().get_doctest(case, {"hw": hw}, "case", None, 0)
        return doctest.DocTestRunner(verbose=False).run(test, out=lambda text: None).failed

    assert failures() == 1
    hw.predict("L04.2", [0, 1, 1, 2])
    assert failures() == 0
    exec(check_source(lesson["L04.2"]), {"hw": hw})
    assert capsys.readouterr().err == ""
