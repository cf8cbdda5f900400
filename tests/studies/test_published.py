"""Published claims: each verdict, the numbers by another route, and that each check can fail."""

from __future__ import annotations

import itertools
import json
import math
from fractions import Fraction
from pathlib import Path

import pytest

from toynets.errors import ToynetsError
from toynets.network import Network
from toynets.studies.published import (
    check_claims,
    claims,
    depth,
    perceptrons,
    printed,
    scores,
    symmetry,
    xor,
)
from toynets.zoo import load

WANTED = {
    "rhw-symmetry": "exhaustive",
    "rhw-antisymmetric": "exhaustive",
    "rhw-ratio": "refuted",
    "rhw-no-balance": "exhaustive",
    "rhw-bias-alone": "exhaustive",
    "dl-xor-outputs": "exhaustive",
    "dl-linear-fit": "proved",
    "or-minus-and": "refuted",
    "any-and-two": "exhaustive",
    "no-unit-for-xor": "proved",
    "no-unit-for-parity": "proved",
    "threshold-gates": "exhaustive",
    "perceptron-converges": "exhaustive",
    "perceptron-cycles": "proved",
    "magnitude-is-saliency": "refuted",
    "sums-rank-inputs": "refuted",
    "garson-importance": "refuted",
    "olden-best": "refuted",
    "iris-others-low": "proved",
    "iris-setosa-high": "proved",
    "iris-first-row": "exhaustive",
    "olden-signs": "proved",
    "olden-sizes": "refuted",
    "depth-alternates": "exhaustive",
    "depth-doubles": "proved",
    "depth-shallow": "proved",
}
OUTSIDE = {
    one["id"]: one
    for one in json.loads(
        (Path(__file__).parents[1] / "outside" / "published_weights.json").read_text()
    )["networks"]
}


@pytest.fixture(scope="module")
def page():
    return check_claims()


@pytest.fixture(scope="module")
def witness(page):
    return {claim.name: found.witness for claim, found in page.found}


def test_every_verdict(page):
    assert {claim.name: found.verdict for claim, found in page.found} == WANTED


def test_every_claim_has_a_source_a_reading_and_a_witness(page):
    for claim, found in page.found:
        assert len(claim.source) > 20 and len(claim.reading) > 20 and len(found.witness) > 10
    assert len({claim.name for claim in claims()}) == len(claims()) >= 15


# The printed numbers, and what plain arithmetic makes of them


def sigmoid(z):
    return 1 / (1 + math.exp(-z))


def output(layers, x):
    for layer in layers:
        act = {"sigmoid": sigmoid, "relu": lambda z: max(z, 0), "identity": lambda z: z}[
            layer["act"]
        ]
        x = [
            act(sum(w * v for w, v in zip(row, x, strict=True)) + b)
            for row, b in zip(layer["W"], layer["b"], strict=True)
        ]
    return x[0]


def test_the_printed_symmetry_network(witness):
    layers = OUTSIDE["rhw1986-symmetry"]["network"]
    assert [list(map(float, w)) for w in symmetry.PRINTED.values()] == layers[0]["W"]
    rows = list(itertools.product((0, 1), repeat=6))
    on = [output(layers, x) for x in rows if x == x[::-1]]
    off = [output(layers, x) for x in rows if x != x[::-1]]
    assert f"at least {min(on):.4f} " in witness["rhw-symmetry"]
    assert f"at most {max(off):.4f} " in witness["rhw-symmetry"]
    sums = {
        k: min(abs(sum(w * v for w, v in zip(row, x, strict=True))) for x in rows if x != x[::-1])
        for k, row in enumerate(layers[0]["W"])
    }
    assert f"{sums[0]:.4g} in h1" in witness["rhw-no-balance"]
    assert f"{sums[1]:.4g} in h2" in witness["rhw-no-balance"]
    assert f"1 : {7.2 / 3.6:.3f} : {14.2 / 3.6:.3f}" in witness["rhw-ratio"]
    assert f"y is {on[0]:.4f}" in witness["rhw-bias-alone"]


def test_the_printed_networks_of_r_users(witness):
    for made, name in (
        (printed.iris, "neuralnet-iris-setosa"),
        (printed.tools, "neuralnettools-numeric-example"),
    ):
        network, layers = made(), OUTSIDE[name]["network"]
        stored = [[[list(row) for row in la.weight], list(la.bias)] for la in network.layers]
        assert stored == [[la["W"], la["b"]] for la in layers]
    layers = OUTSIDE["neuralnettools-numeric-example"]["network"]
    at = {x: output(layers, x) for x in itertools.product((0, 1), repeat=2)}
    first = max(abs(at[1, b] - at[0, b]) for b in (0, 1))
    second = max(abs(at[a, 1] - at[a, 0]) for a in (0, 1))
    assert (
        f"{first:.5f} and X2 by {second:.5f}: {first / second:.2f} to 1" in witness["olden-sizes"]
    )
    recheck = OUTSIDE["neuralnettools-numeric-example"]["recheck"]["olden_exact"]
    assert [Fraction(v) for v in recheck.values()] == [Fraction("-0.9287"), Fraction("-0.2128")]


def test_the_boxes_of_the_flowers_hold_every_row_and_the_claims_hold_row_by_row(witness):
    data = pytest.importorskip("sklearn.datasets").load_iris()
    layers = OUTSIDE["neuralnet-iris-setosa"]["network"]
    petals = [tuple(map(float, row[2:])) for row in data.data]
    setosa = [p for p, kind in zip(petals, data.target, strict=True) if kind == 0]
    others = [p for p, kind in zip(petals, data.target, strict=True) if kind != 0]
    assert (len(setosa), len(others)) == (50, 100)
    for box, rows in ((printed.SETOSA, setosa), (printed.OTHERS, others)):
        for k, (low, high) in enumerate(box):
            values = [row[k] for row in rows]
            assert (min(values), max(values)) == (float(low), float(high))
    assert max(output(layers, p) for p in others) <= 0.0313 < 0.3
    assert min(output(layers, p) for p in setosa) >= 0.8830 > 0.85
    assert petals[0] == tuple(map(float, printed.FIRST))
    assert f"{output(layers, petals[0]):.4f}" in witness["iris-first-row"]


def test_no_unit_separates_xor_on_a_grid_and_the_multipliers_are_farkas():
    grid = [Fraction(k, 4) for k in range(-4, 5)]
    rows = perceptrons.ROWS
    for w1, w2, b in itertools.product(grid, repeat=3):
        said = [int(w1 * x1 + w2 * x2 + b > 0) for x1, x2 in rows]
        assert said != [0, 1, 1, 0]
    best, shares = perceptrons.separation(rows, (0, 1, 1, 0))
    assert best == 0 and sum(shares) == 1
    for k in range(3):
        column = [
            (1 if y else -1) * (*row, 1)[k] for row, y in zip(rows, (0, 1, 1, 0), strict=True)
        ]
        assert sum(s * c for s, c in zip(shares, column, strict=True)) == 0


def test_what_one_unit_can_do_has_a_margin():
    for wanted in itertools.product((0, 1), repeat=4):
        best, _ = perceptrons.separation(perceptrons.ROWS, wanted)
        assert (best > 0) == (wanted not in ((0, 1, 1, 0), (1, 0, 0, 1))), wanted


def test_the_learning_rule_is_that_of_rosenblatt():
    assert perceptrons.learn((0, 0, 0, 1)) == (6, (2, 1, -2), True)
    assert perceptrons.learn((1, 1, 1, 0))[2] and perceptrons.learn((1, 0, 0, 0))[2]
    assert not perceptrons.learn((1, 0, 0, 1))[2]


def test_the_sawtooth_is_the_tent_composed(witness):
    def tent(x):
        return 2 * x if x <= Fraction(1, 2) else 2 - 2 * x

    from toynets.exact import run

    assert f"all {sum(2**level for level in range(1, 7))} points" in witness["depth-alternates"]
    for k in range(65):
        x = wanted = Fraction(k, 64)
        for level in range(1, 5):
            wanted = tent(wanted)
            assert run(depth.sawtooth(level), (x,))[0] == wanted
    slopes = []
    for k in range(32):  # at depth 5 each 32nd is one piece
        ends = [run(depth.sawtooth(5), (Fraction(k + e, 32),))[0] for e in (0, 1)]
        slopes.append(ends[1] - ends[0])
    assert all(a == -b != 0 for a, b in itertools.pairwise(slopes))


# Each check can fail: on another network it says something else


ONES = ("1", "1", "1", "1", "1", "1")
EXACT = ("4", "-1", "2", "-2", "1", "-4")
OTHER = {
    "rhw-symmetry": (symmetry, "load", lambda name: load("symmetry-trained"), None),
    "rhw-antisymmetric": (symmetry, "PRINTED", {"h1": ONES, "h2": ONES}, "refuted"),
    "rhw-ratio": (symmetry, "PRINTED", {"h1": EXACT, "h2": EXACT}, "exhaustive"),
    "rhw-no-balance": (
        symmetry, "PRINTED", {"h1": ("1", "2", "3", "-3", "-2", "-1"), "h2": EXACT}, "refuted",
    ),
    "rhw-bias-alone": (symmetry, "PRINTED", {"h1": ONES, "h2": EXACT}, "refuted"),
    "dl-xor-outputs": (xor, "load", lambda name: load("xor-stuck-half"), "refuted"),
    "dl-linear-fit": (xor, "XOR", xor.OR, "refuted"),
    "or-minus-and": (xor, "OR", (0, 1, 1, 2), "exhaustive"),
    "any-and-two": (xor, "OR", (0, 1, 1, 2), "refuted"),
    "no-unit-for-xor": (perceptrons, "_parity", lambda row: int(all(row)), "refuted"),
    "no-unit-for-parity": (perceptrons, "_parity", lambda row: int(all(row)), "refuted"),
    "threshold-gates": (
        perceptrons, "run", lambda network, row: (Fraction(0),), "refuted",
    ),
    "perceptron-converges": (
        perceptrons, "learn", lambda wanted, real=perceptrons.learn: real((0, 1, 1, 0)), "refuted",
    ),
    "perceptron-cycles": (
        perceptrons, "learn", lambda wanted, real=perceptrons.learn: real((0, 1, 1, 1)), "refuted",
    ),
    "magnitude-is-saliency": (scores, "_scaled", lambda: twice(1), "exhaustive"),
    "sums-rank-inputs": (scores, "_scaled", lambda: twice(3), "exhaustive"),
    "garson-importance": (scores.Network, "from_layers", lambda *a, **k: twice(3), "exhaustive"),
    "olden-best": (scores.Network, "from_layers", lambda *a, **k: twice(3), "exhaustive"),
    "iris-others-low": (printed, "OTHERS", (("1.0", "6.9"), ("0.1", "2.5")), "refuted"),
    "iris-setosa-high": (printed, "SETOSA", (("1.0", "6.9"), ("0.1", "2.5")), "refuted"),
    "iris-first-row": (printed, "FIRST", ("5.1", "1.8"), "refuted"),
    "olden-signs": (printed, "tools", lambda: twice(1), "refuted"),
    "olden-sizes": (printed, "tools", lambda: leaning(), "exhaustive"),
    "depth-alternates": (depth, "sawtooth", lambda n, real=depth.sawtooth: real(1), "refuted"),
    "depth-doubles": (
        depth, "sawtooth", lambda n, real=depth.sawtooth: real(max(n - 1, 1)), "refuted",
    ),
    "depth-shallow": (depth, "sawtooth", lambda n, real=depth.sawtooth: real(n - 1), "refuted"),
}  # fmt: skip


def twice(k):
    """y = k relu(x1) + relu(x2): every score is right about it."""
    return REAL([([[k, 0], [0, 1]], [0, 0], "relu"), ([[1, 1]], [0], "identity")])


def leaning():
    """The output falls with both inputs, far more with the first."""
    layers = [([[-4, "-0.125"]], [0], "sigmoid"), ([[1]], [0], "sigmoid")]
    return REAL(layers, dtype="float64")


REAL = Network.from_layers


def test_every_claim_is_tried_on_something_else():
    assert set(OTHER) == set(WANTED)


@pytest.mark.parametrize("name", list(OTHER))
def test_a_check_says_something_else_of_something_else(monkeypatch, name):
    module, attribute, value, verdict = OTHER[name]
    before = check_claims([name]).found[0][1]
    monkeypatch.setattr(module, attribute, value)
    after = check_claims([name]).found[0][1]
    if verdict is None:  # another network that does the task as well: other numbers
        assert after.verdict == before.verdict and after.witness != before.witness
    else:
        assert after.verdict == verdict != before.verdict, after


def test_the_page_is_whole(page):
    text = page.markdown()
    for number, (claim, found) in enumerate(page.found, start=1):
        assert f"## {number}. {claim.name}: {found.verdict}\n" in text
        assert all(part in text for part in (claim.text, claim.source, found.witness))
    counts = page.counts()
    assert sum(counts.values()) == len(WANTED) and counts["refuted"] == 7
    assert page.summary() in text and [row["name"] for row in page.to_dict()["claims"]] == list(
        WANTED
    )


def test_an_unknown_claim():
    with pytest.raises(ToynetsError, match=r"rhw-ratios.*rhw-ratio"):
        check_claims(["rhw-ratios"])
