"""`toynets census` and `toynets snap` at the command line."""

from __future__ import annotations

import json

import pytest

from toynets.network import Network


@pytest.fixture(scope="module")
def left(tmp_path_factory):
    return tmp_path_factory.mktemp("census") / "left.json"


def test_a_census_is_printed_with_families_plateaus_and_seconds(toynets, left):
    done = toynets("census", "xor", "--runs", "24", "--unexplained", str(left), "--table")
    assert done.status == 0
    lines = done.out.splitlines()
    assert " of 24 runs converged; " in lines[0]
    assert lines[1] == "census of xor, 2 relu units, 24 runs"
    assert lines[2].split() == [
        "family", "share", "verified", "fitted", "shared", "for", "one,", "run", "formula",
    ]  # fmt: skip
    assert "where failed runs are stuck" in lines
    assert any(line.startswith("seed 0, ") and line.endswith(" s") for line in lines)
    data = json.loads(left.read_text(encoding="utf-8"))
    assert (data["task"], data["runs"], data["unexplained"]) == ("xor", 24, [])


def test_a_file_is_not_overwritten_and_that_is_said_before_the_training(toynets, tmp_path):
    there = tmp_path / "there.json"
    there.write_text("mine", encoding="utf-8")
    done = toynets("census", "xor", "--runs", "24", "--unexplained", str(there))
    assert done.status == 2
    assert "is there already" in done.err
    assert there.read_text(encoding="utf-8") == "mine"


def test_the_census_as_json_has_these_keys(toynets):
    data = toynets("census", "xor", "--runs", "24", "--json").data
    assert list(data) == [
        "task", "hidden", "activation", "runs", "converged", "explained", "families", "failures",
        "seconds",
    ]  # fmt: skip
    assert list(data.values())[:4] == ["xor", 2, "relu", 24]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("xro",), "no task xro.* Nearest: xor"),
        (("xor", "--activation", "gelu"), "relu or tanh units, but got activation='gelu'"),
        (("xor", "--hidden", "5"), "1 to 4 hidden units, but got hidden=5"),
        (("xor", "--runs", "0"), "--runs: wanted is a whole number from 1"),
        (("xor", "--seed", "-1"), "--seed: wanted is a whole number from 0"),
        (("max-2", "--activation", "tanh"), "targets of max-2 are not all 0 or 1"),
        (("xor", "--runs", "many"), "wanted is a whole number"),
    ],
)
def test_a_census_that_cannot_be_is_refused(toynets, arguments, said):
    import re

    done = toynets("census", *arguments)
    assert done.status == 2
    assert re.search(said, done.err)


def test_a_census_of_no_run_is_refused_by_the_function_as_well():
    from toynets.census import take_census
    from toynets.errors import ToynetsError

    with pytest.raises(ToynetsError, match="at least 1 run, but got runs=0"):
        take_census("xor", 2, runs=0)


def test_snap_of_the_zoo(toynets, tmp_path):
    small = tmp_path / "small.json"
    done = toynets("snap", "xor-relu-1", "-o", str(small), "--table")
    assert done.status == 0
    assert done.out.startswith("xor-relu-1 snapped to multiples of 1\n")
    assert "computes the task exactly: yes." in done.out
    assert "22 interventions of smaller changes: --all lists them" in done.out
    again = toynets("snap", str(small), "--task", "xor", "--json")
    assert again.status == 0
    assert again.data["moved"] == {}
    assert again.data["correct"] is True
    assert Network.from_dict(again.data["network"])["x1->h1"] == 1


def test_all_lists_every_intervention(toynets):
    done = toynets("snap", "xor-relu-1", "--all", "--table")
    table = done.out.split("what the snapping changes")[1].splitlines()[2:]
    assert len(table) == len(toynets("snap", "xor-relu-1", "--json").data["effects"]) == 30


def test_what_loses_the_task_is_refuted(toynets, tmp_path):
    far = tmp_path / "far.json"
    network = Network.from_layers(
        [([[0.4, -0.4], [-1, 1]], [0, 0], "relu"), ([[1, 1]], [0], "identity")], round=True
    )
    far.write_text(network.to_json(), encoding="utf-8")
    done = toynets("snap", str(far), "--task", "xor", "--denominator", "1")
    assert done.status == 1
    assert "computes the task exactly: no." in done.out
    assert toynets("snap", str(far), "--denominator", "3").status == 2
    assert toynets("snap", "xor-relu-1", "--task", "and").status == 2


def test_the_steps_that_the_help_and_the_readme_speak_of_are_those_of_the_recipes(toynets):
    from pathlib import Path

    from toynets.census.recipes import RECIPES as OF_A_CENSUS
    from toynets.training import RECIPES

    def steps(recipe):
        return sum(phase["steps"] for phase in recipe["phases"])

    one = [steps(RECIPES[name]) for name in ("annealed", "classify")]
    many = [steps(OF_A_CENSUS[name]) for name in ("relu", "tanh")]
    train = " ".join(toynets("train", "--help").out.split())
    assert f"By default {one[0]} steps are made where values are learned, {one[1]} where" in train
    assert f"a census makes {many[0]} (relu), {many[1]} (tanh)" in train
    census = " ".join(toynets("census", "--help").out.split())
    assert f"A run makes {many[0]} steps (relu) or {many[1]} (tanh)" in census
    assert f"makes {one[0]} or {one[1]} unless" in census
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    assert f"steps in ({one[0]:_}, {many[0]:_})" in readme
    high = max(OF_A_CENSUS["relu"]["phases"], key=lambda phase: phase["steps"])
    usual = max(phase["learning_rate"] for phase in RECIPES["annealed"]["phases"])
    assert f"{high['steps']:,} of them at a higher rate" in readme
    assert high["learning_rate"] > usual
