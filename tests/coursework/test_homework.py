"""The student's side: each call saves, hints come by and by, what is handed in is valid."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from class_solutions import right_claim

from toynets.coursework import open, practice, read_claims
from toynets.errors import ToynetsError


@pytest.fixture
def hw(tmp_path):
    return open("L04", folder=tmp_path)


def test_a_lesson_from_the_first_claim_to_the_file(hw, lesson, tmp_path):
    assert hw.explain("L04.1", "relu(x1 + x2 - 1)", unit="h2", role="corrector").passed
    assert hw.predict("L04.2", "h2 = 0", [0, 1, 1, 2]).passed
    assert hw.explain("L04.3", "1 - abs(x1 + x2 - 1)", domain="[0,1]^2").passed
    assert hw.construct("L04.4", lesson["L04.4"].solution["weights"]).passed
    assert hw.counterexample("L04.5", ["1/2", 0.5]).passed
    assert "36 of 36 points" in str(hw.status()) or len(hw.exercises) > 5
    said = hw.submit()
    assert "5 of" in said and "it holds no name" in said
    claims = read_claims(hw.claims_file.read_bytes())
    assert claims.network.startswith("xor-sum@sha256:")
    assert claims.claims["L04.5"]["x"] == ["1/2", "1/2"]
    assert claims.claims["L04.2"]["intervention"] == "h2 = 0"
    assert not list(tmp_path.glob(".toynets-*"))


def test_each_call_saves_and_work_is_taken_up_again(hw, tmp_path):
    hw.predict("L04.2", [0, 0, 0, 0])
    saved = json.loads(hw.work_file.read_text())
    assert saved["claims"]["L04.2"] == {"outputs": [0, 0, 0, 0]} and saved["failed"] == {"L04.2": 1}
    again = open("L04", folder=tmp_path)
    assert not again.passed("L04.2") and "you predicted 0" in again.last("L04.2")
    again.predict("L04.2", [0, 1, 1, 2])
    assert open("L04", folder=tmp_path).passed("L04.2")


def test_without_the_work_the_claims_file_is_read(hw, tmp_path):
    hw.predict("L04.2", [0, 1, 1, 2])
    hw.submit()
    hw.work_file.unlink()
    assert open("L04", folder=tmp_path).passed("L04.2")


def test_files_of_a_class_lie_side_by_side_and_each_is_its_students(hw, lesson, tmp_path):
    from toynets.coursework.handing_in import found_in

    hw.predict("L04.2", [0, 1, 1, 2])
    folder = tmp_path / "in"
    folder.mkdir()
    for student in ("s1", "ada.b@uni.example", ""):
        said = hw.submit(student)
        assert said.startswith(str(hw.claims_file)) and hw.student == student
        assert said.endswith(f"is called by {student}." if student else "it holds no name.")
        (folder / hw.claims_file.name).write_bytes(hw.claims_file.read_bytes())
    found = found_in(folder, "plain", None, lesson="L04").submissions
    assert {s.student: s.path.name for s in found} == {
        "s1": "L04.s1.claims.json",
        "ada.b@uni.example": "L04.ada.b@uni.example.claims.json",
        "L04": "L04.claims.json",
    }
    notes = {s.student: s.note for s in found}
    assert "does not say whose it is" in notes.pop("L04") and set(notes.values()) == {""}
    for bad in ("../s1", "s 1", ".s1", "s/1"):
        with pytest.raises(ToynetsError, match="not an id that can be part of a file name"):
            hw.submit(bad)


def test_one_more_hint_after_each_five_failed_checks(hw):
    hints = hw.exercise("L04.2").hints
    seen = [hw.predict("L04.2", [k, 9, 9, 9]).help for k in range(1, 17)]
    assert seen[3] == "" and seen[4] == hints[0] and seen[8] == hints[0]
    assert seen[9] == hints[1] and seen[14] == hints[2] and seen[15] == hints[2]
    assert str(hw.predict("L04.2", [1, 9, 9, 9])).endswith(f"Hint: {hints[2]}")
    assert len(hw.predict("L04.2", [1, 9, 9, 9]).lines()) <= 8


def test_what_cannot_be_read_is_no_check_and_the_old_claim_stays(hw):
    hw.predict("L04.2", [0, 1, 1, 2])
    with pytest.raises(ToynetsError, match="3 entries for 4 inputs"):
        hw.predict("L04.2", [0, 1, 1])
    with pytest.raises(ToynetsError, match="is an exercise of kind explain, not predict"):
        hw.predict("L04.1", [0, 1, 1, 2])
    with pytest.raises(ToynetsError, match=r"no exercise L04\.99"):
        hw.number("L04.99", 1)
    with pytest.raises(ToynetsError, match="has no key 'output'"):
        hw.check("L04.2", output=[0])
    assert hw.passed("L04.2")
    assert json.loads(hw.work_file.read_text())["attempts"] == {"L04.2": 1}


def test_wrong_use_of_open(tmp_path):
    with pytest.raises(ToynetsError, match=r"no lesson L4 .*Nearest: L04"):
        open("L4", folder=tmp_path)
    with pytest.raises(ToynetsError, match=r"no lesson \.\./x"):
        open("../x", folder=tmp_path)
    with pytest.raises(ToynetsError, match="there is no folder"):
        open("L04", folder=tmp_path / "none")
    with pytest.raises(ToynetsError, match="nothing to hand in"):
        open("L04", folder=tmp_path).submit()
    (tmp_path / "L04.work.json").write_text("{")
    with pytest.raises(ToynetsError, match="is damaged"):
        open("L04", folder=tmp_path)


def test_it_is_shown_in_a_notebook(hw):
    assert "<table" in hw._repr_html_() and "L04.2" in hw._repr_html_()
    assert "\n| L04.2 | predict |" in hw._repr_markdown_()
    shown = hw.status().to_dict()
    assert shown["rows"][1]["exercise"] == "L04.2" and hw._repr_markdown_().endswith(shown["last"])
    assert hw.ask("L04.2").startswith("L04.2 The network without h2 (4 points, 5 min, easy)")


def test_code_predicts_in_a_child_process(hw, tmp_path):
    file = tmp_path / "mine.py"
    file.write_text("def without(x1, x2):\n    return x1 + x2\n")
    assert hw.code("L04.2", file, "without").passed


def test_a_file_written_by_hand_is_graded(lesson):
    from toynets.coursework.grading import grade_bytes
    from toynets.zoo import load

    text = """
{"format": "toynets-claims/1", "lesson": "L04", "network": "xor-sum@sha256:HASH",
 "claims": [
  {"id": "L04.1", "kind": "explain",  "unit": "h2", "role": "corrector",
   "expression": "relu(x1 + x2 - 1)"},
  {"id": "L04.2", "kind": "predict",  "intervention": "h2 = 0", "outputs": [0, 1, 1, 2]},
  {"id": "L04.3", "kind": "explain",  "domain": "[0,1]^2", "expression": "1 - abs(x1 + x2 - 1)"},
  {"id": "L04.4", "kind": "construct", "weights": {"x1->h1": 1, "x2->h1": 1, "x1->h2": 1,
   "x2->h2": 1, "h2.bias": -1, "h1->y": 1, "h2->y": -2}},
  {"id": "L04.5", "kind": "counterexample", "x": ["1/2", "1/2"]}]}
"""
    exercises = list(lesson.values())
    right = text.replace("HASH", load("xor-sum").network.hash)
    found = grade_bytes(right.encode(), exercises)
    assert found.points == found.max_points == 36
    # Pinned to another network: what is about the network is refused, the construction is not.
    other = grade_bytes(text.replace("HASH", "0" * 64).encode(), exercises)
    assert [j.refused for j in other.judged] == [True, True, True, False, True]
    assert "the claims were made with another network" in str(other.judged[0])


def test_practice_is_judged_at_once_and_its_numbers_follow_from_the_seed(tmp_path):
    hw = practice(3, folder=tmp_path)
    for id, e in hw.exercises.items():
        assert hw.check(id, **right_claim(e)).passed
    assert practice(3, folder=tmp_path).passed("P3.1")
    assert practice(4, folder=tmp_path).exercise("P4.1").net != hw.exercise("P3.1").net
    with pytest.raises(ToynetsError, match="a seed is a whole number"):
        practice(-1)


def test_a_lesson_and_its_grading_import_neither_jax_nor_numpy(tmp_path):
    program = """
import sys, toynets
from toynets.coursework.grading import grade_bytes
hw = toynets.coursework.open("L04", folder=sys.argv[1])
for e in hw.exercises.values():
    hw.check(e.id, **e.solution)
hw.submit()
graded = grade_bytes(hw.claims_file.read_bytes(), list(hw.exercises.values()))
assert graded.points == graded.max_points
print([m for m in ("jax", "jaxlib", "numpy", "matplotlib", "rich") if m in sys.modules])
"""
    command = [sys.executable, "-c", program, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n" and done.stderr == ""
