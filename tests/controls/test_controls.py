"""Every single number is corrupted; what is false must be refuted, what is true must not.

Of a large network only as many corruptions are tried as the work allows, drawn with a fixed seed;
`python tests/support/controls.py` tries them all.
"""

import pytest
from controls import WORK, chosen, control, slack

from toynets import zoo


@pytest.mark.parametrize("name", zoo.names())
def test_every_corrupted_number_is_judged_as_brute_force_judges_it(name):
    entry = zoo.load(name)
    counts = control(entry, WORK)
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


def test_a_share_is_the_same_every_time_and_has_the_declared_numbers_in_it():
    found = [(f"w{k}", "moved") for k in range(40)]
    share = chosen(found, 1 / 4, always=("w7",))
    assert share == chosen(found, 1 / 4, always=("w7",))
    assert ("w7", "moved") in share
    assert len(share) in (10, 11)
    assert chosen(found, 1) == found
    assert len(chosen(found, 0)) == 1


def test_without_a_limit_every_corruption_is_tried():
    entry = zoo.load("not")
    counts = control(entry)
    assert counts.tried == counts.of > control(entry, 20_000).tried
