"""Networks of other formats at the command line: shown, traced, converted, drafted, verified."""

from __future__ import annotations

import json
import shlex

import pytest

from toynets import zoo
from toynets.io import encode
from toynets.network import Network


@pytest.fixture
def files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    network = zoo.load("xor-sum").network
    for suffix in (".onnx", ".nnet", ".npz", ".json"):
        (tmp_path / f"net{suffix}").write_bytes(encode(network, suffix))
    (tmp_path / "W1.csv").write_text(",x1,x2,bias\nh1,1,1,0\nh2,1,1,-1\n")
    (tmp_path / "W2.csv").write_text(",h1,h2,bias\ny,1,-2,0\n")
    return tmp_path


@pytest.mark.parametrize("name", ["net.onnx", "net.nnet", "net.npz", "net.json"])
def test_every_format_is_shown_traced_and_ablated(toynets, files, name):
    assert toynets("show", name).out.splitlines()[1].startswith("weight: x1->h1; value: 1;")
    assert toynets("trace", name, "1,1").out.splitlines()[-1] == "y = 1*2 - 2*1 = 0"
    assert toynets("ablate", name, "h2 = 0", "--json").status == 0


def test_a_folder_of_matrices_needs_an_activation(toynets, files):
    done = toynets("show", "./")
    assert done.status == 2 and "--activation relu" in done.err
    assert "value: -2" in toynets("show", "./", "--activation", "relu").out


@pytest.mark.parametrize(
    "words", [("range", "W/"), ("equal", "W/", "xor-sum")], ids=["range", "equal"]
)
def test_a_command_without_the_option_says_what_to_type_first(toynets, files, words):
    (files / "net.json").unlink()
    (files / "W").mkdir()
    for name in ("W1.csv", "W2.csv"):
        (files / name).rename(files / "W" / name)
    box = ("--box", "[0,1]^2")
    refused = toynets(*words, *box)
    assert refused.status == 2 and "holds numbers only" in refused.err
    _, _, typed = refused.err.partition("first toynets ")
    first = shlex.split(typed.strip().replace("FILE", "W/"))
    assert first[0] == "convert" and toynets(*first).status == 0
    again = ["net.json" if w == "W/" else w for w in words]
    assert toynets(*again, *box).status == 0


def test_conversion_keeps_the_numbers(toynets, files):
    assert toynets("convert", "net.onnx", "-o", "again.json").status == 0
    data = json.loads((files / "again.json").read_text())
    assert data["layers"] == zoo.load("xor-sum").network.to_dict()["layers"]
    assert toynets("convert", "net.onnx", "-o", "again.json").status == 2
    assert toynets("convert", "net.onnx", "-o", "again.txt").status == 2


def test_convert_says_what_the_format_has_no_place_for(toynets, files):
    layers = [([[1, 0], [2, 3]], [0, 1], "relu"), ([[3, 4]], [1], "identity")]
    masks = [[[1, 0], [1, 1]], None]
    network = Network.from_layers(layers, inputs=["left", "x2"], masks=masks)
    (files / "net.json").write_text(network.to_json(), encoding="utf-8")
    done = toynets("convert", "net.json", "-o", "new.onnx")
    assert done.out.splitlines()[1:] == [
        "not written: the names of inputs: left comes back as x1.",
        "not written: masks: 1 absent edge comes back as a weight of 0.",
    ]
    data = toynets("convert", "net.json", "-o", "new.npz", "--json").data
    assert data["not_written"] == ["masks: 1 absent edge comes back as a weight of 0."]
    assert len(toynets("convert", "net.json", "-o", "again.json").out.splitlines()) == 1


def test_a_draft_is_written_and_verified(toynets, files):
    done = toynets("draft-explanation", "net.onnx")
    assert "net-draft.json states 9 numbers, 9 of them exactly" in done.out
    done = toynets("verify", "net.onnx", "--explanation", "net-draft.json")
    assert done.status in (0, 3) and "exhaustive" in done.out
    assert "coverage" in done.out


def test_a_pickle_is_refused_with_the_way_to_convert_it(toynets, files):
    (files / "model.pkl").write_bytes(b"\x80\x04N.")
    done = toynets("show", "model.pkl")
    assert done.status == 2 and "numpy.savez" in done.err


def test_inputs_may_be_listed_in_a_file(toynets, files):
    (files / "rows.csv").write_text("a,b\n0,0\n0.5,1\n")
    done = toynets("ablate", "net.json", "h2 = 0", "--domain", "rows.csv", "--json")
    assert [case["x"] for case in done.data["cases"]] == [["0", "0"], ["1/2", "1"]]
    (files / "rows.csv").write_text("0,0,1\n")
    assert "input 1, has 3 numbers" in toynets("show", "net.json", "--domain", "rows.csv").err


def test_a_draft_keeps_the_domain_that_was_given_and_verify_takes_it(toynets, files):
    (files / "rows.csv").write_text("a,b\n0,0\n0.5,1\n3,1\n")
    drafted = toynets("draft-explanation", "net.json", "--domain", "rows.csv")
    assert drafted.out.endswith("Then: toynets verify net.json --explanation net-draft.json\n")
    kept = json.loads((files / "net-draft.json").read_text())["domain"]
    assert kept == {"kind": "listed", "rows": [["0", "0"], ["1/2", "1"], ["3", "1"]]}
    (files / "rows.csv").unlink()
    said = ("net.json", "--explanation", "net-draft.json")
    done = toynets("verify", *said)
    assert "domain    3 listed inputs; " in done.out and "assumed" not in done.out
    assert "domain    {0, 1}^2; " in toynets("verify", *said, "--domain", "boolean").out
    assert "assumed" not in toynets("partition", *said).out
    # An older file says none: what is assumed is said before anything else.
    older = json.loads((files / "net-draft.json").read_text())
    del older["domain"]
    (files / "net-draft.json").write_text(json.dumps(older))
    first = "domain: {0, 1}^2 is assumed, because none was given. Another one: --domain."
    assert toynets("verify", *said).out.splitlines()[:2] == [first, ""]
    assert toynets("verify", *said, "--json").data["domain"] == "{0, 1}^2"
    for command in (["circuits", "--of", "units", "--ablation", "zero"], ["partition"]):
        out = toynets(command[0], "net.json", *command[1:]).out
        assert out.startswith(first.partition(" Another")[0]) and out.count("is assumed") == 1


def test_a_draft_on_a_box_is_proved_there_without_the_box_being_said_again(toynets, files):
    toynets("draft-explanation", "abs", "--domain", "[-2,1]")  # the task's is [-1,1]
    said = ("abs", "--explanation", "abs-draft.json")
    done = toynets("verify", *said)
    assert "domain    [-2, 1], every point" in done.out
    first = "domain: [-2, 1], as abs-draft.json says; that of abs is [-1, 1]."
    assert done.out.splitlines()[:2] == [f"{first} Another one: --domain.", ""]
    assert "as abs-draft.json says" not in toynets("verify", *said, "--domain", "[-1,1]").out
    assert "claims proved on [-2, 1]" in toynets("prove", *said).out
    assert "claims proved on [0, 1]" in toynets("prove", *said, "--box", "[0,1]").out


def test_a_blank_file_keeps_a_domain_that_was_given(toynets, files):
    toynets("new-explanation", "net.json", "--domain", "[0,1]^2")
    out = toynets("verify", "net.json", "--explanation", "net-mine.json").out
    assert "points of [0, 1]^2, seed 0; decision" in out and "assumed" not in out
    toynets("new-explanation", "xor-sum")
    assert "domain" not in json.loads((files / "xor-sum-mine.json").read_text())
    pair = ("separate", "net-mine.json", "net-mine.json", "--network", "net.json")
    (files / "net-mine.json").write_text(json.dumps(zoo.load("xor-sum").explanation.to_dict()))
    said = toynets(*pair)
    assert said.out.startswith("domain: {0, 1}^2 is assumed") and said.out.count("is assumed") == 1
    assert "is assumed" in toynets(*pair, "--json").data["notes"][0]
