"""The four scores of an explanation are separate: each fault costs exactly its points."""

from __future__ import annotations

import pytest

from toynets.coursework import judge
from toynets.errors import ToynetsError
from toynets.rationals import rational


def scores(exercise, **claim):
    """Return what each score earned, of 100."""
    found = judge(exercise, claim)
    whole = found.max_points
    return {name: int(100 * got / whole) for name, (got, _) in found.scores.items()}, found


FULL = {"faithful": 40, "causal": 40, "discriminating": 10, "short": 10}
NOTHING = dict.fromkeys(FULL, 0)


def without(*names):
    return {**FULL, **dict.fromkeys(names, 0)}


@pytest.mark.parametrize(
    ("claim", "earned"),
    [
        ({"expression": "relu(x1 + x2 - 1)", "role": "corrector"}, FULL),
        ({"expression": "max(0, x1 + x2 - 1)", "role": "Detector"}, FULL),
        # Copying the weights, one literal for each.
        (
            {"expression": "relu(1*x1 + 1*x2 - 1)", "role": "corrector"},
            without("causal", "discriminating", "short"),
        ),
        # A right table with a wrong mechanism.
        ({"expression": "x1*x2", "role": "corrector"}, without("causal")),
        ({"expression": "min(x1, x2)", "role": "corrector"}, without("causal")),
        # Vague: no role, a role in prose, a role that is not true, too long.
        ({"expression": "relu(x1 + x2 - 1)"}, without("short")),
        ({"expression": "relu(x1 + x2 - 1)", "role": "the boss"}, without("short")),
        ({"expression": "relu(x1 + x2 - 1)", "role": "comparator"}, without("short")),
        (
            {"expression": "relu(x1 + x2 - 1) + x1 - x1 + x2 - x2", "role": "corrector"},
            without("short"),
        ),
        # A popular belief: the bias is a detail.
        ({"expression": "relu(x1 + x2)", "role": "corrector"}, NOTHING),
    ],
)
def test_a_unit_loses_exactly_the_points_that_are_meant(lesson, claim, earned):
    found, judged = scores(lesson["L04.1"], **claim)
    assert found == earned
    assert judged.points == rational(sum(earned.values())) / 10
    assert judged.passed is (earned == FULL)
    assert len(judged.lines()) <= 8


# x1 and x2 says `and` of 1/2 under ablation alone; the others have no value on the table itself.
@pytest.mark.parametrize(
    ("expression", "earned", "lines"),
    [
        (
            "x1 and x2",
            without("causal"),
            (
                "Equal to h2 on {0, 1}^2.",
                "Of 100: faithful 40/40, causal 0/40, discriminating 10/10, short 10/10.",
                "Faithful, but not causal: with x1 = 1/2 at 00 your explanation has no value, the "
                "network 0 (12 of 32 ablated runs right).",
                "No value: `and` takes only 0 and 1, but x1 is 1/2 at x1 = 1/2, x2 = 0.",
            ),
        ),
        (
            "1/x1",
            NOTHING,
            (
                "1 of 4 inputs right.",
                "At 00 your expression has no value; the network has h2 = 0.",
                "No value: division by zero in 1/x1 at x1 = 0.",
            ),
        ),
        (
            "x1*x2/x1",
            NOTHING,
            (
                "2 of 4 inputs right.",
                "At 00 your expression has no value; the network has h2 = 0.",
                "No value: division by zero in x1*x2/x1 at x1 = 0, x2 = 0.",
            ),
        ),
    ],
)
def test_where_an_expression_has_no_value_it_is_wrong(lesson, expression, earned, lines):
    found, judged = scores(lesson["L04.1"], expression=expression, role="corrector")
    assert found == earned and judged.passed is False
    assert judged.rationale[: len(lines)] == lines
    assert not judged.refused and judged.actual == f"{expression}; role: corrector"


def test_what_has_no_value_on_any_input_is_refused(lesson):
    said = r"has no value on any input of \{0, 1\}\^2: division by zero in x1/0 at x1 = 0\."
    with pytest.raises(ToynetsError, match=said):
        judge(lesson["L04.1"], {"expression": "x1/0"})


def test_a_unit_without_a_value_is_wrong_and_so_is_what_uses_it(exercise):
    made = exercise(
        "explain", {"output": "y", "mechanism": True, "domain": "{0,1}^2"}, network="xor-sum"
    )
    units = {"h1": "x1 + x2", "h2": "x1*x2/x1"}
    found, judged = scores(made, expression="h1 - 2*h2", units=units)
    assert found == NOTHING and "At 00 your expression has no value; the" in str(judged)
    assert "No value: division by zero in x1*x2/x1 at x1 = 0, x2 = 0." in str(judged)
    # What does not use it is faithful all the same.
    found, judged = scores(made, expression="1 - abs(x1 + x2 - 1)", units=units)
    assert found == without("causal")
    assert "not causal: at 00 you have no value of h2, the network 0." in str(judged)


def test_a_misspelt_role_is_told_with_the_nearest(lesson, said):
    text = said(lesson["L04.1"], expression="relu(x1 + x2 - 1)", role="corector")
    assert "'corector' is none of the roles: dead, constant, detector, corrector," in text
    assert "Nearest: corrector." in text


def test_a_vague_claim_is_as_true_of_a_decoy(exercise):
    # On the corners both XOR networks are x1 + x2 - 2*x1*x2 when no ablation is looked at ...
    vague = exercise(
        "explain",
        {"output": "y", "domain": [[0, 0], [1, 1]]},
        network="xor-sum",
        decoy=[{"network": "xor-difference"}],
    )
    found, judged = scores(vague, expression="0")
    # ... and "y is 0" is true of both on the diagonal's ends, but not where inputs are ablated.
    assert found == without("causal")
    same = exercise(
        "explain",
        {"output": "y", "domain": "{0,1}^2"},
        network="xor-sum",
        decoy=[{"network": "xor-relu-1"}, {"network": "xor-sum"}],
    )
    found, judged = scores(same, expression="1 - abs(x1 + x2 - 1)")
    assert found == without("discriminating")
    assert "as true of another network (xor-sum)" in str(judged)


def test_a_function_on_a_box_is_proved(lesson):
    found, judged = scores(lesson["L04.3"], expression="1 - abs(x1 + x2 - 1)")
    assert found == FULL and judged.level == "proved"
    found, judged = scores(lesson["L04.3"], expression="max(x1, x2) - min(x1, x2)")
    assert found == NOTHING and judged.misconception == "proof-on-the-corners"
    assert "At 1/2,1/2 your expression gives 0; the network has y = 1." in str(judged)


def test_a_fault_that_no_sampled_point_shows_is_found_by_the_proof(lesson):
    # A bump around (3/7, 3/7) of radius 1/1000: no dyadic point of 60 comes near.
    bump = "relu(1/1000 - abs(x1 - 3/7) - abs(x2 - 3/7))"
    found, judged = scores(lesson["L04.3"], expression=f"1 - abs(x1 + x2 - 1) + {bump}")
    assert found == NOTHING and judged.passed is False
    assert "but not at" in str(judged)


def test_what_cannot_be_proved_is_undecided_and_earns_nothing(lesson):
    # Zero at every dyadic point, which the sample is made of, and not a sum of hinges.
    wave = "relu(mod(4096*x1, 1) - 99/100)"
    found, judged = scores(lesson["L04.3"], expression=f"1 - abs(x1 + x2 - 1) + {wave}")
    assert found == NOTHING and judged.passed is None and judged.points == 0
    assert "could not be proved on all of it" in str(judged)


def test_a_mechanism_goes_through_its_units(exercise):
    made = exercise(
        "explain", {"output": "y", "mechanism": True, "domain": "{0,1}^2"}, network="xor-sum"
    )
    units = {"h1": "x1 + x2", "h2": "relu(x1 + x2 - 1)"}
    assert scores(made, expression="h1 - 2*h2", units=units)[0] == FULL
    # The function alone does not say what is left when a unit is gone.
    found, judged = scores(made, expression="1 - abs(x1 + x2 - 1)")
    assert found == without("causal")
    assert "with h1 = 1 at 00 your explanation gives 0, the network 1" in str(judged)
    # A unit that is wrong where the other makes up for it.
    swapped = {"h1": "abs(x1 - x2)", "h2": "0*x1"}
    assert scores(made, expression="h1 - 2*h2", units=swapped)[0] == without("causal")


@pytest.mark.parametrize("mechanism", [False, True])
def test_what_is_said_of_a_unit_counts_even_where_no_output_shows_it(exercise, mechanism):
    ask = {"output": "y", "mechanism": mechanism, "domain": "{0,1}^2"}
    made = exercise("explain", ask, network="xor-sum")
    # The output takes back what h1 has too much, whatever h1 is set to.
    claim = {
        "expression": "h1 - 100*step(h1 - 50) - 2*h2",
        "units": {"h1": "x1 + x2 + 100", "h2": "relu(x1 + x2 - 1)"},
    }
    found, judged = scores(made, **claim)
    assert found == without("causal")
    assert "at 00 you have h1 = 100, the network 0." in str(judged)
    if not mechanism:  # nor where it is not even read
        claim = {"expression": "1 - abs(x1 + x2 - 1)", "units": {"h2": "7"}}
        assert scores(made, **claim)[0] == without("causal")


def test_on_a_box_what_is_said_of_a_unit_is_proved(exercise):
    made = exercise("explain", {"output": "y", "domain": "[0,1]^2"}, network="xor-sum")
    claim = {"expression": "min(x1 + x2, 2 - x1 - x2)", "units": {"h1": "x1 + x2"}}
    found, judged = scores(made, **claim)
    assert (found, judged.level) == (FULL, "proved")
    needle = "relu(1/9999 - abs(x1 - 1/7))"  # at no point that is tried
    found, judged = scores(made, **claim | {"units": {"h1": f"x1 + x2 + {needle}"}})
    assert found == without("causal")
    assert "h1 is not what you say at 0.142" in str(judged)


def test_a_transcribed_mechanism_has_40(exercise):
    made = exercise(
        "explain", {"output": "y", "mechanism": True, "domain": "{0,1}^2"}, network="xor-sum"
    )
    units = {"h1": "relu(1*x1 + 1*x2)", "h2": "relu(1*x1 + 1*x2 - 1)"}
    found, judged = scores(made, expression="1*h1 - 2*h2", units=units)
    assert found == without("causal", "discriminating", "short")
    assert "a copy of the network, not a reason" in str(judged)


def test_a_unit_of_the_second_layer_is_explained_through_the_first(exercise):
    net = {
        "inputs": ["x1", "x2"],
        "layers": [
            {
                "units": ["h1.1", "h1.2"],
                "activation": "relu",
                "weight": [["1", "1"], ["1", "1"]],
                "bias": ["0", "-1"],
            },
            {
                "units": ["h2.1"],
                "activation": "relu",
                "weight": [["2", "-4"]],
                "bias": ["0"],
            },
            {"units": ["y"], "activation": "identity", "weight": [["1/2"]], "bias": ["0"]},
        ],
    }
    made = exercise("explain", {"unit": "h2.1", "domain": "{0,1}^2"}, net=net)
    assert scores(made, expression="2*relu(h1.1 - 2*h1.2)")[0] == FULL
    on_box = exercise("explain", {"unit": "h2.1", "domain": "[0,1]^2"}, net=net)
    found, judged = scores(on_box, expression="2*relu(h1.1 - 2*h1.2)")
    assert found == FULL and judged.level == "proved"
    # Over the inputs it is right, until a unit upstream is taken away.
    assert scores(made, expression="2*abs(x1 - x2)")[0] == without("causal")


def test_what_is_not_about_the_exercise_is_refused(lesson, said):
    from toynets.errors import ToynetsError

    for claim, message in (
        ({"unit": "h1", "expression": "x1"}, "is about h2, but this explains h1"),
        ({"expression": "x1", "domain": "[0,1]^2"}, "is about the domain"),
        ({"expression": "x3"}, "x3"),
    ):
        with pytest.raises(ToynetsError, match=message):
            judge(lesson["L04.1"], claim)


def test_on_a_box_every_intervention_is_proved_not_only_tried(exercise):
    # The two bumps cancel in the clean network. With h1 at 0 one of them moves, but they are so
    # narrow that no sampled point meets them.
    layers = [
        {"units": ["h1", "h2", "h3"], "activation": "relu", "weight": [["1"], ["-1"], ["1"]]},
        {"units": ["y"], "activation": "identity", "weight": [["1", "1", "3"]], "bias": ["1"]},
    ]
    layers[0]["bias"] = ["0", "0", "-1/2"]
    ask = {"output": "y", "domain": "[-1,1]", "mechanism": True}
    on_box = exercise("explain", ask, net={"inputs": ["x1"], "layers": layers})
    units = {"h1": "relu(x1)", "h2": "relu(-x1)", "h3": "relu(x1 - 1/2)"}
    right = "h1 + h2 + 3*h3 + 1"
    found, judged = scores(on_box, expression=right, units=units)
    assert (found, judged.level) == (FULL, "proved")
    bumps = " + relu(1/9999 - abs(h1 - h2 - 1/7)) - relu(1/9999 - abs(x1 - 1/7))"
    found, judged = scores(on_box, expression=right + bumps, units=units)
    assert found == without("causal")
    assert "with h1 = 0 it is not right at 0.142" in str(judged)
