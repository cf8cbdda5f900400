"""`toynets study`: the contest and the study of a table, from the command line."""

from __future__ import annotations

import pytest

from toynets.studies.standings import DERIVED


def test_the_contest_over_some_networks(toynets):
    done = toynets("study", "contest", "xor-sum", "dead-weight", "--of", "units")
    assert done.status == 0
    lines = done.out.splitlines()
    assert lines[0] == "who predicts the ablation of units"
    first = next(line for line in lines if line.startswith("1; score"))
    assert "reads: " in first and "joint: " in first
    assert any(line.startswith(f"score: {DERIVED}; reads: numbers; zero: 1.00") for line in lines)
    assert "2 networks; an effect is the largest" in done.out


def test_the_whole_zoo_competes_where_no_name_is_given(toynets, monkeypatch):
    from toynets import studies, zoo

    asked = []

    def contest(entries, **keys):
        asked.extend(entry.name for entry in entries)
        return original(entries[:1], **keys)

    original = studies.contest
    monkeypatch.setattr(studies, "contest", contest)
    data = toynets("study", "contest", "--json").data
    assert asked == zoo.names()
    assert set(data["standings"]) == {"units", "inputs", "weights"}
    assert data["seconds"] < 10


def test_the_mean_effect_may_be_the_truth(toynets):
    done = toynets("study", "contest", "and", "--of", "inputs", "--truth", "mean", "--json")
    assert done.data["truth"] == "mean"


@pytest.mark.parametrize("form", ["svg", "png", "pdf"])
def test_a_figure_is_written_and_nothing_is_overwritten(toynets, tmp_path, form):
    file = tmp_path / f"contest.{form}"
    keys = ("study", "contest", "xor-sum", "majority-3", "--of", "weights", "--plot", str(file))
    assert f"{file} shows it." in toynets(*keys).out
    begin = {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}[form]
    content = file.read_bytes()
    assert content.startswith(begin)
    refused = toynets(*keys)
    assert refused.status == 2 and "is there already" in refused.err
    assert toynets(*keys, "--force").status == 0
    assert file.read_bytes() == content  # neither date nor chance
    if form == "svg":
        text = content.decode()
        assert all(said in text for said in ("explained: in words", "magnitude", "flip"))
        drawn = tmp_path / "the same" / "contest.svg"  # `plot contest` has one drawing with it
        drawn.parent.mkdir()
        toynets("plot", "contest", *keys[2:6], "-o", str(drawn))
        assert drawn.read_bytes() == content


def test_a_figure_of_an_unknown_form_is_refused_before_the_work(toynets, tmp_path):
    done = toynets("study", "contest", "--plot", str(tmp_path / "contest.gif"))
    assert done.status == 2
    assert "does not end in .pdf, .svg, .json, .tex, .png" in done.err


def test_a_small_study_of_another_table(toynets):
    keys = ("--task", "majority-3", "--matter", "x1,x2", "--hidden", "2", "--steps", "4")
    done = toynets("study", "tabular", *keys, "--seeds", "3", "--seed", "1")
    assert done.status == 0
    assert "how often x1 and x2 come first, in % of 3 networks" in done.out
    assert "are negative weights as important as positive ones?" in done.out
    assert "3 networks 3-2-1 relu, seed 1, 4 steps on 8 rows" in done.out
    assert "accuracy on 8 rows, those that were trained on" in done.out  # too few to hold some out
    assert "standardised, decay: " in done.out and "raw" not in done.out  # it has no other units
    assert "not y: " in done.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("tabular", "--of", "units"), "the study tabular takes no --of"),
        (("tabular", "xor-sum"), "the study tabular takes no xor-sum"),
        (("contest", "xor-sum", "a.json"), "networks of the zoo, and a.json is a file"),
        (("contest", "--seeds", "3"), "the study contest takes no --seeds"),
        (("contest", "xor-summ"), "no network xor-summ"),
        (("tabular", "--task", "majority-3"), "none of 3 is said to"),
        (("tabular", "--seeds", "0"), "--seeds: wanted is a whole number from 1"),
        (("census",), "invalid choice: 'census'"),
    ],
)
def test_what_does_not_fit_is_refused(toynets, arguments, said):
    done = toynets("study", *arguments)
    assert done.status == 2
    assert said in done.err
