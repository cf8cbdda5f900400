"""A table whose first half has more than one unit, so that their order counts."""

from __future__ import annotations

import numpy as np

from toynets.kernels import unit_game
from toynets.kernels.coalition_tables import layout_of
from toynets.network import Network


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
