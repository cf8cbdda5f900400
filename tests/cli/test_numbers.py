"""Every numeric argument of every command refuses what is no number, and what is out of bounds."""

import argparse
import math
import re

import pytest

from toynets.cli import COMMANDS, numbers, parser_of

HUGE = "9" * 50
# Read as text by the command, which refuses it by itself: what a run of it is given.
TEXT = {
    ("ask", "number"): ("ask", "{}"),
    ("pattern", "--norm"): ("pattern", "xor-sum", "h1", "--norm", "{}"),
}
# Meant: what is accepted although it looks like a fault, and why.
MEANT = {
    ("pattern", "--norm", "inf"): "each input between -1 and 1",
    ("audit", "--random", "0"): "no random network",
    ("audit", "--seed", "0"): "a seed as good as any",
    ("census", "--seed", "0"): "a seed as good as any",
    ("study", "--seed", "0"): "a seed as good as any",
    ("train", "--seed", "0"): "a seed as good as any",
    ("verify", "--seed", "0"): "a seed as good as any",
    ("plot", "--seed", "0"): "a seed as good as any",
    ("circuits", "--within", "0"): "exactly",
    ("circuits", "--within", HUGE): "as far as one likes",
    ("circuits", "--at-least", "0"): "none need be right",
    ("equal", "--within", "0"): "exactly",
    ("equal", "--within", HUGE): "as far as one likes",
    ("partition", "--within", "0"): "exactly",
    ("partition", "--within", HUGE): "as far as one likes",
    ("separate", "--within", "0"): "exactly",
    ("separate", "--within", HUGE): "as far as one likes",
    ("draft-explanation", "--within", "0"): "exactly",
    ("draft-explanation", "--within", HUGE): "as far as one likes",
    ("export-claim", "--margin", HUGE): "as far as one likes",
    ("export-claim", "--within", "0"): "exactly",
    ("export-claim", "--within", HUGE): "as far as one likes",
    ("grade", "--late-per-day", "0"): "nothing is taken off",
}
BAD = ("nan", "NaN", "inf", "-inf", "-1", "-3", "-0.5", "0", "1e999", HUGE, "text", "", "٣",
       "1_000", "0x10", "1/0", "--")  # fmt: skip
NUMERIC = {"N", "M", "S", "P", "E", "EPS", "RxC", "R,C"}


def numeric(action):
    """Whether an argument is a number: by its type, by its default, or by what help calls it."""
    by_type = action.type is not None
    by_default = re.fullmatch(r"[0-9./]+", str(action.default)) is not None
    return by_type or by_default or action.metavar in NUMERIC


def arguments():
    for command in COMMANDS:
        for action in parser_of(command)._actions:
            if numeric(action) and action.nargs not in (0, "*"):
                yield command, action


CASES = [pytest.param(c, a, id=f"{c} {(a.option_strings or [a.dest])[0]}") for c, a in arguments()]


def test_the_walk_meets_the_numbers_that_there_are():
    found = {str(case.id) for case in CASES}
    assert {"grade --cells", "grade --seconds", "grade --late-per-day", "verify --jobs",
            "census --runs", "train --hidden", "ask number", "pattern --grid"} <= found  # fmt: skip
    assert len(found) >= 28


@pytest.mark.parametrize(("command", "action"), CASES)
def test_what_is_no_number_of_its_kind_is_refused(command, action, toynets):
    name = (action.option_strings or [action.dest])[0]
    accepted = []
    for bad in BAD:
        if (command, name) in TEXT:
            run = [part.format(bad) for part in TEXT[command, name]]
            if toynets(*run).status != 2 and bad != "--":
                accepted.append(bad)
            continue
        try:
            action.type(bad)
        except argparse.ArgumentTypeError as error:
            assert "wanted is" in str(error) and len(str(error)) < 400
        else:
            accepted.append(bad)
    meant = [bad for bad in BAD if (command, name, bad) in MEANT]
    assert accepted == meant


def test_what_is_listed_is_there():
    there = {(str(c.id).split()[0], str(c.id).split()[1]) for c in CASES}
    assert {key[:2] for key in MEANT} | set(TEXT) <= there


@pytest.mark.parametrize(
    ("read", "given", "value"),
    [
        (numbers.count, " 2_000"[:2], 2),
        (numbers.count, "+7", 7),
        (numbers.count, str(10**12), 10**12),
        (numbers.count, str(10**12 + 1), None),
        (numbers.seed, str(2**32 - 1), 2**32 - 1),
        (numbers.seed, str(2**32), None),
        (numbers.seconds, ".5", 0.5),
        (numbers.seconds, "1e6", 1e6),
        (numbers.seconds, "1000001", None),
        (numbers.seconds, "1e-999", None),
        (numbers.share, "1", "1"),
        (numbers.share, "1.01", None),
        (numbers.percent, "100", "100"),
        (numbers.percent, "201/2", None),
        (numbers.distance, "1000", "1000"),
        (numbers.distance, "0/7", "0/7"),
        (numbers.positive, "1/400", "1/400"),
        (numbers.positive, "0.0", None),
        (numbers.sizes, " 28 x 28 ", (28, 28)),
        (numbers.sizes, "4", None),
        (numbers.sizes, "0,4", None),
        (numbers.layers, "4, 3", [4, 3]),
        (numbers.layers, "4,0", None),
        (numbers.layers, ",", None),
    ],
)
def test_the_ends_of_each_kind(read, given, value):
    if value is None:
        with pytest.raises(argparse.ArgumentTypeError, match="wanted is"):
            read(given)
    else:
        assert read(given) == value


def test_a_command_says_which_argument_and_what_is_wanted(toynets):
    done = toynets("grade", "x.json", "--cells", "-3")
    assert done.status == 2
    assert "argument --cells: wanted is a whole number from 1 to" in done.err
    assert "but got '-3'" in done.err and "toynets grade --help shows how." in done.err
    assert "argument --seconds: wanted is" in toynets("grade", "x.json", "--seconds", "nan").err
    assert math.isinf(float("1e999"))  # which is why it is looked at after reading, too
