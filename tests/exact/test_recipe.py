"""Every form of intervention on one network, each with the value worked out by hand."""

from __future__ import annotations

import pytest
from exact_cases import BITS, CLEAN, NET, F, fractions
from small_networks import XOR

from toynets.exact import Machine, run, trace
from toynets.network import Network
from toynets.records import Values

# Every row of the table of interventions, on x = (1, 1) with the source x' = (0, 1).
FORMS = [
    ("", F(7, 4)),
    # zero in its five meanings, and both at once
    ("h2 = 0", F(17, 4)),
    ("h1 = 0", F(-9, 4)),
    ("h2.pre = 0", F(17, 4)),
    ("->h2 = 0", F(15, 4)),  # the bias alone: h2 = 1/2
    ("->h2, h2.bias = 0", F(17, 4)),
    ("h1-> = 0", F(-9, 4)),
    ("h2-> = 0", F(17, 4)),
    ("x1 = 0", F(9, 4)),
    ("x2-> = 0", F(-13, 4)),  # as x2 = 0
    # cut, flip, set, shift
    ("x1->h2 = 0", F(17, 4)),
    ("x2->h2 *= -1", F(-1, 4)),  # h2 = relu(3 + 1 + 1/2)
    ("x2->h1 = 3/2", F(3, 4)),  # h1 = 3/2
    ("h1.bias += 1", F(15, 4)),  # h1 = 3
    ("y.bias *= -1", F(5, 4)),
    ("h1->y += -3", F(-17, 4)),
    ("h2.bias = -1", F(13, 4)),  # h2 = 1
    # a value set
    ("h2.pre = 1", F(13, 4)),
    ("h2.pre = -1", F(17, 4)),
    ("h2 = -1", F(21, 4)),
    ("y = 5", F(5)),
    ("y.pre = 5", F(5)),
    # mean
    ("h1 = mean", F(-3, 4)),
    ("h1.pre = mean", F(-5, 4)),  # h1 = 1/2
    ("h2 = mean", F(21, 8)),
    ("h2.pre = mean", F(11, 4)),  # h2 = 3/2
    ("x1 = mean", F(9, 4)),  # x = (1/2, 1): h1 = 3/2, h2 = 1
    ("y = mean", F(1, 8)),
    # patch: of the unit, of its pre-activation, from another unit, from an input
    ("h1 = h1(x')", F(-1, 4)),
    ("h1 = (x')", F(-1, 4)),
    ("h1.pre = (x')", F(-1, 4)),
    ("h2.pre = h2.pre(x')", F(17, 4)),  # h2 = relu(-1/2)
    ("h1.pre = h2.pre(x')", F(-9, 4)),  # h1 = relu(-1/2)
    ("h1 = h2.pre(x')", F(-13, 4)),  # the activation becomes -1/2
    ("h1 = h2(1, 0)", F(19, 4)),  # h1 = 7/2
    ("h2 = h2(1, 0)", F(3, 4)),
    ("h1 = h1.pre(0, 0)", F(-17, 4)),  # the activation becomes -1
    ("h1.pre = h2(0, 0)", F(-5, 4)),
    ("h1 = x2(x')", F(-1, 4)),
    ("x1 = (x')", F(9, 4)),
    ("x1 = x2(0, 1/2)", F(9, 4)),  # as x1 = mean
    # patch of the path through one edge
    ("x1->h1 = (x')", F(-1, 4)),  # h1 = 1, h2 as it was
    ("x1->h2 = (x')", F(17, 4)),
    ("h2->y = (x')", F(17, 4)),
    ("h1->y = h2(1, 0)", F(19, 4)),
    ("x1->h1 = x2(x')", F(7, 4)),  # 1 instead of 1
    ("x2->h2 = h1(1, 1)", F(11, 4)),  # carries 2: h2 = 3/2
    ("h1->y = h1.pre(0, 0)", F(-17, 4)),
    ("x1->h1, x1->h2 = (x')", F(9, 4)),  # both edges: as x1 = (x')
    # several at once: parameters first, then values, all clean values from the clean network
    ("h1, h2 = 0", F(1, 4)),
    ("h1 = 0, h2 = mean", F(-11, 8)),
    ("x1 = 0, x1->h2 = (1, 1)", F(-1, 4)),  # x1 still reaches h2
    ("x1->h2 = (x'), x2 = 0", F(-1, 4)),  # h1 = 0, h2 = 1/2: its other edge carries the new x2
    ("h1.bias += 1, h1 = mean", F(-3, 4)),  # the clean mean, 3/4, not 3/2
    ("x1 = 0, h1 = mean, h2 = h2(1, 1)", F(-3, 4)),
    ("x2->h1 = 0, h2 = h1(0, 1)", F(-3, 4)),  # h2 = 1: the clean value, not that after the cut
    ("h1.bias += 1, h1 = 0", F(-9, 4)),
    ("h1->y = 3, h1 = 1", F(3, 4)),
    ("x1->h1 *= 2, h1->y = (x')", F(-1, 4)),
]


@pytest.mark.parametrize(("text", "y"), FORMS)
def test_every_form_of_intervention(text, y):
    found = run(NET, [1, 1], text, source=[0, 1], domain=BITS)
    assert found == y
    assert isinstance(found, Values) and type(found[0]) is F and found.names == ("y",)


@pytest.mark.parametrize(("text", "y"), FORMS)
def test_a_machine_and_a_trace_say_the_same(text, y):
    machine = Machine(NET, BITS)
    plan = machine.wiring.resolve(text)
    one, source = BITS.rows[3], BITS.rows[1]
    for _ in range(2):  # the second time from what is kept
        assert fractions(*machine.outcome(one, plan, source=source)) == (y,)
    assert fractions(*machine.outcome(one)) == (F(7, 4),)  # and the clean run is still clean
    found = trace(NET, [1, 1], text, source=[0, 1], domain=BITS)
    assert found.outputs == y and found["y"] == y
    assert found.arithmetic[-1].startswith("y = ")


def test_the_clean_run_on_every_input():
    assert [run(NET, x) for x in BITS.rows] == CLEAN


# What is left of XOR without each number, and without its corrector, on 00, 01, 10, 11
XOR_CUTS = [
    ("x1->h1", [0, 1, 0, -1]),
    ("x2->h1", [0, 0, 1, -1]),
    ("h1.bias", [0, 1, 1, 0]),
    ("x1->h2", [0, 1, 1, 2]),
    ("x2->h2", [0, 1, 1, 2]),
    ("h2.bias", [0, -1, -1, -2]),
    ("h1->y", [0, 0, 0, -2]),
    ("h2->y", [0, 1, 1, 2]),
    ("y.bias", [0, 1, 1, 0]),
    ("h2", [0, 1, 1, 2]),
]


@pytest.mark.parametrize(("name", "y"), XOR_CUTS)
def test_xor_without_each_number(name, y):
    assert [run(XOR, x, f"{name} = 0") for x in BITS.rows] == y


def test_two_xors_differ_between_the_corners():
    difference = Network.from_layers(
        [([[1, -1], [-1, 1]], [0, 0], "relu"), ([[1, 1]], [0], "identity")]
    )
    assert run(XOR, [0.5, 0.5]) == 1
    assert run(difference, [0.5, 0.5]) == 0
