"""Floating-point bounds hold in exact arithmetic: no comparison here has a tolerance."""

import random
from itertools import permutations

import numpy as np
import pytest
from proof_cases import network, program

from toynets.network import Network
from toynets.rationals import ONE, from_float, rational
from toynets.verification.proofs.enclosing import Enclosure
from toynets.verification.proofs.flattening import Unfit, flattened, near, outwards
from toynets.verification.proofs.forms import Form, atom
from toynets.verification.proofs.program import Layers, Program, Variable
from toynets.verification.proofs.search import Goal

KINDS = [
    ("relu", "relu", "identity"),
    ("abs", "relu", "identity"),
    ("step", "abs", "identity"),
    ("relu", "step", "abs", "identity"),
]


def rough(seed, kinds, d=3):
    """A network whose numbers fill all 53 bits, so that nearly every operation rounds."""
    draw = random.Random(seed)
    sizes = [d, *[6] * (len(kinds) - 1), 1]
    layers = [
        (
            [[draw.gauss(0, 1) for _ in range(a)] for _ in range(b)],
            [draw.gauss(0, 0.5) for _ in range(b)],
            kind,
        )
        for a, b, kind in zip(sizes, sizes[1:], kinds, strict=False)
    ]
    return draw, Network.from_layers(layers, dtype="float64")


def enclosed(net):
    made, (y,) = program(net)
    return made, y, Enclosure(made, [Goal(atom(y)), Goal(-atom(y))])


@pytest.mark.parametrize("kinds", KINDS)
@pytest.mark.parametrize("width", [0.0, 2.0**-40, 0.1, 1.0])
def test_a_bound_is_below_every_exact_value(kinds, width):
    draw, net = rough(len(kinds) + int(8 * width), kinds)
    made, y, enclosure = enclosed(net)
    low = np.array([[draw.uniform(-1, 1) for _ in range(24)] for _ in range(3)])
    high = np.minimum(low + width, 1.0)
    bounds, _, _ = enclosure.bounds(low, high)
    for share in (0.0, 0.31, 1.0):
        points = np.minimum(low + share * (high - low), high)
        for box, point in enumerate(points.T):
            value = made.values([from_float(float(v)) for v in point])[y]
            assert from_float(float(bounds[0, box])) <= value
            assert from_float(float(bounds[1, box])) <= -value


@pytest.mark.parametrize("kinds", KINDS[:2])
def test_on_a_point_the_error_is_within_the_slip_and_there_is_one(kinds):
    draw, net = rough(5, kinds)
    made, y, enclosure = enclosed(net)
    points = np.array([[draw.uniform(-1, 1) for _ in range(40)] for _ in range(3)])
    bounds, _, _ = enclosure.bounds(points, points)
    above = 0
    for box, point in enumerate(points.T):
        value = made.values([from_float(float(v)) for v in point])[y]
        computed = from_float(float(bounds[0, box] + enclosure.slip[0, 0]))
        above += computed > value
        assert value - from_float(float(bounds[0, box])) <= from_float(
            3 * float(enclosure.slip[0, 0])
        )
    assert above > 5  # without the error term, that many bounds would be wrong
    assert float(enclosure.slip.max()) < 1e-11


def test_lines_are_above_and_below_at_both_ends_exactly():
    draw = random.Random(0)
    net = Network.from_layers([([[1]] * 3, [0] * 3, "relu"), ([[1] * 3], [0], "identity")])
    _, _, enclosure = enclosed(net)
    (level,) = enclosure.levels
    ends = [(-1.0, 3.0), (-(2.0**-1060), 1.0), (0.0, 0.0), (-1.0, 2.0**-900), (0.5, 0.75), (-2, -1)]
    ends += [tuple(sorted((draw.gauss(0, 1), draw.gauss(0, 1)))) for _ in range(300)]
    ends += [(-draw.random(), 2.0 ** draw.randint(-80, 3)) for _ in range(300)]
    small = from_float(1e-300)
    lower, upper = (np.array([[e[side] for e in ends]] * 3, dtype=float) for side in (0, 1))
    for kinds, plain in ((["relu"] * 3, True), (["relu", "abs", "step"], False)):
        level.kinds, level.plain = np.array(kinds), plain
        below, above, on, shift = enclosure._lines(level, lower, upper)
        on = np.zeros_like(shift) if on is None else on
        for row, kind in enumerate(kinds):
            function = {
                "relu": lambda z: max(z, 0 * z),
                "abs": abs,
                "step": lambda z: ONE * (z > 0),
            }
            for k, pair in enumerate(ends):
                s, t, a, b = (from_float(float(v[row, k])) for v in (above, shift, below, on))
                exact = [from_float(float(z)) for z in pair]
                gaps = [s * z + t - function[kind](z) for z in exact]
                assert min(gaps) >= 0 and all(a * z + b <= function[kind](z) for z in exact)
                if kind != "step":  # the chord touches, nearly, at both ends
                    most = max(abs(z) for z in exact)
                    assert abs(s) <= 1 and t <= 2 * most * from_float(1 + 1e-12) + small
                    assert max(gaps) <= most * from_float(1e-14) + small


def sum_that_float_gets_wrong(order):
    """h = relu(1 + 2^-60 - 1) on the point (1, 1, 1), and y = 1/2 - 2^60 h = -1/2."""
    numbers = [1.0, 2.0**-60, -1.0]
    first = ([[numbers[k] for k in order]], [0.0], "relu")
    return Network.from_layers([first, ([[-(2.0**60)]], [0.5], "identity")], dtype="float64")


def test_a_claim_that_rounding_makes_true_is_not_proved():
    wrong = 0
    for order in permutations(range(3)):
        made, (y,) = program(sum_that_float_gets_wrong(order), low=1)
        assert made.values([rational(1)] * 3)[y] == rational("-1/2")
        enclosure = Enclosure(made, [Goal(atom(y))])
        bounds, _, _ = enclosure.bounds(enclosure.low, enclosure.high)
        assert bounds[0, 0] <= -0.5
        for level in enclosure.levels:
            level.slip = 0.0
        enclosure.slip = 0.0
        without, _, _ = enclosure.bounds(enclosure.low, enclosure.high)
        wrong += bool(without[0, 0] >= 0)
    assert wrong >= 2


def test_the_slip_of_a_hidden_unit_alone_matters():
    # The outer bound is exact in floating point; only the hidden sum is rounded.
    wrong = []
    for order in permutations(range(3)):
        made, (y,) = program(sum_that_float_gets_wrong(order), low=1)
        enclosure = Enclosure(made, [Goal(atom(y))])
        (level,) = enclosure.levels
        assert level.slip[0, 0] > 2.0**-60
        enclosure.slip = 0.0
        with_it, _, _ = enclosure.bounds(enclosure.low, enclosure.high)
        wrong.append(bool(with_it[0, 0] >= 0))
    assert not any(wrong)


def test_values_and_slopes_are_those_of_the_program():
    draw, net = rough(9, KINDS[1])
    made, y, enclosure = enclosed(net)
    points = np.array([[draw.uniform(-1, 1) for _ in range(9)] for _ in range(3)])
    values, slopes = enclosure.values(points), enclosure.gradient(points, 0)
    for k, point in enumerate(points.T):
        at = made.values([from_float(float(v)) for v in point])[y]
        assert values[0, k] == pytest.approx(float(at.p) / float(at.q)) and values[1, k] == (
            -values[0, k]
        )
        for i in range(3):
            moved = points[:, k : k + 1].copy()
            moved[i] += 1e-7
            change = (enclosure.values(moved)[0, 0] - values[0, k]) / 1e-7
            assert slopes[i, k] == pytest.approx(change, abs=1e-5)


def test_a_skip_and_an_expression_are_flattened_and_bounded():
    # x1 + relu(x2) - relu(relu(x2) - x1): units of two levels and inputs are read together.
    ends = {"x1": rational(1), "x2": rational(2)}
    made = Program([Variable(name, rational(-1), high) for name, high in ends.items()])
    h = made.raw("relu", atom(1))
    twice = made.raw("identity", Form(rational(1), {h: rational(2)}))
    g = made.raw("relu", Form(terms={twice: rational("1/2"), 0: rational(-1)}))
    y = made.raw("identity", Form(terms={0: rational(1), h: rational(1), g: rational(-1)}))
    units, (form,) = flattened(made, [atom(y)])
    assert [(kind, level) for kind, _, level in units] == [("relu", 1), ("relu", 2)]
    assert form.json() == ["0", [[0, "1"], [2, "1"], [3, "-1"]]]
    enclosure = Enclosure(made, [Goal(atom(y))])
    draw = random.Random(1)
    ends = np.sort([[[draw.uniform(-1, 1) for _ in range(2)] for _ in range(60)] for _ in "ab"], 2)
    low, high = ends[..., 0], ends[..., 1]
    bounds, _, _ = enclosure.bounds(low, high)
    tight = 0
    for box in range(60):
        for a in (low, high):
            for b in (low, high):
                point = [from_float(float(a[0, box])), from_float(float(b[1, box]))]
                gap = made.values(point)[y] - from_float(float(bounds[0, box]))
                assert gap >= 0
                tight += gap < from_float(1e-9)
    assert tight > 20


def test_numbers_that_floats_cannot_hold_are_refused():
    assert near(rational("1/3")) == 1 / 3 and near(rational(0)) == 0
    for number in (rational(10) ** 400, rational(1) / rational(10) ** 310):
        with pytest.raises(Unfit, match="too large or too small"):
            near(number)
    heavy = Network.from_layers(
        [([[1e200]], [0], "relu"), ([[1e200]], [0], "identity")], dtype="float64"
    )
    with pytest.raises(Unfit, match="too large"):
        enclosed(heavy)


def test_ends_of_a_box_are_rounded_outwards():
    third = rational("1/3")
    low, high = outwards(third, up=False), outwards(third, up=True)
    assert from_float(low) < third < from_float(high) and np.nextafter(low, 1) == high
    assert outwards(rational("1/4"), up=True) == outwards(rational("1/4"), up=False) == 0.25


def test_a_small_network_and_its_goals_have_no_hidden_slip():
    made, (y,) = program(network(random.Random(3), [2, 4, 1], ("relu", "identity")))
    enclosure = Enclosure(made, [Goal(atom(y)), Goal(Form(), strict=True)])
    assert enclosure.strict.tolist() == [False, True]
    assert enclosure.slip[1, 0] < 1e-300  # the form 0 has no error but the flushed products
    assert Layers.of_network(network(random.Random(3), [2, 1], ("identity",))).piecewise
