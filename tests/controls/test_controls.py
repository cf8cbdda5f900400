"""Every single number is corrupted; what is false must be refuted, what is true must not."""

import pytest
from controls import control, slack

from toynets import zoo


@pytest.mark.parametrize("name", zoo.names())
def test_every_corrupted_number_is_judged_as_brute_force_judges_it(name):
    entry = zoo.load(name)
    counts = control(entry)
    assert counts.survivors == []
    assert counts.accused == []
    assert counts.caught > 0
    # Numbers on which no behaviour depends are declared, with the reason, and no others are.
    assert set(counts.free) == set(entry.explanation.slack)


def test_exact_claims_have_no_slack_and_declared_ones_do():
    found = slack(zoo.load("xor-sum"), halvings=8)
    assert found["x1->h1 = 1"] == ["none", "none"]
    assert found["h2->y = -2"] == ["none", "none"]
    # Any threshold between 0 and 1 gives the same decisions.
    assert found["threshold = 1/2"] != ["none", "none"]
