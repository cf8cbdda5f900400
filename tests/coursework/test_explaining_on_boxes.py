"""On a box roles and decoys are decided on all of it, or the grade says on how much."""

import pytest

from toynets.coursework import judge
from toynets.coursework.grading import grade_bytes
from toynets.coursework.kinds.finding import Limits

ON_ALL = "Decided on all of [-1, 1]: "
ON_POINTS = "Decided on 60 points of [-1, 1], without a proof: "


def layer(units, activation, weight, bias):
    return {"units": units, "activation": activation, "weight": weight, "bias": bias}


def net(*layers):
    return {"inputs": ["x1"], "layers": list(layers)}


# y is relu(x1), and a needle around 683/2048 that no sampled point meets.
NEEDLE = net(
    layer(["h1.1", "h1.2"], "abs", [["1"], ["1"]], ["-683/2048", "0"]),
    layer(["h2.1"], "relu", [["-1", "0"]], ["1/8192"]),
    layer(["y"], "identity", [["1"]], ["0"]),
)
RAMP = net(
    layer(["h1"], "relu", [["1"]], ["0"]),
    layer(["y"], "identity", [["1"]], ["0"]),
)


def ramp_and(weight, bias, out):
    """A ramp, and a unit of a second layer: y = relu(x1) + out * relu(weight . h + bias)."""
    return net(
        layer(["h1.1", "h1.2", "h1.3"], "relu", [["1"], ["1"], ["-1"]], ["0", *bias[:2]]),
        layer(["h2.1", "h2.2"], "relu", [["1", "0", "0"], weight], ["0", bias[2]]),
        layer(["y"], "identity", [["1", out]], ["0"]),
    )


@pytest.mark.parametrize(
    ("role", "earned"),
    [("dead", 9), ("constant", 9), ("backup", 9), ("mixed", 9), ("detector", 10), ("hinge", 10)],
)
def test_a_role_that_holds_at_every_point_tried_but_not_on_the_box_has_no_credit(
    exercise, role, earned
):
    asked = {"unit": "h2.1", "domain": "[-1,1]", "roles": True}
    made = exercise("explain", asked, net=NEEDLE)
    found = judge(made, {"expression": "relu(1/8192 - h1.1)", "role": role})
    assert found.points == earned and found.level == "proved"
    assert f"{ON_ALL}the role." in found.rationale
    if earned < 10:
        article = "a " * (role == "backup")
        assert f"h2.1 is not {article}{role}." in found.rationale


def explained(exercise, decoy, **more):
    asked = {"output": "y", "domain": "[-1,1]"}
    made = exercise("explain", asked, net=RAMP, decoy=[{"net": decoy}])
    return judge(made, {"expression": "max(x1, 0)"}, **more)


# h2.2 = relu(1/8192 - |x1 - 683/2048|), where the second layer's units are relu.
WITH_NEEDLE, WITHOUT = (
    ramp_and(["0", "-1", "-1"], ["-683/2048", "683/2048", "1/8192"], out) for out in "10"
)


def test_a_decoy_that_differs_between_the_points_is_told_apart(exercise):
    found = explained(exercise, WITH_NEEDLE)
    assert (found.points, found.passed, found.level) == (10, True, "proved")
    assert f"{ON_ALL}the decoys." in found.rationale


def test_a_decoy_that_is_the_same_function_is_proved_to_be(exercise):
    found = explained(exercise, WITHOUT)
    assert (found.points, found.passed, found.level) == (9, False, "proved")
    assert "as true of another network" in str(found)
    assert f"{ON_ALL}the decoys." in found.rationale


def test_where_no_proof_is_found_the_points_decide_and_the_grade_says_so(exercise):
    # Squares that cancel: equal at every point, which balls on boxes do not show.
    twice = net(
        layer(["h1", "h2", "h3"], "square", [["1"], ["1"], ["1"]], ["0", "0", "0"]),
        layer(["g1", "g2"], "relu", [["1", "-1", "0"], ["0", "0", "0"]], ["0", "0"]),
        layer(["y"], "identity", [["1", "1"]], ["0"]),
    )
    asked = {"output": "y", "domain": "[-1,1]"}
    none = net(layer(["h1"], "relu", [["0"]], ["0"]), layer(["y"], "identity", [["1"]], ["0"]))
    made = exercise("explain", asked, net=none, decoy=[{"net": twice}])
    found = judge(made, {"expression": "0*x1"})
    assert (found.points, found.level) == (9, "sampled")
    assert f"{ON_POINTS}the decoys." in found.rationale


def test_a_decoy_that_differs_only_under_an_intervention_between_the_points(exercise):
    # y = |x1| + A - B, two needles at 683/2048, one read from h1 and h2, one from p and q.
    first = layer(["h1", "h2", "p", "q"], "relu", [["1"], ["-1"], ["1"], ["-1"]], ["0"] * 4)
    bent = [["1", "-1", "0", "0"], ["0", "0", "1", "-1"], ["1", "1", "0", "0"]]
    decoy = net(
        first,
        layer(["a", "b", "s"], "abs", bent, ["-683/2048", "-683/2048", "0"]),
        layer(
            ["A", "B", "S"],
            "relu",
            [["-1", "0", "0"], ["0", "-1", "0"], ["0", "0", "1"]],
            ["1/8192", "1/8192", "0"],
        ),
        layer(["y"], "identity", [["1", "-1", "1"]], ["0"]),
    )
    mine = net(
        layer(["h1", "h2"], "relu", [["1"], ["-1"]], ["0", "0"]),
        layer(["y"], "identity", [["1", "1"]], ["0"]),
    )
    asked = {"output": "y", "domain": "[-1,1]", "mechanism": True}
    made = exercise("explain", asked, net=mine, decoy=[{"net": decoy}])
    claim = {"expression": "h1 + h2", "units": {"h1": "relu(x1)", "h2": "relu(-x1)"}}
    assert judge(made, claim).points == 10
    decoy["layers"][3]["weight"] = [["0", "0", "1"]]  # without the needles it is the same
    made = exercise("explain", asked, net=mine, decoy=[{"net": decoy}])
    assert judge(made, claim).points == 9


def test_a_role_without_a_proof_is_decided_on_the_points_and_said_to_be(exercise):
    squares = net(
        layer(["h1", "h2"], "square", [["1"], ["1"]], ["0", "0"]),
        layer(["y"], "identity", [["1", "1"]], ["0"]),
    )
    asked = {"unit": "h1", "domain": "[-1,1]", "roles": True}
    made = exercise("explain", asked, net=squares)
    few = Limits(cells=100)
    for role, points in (("duplicate of h2", 10), ("dead", 9)):
        found = judge(made, {"expression": "square(x1)", "role": role}, limits=few)
        assert found.points == points
    assert f"{ON_ALL}the role." in found.rationale  # a point shows that it is not dead
    found = judge(made, {"expression": "square(x1)", "role": "duplicate of h2"}, limits=few)
    assert f"{ON_POINTS}the role." in found.rationale and found.level == "sampled"


def test_a_decoy_that_nothing_decides_costs_nothing_and_is_looked_at(exercise):
    # tanh(x1) - tanh(x1): whether that is 0 hangs on further digits.
    pair = net(
        layer(["h1", "h2"], "tanh", [["1"], ["1"]], ["0", "0"]),
        layer(["y"], "identity", [["1", "-1"]], ["0"]),
    )
    none = net(layer(["h1"], "relu", [["0"]], ["0"]), layer(["y"], "identity", [["1"]], ["0"]))
    asked = {"output": "y", "domain": "[-1,1]"}
    made = exercise("explain", asked, net=none, decoy=[{"net": pair}])
    found = judge(made, {"expression": "0*x1"})
    assert (found.points, found.level) == (10, "")
    assert "Not decided, and counted as right: the decoys." in found.rationale
    assert found.to_dict()["review"] == "the decoys of T01.1: not decided, counted as right"


def test_a_wrong_explanation_is_taken_for_a_decoy_only_if_it_is_one(exercise):
    asked = {"output": "y", "domain": "[-1,1]"}
    decoy = {"net": WITH_NEEDLE, "message": "That is the other one."}
    none = net(layer(["h1"], "relu", [["0"]], ["0"]), layer(["y"], "identity", [["1"]], ["0"]))
    made = exercise("explain", asked, net=none, decoy=[decoy])
    assert "the other one" not in str(judge(made, {"expression": "max(x1, 0)"}))
    made = exercise("explain", asked, net=none, decoy=[{**decoy, "net": WITHOUT}])
    assert "That is the other one." in str(judge(made, {"expression": "max(x1, 0)"}))


def test_all_proofs_of_a_claim_share_the_time_that_there_is(exercise):
    found = explained(exercise, WITH_NEEDLE, limits=Limits(seconds=5.0, total=0.0))
    assert found.passed is not False  # what no time is left for is not refuted
    asked = {"unit": "h2.1", "domain": "[-1,1]", "roles": True}
    made = exercise("explain", asked, net=NEEDLE)
    claim = b'{"id": "T01.1", "expression": "relu(1/8192 - h1.1)", "role": "dead"}'
    data = b'{"format": "toynets-claims/1", "lesson": "T01", "claims": [%s]}' % claim
    assert grade_bytes(data, [made]).points == 9


@pytest.mark.parametrize("sign", ["1", "-1"])
def test_effects_are_ranked_by_what_they_are_on_all_of_a_box(exercise, sign):
    # The needle of h2.1 is 1 high and off at every point that is tried; h2.2 is x1/4.
    made = net(
        layer(["h1.1", "h1.2"], "abs", [["1"], ["1"]], ["-683/2048", "0"]),
        layer(["h2.1", "h2.2"], "relu", [["-8192", "0"], ["0", "1/4"]], ["1", "0"]),
        layer(["y"], "identity", [[sign, "1"]], ["0"]),
    )
    asked = {"names": ["h2.1", "h2.2"], "measure": "effect", "domain": "[-1,1]"}
    ranked = exercise("rank", asked, net=made)
    found = judge(ranked, {"order": ["h2.1", "h2.2"]})
    assert (found.passed, found.level) == (True, "proved")
    assert f"{ON_ALL}the largest effects." in found.rationale
    assert judge(ranked, {"order": ["h2.2", "h2.1"]}).passed is False
    late = judge(ranked, {"order": ["h2.2", "h2.1"]}, limits=Limits(cells=1, total=0.0))
    assert (late.passed, late.level) == (True, "sampled")
    assert f"{ON_POINTS}the largest effects." in late.rationale
