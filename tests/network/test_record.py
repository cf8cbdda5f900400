"""The network as a record: its hash, what it is equal to, its table and its weights."""

from __future__ import annotations

from fractions import Fraction

import pytest
from network_cases import DEEP, one
from small_networks import XOR, XOR_LAYERS

from toynets.fields import replace
from toynets.network import Network


def test_the_hash_is_of_dtype_numbers_activations_and_masks():
    changed = [
        XOR.with_numbers({address: value + 2.0**-20}).hash for address, value in XOR.numbers.items()
    ]
    changed += [
        Network.from_layers(XOR_LAYERS, dtype="float64").hash,
        Network.from_layers([(*XOR_LAYERS[0][:2], "abs"), XOR_LAYERS[1]]).hash,
        Network.from_layers([XOR_LAYERS[0], ([[1, -2]], None, "identity")]).hash,
        Network.from_layers([XOR_LAYERS[1], ([[1]], [0], "identity")]).hash,
    ]
    zero = [([[0, 1], [1, 1]], *XOR_LAYERS[0][1:]), XOR_LAYERS[1]]
    changed += [
        Network.from_layers(zero).hash,
        Network.from_layers(zero, masks=[[[0, 1], [1, 1]], None]).hash,
    ]
    assert len({XOR.hash, *changed}) == 1 + len(changed) == 16
    assert len(XOR.hash) == 64


def test_the_hash_is_that_of_canonical_json_written_by_hand():
    import hashlib

    canonical = (
        '{"dtype":"float32","layers":[{"activation":"relu","bias":["0x0.0p+0","-0x1.0000000000000p'
        '+0"],"mask":null,"weight":[["0x1.0000000000000p+0","0x1.0000000000000p+0"],["0x1.00000000'
        '00000p+0","0x1.0000000000000p+0"]]},{"activation":"identity","bias":["0x0.0p+0"],"mask":n'
        'ull,"weight":[["0x1.0000000000000p+0","-0x1.0000000000000p+1"]]}]}'
    )
    assert XOR.hash == hashlib.sha256(canonical.encode()).hexdigest()


def test_names_and_ties_are_not_part_of_the_hash():
    named = Network.from_layers(
        XOR_LAYERS, inputs=["a", "b"], units=["u", "v"], outputs="z", name="other"
    )
    tied = Network.from_layers(XOR_LAYERS, ties={"w": ["x1->h1", "x2->h1"]})
    assert named.hash == tied.hash == XOR.hash
    assert named != XOR and tied != XOR


def test_the_hash_writes_negative_zero_as_zero_however_it_came_in():
    layer = replace(XOR.layers[0], bias=(-0.0, -1.0))
    assert Network((layer, XOR.layers[1]), XOR.inputs).hash == XOR.hash


def test_equality_is_of_numbers_and_names_but_not_of_the_title():
    again = Network.from_layers(XOR_LAYERS, name="another title")
    assert again == XOR and hash(again) == hash(XOR)
    assert XOR.with_numbers({"h1->y": 2}) != XOR and XOR != "xor"


def test_the_record_is_frozen():
    with pytest.raises(AttributeError):
        XOR.dtype = "float64"


def test_the_table_has_every_weight_with_its_exact_value():
    net = one("0.1", "-1/2", round=True, name="tiny")
    assert net.table().text().split("\n") == [
        "tiny  1-1 relu",
        "weight  from  to                value               exact",
        "x1->y   x1    y   0.10000000149011612  13421773/134217728",
        "y.bias        y                  -0.5                -1/2",
    ]
    assert str(net) == net.table().text() and net._repr_html_() == net.table().html()
    assert net._repr_markdown_() == net.table().markdown()
    assert net.table().to_dict()["rows"][1] == {
        "weight": "y.bias",
        "from": "",
        "to": "y",
        "value": -0.5,
        "exact": "-1/2",
    }
    assert repr(XOR) == f"<Network xor-sum {XOR.hash[:8]}>"


def test_weights_are_records():
    first, *_, last = DEEP.weights()
    assert (first.name, first.source, first.target, first.group) == ("x1->h1.1", "x1", "h1.1", "w")
    assert (last.name, last.source, last.target, last.group) == ("y2.bias", "", "y2", "b")
    assert first.exact == Fraction(1) and [w.name for w in DEEP.weights()] == list(DEEP.numbers)
