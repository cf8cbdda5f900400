"""The table of every weight."""

from __future__ import annotations

import pytest

from toynets import exact
from toynets.api.formatting import brief, rounded, signed
from toynets.api.showing import show
from toynets.network import Network
from toynets.rationals import rational
from toynets.zoo import load, names


@pytest.mark.parametrize("name", names())
def test_every_network_of_the_zoo_is_shown_weight_by_weight(name):
    entry = load(name)
    shown = show(entry)
    rows = shown.weights.to_dict()["rows"]
    assert [row["weight"] for row in rows] == list(entry.network.numbers)
    assert all(row["role"] or row["why"] for row in rows)
    assert [row["unit"] for row in shown.units.to_dict()["rows"]] == list(entry.network.units)


def test_an_outcome_is_that_of_the_weight_set_to_0():
    entry = load("xor-sum")
    rows = {row["weight"]: row for row in show(entry).weights.to_dict()["rows"]}
    for weight, row in rows.items():
        found = [
            exact.run(entry.network, x, f"{weight} = 0").to_dict()["y"] for x in entry.task.domain
        ]
        assert [y for (y,) in row["without"]] == found


def test_the_stated_value_has_a_column_where_it_differs_from_the_stored_one():
    assert "stated" in show("xor-relu-1").weights.columns
    assert "stated" not in show("xor-sum").weights.columns


def test_a_change_below_the_tolerance_counts_as_none_and_is_said():
    rows = {row["weight"]: row for row in show("xor-relu-1").weights.to_dict()["rows"]}
    assert not rows["y.bias"]["changes"]
    assert rows["y.bias"]["value"] != "0"
    assert "rounded to" in " ".join(show("xor-relu-1").notes)


def test_of_many_inputs_those_that_change_are_counted():
    text = str(show("symmetry-1986"))
    assert "changes on … of 64 inputs" in text
    assert "most on" in text


def test_tied_weights_are_said_to_go_together():
    tied = Network.from_layers(
        [([[1, 1]], [0], "relu"), ([[1]], [0], "identity")], ties={"w": ["x1->h1", "x2->h1"]}
    )
    assert "w is one number in 2 places" in " ".join(show(tied).notes)


def test_plain_lines_have_no_runs_of_spaces():
    lines = show("xor-sum").weights.plain().splitlines()[1:]
    assert len(lines) == 9
    assert all("  " not in line for line in lines)
    assert lines[2].endswith(": 0 1 1 0, nothing changes: it is already 0")


@pytest.mark.parametrize(
    ("value", "tolerance", "text"),
    [
        ("1/2", "0", "1/2"),
        ("1/3", "0", "1/3"),
        ("0.123456", "0", "0.1235"),
        ("0.99999", "1/1000", "1"),
        ("-0.00001", "1/1000", "0"),
        ("-0.00001", "0", "0.0000"),
        ("0.123456", "1/10", "0.12"),
        ("12345678.5", "0", "1.235e+07"),
    ],
)
def test_an_outcome_is_rounded_as_its_tolerance_warrants(value, tolerance, text):
    assert rounded(rational(value), rational(tolerance)) == text


def test_effects_have_their_sign():
    values = [rational(v) for v in ("2", "0", "-1/2")]
    assert [signed(v) for v in values] == ["+2", "0", "-1/2"]
    assert [brief(v) for v in values] == ["2", "0", "-1/2"]
