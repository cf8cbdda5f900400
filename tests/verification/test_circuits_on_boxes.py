"""Circuits on a box: each set that suffices does at every point, or a point shows that not."""

import itertools

import pytest
from proof_cases import bumped

from toynets.api.circuit_finding import circuits
from toynets.domain import Domain
from toynets.network import Network
from toynets.symmetry import permute
from toynets.verification.circuits import meanings


@pytest.mark.parametrize("ablation", ["zero", "resample"])
def test_what_a_needle_needs_is_found_where_no_sample_is(ablation):
    """Removed, the three units of the needle change nothing at any of the points tried."""
    net = bumped("1/1048576")
    box = Domain.box("[-1,1]")
    sample = circuits(net, of="units", ablation="zero", criterion="values",
                      domain=Domain.listed([[f"{k}/16"] for k in range(-16, 17)]))  # fmt: skip
    assert sample.sufficient == (("h1", "h2"),)
    found = circuits(net, of="units", ablation=ablation, criterion="values", domain=box)
    assert found.verdict == "proved" and "found by the prover" in found.domain
    assert found.sufficient == (("h1", "h2", "h3", "h4", "h5"),)
    assert {s.members for s in found.necessary} == {(f"h{k}",) for k in range(1, 6)}


def test_every_set_is_asked_of_whichever_units_it_has():
    """The needle's units first: the set that leaves them out has none of the first three."""
    net = permute(bumped("1/1048576"), ["h3", "h4", "h5", "h1", "h2"])
    found = circuits(net, of="units", ablation="zero", criterion="values",
                     domain=Domain.box("[-1,1]"))  # fmt: skip
    assert len(found.sufficient) == 1 and len(found.sufficient[0]) == 5


def test_sets_are_those_of_the_same_question_asked_set_by_set():
    """Of y = relu(x1) + relu(x1) + relu(x1 - 1): on [0, 1] the third is silent, within 1/2."""
    net = Network.from_layers(
        [([[1], [1], [1]], [0, 0, -1], "relu"), ([["1/2", "1/2", 1]], [0], "identity")]
    )
    found = circuits(net, of="units", ablation="zero", criterion="values", within="1/2",
                     domain=Domain.box("[0,1]"))  # fmt: skip
    every = [set(c) for n in range(4) for c in itertools.combinations(("h1", "h2", "h3"), n)]
    share = {"h1": 0.5, "h2": 0.5, "h3": 0.0}  # of y, at 1, where it is largest
    good = [keep for keep in every if 1 - sum(share[u] for u in keep) <= 0.5]
    least = {tuple(sorted(s)) for s in good if not any(t < s for t in good)}
    assert set(found.sufficient) == least == {("h1",), ("h2",)}
    assert found.verdict == "proved" and found.sufficing == len(good)


def test_decisions_are_proved_and_accuracy_is_not():
    found = circuits("triangle", of="units", ablation="zero", criterion="decisions")
    assert found.verdict in ("proved", "exhaustive")
    share = circuits("triangle", of="units", ablation="zero", criterion="accuracy")
    assert share.verdict == "sampled" and "a share of the points tried" in share.why


def test_curved_units_stay_sampled():
    found = circuits("disc", of="units", ablation="zero", criterion="values")
    assert (found.verdict, found.why) == ("sampled", "not proved: a unit is curved")
    curved = Network.from_layers([([[1, 0]], None, "square"), ([[1]], [0], "identity")])
    box = Domain.box("[-1,1]^2")
    found = circuits(curved, of="edges", ablation="mean", criterion="values", domain=box)
    assert (found.verdict, found.why) == ("sampled", "not proved: a unit is curved")


def test_the_mean_of_an_edge_is_proved_and_its_points_are_named():
    """y = relu(x1 + 0 x2): what h1->y carries matters, and x2->h1 carries nothing that does."""
    net = Network.from_layers([([[1, 0]], None, "relu"), ([[1]], [0], "identity")])
    found = circuits(net, of="edges", ablation="mean", criterion="values",
                     domain=Domain.box("[-1,1]^2"))  # fmt: skip
    assert (found.verdict, found.why) == ("proved", "at every point of the box")
    assert found.sufficient == (("x1->h1", "h1->y"),)
    points = "48 points of [-1, 1]^2, seed 0"
    assert found.ablated == f"it carries the mean of its source over {points}"
    assert found.to_dict()["ablated"] == found.ablated
    assert meanings([found])[-1] == f"mean: the mean over {points}"


def test_a_mean_that_an_edge_does_not_carry_everywhere_is_found_out():
    """The needle's own edges: their mean over the points tried is that of a silent unit."""
    net = bumped("1/1048576")
    found = circuits(net, of="edges", ablation="mean", criterion="values",
                     domain=Domain.box("[-1,1]"), cases=100_000)  # fmt: skip
    assert found.verdict in ("proved", "sampled")
    assert all({"h3->y", "h4->y", "h5->y"} <= set(kept) for kept in found.sufficient)
