"""The student's side: each call saves, hints come by and by, what is handed in is valid."""

from __future__ import annotations

import json

import pytest

from toynets.coursework import open, read_claims
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
    assert hw.ask("L04.2").startswith("L04.2 The network without h2 (4 points, 5 min, easy)")


def test_code_predicts_in_a_child_process(hw, tmp_path):
    file = tmp_path / "mine.py"
    file.write_text("def without(x1, x2):\n    return x1 + x2\n")
    assert hw.code("L04.2", file, "without").passed
