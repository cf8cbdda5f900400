"""Traces of float runs: every value by name, and the arithmetic of its own floats."""

from __future__ import annotations

import numpy as np
from intervention_cases import BASE, BITS, NET

from toynets.interventions import trace
from toynets.network import Network


def test_a_trace_has_every_value_by_name():
    found = trace(NET, BASE, "x1->h2 *= -1")
    assert [(n, found[n]) for n in found] == [
        ("x1", 1),
        ("x2", 1),
        ("h1.pre", 2),
        ("h1", 2),
        ("h2.pre", 0),
        ("h2", 0),
        ("y.pre", 6.5),
        ("y", 6.5),
    ]
    assert found["h2.pre"].dtype == np.float32
    assert found.intervention == "x1->h2 *= -1"
    assert found.title == "small"
    assert found.outputs == 6.5


def test_a_trace_writes_the_arithmetic_of_its_own_floats():
    assert trace(NET, BASE, "x1->h2 *= -1, h1 = mean", domain=BITS).arithmetic == (
        "x1->h2 = -1 (changed; it was 1)",
        "h1.pre = 2*1 - 1*1 + 1 = 2",
        "h1 = 3/2 (replaced by its mean; it was 2)",
        "h2.pre = -1*1 + 3*1 - 2 = 0",
        "h2 = relu(0) = 0",
        "y = 3*3/2 - 2*0 + 1/2 = 5",
    )
    third = Network.from_layers([([[1]], None, "square")])
    assert trace(third, ["1/3"]).arithmetic == (
        "y.pre = 1*0.333333 = 0.333333",
        "y = square(0.333333) = 0.111111",
    )
