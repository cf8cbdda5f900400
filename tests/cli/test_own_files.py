"""Networks of other formats at the command line: shown, traced, converted, drafted, verified."""

from __future__ import annotations

import json

import pytest

from toynets import zoo
from toynets.io import encode


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


def test_conversion_keeps_the_numbers(toynets, files):
    assert toynets("convert", "net.onnx", "-o", "again.json").status == 0
    data = json.loads((files / "again.json").read_text())
    assert data["layers"] == zoo.load("xor-sum").network.to_dict()["layers"]
    assert toynets("convert", "net.onnx", "-o", "again.json").status == 2
    assert toynets("convert", "net.onnx", "-o", "again.txt").status == 2


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
