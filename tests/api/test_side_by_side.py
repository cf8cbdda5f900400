"""Networks verified in several processes: the records are those of one."""

import signal
import subprocess
import sys

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
    assert [step[1:] for step in told] == [(k, 4) for k in range(5)]
    assert told[0][0] == "symmetry-1986 and others"
    assert {step[0] for step in told[1:]} == set(NAMES)


def test_an_error_in_a_process_is_raised_here():
    with pytest.raises(ToynetsError, match="no network xor-sun in the zoo"):
        list(find_all(["not", "xor-sun"], {"cases": 1000, "seed": 0}, 2))


def test_a_process_that_ends_is_said(monkeypatch):
    monkeypatch.setattr(side_by_side, "__name__", "no.such.module")  # it cannot even begin
    with pytest.raises(ToynetsError, match="a process ended before it had answered about not"):
        list(find_all(["not"], {"cases": 1000, "seed": 0}, 1))


@pytest.mark.skipif(sys.platform == "win32", reason="a signal cannot be sent to one process there")
def test_a_process_leaves_an_interrupt_to_the_one_that_asks():
    command = [sys.executable, "-c", side_by_side.PROGRAM.format(side_by_side.__name__)]
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    with subprocess.Popen(command, **pipes) as child:
        child.stdin.write(b"not 1000 0\n")
        child.stdin.flush()
        assert child.stdout.read(1)  # it has begun to answer
        child.send_signal(signal.SIGINT)
        said, complaints = child.communicate(b"and 1000 0\n")
    assert said.count(b"toynets") > 0
    assert (child.returncode, complaints) == (0, b"")
