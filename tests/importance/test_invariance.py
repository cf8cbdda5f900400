"""What each badge says is so: scores change under exactly the moves that their record names.

Every move is tried on networks of one and of two hidden layers; the sizes of the values before and
after are compared player by player. A claim too many fails as surely as a claim too few.
"""

from __future__ import annotations

import random
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toynets.domain import Domain
from toynets.importance import SCORES, importance, scores_of
from toynets.network import Network
from toynets.strategies import gauge_moves, networks
from toynets.symmetry import (
    MOVES,
    flip_sign,
    kink_flip,
    permute,
    rescale,
    shift_logits,
    sigmoid_flip,
)

KINDS = ("units", "inputs", "weights")
# Off the kinks of every network below, where a derivative is a convention.
ROWS = Domain.listed([["3/16", "5/8"], ["-7/16", "1"], ["9/8", "-5/16"], ["-1/8", "-11/16"]])
SCALING = ("relu", "abs", "identity", "square", "step")
FLIPPING = ("tanh", "identity", "abs", "square")


def drawn(seed: int, activation: str, output: str, sizes: tuple[int, ...]) -> Network:
    """A network of quarters, none of them 0: a 0 could hide a change."""
    chance = random.Random(seed)

    def number() -> float:
        return chance.choice((-1, 1)) * chance.randint(1, 9) / 4

    layers = []
    for k, (fan, width) in enumerate(pairwise(sizes)):
        act = output if k == len(sizes) - 2 else activation
        weight = [[number() for _ in range(fan)] for _ in range(width)]
        layers.append((weight, [number() for _ in range(width)], act))
    return Network.from_layers(layers)


def kinked(seed: int, deep: bool) -> tuple[Network, tuple[str, str]]:
    """A relu network in which the affine rests of the first two units of a layer cancel."""
    wide = 3 if seed == 3 else 2
    sizes = (2, 2, wide, 1) if deep else (2, wide, 1)
    net = drawn(seed, "relu", ("identity", "tanh")[seed % 2], sizes)
    layer = 1 if deep else 0
    parents = net.inputs if layer == 0 else net.layers[0].units
    one, two = net.layers[layer].units[:2]
    if seed < 2:  # the whole way from 0 to the first row lies in the kink of one unit
        same = {"x1->h1.1": 1, "x2->h1.1": 0, "x1->h1.2": 0, "x2->h1.2": 1}
        net = net.with_numbers(same | {"h1.1.bias": 0, "h1.2.bias": 0} if deep else {})
        net = net.with_numbers({f"{p}->{one}": w for p, w in zip(parents, (10, -3), strict=True)})
        net = net.with_numbers({f"{one}.bias": 0})
    # Not the same sizes: rests that cancel in pairs would leave sums of weights alone, too.
    changes = {f"{p}->{two}": -net[f"{p}->{one}"] / 2 for p in parents}
    changes |= {f"{two}->{y}": 2 * net[f"{one}->{y}"] for y in net.layers[layer + 1].units}
    return net.with_numbers(changes), (one, two)


@cache
def pairs(move: str) -> list[tuple[Network, Network]]:
    """Networks before and after one move; `rescale (square)` is the move on square units."""
    name, _, which = move.partition(" ")
    activation = which.strip("()")
    found = []
    for seed in (0, 1, 3):
        for sizes in ((2, 2, 1), (2, 3, 2, 1), (2, 2, 2)):
            net = drawn(seed, activation or "relu", "identity", sizes)
            unit = net.hidden[seed % len(net.hidden)]
            if name == "permute":
                order = tuple(reversed(net.layers[0].units))
                found.append((net, permute(net, order)))
            elif name == "rescale":
                found.append((net, rescale(net, unit, 4)))
            elif name == "flip_sign":
                found.append((net, flip_sign(net, unit)))
            elif name == "shift_logits":
                net = drawn(seed, "relu", "softmax", (2, 2, 2) if seed else (2, 2))
                source = ("x1", "bias", "h1", "h2")[seed]
                found.append((net, shift_logits(net, source, 3)))
            elif name == "sigmoid_flip":
                net = drawn(seed, "sigmoid", "identity", sizes)
                found.append((net, sigmoid_flip(net, unit)))
            else:
                net, both = kinked(seed, deep=len(sizes) == 4)
                found.append((net, kink_flip(net, *both)))
    return found


# Searching for extremes takes as long as all the rest, so fewer networks have to do.
SLOW = "left out (worst)"


@cache
def table(network: Network, of: str, slow: bool) -> dict[str, dict[str, float]]:
    """Score -> player -> size of its value, for the first output."""
    if of == "units" and not network.hidden:
        return {}
    names = [s.name for s in scores_of(of) if (s.name == SLOW) == slow]
    y = network.outputs[0]
    found = importance(network, ROWS, of=of, target=y, scores=names, ablations=[])
    return {name: {p: abs(v) for p, v in found.value(name).items()} for name in found.values}


def changed(move: str, of: str, score: str) -> bool:
    slow = score == SLOW
    for before, after in pairs(move)[:: 4 if slow else 1]:
        one, two = table(before, of, slow).get(score), table(after, of, slow).get(score)
        if one is None or two is None:  # not defined for two hidden layers, or for too many players
            assert one is two
            continue
        assert set(one) == set(two)
        largest = max([1e-3, *one.values()])
        if any(abs(one[p] - two[p]) > 1e-9 * largest for p in one):
            return True
    return False


def all_moves() -> list[str]:
    scales = [f"rescale ({a})" for a in SCALING]
    flips = [f"flip_sign ({a})" for a in FLIPPING]
    return ["permute", *scales, *flips, "shift_logits", "kink_flip", "sigmoid_flip"]


def test_every_move_of_the_gauge_is_tried():
    assert {move.partition(" ")[0] for move in all_moves()} == set(MOVES)
    assert MOVES["rescale"].activations == ("relu", "abs", "identity", "square", "step")
    assert set(MOVES["flip_sign"].activations) == set(FLIPPING)


def claimed(score, of: str) -> set[str]:
    """The moves that a record names; one without activations stands for all of them."""
    found = set()
    for move in score.moved_by[of]:
        name, _, which = move.partition(" ")
        able = which.strip("()").split()
        found |= {m for m in all_moves() if m == name}
        found |= {m for m in all_moves() if m.startswith(f"{name} (") and not able}
        found |= {f"{name} ({activation})" for activation in able}
    return found


@pytest.mark.parametrize(
    ("score", "of"), [(s, of) for s in SCORES for of in s.players], ids=lambda v: str(v)[:40]
)
def test_a_score_changes_under_exactly_the_moves_that_its_record_names(score, of):
    seen = {move for move in all_moves() if changed(move, of, score.name)}
    assert seen == claimed(score, of)


@pytest.mark.parametrize("of", KINDS)
@given(data=st.data())
@settings(max_examples=10)
def test_an_invariant_score_is_the_same_after_any_moves_that_preserve_ablations(of, data):
    net = data.draw(networks(inputs=2, layers=(1, 2), width=(1, 2), outputs=1, masks=False))
    moved = data.draw(gauge_moves(net))
    assert moved.preserves_ablations
    names = [s.name for s in scores_of(of) if s.name != SLOW]
    one, two = (importance(n, ROWS, of=of, scores=names, ablations=[]) for n in (net, moved.after))
    invariant = [n for n in one.values if one.badge(n) == "gauge-invariant"]
    assert "left out (cut)" in invariant or "shapley (mean)" in invariant
    for name in invariant:
        before, after = one.value(name), two.value(name)
        for player in one.players:
            assert abs(after[player]) == pytest.approx(abs(before[player]), rel=1e-9, abs=1e-9)


def test_true_effects_are_invariant_too():
    net = drawn(5, "relu", "identity", (2, 3, 1))
    moved = rescale(net, "h2", 4)
    one, two = importance(net, ROWS, of="units"), importance(moved, ROWS, of="units")
    for kind in one.effects:
        assert one.effect(kind) == two.effect(kind)


def test_every_kind_of_player_has_a_score_that_is_invariant_and_one_that_is_not():
    for of in KINDS:
        assert {score.invariant(of) for score in scores_of(of)} == {True, False}
