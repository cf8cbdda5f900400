"""Each belief also has a network on which it happens to hold: its decoy, computed exactly."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest

import toynets
from toynets import exact
from toynets.coursework.misconceptions import catalogue
from toynets.symmetry import equal_up_to_gauge, flip_sign

SQUARE = list(itertools.product((0, 1), repeat=2))
TINY = Fraction(1, 10_000)


def table(entry, intervention="", rows=()):
    domain = entry.task.domain
    rows = rows or domain.rows
    return [tuple(exact.run(entry.network, x, intervention, domain=domain)) for x in rows]


def gap(one, other):
    pairs = zip(one, other, strict=True)
    return max(abs(a - b) for x, y in pairs for a, b in zip(x, y, strict=True))


def sign_means_nothing(entry):
    assert equal_up_to_gauge(entry.network, flip_sign(entry.network, "plus"))


def big_is_important(entry):
    first = entry.network.layers[0].weight
    for k, name in enumerate(entry.network.inputs):
        size = sum(abs(row[k]) for row in first)
        effect = gap(table(entry, f"{name} = 0"), table(entry))
        assert (size > 1 and effect > Fraction(1, 2)) or (size < 1e-5 and effect < TINY)


def weight_without_activity(entry):
    assert abs(entry.network["h1->y"]) == abs(entry.network["h2->y"])
    rows = [[Fraction(k, 4)] for k in range(-4, 5)]
    effects = {gap(table(entry, f"{u} = 0", rows), table(entry, "", rows)) for u in ("h1", "h2")}
    assert effects == {1}


def every_weight_means_one_thing(entry):
    pairs = zip(table(entry, "h1.bias = 0"), table(entry), strict=True)
    assert {a - b for (a,), (b,) in pairs} == {-8}


def same_data_same_weights(entry):
    by_hand = toynets.load("and").network
    assert equal_up_to_gauge(toynets.snap(entry.network).network, by_hand)


def hidden_units_alike(entry):
    assert table(entry, "twin1 = 0") == table(entry, "twin2 = 0")


def bias_is_a_detail(entry):
    assert table(entry, "h1.bias = 0, h2.bias = 0, y.bias = 0") == table(entry)


def effects_add_up(entry):
    columns = [table(entry, t) for t in ("", "h1 = 0", "h2 = 0", "h1, h2 = 0")]
    for (clean,), (one,), (two,), (both,) in zip(*columns, strict=True):
        assert both - clean == (one - clean) + (two - clean)


def zero_is_neutral(entry):
    assert table(entry, "rescue = 0") == table(entry, "rescue = mean") == table(entry)


def works_on_the_table(entry):
    report = toynets.verify(entry.network, entry.explanation, entry.task.domain)
    assert report.verdict == "exhaustive"


def smaller_loss_clearer_weights(entry):
    stuck, done = entry, toynets.load("xor-relu-1")

    def loss(one):
        return sum((y - (a != b)) ** 2 for (y,), (a, b) in zip(table(one), SQUARE, strict=True))

    def whole(one):
        snapped = toynets.snap(one.network, denominator=1)
        return max(abs(y - z) for (y,), (z,) in zip(table(one), outputs(snapped), strict=True))

    def outputs(snapped):
        return [tuple(exact.run(snapped.network, x)) for x in SQUARE]

    assert loss(done) < loss(stuck) and whole(done) < TINY < whole(stuck)


def explanation_is_the_formula(entry):
    numbers = [v for v in entry.network.numbers.values() if v != 0]
    assert len(numbers) == 3  # relu(1 - x1): there is nothing to leave out


def largest_dot_product_most_similar(entry):
    assert {sum(v * v for v in x) for x in entry.task.domain.rows} == {1}


def negative_to_all_lowers_all(entry):
    assert entry.network["h1->y"] < 0 and entry.network.activation_of("y") == "identity"
    pairs = zip(table(entry), table(entry, "h1 = 0"), strict=True)
    assert all(with_it <= without for (with_it,), (without,) in pairs)


def row_n_is_variable_n(entry):
    (a, b), (c, d) = entry.network.layers[0].weight
    assert b == c == 0 and a != 0 and d != 0


def large_weights_mean_overfitting(entry):
    assert max(map(abs, entry.network.numbers.values())) == 64
    assert all(y == x[0] for (y,), x in zip(table(entry, "", SQUARE), SQUARE, strict=True))
    assert abs(table(entry, "", [(-1, -1)])[0][0]) == 64  # off the square it is far from relu(x1)


def most_can_be_dropped(entry):
    small = [a for a, v in entry.network.numbers.items() if abs(v) < 1e-5]
    assert len(small) > len(entry.network.numbers) / 2
    dropped = ", ".join(f"{a} = 0" for a in small)
    assert gap(table(entry, dropped), table(entry)) < TINY


def weight_is_correlation(entry):
    outputs = [y for (y,) in table(entry)]
    for k, name in enumerate(entry.network.inputs):
        on = sum(y for y, x in zip(outputs, SQUARE, strict=True) if x[k])
        off = sum(outputs) - on
        path = entry.network[f"{name}->h1"] * entry.network["h1->y"]
        assert (on - off) * path > 0


def never_missed_alone(entry):
    assert table(entry, "h2 = 0") == table(entry)
    assert table(entry, "h1, h2 = 0") == table(entry, "h1 = 0")


def proof_on_the_corners(entry):
    size = len(entry.network.inputs)
    corners = table(entry, "", list(itertools.product((0, 1), repeat=size)))
    middle = table(entry, "", [[Fraction(1, 2)] * size])[0]
    means = [sum(column) / len(corners) for column in zip(*corners, strict=True)]
    assert gap([means], [middle]) == 0


@pytest.mark.parametrize("belief", catalogue())
def test_the_belief_happens_to_hold_on_its_decoy(belief):
    one = catalogue()[belief]
    assert one.decoy != one.refuted_by
    globals()[belief.replace("-", "_")](toynets.load(one.decoy))
