"""Everything stated is edited in one place; what is false must be refuted, what is true not."""

import pytest
from controls import control, edits, slack

from toynets import zoo

SHARE = 60  # edits of an explanation that the default run judges; the gate judges all of them


def judged(name, every):
    entry = zoo.load(name)
    counts = control(entry, every)
    assert counts.survivors == []
    assert counts.accused == []
    assert counts.caught > 0
    # Numbers on which no behaviour depends are declared, with the reason, and no others are.
    assert set(counts.free) == set(entry.explanation.slack)


@pytest.mark.parametrize("name", zoo.names())
def test_edits_are_judged_as_brute_force_judges_them(name):
    judged(name, 1 + edits(zoo.load(name)) // SHARE)


@pytest.mark.gate
@pytest.mark.parametrize("name", zoo.names())
def test_every_one_place_edit_is_judged_as_brute_force_judges_it(name):
    judged(name, 1)


def test_exact_claims_have_no_slack_and_declared_ones_do():
    found = slack(zoo.load("xor-sum"), halvings=8)
    assert found["x1->h1 = 1"] == ["none", "none"]
    assert found["h2->y = -2"] == ["none", "none"]
    # Any threshold between 0 and 1 gives the same decisions.
    assert found["threshold = 1/2"] != ["none", "none"]
