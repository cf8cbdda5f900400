"""Every command that takes a network takes one in a file of any format, and in a folder."""

from __future__ import annotations

import re

import pytest

from toynets import zoo
from toynets.api.proving import prove
from toynets.api.separating import inputs_of
from toynets.api.verifying import verify
from toynets.cli import COMMANDS, parser_of
from toynets.io import encode, read
from toynets.network import Network

# Command -> what is typed behind it; NET stands for the file.
CALLS = {
    "show": ["NET"],
    "trace": ["NET", "1,1"],
    "listing": ["NET"],
    "table": ["NET"],
    "roles": ["NET"],
    "expand": ["NET"],
    "pattern": ["NET", "y"],
    "plot": ["diagram", "NET", "-o", "NEW.svg"],
    "explore": ["NET", "-o", "NEW.html"],
    "ablate": ["NET", "h2 = 0"],
    "importance": ["NET", "--of", "inputs"],
    "circuits": ["NET", "--of", "units", "--ablation", "zero"],
    "partition": ["NET", "h1"],
    "verify": ["NET", "--explanation", "mine.json"],
    "new-explanation": ["NET", "-o", "NEW.json"],
    "draft-explanation": ["NET", "-o", "NEW.json"],
    "audit": ["NET", "--explanation", "mine.json"],
    "separate": ["NET", "xor-sum"],
    "snap": ["NET", "--task", "xor"],
    "prove": ["NET", "--box", "[0,1]^2", "--rising", "x1"],
    "range": ["NET", "--box", "[0,1]^2"],
    "equal": ["xor-sum", "NET", "--box", "[0,1]^2"],
    "check-certificate": ["proof.json", "--network", "NET"],
    "export-claim": ["NET", "--box", "[0,1]^2", "--bound", "y <= 2", "-o", "NEW"],
    "compare": ["NET", "xor-sum"],
    "gauge": ["NET"],
    "diff": ["NET", "xor-sum"],
    "convert": ["NET", "-o", "NEW.json"],
}


def test_the_list_has_every_command_that_takes_a_file_of_a_network():
    takes = [
        command
        for command in COMMANDS
        for action in parser_of(command)._actions
        if action.metavar in ("NAME", "A", "B") and "file" in (action.help or "")
        if "--activation" not in action.option_strings
    ]
    assert set(takes) == set(CALLS)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("nets")
    entry = zoo.load("xor-sum")
    network = Network.from_dict(entry.network.to_dict() | {"name": "net"})
    for suffix in (".json", ".npz"):
        (made / f"net{suffix}").write_bytes(encode(network, suffix))
    (made / "mine.json").write_text(entry.explanation.to_json(), encoding="utf-8")
    weights = made / "weights"
    weights.mkdir()
    (weights / "W1.csv").write_text(",x1,x2,bias\nh1,1,1,0\nh2,1,1,-1\n")
    (weights / "W2.csv").write_text(",h1,h2,bias\ny,1,-2,0\n")
    return made


def said(toynets, command, file, new):
    words = [word.replace("NET", file).replace("NEW", new) for word in CALLS[command]]
    done = toynets(command, *words, "--json")
    out = done.out.replace(file, "NET").replace(new, "NEW")
    return done.status, re.sub(r'"seconds": [0-9.e-]+|"version": .*', "", out), done.err


@pytest.mark.parametrize("command", CALLS)
def test_what_is_said_of_an_archive_is_what_is_said_of_the_json(
    toynets, folder, monkeypatch, command
):
    monkeypatch.chdir(folder)
    if command == "check-certificate":
        box = ["--box", "[0,1]^2"]
        assert toynets("range", "net.json", *box, "-o", "proof.json").status == 0
    status, out, err = said(toynets, command, "net.json", f"{command}-1")
    assert status in (0, 1, 3) and out, err
    assert said(toynets, command, "net.npz", f"{command}-2") == (status, out, err)


def test_functions_read_what_commands_read(folder, monkeypatch):
    monkeypatch.chdir(folder)
    explanation = zoo.load("xor-sum").explanation
    found = [prove(file, explanation, "[0,1]^2") for file in ("net.npz", "net.json")]
    assert [a.verdict for a in found[0].answers] == [a.verdict for a in found[1].answers]
    assert found[0].hash == found[1].hash == zoo.load("xor-sum").network.hash
    domain = zoo.load("xor-sum").task.domain
    assert verify("net.npz", explanation, domain).verdict == "exhaustive"
    assert inputs_of("net.npz") == inputs_of("mine.json") == 2


def test_a_folder_is_found_without_a_slash_unless_a_network_is_called_so(
    toynets, folder, monkeypatch
):
    monkeypatch.chdir(folder)
    shown = toynets("show", "weights", "--activation", "relu")
    assert shown.status == 0
    assert toynets("show", "weights/", "--activation", "relu").out == shown.out
    assert toynets("convert", "weights", "--activation", "relu", "-o", "w.json").status == 0
    assert read("w.json").numbers == zoo.load("xor-sum").network.numbers
    # A folder with the name of a network, and one that holds no matrices.
    for name in ("abs", "empty"):
        (folder / name).mkdir()
    (folder / "abs" / "W1.csv").write_text(",x1,x2,bias\ny,1,1,0\n")
    assert "x2->" not in toynets("show", "abs").out
    assert "x2->y" in toynets("show", "abs/").out
    assert "no network empty in the zoo" in toynets("show", "empty").err
