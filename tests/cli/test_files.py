"""Networks and explanations of one's own, as files; `diff` and `train`."""

from __future__ import annotations

import json

import pytest

from toynets.network import Network
from toynets.zoo import load


@pytest.fixture
def net(tmp_path) -> str:
    file = tmp_path / "net.json"
    file.write_text(load("xor-sum").network.to_json(), encoding="utf-8")
    return str(file)


def test_a_file_of_a_network_can_be_shown(toynets, net):
    done = toynets("show", net, "--table")
    assert done.out.splitlines()[1].split("  ")[0] == "weight"
    assert "domain: {0, 1}^2 is assumed, because none was given." in done.out
    assert toynets("show", net, "h2:y").status == 0


def test_a_domain_can_be_given_with_the_file(toynets, net):
    data = toynets("show", net, "--domain", "1/2,1/2; 1,1", "--json").data
    assert data["clean"] == [["1"], ["0"]]
    data = toynets("ablate", net, "h2 = 0", "--domain", "xor", "--json").data
    assert data["domain"] == "{0, 1}^2"
    assert "points" in toynets("show", net, "--domain", "[-1,1]^2").out


@pytest.mark.parametrize(
    "arguments",
    [("trace", "1,1"), ("ablate", "h2 = 0"), ("roles",), ("new-explanation", "-o", "-")],
)
def test_a_file_stands_wherever_a_name_does(toynets, net, arguments):
    command, *rest = arguments
    assert toynets(command, net, *rest).status == 0


def test_an_explanation_of_a_file_is_verified_against_it(toynets, net, tmp_path):
    mine = tmp_path / "mine.json"
    mine.write_text(load("xor-sum").explanation.to_json(), encoding="utf-8")
    assert toynets("verify", net, "--explanation", str(mine)).status == 0


def test_a_new_explanation_of_a_file_says_which_file(toynets, net, tmp_path):
    mine = tmp_path / "mine.json"
    assert toynets("new-explanation", net, "-o", str(mine)).status == 0
    done = toynets("verify", "--explanation", str(mine))
    assert done.status == 3
    assert "0 of 9 weights" in done.out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "is not JSON: Expecting property name enclosed in double quotes at line 1, column 2"),
        ("[1]", 'has no "format" that is read here'),
        ('{"format": "toynets-network/9"}', "but 'toynets-network/9'"),
        ('{"format": "toynets-network/1"}', "a network lacks dtype, inputs, layers"),
        ('{"format": "toynets-explanation/1"}', "the explanation names no unit"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(toynets, tmp_path, text, said):
    file = tmp_path / "broken.json"
    file.write_text(text, encoding="utf-8")
    done = toynets("show", str(file))
    assert done.status == 2
    assert "broken.json" in done.err
    assert said in done.err


def test_a_file_in_another_encoding_is_named(toynets, tmp_path):
    file = tmp_path / "wide.json"
    file.write_bytes("{}".encode("utf-16"))
    assert "is not text in UTF-8" in toynets("show", str(file)).err


def test_a_byte_order_mark_does_no_harm(toynets, tmp_path):
    file = tmp_path / "net.json"
    file.write_text(load("not").network.to_json(), encoding="utf-8-sig")
    assert toynets("show", str(file)).status == 0


def test_an_explanation_in_the_place_of_a_network_is_told_so(toynets, tmp_path):
    file = tmp_path / "mine.json"
    file.write_text(load("not").explanation.to_json(), encoding="utf-8")
    done = toynets("show", str(file))
    assert "is an explanation, not a network" in done.err
    assert f"toynets verify not --explanation {file}" in done.err


def test_a_network_in_the_place_of_an_explanation_is_told_so(toynets, net):
    assert "is a network, not an explanation" in toynets("verify", "--explanation", net).err


def test_two_networks_differ_in_weights_and_outcomes(toynets):
    data = toynets("diff", "xor-sum", "xor-difference", "--json").data
    found = {(d["what"], d["name"]): (d["a"], d["b"]) for d in data["differences"]}
    assert found["weight", "h2->y"] == ("-2", "1")
    assert found["outcome", "h2 = 0, input 11 (most of 2 that differ)"] == ("2", "0")
    assert not any(what == "outcome" and "clean" in name for what, name in found)


def test_a_network_does_not_differ_from_its_own_file(toynets, net):
    done = toynets("diff", "xor-sum", net)
    assert "nothing differs" in done.out
    assert "the hash is the same" in done.out
    assert toynets("diff", "xor-sum", net, "--json").data["same"] is True


def test_a_rescaled_network_is_called_equal_up_to_gauge(toynets, tmp_path):
    from toynets.symmetry import rescale

    file = tmp_path / "scaled.json"
    file.write_text(rescale(load("xor-sum").network, "h2", 2).to_json(), encoding="utf-8")
    done = toynets("diff", "xor-sum", str(file))
    assert "h2->y" in done.out
    assert "equal up to gauge" in done.out
    assert "equal up to gauge" not in toynets("diff", "xor-sum", "xor-difference").out


def test_two_explanations_differ_in_what_they_say(toynets, tmp_path):
    data = load("xor-sum").explanation.to_dict()
    data["units"]["h1"]["concept"] = "x1 or x2"
    data["weights"]["h2->y"]["value"] = "-3"
    file = tmp_path / "mine.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    found = toynets("diff", "xor-sum", str(file), "--json").data["differences"]
    assert [(d["what"], d["name"], d["a"], d["b"]) for d in found] == [
        ("weight", "h2->y", "-2", "-3"),
        ("unit concept", "h1", "x1 + x2", "x1 or x2"),
    ]


def test_a_network_file_is_not_compared_with_an_explanation(toynets, net, tmp_path):
    mine = tmp_path / "mine.json"
    mine.write_text(load("xor-sum").explanation.to_json(), encoding="utf-8")
    assert (
        "is a network, and the other side is an explanation" in toynets("diff", net, str(mine)).err
    )


def test_training_prints_what_it_found_and_keeps_it(toynets, tmp_path):
    file = tmp_path / "trained.json"
    done = toynets("train", "and", "--steps", "20", "--seed", "3", "-o", str(file))
    assert done.status == 0
    assert "seed 3, 20 steps" in done.out
    network = Network.from_json(file.read_text(encoding="utf-8"))
    assert network.sizes == (2, 1, 1)
    assert toynets("show", str(file), "--domain", "and").status == 0
    again = toynets("train", "and", "--steps", "20", "--seed", "3", "--json").data
    assert Network.from_dict(again["network"]).hash == network.hash


def test_training_does_not_begin_where_the_file_is_there(toynets, tmp_path):
    file = tmp_path / "trained.json"
    file.write_text("precious", encoding="utf-8")
    done = toynets("train", "and", "--steps", "20", "-o", str(file))
    assert done.status == 2
    assert "nothing is overwritten unasked" in done.err
    assert file.read_text(encoding="utf-8") == "precious"


def test_a_task_that_was_not_learnt_is_said(toynets):
    assert "That is not the task yet" in toynets("train", "xor", "--steps", "1").out
