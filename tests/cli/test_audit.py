"""`toynets audit`: vacuity, economy and slack of an explanation."""

from __future__ import annotations

import json

import pytest

from toynets import load


def test_an_entry_in_three_parts(toynets):
    done = toynets("audit", "xor-sum", "--random", "3", "--halvings", "6", "--table")
    assert done.status == 0
    lines = done.out.splitlines()
    assert lines[0] == "the explanation of xor-sum on {0, 1}^2: exhaustive"
    assert [line for line in lines if line in ("Vacuity", "Economy", "Slack")] == [
        "Vacuity",
        "Economy",
        "Slack",
    ]
    assert "2 numbers stated for 9 weights (2 of them 0): 4.5 weights to a number" in lines
    assert "9 of 10 numbers have no slack (above 1/64 of them, or of 1)" in lines


def test_a_copy_of_the_weights_is_named_as_that(toynets, tmp_path):
    network = load("xor-relu-2").network
    data = load("xor-relu-2").explanation.to_dict()
    for weight in network.weights():
        data["weights"][weight.name]["value"] = str(weight.exact)
    data["parameters"] = {}
    data["units"] = {u: {"activation": said["activation"]} for u, said in data["units"].items()}
    data["outcomes"] = []
    file = tmp_path / "copy.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    net = tmp_path / "net.json"
    net.write_text(network.to_json(), encoding="utf-8")
    done = toynets(
        "audit",
        str(net),
        "--explanation",
        str(file),
        "--domain",
        "xor",
        "--random",
        "2",
        "--no-slack",
    )
    assert "transcribed: the weights are copied, not explained" in done.out
    assert "Slack" not in done.out


def test_a_refuted_explanation_says_so_first(toynets, tmp_path):
    file = tmp_path / "mine.json"
    file.write_text(load("xor-sum").wrong[0].explanation.to_json(), encoding="utf-8")
    done = toynets("audit", "xor-sum", "--explanation", str(file), "--random", "0", "--json")
    assert (done.status, done.data["verdict"], done.data["slack"]) == (1, "refuted", None)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("xor-sum", "--random", "-1"), "wanted is a whole number from 0 to"),
        (("xor-sum", "--halvings", "99"), "wanted is a whole number from 1 to 60"),
    ],
)
def test_wrong_use(toynets, arguments, said):
    done = toynets("audit", *arguments)
    assert done.status == 2
    assert said in done.err
