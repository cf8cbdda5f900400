"""Claims in concepts: right on every clean input, and refuted by interchange."""

from __future__ import annotations

import pytest

from toynets import Domain, Network, ToynetsError, interchange


def test_h1_is_xor_and_h2_is_ignored_is_right_on_clean_inputs_and_refuted_by_interchange():
    found = interchange("xor-sum", "h1: x1 != x2; y: h1")
    assert found.claim == "h1 is x1 != x2, y is h1, h2 is ignored"
    assert found.clean == (4, 4)
    assert (found.verdict, found.refuted_by) == ("refuted", "interchange")
    # By hand: y = h1(s) - 2 h2(x) against XOR(s), decided at 1/2, on 16 pairs.
    right = sum(
        (min(sum(s), 2) - 2 * (sum(x) == 2) > 0.5) == (sum(s) == 1)
        for x in ((0, 0), (0, 1), (1, 0), (1, 1))
        for s in ((0, 0), (0, 1), (1, 0), (1, 1))
    )
    assert found.units["h1"] == (right, 16)
    # h2 is ignored: swapping it must change no decision of h1(x) - 2 h2(s).
    ignored = sum(
        (min(sum(x), 2) - 2 * (sum(s) == 2) > 0.5) == (sum(x) == 1)
        for x in ((0, 0), (0, 1), (1, 0), (1, 1))
        for s in ((0, 0), (0, 1), (1, 0), (1, 1))
    )
    assert found.units["h2"] == (ignored, 16)
    assert found.witness.message == (
        "input 00 with h1 taken from 11: the other decision: the claim gives 0, the network 2."
    )
    assert found.witness.arithmetic[-1] == "y = 1*2 - 2*0 = 2"


@pytest.mark.parametrize("level", ["value", "decision"])
@pytest.mark.parametrize(
    ("name", "claim"),
    [
        ("xor-sum", "h1: x1 + x2; h2: x1 and x2; y: h1 - 2*h2"),
        ("xor-difference", "h1: x1 and not x2; h2: x2 and not x1; y: h1 + h2"),
        ("xor-difference", {"h1": "x1 and not x2", "h2": "x2 and not x1", "y": "h1 + h2"}),
    ],
)
def test_what_units_really_stand_for_survives_every_swap(name, claim, level):
    found = interchange(name, claim, level=level)
    assert (found.verdict, found.witness) == ("exhaustive", None)
    assert all(right == of == 16 for right, of in found.units.values())


def test_or_minus_and_holds_by_decision_and_not_by_value():
    said = "h1: x1 or x2; h2: x1 and x2; y: h1 and not h2"
    assert interchange("xor-sum", said).verdict == "exhaustive"
    assert interchange("xor-sum", said, level="value").refuted_by == "interchange"


def test_a_wrong_clean_output_is_named_as_that():
    found = interchange("xor-sum", "y: x1 or x2")
    assert (found.refuted_by, found.clean) == ("clean", (3, 4))
    assert found.witness.message.startswith("input 11: the other decision")


def test_a_tolerance_counts_by_value():
    said = "h1: x1 + x2; h2: x1 and x2; y: h1 - 2*h2"
    assert interchange("xor-relu-2", said, level="value").verdict == "refuted"
    assert interchange("xor-relu-2", said, level="value", within="1/1000").verdict == "exhaustive"


def test_sampled_and_unknown_are_said():
    found = interchange("abs", "h1: max(x1, 0); h2: max(-x1, 0); y: h1 + h2")
    assert found.verdict == "sampled"
    net = Network.from_layers([([[1], [1]], None, "tanh"), ([[1, -1]], None, "step")])
    straddles = interchange(net, "y: 0", domain=Domain.listed([[1]]))
    assert (straddles.verdict, straddles.clean) == ("unknown", (0, 1))


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ("h1: x1", "does not say what the output y is"),
        ("h3: x1; y: x1", "no unit h3 in the network"),
        ("y: h1; h1: x1; y: x2", "says twice what y is"),
        ("h1 = x1; y: h1", "says of no unit what it is"),
        ("h1: h2; y: h1", "h2"),
    ],
)
def test_a_claim_that_cannot_be_read_says_why(claim, said):
    with pytest.raises(ToynetsError, match=said):
        interchange("xor-sum", claim)


def test_the_result_as_data():
    data = interchange("xor-sum", "h1: x1 != x2; y: h1").to_dict()
    assert data["clean"] == {"right": 4, "of": 4}
    assert data["witness"]["intervention"] == "h1 = h1(x')"
    assert data["witness"]["source"] == ["1", "1"]
