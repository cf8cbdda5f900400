"""A network as a program: the code computes what the network computes, and dead means dead."""

from __future__ import annotations

import pytest

from toynets import zoo
from toynets.domain import Domain
from toynets.exact import Machine
from toynets.expressions import parse_expression
from toynets.network import Network
from toynets.rationals import from_float, rational, short, text, workprec
from toynets.readings import read_as_program


def written_whole(network):
    """Whether a listing writes every number whole: longer ones are rounded to six digits."""
    numbers = map(abs, network.numbers.values())
    return all(short(from_float(w)) == text(from_float(w)) for w in numbers)


ENTRIES = [zoo.load(name) for name in zoo.names()]
EXACT = [
    e.name
    for e in ENTRIES
    if written_whole(e.network) and e.network.layers[-1].activation != "softmax"
]


def made(name):
    entry = zoo.load(name)
    return entry, read_as_program(entry.network, entry.task.domain, entry.explanation)


@pytest.mark.parametrize("name", EXACT)
def test_the_lines_run_as_a_program_give_what_the_network_gives(name):
    entry, found = made(name)
    rows = entry.task.domain.rows if entry.task.domain.finite else entry.task.training.rows
    machine = Machine(entry.network)
    with workprec():
        for x in list(rows)[:16]:
            known = dict(zip(entry.network.inputs, x, strict=True))
            for line in found.lines:
                known[line.unit] = parse_expression(line.code).evaluate(known)
            measured = machine.outcome(x)
            for output, value in zip(entry.network.outputs, measured, strict=True):
                gap = known[output] - value
                assert gap == 0 or abs(gap) < rational("1e-30")


def test_a_program_reads_as_the_formula_that_textbooks_print():
    _, found = made("xor-sum")
    assert str(found) == (
        "xor-sum: reads x1, x2; returns y; on {0, 1}^2\n"
        "h1 = relu(x1 + x2)      # counter: x1 + x2\n"
        "h2 = relu(x1 + x2 - 1)  # corrector: x1 and x2\n"
        "y = h1 - 2*h2           # x1 != x2"
    )
    assert [line.words for line in found.lines] == [
        "x1 plus x2, or 0 where that is negative",
        "x1 plus x2 minus 1, or 0 where that is negative",
        "h1 minus twice h2",
    ]


def net(*units, outgoing, activation="relu"):
    rows, biases = zip(*units, strict=True)
    layers = [(list(rows), list(biases), activation), ([outgoing], [0], "identity")]
    return Network.from_layers(layers)


DEAD = [
    (([1], 0), 0, Domain.boolean(1), "no line reads it with a weight other than 0"),
    (([1], -1), 1, Domain.boolean(1), "0 on every input"),
    (([1], -1), 1, Domain.box([(0, 1)]), "0 on every input"),
    (([1], -1), 1, Domain.box([(0, "9/8")]), ""),
    (([0], 3), 1, Domain.boolean(1), "always relu(3): a bias in disguise"),
    (([0], 3), 1, Domain.box([(0, 1)]), "always relu(3): a bias in disguise"),
    (([1], 0), 1, Domain.boolean(1), ""),
]


@pytest.mark.parametrize(("unit", "out", "domain", "said"), DEAD)
def test_dead_code_is_marked_with_its_reason(unit, out, domain, said):
    network = net(unit, ([1], 0), outgoing=[out, 1])
    first, *_ = read_as_program(network, domain).lines
    assert first.dead == said


def test_a_constant_that_is_irrational_is_constant_too():
    network = net(([0], 1), outgoing=[1], activation="tanh")
    said = read_as_program(network, Domain.boolean(1)).lines[0].dead
    assert said == "always tanh(1): a bias in disguise"


def test_a_unit_that_is_the_same_on_every_input_is_a_bias():
    network = net(([1], 3), outgoing=[1])
    assert read_as_program(network, Domain.listed([["2"]])).lines[0].dead == (
        "always 5: a bias in disguise"
    )
