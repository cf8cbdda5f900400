"""Rosters, file names of learning platforms, deadlines, gradebooks, changed marks."""

from __future__ import annotations

import csv
import io
import os

import pytest

from toynets.coursework.class_grading import ClassReport
from toynets.coursework.handing_in import found_in
from toynets.coursework.marks import Marks, as_csv, changed, gradebook, read_marks, write_all
from toynets.coursework.roster import Roster, Student, read_roster
from toynets.errors import ToynetsError
from toynets.rationals import rational

ROSTER = """ID,Name,Email,Canvas ID
s1,Ada M. Byron,ada@u.example,101
s2,"Cohn, Bo",bo@u.example,102
s3,Cy Dee,cy@u.example,103
"""


@pytest.fixture
def roster(tmp_path):
    path = tmp_path / "roster.csv"
    path.write_text("\ufeff" + ROSTER, encoding="utf-8")
    return read_roster(path)


def put(folder, *names):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}")
    return folder


def whose(found):
    return [(s.student, s.path.name) for s in found.submissions]


def test_a_roster_by_any_of_its_names(roster):
    assert [s.id for s in roster] == ["s1", "s2", "s3"]
    for key in ("s1", "ADA@u.example", "101", "adambyron"):
        assert roster.find(key).id == "s1"
    assert roster.find("nobody") is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name\nAda\n", "no column id"),
        ("id\n../x\n", "line 2: '../x' is not an id"),
        ("id\ns1\nS1\n", "line 3: the id S1 is there twice"),
        ("", "no column id"),
    ],
)
def test_a_roster_that_is_refused(tmp_path, text, message):
    path = tmp_path / "roster.csv"
    path.write_text(text)
    with pytest.raises(ToynetsError, match=message):
        read_roster(path)


def test_plain(tmp_path, roster):
    folder = put(tmp_path / "in", "s1.json", "s2.claims.json", "x.json", "s1.work.json", "a.txt")
    found = found_in(folder, "plain", roster)
    assert whose(found) == [("s1", "s1.json"), ("s2", "s2.claims.json")]
    assert [s.id for s in found.missing] == ["s3"] and found.unknown == ("x.json",)
    assert [s for s, _ in whose(found_in(folder, "plain", None))] == ["s1", "s2", "x"]


def test_canvas_with_late_marks_and_resubmissions(tmp_path, roster):
    folder = put(
        tmp_path / "in",
        "adambyron_101_5001_L04.claims.json",
        "adambyron_101_5002_L04.claims-1.json",
        "adambyron_101_5003_L04.claims-2.json",
        "cohnbo_LATE_102_5004_L04.claims.json",
        "evil_999_5005_L04.claims.json",
        "notes.json",
    )
    found = found_in(folder, "canvas", roster)
    assert whose(found) == [
        ("s1", "adambyron_101_5003_L04.claims-2.json"),
        ("s2", "cohnbo_LATE_102_5004_L04.claims.json"),
    ]
    assert found.submissions[0].note == "resubmitted 2 times"
    assert found.submissions[1].late == 1 and "marked late" in found.submissions[1].note
    assert found.unknown == ("evil_999_5005_L04.claims.json", "notes.json")


def test_moodle_in_folders_and_flat(tmp_path, roster):
    folder = put(
        tmp_path / "in",
        "Ada M. Byron_101_assignsubmission_file_/L04.claims.json",
        "Bo Cohn_102_assignsubmission_file_L04.claims.json",
    )
    found = found_in(folder, "moodle", roster)
    assert [s for s, _ in whose(found)] == ["s1", "s2"]


def test_gradescope_with_its_metadata(tmp_path, roster):
    folder = put(tmp_path / "in", "submission_7/L04.claims.json", "submission_8/a.json")
    (folder / "submission_metadata.yml").write_text(
        "---\nsubmission_7:\n  :submitters:\n  - :name: Ada\n    :sid: s1\n"
        "    :email: ada@u.example\nsubmission_8:\n  :submitters:\n  - :name: Cy\n"
        "    :email: cy@u.example\n  :created_at: 2026-12-01 00:10:00.123456000 Z\n"
    )
    os.utime(folder / "submission_7/L04.claims.json", (0, 0))
    found = found_in(folder, "gradescope", roster, deadline="2026-11-30T23:59+00:00")
    assert [s for s, _ in whose(found)] == ["s1", "s3"]
    assert [s.late for s in found.submissions] == [0, 1]  # by the platform's own time


def test_days_late_are_counted_up(tmp_path, roster):
    folder = put(tmp_path / "in", "s1.json", "s2.json", "s3.json")
    # 2026-11-30T23:59:00Z, and a minute before, a minute after, a day and a minute after.
    until = 1_796_083_140
    for name, seconds in (("s1", -60), ("s2", 60), ("s3", 86_460)):
        os.utime(folder / f"{name}.json", (until + seconds,) * 2)
    found = found_in(folder, "plain", roster, deadline="2026-11-30T23:59+00:00")
    assert [s.late for s in found.submissions] == [0, 1, 2]
    with pytest.raises(ToynetsError, match="'soon' is not a time"):
        found_in(folder, "plain", roster, deadline="soon")


def marks_of(found, roster, points, per_day="0"):
    graded = [
        {"problem": "", "claims": [{"id": "L04.1", "points": p, "max_points": "10", "name": "L04.1",
                                    "rationale": ["fine"], "passed": True, "misconception": "",
                                    "actual": "x", "refused": False}]}
        for p in points
    ]  # fmt: skip
    report = ClassReport(
        "L04", ("L04.1",), {"L04.1": rational(10)}, found.submissions, tuple(graded)
    )
    return Marks(report, found, roster, per_day)


@pytest.fixture
def marks(tmp_path, roster):
    folder = put(tmp_path / "in", "s1.json", "s2.json", "=cmd.json")
    found = found_in(folder, "plain", roster)
    found.submissions[1].late = 3
    return marks_of(found, roster, ["10", "15/2"], "10")


def test_lateness_costs_a_share_and_the_missing_have_nothing(marks, roster):
    rows = {row[0]: list(row) for row in marks.table().rows}
    assert rows["s1"][2:4] == ["10", "10"]
    assert rows["s2"][2:4] == ["7.5", "5.25"]  # 7.5 less three times 10 percent
    assert rows["s3"][2:] == ["0", "0", "nothing handed in"]
    assert marks.notes() == ["Nothing from: s3.", "Of nobody in the roster: =cmd.json."]
    marks.found.unknown = ("a\x1b[31m.json",)
    assert "a [31m.json" in marks.notes()[1]  # a file name does not steer the terminal
    with pytest.raises(ToynetsError, match="a percentage from 0 to 100"):
        Marks(marks.report, marks.found, roster, "101")


@pytest.mark.parametrize(
    ("layout", "head", "row"),
    [
        (
            "canvas",
            ["Student", "ID", "SIS User ID", "Section", "L04"],
            ["Cohn, Bo", "102", "s2", "", "5.25"],
        ),
        (
            "moodle",
            ["Identifier", "Full name", "ID number", "Email address", "Grade", "Maximum Grade"],
            ["Participant 102", "Cohn, Bo", "s2", "bo@u.example", "5.25", "10"],
        ),
        (
            "gradescope",
            ["Name", "SID", "Email", "Total Score", "Max Points"],
            ["Cohn, Bo", "s2", "bo@u.example", "5.25", "10"],
        ),
        ("plain", ["id", "mark", "max"], ["s2", "5.25", "10"]),
    ],
)
def test_the_gradebook_of_each_system(marks, layout, head, row):
    rows = list(csv.reader(io.StringIO(gradebook(marks, layout))))
    assert rows[0] == head and row in rows
    assert len(rows) == 4 + (layout == "canvas")


def test_files_are_written_and_changed_marks_are_shown(marks, tmp_path, roster):
    out = tmp_path / "out"
    names = write_all(out, marks, "plain", None)
    assert "feedback/ (2 files)" in names
    assert "7.5 of 10 points, 5.25 after 3 late days." in (out / "feedback/s2.txt").read_text()
    with pytest.raises(ToynetsError, match="nothing is overwritten unasked"):
        write_all(out, marks, "plain", None)
    again = marks_of(marks.found, roster, ["10", "10"], "10")
    table = changed(read_marks(out / "marks.csv"), again)
    assert [list(row) for row in table.rows] == [["s2", "5.25", "7"]]
    write_all(out, again, "plain", table, force=True)
    assert "s2,5.25,7" in (out / "changed.csv").read_text()
    with pytest.raises(ToynetsError, match=r"is not a marks\.csv"):
        read_marks(out / "gradebook.csv")


def test_work_is_never_given_to_somebody_else(tmp_path):
    first = Student("s1", "Ann Lee", "ann@u.example", "7")
    people = Roster((first, Student("7", "Bo Ray", "", "8"), Student("s3", "Ann Lee", "", "9")))
    assert people.find("7").name == "Bo Ray"  # an id, before the number that another one has
    assert people.find("annlee") is None  # two have that name
    assert people.find("boray").id == "7" and people.find("S3").system == "9"
    found = found_in(put(tmp_path / "in", "annlee.json", "7.json"), "plain", people)
    assert [s.student for s in found.submissions] == ["7"] and found.unknown == ("annlee.json",)


def test_no_two_students_share_a_file_of_feedback(tmp_path):
    folder = put(tmp_path / "in", "a b.json", "a_b.json", "A_B.json", "=cmd.json")
    found = found_in(folder, "plain", None)
    marks = marks_of(found, None, ["1", "2", "3", "4"])
    write_all(tmp_path / "out", marks, "plain", None)
    files = list((tmp_path / "out" / "feedback").iterdir())
    assert len({path.name.casefold() for path in files}) == 4  # also where case does not count
    told = [path.read_text() for path in files]
    sums = sorted(line for text in told for line in text.splitlines() if "of 10 points" in line)
    assert [s for s in sums if s.endswith(".")] == [f"{k} of 10 points." for k in "1234"]
    # What a spreadsheet must not compute is the same student when it is read again.
    again = read_marks(tmp_path / "out" / "marks.csv")
    assert set(again) == {"a b", "a_b", "A_B", "=cmd"} and not len(changed(again, marks))


@pytest.mark.parametrize("layout", ["canvas", "moodle", "gradescope"])
def test_a_gradebook_without_a_roster_has_everybody(tmp_path, layout):
    found = found_in(put(tmp_path / "in", "101.json", "102.json"), "plain", None)
    rows = list(csv.reader(io.StringIO(gradebook(marks_of(found, None, ["1", "2"]), layout))))
    assert [any(s in cell for row in rows for cell in row) for s in ("101", "102")] == [True, True]


def test_no_cell_is_a_formula():
    assert as_csv(["a"], [["=1+1"], ["@x"], ["-2"], ["fine"]]) == "a\n'=1+1\n'@x\n'-2\nfine\n"
