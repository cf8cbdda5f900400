"""`toynets plot` and `toynets figures`, from the command line."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest

from toynets.network import Network


@pytest.fixture
def net(tmp_path):
    """A network that is not from the zoo, as a file."""
    path = tmp_path / "net.json"
    made = Network.from_layers(
        [([[1, "-1/2"], [2, 1]], [0, -1], "relu"), ([[1, -3]], ["1/4"], "identity")]
    )
    path.write_text(made.to_json())
    return path


@pytest.mark.parametrize(
    "kind",
    [
        "diagram",
        "matrix",
        "trace",
        "ablation-table",
        "ablation-matrix",
        "regions",
        "hidden-space",
        "lattice",
    ],
)
def test_a_figure_of_ones_own_network(toynets, net, tmp_path, kind):
    out = tmp_path / "mine.svg"
    done = toynets("plot", kind, str(net), "-o", str(out))
    assert (done.status, done.err) == (0, "")
    text = out.read_text(encoding="utf-8")
    assert "<desc" in text and 'role="img"' in text
    assert str(out) in done.out and "2-2-1 relu" in done.out
    assert toynets("plot", kind, str(net), "-o", str(out)).status == 2  # it is there already


def test_data_and_latex(toynets, net, tmp_path):
    out = tmp_path / "mine.pdf"
    done = toynets("plot", "diagram", str(net), "-o", str(out), "--style", "dark,slide")
    assert rf"in LaTeX: \includegraphics{{{out}}}" in done.out
    data = toynets("plot", "diagram", str(net), "-o", str(tmp_path / "m.json"), "--json").data
    assert data == {
        "file": str(tmp_path / "m.json"),
        **json.loads((tmp_path / "m.json").read_text()),
    }
    assert data["numbers"]["weights"]["h2->y"] == -3


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (("diagrm", "xor-sum"), "no kind diagrm"),
        (("diagram",), "a figure is of a kind and of a network"),
        (("diagram", "xor-sum", "-o", "x.gif"), r"x.gif does not end in .pdf, .svg"),
        (("diagram", "xor-sum", "-o", "x.svg", "--style", "drak"), "no style drak"),
        (("regions", "parity-3", "-o", "x.svg"), "a map has two inputs"),
        (("trace", "xor-sum", "-o", "x.svg", "--x", "1,0"), "the kind trace takes no x"),
        (("pictures", "bars", "-o", "x.svg", "--shape", "4"), "wanted is rows and columns"),
        (("diagram", "xor-sum", "--hidden", "2"), "the kind diagram takes no --hidden"),
        (("diagram", "xor-sum", "abs"), "diagram is drawn of one network, but got 2"),
        (("contest", "xor-sum", "--runs", "3"), "the kind contest takes no --runs"),
        (("contest", "--domain", "boolean"), "it is of one network and its inputs"),
        (("contest", "a.json", "b.json"), "networks of the zoo, and a.json is a file"),
        (("contest", "not"), "no score of units has a standing"),
        (("atlas",), "the kind atlas is of one task, but got none"),
        (("atlas", "parity-4"), "a table of 16 inputs is too wide: 8 fit"),
        (("rank-stability", "majority-3"), "none of 3 is said to"),
        (("rank-stability", "--setting", "rw"), "there is no setting rw of tabular"),
        (("rank-stability", "--bait", "v99"), "no input v99"),
        (("learning-curves", "and", "--seeds", "7"), "1 to 6 curves can be told apart"),
    ],
)
def test_wrong_use(toynets, tmp_path, monkeypatch, arguments, fault):
    monkeypatch.chdir(tmp_path)
    done = toynets("plot", *arguments)
    assert done.status == 2 and fault in done.err and "fix:" in done.err
    assert list(tmp_path.iterdir()) == []


def test_a_contest_is_that_of_the_study(toynets, tmp_path):
    from toynets.studies import contest
    from toynets.zoo import load

    out = tmp_path / "c.svg"
    data = toynets("plot", "contest", "xor-sum", "movie-rating", "--of", "inputs", "-o", str(out),
                   "--truth", "mean", "--json").data  # fmt: skip
    held = contest([load("xor-sum"), load("movie-rating")], of=["inputs"], truth="mean")
    for one in held.standings["inputs"]:
        said = data["numbers"].get(one.name, {"single": None})
        assert said["single"] == one.single
    assert [n["name"] for n in data["networks"]] == ["xor-sum", "movie-rating"]
    assert "scores of inputs agree in rank" in data["caption"] and out.exists()


@pytest.mark.long
def test_learning_curves_are_those_of_the_seeds(toynets, tmp_path):
    from toynets.training import train

    out = tmp_path / "l.svg"
    data = toynets("plot", "learning-curves", "and", "--seeds", "2", "--seed", "3", "--steps",
                   "200", "-o", str(out), "--json").data  # fmt: skip
    for seed in (3, 4):
        done = train("and", seed=seed, steps=200)
        curve = dict(data["numbers"]["curves"][f"seed {seed}"])
        assert curve[201] == data["numbers"]["final loss"][f"seed {seed}"] == done.final_loss
        assert all(loss == done.losses[step - 1] for step, loss in curve.items() if step < 201)
        assert {1, 2, 200} <= set(curve)
    assert data["networks"][0]["domain"] == "{0, 1}²"


@pytest.mark.long
def test_an_atlas_and_ranks_are_those_of_the_studies(toynets, tmp_path):
    from toynets.census import take_census
    from toynets.studies import tabular_study

    out = str(tmp_path / "a.svg")
    data = toynets("plot", "atlas", "xor", "--runs", "40", "--seed", "5", "-o", out, "--json").data
    census = take_census("xor", runs=40, seed=5)
    drawn = [one for key, one in data["numbers"].items() if key.startswith("family")]
    assert [(one["name"], one["runs"]) for one in drawn] == [
        (one.name, len(one.runs)) for one in census.families
    ]
    for one in drawn:
        sums = [sum(column) for column in zip(*one["contributions"], strict=True)]
        assert sums == pytest.approx([0, 1, 1, 0], abs=0.02)
    out = str(tmp_path / "r.svg")
    given = ("--seeds", "3", "--steps", "5", "--setting", "raw, decay", "--bait", "v2")
    data = toynets("plot", "rank-stability", *given, "-o", out, "--json").data
    study = tabular_study(seeds=3, steps=5)
    for score, one in study.setting("raw, decay").found.items():
        assert data["numbers"][score]["ranks"] == one.ranks
        assert data["numbers"][score]["both"] == one.both
    assert "3 trainings, raw, decay" in data["caption"]


def test_a_refuted_explanation_is_not_drawn(toynets, tmp_path, monkeypatch):
    from toynets.zoo import load

    monkeypatch.chdir(tmp_path)
    entry = load("xor-sum")
    (tmp_path / "wrong.json").write_text(entry.wrong[0].explanation.to_json())
    done = toynets("plot", "diagram", "xor-sum", "--explanation", "wrong.json")
    assert done.status == 2 and entry.wrong[0].check in done.err
    assert not (tmp_path / "xor-sum-diagram.svg").exists()


def test_kinds_and_figures_are_listed(toynets):
    kinds = [row["kind"] for row in toynets("plot", "--kinds", "--json").data["rows"]]
    assert {"diagram", "matrix", "trace", "build-up", "regions", "ablation-table"} <= set(kinds)
    assert {"contest", "atlas", "rank-stability", "learning-curves"} <= set(kinds)
    rows = toynets("figures", "list", "--json").data["rows"]
    assert "labelled_network" in [row["figure"] for row in rows]
    assert all(row["shows"] for row in rows)


def test_a_figure_is_built_with_a_gallery(toynets, tmp_path):
    out = tmp_path / "figs"
    done = toynets("figures", "build", "labelled_network", "--out", str(out), "--png")
    assert done.status == 0
    assert rf"\includegraphics{{{out}/labelled_network.pdf}}" in done.out
    names = sorted(p.name for p in out.iterdir())
    assert names == [
        "book.tex",
        "index.html",
        *(f"labelled_network.{e}" for e in ["json", "pdf", "png", "svg", "tex"]),
    ]
    page = (out / "index.html").read_text()
    assert 'alt="Network xor-sum, 2-2-1 relu' in page and "Every number of the network" in page
    if shutil.which("pdflatex"):
        command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "book.tex"]
        set_by = subprocess.run(command, cwd=out, capture_output=True, check=False)
        assert set_by.returncode == 0, set_by.stdout.decode(errors="replace")[-600:]
        assert b"Output written on book.pdf (1 page" in set_by.stdout
    again = toynets("figures", "build", "labelled_network", "--out", str(out))
    assert again.status == 2 and "is there already" in again.err


def test_a_figure_is_checked_in_two_processes(toynets):
    data = toynets("figures", "check", "labelled_network", "--json").data
    assert (data["passed"], data["of"]) == (25, 25)
    assert data["figures"][0]["failed"] == {}
    assert [p["number"] for p in data["properties"]] == list(range(1, 26))


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (("build", "--out", "x"), "which figures are to be built?"),
        (("build", "--all"), "into which folder?"),
        (("check", "labeled_network"), "Nearest: labelled_network"),
        (("check", "gates", "--all"), "either some figures are named, or --all"),
    ],
)
def test_wrong_use_of_figures(toynets, arguments, fault):
    done = toynets("figures", *arguments)
    assert done.status == 2 and fault in done.err
