"""Ends of ranges that no point reaches: the way there is a claim that the checker accepts."""

import itertools
import json
import random
from fractions import Fraction

import pytest
from proof_cases import network, tilted

from toynets.certificate_checker import Refused, check
from toynets.domain import Domain
from toynets.rationals import rational
from toynets.verification.proofs.approaching import along, approach
from toynets.verification.proofs.claims import between
from toynets.verification.proofs.program import Program
from toynets.verification.proofs.prover import Prover


def settled(seed, under=""):
    """Settle the range of the output of a network with steps, plus a sloping plane."""
    draw = random.Random(seed)
    inputs = draw.choice([1, 2])
    net = network(draw, [inputs, 2, 2, 1], ("step", "relu", "identity"))
    prover = Prover(net, Domain.box([[-1, 1]] * inputs), cells=500, seconds=5)
    plan = prover.plan(under)
    place = prover.scene(plan)
    program = Program(place.variables)
    (output,) = net.outputs
    found = prover.measured(program, plan, place)
    claim = between("the range", program, [tilted(draw, program, found[output])])
    return prover, claim, prover.settle(claim)


def test_what_is_approached_is_proved_and_accepted():
    ways = 0
    for seed in range(30):
        prover, claim, answer = settled(seed, "" if seed % 2 else "h2.1 = worst")
        missing = sum(not at for _, _, *both in answer.ends for at in both)
        found = [a for a in prover.ledger.answers if "is approached" in a.claim]
        assert len(found) == missing and all(a.verdict == "proved" for a in found)
        leaves = check(json.dumps(prover.certificate()).encode())["leaves"]
        assert len(leaves) >= 1 + missing
        ways += missing
        for ends, reached in zip(claim.kind["between"], claim.kind["towards"], strict=True):
            for end, way in zip(ends, reached, strict=True):
                if way is not None:
                    assert near(claim, way, Fraction(end))
    assert ways > 5


def near(claim, way, end):
    """Whether the value is as near to the end as the way back is short, and never there."""
    corner, inside = way
    (index,) = claim.kind["values"]
    offs = []
    for k in range(6):
        share = rational(f"1/{4**k}")
        point = [a + share * (b - a) for a, b in zip(corner, inside, strict=True)]
        offs.append(abs(Fraction(str(claim.program.values(point)[index])) - end))
    return all(b * 4 == a > 0 for a, b in itertools.pairwise(offs))


def test_the_program_on_the_way_has_the_values_of_the_points():
    _, claim, _ = settled(3)
    d = claim.program.dimension
    start, stop = [rational("-1/2")] * d, [rational("1/3")] * d
    made = along(claim.program, tuple(start), tuple(stop))
    for share in ("0", "1/7", "1"):
        t = rational(share)
        point = [a + t * (b - a) for a, b in zip(start, stop, strict=True)]
        assert made.values([t])[1:] == claim.program.values(point)


def test_a_way_to_somewhere_else_is_no_proof():
    seed = next(s for s in range(30) if any(not a for e in settled(s)[2].ends for a in e[2:]))
    prover, claim, _ = settled(seed)
    end, way = next((k, w) for k, w in enumerate(claim.kind["towards"][0]) if w is not None)
    _, inside = way
    wrong = approach(claim, 0, end, inside, inside)  # it stays where the value is off
    assert prover.settle(wrong).verdict == "refuted"
    data = prover.certificate()
    told = next(c for c in data["claims"] if "is approached" in c["text"])
    assert told["verdict"] == "proved"
    told["program"][0]["expression"] = "2*t - 1"
    with pytest.raises(Refused):
        check(json.dumps(data).encode())
