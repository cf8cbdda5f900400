"""Constructions with curved units: what is decided, by what, and what stays open."""

import pytest
from flint import arb

from toynets.coursework import judge
from toynets.coursework.kinds.construct import build, targets
from toynets.coursework.kinds.finding import Clock, Limits
from toynets.coursework.kinds.identities import Algebra
from toynets.coursework.kinds.proving_constructions import prove
from toynets.domain import Domain
from toynets.expressions import parse_expression
from toynets.rationals import rational as q
from toynets.rationals import workprec


def judged(exercise, shape, activation, target, domain, weights, **more):
    ask = {"shape": shape, "activation": activation, "target": target, "domain": domain, **more}
    made = exercise("construct", ask)
    return judge(made, {"weights": weights}, limits=Limits(cells=400))


PAIR = {"x1->h1": 1, "x1->h2": -1, "h1->y": 1, "h2->y": 1}
TANH = {"x1->h1": 1, "h1->y": 1}
HUGE = 2**100  # tanh of it is 1 to 10^29 digits


@pytest.mark.parametrize(("domain", "level"), [("{0,1}^1", "exhaustive"), ("[-1,1]", "proved")])
@pytest.mark.parametrize(
    ("activation", "target", "weights"),
    [
        ("sigmoid", "1", PAIR),
        ("tanh", "0", PAIR),
        ("tanh", "tanh(x1)", TANH),
        ("sigmoid", "(1 + tanh(x1/2))/2", TANH),
        ("tanh", "-2*tanh(-x1)", {**TANH, "h1->y": 2}),
        ("tanh", "2*sigmoid(2*x1) - 1", TANH),
        ("square", "x1*x1", TANH),
    ],
)
def test_what_is_equal_by_algebra_is_right(exercise, activation, target, weights, domain, level):
    found = judged(exercise, "1-2-1", activation, target, domain, weights)
    assert (found.passed, found.points, found.level, found.review) == (True, 10, level, "")


def test_a_unit_that_is_nearly_1_is_not_1(exercise):
    weights = {"x1->h1": HUGE, "x2->h1": HUGE, "h1.bias": -HUGE * 3 // 2, "h1->y": "1/2"}
    weights |= {"y.bias": "1/2"}
    ask = ("2-1-1", "tanh", "x1 and x2", "{0,1}^2", weights)
    found = judged(exercise, *ask)
    assert found.passed is False and found.points == 0
    assert "At 00 your network gives nearly that, 0, but not exactly; wanted is 0." in str(found)
    assert judged(exercise, *ask, tolerance="1/1000000").passed is True
    assert judged(exercise, *ask, threshold="1/2").passed is True


def test_more_digits_decide_on_which_side_of_a_threshold_a_value_is(exercise):
    near = {"h1.bias": 64, "h1->y": 1}  # tanh(64) is 1 - 5e-56: below 128 bits
    with workprec(128):
        assert not (arb(64).tanh() < 1)
    ask = ("1-1-1", "tanh")
    assert judged(exercise, *ask, "1", "{0,1}^1", near, threshold="1").passed is True
    found = judged(exercise, *ask, "2", "{0,1}^1", near, threshold="1")
    assert found.passed is False and found.points == 0

    for target, passed in (("0", True), ("2", False)):
        assert judged(exercise, *ask, target, "{0,1}^1", near, tolerance="1").passed is passed


@pytest.mark.parametrize("activation", ["sigmoid", "tanh"])
def test_weights_as_large_as_a_float_can_be_are_judged(exercise, activation):
    most = 2**127
    weights = {"x1->h1": most, "h1.bias": -most * 3 // 2, "h1->y": most, "y.bias": most}
    ask = ("1-1-1", activation, "x1", "[-1,1]", weights)
    for more in ({}, {"output": "tanh"}, {"output": "sigmoid"}, {"tolerance": "1/10"}):
        found = judged(exercise, *ask, **more)
        assert found.passed is False and found.points == 0 and "your network gives" in str(found)


def test_a_number_next_to_0_is_shown_as_one_that_may_be_0():
    from toynets.errors import ToynetsError
    from toynets.exact.boundary import MOST_BITS, public

    with workprec(128):
        tiny = public((-(arb(2) ** 100)).exp())
        plain = public(arb(1).tanh())
        most = 2 * q(2) ** -MOST_BITS
        assert -most <= q(tiny.lower) <= 0 < q(tiny.upper) <= most
        assert q(plain.lower) <= q("0.7615941559557648881194582826047935904127") <= q(plain.upper)
        with pytest.raises(ToynetsError, match="too large to be written down"):
            public((arb(2) ** 100).exp())


def test_whatever_fails_in_one_claim_the_others_are_judged(exercise, monkeypatch):
    from toynets.coursework.grading import grade_bytes
    from toynets.coursework.kinds import number

    def fails(exercise, claim, limits):
        raise AssertionError("something nobody thought of")

    monkeypatch.setattr(number, "judge", fails)
    exercises = [
        exercise("number", {}, {"value": "1"}, id="T01.1"),
        exercise("choose", {"options": ["a: x", "b: y"]}, {"choice": "a"}, id="T01.2"),
    ]
    claims = b'[{"id": "T01.1", "value": 1}, {"id": "T01.2", "choice": "a"}]'
    data = b'{"format": "toynets-claims/1", "lesson": "T01", "claims": %s}' % claims
    found = grade_bytes(data, exercises)
    assert [one.points for one in found.judged] == [0, 10]
    assert "could not be judged (AssertionError): tell your teacher" in str(found.judged[0])


def test_decisions_may_agree_where_values_do_not(exercise):
    found = judged(exercise, "1-1-1", "square", "2*x1*x1", "[1/4,1]", TANH, threshold="0")
    assert found.passed and found.level == "proved"


def test_what_no_digits_decide_has_its_points_and_is_looked_at(exercise):
    ask = ("1-1-1", "tanh", "1", "{0,1}^1", {"h1.bias": HUGE, "h1->y": 1})
    found = judged(exercise, *ask, threshold="1")
    assert (found.passed, found.points, found.level) == (None, 10, "")
    assert found.heading == "T01.1 undecided: 10 of 10 points."
    assert found.rationale[0].startswith(
        "It is right at 0 of 2 points, and wrong at none, but at 0"
    )
    assert found.review == "T01.1: not decided at 0; its points were given"
    # Not where something else is wrong with it.
    assert judged(exercise, *ask, threshold="1", max_nonzero=1).points == 0


def test_a_step_behind_curved_units_is_decided_by_algebra(exercise):
    weights = {**PAIR, "y.bias": 0}  # step(tanh(x1) - tanh(x1)) is step(0) = 0
    for target, passed in (("0", True), ("1", False)):
        found = judged(exercise, "1-2-1", "tanh", target, "{0,1}^1", weights, output="step")
        assert found.passed is passed and not found.refused


def test_a_border_on_a_box_is_left_open_and_a_wrong_one_is_found(exercise):
    ask = ("2-1-1", "tanh", "x1 + x2 - 1365/2048", "[0,1]^2")
    right = {"x1->h1": 1, "x2->h1": 1, "h1.bias": "-1365/2048", "h1->y": 1}
    found = judged(exercise, *ask, right, threshold="0")
    assert (found.passed, found.points, found.level) == (None, 10, "sampled")
    assert found.review == "T01.1: not decided on all of [0, 1]^2; its points were given"
    near = {**right, "h1.bias": "-5459/8192"}
    found = judged(exercise, *ask, near, threshold="0")
    assert found.passed is False and "but not at" in str(found)


def test_products_of_inputs_by_squares(exercise):
    squares = {"x1->h1": 1, "x2->h1": 1, "x1->h2": 1, "x2->h2": -1}
    squares |= {"h1->y": "1/4", "h2->y": "-1/4"}
    ask = ("2-2-1", "square")
    found = judged(exercise, *ask, "x1*x2", "[-1,1]^2", squares)
    assert found.passed and found.level == "proved"
    # Within a tolerance it is a matter of balls, also with a product in the target.
    found = judged(exercise, *ask, "x1*x2 + x1/100", "[-1,1]^2", squares, tolerance="1/99")
    assert found.passed and found.level == "proved"
    found = judged(exercise, *ask, "x1*x2 + x1/100", "[-1,1]^2", squares, tolerance="1/101")
    assert found.passed is False
    found = judged(exercise, "1-1-1", "tanh", "x1", "[-1/2,1/2]", TANH, tolerance="1/26")
    assert found.passed and found.level == "proved"


def test_a_difference_that_no_point_tried_shows_is_found_by_algebra(exercise):
    ask = {"shape": "1-1-1", "activation": "square", "target": "x1*x1", "domain": "[0,1]"}
    made = exercise("construct", ask)
    network = build(made, {"weights": {**TANH, "y.bias": "1/4096"}})
    level, where = prove(
        made, network, targets(made, network), Domain.box("[0,1]"), Clock(Limits())
    )
    assert (level, where) == ("proved", "0")


def test_polynomials_are_those_of_plain_arithmetic():
    algebra = Algebra()
    names = {n: algebra.variable(n) for n in ("x1", "x2")}
    said = parse_expression("square(x1 - 2*x2 + 3)*(x1/2 + max(1, 2)) - relu(-1)*x1 - square(x2)")
    found = algebra.of_expression(said, names)
    inverse = {atom: name for name, atom in algebra.free.items()}
    at = {"x1": q("3/7"), "x2": q("-5/3")}
    total = q(0)
    for product, coefficient in found.items():
        for atom in product:
            coefficient = coefficient * at[inverse[atom]]
        total = total + coefficient
    assert total == said.evaluate(at)
    box = {"x1": (q(0), q(1)), "x2": (q(0), q(1))}
    zero_on_three = algebra.of_expression(parse_expression("x1*(x1 - 1)*(2*x1 - 1)*x2"), names)
    point = algebra.not_zero_at(zero_on_three, box)
    assert point["x1"] in (q("1/3"), q("2/3")) and point["x2"] == 1
    assert algebra.not_zero_at({}, box) is None


@pytest.mark.parametrize(
    ("terms", "never"),
    [
        ([(1, "1"), (-1, "2")], True),
        ([(1, "1"), (-1, "1")], False),
        ([(1, "1"), (1, "-1")], False),
        ([(2, "1/2"), (-1, "1"), (3, None)], True),
        ([], False),
    ],
)
def test_sums_of_tanh_of_rationals_are_0_only_if_they_cancel(terms, never):
    algebra = Algebra()
    parts = [
        (q(c), algebra.number(q(1)) if z is None else algebra.apply("tanh", algebra.number(q(z))))
        for c, z in terms
    ]
    assert algebra.never_zero(algebra.sum(parts)) is never
    with workprec(500):
        value = sum((c * (1 if z is None else arb(q(z)).tanh()) for c, z in terms), arb(0))
        assert bool(abs(value) > arb(10) ** -100) is never


def test_nothing_is_said_of_values_behind_two_layers():
    algebra = Algebra()
    inner = algebra.apply("tanh", algebra.number(q(1)))
    outer = algebra.apply("tanh", inner)
    assert not algebra.never_zero(algebra.sum([(q(1), outer), (q(-1), inner)]))
    assert not algebra.never_zero(algebra.times(inner, inner))


OPEN = """
id = "T01.1"
title = "A tanh above 1"
kind = "construct"
points = 10
prompt = "Say it."
[ask]
shape = "1-1-1"
activation = "tanh"
target = "1"
threshold = "1"
domain = "{0,1}^1"
"""


def test_what_is_left_open_is_named_to_whoever_grades(tmp_path):
    from toynets.coursework import open as open_homework
    from toynets.coursework.class_grading import ClassReport, Submission
    from toynets.coursework.exercise import read_exercise
    from toynets.coursework.gradescope import results
    from toynets.coursework.grading import grade_bytes
    from toynets.coursework.handing_in import HandedIn
    from toynets.coursework.marks import Marks

    (tmp_path / "T01.1.toml").write_text(OPEN)
    hw = open_homework("T01", exercises=tmp_path, folder=tmp_path)
    hw.construct("T01.1", {"h1.bias": HUGE, "h1->y": 1})
    assert hw.passed("T01.1") and "10 of 10" in str(hw.status())
    hw.submit()
    made = read_exercise(OPEN)
    graded = grade_bytes(hw.claims_file.read_bytes(), [made])
    said = "T01.1: not decided at 0; its points were given"
    (test,) = results(graded.judged, "", 0.0)["tests"]
    assert (test["status"], test["score"], test["tags"]) == ("passed", 10.0, ["look-at-it"])
    assert test["extra_data"]["review"] == said
    one = Submission("s1", hw.claims_file)
    report = ClassReport("T01", ("T01.1",), {"T01.1": made.points}, (one,), (graded.to_dict(),))
    assert report.marks().rows == (("s1", "10", "10", said),)
    assert Marks(report, HandedIn((one,)), None).notes() == [f"Look at s1, {said}."]
