"""Interventions that stand for several runs: resample, worst, both, and what they need."""

from __future__ import annotations

import pytest
from exact_cases import BITS, CLEAN, NET, ONE, F
from flint import arb, fmpq

from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.exact import Machine, runs
from toynets.network import Network
from toynets.rationals import rational, workprec
from toynets.records import Run


def test_resample_takes_every_other_input_in_turn():
    found = runs(NET, ONE, "h1 = resample", domain=BITS)
    assert all(isinstance(r, Run) for r in found)
    assert [r.outputs for r in found] == [F(-9, 4), F(-1, 4), F(-9, 4)]
    assert [r.source for r in found] == [(0, 0), (0, 1), (1, 0)]
    assert {r.x for r in found} == {(1, 1)} and found[0].intervention == "h1 = resample"


def test_one_clause_shares_a_source_and_two_clauses_draw_independently():
    shared = runs(NET, ONE, "h1, h2 = resample", domain=BITS)
    assert [r.outputs for r in shared] == CLEAN[:3]  # all of the hidden layer from one source
    apart = runs(NET, ONE, "h1 = resample, h2 = resample", domain=BITS)
    h1, h2 = [0, 1, 0], [F(1, 2), 0, F(7, 2)]
    assert [r.outputs for r in apart] == [2 * a - b + F(1, 4) for a in h1 for b in h2]
    assert apart[1].source == ((0, 0), (0, 1))


def test_resample_of_a_pre_activation_of_an_input_and_with_something_else():
    found = runs(NET, ONE, "h2.pre = resample", domain=BITS)
    assert [r.outputs for r in found] == [F(15, 4), F(17, 4), F(3, 4)]
    found = runs(NET, ONE, "x1 = resample", domain=BITS)
    assert [r.outputs for r in found] == [F(9, 4), F(9, 4), F(7, 4)]
    found = runs(NET, ONE, "h1 = resample, h2 = h2(x')", source=[1, 0], domain=BITS)
    assert [r.outputs for r in found] == [F(-13, 4), F(-5, 4), F(-13, 4)]
    found = runs(NET, [5, 5], "h1 = resample, x1->h1 = 0", domain=BITS)
    assert len(found) == 4  # x itself is not in the domain: nothing is left out


def test_worst_is_both_extremes_of_each_output():
    low, high = runs(NET, ONE, "h1 = worst", domain=BITS)
    assert (low.extreme, low.outputs) == (("y", "min"), F(-9, 4))
    assert (high.extreme, high.outputs) == (("y", "max"), F(7, 4))
    assert low.attained and high.attained and low.source is None


def test_worst_of_a_ball_holds_the_extreme_and_not_only_what_its_place_gives():
    # y = tanh(2 x) - tanh(x) on [0, 1]. With t = tanh(x) it is 2 t / (1 + t^2) - t, greatest where
    # t^2 = sqrt(5) - 2, and there t (1 - t^2) / (1 + t^2).
    net = Network.from_layers([([[2], [1]], [0, 0], "tanh"), ([[1, -1]], [0], "identity")])
    _, high = runs(net, 0, "x1 = worst", domain=Domain.boolean(1))
    with workprec(256):
        square = arb(5).sqrt() - 2
        exact = square.sqrt() * (1 - square) / (1 + square)
        (found,) = high.outputs
        assert rational(found.lower) < exact < rational(found.upper)
    assert found.radius < 1e-8


def test_worst_with_resample_is_both_extremes_for_each_source():
    found = runs(NET, ONE, "h1 = worst, h2 = resample", domain=BITS)
    assert [(r.source, r.extreme[1], r.outputs[0]) for r in found] == [
        ((0, 0), "min", F(-1, 4)),
        ((0, 0), "max", F(15, 4)),
        ((0, 1), "min", F(1, 4)),
        ((0, 1), "max", F(17, 4)),
        ((1, 0), "min", F(-13, 4)),
        ((1, 0), "max", F(3, 4)),
    ]


def test_one_run_that_is_no_family_is_a_list_of_one():
    (found,) = runs(NET, ONE, "h1 = 0")
    assert found.outputs == F(-9, 4) and found.source is None and found.extreme is None


def test_draws_of_a_machine():
    machine = Machine(NET, BITS)
    plan = machine.wiring.resolve("h1 = resample")
    (group,) = plan.groups
    assert machine.outcome((1, 1), plan, draws={group: BITS.rows[1]}) == (fmpq(-1, 4),)
    assert [d[group] for d in machine.draws((1, 1), plan)] == list(BITS.rows[:3])


@pytest.mark.parametrize(
    ("text", "given", "said"),
    [
        ("h1 = resample", {}, r"h1 = resample draws from (.|\n)*none is given"),
        ("h1 = resample", {"domain": Domain.box("[0,1]^2")}, r"draws from (.|\n)*is a box"),
        ("h1 = resample", {"domain": Domain.listed([ONE])}, r"nothing to draw from(.|\n)*fix:"),
        ("h1 = worst", {}, r"h1 = worst runs over the range of (.|\n)*none is given"),
        ("h1 = worst, h2 = (x')", {"domain": BITS}, r"no source input is given"),
    ],
)
def test_a_family_without_what_it_needs_is_refused(text, given, said):
    with pytest.raises(ToynetsError, match=said):
        runs(NET, ONE, text, **given)
