"""An explanation speaks of what is there, all of it."""

import pytest

from toynets.errors import ToynetsError
from toynets.explanation import Explanation
from toynets.network import Network
from toynets.verification import match_names

NETWORK = Network.from_layers(
    [([[1, 1]], [0], "relu"), ([[1], [2]], None, "identity")],
    name="net",
    ties={"w": ["x1->h1", "x2->h1"]},
)


def said(**changes):
    given = {
        "about": "net",
        "weights": {"w": "1", "h1.bias": "0", "h1->y1": "1", "h1->y2": "2"},
        "units": {
            u: {"activation": a}
            for u, a in (("h1", "relu"), ("y1", "identity"), ("y2", "identity"))
        },
        "ties": {"w": ["x1->h1", "x2->h1"]},
    }
    return Explanation.of(**{**given, **changes})


RELU, LINE = {"activation": "relu"}, {"activation": "identity"}


def test_the_right_names_match():
    match_names(NETWORK, said())


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"weights": {"w": "1", "h1.bias": "0", "h1->y1": "1", "h1->y2": "2", "y1.bias": "0"}},
            r"speaks of weight y1.bias: no weight y1.bias in net\..*Nearest",
        ),
        ({"weights": {"w": "1", "h1->y1": "1", "h1->y2": "2"}}, "leaves out weight h1.bias"),
        (
            {"units": {"h1": RELU, "h2": RELU, "y1": LINE, "y2": LINE}, "outputs": ["y1", "y2"]},
            "speaks of unit h2: no unit h2 in net",
        ),
        (
            {"inputs": ["x2", "x1"]},
            "inputs x2, x1; the network x1, x2.\n  likely cause: their order",
        ),
        ({"inputs": ["x1", "x2", "x3"]}, "speaks of input x3"),
        ({"outputs": ["y2", "y1"]}, "has the outputs y2, y1; the network y1, y2.\n.*their order"),
        ({"outputs": ["y1"]}, "has the outputs y1; the network y1, y2"),
        (
            {
                "ties": {},
                "weights": {
                    "x1->h1": "1",
                    "x2->h1": "1",
                    "h1.bias": "0",
                    "h1->y1": "1",
                    "h1->y2": "2",
                },
            },
            "ties nothing; the network w: x1->h1, x2->h1",
        ),
    ],
)
def test_what_is_not_there_or_left_out_is_named(changes, message):
    with pytest.raises(ToynetsError, match=message):
        match_names(NETWORK, said(**changes))
