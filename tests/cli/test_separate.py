"""`toynets separate`: the decisive run between two explanations, or two networks."""

from __future__ import annotations

import pytest

from toynets import load


def test_a_right_and_a_wrong_explanation(toynets):
    done = toynets("separate", "xor-sum:explanation", "xor-sum:or-minus-and", "--table")
    assert done.status == 0
    lines = done.out.splitlines()
    said = " ".join(lines[2].split())
    assert said == "h2 = 0, input 11 2 (stated) 1 (stated) 2 A is right"
    assert "  y = 1*2 - 2*0 = 2" in lines
    assert "12 of 140 cases compared, of a set of 31 interventions (1 clean, 3 zero" in done.out


def test_files_and_the_network_that_they_are_about(toynets, tmp_path):
    entry = load("xor-sum")
    files = [tmp_path / name for name in ("right.json", "wrong.json", "net.json")]
    wrong = entry.wrong[0].explanation
    for file, text in zip(
        files, (entry.explanation.to_json(), wrong.to_json(), entry.network.to_json()), strict=True
    ):
        file.write_text(text, encoding="utf-8")
    right, other, net = map(str, files)
    alone = toynets("separate", right, other, "--json")
    assert alone.data["experiment"]["agrees"] == "A"  # the files name a network of the zoo
    assert toynets("separate", "xor-sum", other, "--json").data["experiment"]["agrees"] == "A"
    given = toynets("separate", other, right, "--network", net, "--domain", "1,1", "--json")
    assert given.data["experiment"]["agrees"] == "B"
    assert given.data["domain"] == "1 listed inputs"


def test_two_networks_and_the_statement_that_none_exists(toynets):
    assert "h1 = 0, input 01" in toynets("separate", "xor-sum", "xor-difference").out
    same = toynets("separate", "xor-sum", "xor-sum")
    assert same.status == 0
    assert "30 interventions (1 clean, 3 zero, 9 cut, 9 flip, 3 incoming, 3 mean, 2 patch), " in (
        same.out
    )
    assert "136 of 136 cases. exhaustive: every case of the set was compared." in same.out
    assert toynets("separate", "abs", "abs", "--cases", "60").status == 3


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("xor-sum", "xor-sum", "--cases", "0"), "wanted is a whole number from 1"),
        (("xor-sum", "xor-sum", "--within", "-1"), "wanted is a number of at least 0"),
        (("xor-sum", "xor-sum", "--within", "1", "--level", "decision"), "is one of values"),
        (("xor-sum:explanation", "xor-sum", "--within", "1"), "leave level and within out"),
        (("xor-sum:nothing", "xor-sum"), "no explanation nothing in xor-sum"),
        (("xor-sum", "not"), "speaks of the same inputs and outputs"),
        (("xor-sum", "xor-difference", "--level", "wide"), "no level wide"),
    ],
)
def test_wrong_use(toynets, arguments, said):
    done = toynets("separate", *arguments)
    assert done.status == 2
    assert said in done.err


def test_over_which_points_of_a_box_a_mean_is_taken_is_said(toynets):
    pair = ("separate", "abs", "clip-flipped", "--domain", "[-1,1]")
    said = "tried are 48 of its points, and `mean` is the mean over them."
    done = toynets(*pair, "--json")
    assert done.data["mean_over"] == "48 points of [-1, 1], seed 0"
    assert any(said in note for note in done.data["notes"])
    assert said in toynets(*pair).out.replace("\n", " ")
    help_text = toynets("separate", "--help").out.replace("\n", " ")
    assert "48 points" in help_text
