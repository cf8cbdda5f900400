"""Everything stated is edited in one place; what is false must be refuted, what is true not."""

import pytest
from controls import control, slack

from toynets import zoo

# Edits of each explanation, and as many of its network, that are judged, evenly spread over all:
# in the default run, and under `-m gate`. Of the smallest networks all are judged there. An edit
# takes 0.003 to 0.2 seconds; of those where it takes more, fewer. All of all, in hours:
# python tests/support/controls.py
FEW, MANY = 5, 8
HEAVY_FEW, HEAVY_MANY = 1, 2
HEAVY = ("s3", "family-tree", "edges", "table-trained", "bars-trained", "rare-unit")


def small(entry):
    """Whether all edits of an entry are judged under `-m gate`."""
    domain = entry.task.domain
    return domain.finite and len(domain.rows) <= 8 and len(entry.network.numbers) <= 9


def judged(name, most):
    entry = zoo.load(name)
    counts = control(entry, most)
    assert counts.survivors == []
    assert counts.accused == []
    assert counts.caught > 0
    return entry, counts


@pytest.mark.parametrize("name", zoo.names())
def test_a_few_edits_are_judged_as_brute_force_judges_them(name):
    entry, counts = judged(name, HEAVY_FEW if name in HEAVY else FEW)
    assert set(counts.free) <= set(entry.explanation.slack)


@pytest.mark.gate
@pytest.mark.parametrize("name", zoo.names())
def test_more_edits_are_judged_as_brute_force_judges_them(name):
    every = small(zoo.load(name))
    entry, counts = judged(name, None if every else HEAVY_MANY if name in HEAVY else MANY)
    # Numbers on which no behaviour depends are declared, with the reason, and no others are.
    free, declared = set(counts.free), set(entry.explanation.slack)
    assert free == declared if every else free <= declared


def test_exact_claims_have_no_slack_and_declared_ones_do():
    found = slack(zoo.load("xor-sum"), halvings=8)
    assert found["x1->h1 = 1"] == ["none", "none"]
    assert found["h2->y = -2"] == ["none", "none"]
    # Any threshold between 0 and 1 gives the same decisions.
    assert found["threshold = 1/2"] != ["none", "none"]
