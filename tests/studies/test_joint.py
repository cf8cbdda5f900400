"""Sets of players removed together, in float64, against the exact oracle."""

from __future__ import annotations

import pytest

from toynets import exact
from toynets.domain import Domain
from toynets.importance.setting import Setting
from toynets.network import Network
from toynets.studies.joint import KINDS, set_effects, sets_of

NET = Network.from_layers(
    [
        ([[1.5, -0.5], [-1, 0.25], [0.5, 2]], [0.5, 1, -0.25], "relu"),
        ([[2, -0.75, 1], [0.5, 4, -1]], [0.25, -1], "abs"),
        ([[1, -1.25], [0.5, 3]], [0, 2], "softmax"),
    ]
)
ROWS = Domain.listed([[1, 0], [0, 1], ["1/4", -1], ["1/2", 2]])
TEXT = {
    "zero": "{} = 0",
    "mean": "{} = mean",
    "resample": "{} = resample",
    "cut": "{} = 0",
    "flip": "{} *= -1",
}


@pytest.mark.parametrize(("of", "kind"), [(of, kind) for of in KINDS for kind in KINDS[of]])
def test_effects_of_sets_are_those_of_the_exact_oracle(of, kind):
    setting = Setting(NET, ROWS, of)
    sets = sets_of(len(setting.players), pairs=12)
    found = set_effects(setting, kind, sets)
    assert {len(some) for some in sets} == {1, 2}
    for k, some in enumerate(sets):
        text = TEXT[kind].format(", ".join(setting.players[i] for i in some))
        effects = [
            after.outputs[y] - exact.run(NET, row)[y]
            for y in NET.outputs
            for row in ROWS.rows
            for after in exact.runs(NET, row, text, domain=ROWS)
        ]
        cases = len(effects) // 2
        for t in range(2):
            own = effects[t * cases : (t + 1) * cases]
            assert found.largest[k, t] == pytest.approx(float(max(map(abs, own))), abs=1e-12)
            mean_size = sum(map(abs, own)) / cases
            assert found.mean_size[k, t] == pytest.approx(float(mean_size), abs=1e-12)
            assert found.mean[k, t] == pytest.approx(float(sum(own) / cases), abs=1e-12)
    assert (found.sizes("largest") == found.largest).all()
    assert (found.sizes("mean") == found.mean_size).all()


def test_all_pairs_are_there_unless_there_are_too_many():
    assert sets_of(4)[4:] == ((0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3))
    some = sets_of(60)
    assert some[:60] == tuple((k,) for k in range(60))
    assert len(set(some)) == len(some) == 60 + 1_000
    assert all(a < b for a, b in some[60:])
    assert some == sets_of(60)
