"""Errors: the message has the fault, the cause, the fix, and the caret stands under the place."""

from __future__ import annotations

import pytest
from small_networks import XOR

from toynets.errors import ParseError, ToynetsError, Undecided, UnknownName, nearest, unknown


def test_the_first_five_minutes_error_word_for_word():
    with pytest.raises(ToynetsError) as caught:
        XOR.wiring.resolve("h3 = 0")
    assert str(caught.value) == (
        "no unit h3 in xor-sum. Units: h1, h2. Nearest: h2.\n  h3 = 0\n  ^ column 1"
    )


def test_message_cause_and_fix_each_have_their_line():
    error = ToynetsError("fault.", cause="because.", fix="do this.")
    assert str(error) == "fault.\n  likely cause: because.\n  fix: do this."
    assert (error.message, error.cause, error.fix) == ("fault.", "because.", "do this.")


def test_a_parse_error_has_its_cause_and_fix_below_the_caret():
    error = ParseError("fault.", text="ab", column=2, cause="because.", fix="do this.")
    assert str(error).split("\n") == [
        "fault.",
        "  ab",
        "   ^ column 2",
        "  likely cause: because.",
        "  fix: do this.",
    ]


@pytest.mark.parametrize(
    ("text", "column", "line", "caret_at"),
    [
        ("abc", 3, "abc", 2),
        ("abc", 4, "abc", 3),  # one past the end: something is missing
        ("one\ntwo\nthree", 6, "two", 1),  # the line of the place, not the first
        ("x" * 200, 150, "x" * 100, 60),  # cut so that the caret stays in sight
        ("数 = 0", 3, "数 = 0", 3),  # a wide character takes two columns
        ("a\tb\x1b[31m", 3, "a b [31m", 2),  # nothing in it steers the terminal
        ("", 1, "", 0),
    ],
)
def test_the_caret_stands_under_its_column(text, column, line, caret_at):
    lines = str(ParseError("m", text=text, column=column)).split("\n")
    assert lines[1] == "  " + line
    assert lines[2] == "  " + " " * caret_at + f"^ column {column}"


@pytest.mark.parametrize(
    ("name", "candidates", "best"),
    [
        ("h3", ["h1", "h2"], "h2"),
        ("h3", ["h2", "h1"], "h2"),
        ("h0", ["h1", "h2"], "h1"),
        ("h12", ["h1", "h2", "h11"], "h11"),
        ("h1.4", ["h1.1", "h1.3", "h2.1"], "h1.3"),
        ("x1->h3", ["x1->h1", "x1->h2", "x2->h2"], "x1->h2"),
        ("H2", ["h1", "h2"], "h2"),
        ("ReLU", ["identity", "relu", "tanh"], "relu"),
        ("cary", ["both", "carry"], "carry"),
        ("xor-sun", ["and", "xor-sum", "xor-difference"], "xor-sum"),
    ],
)
def test_nearest_is_what_a_reader_would_call_near(name, candidates, best):
    assert nearest(name, candidates) == [best]


def test_nearest_is_silent_where_nothing_is_near():
    assert nearest("zebra", ["h1", "y"]) == []


def test_nearest_gives_as_many_as_asked_best_first():
    assert nearest("h2", ["h9", "h3", "h5"], 2) == ["h3", "h5"]


def test_nearest_survives_very_long_names_and_numbers():
    assert nearest("h" + "9" * 5000, ["h1", "h2"]) == ["h2"]


def test_unknown_lists_few_names_and_counts_many():
    names = [f"h{k}" for k in range(1, 60)]
    shown = ", ".join(names[:20])
    assert unknown("unit", "zz", "", names[:20]) == f"no unit zz. Units: {shown}."
    assert unknown("unit", "zz", "net", names[:21]) == (
        "no unit zz in net. There are 21 units, such as h1, h2, h3."
    )
    assert unknown("unit", "h61", "", names) == (
        "no unit h61. There are 59 units. Nearest: h59, h58, h57."
    )


def test_nothing_is_called_near_that_only_shares_letters():
    assert nearest("nosuch", ["xor-stuck-half", "couch-half"]) == []
    assert nearest("xor", ["or", "nor-xor", "xor-sum", "xor-stuck-half"], 3) == [
        "xor-sum",
        "xor-stuck-half",
        "or",
    ]


def test_unknown_cuts_a_long_name():
    assert len(unknown("unit", "q" * 50_000, "net", ["h1"])) < 200


def test_unknown_without_names_says_so():
    assert unknown("bias", "b", "", [], plural="biases") == "no bias b. There are no biases."


def test_unknown_finds_the_nearest_among_further_names():
    assert unknown("unit", "a", "n", ["h1"], also=["A"]) == "no unit a in n. Units: h1. Nearest: A."


def test_an_unknown_name_is_a_key_error_too_and_prints_plainly():
    error = UnknownName("no unit h3.")
    assert isinstance(error, KeyError) and isinstance(error, ToynetsError)
    assert str(error) == "no unit h3."


def test_undecided_is_an_error_of_the_package():
    assert issubclass(Undecided, ToynetsError)
