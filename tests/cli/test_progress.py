"""Progress of long work: on standard error, on a terminal only; standard output stays as it is."""

import io
import re
import time
from contextlib import redirect_stderr

import pytest

from toynets.cli import progress
from toynets.cli.screen import Screen

THREE = ("verify", "and", "or", "not")


class Terminal(io.StringIO):
    """Standard error that is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def at_once(monkeypatch):
    """Nothing is waited for, and the terminal has colour."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    monkeypatch.setattr(progress, "PAUSE", 0.01)
    monkeypatch.setattr(progress, "LINE", 0.01)


def held(screen, *, until, tell=None):
    """Do work until standard error holds a text; return all that it then holds."""
    errors = Terminal()
    with redirect_stderr(errors), screen.progress("work") as move:
        if tell is not None:
            move(*tell)
        ends = time.monotonic() + 20
        while until not in errors.getvalue() and time.monotonic() < ends:
            time.sleep(0.01)
    return errors.getvalue()


def test_a_bar_comes_before_the_work_has_told_anything(at_once):
    assert "work" in held(Screen(), until="work")


def test_a_bar_says_what_is_done_and_how_much_of_it(at_once):
    said = held(Screen(json=True), until="3 of 9", tell=("[b]abs", 3, 9))
    assert "[b]abs" in said
    assert "3 of 9" in said
    assert "0:00:0" in said


@pytest.mark.parametrize("given", [{"plain": True}, {}])
def test_lines_where_nothing_may_move(at_once, monkeypatch, given):
    if not given:
        monkeypatch.setenv("NO_COLOR", "1")
    said = held(Screen(**given), until="\n", tell=("abs", 3, 9))
    assert said.splitlines()[0] == "work, 3 of 9, abs, 0 s"
    assert "\x1b" not in said


def test_a_line_comes_every_half_minute_and_a_bar_after_a_second():
    assert (progress.LINE, progress.PATIENCE) == (30.0, 1.0)


def test_nothing_away_from_a_terminal(at_once):
    errors = io.StringIO()
    with redirect_stderr(errors), Screen().progress("work") as move:
        assert move is None
        time.sleep(0.05)
    assert errors.getvalue() == ""


def test_work_that_ends_early_shows_nothing():
    errors = Terminal()
    with redirect_stderr(errors), Screen().progress("work") as move:
        move("abs", 1, 2)
    assert errors.getvalue() == ""


def test_an_interrupt_goes_through_a_bar(at_once):
    errors = Terminal()
    with (
        pytest.raises(KeyboardInterrupt),
        redirect_stderr(errors),
        Screen().progress("work"),
    ):
        raise KeyboardInterrupt


@pytest.mark.parametrize("flags", [(), ("--json",), ("--plain",)])
def test_standard_output_is_the_same_with_a_bar(toynets, at_once, flags):
    bare = toynets(*THREE, *flags)
    errors = Terminal()
    with redirect_stderr(errors):
        shown = toynets(*THREE, *flags)
    assert bare.err == ""
    kept = [
        [x for x in re.sub(r"\d+\.\d s;", "", done.out).splitlines() if "seconds" not in x]
        for done in (bare, shown)
    ]
    assert kept[0] == kept[1]
    assert len(kept[0]) > 3
    assert shown.status == bare.status == 0
