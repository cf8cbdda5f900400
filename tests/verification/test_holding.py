"""The first check that refutes is the first of those that `verify` finds."""

from __future__ import annotations

import pytest

from toynets import Domain, zoo
from toynets.explanation import Explanation
from toynets.rationals import rational
from toynets.verification import verify
from toynets.verification.holding import ORDER, Holding, first_failing
from toynets.verification.sites import sites, with_number

NAMES = ("xor-sum", "xor-tanh", "dead-weight", "majority-trained", "dormant-backup")


def first_of(report):
    return next((name for name in ORDER if name in report.failed), "")


@pytest.mark.parametrize("name", NAMES)
def test_it_agrees_with_verify_on_right_and_wrong_explanations(name):
    entry = zoo.load(name)
    domain = entry.task.domain
    base = Holding(entry.network, entry.explanation, domain)
    assert base.first_failing() == ""
    for wrong in entry.wrong:
        said = wrong.explanation
        report = verify(entry.network, said, domain)
        assert first_failing(entry.network, said, domain) == first_of(report) != ""
        assert first_failing(entry.network, said, domain, like=base) == first_of(report)
        for check in report.failed:  # each alone is found, too
            assert first_failing(entry.network, said, domain, only=[check]) == check
        left = [check for check in ORDER if check not in report.failed]
        assert first_failing(entry.network, said, domain, only=left) == ""


def test_a_change_of_weights_is_not_judged_by_the_old_model():
    entry = zoo.load("xor-sum")
    base = Holding(entry.network, entry.explanation, entry.task.domain)
    site = next(s for s in sites(entry.explanation) if s.name == "h2->y")
    moved = with_number(entry.explanation, site, rational(-3))
    for skip, check in ((), "weights"), (("weights",), "clean"):
        found = first_failing(entry.network, moved, entry.task.domain, skip=skip, like=base)
        assert found == check


def test_what_refuted_before_is_tried_first():
    entry = zoo.load("xor-sum")
    base = Holding(entry.network, entry.explanation, entry.task.domain)
    other = zoo.load("xor-difference").network
    held = Holding(other, entry.explanation, entry.task.domain)
    assert held.fails("parameters")
    (text,) = held.telling
    assert text.endswith(("= 0", "*= -1"))
    assert base.telling == []
    # One of another tier would be counted for this one.
    base.telling.append("h1 = 0")
    ran = []
    base.bench.run = lambda check, texts: ran.extend(texts)
    base.fails("parameters")
    assert "h1 = 0" not in ran and len(ran) == 18
    base.fails("subsets")
    assert ran[18] == "h1 = 0"


def test_an_explanation_that_cannot_be_held_is_refused():
    entry = zoo.load("xor-sum")
    data = entry.explanation.to_dict()
    data["units"]["h1"]["expression"] = "1/(x1 - x1)"  # a fault in one place is found as that
    assert first_failing(entry.network, Explanation.from_dict(data), Domain.boolean(2)) == "units"
    data["weights"]["x1->h1"]["value"] = ""
    blank = Explanation.from_dict(data)
    assert first_failing(entry.network, blank, Domain.boolean(2)) == "refused"
