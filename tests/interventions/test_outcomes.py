"""Every intervention of the language, with the value that it must give.

Each row was worked out by hand. The float run and the exact run are held to the same numbers.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from intervention_cases import BASE, BITS, NET, SOURCE

from toynets import exact
from toynets.domain import Domain
from toynets.interventions import run, trace
from toynets.network import Network

OUTCOMES = {
    "": "5/2",
    # zero in its five meanings
    "h2 = 0": "13/2",
    "x1 = 0": "-3/2",
    "h2.pre = 0": "13/2",
    "->h1 = 0": "-1/2",  # the bias is kept: h1 = 1
    "->h1, h1.bias = 0": "-7/2",
    "h2-> = 0": "13/2",
    "x1-> = 0": "-3/2",
    "x1->h2 = 0": "9/2",
    # set, shift, flip
    "h2 = -3": "25/2",  # no relu after an activation
    "h2.pre = -3": "13/2",  # and one after a pre-activation
    "h2 = 1/4": "6",
    "x1->h2 *= -1": "13/2",
    "x1->h2 = 3/2": "3/2",
    "x1->h2 += 1": "1/2",
    "x1->h2 *= 2": "1/2",
    "h2.bias += 1": "1/2",
    "h2.bias = 0": "-3/2",
    "h2.bias *= -1": "-11/2",
    "y.bias = 0": "2",
    "y = 7": "7",
    "y.pre = 7": "7",
    "x1 = 1/2": "1/2",  # h1 = 1, h2 = 3/2
    # mean over the domain
    "h2 = mean": "5",
    "h2.pre = mean": "13/2",
    "x1 = mean": "1/2",
    "h1, h2 = mean": "7/2",
    # patch, from 01: h1 = 0, h2 = 1
    "h2 = h2(x')": "9/2",
    "h2 = (x')": "9/2",
    "h2 = h1(x')": "13/2",
    "h1 = x2(x')": "-1/2",
    "h2 = h2(1, 0)": "13/2",
    "h1 = h2.pre(1, 0)": "-13/2",  # -1, which no relu has seen
    "h2.pre = (x')": "9/2",
    "h2.pre = h1.pre(x')": "13/2",
    "h1, h2 = (x')": "-3/2",
    "x1 = (x')": "-3/2",
    "x1->h2 = (x')": "9/2",  # h1 still sees x1 = 1
    "h2->y = (x')": "9/2",
    "h1->y = (0, 0)": "-1/2",
    "h2->y = h1(1, 0)": "1/2",  # the edge carries 3
    # several at once
    "h1, h2 = 0": "1/2",
    "h1 = 0, h2 = mean": "-1",
    "x1->h2 = 0, h2 = 1": "9/2",  # the value has the last word
    "x1->h1, x2->h1 *= -1": "-7/2",
    "h2 = 1, h2->y = (1, 0)": "13/2",  # on the edge, the source has
    "x1 = 0, x1->h2 = (1, 0)": "-7/2",
    "x1->h2 = (x'), x2 = 0": "19/2",  # h1 = 3, h2 = 0: its other edge carries the new x2
    "h2->y *= 2, h2 = h2(x')": "5/2",
    # means and x' come from the clean network
    "h2.bias += 100, h2 = mean": "5",
    "h2.bias += 100, h2 = (x')": "9/2",
    "x1->h2 = 0, h1 = h2(1, 1)": "9/2",  # h2 is 1 here, and 2 in the clean run on 11
    "h1 = 0, h2 = h1(1, 0)": "-11/2",
}


@pytest.mark.parametrize(("text", "outcome"), OUTCOMES.items())
def test_each_intervention_has_the_predicted_outcome(text, outcome):
    expected = Fraction(outcome)
    found = run(NET, BASE, text, source=SOURCE, domain=BITS)
    assert found == expected
    assert found["y"].dtype == np.float32
    assert exact.run(NET, BASE, text, source=SOURCE, domain=BITS) == expected


@pytest.mark.parametrize(
    ("text", "outcome"),
    {
        "": "3",  # 4 * sigmoid(0) + 1
        "h1 = 0": "1",
        "h1.pre = 0": "3",  # sigmoid(0) is not 0
        "->h1 = 0": "4 * sigmoid(-2) + 1",
        "->h1, h1.bias = 0": "3",
        "h1-> = 0": "1",
    }.items(),
)
def test_the_five_zeros_of_a_sigmoid_unit_differ(text, outcome):
    net = Network.from_layers([([[2]], [-2], "sigmoid"), ([[4]], [1], "identity")])
    value = {"4 * sigmoid(-2) + 1": 4 / (1 + np.exp(2)) + 1}.get(outcome)
    expected = float(outcome) if value is None else value
    assert float(run(net, 1, text)) == pytest.approx(expected, rel=1e-6)
    assert float(exact.run(net, 1, text)) == pytest.approx(expected, rel=1e-15)


# Two hidden layers, an absent edge, no bias in the second, a tied number and three outputs.
DEEP = Network.from_layers(
    [
        ([[1, -1], [2, 0]], [0, 1], "abs"),  # h1.1 = |x1 - x2|, h1.2 = |2 x1 + 1|
        ([[1, 1]], None, "square"),  # h2.1 = (h1.1 + h1.2)^2
        ([[1], [2], [1]], [0, 0, 4], "softmax"),  # centred: z - mean z
    ],
    masks=[[[1, 1], [1, 0]], None, None],
    ties={"w": ["x1->h1.1", "h1.1->h2.1", "h1.2->h2.1"]},
    name="deep",
)


@pytest.mark.parametrize(
    ("text", "hidden", "shown"),
    [  # on (1, 3): h1.1 = 2, h1.2 = 3, h2.1 = 25; logits 25, 50, 29, mean 104/3
        ("", 25, [-29, 46, -17]),
        ("h1.1 = 0", 9, [-13, 14, -1]),
        ("w = 0", 0, [-4, -4, 8]),  # all copies: h1.1 = 3, h2.1 = 0
        ("h1.2->h2.1 = 0", 0, [-4, -4, 8]),  # named by one of them: all copies again
        ("w@3 = 0", 4, [-8, 4, 4]),
        ("w@1 = 0", 36, [-40, 68, -28]),  # the first alone: h1.1 = 3
        ("w@2 *= -1", 1, [-5, -2, 7]),
        ("h2.1.pre = -1", 1, [-5, -2, 7]),
        ("y1.pre = mean", 25, [-53, 58, -5]),  # 13, as the logit is 1 on (0, 0)
    ],
)
def test_deeper_nets_masks_ties_and_centred_logits(text, hidden, shown):
    both = Domain.listed([[1, 3], [0, 0]])
    found = trace(DEEP, [1, 3], text, domain=both)
    assert found["h2.1"] == hidden
    expected = [Fraction(v, 3) for v in shown]
    assert exact.run(DEEP, [1, 3], text, domain=both) == expected
    assert run(DEEP, [1, 3], text, domain=both) == found.outputs
    np.testing.assert_allclose(found.outputs, [float(v) for v in expected], rtol=0, atol=4e-6)
    assert found.outputs.names == ("y1", "y2", "y3")


def test_a_replaced_softmax_output_is_not_centred_again():
    net = Network.from_layers([([[1], [3]], [0, 0], "softmax")])
    assert run(net, [1]) == exact.run(net, [1]) == (-1, 1)
    assert run(net, [1], "y1 = 5") == exact.run(net, [1], "y1 = 5") == (5, 1)
    assert run(net, [1], "y1.pre = 5") == exact.run(net, [1], "y1.pre = 5") == (1, -1)
