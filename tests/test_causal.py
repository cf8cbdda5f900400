"""Causal models: hand-computed outcomes, and agreement with nothing but their own numbers."""

import pytest

from toynets.causal import FUNCTIONS, CausalModel, Mechanism
from toynets.errors import ToynetsError, Undecided
from toynets.rationals import rational as q
from toynets.rationals import workprec

BITS = [(q(a), q(b)) for a in (0, 1) for b in (0, 1)]


def xor_sum(**extra):
    return CausalModel(
        ["x1", "x2"],
        {
            "h1": Mechanism("relu", (("x1", q(1)), ("x2", q(1))), q(0)),
            "h2": Mechanism("relu", (("x1", q(1)), ("x2", q(1))), q(-1)),
            "y": Mechanism("identity", (("h1", q(1)), ("h2", q(-2))), q(0)),
        },
        ["y"],
        rows=BITS,
        **extra,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "0 1 1 0"),
        ("h1 = 0", "0 0 0 -2"),
        ("h2 = 0", "0 1 1 2"),
        ("h1, h2 = 0", "0 0 0 0"),
        ("h2 = mean", "-1/2 1/2 1/2 3/2"),
        ("h1.pre = mean", "1 1 1 -1"),
        ("h1.bias += 1/2", "1/2 3/2 3/2 1/2"),
        ("->h2 = 0", "0 1 1 2"),
        ("->h2, h2.bias = 0", "0 1 1 2"),
        ("h1-> = 0", "0 0 0 -2"),
        ("x1->h2 *= -1", "0 1 1 2"),
        ("h2 = h2(1, 0)", "0 1 1 2"),
        ("h2 = h1(1, 0)", "-2 -1 -1 0"),
        ("h2 = h1.pre(x')", "-4 -3 -3 -2"),
        ("h2 = h2.pre(0, 0)", "2 3 3 4"),  # h2 becomes -1, which relu never gives
        ("h2 = h2(0, 0)", "0 1 1 2"),
        ("h1 = h1(x')", "2 2 2 0"),
        ("x1->h1 = (x')", "1 2 1 0"),
        ("x1 = 0", "0 1 0 1"),
        ("x1 = mean", "1/2 1/2 1/2 1/2"),
        ("y = 3", "3 3 3 3"),
        ("x1->h1, x2->h1 = 0, h1.bias = 1", "1 1 1 -1"),
    ],
)
def test_outcome_of_every_form(text, expected):
    model = xor_sum()
    plan = model.plan(text)
    found = [model.outcome(x, plan, source=(q(1), q(1)))[0] for x in BITS]
    assert " ".join(map(str, found)) == expected


def test_means_and_sources_come_from_the_clean_model_whatever_else_is_changed():
    model = xor_sum()
    plan = model.plan("x1->h1 = 0, h1 = mean, h2 = h2(1, 1)")
    # The clean mean of h1 is 1 and clean h2(1, 1) is 1, although x1->h1 is cut in this run.
    assert [model.outcome(x, plan)[0] for x in BITS] == [q(-1)] * 4


def test_worst_gives_both_extremes_over_the_clean_range():
    model = xor_sum()
    # h1 ranges over [0, 2], h2 over [0, 1].
    assert model.worst(BITS[3], model.plan("h2 = worst")) == ((q(0), q(2)),)
    assert model.worst(BITS[1], model.plan("h1, h2 = worst")) == ((q(-2), q(2)),)


def test_worst_goes_through_a_hinge_where_the_extreme_is_inside():
    model = CausalModel(
        ["x"],
        {
            "h": Mechanism("identity", (("x", q(1)),), None),
            "y": Mechanism("abs", (("h", q(1)),), q(-1)),
        },
        ["y"],
        rows=[(q(0),), (q(3),)],
    )
    assert model.worst((q(0),), model.plan("h = worst")) == ((q(0), q(2)),)


def test_softmax_outputs_are_centred_logits():
    model = CausalModel(
        ["x"],
        {
            "y1": Mechanism("softmax", (("x", q(1)),), q(0)),
            "y2": Mechanism("softmax", (("x", q(3)),), q(0)),
        },
        ["y1", "y2"],
        rows=[(q(0),), (q(1),)],
    )
    assert model.outcome((q(1),)) == (q(-1), q(1))
    assert model.outcome((q(1),), model.plan("y2.bias += 4")) == (q(-3), q(3))


@pytest.mark.parametrize(
    ("name", "at", "value"),
    [
        ("identity", "-3", "-3"),
        ("relu", "-3", "0"),
        ("relu", "2", "2"),
        ("abs", "-3", "3"),
        ("step", "0", "0"),
        ("step", "1/8", "1"),
        ("square", "-3/2", "9/4"),
        ("tanh", "0", "0"),
        ("sigmoid", "0", "1/2"),
    ],
)
def test_activation_conventions(name, at, value):
    assert FUNCTIONS[name](q(at)) == q(value)


def test_balls_enclose_and_a_straddling_step_is_undecided():
    with workprec():
        ball = FUNCTIONS["tanh"](q("1/2"))
        assert ball > q("0.46211715") and ball < q("0.46211716")
        zero = ball - ball
        assert FUNCTIONS["relu"](zero) >= 0
        with pytest.raises(Undecided, match="cannot be decided"):
            FUNCTIONS["step"](zero)


def test_a_mechanism_must_come_after_its_parents():
    with pytest.raises(ToynetsError, match="no variable h2 in the mechanism of h1"):
        CausalModel(
            ["x1"],
            {"h1": Mechanism("relu", (("h2", q(1)),)), "h2": Mechanism("relu", (("x1", q(1)),))},
            ["h1"],
        )


def test_what_is_missing_is_named():
    model = xor_sum()
    with pytest.raises(ToynetsError, match="pass source="):
        model.outcome(BITS[0], model.plan("h1 = h1(x')"))
    with pytest.raises(ToynetsError, match="family of runs"):
        model.outcome(BITS[0], model.plan("h1 = resample"))
    bare = CausalModel(["x"], {"y": Mechanism("relu", (("x", q(1)),))}, ["y"])
    with pytest.raises(ToynetsError, match="needs a domain"):
        bare.outcome((q(1),), bare.plan("y = mean"))


def test_worst_leaves_a_replaced_softmax_output_out_of_the_centring():
    model = CausalModel(
        ["x"],
        {
            "h": Mechanism("identity", (("x", q(1)),)),
            "y1": Mechanism("softmax", (("h", q(2)),), q(0)),
            "y2": Mechanism("softmax", (), q(1)),
        },
        ["y1", "y2"],
        rows=[(q(0),), (q(1),)],
    )
    x = (q(0),)
    # Logits 2h and 1, h from 0 to 1: centred h - 1/2 and 1/2 - h.
    half = q("1/2")
    assert model.worst(x, model.plan("h = worst")) == ((-half, half), (-half, half))
    # y1 is replaced, y2 is still its logit less the mean of both logits.
    assert model.worst(x, model.plan("h = worst, y1 = 7")) == ((q(7), q(7)), (-half, half))
    assert model.outcome(x, model.plan("y1 = 7")) == (q(7), half)
    assert model.worst(x, model.plan("y1 = worst")) == ((-half, half), (half, half))


def test_the_range_of_overlapping_balls_holds_all_of_them():
    with workprec(20):
        wide = FUNCTIONS["tanh"](q(1))  # a ball that a sharper one lies inside
    model = CausalModel(
        ["x"], {"y": Mechanism("identity", (("x", q(1)),))}, ["y"], rows=[(q(0),), (q(1),)]
    )
    with workprec():
        model.clean((q(0),))["y"], model.clean((q(1),))["y"] = wide, FUNCTIONS["tanh"](q(1))
        low, high = model.interval("y")
        assert low.overlaps(wide)
        assert not low > wide
        assert not high < wide
        assert low.contains(FUNCTIONS["tanh"](q(1))) or low < high


def test_a_sigmoid_far_below_zero_is_enclosed():
    with workprec():
        far = FUNCTIONS["sigmoid"](q(-(10**30)))
        assert far.is_finite()
        assert far < q("1/1000000")


def test_clean_runs_are_not_changed_by_interventions():
    model = xor_sum()
    for x in BITS:
        before = dict(model.clean(x))
        for text in ("h1 = 5", "x1 = 3", "x1->h1 = 9", "h2 = h2(1, 1)", "y = 2"):
            model.outcome(x, model.plan(text))
        assert model.clean(x) == before
        assert model.values(x) == before


def test_a_stated_constant_is_a_ball_of_128_bits_whatever_the_caller_set():
    from toynets.expressions import parse_expression

    c = parse_expression("cos(2*pi/5)").evaluate({})
    model = CausalModel(["x"], {"y": Mechanism("identity", (("x", c),))}, ["y"])
    (found,) = model.outcome((q("1/3"),), model.plan("x = 1/7"))
    assert found.rad() < 1e-30
