"""`toynets connectome`, from the command line."""

from __future__ import annotations


def test_the_ladder_of_some_networks(toynets):
    done = toynets("connectome", "xor-sum", "dead-weight")
    assert done.status == 0
    lines = done.out.splitlines()
    assert lines[0] == "how well single ablations are told, 2 networks"
    assert lines[1].startswith("what is known: wiring; units zero: ")
    assert "explanation: derived; units zero: 1.00; units mean: 1.00; weights cut: 1.00" in done.out
    assert any(line.startswith("network: dead-weight; wiring: ") for line in lines)


def test_as_data_and_in_sentences(toynets):
    data = toynets("connectome", "xor-sum", "--json").data
    assert data["networks"] == ["xor-sum"] and len(data["rungs"]) == 15
    assert toynets("connectome", "xor-sum", "--summary").out.strip() == data["summary"]


def test_an_unknown_network(toynets):
    done = toynets("connectome", "xor-summ")
    assert done.status == 2 and "xor-sum" in done.err
    done = toynets("connectome", "net.json")
    assert (
        done.status == 2 and "the ladder is of networks of the zoo, and net.json is a" in done.err
    )
