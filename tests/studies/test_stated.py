"""The explanation as a contestant: what it may use, what it must not, and what comes of it."""

from __future__ import annotations

import numpy as np
import pytest

from toynets import zoo
from toynets.errors import ToynetsError
from toynets.explanation import Explanation
from toynets.importance.setting import Setting, listed
from toynets.studies.joint import KINDS, set_effects, sets_of
from toynets.studies.stated import sizes_from_roles, skeleton, stated, stated_network

SOME = ("xor-sum", "parity-3", "dead-weight", "dormant-backup", "twin-units", "symmetry-trained")


def predictions(explanation, network):
    said = stated(explanation)
    found = []
    for of, kinds in KINDS.items():
        players = {"units": network.hidden, "inputs": network.inputs, "weights": network.numbers}
        sets = sets_of(len(players[of]))
        for kind in kinds:
            found += sizes_from_roles(said, network, of, kind, sets)
    return found


def same(one, two):
    return all((a == b).all() for a, b in zip(one, two, strict=True))


def otherwise(network):
    """The same wiring with every number another one, of the other sign."""
    return network.with_numbers({a: -3 * v - 0.5 for a, v in network.numbers.items()}, round=True)


@pytest.mark.parametrize("name", SOME)
def test_no_number_of_the_network_is_read(name):
    entry = zoo.load(name)
    before = predictions(entry.explanation, entry.network)
    assert same(before, predictions(entry.explanation, otherwise(entry.network)))


@pytest.mark.parametrize("name", SOME)
def test_no_size_no_expression_and_no_outcome_of_the_explanation_is_used(name):
    entry = zoo.load(name)
    data = entry.explanation.to_dict()
    for k, weight in enumerate(data["weights"].values()):
        weight["value"] = f"({weight['value']})*{k + 2}/7"
    for unit in data["units"].values():
        unit["expression"] = unit["concept"] = "0"
    data["outcomes"] = []
    other = Explanation.from_dict(data)
    before = predictions(entry.explanation, entry.network)
    assert same(before, predictions(other, entry.network))


def test_a_sign_or_a_role_that_is_turned_over_changes_what_is_predicted():
    entry = zoo.load("xor-sum")
    before = predictions(entry.explanation, entry.network)
    for path, value in (
        (("weights", "h2->y", "value"), "2"),
        (("weights", "x1->h1", "role"), "no effect"),
        (("units", "h1", "role"), "dead"),
        (("units", "h1", "role"), "constant"),
    ):
        data = entry.explanation.to_dict()
        data[path[0]][path[1]][path[2]] = value
        assert not same(before, predictions(Explanation.from_dict(data), entry.network)), path


def sizes(name, of, kind, **roles):
    entry = zoo.load(name)
    data = entry.explanation.to_dict()
    for unit, role in roles.items():
        data["units"][unit]["role"] = role
    setting = Setting(entry.network, listed(entry.task), of)
    sets = sets_of(len(setting.players))
    said = stated(Explanation.from_dict(data))
    found, signs = sizes_from_roles(said, entry.network, of, kind, sets)
    names = ["+".join(setting.players[i] for i in some) for some in sets]
    one = dict(zip(setting.players, signs[0].tolist(), strict=True))
    return dict(zip(names, found[:, 0].tolist(), strict=True)), one


def test_paths_that_are_cut_are_counted():
    # h1 has the paths of x1 and x2; h2 those less its threshold; h2->y inhibits.
    found, signs = sizes("xor-sum", "units", "zero")
    assert found == {"h1": 2, "h2": 1, "h1+h2": 1}
    assert signs == {"h1": -1, "h2": 1}
    # What comes from a bias is still there when the mean takes the place of a unit.
    assert sizes("xor-sum", "units", "mean")[0] == {"h1": 1, "h2": 1, "h1+h2": 0}
    found, signs = sizes("xor-sum", "weights", "cut")
    assert (found["x1->h1"], found["h1->y"], found["y.bias"]) == (1, 2, 0)
    assert found["x1->h1+h1->y"] == 2  # one path goes through both
    assert found["x1->h1+x1->h2"] == 0  # one raises y and one lowers it
    assert (signs["x1->h1"], signs["x1->h2"], signs["h2.bias"]) == (-1, 1, -1)


def test_dead_constant_and_backup_units_are_taken_at_their_word():
    assert sizes("dead-weight", "units", "zero")[0]["h2"] == 0
    assert sizes("xor-sum", "units", "zero", h1="dead")[0]["h1"] == 0
    assert sizes("xor-sum", "units", "zero", h2="constant")[0]["h2"] == 1
    # Something makes it what it is, although the bias is 0.
    assert sizes("xor-sum", "units", "zero", h1="constant")[0]["h1"] == 1
    assert sizes("xor-sum", "units", "mean", h2="constant")[0]["h2"] == 0
    found, _ = sizes("dormant-backup", "units", "zero")
    assert found["spare"] == 0 < found["main+spare"]
    found, _ = sizes("xor-sum", "units", "zero", h2="backup")
    assert (found["h1"], found["h2"], found["h1+h2"]) == (2, 0, 1)


@pytest.mark.parametrize("name", SOME)
def test_the_reference_is_what_the_causal_model_derives(name):
    entry = zoo.load(name)
    made = stated_network(entry.explanation, otherwise(entry.network))
    domain = listed(entry.task)
    model = entry.explanation.model(rows=domain.rows, outputs=entry.network.outputs)
    setting = Setting(made, domain, "units")
    sets = sets_of(len(setting.players), pairs=3)
    for kind, value in (("zero", "0"), ("mean", "mean")):
        found = set_effects(setting, kind, sets)
        for k, some in enumerate(sets):
            text = f"{', '.join(setting.players[i] for i in some)} = {value}"
            plan = model.plan(text)
            derived = [
                float(model.outcome(x, plan)[0]) - float(model.outcome(x)[0]) for x in domain.rows
            ]
            assert found.largest[k, 0] == pytest.approx(max(map(abs, derived)), abs=1e-9)
            assert found.mean[k, 0] == pytest.approx(np.mean(derived), abs=1e-9)


def test_what_is_blank_or_of_another_wiring_does_not_compete():
    entry = zoo.load("xor-sum")
    data = entry.explanation.to_dict()
    data["weights"]["x1->h1"]["value"] = ""
    with pytest.raises(ToynetsError, match="xor-sum has blank weights"):
        stated(Explanation.from_dict(data))
    with pytest.raises(ToynetsError, match=r"of another wiring\.(.|\n)*only one of the two has"):
        stated_network(entry.explanation, zoo.load("majority-3").network)


def test_the_skeleton_keeps_the_wiring_and_knows_signs_alone():
    entry = zoo.load("xor-sum")
    bare = skeleton(stated(entry.explanation), entry.network, sizes=False, together=False)
    assert dict(bare.numbers) == {
        "x1->h1": 1, "x2->h1": 1, "h1.bias": 0, "x1->h2": 1, "x2->h2": 1, "h2.bias": -1,
        "h1->y": 1, "h2->y": -1, "y.bias": 0,
    }  # fmt: skip
    assert {layer.activation for layer in bare.layers} == {"identity"}
