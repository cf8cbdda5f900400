"""The JSON form of a network: it reads back what it wrote, and nothing that is not right."""

from __future__ import annotations

import json

import pytest
from small_networks import XOR

from toynets.errors import ToynetsError
from toynets.network import Network
from toynets.network_json import MAX_CHARACTERS

SMALL = Network.from_layers(
    [([[5e-324, 0], [1e308, 0.1]], None, "tanh"), ([[3, 3], [2, 1]], [0, 1], "softmax")],
    masks=[[[1, 0], [1, 1]], None],
    ties={"w": ["h1->y1", "h2->y1"]},
    inputs=["left", "right"],
    dtype="float64",
    name="ünusual title",
)


@pytest.mark.parametrize("network", [XOR, SMALL], ids=["xor", "masked"])
def test_reading_gives_back_what_was_written(network):
    for again in (Network.from_json(network.to_json()), Network.from_dict(network.to_dict())):
        assert again == network and again.hash == network.hash and again.name == network.name
        assert again.ties == network.ties
    assert json.loads(network.to_json()) == network.to_dict()


def test_the_form_in_full():
    assert XOR.to_dict() == {
        "format": "toynets-network/1",
        "name": "xor-sum",
        "dtype": "float32",
        "inputs": ["x1", "x2"],
        "layers": [
            {
                "units": ["h1", "h2"],
                "activation": "relu",
                "weight": [["1", "1"], ["1", "1"]],
                "bias": ["0", "-1"],
            },
            {"units": ["y"], "activation": "identity", "weight": [["1", "-2"]], "bias": ["0"]},
        ],
        "hash": XOR.hash,
    }
    assert '        ["1", "1"],\n' in XOR.to_json() and XOR.to_json().endswith("}\n")


def test_literals_are_taken_exactly():
    data = XOR.to_dict()
    data["layers"][0]["weight"] = [[1, 1.0], [1.0, 1]]
    assert Network.from_json(json.dumps(data)) == XOR
    del data["hash"]
    data["layers"][0]["weight"][0][0] = 0.1
    with pytest.raises(ToynetsError, match=r"x1->h1 = 0\.1 is not a float32 number"):
        Network.from_json(json.dumps(data))


def changed(**changes):
    return {**XOR.to_dict(), **changes}


def layer(**changes):
    first, second = XOR.to_dict()["layers"]
    return changed(layers=[{**first, **changes}, second], hash=XOR.hash)


def without(key):
    return {k: v for k, v in XOR.to_dict().items() if k != key}


REFUSED = [
    (5, "a network is a JSON object but got 5"),
    ([], r"a network is a JSON object but got \[\]"),
    (changed(format="toynets-network/2"), "expected the format toynets-network/1 but got .*/2"),
    (changed(format=1), "expected the format toynets-network/1 but got 1"),
    (without("format"), "a network lacks format"),
    (without("layers"), "a network lacks layers"),
    ({}, "a network lacks format, dtype, inputs, layers"),
    (changed(weights=[]), "a network has no key 'weights'. Keys: format, "),
    (changed(Hash=""), "has no key 'Hash'.*Nearest: hash"),
    (changed(hash="0" * 64), "the hash is '0000.*a number was changed after the file was written"),
    (changed(hash=None), "the hash is None"),
    (changed(dtype="float16"), "expected dtype float32 or float64 but got 'float16'"),
    (changed(dtype=[]), "expected dtype"),
    (changed(inputs="x1"), "inputs are a list of names but got 'x1'"),
    (changed(inputs=["x1", "x1"]), "the name x1 is given twice"),
    (changed(inputs=[1, 2]), "cannot be the name of an input"),
    (changed(name=3), "name is a text but got 3"),
    (changed(layers=[]), "a network has at least one layer"),
    (changed(layers={}), "layers is a list but got"),
    (changed(layers=[3]), "layer 1 is a JSON object but got 3"),
    (changed(ties={"w": ["x1->h1", "h2->y"]}), "the tied group w shares one number"),
    (changed(ties=[1]), "ties is a mapping"),
    (layer(kernel=[]), "layer 1 has no key 'kernel'"),
    (layer(units="h1"), "the units of layer 1 are a list of names but got 'h1'"),
    (layer(units=["h1"]), "1 names for 2 of kind unit of hidden layer 1"),
    (layer(activation=None), "the activation of layer 1 is a name but got None"),
    (layer(activation="swish"), "no activation swish"),
    (layer(weight=[["1", "1"]]), "the layers do not chain"),
    (layer(weight=[["1", "1"], ["1", "0,5"]]), "only the point is a decimal sign"),
    (layer(weight=[["1", "1"], ["1", "1e3"]]), "has an exponent"),
    (layer(weight=[["1", "1"], ["1", True]]), "the weight of layer 1 has True where a number"),
    (layer(weight=[["1", "1"], ["1", None]]), "expected a number but got None"),
    (layer(bias=["0", False]), "the bias of layer 1 has False where a number"),
    (layer(bias=["0", "-2"]), "the hash is"),
    (layer(mask=[[1, 1], [1, "x"]]), "the mask of layer 1 has other entries"),
]


@pytest.mark.parametrize(("data", "message"), REFUSED, ids=[r[1][:30] for r in REFUSED])
def test_plain_data_that_is_refused(data, message):
    with pytest.raises(ToynetsError, match=message.replace(".*", r"[^\0]*")):
        Network.from_dict(data)


TEXTS = [
    ("", "this is not JSON: Expecting value at line 1, column 1"),
    ("{", "this is not JSON"),
    (XOR.to_json()[:-3], "this is not JSON"),
    ('{"format": 1, "format": 2}', "the key 'format' is given twice"),
    (
        XOR.to_json().replace('"bias": ["0"]', '"bias": ["0"], "bias": ["1"]'),
        "'bias' is given twice",
    ),
    (XOR.to_json().replace('"-2"', "NaN"), "NaN is not a number that a network can hold"),
    (XOR.to_json().replace('"-2"', "-Infinity"), "-Infinity is not a number"),
    (XOR.to_json().replace('"-2"', "1e5"), "'1e5' has an exponent"),
    (XOR.to_json().replace('"-2"', "9" * 5000), "is not a number"),
    (XOR.to_json().replace('"-2"', "[" * 700 + "]" * 700), "expected a number but got"),
    ("[" * 100_000, "nested too deeply|not JSON"),
    ("[1]" + " " * MAX_CHARACTERS, "a network has at most 16777216"),
    (None, "expected the text of a JSON file but got type=NoneType"),
    (b"{}", "expected the text of a JSON file but got type=bytes"),
]


@pytest.mark.parametrize(("text", "message"), TEXTS, ids=[t[1][:30] for t in TEXTS])
def test_text_that_is_refused(text, message):
    with pytest.raises(ToynetsError, match=message):
        Network.from_json(text)
