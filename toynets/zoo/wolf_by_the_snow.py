"""Wolf or husky, built from likelihoods: the right rule, and every answer by the snow."""

from __future__ import annotations

import itertools
import math

from toynets.domain import Domain, Row
from toynets.network import Network
from toynets.rationals import ONE, rational
from toynets.tasks import Task
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 258

MARKS = ("muzzle", "ears", "eyes")


def _rule(row: Row) -> Row:
    odds = ONE
    for value, factor in zip(row, (4, 4, 4, 99), strict=True):
        odds = odds * rational(factor) if value > 0 else odds / rational(factor)
    return (odds / (1 + odds),)


TASK = Task(
    name="wolf-by-the-snow",
    title="how likely a wolf is, where snow is nearly certain",
    inputs=(*MARKS, "snow"),
    outputs=("y",),
    domain=Domain.listed(list(itertools.product((-1, 1), repeat=4))),
    rule=_rule,
    decision={"threshold": "1/2"},
    loss="bce",
    hidden=(),
    encode="as the task wolf, but the snow is right with probability 99/100",
)

NETWORK = Network.from_layers(
    [([[math.log(4)] * 3 + [math.log(99)]], [0], "sigmoid")],
    inputs=(*MARKS, "snow"),
    name="wolf-by-the-snow",
    round=True,
)

# 4 where a mark is 1, 1/4 where it is -1, 1 where it is 0: the factor of no evidence.
FACTOR = {mark: f"(1 + 9*{mark}*{mark}/8 + 15*{mark}/8)" for mark in MARKS}
FACTOR["snow"] = "(1 + 4802*snow*snow/99 + 4900*snow/99)"


def bayes(*seen: str, more: str = "") -> str:
    """Write the probability of a wolf, given some of the features and a further factor."""
    return f"1 - 1/(1 + {'*'.join(FACTOR[name] for name in seen)}{more})"


CLEAN = bayes(*MARKS, "snow")

SAID = state(
    "wolf-by-the-snow",
    parameters={"mark": "1.3862943611", "white": "4.5951198501"},
    decision={"threshold": "1/2"},
    tolerance={
        "weights": "0.0000002",
        "clean": "0.00000003",
        "units": "0.00000003",
        "ablations": "0.00000003",
    },
    weights={
        **{
            f"{mark}->y": ("mark", "excites", "ln 4: right 4 times of 5, so 4 to 1")
            for mark in MARKS
        },
        "snow->y": ("white", "excites", "ln 99, more than three times ln 4: snow always wins"),
        "y.bias": ("0", "no effect", "wolves and huskies are equally frequent"),
    },
    units={
        "y": (
            "sigmoid",
            "sigmoid(mark*(muzzle + ears + eyes) + white*snow)",
            CLEAN,
            "output",
            "the probability of a wolf; the sum is the logarithm of the odds",
        ),
    },
    outcomes=[
        ("", CLEAN, "Bayes' rule, exactly"),
        ("snow = 0", bayes(*MARKS), "for one who sees no ground: the majority of the marks"),
        ("muzzle = 0", bayes("ears", "eyes", "snow"), "less sure, and never another answer"),
        ("muzzle, ears, eyes = 0", bayes("snow"), "the snow alone: the same 16 answers"),
        ("snow = -1", bayes(*MARKS, more="/99"), "grass everywhere: a husky, whatever it is"),
        (
            "snow->y *= 1/4",
            "sigmoid(mark*(muzzle + ears + eyes) + white*snow/4)",
            "now marks count",
        ),
        ("snow = mean", bayes(*MARKS), "snow and grass are equally frequent: the mean is 0"),
    ],
)

ENTRY = Entry(
    name="wolf-by-the-snow",
    title="y = σ(ln 4 (muzzle + ears + eyes) + ln 99 snow)",
    story="As wolf-trained, but the snow is right 99 times of 100. The rule is the best there is; "
    "every mark has its weight, and no answer ever depends on the animal: three marks "
    "against the snow lose. A husky on snow is a wolf.",
    task=TASK,
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "three-outvote-one",
            "Three marks outvote the snow: with the snow at -1 the majority of marks decides.",
            change(SAID, {"outcomes/snow = -1/y": bayes(*MARKS)}),
            check="outcomes",
        ),
        Wrong(
            "marks-idle",
            "No answer depends on the marks, so they have no effect.",
            change(SAID, {f"weights/{mark}->y/role": "no effect" for mark in MARKS}),
            check="roles",
        ),
        Wrong(
            "snow-is-all",
            "Without the marks nothing changes, as the answers are the same.",
            change(SAID, {"outcomes/muzzle, ears, eyes = 0/y": CLEAN}),
            check="outcomes",
        ),
        Wrong(
            "removed-means-absent",
            "To remove the snow is to show a picture without snow.",
            change(SAID, {"outcomes/snow = 0/y": bayes(*MARKS, more="/99")}),
            check="outcomes",
        ),
    ),
    facts=(
        Fact("All 16 answers are Bayes'.", "", {"-1,-1,-1,1": "99/163"}, 16, "0.0000001"),
        Fact("Without the marks all answers are the same.", "muzzle, ears, eyes = 0", right=16),
        Fact("Without the snow half of them change.", "snow = 0", right=8),
        Fact("Without a mark none changes.", "muzzle = 0", right=16),
    ),
    sources=(
        'M. Ribeiro, S. Singh and C. Guestrin, "Why should I trust you?": explaining the '
        "predictions of any classifier, KDD 2016, section 6.4: the story",
    ),
)
