"""The checker accepts what is true and proved."""

from __future__ import annotations

import json

import pytest
from hand_certificates import ACCEPTED

from toynets.certificate_checker import check

LEAVES = {
    "tent": [2, 0],
    "logic": [2, 1],
    "twins": [2],
    "steps": [3],
    "diagonal": [3],
    "open sides": [1] * 8,
    "worst": [2, 0, 0, 1],
    "patch": [1],
    "ties": [3],
    "rising": [2],
    "edited": [1, 1, 1],
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_a_certificate_by_hand_is_accepted(name):
    found = check(json.dumps(ACCEPTED[name]).encode())
    assert found == {"hash": ACCEPTED[name]["network"]["hash"], "leaves": LEAVES[name]}
