"""Rigorous floating point settles claims as rationals do, and never a false one as proved."""

import random

import pytest
import tiny_checker
from proof_cases import accepted, certificate, network, program

import toynets
from toynets.errors import ToynetsError
from toynets.network import Network
from toynets.rationals import ONE, rational
from toynets.verification.proofs.claims import at_least, between, settle, within
from toynets.verification.proofs.floats import WHY
from toynets.verification.proofs.forms import Form, atom

SHAPES = [
    ("relu", "identity"),
    ("relu", "relu", "identity"),
    ("abs", "relu", "identity"),
    ("step", "relu", "identity"),
]


def at_most(made, y, bound):
    return at_least("at most", made, (-atom(y)).plus(bound))


@pytest.mark.parametrize("kinds", SHAPES)
def test_verdicts_are_those_of_rationals(kinds):
    seen = set()
    for seed in range(6):
        draw = random.Random(seed)
        net = network(draw, [2, *[4] * (len(kinds) - 1), 1], kinds)
        made, (y,) = program(net)
        found = settle(between("range", made, [y]))
        low, high, _, _ = found.ends[0]
        spread = high - low
        for share in ("-1/100", "1/100", "1/3"):
            made, (y,) = program(net)
            bound = high + spread * rational(share)
            claim = at_most(made, y, bound)
            answer = settle(claim, floats=True)
            true = rational(share) > 0 or spread == 0
            seen.add(answer.verdict)
            if answer.verdict == "proved":
                assert true and answer.data is None and answer.limit == WHY
                assert answer.method == "floats" and 1 <= answer.leaves <= answer.cells
            elif answer.verdict == "refuted":
                assert not true
                tiny_checker.check(certificate(net, [answer]))
            else:
                # No margin; or steps that jump at one place, which no box tells apart.
                assert spread == 0 or "step" in kinds
    assert {"proved", "refuted"} <= seen


@pytest.mark.parametrize("slack", ["0", "1/100000000000000000"])
def test_a_bound_with_nothing_to_spare_is_unknown_and_a_false_one_is_not_proved(slack):
    net = toynets.load("max-2").network
    made, (y,) = program(net, low=0)
    tight = settle(at_most(made, y, ONE + rational(slack)), floats=True)
    assert tight.verdict == "unknown" and "too near for floats" in tight.limit
    false = settle(at_most(made, y, ONE - rational("1/10") ** 17), floats=True)
    assert false.verdict != "proved"
    assert settle(at_most(made, y, ONE - rational("1/8"))).verdict == "refuted"


def test_strict_needs_more_than_0():
    made, _ = program(Network.from_layers([([[1, 1]], [0], "relu"), ([[1]], [0], "identity")]))
    for strict, form in ((True, Form()), (False, Form())):
        answer = settle(at_least("0", made, form, strict=strict), floats=True)
        assert answer.verdict != "proved"  # the form 0 itself is within the error bound
    assert settle(at_least("0", made, Form(ONE), strict=True), floats=True).verdict == "proved"


def test_every_goal_has_to_hold():
    # |y - 0| <= 1/2 for y = relu(x1 + x2) on [-1, 1]^2: one side holds everywhere, one does not.
    net = Network.from_layers([([[1, 1]], [0], "relu"), ([[1]], [0], "identity")])
    made, (y,) = program(net)
    zero = made.raw("identity", Form())
    assert settle(within("near", made, ONE / 2, [y], [zero]), floats=True).verdict == "refuted"
    made, (y,) = program(net)
    zero = made.raw("identity", Form())
    assert settle(within("near", made, 3 * ONE, [y], [zero]), floats=True).verdict == "proved"


def test_limits_are_said():
    draw = random.Random(2)
    net = network(draw, [3, 8, 8, 1], ("relu", "relu", "identity"))
    made, (y,) = program(net)
    top = settle(between("r", made, [y])).ends[0][1]
    claim = at_most(made, y, top + rational("1/1000"))
    short = settle(claim, floats=True, cells=3)
    assert (short.verdict, short.limit) == ("unknown", "3 boxes")
    done = []
    assert settle(claim, floats=True, step=done.append).verdict == "proved"
    assert done == sorted(done) and done


def test_what_floats_have_no_say_in_is_unknown_or_exact():
    made, (y,) = program(Network.from_layers([([[1, 1]], [0], "tanh"), ([[1]], [0], "identity")]))
    curved = settle(at_least("c", made, atom(y).plus(ONE)), floats=True)
    assert curved.verdict == "unknown" and "curved" in curved.limit
    layers = [([[1e-310]], [0], "relu"), ([[1]], [0], "identity")]
    net = Network.from_layers(layers, dtype="float64")
    made, (y,) = program(net)
    small = settle(at_most(made, y, ONE), floats=True)
    assert small.verdict == "unknown" and "too small" in small.limit
    assert settle(between("r", *_one()), floats=True).method == "regions"


def _one():
    made, (y,) = program(network(random.Random(1), [1, 2, 1], ("relu", "identity")))
    return made, [y]


def test_prove_takes_bounds_by_either_method():
    said = ["y <= 3/2 + x1/2", "y >= -1/8", "y <= x2"]
    for floats in (False, True):
        found = toynets.prove("max-2", bounds=said, box="[0,1]^2", floats=floats)
        assert [a.verdict for a in found.answers] == ["proved", "proved", "refuted"]
        # A witness has a certificate by either method.
        assert len(found.certificate["claims"]) == (1 if floats else 3)
        assert accepted(found.certificate)
        assert ("2 of the proofs are by rigorous floating point" in str(found)) == floats
        witness = found.answers[2].witness
        assert witness.point["x1"] > witness.point["x2"]
        assert [name for name, _ in witness.values] == ["y", "bound"]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("y = 1", "is no bound"),
        ("z <= 1", "output"),
        ("y <= x3", "x3"),
        # Not y > (x1 > 0), which holds where x1 is -5 and y is 1.
        ("y > x1 > 0", "not chained"),
        ("y > x1 and x1 > 0", "more than one bound"),
    ],
)
def test_a_bound_that_cannot_be_read(said, why):
    with pytest.raises(ToynetsError, match=why):
        toynets.prove("max-2", bounds=[said], box="[0,1]^2")
