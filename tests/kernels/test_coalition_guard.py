"""Before exponentials are multiplied: how large a logit can be, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from toynets.kernels.coalition_guard import group_size, largest_logit
from toynets.kernels.measures import Question
from toynets.kernels.preparing import prepared
from toynets.network import Network


def size(given):
    """One layer's replacements."""
    return (np.array(given, "float32")[:, None],)


@pytest.mark.parametrize(
    ("replaced", "largest"),
    [
        # x = 2: h1 = 3, h2 = 2, and either may be 0: y from -2 + 5 to 2 * 3 + 5.
        ([0, 0], 11),
        ([10, 0], 25),  # 10 in place of h1: up to 2 * 10 + 5
        ([0, 30], 25),  # 30 in place of h2: down to -30 + 5
        ([-20, 0], 38),  # x = 1: -20 in place of h1, h2 = 3: down to 2 * -20 - 3 + 5
    ],
)
def test_the_largest_logit_of_two_units_is_the_one_found_by_hand(replaced, largest):
    network = Network.from_layers([([[1], [-1]], [1, 4], "relu"), ([[2, -1]], [5], "sigmoid")])
    ready = prepared(network, [[1.0], [2.0]])
    assert largest_logit(Question("cross-entropy", "sigmoid"), ready, size(replaced)) == largest


def test_under_softmax_it_is_the_largest_logit_less_their_mean():
    network = Network.from_layers([([[1]], [0], "relu"), ([[3], [-1]], [4, 0], "softmax")])
    ready = prepared(network, [[1.0]])
    # centred: 2 h + 2 and -2 h - 2
    assert largest_logit(Question("cross-entropy", "softmax"), ready, size([0])) == 4


@pytest.mark.parametrize(("weight", "rows"), [(9.25, 8), (9.5, 4), (19.25, 4), (19.5, 2)])
def test_a_factor_may_be_twice_as_large_as_its_exponential(weight, rows):
    # 1 + exp z <= 2 exp z: 8 * (9.25 + log 2) < 80, but 8 * (9.5 + log 2) > 80.
    network = Network.from_layers([([[1]], None, "relu"), ([[weight]], None, "sigmoid")])
    ready = prepared(network, [[1.0]])
    assert group_size(Question("cross-entropy", "sigmoid"), ready, size([0])) == rows
