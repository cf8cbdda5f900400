"""The benchmarks are no part of the suite, but they must start: each goal imports, one runs."""

from __future__ import annotations

import ast
import inspect
import json
import sys
from pathlib import Path

import jax
import pytest

ROOT = Path(__file__).parents[2]
GOALS = ROOT / "benchmarks" / "goals"
PEERS = ("torch", "captum", "shapiq", "maraboupy")

if not GOALS.is_dir():
    pytest.skip("the benchmarks are in a checkout only", allow_module_level=True)

NAMES = sorted(file.stem for file in GOALS.glob("[a-z]*.py"))


@pytest.fixture(autouse=True)
def here(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT))


def goal(name):
    from benchmarks import goals

    return goals.goal(name)


def calls(tree, name):
    """The calls of a function or method of this name."""
    named = {"pair": lambda f: getattr(f, "attr", ""), "Line": lambda f: getattr(f, "id", "")}[name]
    return [n for n in ast.walk(tree) if isinstance(n, ast.Call) and named(n.func) == name]


def test_every_goal_is_listed_with_one_line(capsys):
    from benchmarks.__main__ import main

    assert main(["--list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(": ")[0] for line in lines] == NAMES
    assert len(NAMES) >= 10
    assert all(len(line.partition(": ")[2]) > 20 for line in lines)


@pytest.mark.parametrize("name", NAMES)
def test_a_goal_imports_without_peers_and_asserts_what_it_times(name, monkeypatch):
    for peer in PEERS:
        monkeypatch.setitem(sys.modules, peer, None)  # to import it is an error
    monkeypatch.delitem(sys.modules, f"benchmarks.goals.{name}", raising=False)
    module = goal(name)
    assert list(inspect.signature(module.measure).parameters) == ["clock"]
    # Ours, the peer's, and what holds the two together: here or where its lines are made.
    made = [ast.parse(inspect.getsource(module))]
    made += [
        ast.parse(inspect.getsource(sys.modules[f"benchmarks.{other}"]))
        for other in ("populations",)
        if f"benchmarks.{other}" in inspect.getsource(module)
    ]
    pairs = [call for tree in made for call in calls(tree, "pair")]
    lines = [call for tree in made for call in calls(tree, "Line")]
    assert pairs or lines
    for call in pairs:
        said = {word.arg for word in call.keywords}
        assert len(call.args) >= 4 or {"ours", "theirs"} <= said
        assert "same" in said
    assert all("checked" in {word.arg for word in call.keywords} for call in lines)


@pytest.mark.long
def test_a_goal_runs_at_a_tiny_size_and_its_line_becomes_a_row(monkeypatch, capsys):
    from benchmarks.__main__ import COLUMNS, inside, table
    from benchmarks.measuring import Clock

    module = goal("weight_ablations")  # its peer is JAX itself
    monkeypatch.setattr(module, "CASES", (((2, 3, 2), 4, 2, 1e-9),))
    with jax.numpy_rank_promotion("allow"), jax.numpy_dtype_promotion("standard"):
        inside("weight_ablations", Clock(0.0))
    (line,) = json.loads(capsys.readouterr().out)
    assert line["rounds"] == 5
    assert line["reached"] is True
    assert line["ratio"] > 0
    assert line["least_ratio"] > 0
    assert line["first"] > line["ours"] > 0
    assert line["checked"].startswith("largest difference")
    text = table([{"lines": [line], "failed": False, "name": "tiny"}])
    assert text.splitlines()[0].split()[0] == COLUMNS[0]
    assert "17 numbers of 2-3-2" in text
    assert "reached" in text


def test_results_that_differ_are_not_timed():
    from benchmarks.measuring import Clock, within

    called = []
    with pytest.raises(AssertionError, match=r"largest difference 1, more than 0\.5"):
        Clock(0.0).pair(
            "one", "two", lambda: called.append(1) or 1.0, lambda: 2.0, same=within(0.5)
        )
    assert called == [1]


def test_a_goal_that_is_not_there_is_named(capsys):
    from benchmarks.__main__ import main

    assert main(["no_such_goal"]) == 2
    assert "no goal no_such_goal. Goals: certificate" in capsys.readouterr().err


def test_goals_that_are_not_run_stay_in_the_results_file(tmp_path):
    from benchmarks.__main__ import with_kept

    about = {"device": "d", "python": "3", "packages": {"jax": "1"}}
    old, new = {"name": "b", "seconds": 1}, {"name": "a", "seconds": 2}
    file = tmp_path / "d.json"
    assert with_kept([new], file, about) == [new]
    file.write_text(json.dumps({"machine": about, "goals": [old, {"name": "a", "seconds": 9}]}))
    assert with_kept([new], file, about) == [new, old]
    assert with_kept([new], file, about | {"packages": {"jax": "2"}}) == [new]
