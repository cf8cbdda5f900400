"""Families of runs in floats: resample, worst and both."""

from __future__ import annotations

import numpy as np
import pytest
from intervention_cases import BASE, BITS, NET, SOURCE

from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.interventions import runs
from toynets.network import Network


def test_resample_takes_every_other_input_in_turn():
    found = runs(NET, BASE, "h2 = resample", domain=BITS)
    assert [(r.source, r.outputs) for r in found] == [
        ((0, 0), (6.5,)),
        ((0, 1), (4.5,)),
        ((1, 0), (6.5,)),
    ]
    assert found[0].x == (1, 1)
    assert found[0].outputs[0].dtype == np.float32
    # 1/2, 1/2 is in no row, so all four are other inputs.
    assert len(runs(NET, [0.5, 0.5], "h2 = resample", domain=BITS)) == 4


def test_units_of_one_clause_share_a_source_and_clauses_draw_independently():
    shared = runs(NET, BASE, "h1, h2 = resample", domain=BITS)
    assert [r.outputs[0] for r in shared] == [3.5, -1.5, 9.5]
    apart = runs(NET, BASE, "h1 = resample, h2 = resample", domain=BITS)
    assert [r.outputs[0] for r in apart] == [3.5, 1.5, 3.5, 0.5, -1.5, 0.5, 9.5, 7.5, 9.5]
    assert apart[1].source == ((0, 0), (0, 1))


def test_resample_of_inputs_pre_activations_and_with_other_clauses():
    inputs = runs(NET, BASE, "x1, x2 = resample", domain=BITS)
    assert [r.outputs[0] for r in inputs] == [3.5, -1.5, 9.5]
    pre = runs(NET, BASE, "h2.pre = resample, h1 = (x')", domain=BITS, source=SOURCE)
    assert [r.outputs[0] for r in pre] == [0.5, -1.5, 0.5]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("h2 = worst", 2.5, 6.5),
        ("h2.pre = worst", 2.5, 6.5),
        ("h1, h2 = worst", -3.5, 9.5),
        ("h1 = worst, h2 = 0", 0.5, 9.5),
        ("x1 = worst", -1.5, 2.5),
        ("h2->y = 0, h2 = worst", 6.5, 6.5),
        ("h2-> *= -1, h2 = worst", 6.5, 10.5),  # the range is that of the clean network
        ("h1 = (x'), h2 = worst", -3.5, 0.5),
    ],
)
def test_worst_is_both_extremes_over_the_clean_range(text, low, high):
    found = runs(NET, BASE, text, domain=BITS, source=SOURCE)
    assert [r.extreme for r in found] == [("y", "min"), ("y", "max")]
    assert [r.outputs["y"] for r in found] == [low, high]
    assert found[0].outputs[0].dtype == np.float32
    assert all(r.attained for r in found)


def test_worst_finds_an_extreme_between_the_ends_of_the_range():
    # h in [-2, 2] over the domain, y = |h|: the least value is inside.
    net = Network.from_layers([([[1]], None, "identity"), ([[1]], None, "abs")])
    domain = Domain.listed([[-2], [1], [2]])
    assert [r.outputs for r in runs(net, [1], "h1 = worst", domain=domain)] == [0.0, 2.0]


def test_worst_over_a_box_and_for_each_output():
    net = Network.from_layers([([[2]], [1], "identity"), ([[1], [-1]], [0, 3], "identity")])
    found = runs(net, [0], "h1 = worst", domain=Domain.box("[-1, 1]"))
    assert [(r.extreme, r.outputs) for r in found] == [
        (("y1", "min"), (-1, 4)),
        (("y1", "max"), (3, 0)),
        (("y2", "min"), (3, 0)),
        (("y2", "max"), (-1, 4)),
    ]


def test_resample_and_worst_together_are_two_extremes_for_each_source():
    found = runs(NET, BASE, "h1 = resample, h2 = worst", domain=BITS)
    assert [(r.source, r.extreme[1], r.outputs[0]) for r in found] == [
        ((0, 0), "min", -0.5),
        ((0, 0), "max", 3.5),
        ((0, 1), "min", -3.5),
        ((0, 1), "max", 0.5),
        ((1, 0), "min", 5.5),
        ((1, 0), "max", 9.5),
    ]


def test_a_plain_intervention_is_a_family_of_one():
    (only,) = runs(NET, BASE, "h2 = 0")
    assert only.outputs == 6.5
    assert only.source is None
    assert only.extreme is None


@pytest.mark.parametrize(
    ("text", "domain", "message"),
    [
        ("h2 = resample", None, r"of a domain, but none is given(.|\n)*pass domain="),
        ("h2 = worst", None, r"of a domain, but none is given(.|\n)*pass domain="),
        (
            "h2 = resample",
            Domain.box("[0,1]^2"),
            r"is a box: its inputs cannot be listed(.|\n)*sampled",
        ),
        ("h2 = resample", Domain.listed([BASE]), "nothing to draw from"),
    ],
)
def test_a_family_needs_a_domain_that_can_answer(text, domain, message):
    with pytest.raises(ToynetsError, match=message):
        runs(NET, BASE, text, domain=domain)
