"""`toynets listing`."""

from __future__ import annotations

from toynets import zoo
from toynets.readings import read_as_program


def test_the_command_prints_the_program(toynets):
    entry = zoo.load("xor-sum")
    found = read_as_program(entry.network, entry.task.domain, entry.explanation)
    assert toynets("listing", "xor-sum", "--table").out == f"{found}\n"
    data = toynets("listing", "dead-weight", "--json").data
    assert [line["unit"] for line in data["lines"] if line["dead"]] != []
    assert "code: h1 = relu(x1 + x2); in words:" in toynets("listing", "xor-sum").out


def test_a_domain_of_ones_own_decides_what_is_dead(toynets):
    def dead(domain):
        data = toynets("listing", "xor-sum", "--domain", domain, "--json").data
        return [line["dead"] for line in data["lines"]]

    assert dead("boolean") == ["", "", ""]
    assert dead("0,0; 0,1; 1,0") == ["", "0 on every input", ""]
    assert dead("[0,1/2]^2") == ["", "0 on every input", ""]
