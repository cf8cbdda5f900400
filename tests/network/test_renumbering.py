"""The same network with other numbers: from arrays, and by name."""

from __future__ import annotations

import math

import pytest
from network_cases import DEEP
from small_networks import XOR

from toynets.errors import ToynetsError


def test_parameters_go_into_arrays_and_back():
    import numpy as np

    for net in (XOR, DEEP):
        params = net.params()
        assert net.with_params(params) == net
        assert all(a.dtype == net.dtype for arrays in params.values() for a in arrays)
    assert params["weight"][1].tolist() == [[0.5, 0], [0, -1], [1, 1]]
    assert params["bias"][0].tolist() == [0, 0]
    doubled = XOR.with_params({k: tuple(2 * a for a in v) for k, v in XOR.params().items()})
    assert doubled["h2->y"] == -4 and doubled.units == XOR.units and doubled.name == "xor-sum"
    wide = {k: tuple(np.asarray(a, np.float64) * 0.1 for a in v) for k, v in XOR.params().items()}
    with pytest.raises(ToynetsError, match="is not a float32 number"):
        XOR.with_params(wide)
    assert XOR.with_params(wide, round=True)["x1->h1"] == 0.10000000149011612


def test_parameters_of_another_shape_are_refused_and_every_fault_is_listed():
    params = XOR.params()
    w, b = params["weight"], params["bias"]
    with pytest.raises(ToynetsError, match="the parameters do not fit the network") as caught:
        XOR.with_params({"weight": (w[0][:1], w[1].T), "bias": (b[0], b[0])})
    assert caught.value.message.count("\n") == 3
    assert "weight of layer 2 has shape (2, 1) instead of (1, 2)" in caught.value.message
    with pytest.raises(ToynetsError, match="weight has 1 arrays for 2 layers"):
        XOR.with_params({"weight": w[:1], "bias": b})
    for wrong in ({"weight": w}, [w, b], {**params, "more": 1}):
        with pytest.raises(ToynetsError, match='a dict with the keys "weight" and "bias"'):
            XOR.with_params(wrong)


def test_a_value_for_an_absent_edge_or_bias_is_refused():
    def changed(kind, k, index):
        params = {key: [a.copy() for a in arrays] for key, arrays in DEEP.params().items()}
        params[kind][k][index] = 1
        return params

    with pytest.raises(ToynetsError, match="layer 1 has no bias, but the parameters give it one"):
        DEEP.with_params(changed("bias", 0, 1))
    with pytest.raises(ToynetsError, match=r"x2->h1\.1 is masked out but has the value"):
        DEEP.with_params(changed("weight", 0, (0, 1)))


def test_with_numbers_changes_what_is_named_and_nothing_else():
    changed = DEEP.with_numbers({"h2.3->y1": "7/2", "y1.bias": 9, "w": 0.25})
    wanted = {**DEEP.numbers, "h2.3->y1": 3.5, "y1.bias": 9, "x1->h1.1": 0.25, "h1.1->h2.3": 0.25}
    assert changed.numbers == wanted
    assert (changed.ties, changed.layers[0].mask) == (DEEP.ties, DEEP.layers[0].mask)
    assert DEEP.with_numbers({}) == DEEP


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"h9->y1": 1}, "no weight h9->y1 in deep"),
        ({"x2->h1.1": 1}, "no weight x2->h1.1 in deep"),
        ({"x1->h1.1": 2}, "the tied group w shares one number"),
        ({"w": 2, "x1->h1.1": 2}, "x1->h1.1 is changed twice"),
        ({"y1.bias": math.nan}, "not a number that a network can hold"),
    ],
)
def test_with_numbers_refuses(changes, message):
    with pytest.raises(ToynetsError, match=message):
        DEEP.with_numbers(changes)
