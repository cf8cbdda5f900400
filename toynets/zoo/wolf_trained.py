"""Wolf or husky, trained: logistic regression finds Bayes' rule, and leans on the snow."""

from __future__ import annotations

from toynets.network import Network
from toynets.tasks import load
from toynets.zoo._recipes import recipe
from toynets.zoo.entry import Entry, Fact, Wrong, change, state

ORDER = 233

NETWORK = Network.from_layers(
    [
        (
            [
                [
                    1.3862888813018799,
                    1.3862884044647217,
                    1.3862885236740112,
                    2.9444267749786377,
                ],
            ],
            [-5.959400439792262e-08],
            "sigmoid",
        ),
    ],
    inputs=("muzzle", "ears", "eyes", "snow"),
    name="wolf-trained",
)

MARKS = ("muzzle", "ears", "eyes")
# 4 where a mark is 1, 1/4 where it is -1, 1 where it is 0 (nearly: the factor of no evidence).
FACTOR = {**{mark: f"(17 + 15*{mark})/8" for mark in MARKS}, "snow": "(181 + 180*snow)/19"}


def bayes(*seen: str) -> str:
    """Write the probability of a wolf, given some of the features."""
    odds = "*".join(FACTOR[name] for name in seen)
    return f"1 - 1/(1 + {odds})"


MARK_WHY = "ln 4: right 4 times of 5, it multiplies the odds by 4 or by 1/4"

SAID = state(
    "wolf-trained",
    parameters={"mark": "1.38629", "white": "2.94444"},
    decision={"threshold": "1/2"},
    tolerance={
        "weights": "0.00002",
        "clean": "0.000003",
        "units": "0.000002",
        "ablations": "0.000003",
    },
    weights={
        **{f"{mark}->y": ("mark", "excites", MARK_WHY) for mark in MARKS},
        "snow->y": ("white", "excites", "ln 19: right 19 times of 20, so 19 to 1"),
        "y.bias": ("0", "no effect", "wolves and huskies are equally frequent"),
    },
    units={
        "y": (
            "sigmoid",
            "sigmoid(mark*(muzzle + ears + eyes) + white*snow)",
            bayes(*MARKS, "snow"),
            "output",
            "the probability of a wolf; the sum is the logarithm of the odds",
        ),
    },
    outcomes=[
        ("", bayes(*MARKS, "snow"), "Bayes' rule, exactly"),
        ("snow = 0", bayes(*MARKS), "0 is no evidence: Bayes' rule for one who sees no ground"),
        ("snow->y = 0", bayes(*MARKS), "the same, as the snow speaks through this weight alone"),
        ("muzzle, ears, eyes = 0", "1/2 + 9*snow/20", "the snow alone: right 19 times of 20"),
        ("muzzle = 0", bayes("ears", "eyes", "snow"), "Bayes' rule from what is left"),
        ("snow = mean", bayes(*MARKS), "snow and grass are equally frequent: the mean is 0"),
        (
            "snow = -1",
            f"1 - 1/(1 + {'*'.join(FACTOR[mark] for mark in MARKS)}/19)",
            "grass is evidence, against a wolf",
        ),
        (
            "snow->y *= -1",
            f"1 - 1/(1 + {'*'.join(FACTOR[mark] for mark in MARKS)}*(181 - 180*snow)/19)",
            "snow speaks for a husky",
        ),
    ],
)

ENTRY = Entry(
    name="wolf-trained",
    title="y = σ(ln 4 (muzzle + ears + eyes) + ln 19 snow)",
    story="Trained on exact probabilities, each weight is the logarithm of a likelihood ratio, and "
    "y is Bayes' rule. The snow has the largest weight because it is the best evidence: "
    "96.8 % of answers are right with it, 89.6 % without. It still looks at the background.",
    task=load("wolf"),
    network=NETWORK,
    stated=SAID,
    wrong=(
        Wrong(
            "looks-at-the-animal",
            "Three marks outweigh one background: without the snow the answers are the same.",
            change(SAID, {"outcomes/snow = 0/y": bayes(*MARKS, "snow")}),
            check="outcomes",
        ),
        Wrong(
            "removed-means-absent",
            "To remove the snow is to show a picture without snow.",
            change(
                SAID,
                {
                    "outcomes/snow = 0/y": "1 - 1/(1 + "
                    + "*".join(FACTOR[mark] for mark in MARKS)
                    + "/19)"
                },
            ),
            check="outcomes",
        ),
        Wrong(
            "snow-detector",
            "It is a detector of snow: the marks have no effect.",
            change(SAID, {f"weights/{mark}->y/role": "no effect" for mark in MARKS}),
            check="roles",
        ),
        Wrong(
            "weights-are-probabilities",
            "A weight is how often its feature is right: 0.8 and 0.95.",
            change(SAID, {"parameters/mark": "0.8", "parameters/white": "0.95"}),
            check="weights",
            right_on_clean=False,
        ),
        Wrong(
            "same-on-average",
            "The mean of the snow is half snow, and still speaks for a wolf.",
            change(SAID, {"outcomes/snow = mean/y": "1/2"}),
            check="outcomes",
        ),
    ),
    trained=recipe("undecayed", task="wolf", hidden=(), activation="relu", seed=0),
    facts=(
        Fact(
            "Three marks against the snow win, two do not.",
            "",
            {"1,1,1,-1": "64/83", "1,1,-1,-1": "4/23"},
            right=16,
            within="0.00001",
        ),
        Fact("Without the snow six of 16 decisions change.", "snow = 0", right=10),
        Fact("Without the muzzle two decisions change.", "muzzle = 0", right=14),
    ),
    sources=(
        'M. Ribeiro, S. Singh and C. Guestrin, "Why should I trust you?": explaining the '
        "predictions of any classifier, KDD 2016, section 6.4: the story",
    ),
)
