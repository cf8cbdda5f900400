"""`toynets verify` and `new-explanation`: verdicts, exit status, work in progress."""

from __future__ import annotations

import json

import pytest

from toynets.explanation import Explanation
from toynets.zoo import load

ROW = {
    "name",
    "verdict",
    "claim",
    "hash",
    "trained",
    "cases",
    "agreed_decisions",
    "agreed_values",
    "worst",
    "coverage",
    "numbers_stated",
    "weights_explained",
    "wrong_explanations",
}


@pytest.fixture
def mine(tmp_path):
    """Write an explanation of xor-sum, with changes, and return its file."""

    def write(**changes: str) -> str:
        data = load("xor-sum").explanation.to_dict()
        for outcome in data["outcomes"]:
            if outcome["intervention"] in changes:
                outcome["outputs"]["y"] = changes[outcome["intervention"]]
        if "blank" in changes:
            data["weights"][changes["blank"]]["value"] = ""
        file = tmp_path / "mine.json"
        file.write_text(json.dumps(data), encoding="utf-8")
        return str(file)

    return write


def test_one_network_is_reported_in_full(toynets):
    done = toynets("verify", "xor-sum")
    assert done.status == 0
    assert "exhaustive" in done.out
    assert "weights 9/9, units 3/3, ablations 2/2" in done.out
    assert load("xor-sum").network.hash[:12] in done.out


def test_another_domain_is_the_one_that_is_verified(toynets):
    # abs with h1.bias = 1 is x1 + 1 + max(-x1, 0) on [-1, 1], not on [-9, 9].
    done = toynets("verify", "abs", "--domain", "[-9,9]")
    assert done.status == 1
    assert '"with h1.bias = 1: x1 + 1 + max(-x1, 0)", input -9' in done.out
    for more in (["--wrong"], ["xor-sum"]):
        done = toynets("verify", "abs", *more, "--domain", "[-9,9]")
        assert done.status == 2 and "a domain of its own" in done.err


def test_a_wrong_explanation_prints_the_smallest_counterexample_first(toynets, mine):
    done = toynets("verify", "xor-sum", "--explanation", mine(**{"h2 = 0": "x1 or x2"}))
    assert done.status == 1
    assert done.out.splitlines()[:2] == [
        'refuted. Smallest counterexample: "without h2: x1 or x2", input 11: '
        "you say 1, the network gives 2.",
        "  (right on every clean input, 4 of 4; wrong in 1 of 4 inputs without h2)",
    ]


def test_the_file_says_which_network_it_is_about(toynets, mine):
    assert toynets("verify", "--explanation", mine()).status == 0


def test_work_in_progress_is_a_normal_state_with_a_progress_line(toynets, mine):
    done = toynets("verify", "--explanation", mine(blank="h2->y"))
    assert done.status == 3
    assert "8 of 9 weights" in done.out
    assert "next blank: h2->y" in done.out


def test_a_new_explanation_is_blank_reads_back_and_can_be_verified_at_once(
    toynets, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    done = toynets("new-explanation", "xor-sum")
    assert done.status == 0
    assert "toynets verify --explanation xor-sum-mine.json" in done.out
    blank = Explanation.from_json((tmp_path / "xor-sum-mine.json").read_text(encoding="utf-8"))
    assert len(blank.blanks) == 9 + 3
    assert toynets("verify", "--explanation", "xor-sum-mine.json").status == 3


def test_nothing_is_overwritten_unasked(toynets, tmp_path):
    file = tmp_path / "mine.json"
    file.write_text("precious", encoding="utf-8")
    done = toynets("new-explanation", "xor-sum", "-o", str(file))
    assert done.status == 2
    assert "is there already, and nothing is overwritten unasked" in done.err
    assert file.read_text(encoding="utf-8") == "precious"
    assert toynets("new-explanation", "xor-sum", "-o", str(file), "--force").status == 0
    assert file.read_text(encoding="utf-8").startswith("{")
    assert [p.name for p in tmp_path.iterdir()] == ["mine.json"]


@pytest.mark.parametrize("option", [("-o", "-"), ("--json",)])
def test_a_new_explanation_is_printed_on_request(toynets, tmp_path, monkeypatch, option):
    monkeypatch.chdir(tmp_path)
    done = toynets("new-explanation", "xor-sum", *option)
    assert done.data["about"] == "xor-sum"
    assert list(tmp_path.iterdir()) == []


def test_several_networks_are_a_table_with_their_wrong_explanations(toynets):
    cases = str(toynets("verify", "xor-sum", "--json").data["cases"])
    done = toynets("verify", "and", "xor-sum", "--table")
    assert done.status == 0
    lines = done.out.splitlines()
    assert lines[0].split("  ")[0] == "network"
    assert [line.split()[0] for line in lines[1:3]] == ["and", "xor-sum"]
    assert lines[2].split()[1:7] == ["exhaustive", "value", "exact", "100", "%", cases]
    tried = len(load("and").wrong) + len(load("xor-sum").wrong)
    said = f"{tried} of {tried} wrong explanations refuted by the check that they name."
    assert said in lines[-1]


def test_the_overview_as_data_has_the_agreed_keys(toynets):
    done = toynets("verify", "not", "xor-sum", "--json")
    assert set(done.data) == {"networks", "seconds"}
    assert [row["name"] for row in done.data["networks"]] == ["not", "xor-sum"]
    for row in done.data["networks"]:
        assert set(row) == ROW
        assert set(row["coverage"]) == {"weights", "units", "ablations"}
        assert row["wrong_explanations"]["tried"] == row["wrong_explanations"]["refuted"] >= 3
        assert row["agreed_values"] == row["agreed_decisions"] == row["cases"]


def test_no_name_means_all(toynets, monkeypatch):
    from toynets import zoo

    monkeypatch.setattr(zoo, "names", lambda: ["not"])
    assert [n["name"] for n in toynets("verify", "--json").data["networks"]] == ["not"]
    assert (
        toynets("verify", "--all", "--json").data["networks"]
        == (toynets("verify", "--json").data["networks"])
    )


def test_wrong_explanations_are_listed_on_request(toynets):
    done = toynets("verify", "xor-sum", "--wrong")
    assert "wrong explanation or-minus-and: h1 is OR and h2 is AND" in done.out
    assert "  refuted by outcomes: " in done.out
    listed = toynets("verify", "xor-sum", "--wrong", "--json").data["wrong_explanations"]
    assert [w["name"] for w in listed] == [w.name for w in load("xor-sum").wrong]


def test_a_wrong_explanation_that_survives_is_a_failure(toynets, monkeypatch):
    from toynets.api import overview
    from toynets.fields import replace

    entry = load("not")
    harmless = replace(entry.wrong[0], name="harmless", stated=entry.stated)
    monkeypatch.setattr(overview, "load", lambda name: replace(entry, wrong=(harmless,)))
    done = toynets("verify", "not", "or")
    assert done.status == 1
    assert 'the wrong explanation "harmless" must be refuted by' in done.out
    assert "nothing refutes it" in done.out


def test_a_refuted_network_in_the_overview_gives_its_counterexample(toynets, monkeypatch):
    from toynets.api import overview
    from toynets.fields import replace

    entry = load("xor-sum")
    broken = replace(entry, stated=entry.wrong[0].stated, wrong=())
    monkeypatch.setattr(overview, "load", lambda name: broken)
    done = toynets("verify", "xor-sum", "or")
    assert done.status == 1
    assert 'xor-sum: refuted. "without h2: x1 or x2", input 11' in done.out


def test_a_small_budget_is_sampled_and_said(toynets):
    done = toynets("verify", "xor-sum", "--cases", "50", "--json")
    assert done.data["verdict"] == "sampled"
    assert done.status == 0


def test_the_counts_of_one_report_agree_with_the_overview(toynets):
    one = toynets("verify", "xor-sum", "--json").data
    row = toynets("verify", "xor-sum", "not", "--json").data["networks"][0]
    assert {k: one[k] for k in ("verdict", "hash", "cases", "worst")} == {
        k: row[k] for k in ("verdict", "hash", "cases", "worst")
    }


def test_one_line_of_a_blank_file_is_judged_and_nothing_else_is_praised(toynets, tmp_path):
    file = tmp_path / "mine.json"
    toynets("new-explanation", "xor-sum", "-o", str(file))
    blank = json.loads(file.read_text(encoding="utf-8"))
    (outcome,) = [o for o in blank["outcomes"] if o["intervention"] == "h2 = 0"]
    outcome["outputs"]["y"] = "x1 or x2"
    file.write_text(json.dumps(blank), encoding="utf-8")
    lines = toynets("verify", "xor-sum", "--explanation", str(file)).out.splitlines()
    assert lines[1] == "  (wrong in 1 of 4 inputs without h2)"
    assert "economy   no number yet" in lines
    assert not [line for line in lines if "0 of 0" in line or "all hold" in line]
