"""`toynets ablate`: stated, derived and measured side by side; and a prediction beside them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from toynets.domain import Domain

PREDICTED = """\
x1  x2  you  explanation  network
 0   0    0            0        0
 0   1    1            1        1
 1   0    1            1        1
 1   1    1            2        2  <- h1 = relu(1*1 + 1*1) = 2;  y = 1*2 - 2*0 = 2
3 of 4 right. Your table is OR; without h2 the network counts.
"""

WITHOUT_H2 = """\
xor-sum without h2: outcomes of y, and the effect (outcome - clean output)
x1  x2  stated  derived  network  effect
 0   0       0        0        0       0
 0   1       1        1        1       0
 1   0       1        1        1       0
 1   1       2        2        2      +2
"""


def test_a_prediction_stands_beside_the_explanation_and_the_network(toynets):
    done = toynets("ablate", "xor-sum", "h2 = 0", "--predict", "0,1,1,1", "--table")
    assert done.status == 0
    assert done.out.startswith(PREDICTED)


def test_the_wrong_explanation_that_predicts_the_same_is_named(toynets):
    last = toynets("ablate", "xor-sum", "h2 = 0", "--predict", "0,1,1,1").out.splitlines()[-1]
    assert last.startswith('The wrong explanation "or-minus-and" predicts the same: h1 is OR')


@pytest.mark.parametrize(
    ("intervention", "predicted", "said"),
    [
        ("h2 = 0", "0,1,1,2", "4 of 4 right. Without h2 the network's table is the count of ones."),
        ("h2 = mean", "0,1,1,2", "Your table is right for another ablation: h2 set to 0."),
        ("h2 = 0", "0,1,1,0", "3 of 4 right. Your table is the clean one: as if nothing had been"),
        ("h2 = 0", "0 0 0 -2", "1 of 4 right. Your table is the one without h1."),
        ("h2 = 0", "0111", "3 of 4 right. Your table is OR"),
    ],
)
def test_a_predicted_table_is_recognised(toynets, intervention, predicted, said):
    assert said in toynets("ablate", "xor-sum", intervention, "--predict", predicted).out


def test_a_prediction_for_a_trained_network_counts_to_within_its_tolerance(toynets):
    done = toynets("ablate", "xor-relu-1", "h2 = 0", "--predict", "0,0,1,0")
    assert "4 of 4 right (to within" in done.out


def test_a_prediction_of_one_input_is_one_number(toynets):
    done = toynets("ablate", "xor-sum", "h2 = 0", "--x", "1,1", "--predict", "2", "--json")
    assert done.data["prediction"]["right"] == [True]
    assert [case["x"] for case in done.data["cases"]] == [["1", "1"]]


def test_three_columns_and_the_effect_stand_side_by_side(toynets):
    assert toynets("ablate", "xor-sum", "h2 = 0", "--table").out == WITHOUT_H2


def test_an_outcome_that_is_not_stated_has_two_columns(toynets):
    done = toynets("ablate", "xor-sum", "h1.bias = 1", "--table")
    assert done.out.splitlines()[1].split() == ["x1", "x2", "derived", "network", "effect"]


def test_json_has_every_column_exactly(toynets):
    data = toynets("ablate", "xor-sum", "h2 = mean", "--json").data
    assert [case["measured"]["y"] for case in data["cases"]] == ["-1/2", "1/2", "1/2", "3/2"]
    assert [case["stated"]["y"] for case in data["cases"]] == ["-1/2", "1/2", "1/2", "3/2"]
    assert [case["effect"]["y"] for case in data["cases"]] == ["-1/2", "-1/2", "-1/2", "3/2"]
    assert data["kind"] == "mean"


def test_resample_has_a_row_per_input_and_source(toynets):
    data = toynets("ablate", "xor-sum", "h2 = resample", "--json").data
    found = {(tuple(c["x"]), c["source"]): c["measured"]["y"] for c in data["cases"]}
    assert len(found) == 12
    assert found[("0", "0"), "11"] == "-2"
    assert found[("1", "1"), "00"] == "2"


def test_worst_has_both_extremes(toynets):
    data = toynets("ablate", "xor-sum", "h1 = worst", "--x", "1,1", "--json").data
    assert [(c["extreme"], c["measured"]["y"]) for c in data["cases"]] == [
        ("min", "-2"),
        ("max", "0"),
    ]


def test_an_intervention_that_changes_nothing_says_so_and_is_no_error(toynets):
    done = toynets("ablate", "xor-sum", "h1.bias = 0")
    assert done.status == 0
    assert done.out.splitlines()[-1] == "nothing changes on any input: h1.bias is already 0."


def test_words_without_quotation_marks_are_joined(toynets):
    assert toynets("ablate", "xor-sum", "h2", "=", "0", "--table").out == WITHOUT_H2


@pytest.mark.parametrize(
    "text", ["->h2=0", "->h2 = 0", "->h2, h2.bias = 0", "x1:h2=0", "h2-> = 0", "x1\u2192h2 = 0"]
)
def test_arrows_are_no_options(toynets, text):
    assert toynets("ablate", "xor-sum", text).status == 0


def test_of_many_cases_those_with_the_largest_effect_are_shown(toynets):
    done = toynets("ablate", "symmetry-1986", "h1 = resample", "--table")
    assert "the 16 largest effects of 4032 cases" in done.out.splitlines()[0]
    assert len([line for line in done.out.splitlines() if "+" in line or "-0." in line]) >= 16


def test_on_a_box_a_mean_is_over_the_points_shown_and_a_draw_is_from_them(toynets):
    rows = [
        [Fraction(int(v.p), int(v.q)) for v in row] for row in Domain.sampled("[0,1]^2", count=48)
    ]
    mean = sum(max(Fraction(0), a - b) for a, b in rows) / 48  # of h1
    done = toynets("ablate", "max-2", "h1 = mean", "--json")
    assert done.status == 0 and len(done.data["cases"]) == 48
    for case in done.data["cases"]:
        assert Fraction(case["measured"]["y"]) == mean + Fraction(case["x"][1])
        assert case["derived"] == case["measured"]
    said = "`mean` is the mean over 48 points of [0, 1]^2, seed 0."
    assert done.data["notes"] == ["domain: [0, 1]^2; shown are 48 of its points.", said]
    (one,) = toynets("ablate", "max-2", "h1 = mean", "--x", "1,0", "--json").data["cases"]
    assert Fraction(one["measured"]["y"]) == mean
    # The same number as `range` takes.
    ranged = toynets("range", "max-2", "--under", "h1 = mean", "--json").data["outputs"]
    assert [Fraction(end) for end in ranged[0]] == [mean, mean + 1]
    drawn = toynets("ablate", "max-2", "h1 = resample", "--x", "1,0", "--json")
    assert len(drawn.data["cases"]) == 47 and "`resample` draws from 48" in drawn.out
    both = toynets("ablate", "max-2", "h1 = mean, h2 = worst")
    assert both.status == 2 and "a finite domain: --domain boolean." in both.err
    assert toynets("ablate", "max-2", "h1 = mean, h2 = worst", "--domain", "boolean").status == 0


def test_a_prediction_of_a_mean_on_a_box_is_held_against_the_same_points(toynets):
    cases = toynets("ablate", "abs", "h1 = mean", "--json").data["cases"]
    values = ",".join(case["measured"]["y"] for case in cases)
    done = toynets("ablate", "abs", "h1 = mean", "--predict", values)
    assert done.status == 0 and "48 of 48 right" in done.out
    done = toynets("ablate", "abs", "h1 = mean", "--predict", f"9{values[values.index(',') :]}")
    assert done.status == 0 and "47 of 48 right" in done.out
