"""The generator of one-edit mutants: nothing is left out, and each differs in one place."""

from __future__ import annotations

import copy

import numpy
import pytest
from mutants import get, sites
from one_edit import (
    formula_mutants,
    one_edit_explanations,
    one_edit_networks,
    scope,
    stated_literal,
    stepped,
)

from toynets import Explanation, Network, ToynetsError, parse_expression, zoo


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2", "3, 1, -2"),
        ("0", "1, -1"),
        ("0.50", "0.51, 0.49, -0.5"),
        ("x1 and x2", "x1 or x2, x2, x1, x2 and x2, x1 and x1"),
        ("not x1", "x1, not x2"),
        ("x1 - x2", "x1 + x2, -x2, x1, x2 - x2, x1 - x1"),
        ("relu(x1)", "abs(x1), step(x1), square(x1), x1, relu(x2)"),
        ("max(x1, x2)", "min(x1, x2), x1, x2, max(x2, x2), max(x1, x1)"),
        ("x1 > x2", "x1 < x2, x1 <= x2, x1 >= x2, x1 == x2, x1 != x2, x2 > x2, x1 > x1"),
        ("sqrt(2)", "2, sqrt(3), sqrt(1), sqrt(-2)"),
    ],
)
def test_every_edit_of_a_small_formula(text, expected):
    found = [made for _, made in formula_mutants(text, ["x1", "x2"])]
    commas = expected.replace("(x1, ", "(x1; ").replace("(x2, ", "(x2; ")
    assert sorted(found) == sorted(t.strip().replace(";", ",") for t in commas.split(","))


def test_a_fraction_is_edited_above_and_below_its_line():
    found = {made for _, made in formula_mutants("-1/4", [])}
    assert {"1/4", "-2/4", "-0/4", "-1*4", "-1/5", "-1/3"} <= found


def test_two_units_of_a_layer_are_exchanged_in_words_and_in_weights():
    data = zoo.load("xor-sum").explanation.to_dict()
    found = {what: m for _, what, m in one_edit_explanations(data) if "exchanged" in what}
    assert set(found) == {
        "what is said of them exchanged", "incoming weights exchanged", "outgoing weights exchanged"
    }
    said, into, out = found.values()
    assert said["units"]["h1"]["expression"] == data["units"]["h2"]["expression"]
    assert said["weights"] == data["weights"]
    assert into["weights"]["h1.bias"] == data["weights"]["h2.bias"]
    assert into["weights"]["h1->y"] == data["weights"]["h1->y"]
    assert out["weights"]["h1->y"] == data["weights"]["h2->y"]
    assert out["weights"]["h1.bias"] == data["weights"]["h1.bias"]


def test_the_last_place_is_that_of_the_text():
    number = parse_expression("0.50")
    assert stated_literal(number, "x1*0.50 + 2") == "0.50"
    assert stated_literal(parse_expression("2"), "x2 + 0.2 + 2") == "2"


def differing(a, b, path=()):
    """The paths at which two JSON values differ."""
    if isinstance(a, dict) and isinstance(b, dict) and a.keys() == b.keys():
        return [p for k in a for p in differing(a[k], b[k], (*path, k))]
    if isinstance(a, list) and isinstance(b, list) and len(a) == len(b):
        return [p for k, (x, y) in enumerate(zip(a, b, strict=True))
                for p in differing(x, y, (*path, k))]
    return [] if a == b else [path]


@pytest.mark.parametrize("name", ["xor-sum", "xor-tanh", "dormant-backup", "majority-trained"])
def test_each_mutant_of_an_explanation_differs_in_one_place_and_every_place_is_edited(name):
    data = zoo.load(name).explanation.to_dict()
    before = copy.deepcopy(data)
    edited, exchanged, seen = set(), 0, []
    for place, what, mutant in one_edit_explanations(data):
        paths = differing(data, mutant)
        assert mutant not in seen
        seen.append(mutant)
        if "exchanged" in what:
            exchanged += 1
            assert len({p[:2] for p in paths}) >= 2
            continue
        assert len(paths) == 1, (place, what)
        edited.add(paths[0])
    assert data == before
    everything = {tuple(path) for _, path in sites(data)}
    everything |= {("units", unit, "activation") for unit in data["units"]}
    # A lone name has no other edit than another name, and there may be none in scope.
    alone = {p for p in everything if p[-1] != "activation"
             and get(data, p) in scope(data, p) and len(scope(data, p)) == 1}
    assert edited == everything - alone
    assert exchanged > 0


def test_mutants_of_explanations_can_be_read_or_are_refused_for_a_reason():
    refused = 0
    for _, _, mutant in one_edit_explanations(zoo.load("xor-sum").explanation.to_dict()):
        try:
            Explanation.from_dict(mutant)
        except ToynetsError as error:
            refused += 1
            assert error.message
    assert refused == 0


def test_each_mutant_of_a_network_differs_in_one_number():
    net = zoo.load("xor-relu-1").network
    whats = set()
    for address, what, mutant in one_edit_networks(net):
        changed = [a for a in net.numbers if net.numbers[a] != mutant.numbers[a]]
        assert changed == [address]
        whats.add(what)
        if "step" in what:
            towards = numpy.float32("inf") if "up" in what else numpy.float32("-inf")
            expected = numpy.nextafter(numpy.float32(net.numbers[address]), towards)
            assert mutant.numbers[address] == expected
    assert whats == {"up by one step", "down by one step", "other sign", "to zero"}


@pytest.mark.parametrize("value", [0.0, 1.0, -1.0, 2.0**-149, -0.75, 3.5e38])
def test_steps_are_those_of_the_dtype(value):
    if value < 3e38:
        for sign in (1, -1):
            towards = numpy.float32(sign * numpy.inf)
            expected = float(numpy.nextafter(numpy.float32(value), towards))
            assert stepped(value, "float32", sign) == expected
    assert stepped(value, "float64", 1) == float(numpy.nextafter(value, numpy.inf))


def test_a_tied_number_is_edited_with_its_copies():
    net = Network.from_layers(
        [([[1, 1]], [0], "relu"), ([[2]], None, "identity")], ties={"w": ["x1->h1", "x2->h1"]}
    )
    mutants = list(one_edit_networks(net))
    assert {a for a, _, _ in mutants} == {"w", "h1.bias", "h1->y"}
    assert all(m["x1->h1"] == m["x2->h1"] for _, _, m in mutants)
