"""Bounds read from text: what is written wrong is said, with the bound that was meant."""

import pytest

from toynets.api.bounds import example, read_bound
from toynets.errors import ToynetsError
from toynets.zoo import load


@pytest.mark.parametrize(
    ("said", "why", "fix"),
    [
        ("y =< 2", "has no sign that is known: =<", 'write "y <= 2"'),
        ("y => x1", "has no sign that is known: =>", 'write "y >= x1"'),
        ("y \N{LESS-THAN OR EQUAL TO} 2", "has no sign that is known", 'write "y <= 2"'),
        ("0 <= y", '"0 <= y" does not begin with an output', 'write "y >= 0"'),
        ("x1 > y", "does not begin with an output", 'write "y < x1"'),
        ("2 >= y", "does not begin with an output", 'write "y <= 2"'),
        ("0 < y", "does not begin with an output", 'write "y > 0"'),
        ("y == 1", "is no bound but two", '--bound "y <= 1" --bound "y >= 1"'),
        ("y = x1", "is no bound but two", '--bound "y <= x1" --bound "y >= x1"'),
        ("y", "is no bound", '"y <= 1 + x1/2"'),
        ("y ==", "is no bound", '"y <= 1 + x1/2"'),
        ("h1 = 1", "is no bound", '"y <= 1 + x1/2"'),
        ("0 <= 1", "no output 0 in abs", 'begins with an output: "y <= 1"'),
        ("z <= 1", "no output z in abs. Outputs: y", 'begins with an output: "y <= 1"'),
        ("y > x1 and x1 > 0", "more than one bound", "by itself"),
    ],
)
def test_what_is_no_bound_is_said_with_what_was_meant(said, why, fix):
    with pytest.raises(ToynetsError) as error:
        read_bound(load("abs").network, said)
    assert why in error.value.message and fix in error.value.fix


def test_the_first_sign_is_the_one_of_the_bound():
    network = load("abs").network
    assert [read_bound(network, f"y {s} 2")[1] for s in ("<=", ">=", "<", ">")] == [
        "<=",
        ">=",
        "<",
        ">",
    ]
    assert read_bound(network, example(network))[:2] == ("y", "<=")
