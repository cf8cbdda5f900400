"""`toynets importance`: its tables, its restriction to one feature and one class, its JSON."""

from __future__ import annotations

import pytest

from toynets.importance import scores_of


def test_without_more_all_that_can_be_compared_is(toynets):
    done = toynets("importance", "dead-weight")
    assert done.status == 0
    heads = [line for line in done.out.splitlines() if line.startswith("dead-weight  importance")]
    assert [head.split()[3] for head in heads] == ["units", "inputs", "weights"]
    assert "score: olden; h1: 1; h2: 1024; vs zero: -1.00" in done.out
    assert "score: effect of zero; h1: 1; h2: 0" in done.out
    assert done.out.count("effect: largest |outcome - clean output| over the domain; exact") == 1


def test_one_unit_is_not_compared_with_itself(toynets):
    done = toynets("importance", "and", "--json")
    assert [one["of"] for one in done.data["importance"]] == ["inputs", "weights"]


def test_one_feature_and_one_class(toynets):
    keys = ("importance", "majority-3", "--from", "x1", "--to", "y", "--json")
    done = toynets(*keys, "--of", "weights")
    (found,) = done.data["importance"]
    assert (found["source"], found["targets"]) == ("x1", ["y"])
    assert found["players"] == ["x1->h1", "x1->h2", "h1->y", "h2->y"]
    assert found["effects"]["cut"]["values"]["x1->h1"] == 0.5
    assert [one["of"] for one in toynets(*keys).data["importance"]] == ["units", "weights"]


def test_another_domain_is_the_one_that_is_weighed(toynets):
    # By hand: h1 of xor-sum is 0, 1, 1, 2 and its weight to y 1; h2 is 0 but on 11.
    done = toynets("importance", "xor-sum", "--of", "units", "--domain", "0,0;0,1")
    assert "score: effect of zero; h1: 1; h2: 0\n" in done.out
    assert "over 2 listed inputs" in done.out


def test_explain_says_of_every_score_what_it_computes_answers_and_is_from(toynets):
    done = toynets("importance", "xor-sum", "--of", "weights", "--explain")
    lines = {line.partition(": ")[0]: line for line in done.out.splitlines()}
    for score in scores_of("weights"):
        said = lines[score.name]
        assert score.question in said and score.formula in said and score.source in said


def test_the_mean_effect_may_be_the_truth(toynets):
    keys = ("importance", "xor-sum", "--of", "units", "--json")
    effect = {
        truth: toynets(*keys, "--truth", truth).data["importance"][0]["effects"]["zero"]["values"]
        for truth in ("largest", "mean")
    }
    assert effect == {"largest": {"h1": 2, "h2": 2}, "mean": {"h1": 1, "h2": 0.5}}


def test_a_file_of_ones_own(toynets, tmp_path):
    from toynets.zoo import load

    file = tmp_path / "mine.json"
    file.write_text(load("dead-weight").network.to_json())
    done = toynets("importance", str(file), "--of", "units", "--domain", "[0,3]^2", "--json")
    (found,) = done.data["importance"]
    assert found["domain"] == "64 points of [0, 3]^2, seed 0"
    assert found["effects"]["zero"]["values"]["h2"] == 1024  # awake at x2 = 3
    said = toynets("importance", str(file), "--of", "units", "--domain", "[0,3]^2").out
    assert "over 64 points of [0, 3]^2, seed 0" in said
    assert "at the 64 points of [0, 3]^2 (" in said and "48 of" not in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--from", "x9"), r"no input x9 in xor-sum\. Inputs: x1, x2"),
        (("--to", "h1"), r"no output h1 in xor-sum\. Outputs: y"),
        (("--of", "neurons"), "invalid choice: 'neurons'"),
    ],
)
def test_what_is_not_there_is_refused(toynets, arguments, said):
    import re

    done = toynets("importance", "xor-sum", *arguments)
    assert done.status == 2
    assert re.search(said, done.err)


def test_nothing_to_compare_is_said(toynets):
    done = toynets("importance", "and", "--from", "x1", "--of", "units")
    assert done.status == 0  # one unit, but it was asked for
    assert "importance of units from x1 to y" in done.out
