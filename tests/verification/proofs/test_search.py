"""Branch and bound against the other oracle of extremes, and its covers against a checker."""

import random

import pytest
import tiny_checker
from proof_cases import SHAPES, certificate, network, program, tilted

from toynets.extremes import extremes
from toynets.network import Network
from toynets.rationals import ONE, ZERO, rational
from toynets.verification.proofs.claims import at_least, between, decision, settle, within
from toynets.verification.proofs.forms import Form, atom
from toynets.verification.proofs.program import Layers, Program, Variable


def case(seed):
    draw = random.Random(seed)
    kinds = draw.choice(SHAPES)
    d = draw.choice([1, 1, 2, 2, 3])
    return draw, network(draw, [d, *(draw.randint(1, 4) for _ in kinds[1:]), 1], kinds)


@pytest.mark.parametrize("seed", range(60))
def test_a_range_is_the_exact_one_with_its_attainment_and_a_certificate(seed):
    draw, net = case(seed)
    made, (y,) = program(net)
    value = tilted(draw, made, y)
    answer = settle(between("range", made, [value]))
    nodes = [(kind, form.constant, list(form.terms.items())) for kind, form in made.nodes]
    (expected,) = extremes(nodes, [(v.low, v.high) for v in made.variables], [value])
    assert answer.ends == (
        (expected.minimum, expected.maximum, expected.min_attained, expected.max_attained),
    )
    tiny_checker.check(certificate(net, [answer]))


@pytest.mark.parametrize("seed", range(40))
def test_two_networks_differ_where_it_is_said_and_nowhere_else(seed):
    draw, net = case(seed)
    name = draw.choice(list(net.numbers))
    other = net.with_numbers({name: net[name] + draw.choice([0.5, -1, 2])})
    d = len(net.inputs)
    for question in ("equal", "within", "decision"):
        made, left = program(net)
        found = made.run("others/m", Layers.of_network(other), list(range(d)))
        right = [found[o] for o in other.outputs]
        if question == "decision":
            claim = decision("alike", made, {"threshold": "1/2"}, left, right)
        else:
            epsilon = ZERO if question == "equal" else ONE
            claim = within("near", made, epsilon, left, right)
        answer = settle(claim)
        assert answer.verdict in ("proved", "refuted")
        tiny_checker.check(certificate(net, [answer], {"m": other}))
        if answer.verdict == "proved":
            for _ in range(30):
                x = [rational(draw.randint(-16, 16)) / 16 for _ in range(d)]
                values = made.values(x)
                a, b = values[left[0]], values[right[0]]
                if question == "decision":
                    half = rational("1/2")
                    assert (a > half, a < half) == (b > half, b < half)
                else:
                    assert abs(a - b) <= epsilon
        else:
            assert answer.witness.dyadic


@pytest.mark.parametrize("seed", range(10))
def test_the_largest_of_several_with_ties(seed):
    draw = random.Random(seed)
    net = network(draw, [2, 3, 3], ("relu", "softmax"))
    shifted = net.with_numbers({f"y{k}.bias": net[f"y{k}.bias"] + 1 for k in (1, 2, 3)})
    made, left = program(net)
    found = made.run("others/m", Layers.of_network(shifted), [0, 1])
    claim = decision("alike", made, {"argmax": True}, left, [found[o] for o in net.outputs])
    answer = settle(claim)
    assert answer.verdict == "proved"
    tiny_checker.check(certificate(net, [answer], {"m": shifted}))


def test_a_strict_claim_is_refuted_at_a_tie():
    net = Network.from_layers([([[1]], [0], "relu")])
    made, (y,) = program(net)
    answer = settle(at_least("positive", made, atom(y), strict=True))
    assert answer.verdict == "refuted" and answer.witness.values == (("value", ZERO),)
    tiny_checker.check(certificate(net, [answer]))


def test_an_open_side_proves_a_strict_claim():
    """Where step(x1) is 1, x1 is above 0, though it comes as near as you like."""
    net = Network.from_layers([([[1]], [0], "step")])
    made, (y,) = program(net)
    # x1 > -(1 - y): where y is 1 this is x1 > 0.
    form = Form(ONE, {0: ONE, y: -ONE})
    made.variables[0] = Variable("x1", -ONE / 2, ONE)
    answer = settle(at_least("positive", made, form, strict=True))
    assert answer.verdict == "proved"
    tiny_checker.check(certificate(net, [answer]))


def test_a_witness_on_an_open_cell_is_inside_it():
    """y = step(x1) - x1 comes near 1 at 0 and is never 1: a claim of at most 3/4 is refuted."""
    made = Program([Variable("x1", ZERO, ONE)])
    y = made.raw("step", atom(0))
    form = Form(rational("3/4"), {y: -ONE, 0: ONE})
    answer = settle(at_least("below", made, form))
    assert answer.verdict == "refuted"
    assert ZERO < answer.witness.row[0] < rational("1/4") and answer.witness.dyadic


@pytest.mark.parametrize("k", range(1, 21))
@pytest.mark.parametrize("d", [1, 2])
def test_a_needle_is_found(k, d):
    """A bump of width 2^-k at a random dyadic point; in two dimensions a product of two."""
    draw = random.Random(k)
    width = ONE / 2**k
    at = [rational(draw.randint(1, 2**20 - 1)) / 2**20 for _ in range(d)]
    rows, biases = [], []
    for i, a in enumerate(at):
        for shift in (-1, 0, 1):
            rows.append([str(2**k) if j == i else 0 for j in range(d)])
            biases.append(str((-a - shift * width) * 2**k))
    tent = [[1, -2, 1] * d]
    net = Network.from_layers(
        [(rows, biases, "relu"), (tent, [1 - d], "relu"), ([[1]], [0], "identity")],
        dtype="float64",
    )
    made, (y,) = program(net, 0, 1)
    answer = settle(at_least("nothing there", made, -atom(y)))
    assert answer.verdict == "refuted"
    assert all(abs(x - a) < width for x, a in zip(answer.witness.row, at, strict=True))


def test_a_limit_is_said():
    _, net = case(3)
    draw = random.Random(0)
    net = network(draw, [3, 6, 6, 1], ("relu", "relu", "identity"))
    made, (y,) = program(net)
    answer = settle(between("range", made, [y]), cells=2)
    assert (answer.verdict, answer.limit) == ("unknown", "2 cells")
    assert answer.data is None


def test_the_same_function_of_the_same_number_is_one_value():
    """Equality of a run with itself, patched, needs one cell; relu and step of a number are two."""
    net = network(random.Random(7), [4, 9, 6, 1], ("relu", "relu", "identity"))
    made, left = program(net)
    found = made.run("others/m", Layers.of_network(net), list(range(4)))
    answer = settle(within("equal", made, ZERO, left, [found["y"]]))
    assert (answer.verdict, answer.cells) == ("proved", 1)
    assert "same" in {fact[0] for fact in answer.data["cover"][0]["facts"]}
    tiny_checker.check(certificate(net, [answer], {"m": net}))

    both = Program([Variable("x1", -ONE, ONE)])
    ramp, jump = both.raw("relu", atom(0)), both.raw("step", atom(0))
    value = both.raw("identity", Form(ZERO, {ramp: ONE, jump: ONE * 3}))
    answer = settle(between("range", both, [value]))
    assert answer.ends == ((ZERO, ONE * 4, True, True),)
    tiny_checker.check(certificate(net, [answer]))
