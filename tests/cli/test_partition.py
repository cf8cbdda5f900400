"""`toynets partition`: the classes of a unit, the grade of its concept, and claims in concepts."""

from __future__ import annotations

import pytest

from toynets import load


def test_every_hidden_unit_by_both_levels(toynets):
    done = toynets("partition", "xor-sum", "--table")
    assert done.status == 0
    rows = [line.split() for line in done.out.splitlines()[2:]]
    assert [(r[0], r[1]) for r in rows] == [
        ("h1", "value"),
        ("h1", "decision"),
        ("h2", "value"),
        ("h2", "decision"),
    ]
    assert rows[1][-2:] == ["too", "fine"]


def test_one_unit_says_the_relation_and_the_runs(toynets):
    done = toynets("partition", "xor-sum", "h1", "--concept", "x1 or x2", "--table")
    assert "concept x1 or x2: too coarse by value: it merges 01 and 11" in done.out
    assert "concept x1 or x2: exact by decision" in done.out
    assert done.out.count("relation: two inputs are alike if") == 2
    one = toynets("partition", "xor-sum", "h1", "--level", "value")
    assert one.out.count("relation:") == 1


def test_a_network_from_a_file_with_a_domain(toynets, tmp_path):
    file = tmp_path / "mine.json"
    file.write_text(load("xor-sum").network.to_json(), encoding="utf-8")
    done = toynets("partition", str(file), "h1", "--domain", "0,1;1,1", "--json")
    (found,) = done.data["partitions"]  # no decision rule is known, so by value alone
    assert [c["inputs"] for c in found["classes"]] == [["01"], ["11"]]
    assert found["grade"] is None
    assert "is assumed" in toynets("partition", str(file)).out


def test_an_explanation_of_your_own_is_graded(toynets, tmp_path):
    file = tmp_path / "mine.json"
    wrong = next(w for w in load("xor-sum").wrong if w.name == "counter-is-or")
    file.write_text(wrong.explanation.to_json(), encoding="utf-8")
    done = toynets("partition", "xor-sum", "h1", "--explanation", str(file), "--json")
    assert [p["grade"]["grade"] for p in done.data["partitions"]] == ["too coarse", "exact"]


def test_a_claim_that_interchange_refutes(toynets):
    done = toynets("partition", "xor-sum", "--claim", "h1: x1 != x2; y: h1")
    assert done.status == 1
    assert "cases: clean inputs; right: 4 of 4" in done.out
    assert "refuted by interchange: input 00 with h1 taken from 11" in done.out
    right = "h1: x1 + x2; h2: x1 and x2; y: h1 - 2*h2"
    held = toynets("partition", "xor-sum", "--claim", right, "--level", "value", "--json")
    assert (held.status, held.data["verdict"]) == (0, "exhaustive")


def test_over_the_budget_is_unknown(toynets):
    done = toynets("partition", "xor-sum", "h1", "--cases", "10")
    assert done.status == 3
    assert "unknown, 4 inputs make 16 swaps, over the limit of 10" in done.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("xor-sum", "--concept", "x1"), "--concept is about one unit"),
        (("xor-sum", "h9"), "no unit h9"),
        (("abs", "h1", "--level", "decision"), "has no decision rule"),
        (("xor-sum", "h1", "--within", "0,5"), "write 0.5"),
        (("xor-sum", "h1", "--cases", "0"), "wanted is a whole number from 1"),
        (("xor-sum", "--claim", "h1: x1; y: h1", "--within", "-1"), "is a number of at least 0"),
    ],
)
def test_wrong_use(toynets, arguments, said):
    done = toynets("partition", *arguments)
    assert done.status == 2
    assert said in done.err


def test_the_name_of_the_classes_is_in_the_names_of_the_network_and_can_be_typed_back(
    toynets, tmp_path
):
    from toynets.network import Network

    net = Network.from_layers(
        [([[2, -2, 0], [0, 1, 0]], [0, 0], "relu"), ([[1, 3]], [0], "identity")],
        inputs=["a", "b", "x1"],
    )
    (tmp_path / "net.json").write_text(net.to_json(), encoding="utf-8")
    file = str(tmp_path / "net.json")
    found = [
        toynets("partition", file, unit, "--json").data["partitions"][0] for unit in net.hidden
    ]
    assert [p["name"] for p in found] == ["a and not b", "b alone"]
    typed = toynets("partition", file, "h1", "--concept", found[0]["name"], "--json").data
    assert typed["partitions"][0]["grade"]["grade"] == "exact"


def test_a_prediction_is_told_in_the_names_of_the_network(toynets, tmp_path):
    from toynets.network import Network

    net = Network.from_layers(
        [([[1, 0], [0, 1]], [0, 0], "relu"), ([[1, 2]], [0], "identity")], inputs=["a", "x1"]
    )
    (tmp_path / "net.json").write_text(net.to_json(), encoding="utf-8")
    typed = ("ablate", str(tmp_path / "net.json"), "h2 = 0", "--predict")
    assert "Without h2 the network's table is a alone." in toynets(*typed, "0,0,1,1").out
    assert (
        "Your table is x1 alone; without h2 the network gives a alone."
        in toynets(*typed, "0,1,0,1").out
    )
