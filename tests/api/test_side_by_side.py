"""Networks verified in several processes: the records are those of one."""

import pytest

from toynets import ToynetsError
from toynets.api import side_by_side
from toynets.api.overview import verify_all
from toynets.api.side_by_side import find_all

NAMES = ("symmetry-1986", "xor-tanh", "abs", "xor-sum")  # balls, tanh, a proof, rationals


def test_two_processes_find_what_one_finds():
    told = []
    alone = verify_all(NAMES, progress=None)
    both = verify_all(NAMES, jobs=2, progress=lambda *step: told.append(step))
    assert [one.entry.name for one in both.networks] == list(NAMES)
    for mine, theirs in zip(alone.networks, both.networks, strict=True):
        assert str(mine.report.table()) == str(theirs.report.table())
        assert mine.to_dict() | {"report": ""} == theirs.to_dict() | {"report": ""}
        assert mine.wrong == theirs.wrong
    assert [step[1:] for step in told] == [(k, 4) for k in (1, 2, 3, 4)]
    assert {step[0] for step in told} == set(NAMES)


def test_an_error_in_a_process_is_raised_here():
    with pytest.raises(ToynetsError, match="no network xor-sun in the zoo"):
        list(find_all(["not", "xor-sun"], {"cases": 1000, "seed": 0}, 2))


def test_a_process_that_ends_is_said(monkeypatch):
    monkeypatch.setattr(side_by_side, "__name__", "no.such.module")  # it cannot even begin
    with pytest.raises(ToynetsError, match="a process ended before it had answered about not"):
        list(find_all(["not"], {"cases": 1000, "seed": 0}, 1))
