"""Halves of a table: with two units in the first one, and with none."""

from __future__ import annotations

import re

import numpy as np
import pytest

from toynets.kernels import games, unit_game
from toynets.kernels.coalition_tables import layout_of, table_program
from toynets.network import Network


@pytest.mark.parametrize("value", ["mean output", "squared error", "cross-entropy"])
@pytest.mark.parametrize("units", [2, 5])
def test_no_array_is_without_numbers_where_a_half_is_without_units(units, value, monkeypatch):
    # jaxlib 0.11.2 crashes on such arrays when it compiles for several devices.
    texts = []

    def noted(*args, **kwargs):
        texts.append(table_program.lower(*args, **kwargs).as_text())
        return np.zeros((16, 2**units // min(16, 2**units), 1, 1))

    monkeypatch.setattr(games, "table_program", noted)
    kind = "sigmoid" if value == "cross-entropy" else "identity"
    network = Network.from_layers([([[1, 2]] * units, None, "relu"), ([[1] * units], [3], kind)])
    more = {} if value == "mean output" else {"targets": [0, 1]}
    unit_game(network, [[1, 0], [0, 2]], "zero", value, **more)
    assert re.search(r"tensor<\d+x", texts[0])
    assert re.findall(r"tensor<(?:\d+x)*0x[^>]*>", texts[0]) == []


def test_twelve_units_have_two_in_the_first_half_and_every_coalition_is_exact():
    assert str(layout_of(12, 12)) == "Layout(blocks=4, states=0, first=2, second=6)"
    draw = np.random.default_rng(3)
    layers = [
        (draw.integers(-8, 9, (out, parents)) / 8, draw.integers(-8, 9, out) / 8, act)
        for parents, out, act in ((2, 12, "relu"), (12, 1, "identity"))
    ]
    network, rows = Network.from_layers(layers), [[1.0, 0.5], [-1.5, 2.0]]
    game = unit_game(network, rows, "zero", "mean output")
    # All is exact in eighths. An index has the first unit as its highest digit.
    (w, b, _), (v, c, _) = layers
    alone = np.maximum(np.array(rows) @ w.T + b, 0) * v[0]
    masks = np.arange(2**12)[:, None] >> np.arange(11, -1, -1) & 1
    assert (game.table[:, 0] == (masks @ alone.T + c).mean(axis=1)).all()
    assert len(set(game.table.ravel().tolist())) > 100
