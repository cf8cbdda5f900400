"""Laws of the gauge: moves change no outcome, and equal canonical forms mean equal outcomes.

Outcomes are compared through the exact oracle, so equal means equal; where a tanh or sigmoid gives
balls, the two balls overlap and are narrow.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise, permutations, product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from toynets import exact
from toynets.domain import Domain
from toynets.errors import ToynetsError, Undecided
from toynets.network import Network
from toynets.records import Ball
from toynets.symmetry import (
    canonical_form,
    equal_up_to_gauge,
    flip_sign,
    kink_flip,
    permute,
    rescale,
    shift_logits,
    sigmoid_flip,
)

DOMAIN = Domain.listed([[0, 1], [1, "-1/2"], [-2, 1]])
NARROW = Fraction(1, 10**6)  # the extremes of a tanh are enclosed to about 1e-9
SOURCE = (Fraction(1), Fraction(2))
small = st.sampled_from([0, 0, 1, -1, 2, 0.5, -1.5])
hidden_acts = st.sampled_from(("relu", "abs", "identity", "square", "step", "tanh", "sigmoid"))
output_acts = st.sampled_from(("identity", "softmax", "step", "abs"))


@st.composite
def networks(
    draw, acts=hidden_acts, outs=output_acts, numbers=small, depth=2, width=3, plain=False
):
    """Two inputs, one or more hidden layers, by chance a mask, no bias, or ties."""
    sizes = [2, *draw(st.lists(st.integers(1, width), min_size=1, max_size=depth)), 2]
    layers, masks = [], []
    for k, (fan, size) in enumerate(pairwise(sizes)):
        mask = [[plain or draw(st.integers(0, 6)) > 0 for _ in range(fan)] for _ in range(size)]
        weight = [[draw(small) if m else 0 for m in row] for row in mask]
        numbered = st.lists(small, min_size=size, max_size=size)
        bias = draw(numbered if plain else st.none() | numbered)
        layers.append((weight, bias, draw(outs if k == len(sizes) - 2 else acts)))
        masks.append(mask)
    net = Network.from_layers(layers, masks=masks, dtype="float64")
    addresses = list(net.numbers)
    if not plain and len(addresses) > 2 and draw(st.integers(0, 3)) == 0:
        pair = draw(st.lists(st.sampled_from(addresses), min_size=2, max_size=2, unique=True))
        net = net.with_numbers(dict.fromkeys(pair, 1))
        net = Network(net.layers, net.inputs, net.dtype, {"w": tuple(pair)})
    return net


@st.composite
def moved(draw, net: Network, moves: int = 4) -> Network:
    """The network after a few random moves that preserve ablations; names travel."""
    for _ in range(moves):
        unit = draw(st.sampled_from(net.hidden))
        act = net.activation_of(unit)
        kind = draw(st.sampled_from(("permute", "rescale", "flip")))
        try:
            if kind == "permute":
                layer = next(la for la in net.layers if unit in la.units)
                net = permute(net, draw(st.permutations(layer.units)))
            elif kind == "rescale" and act in ("relu", "abs", "identity", "square", "step"):
                signed = [-4, -1, 0.5, 2] if act in ("identity", "square") else [0.25, 2, 8]
                net = rescale(net, unit, draw(st.sampled_from(signed)))
            elif kind == "flip" and act in ("tanh", "identity", "abs", "square"):
                net = flip_sign(net, unit)
        except ToynetsError as error:
            assert "tied group" in error.message
    return net


def on_units(net: Network) -> list[str]:
    names = [*net.inputs, *net.hidden]
    texts = [f"{u} = {what}" for u in names for what in ("0", "mean", f"{u}(x')")]
    texts += [f"{u}.pre = mean" for u in net.hidden] + [f"{u}.pre = 0" for u in net.hidden]
    return [*texts, ", ".join(net.hidden) + " = 0"]


def on_numbers(net: Network) -> list[str]:
    texts = [f"{a} {what}" for a in net.numbers for what in ("= 0", "*= -1")]
    return texts + [f"{a} = (x')" for a in net.numbers if "->" in a]


def outcomes(net: Network, texts: list[str], families: bool = True) -> list[object]:
    """Every outcome of every intervention, in order."""
    found: list[object] = []
    rows = DOMAIN.rows[:2]
    for row in rows:
        for text in ["", *texts]:
            found.append(tuple(exact.run(net, row, text, source=SOURCE, domain=DOMAIN)))
    for unit in sorted(net.hidden) if families else ():
        for one in exact.runs(net, rows[0], f"{unit} = resample", domain=DOMAIN):
            found.append(tuple(one.outputs))
        for one in exact.runs(net, rows[0], f"{unit} = worst", domain=DOMAIN):
            # Of an extreme run only the extreme is determined: it may be reached at several places.
            found.append((one.outputs[one.extreme[0]],))
    return found


def same(a: object, b: object) -> bool:
    if isinstance(a, tuple) and isinstance(b, tuple):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, Ball) and isinstance(b, Ball):
        narrow = max(a.radius, b.radius) < NARROW
        return narrow and a.lower <= b.upper and b.lower <= a.upper
    if isinstance(a, Ball) or isinstance(b, Ball):  # a ball on one side, a point on the other
        ball, value = (a, b) if isinstance(a, Ball) else (b, a)
        return value in ball and ball.radius < NARROW
    return a == b


def same_outcomes(a: Network, b: Network, texts: list[str], **options: bool) -> bool:
    first, second = outcomes(a, texts, **options), outcomes(b, texts, **options)
    return len(first) == len(second) and all(map(same, first, second))


@given(st.data())
def test_moves_that_preserve_ablations_change_no_outcome(data):
    net = data.draw(networks())
    after = data.draw(moved(net))
    texts = on_units(net) + on_numbers(net)
    texts = data.draw(st.lists(st.sampled_from(texts), min_size=6, max_size=6, unique=True))
    try:
        same_ones = same_outcomes(net, after, texts)
    except ToynetsError as error:  # a step at a ball around 0, or at a jump
        assert isinstance(error, Undecided) or "are not narrow" in error.message
        assume(False)
    assert same_ones


@given(st.data())
@settings(max_examples=250)
def test_moves_that_preserve_ablations_keep_the_canonical_form(data):
    # All numbers of a layer being 0 leaves scales that nothing fixes; see the last test below.
    net = data.draw(networks())
    assume(all(any(net.numbers[a] for a in net.wiring.incoming(u)) for u in net.hidden))
    after = data.draw(moved(net))
    assert canonical_form(net) == canonical_form(after)
    assert canonical_form(net).hash == canonical_form(after).hash
    assert equal_up_to_gauge(net, after)


def in_canonical_names(net: Network) -> Network:
    """The network with its units in canonical order and standing names."""
    for names in canonical_form(net).units[:-1]:
        net = permute(net, names)
    wanted = [[f"u{k}_{i}" for i in range(len(la.units))] for k, la in enumerate(net.layers[:-1])]
    return Network.from_layers(
        [(la.weight, la.bias, la.activation) for la in net.layers],
        units=wanted,
        masks=[la.mask for la in net.layers],
        dtype=net.dtype,
    )


@pytest.mark.parametrize("act", ["relu", "abs", "identity", "square", "step", "tanh"])
def test_equal_canonical_forms_have_equal_outcomes(act):
    """All 1-2-1 networks with weights in -1, 1, 2 and biases 0, 1: no class mixes outcomes."""
    classes: dict[object, list[Network]] = {}
    for w1, w2, v1, v2, b in product((-1, 1, 2), (-1, 2), (-1, 1, 2), (1, 2), (0, 1)):
        layers = [([[w1, 0], [0, w2]], [b, 0], act), ([[v1, v2], [v1, 1]], [1, 0], "identity")]
        net = in_canonical_names(Network.from_layers(layers, dtype="float64"))
        classes.setdefault(canonical_form(net), []).append(net)
    shared = [members for members in classes.values() if len(members) > 1]
    assert shared
    for first, *others in shared:
        texts = on_units(first) + on_numbers(first)
        assert all(same_outcomes(first, other, texts) for other in others[:2])


EXHAUSTED = [
    (act, out)
    for act in ("relu", "tanh", "identity", "abs", "square", "step", "sigmoid")
    for out in ("identity", "abs")
]


@pytest.mark.parametrize(("act", "out"), EXHAUSTED)
def test_on_all_tiny_networks_equal_forms_are_equal_outcomes_and_moves(act, out):
    """1-2-1 with all weights in -1, 0, 1: the classes of the form are those of brute force.

    Scaling by other than a sign leaves this set of networks, so the orbits can be listed: every
    order of the two units and every allowed sign of each.
    """
    flips = {"tanh": (-1, -1), "identity": (-1, -1), "abs": (-1, 1), "square": (-1, 1)}
    into, outward = flips.get(act, (1, 1))
    orbits: dict[object, set[object]] = {}
    for w1, w2, v1, v2 in product((-1, 0, 1), repeat=4):
        net = Network.from_layers([([[w1], [w2]], [1, -1], act), ([[v1, v2]], [1], out)])
        images = set()
        for units in permutations([(w1, 1, v1), (w2, -1, v2)]):
            for signs in product((1, -1), repeat=2):
                image = tuple(
                    (w * into, b * into, v * outward) if s < 0 else (w, b, v)
                    for (w, b, v), s in zip(units, signs, strict=True)
                )
                for turned in (1, -1) if out == "abs" else (1,):
                    images.add((tuple((w, b, v * turned) for w, b, v in image), turned))
        key = min(images)
        orbits.setdefault(canonical_form(net), set()).add(key)
    assert all(len(keys) == 1 for keys in orbits.values())
    assert len({next(iter(keys)) for keys in orbits.values()}) == len(orbits)


@given(st.data())
def test_a_flip_of_kink_or_sigmoid_keeps_the_function(data):
    act = data.draw(st.sampled_from(("relu", "sigmoid")))
    a, b, v, c = (data.draw(st.sampled_from([1, -1, 2, 0.5])) for _ in range(4))
    layers = [([[a, b], [-2 * a, -2 * b]], [c, 1], act), ([[2 * v, v]], [c], "identity")]
    net = Network.from_layers(layers, dtype="float64")
    after = kink_flip(net, "h1", "h2") if act == "relu" else sigmoid_flip(net, "h1")
    assert same_outcomes(net, after, [], families=False)
    assert not same_outcomes(net, after, ["h1 = 0"], families=False)
    assert not equal_up_to_gauge(net, after)


@given(st.data())
def test_a_shift_of_logits_keeps_what_happens_to_units(data):
    net = data.draw(networks(outs=st.just("softmax"), plain=True))
    after = net
    for source in (*net.layers[-2].units, "bias"):
        after = shift_logits(after, source, data.draw(st.sampled_from([0, 1, -0.5, 3])))
    assert same_outcomes(net, after, on_units(net))
    assert equal_up_to_gauge(net, after, logit_shift=True)
    assert equal_up_to_gauge(net, after) == (net == after)


def test_a_cut_into_a_softmax_feels_the_shift():
    net = Network.from_layers([([[1, 1]], [0], "relu"), ([[2], [1]], [0, 0], "softmax")])
    after = shift_logits(net, "h1", 1)
    assert same_outcomes(net, after, on_units(net))
    assert exact.run(net, [1, 0], "h1->y1 = 0") != exact.run(after, [1, 0], "h1->y1 = 0")


@given(st.data())
def test_the_canonical_form_is_that_of_its_own_network(data):
    net = data.draw(networks(acts=st.sampled_from(("relu", "abs", "tanh")), depth=2))
    assume(not net.ties)
    form = canonical_form(net)
    layers = [
        ([[w or 0 for w in row] for row in la.weight], la.bias, la.activation) for la in form.layers
    ]
    masks = [[[w is not None for w in row] for row in la.weight] for la in form.layers]
    try:
        again = Network.from_layers(layers, masks=masks, dtype="float64")
    except ToynetsError:
        assume(False)  # thirds are no floats
    assert canonical_form(again) == form
    assert all(f == 1 for f in canonical_form(again).factors.values())
