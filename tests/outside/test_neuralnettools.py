"""Garson and Olden on the weight vector of the documentation of NeuralNetTools.

Three formulas go by the name of Garson. The oldest keeps the weight to the output; the one that
NeuralNetTools and caret compute divides it away again; and early versions of NeuralNetTools
returned shares of the connection weights. On one network they give 0.684, 0.723 and 0.814.
"""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from toynets.domain import Domain
from toynets.importance import importance
from toynets.network import Network

NETWORKS = json.loads(Path(__file__).with_name("published_weights.json").read_text())["networks"]
CASE = next(n for n in NETWORKS if n["id"] == "neuralnettools-numeric-example")
NET = Network.from_layers(
    [(layer["W"], layer["b"], layer["act"]) for layer in CASE["network"]], dtype="float64"
)
FOUND = importance(NET, Domain.boolean(2), of="inputs")


def values(name):
    return list(FOUND.value(name).values())


def test_the_vector_is_the_network():
    # Bias first, then the inputs, unit by unit; then the output's bias and its weights.
    ordered = []
    for layer in NET.layers:
        for unit, row in enumerate(layer.weight):
            ordered += [layer.bias[unit], *row]
    assert ordered == CASE["wts_in"]


def test_olden():
    exact = [Fraction(v) for v in CASE["recheck"]["olden_exact"].values()]
    assert values("olden") == pytest.approx([float(v) for v in exact], abs=1e-12)
    assert [round(v, 4) for v in values("olden")] == [-0.9287, -0.2128]


def test_garson_as_its_source_code_computes_it():
    recheck = CASE["recheck"]["garson_from_R_source_formula"]
    exact = [Fraction(recheck[name]) for name in ("X1", "X2")]
    assert values("garson (cancelled)") == pytest.approx([float(v) for v in exact], abs=1e-12)


def test_garson_that_keeps_the_weight_to_the_output():
    assert [round(v, 4) for v in values("garson")] == [0.6837, 0.3163]
    # By hand: of h1 149/165 go to x1, of h2 19/35; h1 has 52 of 133 parts, h2 has 81.
    by_hand = Fraction(149, 165) * Fraction(52, 133) + Fraction(19, 35) * Fraction(81, 133)
    assert values("garson")[0] == pytest.approx(float(by_hand), abs=1e-12)


def test_garson_of_early_versions():
    assert [round(v, 4) for v in values("garson (of sums)")] == [0.8136, 0.1864]
