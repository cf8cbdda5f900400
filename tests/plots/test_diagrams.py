"""The labelled network: every number printed once, none over another, whatever the network."""

from __future__ import annotations

import itertools
import random
from collections import Counter

import pytest

from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.network import Network
from toynets.plots import Style, diagram, printed
from toynets.plots.diagrams import sketch
from toynets.plots.placing import touching
from toynets.plots.properties.ink import ink_of
from toynets.plots.properties.layout import overlaps
from toynets.zoo import load


def network_of(seed):
    """A network of up to 6-4-3 with numbers of up to five signs."""
    draw = random.Random(seed)
    sizes = [6, 4, 3] if seed == 0 else [draw.randint(1, n) for n in (6, 4, 3)]
    layers = []
    for wide, high, activation in (
        (sizes[0], sizes[1], "relu"),
        (sizes[1], sizes[2], "identity"),
    ):
        places = draw.randint(0, 3)
        weight = [[round(draw.uniform(-20, 20), places) for _ in range(wide)] for _ in range(high)]
        layers.append((weight, [round(draw.uniform(-9, 9), 2) for _ in range(high)], activation))
    return Network.from_layers(layers, round=True, name=f"random {seed}")


def clashes(seeds):
    """Draw each and return what overlaps; every number must be there, and no matrices instead."""
    found = []
    for seed in seeds:
        network = network_of(seed)
        figure = diagram(network)
        ink = ink_of(figure)
        fault = overlaps(ink)
        if fault:
            found.append((seed, fault))
        assert figure.maps == 0, f"{seed}: matrices, not a diagram"
        texts = Counter(w.text for w in ink.words)
        for text, count in Counter(printed(v) for v in network.numbers.values()).items():
            assert texts[text] >= count, f"{seed}: {text} is printed {texts[text]} times"
    return found


def test_no_label_overlaps_in_40_random_networks():
    assert clashes(range(40)) == []


@pytest.mark.release
def test_no_label_overlaps_in_500_random_networks():
    assert clashes(range(500)) == []


@pytest.mark.parametrize("sizes", [(6, 2, 1), (4, 4, 4)])
def test_the_sizes_that_were_asked_for_are_diagrams(sizes):
    draw = random.Random(7)
    layers = [
        (
            [[draw.randint(-99, 99) / 8 for _ in range(a)] for _ in range(b)],
            [draw.randint(-9, 9) for _ in range(b)],
            "tanh",
        )
        for a, b in itertools.pairwise(sizes)
    ]
    figure = diagram(Network.from_layers(layers))
    assert figure.maps == 0
    assert overlaps(ink_of(figure)) == ""


def test_a_larger_network_is_shown_as_matrices():
    figure = diagram(load("seven-segment").network)
    assert figure.maps == 2
    assert overlaps(ink_of(figure)) == ""
    assert figure.numbers["scale"]["limit"] == max(
        abs(v) for v in load("seven-segment").network.numbers.values()
    )


def test_a_sign_is_a_dash_and_a_minus():
    figure = diagram(load("xor-sum").network)
    style = Style()
    edges = [s for s in ink_of(figure).strokes if s.kind == "line2d"]
    negative = [s for s in edges if s.colour == style.colour("negative")]
    # Both negative numbers, and the line in the key.
    assert len(negative) == 3
    assert all(s.dash for s in negative)
    assert not any(s.dash for s in edges if s.colour == style.colour("positive"))


def test_what_is_removed_is_dotted_and_crossed():
    plain = ink_of(diagram(load("xor-sum").network))
    without = ink_of(diagram(load("xor-sum").network, without=["h2"]))
    count = [
        sum(s.colour == Style().colour("positive") for s in i.strokes) for i in (plain, without)
    ]
    assert count == [6, 4]  # x1->h2 and x2->h2 have become grey
    assert [w.text for w in without.words].count("removed") == 1


def test_a_refuted_explanation_is_not_drawn():
    entry = load("xor-sum")
    wrong = entry.wrong[0]
    with pytest.raises(ToynetsError, match=r"does not verify: .*refuted. Nothing is drawn"):
        diagram(entry.network, wrong.explanation, domain=entry.task.domain)
    with pytest.raises(ToynetsError, match="needs the domain"):
        diagram(entry.network, entry.explanation)


def test_the_claim_that_fails_is_named():
    entry = load("xor-sum")
    for wrong in entry.wrong:
        with pytest.raises(ToynetsError) as caught:
            diagram(entry.network, wrong.explanation, domain=entry.task.domain)
        assert wrong.check in caught.value.message


def test_a_name_that_is_not_there():
    with pytest.raises(ToynetsError, match=r"no unit or weight h9.*Nearest: h2"):
        diagram(load("xor-sum").network, without=["h9"])


def test_every_weight_is_said_aloud():
    network = Network.from_layers([([["1/2", -3]], None, "relu"), ([[2]], [1], "identity")])
    assert diagram(network, domain=Domain.boolean(2)).description == (
        "h₁ (relu) receives x₁ times 0.5, x₂ times −3. "
        "y (identity) receives h₁ times 2 and the bias 1."
    )


def test_where_there_is_little_room_no_weight_touches_a_bias():
    network = load("full-adder").network
    made = sketch(Style(), network, 0.0, 31.0, 0.0, 5.4)
    assert made is not None and len(made.labels) == len(network.numbers)
    for one, other in itertools.combinations(made.labels, 2):
        boxes = made.labels[one].box, made.labels[other].box
        assert not touching(*boxes, 0.3), f"{one} and {other}"
