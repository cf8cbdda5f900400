"""The dtype of the network: each number is rounded once, and an overflow is shown as one."""

from __future__ import annotations

import numpy as np

from toynets import exact
from toynets.domain import Domain
from toynets.interventions import run, runs, trace
from toynets.network import Network


def test_an_edited_weight_is_rounded_once():
    net = Network.from_layers([([[1]], None, "identity")])
    assert run(net, [1], "x1->y = 1/3")[0] == np.float32(1) / np.float32(3)
    assert run(net, [1], "x1->y += 1/3")[0] == np.float32(4 / 3)
    assert run(net, [1], "y = 1/3")[0] == np.float32(1) / np.float32(3)


def test_a_mean_is_rounded_once():
    net = Network.from_layers([([[1]], None, "identity")])
    domain = Domain.listed([[0], [0], [1], ["1/2"]])
    assert len(domain) == 3
    assert run(net, [1], "y = mean", domain=domain)[0] == np.float32(0.5)
    domain = Domain.listed([[0], [1], [3]])
    assert run(net, [1], "y = mean", domain=domain)[0] == np.float32(4 / 3)
    # A sum of floats would lose the 1 and the 1/2.
    domain = Domain.listed([[2**24], [1], ["1/2"]])
    expected = np.float32((2**24 + 1.5) / 3)
    assert run(net, [1], "y = mean", domain=domain)[0] == expected != np.float32(2**24 / 3)


def test_float64_networks_run_in_float64():
    net = Network.from_layers([([[0.1]], [0.2], "identity")], dtype="float64")
    assert run(net, [1])[0].dtype == np.float64
    assert run(net, [1])[0] == 0.1 + 0.2
    assert run(net, [1], "x1->y = 1/3")[0] == 1 / 3 + 0.2


def test_an_overflow_is_shown_as_what_it_is():
    net = Network.from_layers([([[2.0**100]], None, "square")])
    found = trace(net, 1)
    assert found.outputs == float("inf")
    assert found.arithmetic == ("y = inf (beyond float32)",)
    assert run(net, 1) == float("inf")
    assert exact.run(net, 1) == 2**200


def test_an_extreme_at_a_jump_that_no_float_hits_is_still_found():
    # y = step(41 h - 1) + step(1 - 41 h) is 0 at h = 1/41 alone, and 1 everywhere else.
    net = Network.from_layers(
        [
            ([[1]], None, "relu"),
            ([[41], [-41]], [-1, 1], "step"),
            ([[1, 1]], None, "identity"),
        ],
        units=[["h"], ["up", "down"]],
    )
    given = {"domain": Domain.boolean(1)}
    assert [r.outputs for r in runs(net, 1, "h = worst", **given)] == [0, 1]
    assert [r.outputs for r in exact.runs(net, 1, "h = worst", **given)] == [0, 1]
    assert run(net, 1, "h = 1/41") == 1
    assert exact.run(net, 1, "h = 1/41") == 0
