"""Floating point proposes boxes and points; its bounds are held against the exact relaxation."""

import itertools
import random

import pytest
import tiny_checker
from proof_cases import certificate, network, program

from toynets.rationals import ONE, rational, to_float
from toynets.verification.proofs.cells import Cell
from toynets.verification.proofs.claims import at_least, settle
from toynets.verification.proofs.forms import Form, atom
from toynets.verification.proofs.scout import Scout
from toynets.verification.proofs.search import Goal
from toynets.verification.proofs.sides import with_short_slope

np = pytest.importorskip("numpy")


def drawn(seed, kinds=("relu", "abs", "identity"), d=3):
    draw = random.Random(seed)
    net = network(draw, [d, 7, 6, 1], kinds)
    made, (y,) = program(net)
    return draw, net, made, y


@pytest.mark.parametrize(
    "kinds",
    [("relu", "relu", "identity"), ("abs", "relu", "identity"), ("step", "abs", "identity")],
)
def test_bounds_of_many_boxes_are_below_every_value(kinds):
    draw, _, made, y = drawn(1, kinds)
    goals = [Goal(atom(y)), Goal(-atom(y))]
    scout = Scout(made, goals)
    ends = np.sort(np.array([[[draw.uniform(-1, 1) for _ in range(3)]] * 2 for _ in range(12)]), 1)
    ends[:, 1, :] += np.array([[draw.uniform(0, 0.5)] for _ in range(12)])
    bounds, _, _ = scout.bounds(ends[:, 0], ends[:, 1])
    for share in np.linspace(0, 1, 7):
        points = ends[:, 0] + share * (ends[:, 1] - ends[:, 0])
        values = scout.values(points)
        assert (bounds <= values + 1e-9).all()
        for row, point in zip(values, points, strict=True):
            exact = made.values([rational(float(v)) for v in point])[y]
            assert row[0] == pytest.approx(to_float(exact)) and row[1] == -row[0]


def test_on_a_point_the_bound_is_the_value():
    _, _, made, y = drawn(2)
    scout = Scout(made, [Goal(atom(y))])
    points = np.array([[0.3, -0.2, 0.9], [0.0, 0.5, -1.0]])
    bounds, _, _ = scout.bounds(points, points)
    assert bounds == pytest.approx(scout.values(points))


def test_a_scouted_cover_is_proved_leaf_by_leaf():
    draw = random.Random(3)
    net = network(draw, [3, 12, 12, 1], ("relu", "relu", "identity"))
    made, (y,) = program(net)
    corners = itertools.product((-ONE, ONE), repeat=3)
    highest = max(made.values(corner)[y] for corner in corners)
    loose = -_loose(made, -atom(y))  # what the whole box gives
    bound = highest + (loose - highest) / 2
    answer = settle(at_least("bounded", made, (-atom(y)).plus(bound)))
    assert answer.verdict == "proved" and answer.cells > 3
    splits = [node["split"] for node in answer.data["cover"] if "split" in node]
    assert splits and all(len(terms) == 1 for _, terms in splits)
    tiny_checker.check(certificate(net, [answer]))


def _loose(made, form):
    cell = Cell(made)
    values = cell.analyse().values
    total = Form(form.constant)
    for index, coefficient in form.terms.items():
        total.add(coefficient, values[index])
    return cell.start(total)[0]


def test_what_is_certain_nowhere_is_given_up_and_left_to_the_exact_side():
    _, net, made, y = drawn(4)
    gap = atom(y) - atom(made.run("network", _layers(net), [0, 1, 2])["y"])
    tree, points = Scout(made, [Goal(gap), Goal(-gap)]).tree(10_000)
    assert tree.cuts == {} and points == []


def _layers(net):
    from toynets.verification.proofs.program import Layers

    return Layers.of_network(net)


def test_a_point_that_floats_propose_is_confirmed():
    _, net, made, y = drawn(5)
    middle = made.values([rational(0)] * 3)[y]
    tree, points = Scout(made, [Goal((-atom(y)).plus(middle - ONE / 8))]).tree(10_000)
    assert tree.cuts == {} and points
    answer = settle(at_least("below", made, (-atom(y)).plus(middle - ONE / 8)))
    assert answer.verdict == "refuted"
    tiny_checker.check(certificate(net, [answer]))


def test_a_chord_with_a_short_slope_is_above_the_one_that_it_replaces():
    draw = random.Random(0)
    for _ in range(200):
        low = -rational(draw.randint(1, 10**9)) / draw.randint(1, 10**9)
        high = rational(draw.randint(1, 10**9)) / draw.randint(1, 10**9)
        a, b = with_short_slope(low, high)
        assert a <= low < 0 < high <= b
        slope = b / (b - a)
        assert (int(slope.q) & (int(slope.q) - 1)) == 0
        for x in (low, high):  # the line over relu on the wider interval, at both old ends
            assert slope * (x - a) >= max(x, 0)
            assert slope * (x - a) <= max(x, 0) + (high - low) / 1000
