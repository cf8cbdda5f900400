"""The mirror-symmetry network as printed in 1986, held against what its authors claim of it."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from toynets import exact, zoo
from toynets.domain import Domain
from toynets.explanation import Explanation
from toynets.network import Network
from toynets.verification import verify

PRINTED = next(
    n
    for n in json.loads((Path(__file__).parent / "published_weights.json").read_text())["networks"]
    if n["id"] == "rhw1986-symmetry"
)
DOMAIN = Domain.boolean(6)


def network(dtype="float32"):
    layers = [(layer["W"], layer["b"], layer["act"]) for layer in PRINTED["network"]]
    return Network.from_layers(layers, name="printed in 1986", dtype=dtype, round=True)


def outputs():
    made = network()
    return {x: exact.run(made, x)[0] for x in DOMAIN}


def palindrome(x):
    return x == x[::-1]


def test_all_64_inputs_are_right_beyond_doubt():
    half = Fraction(1, 2)
    right = [
        (ball.lower > half) if palindrome(x) else (ball.upper < half)
        for x, ball in outputs().items()
    ]
    assert sum(right) == len(right) == 64


def test_the_output_on_palindromes_and_elsewhere():
    found = outputs()
    on = [ball for x, ball in found.items() if palindrome(x)]
    off = [ball for x, ball in found.items() if not palindrome(x)]
    assert (len(on), len(off)) == (8, 56)
    # The recheck is of the decimals, the network of their float32 roundings: 1e-6 apart at most.
    recheck = PRINTED["recheck"]
    for ball in on:
        assert float(ball) == pytest.approx(recheck["output_on_every_palindrome"], abs=1e-6)
        assert Fraction("0.881") < ball.lower and ball.upper < Fraction("0.882")
    largest = max(off, key=float)
    assert float(largest) == pytest.approx(recheck["max_output_on_non_palindromes"], abs=1e-6)
    assert largest.upper < Fraction("0.157")


def test_the_zoo_ships_these_weights():
    assert zoo.load("symmetry-1986").network.hash == network().hash


def test_exactly_one_to_two_to_four_is_refuted():
    """The smallest weight 3.6 as unit gives 7.2 and 14.4; printed are 7.2, 7.1 and 14.2."""
    data = zoo.load("symmetry-1986").explanation.to_dict()
    for address, said in data["weights"].items():
        value = abs(Fraction(str(round(network().numbers[address], 3))))
        if address.startswith("x"):
            times = {Fraction("3.6"): 1, Fraction("7.1"): 2, Fraction("7.2"): 2}.get(value, 4)
            sign = "-" if network().numbers[address] < 0 else ""
            said["value"] = f"{sign}{times}*a"
    data["parameters"]["a"] = "3.6"
    # Float32 is nearer to each printed decimal than 1/1000: what misses by more is not rounding.
    data["tolerance"]["weights"] = "1/1000"
    report = verify(network(), Explanation.from_dict(data), DOMAIN)
    assert report.verdict == "refuted"
    assert "weights" in report.failed
    wrong = {f.subject for f in report.checks["weights"].failures}
    assert {"x1->h1", "x6->h1", "x1->h2", "x6->h2"} <= wrong  # 14.2, not 14.4
    assert {"x3->h2", "x4->h2"} <= wrong  # 7.1, not 7.2
