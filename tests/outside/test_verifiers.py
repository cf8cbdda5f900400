"""Bounds that other verifiers publish, against exact ranges: Marabou, auto_LiRPA, jax_verify.

The ranges come from the prover, with a certificate that the checker accepts, and a second time from
`toynets.extremes`, which cuts polytopes and knows nothing of certificates. The layers of Marabou
count weighted sums and activations separately, from 1; the neurons from 0.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from proof_cases import accepted

import toynets
from toynets import exact
from toynets.domain import Domain
from toynets.extremes import extremes
from toynets.network import Network
from toynets.rationals import ONE, from_float, rational
from toynets.verification.proofs.claims import at_least
from toynets.verification.proofs.forms import Form, atom
from toynets.verification.proofs.prover import Prover
from toynets.verification.proofs.simplex import least


def cases(name):
    return json.loads(Path(__file__).with_name(f"{name}_cases.json").read_text("utf-8"))["cases"]


MARABOU = {case["id"]: case for case in cases("marabou")}
LIRPA = {case["id"]: case for case in cases("lirpa")}
JAX_VERIFY = {case["id"]: case for case in cases("jax_verify")}
EVERYTHING = MARABOU | LIRPA | JAX_VERIFY
BOUNDED = [name for name, case in MARABOU.items() if case["kind"] == "sound_bounds"]


def network(name):
    layers = [(layer["W"], layer["b"], layer["act"]) for layer in EVERYTHING[name]["network"]]
    return Network.from_layers(layers, dtype="float64")


@cache
def ranges(name):
    """The exact range of every value of a case by name, with all its claims in one certificate."""
    net = network(name)
    prover = Prover(net, Domain.box(EVERYTHING[name]["input_box"]), cells=20_000, seconds=20)
    names = [n for unit in net.units for n in (f"{unit}.pre", unit)]
    found = {n: prover.range_of(n) for n in names}
    assert all(accepted(prover.certificate())[::3])  # each range, and its two attained ends
    return {n: (v.low, v.high) for n, v in found.items()}


def program(net, last):
    """The nodes up to a layer, its sums and its activations, for `extremes`."""
    nodes, parents = [], list(range(len(net.inputs)))
    for layer in net.layers[:last]:
        first = len(net.inputs) + len(nodes)
        for row, bias in zip(layer.weight, layer.bias, strict=True):
            terms = [(p, from_float(w)) for p, w in zip(parents, row, strict=True) if w]
            nodes.append(("identity", from_float(bias), terms))
        count = len(layer.units)
        nodes += [(layer.activation, 0, [(first + k, ONE)]) for k in range(count)]
        parents = list(range(first + count, first + 2 * count))
    return nodes


@pytest.mark.parametrize("name", EVERYTHING)
def test_each_case_names_its_source_and_licence(name):
    source = EVERYTHING[name]["source"]
    assert source["repo"] and len(source["commit"]) == 40 and source["path"] and source["licence"]


@pytest.mark.parametrize("name", [*BOUNDED, *LIRPA, "jaxverify-linear-ibp", "jaxverify-relu-crown"])
def test_two_ways_to_a_range_agree(name):
    net, found = network(name), ranges(name)
    box = [(rational(low), rational(high)) for low, high in EVERYTHING[name]["input_box"]]
    nodes = program(net, len(net.layers))
    names = [n for layer in net.layers for n in (*(f"{u}.pre" for u in layer.units), *layer.units)]
    outputs = [len(box) + k for k in range(len(nodes))]
    for value, extreme in zip(names, extremes(nodes, box, outputs), strict=True):
        assert (extreme.minimum, extreme.maximum) == found[value], value


def value_of(net, layer, neuron):
    """The name of a value by Marabou's number of its layer."""
    unit = net.layers[(layer - 1) // 2].units[neuron]
    return f"{unit}.pre" if layer % 2 else unit


@pytest.mark.parametrize("name", BOUNDED)
def test_marabou_bounds_are_consistent_with_the_exact_ranges(name):
    net, found, tight = network(name), ranges(name), 0
    for bound in MARABOU[name]["bounds"]:
        end = found[value_of(net, bound["layer"], bound["neuron"])][bound["side"] == "upper"]
        published = rational(bound["value"])
        if "exact" in bound:
            assert end == rational(bound["exact"])
            assert bound["sound"]
        assert published <= end if bound["side"] == "lower" else published >= end
        tight += published == end
    assert tight == MARABOU[name].get("tight_count", tight)


@pytest.mark.parametrize("name", [n for n in BOUNDED if "exact_linear_regions" in MARABOU[n]])
def test_marabou_linear_regions(name):
    case = MARABOU[name]
    assert len(toynets.regions(network(name), case["input_box"])) == case["exact_linear_regions"]


def test_marabou_evaluates():
    case = MARABOU["marabou-test_evaluate_relu-1"]
    assert list(exact.run(network(case["id"]), case["input"])) == case["expected"]


def test_marabou_unsatisfiable_query():
    case = MARABOU["marabou-fc_2-2-3-unsat"]
    assert (case["query"], case["expected"]) == ("exists x with y0 <= 1", "unsat")
    net = network(case["id"])
    prover = Prover(net, Domain.box(case["input_box"]), cells=100, seconds=5)
    made = prover.base()
    y0 = made.run("network", prover.layers, [0, 1])["y1"]
    answer = prover.settle(at_least("y0 > 1", made, atom(y0).plus(-ONE), strict=True))
    assert answer.verdict == "proved"
    assert accepted(prover.certificate()) == [1]
    # And not more: y0 reaches 2, where the query y0 <= 2 has a solution.
    answer = prover.settle(at_least("y0 > 2", made, atom(y0).plus(-2 * ONE), strict=True))
    assert answer.verdict == "refuted"
    assert accepted(prover.certificate()) == [1, 0]


def test_lirpa_toy_ranges_and_regions():
    case = LIRPA["lirpa-toy"]
    net, found = network("lirpa-toy"), ranges("lirpa-toy")
    assert [text_of(found["y"])] == [tuple(case["exact_output_range"])]
    pres = [text_of(found[f"{unit}.pre"]) for unit in net.hidden]
    assert pres == [tuple(pair) for pair in case["exact_preactivation_ranges"]]
    assert len(toynets.regions(net, case["input_box"])) == case["exact_linear_regions"]


def test_lirpa_with_a_constraint_on_the_output_only_its_range():
    case = LIRPA["lirpa-invprop"]
    low, high = ranges("lirpa-invprop")["y"]
    assert text_of((low, high)) == tuple(case["exact"]["output_range"])
    reference = case["expected_reference"]
    assert rational(reference["lb"]) <= low and rational(reference["ub"]) >= high


def text_of(pair):
    return tuple(str(end) for end in pair)


@pytest.mark.parametrize("name", ["jaxverify-linear-ibp", "jaxverify-relu-crown"])
def test_jax_verify_bounds_are_exact(name):
    case = JAX_VERIFY[name]
    found = toynets.range(network(name), case["input_box"])
    assert [list(pair) for pair in found.outputs] == case["expected"]
    assert found.verdict == "proved" and all(map(all, found.attained))


@pytest.mark.parametrize("case", JAX_VERIFY["jaxverify-simplex"]["cases"], ids=str)
def test_jax_verify_simplex_by_the_exact_linear_program(case):
    # 0 <= x <= 1 and sum x = 3/2, which is two conditions.
    three = range(3)
    conditions = []
    for k in three:
        conditions += [atom(k), (-atom(k)).plus(ONE)]
    total = Form(rational("-3/2"), dict.fromkeys(three, ONE))
    conditions += [total, -total]
    cost = Form(rational(0), {k: rational(c) for k, c in enumerate(case["c"]) if c})
    basis = [2 * k if c >= 0 else 2 * k + 1 for k, c in enumerate(case["c"])]
    found = least(cost, conditions, list(three), basis)
    assert (found.status, found.value) == ("least", rational(case["expected_min"]))
    # The multipliers prove it: what is left over is the value.
    rest = cost
    for number, share in found.multipliers:
        assert share > 0
        rest = rest - conditions[number].scaled(share)
    assert rest == Form(found.value)
    assert all(c.value(found.point) >= 0 for c in conditions)
