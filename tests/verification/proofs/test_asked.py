"""One thing asked of a network on a box: strict bounds at a jump, never active, worst, means."""

import random

import pytest
from proof_cases import accepted, network

from toynets.api.proving import prove
from toynets.api.ranging import equal
from toynets.api.ranging import range as range_of
from toynets.errors import ToynetsError
from toynets.network import Network


def hidden(weight, bias, kind, out, last=(0,)):
    return Network.from_layers([(weight, bias, kind), (out, list(last), "identity")])


def asked(net, box, **keys):
    found = prove(net, box=box, **keys)
    if found.certificate["claims"]:
        assert accepted(found.certificate)
    return found


# y is 2 on [-1, 0], 3 on (0, 1), and 1 at 1
JUMPS = hidden([[-1], [2]], [1, 0], "step", [[2, 1]])
# y is 2 where 2 x2 <= x1 < x2, which is no corner and has an open side; it is 2 at most
WEDGE = hidden([[-1, 2], [-1, 1]], [0, 0], "step", [[-1, 2]])
CORNER = hidden([[1, 2], [-1, 1]], [0, 0], "step", [[-1, 2]])

# y is -2 where 0 < x2 < 1: at x1 = 1 a line below reaches it, between corners that it does not have
FLAT = hidden([[0, -1], [0, 2]], [1, 0], "step", [[-1, -1]])


@pytest.mark.parametrize(
    ("net", "bound", "verdict"),
    [
        (JUMPS, "y < 3", "refuted"),
        (JUMPS, "y < 7/2", "proved"),
        (JUMPS, "y > 1", "refuted"),
        (JUMPS, "y > 1/2", "proved"),
        (JUMPS, "y > 2 - step(x1)", "refuted"),  # at 1, and at no other point
        (WEDGE, "y < 2", "refuted"),
        (WEDGE, "y < 2 + step(x2)", "refuted"),
        (WEDGE, "y < 2 + step(-x2)", "proved"),
        (FLAT, "y > x1/2 - 5/2", "refuted"),
        (FLAT, "y > x1/2 - 3", "proved"),
        (CORNER, "y < 2", "refuted"),
        (CORNER, "y <= 2", "proved"),
    ],
)
def test_a_strict_bound_where_a_step_jumps(net, bound, verdict):
    box = f"[-1,1]^{len(net.inputs)}"
    (answer,) = asked(net, box, bounds=[bound]).answers
    assert answer.verdict == verdict


def test_a_strict_bound_holds_exactly_where_the_end_of_the_range_is_no_value():
    """The range says by another route whether its end is attained; and both answers occur."""
    draw = random.Random(4)
    seen = set()
    for _ in range(60):
        kinds = draw.choice([("step", "identity"), ("relu", "step", "identity")])
        sizes = [draw.choice([1, 2]), *[2] * (len(kinds) - 1), 1]
        net = network(draw, sizes, kinds)
        box = f"[-1,1]^{sizes[0]}"
        slope = draw.choice(["", " + x1", " - 2*x1"])
        ends = range_of(net, box)
        for end, sign in ((0, ">"), (1, "<")):
            said = f"y {sign} {ends.outputs[0][end]}"
            (answer,) = prove(net, box=box, bounds=[said]).answers
            assert answer.verdict == ("refuted" if ends.attained[0][end] else "proved"), said
            (other,) = prove(net, box=box, bounds=[f"{said}{slope}"]).answers
            assert other.verdict in ("proved", "refuted")
            seen |= {answer.verdict, other.verdict}
    assert seen == {"proved", "refuted"}


@pytest.mark.parametrize(
    ("kind", "bias", "verdict"),
    [
        ("relu", -2, "proved"),
        ("relu", -1, "proved"),  # at 1 its pre-activation is 0
        ("relu", "-1/2", "refuted"),
        ("step", -1, "proved"),
        ("identity", -1, "proved"),
        ("tanh", -2, "proved"),
        ("abs", -2, "refuted"),  # its pre-activation is never above 0, itself always
        ("square", -2, "refuted"),
        ("sigmoid", -2, "refuted"),
    ],
)
def test_a_unit_that_is_never_active_is_never_above_0(kind, bias, verdict):
    net = hidden([[1]], [bias], kind, [[1]])
    (answer,) = asked(net, "[-1,1]", never_active=["h1"]).answers
    assert answer.verdict == verdict


def test_an_abs_unit_that_is_0_everywhere_is_never_active():
    (answer,) = asked(hidden([[0]], [0], "abs", [[1]]), "[-1,1]", never_active=["h1"]).answers
    assert answer.verdict == "proved"
    (answer,) = asked(
        hidden([[1]], [0], "abs", [[1]]), "[-1,1]", never_active=["h1"], under="h1 = -3"
    ).answers
    assert answer.verdict == "proved"


def test_monotone_is_asked_of_each_output():
    """y1 = relu(x1), y2 = relu(x1) - x2 relu'd: the second falls in x2, no output falls in x1."""
    net = hidden([[1, 0], [0, 1]], [0, 0], "relu", [[1, 0], [1, -1]], (0, 0))
    found = asked(net, "[-1,1]^2", rising=["x1", "x2"], falling=["x2"])
    assert [(a.claim, a.verdict) for a in found.answers] == [
        ("y1 never falls as x1 rises", "proved"),
        ("y2 never falls as x1 rises", "proved"),
        ("y1 never falls as x2 rises", "proved"),
        ("y2 never falls as x2 rises", "refuted"),
        ("y1 never rises as x2 rises", "proved"),
        ("y2 never rises as x2 rises", "proved"),
    ]


def test_what_is_worst_runs_over_the_range_that_it_has_in_each_network():
    """One unit has [0, 1] and the other [0, 2]: one output weight makes up for it, one does not."""
    one = hidden([[1]], [0], "relu", [[1]])
    twice, same = (hidden([[2]], [0], "relu", [[w]]) for w in (1, "1/2"))
    assert range_of(one, "[0,1]", under="h1 = worst").outputs == ((0, 1),)
    assert range_of(twice, "[0,1]", under="h1 = worst").outputs == ((0, 2),)
    wrong = equal(one, twice, "[0,1]", under="h1 = worst")
    assert wrong.verdict == "refuted" and accepted(wrong.certificate)
    right = equal(one, same, "[0,1]", under="h1 = worst")
    assert right.verdict == "proved" and accepted(right.certificate)
    said = [claim["text"] for claim in right.certificate["claims"]]
    assert "the range of h1 of the second network" in said


def test_a_mean_is_over_the_set_that_is_named():
    net = hidden([[1]], [0], "relu", [[3]])
    found = range_of(net, "[-1,1]", under="h1 = mean", mean_over=[[-1], [0], [1]])
    assert found.outputs == ((1, 1),) and found.under == "h1 = mean (the mean over (-1), (0), (1))"
    assert range_of(net, "[-1,1]", under="h1 = mean", mean_over="1; 1/2").outputs[0][0] * 4 == 9
    usual = range_of(net, "[-1,1]", under="h1 = mean")
    assert "the mean over 48 points of [-1, 1], seed 0" in usual.under
    two = hidden([[2]], [0], "relu", [["3/2"]])
    assert equal(net, two, "[-1,1]", under="h1 = mean", mean_over=[[1]]).verdict == "proved"
    (answer,) = asked(
        net, "[-1,1]", bounds=["y <= 3/2"], under="h1 = mean", mean_over=[[0], [1]]
    ).answers
    assert answer.verdict == "proved" and answer.claim.endswith("(the mean over (0), (1))")
    for keys, why in (
        ({"under": "h1 = mean", "mean_over": [[0, 1]]}, "2 numbers each, but the network has 1"),
        ({"under": "h1 = 0", "mean_over": [[0]]}, "there is none to take"),
    ):
        with pytest.raises(ToynetsError, match=why):
            range_of(net, "[-1,1]", **keys)


def test_a_witness_names_what_is_decided_and_where_there_is_a_tie():
    one = hidden([[1]], [0], "relu", [[1], [0]], (0, 0))
    two = hidden([[1]], [0], "relu", [[1], [1]], (0, 0))
    found = equal(one, two, "[0,1]", decision={"argmax": True})
    assert found.said.endswith("y1 of the first is the largest, but y1 of the second and y2 of the "
                               "second tie")  # fmt: skip
    assert found.said in str(found) and found.to_dict()["said"] == found.said
    sign = equal(one, two, "[0,1]", decision={"sign": True})
    assert "y2 of the first = 0, a tie, but" in sign.said and "y2 of the second > 0" in sign.said
    told = prove(one, box="[0,1]", bounds=["y1 > y2"])
    assert told.to_dict()["claims"][0]["witness"]["said"] == "they are equal: a tie"
    (answer,) = told.answers
    assert answer.verdict == "refuted" and "they are equal: a tie" in str(answer.witness)
    (answer,) = prove(one, box="[0,1]", bounds=["y1 > 2"]).answers
    assert "tie" not in str(answer.witness)


@pytest.mark.parametrize("limits", [{"cells": 0}, {"cells": -5}, {"cells": True}, {"seconds": 0},
                                    {"seconds": -1}, {"seconds": float("nan")}])  # fmt: skip
def test_limits_under_which_nothing_can_be_looked_at_are_refused(limits):
    (name,) = limits
    for ask in (
        lambda: range_of(JUMPS, "[-1,1]", **limits),
        lambda: equal(JUMPS, JUMPS, "[-1,1]", **limits),
        lambda: prove(JUMPS, box="[-1,1]", bounds=["y < 3"], **limits),
    ):
        with pytest.raises(ToynetsError, match=f"{name} is a"):
            ask()
