"""What is printed when something is wrong: the fault, the likely cause and the fix; status 2."""

from __future__ import annotations

import pytest

NO_H3 = """\
error: no unit h3 in xor-sum. Units: h1, h2. Nearest: h2.
  h3 = 0
  ^ column 1
"""
REDIRECTED = (
    "error: the text ends in '-': your shell took the > in x1->h2 as a redirection; "
    "quote the intervention or write x1:h2=0\n"
)


def test_a_typo_in_an_intervention_is_answered_with_the_names_and_a_caret(toynets):
    done = toynets("ablate", "xor-sum", "h3 = 0")
    assert (done.status, done.out, done.err) == (2, "", NO_H3)


@pytest.mark.parametrize(
    "arguments",
    [
        ("ablate", "xor-sum", "x1-"),
        ("ablate", "xor-sum", "-"),
        ("ablate", "xor-sum", "h2-", "0"),
        ("show", "xor-sum", "x1-"),
        ("trace", "xor-sum", "1,1", "x1-"),
    ],
)
def test_what_a_redirection_leaves_behind_is_recognised(toynets, arguments):
    done = toynets(*arguments)
    assert done.status == 2
    assert done.err.startswith(REDIRECTED)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("show", "xor-sun"), " networks. Nearest: xor-sum, "),
        (("show", "nosuch"), " networks, such as and, or, nand.\n  fix: toynets l"),
        (("shaw",), " commands. Nearest: show.\n  fix: toynets alone"),
        (("xor-sum",), "fix: toynets show xor-sum"),
        (("show",), "error: the following arguments are required: NAME"),
        (("show", "xor-sum", "--colour"), "error: no option --colour in toynets show."),
        (("show", "xor-sum", "x3->h1"), "error: no weight x3->h1 in xor-sum. Weights: x1->h1"),
        (
            ("show", "xor-sum", "h3"),
            "no unit h3 in xor-sum. Units: h1, h2, y. Nearest: h2.\n  fix: ",
        ),
        (("show", "xor-sum", "x1 h2"), "no unit x1 h2 in xor-sum."),
        (("trace", "xor-sum", "1"), "error: xor-sum has 2 inputs (x1, x2), but the input is 1 num"),
        (("trace", "xor-sum", "1"), "fix: give one number per input, for example 0,0.\n"),
        (("trace", "xor-sum", "1,a"), "error: x2 of the input: 'a' is not a number."),
        (("trace", "abs", "0,5"), "fix: write 0.5 or 1/2."),
        (("trace", "xor-sum", "1,1", "h2"), "h2 alone does not say what becomes of it"),
        (("trace", "xor-sum", "1,1", "h2 = resample"), "stands for several runs"),
        (
            ("trace", "xor-sum", "11", "h2=worst"),
            'toynets ablate xor-sum "h2 = worst" --x 11',
        ),
        (("trace", "xor-sum", "1,1", "h2 = h2(x')"), "no source input is given"),
        (("ablate", "xor-sum", "h2 = h2(x')"), "fix: add --source 0,0, or write the numbers out"),
        (("ablate", "xor-sum", "h2 = 0", "--predict", "0,1,1"), "has 3 numbers for 4 outcomes"),
        (("ablate", "xor-sum", "h2 = 0", "--predict", "0,1,1,x"), "'x' is not a number"),
        (("ablate", "xor-sum", "h2 = resample", "--predict", "0,1,1,1"), "a prediction is one"),
        (("ablate", "symmetry-1986", "h1 = resample, h2 = resample"), "more than 20000"),
        (("ablate", "xor-sum", "h2 = 0", "--domain", "parity-3"), "has 3 inputs but xor-sum has 2"),
        (("verify", "--all", "xor-sum"), "leave one of the two out"),
        (("verify", "nothing.json"), "brings no explanation along"),
        (("verify", "--explanation", "nothing.json"), "error: there is no file nothing.json."),
        (("verify", "xor-sum", "--cases", "0"), "argument --cases: wanted is a whole number"),
        (("train", "xar"), " tasks. Nearest: xor.\n  fix: toynets list --tasks"),
        (("train", "xor", "--hidden", "two"), "argument --hidden: wanted is a number of units"),
        (("cite", "xor"), "error: no network xor in the zoo."),
        (("completion", "ksh"), "invalid choice: 'ksh'"),
    ],
)
def test_wrong_use_is_named_and_mended(toynets, arguments, said):
    done = toynets(*arguments)
    assert done.status == 2
    assert said in done.err
    assert done.out == ""


def test_an_interruption_ends_cleanly(toynets, monkeypatch):
    def stop(args, screen):
        raise KeyboardInterrupt

    monkeypatch.setattr(toynets_module("list"), "run", stop)
    done = toynets("list")
    assert (done.status, done.err) == (130, "\ninterrupted\n")


def toynets_module(name: str):
    import importlib

    return importlib.import_module(f"toynets.cli.commands.{name}")


def test_a_folder_that_is_a_file_is_named(toynets, tmp_path):
    place = tmp_path / "tests"
    place.write_text("mine", encoding="utf-8")
    done = toynets("course", "otter", "--lesson", "L04", "-o", str(place))
    assert done.status == 2 and f"{place}: File exists." in done.err
    assert place.read_text(encoding="utf-8") == "mine"
