"""The template of one hidden layer: what it states is what its own numbers make."""

from __future__ import annotations

import pytest

from toynets.domain import Domain
from toynets.explanation import Explanation
from toynets.explanation.templates import one_hidden_layer, weighted_sum
from toynets.network import Network
from toynets.verification import verify

MIXED = {
    "inputs": ["x1", "x2"],
    "activation": "relu",
    "weights": [["p", "-1"], ["1 - p", "2"], ["0", "0"]],
    "biases": ["0", "-1/2", "0"],
    "outgoing": ["1", "-2", "1"],
    "bias": "p",
    "parameters": {"p": "1/4"},
    "decision": {"threshold": "1/2"},
}
NETWORK = Network.from_layers(
    [
        ([[0.25, -1], [0.75, 2], [0, 0]], [0, -0.5, 0], "relu"),
        ([[1, -2, 1]], [0.25], "identity"),
    ]
)


def test_every_statement_of_a_template_holds_exactly():
    rows = Domain.boolean(2).rows
    made = Explanation.from_json(one_hidden_layer("mixed", rows=rows, **MIXED).to_json())
    report = verify(NETWORK, made, Domain.boolean(2))
    assert report.verdict == "exhaustive"
    assert report.coverage["ablations"].explained == 3
    assert report.coverage["weights"].explained == 13


@pytest.mark.parametrize(
    ("change", "check"),
    [
        ({"parameters": {"p": "1/2"}}, "weights"),
        ({"outgoing": ["1", "2", "1"]}, "weights"),
        ({"biases": ["0", "1/2", "0"]}, "weights"),
    ],
)
def test_a_wrong_number_is_refuted(change, check):
    report = verify(NETWORK, one_hidden_layer("mixed", **(MIXED | change)), Domain.boolean(2))
    assert report.verdict == "refuted"
    assert check in report.failed


def test_the_reasons_and_the_sigmoid_are_stated():
    made = one_hidden_layer(
        "one",
        inputs=["x1"],
        activation="tanh",
        weights=[["3"]],
        biases=["-1"],
        outgoing=["-2"],
        bias="1",
        output_activation="sigmoid",
        why={"y.bias": "b < v1"},
    )
    assert made.weights["y.bias"].why == "b < v1"
    assert str(made.outcomes[0].outputs["y"][0]) == "sigmoid(-2*tanh(3*x1 - 1) + 1)"
    assert str(made.outcomes[1].outputs["y"][0]) == "sigmoid(1)"


def test_a_sum_of_nothing_is_zero():
    assert weighted_sum([("0", "x1")], "0") == "0"
