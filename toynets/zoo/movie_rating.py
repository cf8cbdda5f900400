"""A rating of films, made of four named equations: every weight is a word of the formula."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 95

NETWORK = Network.from_layers(
    [
        (
            [
                [1, "-1/2", 0, 0, 0],
                [0, 1, "1/2", 0, 0],
                [0, 0, "-1/2", 1, 0],
                [0, 0, 0, 0, 1],
            ],
            [0, "-1/2", "-1/4", "-1/2"],
            "relu",
        ),
        ([[2, 2, -1, 1]], [1], "identity"),
    ],
    inputs=["action", "romance", "comedy", "length", "star"],
    units=["thrill", "date", "bored", "star_bonus"],
    outputs=["rating"],
    name="movie-rating",
)

INPUTS = ("action", "romance", "comedy", "length", "star")
EQUATIONS = {
    "thrill": "action - romance/2",
    "date": "romance + comedy/2 - 1/2",
    "bored": "length - comedy/2 - 1/4",
    "star_bonus": "star - 1/2",
}
PARTS = {
    "thrill": {
        "action": ("1", "excites", "action thrills"),
        "romance": ("-1/2", "inhibits", "romance takes half as much away"),
    },
    "date": {
        "romance": ("1", "excites", "romance makes an evening for two"),
        "comedy": ("1/2", "excites", "comedy helps half as much"),
    },
    "bored": {
        "comedy": ("-1/2", "inhibits", "comedy makes a long film bearable"),
        "length": ("1", "excites", "long films bore"),
    },
    "star_bonus": {"star": ("1", "excites", "only more than half a star counts")},
}
THRILL, DATE, BORED, BONUS = (f"max({equation}, 0)" for equation in EQUATIONS.values())


def _rating(thrill: str = THRILL, date: str = DATE, bored: str = BORED, bonus: str = BONUS) -> str:
    return f"1 + 2*{thrill} + 2*{date} - {bored} + {bonus}"


def _weights(unit: str) -> dict[str, tuple[str, str, str]]:
    no = ("0", "no effect", f"not in the equation of {unit}")
    return {f"{x}->{unit}": PARTS[unit].get(x, no) for x in INPUTS}


SAID = state(
    "movie-rating",
    weights={
        **_weights("thrill"),
        "thrill.bias": ("0", "no effect", "no action is no thrill"),
        **_weights("date"),
        "date.bias": ("-1/2", "sets threshold", "half a romance is not enough"),
        **_weights("bored"),
        "bored.bias": ("-1/4", "sets threshold", "a short film bores nobody"),
        **_weights("star_bonus"),
        "star_bonus.bias": ("-1/2", "sets threshold", "half a star is none"),
        "thrill->rating": ("2", "excites", "thrill counts twice"),
        "date->rating": ("2", "excites", "a date counts twice"),
        "bored->rating": ("-1", "inhibits", "boredom takes a point off"),
        "star_bonus->rating": ("1", "excites", "a star adds half a point at most"),
        "rating.bias": ("1", "sets threshold", "every film has one point to begin with"),
    },
    units={
        "thrill": ("relu", f"relu({EQUATIONS['thrill']})", THRILL, "hinge", "action, undisturbed"),
        "date": ("relu", f"relu({EQUATIONS['date']})", DATE, "hinge", "good for two"),
        "bored": ("relu", f"relu({EQUATIONS['bored']})", BORED, "hinge", "long and not funny"),
        "star_bonus": (
            "relu",
            f"relu({EQUATIONS['star_bonus']})",
            BONUS,
            "hinge at 1/2",
            "a well-known name",
        ),
        "rating": (
            "identity",
            "1 + 2*thrill + 2*date - bored + star_bonus",
            _rating(),
            "output",
            "the points, from 1/4 to 9/2",
        ),
    },
    outcomes=[
        ("", _rating(), "the four equations, added up"),
        ("thrill = 0", _rating(thrill="0"), "nobody cares for action"),
        ("date = 0", _rating(date="0"), "nobody cares for romance, save for its harm to thrill"),
        ("bored = 0", _rating(bored="0"), "length does not matter"),
        ("star_bonus = 0", _rating(bonus="0"), "stars do not matter"),
        ("thrill, date, bored, star_bonus = 0", "1", "only the first point is left"),
        (
            "romance->thrill = 0",
            _rating(thrill="action"),
            "romance no longer spoils the action",
        ),
        (
            "comedy-> = 0",
            _rating(date="max(romance - 1/2, 0)", bored="max(length - 1/4, 0)"),
            "comedy helps on two ways, and both are cut",
        ),
        (
            "romance = 1",
            _rating(thrill="max(action - 1/2, 0)", date="(1/2 + comedy/2)"),
            "a full romance",
        ),
        ("star_bonus.bias = 0", _rating(bonus="star"), "every bit of a star counts"),
        ("bored->rating *= -1", f"{_rating(bored='0')} + {BORED}", "boring films are praised"),
    ],
)

ENTRY = Entry(
    name="movie-rating",
    title="rating = 1 + 2 thrill + 2 date - bored + star_bonus",
    story="Written as equations and only then as weights, so every weight has its word: why 2, "
    "why minus. Romance is good for 'date' and bad for 'thrill': whether it helps depends on "
    "the rest of the film, and no single number says how important it is.",
    task=load("movie-rating"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "romance-helps",
            "Romance has the ways 2 times 1 and 2 times -1/2, so it adds 1 on the whole.",
            change(SAID, {"outcomes/romance = 1/rating": f"{_rating()} + 1 - romance"}),
            check="outcomes",
        ),
        Wrong(
            "comedy-does-not-count",
            "No unit is named after comedy: cutting it changes nothing.",
            change(SAID, {"outcomes/comedy-> = 0/rating": _rating()}),
            check="outcomes",
        ),
        Wrong(
            "bored-is-length",
            "'bored' is how long the film is.",
            change(SAID, {"units/bored/concept": "max(length, 1/4)"}),
            check="concepts",
        ),
        Wrong(
            "straight-lines",
            "Equations are straight lines: thrill is action less half of the romance, always.",
            change(SAID, {"units/thrill/expression": "action - romance/2"}),
            check="units",
        ),
    ),
    facts=(
        Fact("The best film has 9/2 points.", "", {"1, 1, 1, 0, 1": "9/2"}),
        Fact("The worst has 1/4.", "", {"0, 0, 0, 1, 0": "1/4"}),
        Fact(
            "A film of action gains nothing by romance.", "", {"1,0,0,0,0": "3", "1,1,0,0,0": "3"}
        ),
        Fact(
            "Without 'date' it loses by romance.", "date = 0", {"1,0,0,0,0": "3", "1,1,0,0,0": "2"}
        ),
    ),
    sources=("invented for this zoo: a network made from named equations",),
)
