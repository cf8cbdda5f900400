"""`toynets grade`: one file, a folder, a private course."""

from __future__ import annotations

import json
import os
import zipfile

import pytest
from class_of_students import submission
from class_solutions import right_claim
from hostile_claims import FILES

from toynets.coursework import open, read_folder


@pytest.fixture
def claims(tmp_path):
    """A file with one right claim and one wrong one."""
    hw = open("L04", folder=tmp_path)
    hw.predict("L04.2", [0, 1, 1, 2])
    hw.explain("L04.3", "max(x1, x2) - min(x1, x2)")
    hw.submit()
    return hw.claims_file


def test_one_file(toynets, claims):
    done = toynets("grade", str(claims))
    assert done.status == 1
    assert "L04.2 The network without h2: right, 4 of 4 points" in done.out
    assert "It explains the other XOR network." in done.out
    assert "\n4 of " in done.out


def test_one_file_is_as_late_as_in_a_class(toynets, claims, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    path = folder / "s1.json"
    path.write_bytes(claims.read_bytes())
    os.utime(path, (1_796_083_200,) * 2)  # 2026-12-01T00:00 UTC
    until = ("--deadline", "2026-11-28T12:00+00:00", "--late-per-day", "25")
    keys = ("--lesson", "L04", *until, "--jobs=1")
    alone = toynets("grade", str(path), *keys, "--json").data
    assert (alone["late"], alone["mark"], alone["points"]) == (3, "1", "4")
    (one,) = toynets("grade", str(folder), *keys, "--json").data["submissions"]
    assert {key: one[key] for key in ("late", "mark", "note")} == {
        key: alone[key] for key in ("late", "mark", "note")
    }
    said = toynets("grade", str(path), *keys).out
    most = alone["max_points"]
    assert said.endswith(f"late: 3 days.\n4 of {most} points, 1 after 3 late days.\n")


def test_a_folder(toynets, claims, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "s1.json").write_bytes(claims.read_bytes())
    (folder / "s2.json").write_bytes(FILES["10,000 lists"])
    roster = tmp_path / "roster.csv"
    roster.write_text("id,name\ns1,Ada\ns2,Bo\ns3,Cy\n")
    keys = ("grade", str(folder), "--lesson", "L04", "--roster", str(roster), "--jobs=1")
    done = toynets(*keys, "--output", str(tmp_path / "marks"))
    assert done.status == 3
    assert "1 of 2 files could not be judged" in done.out
    assert "proof-on-the-corners 1" in done.out and "brackets more than" in done.out
    assert "Nothing from: s3." in done.out
    assert "Ada" not in (tmp_path / "marks" / "summary.csv").read_text()
    old = str(tmp_path / "marks" / "marks.csv")
    other = toynets("grade", str(folder), "--lesson", "L05", "--jobs=1")
    assert other.status == 3 and "2 of 2 files could not be judged" in other.out
    (folder / "s2.json").write_bytes((folder / "s1.json").read_bytes())
    whole = toynets(*keys)
    assert whole.status == 0 and "could not be judged" not in whole.out
    (folder / "s2.json").write_bytes(FILES["10,000 lists"])
    data = toynets(*keys, "--json", "--regrade", old).data
    assert data["changed"]["rows"] == []
    assert [s["mark"] for s in data["submissions"]] == ["4", "0"] and data["missing"] == ["s3"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nothing.json",), "there is no file nothing.json"),
        ((".",), "a folder is graded for one lesson"),
        ((".", "--lesson", "L04", "--seconds", "0"), "a number of seconds above 0"),
        ((".", "--lesson", "L04", "--late-per-day", "x"), "is not a number"),
        ((".", "--lesson", "L04", "--late-per-day", "101"), "a percentage from 0 to 100"),
        ((".", "--lesson", "L04"), "nothing to grade in ."),
        ((".", "--lesson", "L04", "--regrade", "old.csv"), "there is no file old.csv"),
        (("s1.json", "--course", "private"), "whose file is s1.json?"),
        (("sub/here.json", "--layout", "canvas", "-o", "x"), "--layout, --output: for a class"),
        (("sub/here.json", "--late-per-day", "10"), "takes nothing off without a deadline"),
        (("sub/here.json", "--late-per-day=-1"), "a percentage from 0 to 100"),
        (("sub/here.json", "--deadline", "2026-11-30"), "write 2026-11-30T23:59"),
        ((".", "--lesson", "L04", "--deadline", "2026-11-30"), "has no time of day"),
        ((".", "--lesson", "L04", "--student", "s1"), "but . is a folder"),
        (("sub/net.json", "--lesson", "L04"), "net.json: expected the format toynets-claims/1"),
        (("sub/here.json", "--lesson", "L4"), "Nearest: L04."),
    ],
)
def test_wrong_use(toynets, arguments, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "here.json").write_text(
        '{"format": "toynets-claims/1", "lesson": "L04", "claims": [{"id": "L04.2"}]}'
    )
    (tmp_path / "sub" / "net.json").write_text('{"format": "toynets-network/1"}')
    done = toynets("grade", *arguments)
    assert done.status == 2 and said in done.err


def test_a_course_from_new_to_marks(toynets, tmp_path):
    private, out = str(tmp_path / "private"), tmp_path / "released"
    templates = "--templates=construct,counterexample"
    assert toynets("course", "new", private, templates).status == 0
    assert toynets("course", "new", private).status == 2
    roster = tmp_path / "roster.csv"
    roster.write_text("id\ns1\ns2\n")
    keys = ("course", "release", private, "--roster", str(roster), "-o", str(out))
    assert "no key, no solution and no expected value" in toynets(*keys).out
    file = out / "s1" / "G01.exercises.json"
    (out / "s2" / "G01.exercises.json").write_text("{}")
    assert "holds other exercises" in toynets(*keys).err
    assert (out / "s2" / "G01.exercises.json").read_text() == "{}"
    assert toynets(*keys, "--force").status == 0
    assert toynets(*keys).status == 0  # the same files again
    key = json.loads((tmp_path / "private" / "course.json").read_text())["key"]
    assert key not in file.read_text()

    from toynets.coursework.courses import Course

    folder = tmp_path / "in"
    folder.mkdir()
    mine = Course.read(private).exercises("s1", "G01")
    (folder / "s1.json").write_bytes(submission("G01", mine, {e.id: right_claim(e) for e in mine}))
    graded = toynets("grade", str(folder), "--lesson", "G01", "--course", private, "--json")
    assert graded.data["submissions"][0]["points"] == "23"
    alone = toynets("grade", str(folder / "s1.json"), "--course", private, "--student", "s1")
    assert alone.status == 0 and "23 of 23 points." in alone.out
    (tmp_path / "private" / "roster.csv").write_text("id\ns1\n")
    # From here on the course knows its class: another spelling is the same student.
    (folder / "s1.json").rename(folder / "S1.json")
    (folder / "nobody.json").write_bytes(b"{}")
    graded = toynets("grade", str(folder), "--lesson", "G01", "--course", private, "--json")
    (one,) = graded.data["submissions"]
    assert (one["student"], one["points"]) == ("s1", "23")
    assert graded.data["unknown"] == ["nobody.json"]
    alone = toynets("grade", str(folder / "S1.json"), "--course", private, "--student", "s2")
    assert alone.status == 2 and "no student s2 in the roster" in alone.err
    zipped = str(tmp_path / "a.zip")
    assert "It holds the key" in toynets("course", "autograder", private, "-o", zipped).out
    assert toynets("course", "autograder", private, "-o", zipped).status == 2


def test_what_would_be_refused_at_the_end_is_refused_before_the_grading(toynets, tmp_path):
    folder, out = tmp_path / "in", tmp_path / "marks"
    folder.mkdir()
    out.mkdir()
    (folder / "s1.json").write_bytes(b"{}")
    (out / "marks.csv").write_text("kept")
    done = toynets("grade", str(folder), "--lesson", "L04", "-o", str(out))
    assert done.status == 2 and "nothing is overwritten unasked" in done.err and done.out == ""
    assert (out / "marks.csv").read_text() == "kept"
    done = toynets("grade", str(folder), "--lesson", "G01", "-o", str(tmp_path / "other"))
    assert done.status == 2 and "--course private" in done.err


def test_an_archive_is_named(toynets, tmp_path):
    packed = tmp_path / "in.zip"
    with zipfile.ZipFile(packed, "w") as made:
        made.writestr("s1.json", "{}")
    done = toynets("grade", str(packed))
    assert done.status == 2 and "zip archive" in done.err and "unpack it" in done.err


def test_the_guide_and_what_is_missing(toynets):
    assert toynets("course", "guide").out.startswith("# Running a course with toynets")
    assert "needs the private folder" in toynets("course", "new").err
    assert "No file is given" in toynets("course", "autograder", "--lesson", "L04").err


def test_otter_files(toynets, tmp_path):
    out = tmp_path / "tests"
    assert toynets("course", "otter", "--lesson", "L04", "-o", str(out)).status == 0
    assert {p.stem for p in out.iterdir()} == {e.id for e in read_folder(lesson="L04")}
    assert toynets("course", "otter", "--lesson", "L99", "-o", str(out)).status == 2
    assert toynets("course", "otter", "--lesson", "L04", "-o", str(out)).status == 2
