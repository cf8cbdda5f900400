"""Mutants of the checker's own text: each judges something wrong, or gives another reason."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import hand_certificates
import pytest
from hand_certificates import ACCEPTED, fresh
from spoiled_certificates import SPOILED, SPOILED_TEXTS

import toynets.certificate_checker as checker

SOURCE = Path(checker.__file__).read_text("utf-8")
TABLE = Path(hand_certificates.__file__).with_name("checker_mutants.txt").read_text("utf-8")


def mutants():
    """What is wrong, the old text, the new text."""
    for block in TABLE.split("\n\n"):
        lines = [line for line in block.splitlines() if not line.startswith("# ")]
        if lines:
            what, old, new = lines
            assert (old[:1], new[:1]) == ("-", "+"), block
            yield pytest.param(old[1:].strip(), new[1:].strip(), id=what)


@cache
def corpus():
    """What must be accepted, and what must be refused, as bytes."""
    good = [json.dumps(data).encode() for data in ACCEPTED.values()]
    bad = []
    for name, _, spoil, said in SPOILED:
        data = fresh(name)
        spoil(data)
        bad.append((json.dumps(data).encode(), said))
    tent = json.dumps(fresh("tent"))
    bad += [(tent.replace(old, new, 1).encode(), said) for _, old, new, said in SPOILED_TEXTS]
    bad.append((b" " * (2**26 + 1), "more than 64 MB"))
    return good, bad


def survives(source):
    """Whether a checker judges the whole corpus right, and for the right reason."""
    space = {"__name__": "mutant"}
    exec(compile(source, "mutant", "exec"), space)
    good, bad = corpus()
    try:
        for raw in good:
            space["check"](raw)
    except space["Refused"]:
        return False
    for raw, said in bad:
        try:
            space["check"](raw)
        except space["Refused"] as refusal:
            if re.search(said, str(refusal)):
                continue
        return False
    return True


def test_the_checker_itself_judges_all_right():
    assert survives(SOURCE)


@pytest.mark.parametrize(("old", "new"), list(mutants()))
def test_a_mutant_is_killed(old, new):
    assert SOURCE.count(old) == 1
    survived = survives(SOURCE.replace(old, new))
    assert not survived
