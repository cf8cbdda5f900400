"""Edits of explanations about boxes, judged at every point; and errors planted in the prover."""

from types import SimpleNamespace

import pytest
from box_controls import WAYS, control, edits, judge, names_of_boxes, spread

from toynets import zoo
from toynets.domain import Domain
from toynets.explanation import Explanation
from toynets.network import Network
from toynets.verification import boxes
from toynets.verification.proofs import cells, entry, prover, scenes, search

# Edits of each entry that are judged, evenly spread, each in two ways: in the default run, and
# under `-m gate`. All of all take some 25 minutes: python tests/support/box_controls.py
FEW, MANY = 1, 8
HEAVY = {"sawtooth-3": 3, "median-3": 3, "movie-rating": 3, "student-trained": 6}


def stepping():
    """Two steps on a box: what an edit changes may be one line of it, or one corner."""
    network = Network.from_layers(
        [([[8, 0], [8, 8]], [-3, -7], "step"), ([[1, -2]], [0], "identity")], name="stepping"
    )
    units = {
        "h1": ("step", "x1 > 3/8", "x1 > 3/8"),
        "h2": ("step", "8*x1 + 8*x2 > 7", "8*x1 + 8*x2 > 7"),
        "y": ("identity", "h1 - 2*h2", "h1 - 2*h2"),
    }
    said = {
        "format": "toynets-explanation/1",
        "about": "stepping",
        "weights": {a: {"value": str(int(v))} for a, v in network.numbers.items()},
        "units": {
            u: {"activation": a, "expression": e, "concept": c} for u, (a, e, c) in units.items()
        },
        "outcomes": [
            {"intervention": "h2 = 0", "outputs": {"y": "x1 > 3/8"}},
            {"intervention": "h1 = 0", "outputs": {"y": "-2*(not (8*x1 + 8*x2 <= 7))"}},
            {"intervention": "h2 = h2(1, 1)", "outputs": {"y": "(x1 > 3/8) - 2"}},
        ],
    }
    box = SimpleNamespace(domain=Domain.box("[0,1]^2"))
    return SimpleNamespace(
        network=network, explanation=Explanation.from_dict(said), task=box, name="stepping"
    )


@pytest.mark.parametrize("name", names_of_boxes())
def test_an_edit_is_judged_on_a_box_as_brute_force_judges_it(name):
    counts = control(zoo.load(name), FEW + 1)
    assert counts.wrong == []
    assert counts.tried == 2 * len(WAYS)
    assert counts.proved or name in ("disc", "ring")  # the unedited one is among them


@pytest.mark.gate
@pytest.mark.parametrize("name", names_of_boxes())
def test_more_edits_are_judged_on_a_box_as_brute_force_judges_them(name):
    counts = control(zoo.load(name), HEAVY.get(name, MANY))
    assert counts.wrong == []
    assert counts.caught


@pytest.mark.gate
def test_steps_are_judged_at_their_faces():
    counts = control(stepping(), None)
    assert counts.wrong == []
    assert counts.proved
