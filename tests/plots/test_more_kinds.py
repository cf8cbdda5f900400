"""Seven more plots of any network: their numbers by another route, and what they refuse."""

from __future__ import annotations

import itertools
import math
import random

import numpy as np
import pytest

from toynets import Domain, Network, ToynetsError, exact
from toynets.plots import Style
from toynets.plots.atlases import contributions
from toynets.plots.circles import wave_of
from toynets.plots.courses import LOOKS, curves, draw_curves, keys_of
from toynets.plots.effects import effects, interventions_of
from toynets.plots.images import pictures_of
from toynets.plots.kinds import draw
from toynets.plots.lattices import lattice_of
from toynets.plots.properties.ink import ink_of
from toynets.plots.properties.layout import not_clipped, overlaps
from toynets.plots.spaces import border, mapped
from toynets.zoo import load

XOR = load("xor-sum")


def own(seed, *sizes, last="identity"):
    """A relu network with small dyadic numbers."""
    pick = random.Random(seed)
    layers = []
    for a, b in itertools.pairwise(sizes):
        weight = [[pick.randint(-8, 8) / 4 for _ in range(a)] for _ in range(b)]
        layers.append((weight, [pick.randint(-8, 8) / 4 for _ in range(b)], "relu"))
    layers[-1] = (*layers[-1][:2], last)
    return Network.from_layers(layers, name=f"own {seed}")


def tidy(figure):
    """No text over another, nothing cut: what the checks of the textbook's figures ask too."""

    class Given:
        ink = ink_of(figure)

    return overlaps(Given.ink) or not_clipped(Given)


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("kind", ["cut", "flip", "zero"])
def test_effects_are_outcome_less_clean_output(seed, kind):
    network, bits = own(seed, 3, 2, 1), Domain.boolean(3)
    found = effects(network, bits, list(interventions_of(network, kind)))
    for text, row in zip(found.interventions, found.values, strict=True):
        for x, effect in zip(bits.rows, row, strict=True):
            gap = exact.run(network, x, text)[0] - exact.run(network, x)[0]
            assert float(effect) == float(gap)


def test_effects_of_curved_networks_are_balls_and_nothing_is_nothing():
    entry = load("xor-tanh")
    found = effects(entry.network, entry.task.domain, ["h1 = 0", "h1-> *= 1"])
    assert found.unseen() == ["h1-> *= 1"]
    assert found.largest(0) > 0.1


@pytest.mark.parametrize("seed", range(2))
def test_a_lattice_has_the_outcome_of_every_subset(seed):
    network, x = own(seed, 2, 3, 1), [1, "1/2"]
    found = lattice_of(network, network.hidden, x)
    assert len(found.values) == 8
    for kept, value in found.values.items():
        gone = [u for u in network.hidden if u not in kept]
        text = f"{', '.join(gone)} = 0" if gone else ""
        assert float(value) == float(exact.run(network, x, text)[0])
    assert len(found.steps()) == 12
    for less, more, gain in found.steps():
        assert len(set(more) - set(less)) == 1 and found.values[less] + gain == found.values[more]


def test_a_lattice_by_the_mean_has_the_mean():
    found = lattice_of(XOR.network, ["h1"], [1, 1], XOR.task.domain, "mean")
    wanted = exact.run(XOR.network, [1, 1], "h1 = mean", domain=XOR.task.domain)[0]
    assert float(found.values[()]) == float(wanted) == -1


def test_contributions_add_up_to_the_output():
    network, bits = own(5, 3, 4, 1), Domain.boolean(3)
    table = contributions(network, bits)
    for k, x in enumerate(bits.rows):
        assert float(sum(row[k] for row in table.values)) == float(exact.run(network, x)[0])
    with pytest.raises(ToynetsError, match="one hidden layer"):
        contributions(own(1, 2, 2, 2, 1), Domain.boolean(2))


@pytest.mark.parametrize(("p", "frequency", "phase"), [(5, 1, 0.2), (7, 3, -0.35), (6, 3, 0.0)])
def test_a_cosine_is_found_again(p, frequency, phase):
    weights = [0.4 + 1.5 * math.cos(2 * math.pi * (frequency * k / p - phase)) for k in range(p)]
    wave = wave_of("h1", weights)
    assert (wave.frequency, round(wave.share, 9)) == (frequency, 1.0)
    assert wave.amplitude == pytest.approx(1.5) and wave.mean == pytest.approx(0.4)
    assert wave.phase == pytest.approx(phase)
    assert [wave.at(k) for k in range(p)] == pytest.approx(weights)


def test_the_share_of_a_cosine_is_its_part_of_the_power():
    p = 7
    two = [math.cos(2 * math.pi * k / p) + 0.5 * math.sin(4 * math.pi * k / p) for k in range(p)]
    assert wave_of("h1", two).share == pytest.approx(1 / 1.25)
    with pytest.raises(ToynetsError, match="at least 3 places"):
        wave_of("h1", [1, 2])


def test_hidden_space_has_the_activations_and_the_border_of_the_decision():
    network = own(3, 2, 2, 1)
    points = [[0, 1], [0.5, -0.25]]
    places = mapped(network, network.hidden, points)
    for x, place in zip(points, places, strict=True):
        trace = exact.trace(network, x)
        assert list(place) == [float(trace[u]) for u in network.hidden]
    lines = border(XOR.network, 0.5, [-0.2, -0.2], [1.2, 1.2])
    ends = np.concatenate(lines)
    assert len(ends) > 10
    values = [float(exact.run(XOR.network, [float(a), float(b)])[0]) for a, b in ends[::25]]
    assert values == pytest.approx([0.5] * len(values), abs=1e-6)


def test_pictures_have_the_weights_row_by_row_and_the_input_that_is_liked_best():
    network = own(9, 6, 2, 1)
    bits = Domain.boolean(6)
    for one in pictures_of(network, bits, (2, 3)):
        flat = [w for row in one.weights for w in row]
        assert flat == [network.numbers[f"{x}->{one.unit}"] for x in network.inputs]
        values = [exact.trace(network, x)[one.unit] for x in bits.rows]
        best = bits.rows[values.index(max(values))]
        assert [v for row in one.best for v in row] == [float(v) for v in best]
        assert [float(v) for v in one.responses] == [float(v) for v in values]
    with pytest.raises(ToynetsError, match="6 inputs"):
        pictures_of(network, bits, (2, 2))


DRAWN = [
    ("hidden-space", own(3, 2, 2, 1), {}),
    ("hidden-space", own(4, 2, 3, 2, 1), {"domain": Domain.boolean(2)}),
    ("ablation-matrix", own(5, 3, 3, 1), {"ablation": "flip"}),
    ("ablation-matrix", own(6, 3, 2, 2), {}),
    ("lattice", own(7, 2, 4, 1), {}),
    ("partition-squares", own(8, 2, 3, 2, 1), {}),
    ("cosines", own(9, 7, 5, 2), {}),
    ("pictures", own(10, 4, 3, 1), {"domain": Domain.boolean(4)}),
]


@pytest.mark.parametrize(("kind", "network", "given"), DRAWN)
def test_a_network_of_ones_own_is_drawn_without_a_clash(kind, network, given):
    made = draw(kind, network, None, style=Style(notation="zero"), **given)
    assert tidy(made) == ""
    assert network.hash == made.shows[0].hash


REFUSED = [
    ("hidden-space", own(1, 3, 2, 1), {}, "two inputs, two units"),
    ("hidden-space", own(1, 2, 2, 1), {"classes": [0]}, "4 inputs, but 1 classes"),
    ("ablation-matrix", own(1, 5, 5, 1), {}, "too large"),
    ("ablation-matrix", XOR.network, {"ablation": "mean"}, "got 'mean'"),
    ("lattice", own(1, 2, 5, 1), {}, "1 to 4 units"),
    ("lattice", XOR.network, {"units": ["h3"]}, "no hidden unit h3"),
    ("partition-squares", own(1, 3, 2, 1), {}, "two bits"),
    ("cosines", XOR.network, {}, "at least 3 places"),
    ("pictures", XOR.network, {}, "1 x 1"),
]


@pytest.mark.parametrize(("kind", "network", "given", "said"), REFUSED)
def test_what_cannot_be_drawn_is_refused_in_words(kind, network, given, said):
    with pytest.raises(ToynetsError, match=said):
        draw(kind, network, None, **given)


def test_a_refuted_explanation_is_not_drawn():
    wrong = XOR.wrong[0].explanation
    for kind in ("hidden-space", "ablation-matrix", "lattice", "partition-squares"):
        with pytest.raises(ToynetsError, match="does not verify"):
            draw(kind, XOR.network, wrong, domain=XOR.task.domain)


def test_names_of_curves_do_not_touch():
    same = {f"curve {k}": [(0, 1.0), (1, 0.5)] for k in range(len(LOOKS))}
    made = curves(same, across="share dropped", up="accuracy")
    assert tidy(made) == ""
    with pytest.raises(ToynetsError, match="too many to be told apart"):
        curves(same | {"one more": [(0, 1)]}, across="x", up="y")


def test_a_curve_looks_as_it_is_told_to():
    page = Style().page(height_mm=50)
    axes = page.axes(10, 10, 30, 30, across=(0, 1), up=(0, 1))
    points = [(k / 60, 0.5) for k in range(61)]
    draw_curves(page, axes, {"a": points, "b": points[:3]}, right=1.1, looks=(4, 0))
    lines = {line.get_marker(): [] for line in axes.lines}
    for line in axes.lines:
        lines[line.get_marker()].append(line)
    assert len(lines[LOOKS[4][2]]) == 6  # some of 61
    assert len(lines[LOOKS[0][2]]) == 3  # all of 3
    assert {line.get_color() for line in axes.lines[:1]} == {page.style.colour(LOOKS[4][0])}
    assert [k.marker for k in keys_of(page.style, ["a"], (4,))] == [LOOKS[4][2]]
