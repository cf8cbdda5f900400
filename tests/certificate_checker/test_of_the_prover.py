"""What the prover writes, the checker accepts, and it is true wherever it is tried."""

from __future__ import annotations

import json
import random

import pytest
from hand_certificates import ACCEPTED
from hypothesis import given, settings
from hypothesis import strategies as st
from proof_cases import SHAPES, network
from sentence_brute import contradicts

from toynets.api.proving import prove
from toynets.api.ranging import equal
from toynets.certificate_checker import check
from toynets.domain import Domain
from toynets.rationals import rational
from toynets.verification.proofs.prover import Prover
from toynets.zoo import load, names

PIECEWISE = {"relu", "abs", "step", "identity"}  # a curved unit leaves no certificate
BOXES = [
    n
    for n in names()
    if load(n).task.domain.kind == "box"
    and PIECEWISE.issuperset(layer.activation for layer in load(n).network.layers)
]


def accepted_and_true(data, seed=0):
    leaves = check(json.dumps(data).encode())["leaves"]
    assert len(leaves) == len(data["claims"])
    for claim in data["claims"]:
        assert not contradicts(data, claim, seed), claim["text"]
    return leaves


@pytest.mark.parametrize("name", ACCEPTED)
def test_what_is_written_by_hand_is_true(name):
    accepted_and_true(json.loads(json.dumps(ACCEPTED[name])))


# One of each kind by default: one input, two, trained, deep, a whole cube; the others are long.
FEW = ("abs", "max-2", "clip-trained", "dead-on-the-square", "sawtooth-3")


@pytest.mark.parametrize(
    "name", [n if n in FEW else pytest.param(n, marks=pytest.mark.long) for n in BOXES]
)
def test_every_box_of_the_zoo(name):
    found = prove(name)
    assert found.verdict == "proved"
    assert len(accepted_and_true(found.certificate)) >= len(found.certificate["claims"])


@settings(max_examples=40)
@given(st.sampled_from(SHAPES), st.integers(1, 2), st.integers(0, 10**6))
def test_small_networks_and_all_kinds_of_claims(kinds, inputs, seed):
    draw = random.Random(seed)
    sizes = [inputs, *(draw.randint(1, 2) for _ in kinds)]
    net = network(draw, sizes, kinds)
    other = net.with_numbers({f"{net.hidden[0]}.bias": draw.choice([0, 1, 3])})
    box = Domain.box([[-1, 1]] * inputs)
    prover = Prover(net, box, cells=200, seconds=2)
    unit = net.hidden[0]
    for said in ("", f"{unit} = 0", f"{unit}.pre = 1/3", f"{unit} = {unit}(x')", f"{unit} = worst"):
        prover.ranges(said)
    prover.effect(f"{unit}.bias += 1", rational(draw.choice([0, 4])))
    prover.effect("x1 = 1/2", rational(9))
    prover.never_active(unit)
    if sizes[-1] == 1:
        prover.monotone("x1", draw.random() < 0.5)
    rules = [{"sign": True}, {"threshold": "1/2"}] if sizes[-1] == 1 else [{"argmax": True}]
    asked = {"cells": 200, "seconds": 2}
    written = [prover.certificate()]
    for within in (0, "7/2"):
        written.append(equal(net, other, box, within=within, **asked).certificate)
    for rule in rules:
        written.append(equal(net, other, box, decision=rule, **asked).certificate)
    written.append(equal(net, other, box, under=f"{unit} = worst", **asked).certificate)
    written.append(equal(net, net, box, under=f"{unit} = 0", **asked).certificate)
    for data in written:
        if data is not None and data["claims"]:
            accepted_and_true(data, seed)
