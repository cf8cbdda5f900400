"""Each belief that the lessons are about: its item, its message, and the network on which it fails.

The refutations are computed here from the networks alone, by the exact side.
"""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest

import toynets
from toynets import exact
from toynets.coursework import read_folder
from toynets.coursework.building import checkout_folder
from toynets.coursework.judging import judge
from toynets.coursework.misconceptions import catalogue
from toynets.symmetry import rescale

EXERCISES = {e.id: e for e in read_folder()}
SQUARE = list(itertools.product((0, 1), repeat=2))
HALF = (Fraction(1, 2), Fraction(1, 2))

ITEMS = {name: one.item for name, one in catalogue().items()}


def net(belief):
    return toynets.load(catalogue()[belief].refuted_by)


def table(entry, intervention="", rows=()):
    domain = entry.task.domain
    rows = rows or domain.rows
    return [exact.run(entry.network, x, intervention, domain=domain)[0] for x in rows]


def sign_means_nothing(entry):
    assert table(entry, "h2->y *= -1") != table(entry)


def big_is_important(entry):
    assert entry.network["x2->loud"] > entry.network["x1->quiet"]
    gaps = [
        max(
            abs(a - b)
            for a, b in zip(table(entry, t, SQUARE), table(entry, "", SQUARE), strict=True)
        )
        for t in ("loud = 0", "quiet = 0")
    ]
    assert gaps[0] < gaps[1]


def weight_without_activity(entry):
    weights = {f"{u}->y": abs(entry.network[f"{u}->y"]) for u in entry.network.hidden}
    largest = max(weights, key=weights.get)
    changed = sum(a != b for a, b in zip(table(entry, f"{largest} = 0"), table(entry), strict=True))
    assert 0 < changed <= len(entry.task.domain) / 100


def every_weight_means_one_thing(entry):
    pairs = zip(table(entry, "x1->h1 = 0"), table(entry), strict=True)
    assert len({a - b for a, b in pairs}) > 1  # nothing on some inputs, -1 on others


def same_data_same_weights(entry):
    other = toynets.load("xor-relu-1")
    assert [round(float(y)) for y in table(entry)] == [round(float(y)) for y in table(other)]
    assert abs(table(entry, "", [HALF])[0] - table(other, "", [HALF])[0]) > Fraction(9, 10)


def hidden_units_alike(entry):
    assert table(entry, "h1 = 0") != table(entry, "h2 = 0")


def bias_is_a_detail(entry):
    assert table(entry, "h1.bias = 0") != table(entry)


def effects_add_up(entry):
    clean, one, two = table(entry), table(entry, "twin1 = 0"), table(entry, "twin2 = 0")
    assert clean == one == two != table(entry, "twin1, twin2 = 0")


def zero_is_neutral(entry):
    assert table(entry, "h1 = mean") == table(entry)
    assert all(a != b for a, b in zip(table(entry, "h1 = 0"), table(entry), strict=True))


def works_on_the_table(entry):
    other = toynets.load("xor-sum")
    assert table(entry) == table(other)
    assert table(entry, "h1 = 0") != table(other, "h1 = 0")


def smaller_loss_clearer_weights(entry):
    scaled = rescale(entry.network, "h1", 32)
    assert [exact.run(scaled, x)[0] for x in SQUARE] == table(entry)
    assert scaled.numbers != entry.network.numbers


def explanation_is_the_formula(entry):
    copied = "1*relu(1*x1 + 1*x2 + 0) - 2*relu(1*x1 + 1*x2 - 1)"
    judged = judge(EXERCISES["L04.3"], {"expression": copied})
    assert judged.passed is False and judged.points <= judged.max_points * 2 / 5
    # Without the ones it states three numbers: it passes for a reason, and is too long to be one.
    shorter = judge(EXERCISES["L04.3"], {"expression": "relu(x1 + x2) - 2*relu(x1 + x2 - 1)"})
    assert shorter.passed is False and shorter.scores["short"][0] == 0


def largest_dot_product_most_similar(entry):
    weights = entry.network.layers[0].weight[0]
    near, glaring = [1] * 8 + [0] * 8, [5] * 8 + [3] * 8

    def dot(x):
        return sum(w * v for w, v in zip(weights, x, strict=True))

    def similar(x):
        return dot(x) / sum(v * v for v in x) ** 0.5

    assert dot(glaring) > dot(near) and similar(glaring) < similar(near)


def negative_to_all_lowers_all(entry):
    # The network of the catalogue has one output; the one of the exercise has classes.
    network = EXERCISES["L11.5"].net
    shifted = network.with_numbers({f"h1->{c}": network[f"h1->{c}"] + 4 for c in network.outputs})
    for x in ([0] * 14, [1] * 14, [-1, 1] * 7):
        assert exact.run(network, x) == exact.run(shifted, x)  # logits less their mean


def row_n_is_variable_n(entry):
    network = entry.network
    second = network.inputs[1]
    column = [network[f"{second}->{u}"] for u in network.hidden]
    assert list(network.layers[0].weight[1][:4]) != column
    assert network.layers[0].units[1] != second


def large_weights_mean_overfitting(entry):
    small = rescale(entry.network, "quiet", 1024)
    assert (
        max(map(abs, small.numbers.values())) == 1 < max(map(abs, entry.network.numbers.values()))
    )
    points = list(itertools.product((0, Fraction(1, 3), 1, 5), repeat=2))
    assert [exact.run(small, x)[0] for x in points] == table(entry, "", points)


def most_can_be_dropped(entry):
    clean = table(entry)
    numbers = [a for a, v in entry.network.numbers.items() if v != 0]
    needed = [a for a in numbers if table(entry, f"{a} = 0") != clean]
    assert "h2->y" not in needed and {"x1->h1", "h1->y"} <= set(needed)


def weight_is_correlation(entry):
    values = [Fraction(k, 4) for k in range(-4, 5)]
    points = list(itertools.product(values, (0, Fraction(1, 2), 1)))
    outputs = table(entry, "", points)
    mean = sum(outputs) / len(outputs)
    covariance = sum(x[0] * (y - mean) for x, y in zip(points, outputs, strict=True))
    assert covariance == 0 and entry.network["x1->right"] == 1


def never_missed_alone(entry):
    clean = table(entry)
    assert table(entry, "main = 0") == clean == table(entry, "spare = 0")
    assert not any(table(entry, "main, spare = 0"))


def proof_on_the_corners(entry):
    def tent(x):
        return 1 - abs(x[0] + x[1] - 1)

    assert table(entry) == [tent(x) for x in SQUARE]
    assert table(entry, "", [HALF])[0] != tent(HALF)


def test_there_are_twenty_beliefs_each_with_an_item_of_its_own():
    assert len(ITEMS) == 20 == len(set(ITEMS.values()))


def test_the_list_of_beliefs_is_right():
    text = (checkout_folder() / "README.md").read_text(encoding="utf-8").splitlines()
    for one in catalogue().values():
        assert f"| {one.says} | {one.item} | `{one.refuted_by}` | `{one.decoy}` |" in text


@pytest.mark.parametrize("belief", ITEMS)
def test_the_item_tells_who_holds_the_belief(belief):
    exercise = EXERCISES[ITEMS[belief]]
    held = [w for w in exercise.wrong if w.misconception == belief]
    assert held
    for wrong in held:
        judged = judge(exercise, wrong.claim)
        assert judged.passed is False and judged.misconception == belief
        assert catalogue()[belief].says in str(judged) and wrong.message in str(judged)


@pytest.mark.parametrize("belief", ITEMS)
def test_the_belief_fails_on_its_network(belief):
    globals()[belief.replace("-", "_")](net(belief))
