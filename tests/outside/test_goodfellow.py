"""The XOR network of Goodfellow, Bengio and Courville, Deep Learning (2016), section 6.1."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from toynets import exact, interventions
from toynets.domain import Domain
from toynets.network import Network

NETWORKS = {
    entry["id"]: entry
    for entry in json.loads(Path(__file__).with_name("published_weights.json").read_text())[
        "networks"
    ]
}
BOOK = NETWORKS["goodfellow-xor"]
XOR = Network.from_layers(
    [(layer["W"], layer["b"], layer["act"]) for layer in BOOK["network"]], name="xor of the book"
)
BITS = Domain.boolean(2)


def test_every_published_network_is_there_with_its_citation():
    assert sorted(NETWORKS) == [
        "goodfellow-xor",
        "neuralnet-iris-setosa",
        "neuralnettools-numeric-example",
        "rhw1986-symmetry",
    ]
    for entry in NETWORKS.values():
        assert entry["origin"]
        assert entry["licence"]


@pytest.mark.parametrize("side", [exact, interventions], ids=["exact", "float32"])
@pytest.mark.parametrize(
    ("text", "outcome"),
    {
        "": BOOK["recheck"]["outputs"],  # 0 1 1 0
        # The book shows the matrix XW + c before and after the rectifier: h1 counts the inputs
        # that are on, h2 takes back both. So without the one or the other:
        "h2 = 0": [0, 1, 1, 2],
        "h1 = 0": [0, 0, 0, -2],
        "h2.bias = 0": [0, -1, -1, -2],
        "h1->y *= -1": [0, -1, -1, -4],
    }.items(),
)
def test_the_network_of_the_book(side, text, outcome):
    assert [side.run(XOR, row, text)["y"] for row in BITS] == outcome


@pytest.mark.parametrize("side", [exact, interventions], ids=["exact", "float32"])
def test_its_hidden_layer_is_the_one_that_the_book_prints(side):
    hidden = [[side.trace(XOR, row)[unit] for unit in XOR.hidden] for row in BITS]
    assert hidden == [[0, 0], [1, 0], [1, 0], [2, 1]]
