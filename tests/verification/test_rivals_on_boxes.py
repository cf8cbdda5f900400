"""On a box two sides differ at a point that is found, or are proved to agree under every trial."""

import json

import pytest
from proof_cases import bumped

from toynets.api.separating import separate
from toynets.certificate_checker import check
from toynets.domain import Domain
from toynets.explanation import Explanation
from toynets.names import parse_intervention
from toynets.network import Network
from toynets.rationals import rational
from toynets.verification.compare import Decision
from toynets.verification.rivals_on_boxes import BoxProver
from toynets.verification.trials import Trial
from toynets.verification.voices import NetworkVoice
from toynets.zoo import load


def test_a_needle_tells_two_networks_apart():
    wide = bumped("1/1048576")
    flat = wide.with_numbers({"h3->y": 0, "h4->y": 0, "h5->y": 0})
    found = separate(wide, flat, domain=Domain.box("[-1,1]"))
    assert found.verdict == "separated" and found.experiment.intervention == ""
    (x,) = found.experiment.x
    assert abs(float(x) - 11 / 3 / 64) < 2**-20 and found.experiment.gap > 0


def test_two_networks_on_a_box_are_proved_alike_with_a_certificate():
    found = separate("abs", "abs-trained", within="1/1000")
    assert (found.verdict, found.exit_status) == ("proved", 0)
    said = check(json.dumps(found.certificate).encode())
    assert len(said["leaves"]) == len(found.search.interventions)
    assert said["hash"] == load("abs").network.hash
    assert {claim["verdict"] for claim in found.certificate["claims"]} == {"proved"}


def test_the_tolerance_that_just_holds_is_found_by_hand():
    """Of y = relu(x) + relu(-x) and 1025/1024 of it: with one weight flipped 2 relu(x) is read."""
    one = load("abs").network
    two = one.with_numbers({"h1->y": "1025/1024", "h2->y": "1025/1024"})
    assert separate(one, two, domain=Domain.box("[-1,1]"), within="1/512").verdict == "proved"
    found = separate(one, two, domain=Domain.box("[-1,1]"), within="1/513")
    assert found.verdict == "separated" and found.experiment.kind in ("flip", "joint")


def test_explanations_agree_with_themselves_and_a_wrong_one_is_told_apart():
    found = separate("max-2:explanation", "max-2:explanation")
    assert (found.verdict, found.certificate) == ("proved", None)
    wrong = load("max-2").wrong[0].name
    assert separate("max-2:explanation", f"max-2:{wrong}").verdict == "separated"


def test_what_is_stated_counts_on_a_box_where_no_sample_shows_it():
    right = load("abs").explanation
    data = right.to_dict()
    (clean,) = [o for o in data["outcomes"] if not o["intervention"]]
    said = clean["outputs"]["y"]
    clean["outputs"]["y"] = f"{said} + max(1/100000 - abs(x1 - 12345/37000), 0)"
    found = separate(right, Explanation.from_dict(data))
    assert found.experiment is not None and found.experiment.a_column == "stated"
    assert abs(found.experiment.x[0] - rational("12345/37000")) < rational("1/100000")


@pytest.mark.parametrize(
    ("rule", "by", "alike"),
    [({"sign": True}, "decision", True), ({"threshold": "1/2"}, "decision", False),
     ({"sign": True}, "value", False)],
)  # fmt: skip
def test_decisions_are_proved_alike_where_values_are_not(rule, by, alike):
    """Of h1 and 2 h1 the signs are the same; above 1/2 the second is sooner."""
    one = Network.from_layers([([[1, 1]], [-1], "relu"), ([[1]], [0], "identity")])
    domain = Domain.sampled("[0,1]^2", count=3)
    voices = [
        NetworkVoice(net, domain, Decision(rule), by)
        for net in (one, one.with_numbers({"h1->y": 2}))
    ]
    found = BoxProver()(*voices, Trial(parse_intervention(""), "clean", 0), domain)
    if alike:
        assert found is True
        return
    (x1, x2), source = found
    height = max(x1 + x2 - 1, 0)
    assert source is None and height > 0
    assert by == "value" or (height <= rational("1/2") <= 2 * height)


def test_the_largest_output_within_a_tolerance_is_not_claimed():
    net = Network.from_layers([([[1], [-1]], [0, 0], "identity")])
    domain = Domain.sampled("[-1,1]", count=3)
    trial = Trial(parse_intervention(""), "clean", 0)
    for within, known in (("0", True), ("1/8", None)):
        voice = NetworkVoice(net, domain, Decision({"argmax": True}), "value", rational(within))
        assert BoxProver()(voice, voice, trial, domain) is known


def test_a_swap_is_refuted_with_its_source():
    """h1 alone reaches y in one network, h2 as well in the other, which the box hides clean."""
    one = Network.from_layers(
        [([[1], [1]], [0, -1], "relu"), ([[1, 0]], [0], "identity")], name="one"
    )
    two = one.with_numbers({"h2.bias": "-1/2", "h2->y": 1})
    domain = Domain.sampled("[0,1/2]", count=3)
    voices = [NetworkVoice(net, domain, Decision({})) for net in (one, two)]
    clean = Trial(parse_intervention(""), "clean", 0)
    assert BoxProver()(*voices, clean, domain) is True
    swap = Trial(parse_intervention("h1 = h1(x')"), "patch", 1)
    assert BoxProver()(*voices, swap, domain) is True
    moved = [
        NetworkVoice(net, domain, Decision({}))
        for net in (one, two.with_numbers({"h2.bias": "-1/4"}))
    ]
    _, source = BoxProver()(*moved, Trial(parse_intervention("h2 = h2(x')"), "patch", 1), domain)
    assert source is not None and source[0] > rational("1/4")  # there alone h2 is not 0


def test_curved_units_leave_it_sampled():
    net = Network.from_layers([([[1]], [0], "tanh"), ([[1]], [0], "identity")])
    found = separate(net, net, domain=Domain.box("[-1,1]"))
    assert (found.verdict, found.certificate) == ("sampled", None)
