"""Small networks on which scores that read the weights rank wrongly, and by how much."""

from __future__ import annotations

from fractions import Fraction

import pytest

from toynets.domain import Domain
from toynets.importance import importance
from toynets.network import Network
from toynets.zoo import load

GRID = Domain.listed([[f"{i}/4", f"{j}/4"] for i in range(5) for j in range(5)])


def net(first, bias, last):
    return Network.from_layers([(first, bias, "relu"), ([last], [0], "identity")])


def test_a_big_weight_that_does_little_and_a_tiny_one_that_does_all():
    # y = 2^10 relu(2^-10 x1) + 2^-10 relu(x2)
    tiny = Fraction(1, 1024)
    case = net([[str(tiny), 0], [0, 1]], [0, 0], [1024, str(tiny)])
    found = importance(case, GRID, of="weights")
    assert found.value("magnitude")["x2->h2"] == 1
    assert found.value("magnitude")["x1->h1"] == 1 / 1024
    cut = found.effects["cut"].table["y"]
    assert (cut["x1->h1"].largest, cut["x2->h2"].largest) == (1, tiny)
    by_unit = importance(case, GRID, of="units")
    effects = by_unit.effects["zero"].table["y"]
    assert (effects["h1"].largest, effects["h2"].largest) == (1, tiny)
    assert by_unit.agreement("incoming |sum|", "zero") == (-1, -1)
    assert by_unit.agreement("shapley (zero)", "zero") == (1, 1)


def test_garson_and_olden_praise_an_input_that_never_matters():
    # y = relu(x1) + 1024 relu(x2 - 2) on the unit square: the second unit is off on all of it.
    case = net([[1, 0], [0, 1]], [0, -2], [1, 1024])
    found = importance(case, GRID, of="inputs")
    assert list(found.value("garson").values()) == pytest.approx([1 / 1025, 1024 / 1025])
    assert list(found.value("olden").values()) == [1, 1024]
    for kind in ("zero", "mean", "resample"):
        assert found.effects[kind].table["y"]["x2"].largest == 0
        assert found.agreement("garson", kind) == found.agreement("olden", kind) == (-1, -1)
    for name in ("permutation", "shapley (mean)", "gradient x value", "integrated gradients"):
        assert found.value(name)["x2"] == 0 < found.value(name)["x1"]


def test_olden_does_not_see_an_input_whose_signs_cancel():
    # y = |x1| + x2 / 4 = relu(x1) + relu(-x1) + relu(x2) / 4
    case = net([[1, 0], [-1, 0], [0, 1]], [0, 0, 0], [1, 1, "1/4"])
    square = Domain.listed([[f"{i}/2", f"{j}/2"] for i in range(-2, 3) for j in range(3)])
    found = importance(case, square, of="inputs")
    assert list(found.value("olden").values()) == [0, 0.25]
    assert list(found.value("garson").values()) == pytest.approx([8 / 9, 1 / 9])
    effects = found.effects["zero"].table["y"]
    assert (effects["x1"].largest, effects["x2"].largest) == (1, Fraction(1, 4))
    assert found.agreement("olden", "zero") == (-1, -1)
    assert found.agreement("garson", "zero") == (1, 1)


def test_olden_says_that_no_input_of_exclusive_or_matters():
    entry = load("xor-difference")
    found = importance(entry, of="inputs", scores=["olden", "permutation"])
    assert found.value("olden") == {"x1": 0, "x2": 0}
    assert all(v > 0 for v in found.value("permutation").values())
    assert all(v == 1 for v in found.effect("zero").values())


def test_two_units_that_matter_alone_and_not_together():
    # y = relu(x1) + 8 relu(x2) - 8 relu(x2): without h2 or h3 all changes by 8, without both by 0.
    case = net([[1, 0], [0, 1], [0, 1]], [0, 0, 0], [1, 8, -8])
    found = importance(case, GRID, of="units")
    assert found.effect("zero") == {"h1": 1, "h2": 8, "h3": 8}
    assert found.ranks("olden") == found.ranks("zero") == {"h1": 3, "h2": 1.5, "h3": 1.5}
    from toynets import exact

    for row in GRID.rows:
        assert exact.run(case, row, "h2, h3 = 0") == exact.run(case, row)
    # What the single ablations do not tell, the inputs do: x2 never matters.
    inputs = importance(case, GRID, of="inputs")
    assert inputs.effect("zero") == {"x1": 1, "x2": 0}
    assert inputs.value("olden") == {"x1": 1, "x2": 0}
    assert inputs.value("garson")["x2"] == pytest.approx(16 / 17)
