"""Everything stated is edited in one place; what is false must be refuted, what is true not."""

import pytest
from controls import control, slack

from toynets import zoo

# Edits of each explanation, and of each network, that are judged: in the default run, and under
# `-m gate`. All of them: python tests/support/controls.py
FEW, MANY = 10, 120
# One edit of these takes seconds: many subsets, many rows or long sums. Few, not in every run.
HEAVY = ("s3", "family-tree", "edges", "table-trained")
EACH = [pytest.param(n, marks=pytest.mark.long) if n in HEAVY else n for n in zoo.names()]


def judged(name, most):
    entry = zoo.load(name)
    counts = control(entry, most)
    assert counts.survivors == []
    assert counts.accused == []
    assert counts.caught > 0
    return entry, counts


@pytest.mark.parametrize("name", EACH)
def test_edits_are_judged_as_brute_force_judges_them(name):
    entry, counts = judged(name, 1 if name in HEAVY else FEW)
    assert set(counts.free) <= set(entry.explanation.slack)


@pytest.mark.gate
@pytest.mark.parametrize("name", zoo.names())
def test_more_edits_are_judged_as_brute_force_judges_them(name):
    entry, counts = judged(name, MANY)
    # Numbers on which no behaviour depends are declared, with the reason, and no others are.
    free, declared = set(counts.free), set(entry.explanation.slack)
    few = 5 * len(entry.network.numbers) <= MANY
    assert free == declared if few else free <= declared


def test_exact_claims_have_no_slack_and_declared_ones_do():
    found = slack(zoo.load("xor-sum"), halvings=8)
    assert found["x1->h1 = 1"] == ["none", "none"]
    assert found["h2->y = -2"] == ["none", "none"]
    # Any threshold between 0 and 1 gives the same decisions.
    assert found["threshold = 1/2"] != ["none", "none"]
