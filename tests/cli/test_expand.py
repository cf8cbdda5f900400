"""`toynets expand`, from the command line."""

from __future__ import annotations


def test_each_pattern_that_occurs(toynets):
    lines = toynets("expand", "xor-sum").out.splitlines()
    assert lines == [
        "xor-sum on {0, 1}^2: 3 linear pieces",
        "units on: h1; of 4: 2; inputs: 01, 10; output: y = x1 + x2",
        "units on: none; of 4: 1; inputs: 00; output: y = 0",
        "units on: h1, h2; of 4: 1; inputs: 11; output: y = -x1 - x2 + 2",
    ]


def test_with_paths_and_on_a_box(toynets):
    assert "x1->h2->y: -2" in toynets("expand", "xor-sum", "--paths").out
    data = toynets("expand", "xor-sum", "--domain", "[0,1]^2", "--json").data
    assert [piece["count"] for piece in data["pieces"]] == ["1/2", "1/2"]


def test_curved_networks_are_refused(toynets):
    done = toynets("expand", "xor-tanh")
    assert done.status == 2 and "no linear pieces" in done.err


def test_a_box_without_an_inside(toynets):
    done = toynets("expand", "xor-sum", "--domain", "[0,0]^2")  # one point: one piece
    assert done.status == 0 and "1 linear pieces" in done.out
    done = toynets("expand", "xor-sum", "--domain", "[0,0]x[0,2]")
    assert done.status == 2 and "has no inside, so that its 2 pieces have no share" in done.err
