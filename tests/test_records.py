"""Records that runs return: balls, outputs that read like numbers, families, traces."""

from __future__ import annotations

import copy
import json
import pickle
from fractions import Fraction

import pytest

from toynets.errors import ToynetsError
from toynets.records import Ball, Run, Trace, Values, plain

HALF = Fraction(1, 2)


def test_a_ball_contains_what_lies_between_its_ends():
    ball = Ball(Fraction(1, 4), HALF)
    assert Fraction(1, 4) in ball and HALF in ball and 0.3 in ball
    assert Fraction(1, 5) not in ball and 0.6 not in ball
    assert (ball.midpoint, ball.radius, float(ball)) == (Fraction(3, 8), Fraction(1, 8), 0.375)
    assert ball.to_dict() == {"lower": "1/4", "upper": "1/2"}
    assert repr(ball) == "Ball(0.375 ± 1.2e-01)"


def test_balls_are_equal_by_both_ends():
    ball = Ball(0, HALF)
    assert ball == Ball(0, HALF) and hash(ball) == hash(Ball(0, HALF))
    assert ball != Ball(0, Fraction(1)) and ball != Ball(Fraction(1, 4), HALF) and ball != 0.25


def test_an_empty_ball_is_refused():
    with pytest.raises(ToynetsError, match="a ball from 1 to 1/2 is empty"):
        Ball(Fraction(1), HALF)


def test_one_output_reads_like_its_number():
    v = Values([HALF], ["y"])
    assert v == HALF and v == 0.5 and v != 1 and v["y"] == HALF and v[0] == HALF
    assert (v + 1, 1 + v, v - 1, 1 - v) == (Fraction(3, 2), Fraction(3, 2), -HALF, HALF)
    assert (2 * v, v * 2, v / 2, 1 / v, -v, abs(-v)) == (1, 1, Fraction(1, 4), 2, -HALF, HALF)
    assert v < 1 and v <= HALF and v > 0 and v >= HALF and not v < HALF and not v > HALF
    assert v < Values([Fraction(1)], ["y"]) and v - Values([HALF], ["y"]) == 0
    assert (float(v), round(v), f"{float(v):.2f}", f"{v}") == (0.5, 0, "0.50", "1/2")
    assert f"{Values([0.125], ['y']):.2f}" == "0.12"
    assert repr(v) == str(v) == "1/2" and hash(v) == hash(HALF)


def test_several_outputs_are_read_by_name_and_are_no_number():
    v = Values([1, 2], ["a", "b"])
    assert v == (1, 2) and v == [1, 2] and v != (2, 1) and v != (1,) and v != 1
    assert v["b"] == 2 and v[1] == 2 and list(v) == [1, 2] and v.to_dict() == {"a": "1", "b": "2"}
    assert repr(v) == "(a=1, b=2)"
    for use in (float, lambda w: w < 1, lambda w: w + 1, abs):
        with pytest.raises(ToynetsError, match=r'these are 2 outputs.*\n.*values\["a"\]'):
            use(v)


def test_an_unknown_output_lists_the_names():
    with pytest.raises(ToynetsError, match=r"no output z\. Outputs: a, b"):
        Values([1, 2], ["a", "b"])["z"]


def test_values_survive_copying_and_pickling():
    v = Values([1, 2], ["a", "b"])
    for twin in (copy.copy(v), copy.deepcopy(v), pickle.loads(pickle.dumps(v))):
        assert twin == v and twin["b"] == 2


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (HALF, "1/2"),
        (3, "3"),
        (0.25, 0.25),
        (float("inf"), "inf"),
        (Ball(0, HALF), {"lower": "0", "upper": "1/2"}),
    ],
)
def test_plain_is_what_json_can_hold(value, shown):
    assert plain(value) == shown
    json.dumps(plain(value), allow_nan=False)


def test_a_run_of_a_family_is_plain_data():
    one = Run("h1 = resample", (0, HALF), Values([1], ["y"]), source=(Fraction(1), HALF))
    assert one.to_dict() == {
        "intervention": "h1 = resample",
        "x": ["0", "1/2"],
        "source": ["1", "1/2"],
        "extreme": None,
        "outputs": {"y": "1"},
        "attained": True,
    }
    several = Run("a", (0,), Values([1], ["y"]), source=((Fraction(1),), (HALF,)))
    assert several.to_dict()["source"] == [["1"], ["1/2"]]
    extreme = Run("h1 = worst", (0,), Values([1], ["y"]), extreme=("y", "max"), attained=False)
    assert extreme.to_dict()["extreme"] == ["y", "max"] and not extreme.attained
    assert "extreme=('y', 'max')" in repr(extreme) and "source=(" in repr(one)


TRACE = Trace(
    {"x1": 1},
    {"h1": -HALF, "y": 2},
    {"h1": 0, "y": 2},
    Values([2], ["y"]),
    intervention="h1 = 0",
    arithmetic=["h1 = relu(-1/2) = 0", "y = 2"],
    title="tiny",
)


def test_a_trace_is_read_by_name_and_pre():
    assert (TRACE["x1"], TRACE["h1"], TRACE["h1.pre"], TRACE["y"]) == (1, 0, -HALF, 2)
    assert list(TRACE) == ["x1", "h1.pre", "h1", "y.pre", "y"] and len(TRACE) == 5
    assert dict(TRACE)["h1.pre"] == -HALF


def test_a_trace_is_a_mapping_to_in_and_get():
    assert "h1" in TRACE and "h1.pre" in TRACE and "h2" not in TRACE and "x1.pre" not in TRACE
    assert TRACE.get("h2", 7) == 7
    with pytest.raises(ToynetsError, match=r"no unit h2 in tiny\. Units: x1, h1, y\. Nearest: h1"):
        TRACE["h2"]
    with pytest.raises(ToynetsError, match="no unit 3"):
        TRACE[3]


def test_a_trace_shows_its_arithmetic():
    assert str(TRACE).split("\n") == [
        "tiny  x1 = 1   with h1 = 0",
        "h1 = relu(-1/2) = 0",
        "y = 2",
    ]
    assert TRACE.table().rows == (("x1", "", "1"), ("h1", "-1/2", "0"), ("y", "2", "2"))
    assert TRACE.to_dict()["pre"] == {"h1": "-1/2", "y": "2"}
    assert '<th scope="row">h1</th>' in TRACE._repr_html_()
    assert "| h1 | -1/2 | 0 |" in TRACE._repr_markdown_()
