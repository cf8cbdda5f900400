"""Curved units: rigorous balls, no certificate, and never a wrong verdict."""

import math
import random

from toynets.network import Network
from toynets.rationals import ONE, ZERO, rational, to_float
from toynets.verification.proofs.balls import EQUALITY, ball, enclosures, image
from toynets.verification.proofs.claims import between, settle, within
from toynets.verification.proofs.forms import atom
from toynets.verification.proofs.program import Layers, Program, Variable


def curved(kind, weight=1):
    net = Network.from_layers([([[weight], [1]], [0, -1], kind), ([[1, -1]], [0], "identity")])
    made = Program([Variable("x1", -ONE, ONE)])
    return made, made.run("network", Layers.of_network(net), [0])["y"]


def by_floats(kind, x, weight=1):
    f = {"tanh": math.tanh, "sigmoid": lambda z: 1 / (1 + math.exp(-z)), "square": lambda z: z * z}
    return f[kind](weight * x) - f[kind](x - 1)


def test_a_bound_is_proved_and_a_tighter_one_refuted():
    for kind in ("tanh", "sigmoid", "square"):
        made, y = curved(kind)
        most = max(abs(by_floats(kind, k / 512)) for k in range(-512, 513))
        near = made.node("identity", atom(y))
        zero = made.node("identity", atom(y) - atom(y))
        for share, verdict in (("101/100", "proved"), ("99/100", "refuted")):
            epsilon = rational(most) * rational(share)
            answer = settle(within("bounded", made, epsilon, [near], [zero]))
            assert answer.verdict == verdict, (kind, share)
            assert answer.data is None and answer.method == "balls"
        (x,) = answer.witness.row
        assert abs(by_floats(kind, to_float(x))) > to_float(epsilon)
        assert abs(answer.witness.float32[0]) > to_float(epsilon) * 0.999


def test_an_equality_of_curves_straddles_and_is_unknown():
    made, y = curved("tanh")
    other = made.run("network", Layers.of_network(_net("tanh")), [0])["y"]
    answer = settle(within("equal", made, ZERO, [y], [other]), cells=20_000)
    assert (answer.verdict, answer.limit) == ("unknown", EQUALITY) and answer.cells < 100
    answer = settle(within("equal", made, ZERO, [y], [other]), cells=30)
    assert answer.limit == "30 boxes: a ball straddles"
    near = made.raw("identity", atom(y).plus(rational("1/1000000")))
    assert settle(within("equal", made, ZERO, [y], [near])).verdict == "refuted"


def _net(kind):
    return Network.from_layers([([[1], [1]], [0, -1], kind), ([[1, -1]], [0], "identity")])


def test_the_range_is_bounded_from_outside_and_not_called_exact():
    made, y = curved("sigmoid", weight=-3)
    answer = settle(between("range", made, [y]))
    assert answer.verdict == "unknown" and "outer bounds" in answer.limit
    (low, high, at_low, at_high) = answer.ends[0]
    values = [by_floats("sigmoid", k / 256, -3) for k in range(-256, 257)]
    assert to_float(low) <= min(values) and max(values) <= to_float(high)
    assert to_float(high - low) < (max(values) - min(values)) * 1.02
    assert not at_low and not at_high


def test_every_enclosure_holds_the_values_on_its_box():
    draw = random.Random(0)
    for kind in ("tanh", "sigmoid", "square", "relu", "abs", "step"):
        made, y = curved(kind)
        for _ in range(20):
            a, b = sorted(rational(draw.randint(-64, 64)) / 64 for _ in range(2))
            (found,) = enclosures(made, [(a, b)], [atom(y)])
            for k in range(9):
                x = a + (b - a) * k / 8
                (point,) = enclosures(made, [(x, x)], [atom(y)])
                assert found.overlaps(point), (kind, a, b, x)


def test_the_slopes_on_a_ball_hold_every_chord():
    draw = random.Random(1)
    for kind in ("identity", "tanh", "sigmoid", "square", "relu", "abs"):
        for _ in range(40):
            a, b = sorted(rational(draw.randint(-99, 99)) / 32 for _ in range(2))
            if a == b:
                continue
            _, slopes = image(kind, ball(a, b))
            ends = [image(kind, ball(x, x))[0] for x in (a, b)]
            assert slopes.overlaps((ends[1] - ends[0]) / (ball(b, b) - ball(a, a))), (kind, a, b)
