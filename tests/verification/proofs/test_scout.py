"""Floating point proposes boxes and points, and the exact side proves them."""

import itertools
import random

import tiny_checker
from proof_cases import certificate, network, program

from toynets.rationals import ONE, rational
from toynets.verification.proofs.cells import Cell
from toynets.verification.proofs.claims import at_least, settle
from toynets.verification.proofs.enclosing import Enclosure
from toynets.verification.proofs.falsifier import Falsifier
from toynets.verification.proofs.forms import Form, atom
from toynets.verification.proofs.scout import MARGIN, Scout
from toynets.verification.proofs.search import Goal
from toynets.verification.proofs.sides import with_short_slope


def drawn(seed, kinds=("relu", "abs", "identity"), d=3):
    draw = random.Random(seed)
    net = network(draw, [d, 7, 6, 1], kinds)
    made, (y,) = program(net)
    return draw, net, made, y


def scouted(made, goals, most=10_000):
    """What a scout finds that records its cuts for the exact side, and confirms no point."""
    confirm = Falsifier(made, goals).fails
    return Scout(
        Enclosure(made, goals), confirm, margin=MARGIN, most=most, seconds=20, record=True
    ).run()


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
    found = scouted(made, [Goal(gap), Goal(-gap)])
    assert not found.certain and found.points == [] and "too near for floats" in found.limit


def _layers(net):
    from toynets.verification.proofs.program import Layers

    return Layers.of_network(net)


def test_a_point_that_floats_propose_is_confirmed():
    _, net, made, y = drawn(5)
    middle = made.values([rational(0)] * 3)[y]
    goals = [Goal((-atom(y)).plus(middle - ONE / 8))]
    ((point, number),) = scouted(made, goals).points
    assert number == 0 and made.values(point)[y] > middle - ONE / 8
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
