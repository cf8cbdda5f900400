"""`toynets circuits`: both kinds of players and the usual ablations, or one of them in full."""

from __future__ import annotations

import pytest

from toynets import load


def test_without_options_every_usual_kind_is_named_and_counted(toynets):
    done = toynets("circuits", "twin-units", "--table")
    assert done.status == 0
    lines = done.out.splitlines()
    assert [line.split()[:5] for line in lines[2:8]] == [
        ["units", "3", "zero", "2", "2"],
        ["units", "3", "mean", "1", "3"],
        ["units", "3", "resample", "1", "3"],
        ["edges", "5", "zero", "2", "5"],
        ["edges", "5", "mean", "1", "5"],
        ["edges", "5", "resample", "1", "5"],
    ]
    assert "units, zero sufficient: {twin1, neither} {twin2, neither}" in lines
    assert "sufficient: every decision stays what it is (output > 1/2) while" in done.out


def test_one_kind_in_full_with_the_inputs_that_show_it(toynets):
    done = toynets("circuits", "xor-sum", "--of", "units", "--ablation", "zero")
    assert "    {h2}   input 11: 0 becomes 2" in done.out.splitlines()


def test_a_network_from_a_file_with_a_domain(toynets, tmp_path):
    file = tmp_path / "mine.json"
    file.write_text(load("xor-sum").network.to_json(), encoding="utf-8")
    done = toynets("circuits", str(file), "--domain", "0,1;1,0", "--of", "units", "--json")
    found = done.data["circuits"]
    assert [f["ablation"] for f in found] == ["zero", "mean", "resample"]
    assert found[0]["criterion"] == "values"
    assert found[0]["sufficient"] == [["h1"]]  # h2 is off on both inputs


def test_over_the_budget_is_unknown(toynets):
    done = toynets("circuits", "parity-3", "--of", "edges", "--ablation", "zero", "--cases", "9")
    assert done.status == 3
    assert "unknown: 9 runs; the limit of 9 runs was reached" in done.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("xor-sum", "--cases", "0"), "wanted is a whole number from 1"),
        (("xor-sum", "--criterion", "values", "--within", "-1"), "is a number of at least 0"),
        (("xor-sum", "--within", "1"), "within belongs to the criterion values"),
        (("xor-sum", "--at-least", "1/2"), "at_least belongs to the criterion accuracy"),
        (("xor-sum", "--ablation", "worst"), "no ablation worst"),
        (("xor-sum", "--of", "inputs"), "no kind of players inputs. Kinds of players: units"),
        (("abs", "--criterion", "decisions"), "has no decision rule"),
    ],
)
def test_wrong_use(toynets, arguments, said):
    done = toynets("circuits", *arguments)
    assert done.status == 2
    assert said in done.err


def test_over_which_points_of_a_box_a_mean_is_taken_is_said(toynets):
    points = "48 points of [-1, 1], seed 0"
    assert f"mean: the mean over {points}" in toynets("circuits", "abs", "--of", "units").out
    one = toynets("circuits", "abs", "--of", "units", "--ablation", "mean", "--json")
    assert one.data["circuits"][0]["ablated"] == f"its activation is its mean over {points}"


def test_what_is_proved_of_a_box_is_headed_by_the_box_and_not_by_its_points(toynets):
    one = toynets("circuits", "abs", "--of", "units", "--ablation", "zero").out
    assert one.startswith("units of abs on [-1, 1], zero ablation: ")
    assert "; at every point of the box" in one and "48" not in one
    some = toynets("circuits", "abs", "--of", "units").out
    assert some.startswith("abs on [-1, 1]: how many")
    assert "not proved of all" not in some and "shown are" not in some
    curved = toynets("circuits", "disc", "--of", "units", "--criterion", "values").out
    points = curved.partition(" on ")[2].partition(":")[0]
    assert points.startswith("48 points of ")
    assert f"\nnot proved of all of the box: what is known of {points}\n" in curved
