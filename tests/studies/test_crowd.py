"""The scores of a population against those of each of its networks alone."""

from __future__ import annotations

import numpy as np
import pytest

from toynets import exact
from toynets.domain import Domain
from toynets.importance import banzhaf_values, importance, scores_of, shapley_values
from toynets.network import Network
from toynets.studies.crowd import GAMES, Crowd, scores_of_inputs, values_of_games
from toynets.studies.cutting import (
    RANDOM,
    accuracy,
    dropped,
    scores_of_weights,
    without_input,
    without_sign,
    without_some,
)

SIZES = (4, 3, 3)
CHANCE = np.random.default_rng(5)
# Quarters, and no input on a kink: there a derivative is a convention.
FLAT = CHANCE.integers(-7, 8, (4 * 3 + 3 + 3 * 3 + 3, 3)) / 4
X = CHANCE.integers(-9, 10, (6, 4)) / 8 + 1 / 64
CROWD = Crowd.of(FLAT, SIZES)
assert len(X) <= GAMES
# Sums over shifts that are the same for each network: their ranks are those of `permutation`.
MISSING = {"permutation (derangements)", "left out (worst)", "shapley (zero)", "banzhaf (zero)"}


def network(k, crowd=CROWD):
    layers = [
        (crowd.w[:, :, k], crowd.b[:, k], "relu"),
        (crowd.v[:, :, k], crowd.c[:, k], "softmax"),
    ]
    return Network.from_layers(layers, dtype="float64")


def alone(of):
    keys = {
        "of": of,
        "truth": "mean",
        "ablations": ["cut"] if of == "weights" else ["zero", "mean"],
    }
    return [importance(network(k), Domain.listed(X), **keys) for k in range(3)]


def test_every_value_is_that_of_the_exact_oracle():
    found = CROWD.run(X)
    for k in range(3):
        for row, x in enumerate(X):
            wanted = exact.run(network(k), list(x))
            assert found[row, :, k].tolist() == pytest.approx([float(v) for v in wanted])


def test_the_scores_of_inputs_are_those_of_each_network_alone():
    found, single = scores_of_inputs(CROWD, X), alone("inputs")
    wanted = {s.name for s in scores_of("inputs")} - MISSING
    assert set(found) == wanted | {"effect of zero", "effect of mean"}
    for name, values in found.items():
        for k, one in enumerate(single):
            kind = name.removeprefix("effect of ")
            true = one.value(name) if kind == name else one.effect(kind)
            sizes = [abs(v) for v in true.values()]
            assert values[:, k].tolist() == pytest.approx(sizes, abs=1e-12), (name, k)


def test_the_scores_of_weights_are_those_of_each_network_alone():
    found, single = scores_of_weights(CROWD, X), alone("weights")
    wanted = {s.name for s in scores_of("weights")}
    wanted -= {"left out (flip)", "shapley (zero)", "banzhaf (zero)"}
    assert set(found) == wanted | {"effect of cut", RANDOM}
    for name in set(found) - {RANDOM}:
        for k, one in enumerate(single):
            true = one.effect("cut") if name == "effect of cut" else one.value(name)
            for address, value in true.items():
                parent, arrow, unit = address.partition("->")
                if arrow:
                    layer = 0 if parent.startswith("x") else 1
                    to, source = int(unit[1:]) - 1, int(parent[1:]) - 1
                    own = found[name][layer][to, source, k]
                    assert own == pytest.approx(abs(value), abs=1e-12), (name, address)


def test_values_of_many_games_are_those_of_each():
    worth = CHANCE.integers(-9, 10, (32, 2, 3)).astype(float)
    shapley, banzhaf = values_of_games(worth)
    assert shapley == pytest.approx(shapley_values(worth))
    assert banzhaf == pytest.approx(banzhaf_values(worth))


def test_accuracy_is_the_share_of_rows_with_the_right_class():
    labels = np.array([0, 1, 2, 0, 1, 2])
    for k in range(3):
        right = 0
        for x, label in zip(X, labels, strict=True):
            y = [float(v) for v in exact.run(network(k), list(x))]
            right += y.index(max(y)) == label
        assert accuracy(CROWD, X, labels)[k] == pytest.approx(right / 6)
    one = Crowd(CROWD.w, CROWD.b, CROWD.v[:1], CROWD.c[:1])
    logits = one.run(X)[:, 0, 0]
    assert accuracy(one, X, (logits > 0).astype(int))[0] == 1


def test_weights_of_one_sign_are_cut_and_nothing_else():
    for sign in (-1, 1):
        cut = without_sign(CROWD, sign)
        for before, after in ((CROWD.w, cut.w), (CROWD.v, cut.v)):
            gone = np.sign(before) == sign
            assert (after[gone] == 0).all() and (after[~gone] == before[~gone]).all()
        assert cut.b is CROWD.b and cut.c is CROWD.c
        random = without_some(CROWD, sign, seed=1)
        for before, after in ((CROWD.w, random.w), (CROWD.v, random.v)):
            for k in range(3):
                at_most = (np.sign(before[..., k]) == sign).sum()
                zeros = (before[..., k] == 0).sum()
                assert at_most - zeros <= (after[..., k] != before[..., k]).sum() <= at_most
                assert set(after[..., k].ravel()) <= {0.0, *before[..., k].ravel()}


def test_the_weights_of_an_input_are_cut():
    cut = without_input(CROWD, 2)
    assert (cut.w[:, 2] == 0).all() and (np.delete(cut.w, 2, 1) == np.delete(CROWD.w, 2, 1)).all()
    same = X.copy()
    same[:, 2] = 0
    assert cut.run(X) == pytest.approx(CROWD.run(same))


def test_the_least_weights_go_first():
    score = scores_of_weights(CROWD, X)["magnitude"]
    cut = dropped(CROWD, score, 8 / 21)
    for k in range(3):
        size = np.concatenate([abs(CROWD.w[..., k]).ravel(), abs(CROWD.v[..., k]).ravel()])
        left = np.concatenate([abs(cut.w[..., k]).ravel(), abs(cut.v[..., k]).ravel()])
        assert sorted(left)[8:] == sorted(size)[8:] and not any(sorted(left)[:8])
    assert dropped(CROWD, score, 0).run(X) == pytest.approx(CROWD.run(X))
    assert not dropped(CROWD, score, 1).w.any()
