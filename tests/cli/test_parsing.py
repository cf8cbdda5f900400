"""Where names may stand on a command line: before options, between them and behind them."""

from __future__ import annotations

import pytest

from toynets.cli import COMMANDS, parser_of

WORDS = {None: 1, "?": 1, "*": 3, "+": 3}


def words_of(parser):
    """Words for every place that a command has for one."""
    found = []
    for action in parser._get_positional_actions():
        if action.choices is not None:
            found.append(next(iter(action.choices)))
        else:
            found += [f"{action.dest}{k}" for k in range(WORDS[action.nargs])]
    return found


def options_of(parser):
    """An option without a value, and one with a value, where the command has one."""
    options = parser._get_optional_actions()
    free = [a for a in options if a.nargs is None and a.type is None and a.choices is None]
    needed = [word for a in free if a.required for word in (a.option_strings[-1], "needed")]
    yield ["--plain", *needed]
    if free:
        yield [*needed, free[-1].option_strings[-1], "value"]


@pytest.mark.parametrize("command", COMMANDS)
def test_names_may_stand_before_options_and_behind_them(command):
    parser = parser_of(command)
    words = words_of(parser)
    for option in options_of(parser):
        wanted = vars(parser.parse_args([*option, *words]))
        assert all(word in str(wanted) for word in words)
        for k in range(len(words) + 1):
            found = parser.parse_args([*words[:k], *option, *words[k:]])
            assert vars(found) == wanted, (option, k)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("cite", "not", "and", "--plain", "or"), "error: toynets cite has no place for and or.\n"),
        (("tour", "--plain"), "error: no command tour."),
        (("cite", "--colour", "not"), "error: no option --colour in toynets cite. Options: -h, "),
        (
            ("show", "not", "--jsno=1"),
            "--orientation. Nearest: --json.\n  fix: toynets show --help",
        ),
        (("list", "all"), "  likely cause: beside options it takes nothing.\n"),
        (("cite", "not", "-q"), "error: no option -q in toynets cite."),
    ],
)
def test_what_has_no_place_is_named(toynets, arguments, said):
    done = toynets(*arguments)
    assert done.status == 2 and said in done.err and done.out == ""


def test_a_minus_in_front_of_a_number_or_an_arrow_is_no_option(toynets):
    done = toynets("trace", "abs", "--plain", "-1/2", "x1->h1", "=", "0")
    assert done.out.splitlines()[0] == "abs  x1 = -1/2   with x1->h1 = 0"
    assert toynets("trace", "xor-sum", "1,1", "--plain", "->h2", "= 0").status == 0


def test_a_word_behind_an_option_reaches_its_command(toynets):
    assert toynets("show", "not", "--json", "y.bias").data["weight"] == "y.bias"
