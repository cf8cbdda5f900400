"""Wolf or husky: how likely it is a wolf, from three marks and from the snow behind it."""

from __future__ import annotations

import itertools

from toynets.domain import Domain, Row
from toynets.rationals import ONE, rational
from toynets.tasks import Task

# By how much a feature speaks for a wolf: right 4 times of 5, and 19 times of 20.
MARK, SNOW = rational(4), rational(19)


def _rule(row: Row) -> Row:
    odds = ONE
    for value, factor in zip(row, (MARK, MARK, MARK, SNOW), strict=True):
        odds = odds * factor if value > 0 else odds / factor
    return (odds / (1 + odds),)


TASK = Task(
    name="wolf",
    title="how likely a wolf is, from three marks and the snow",
    inputs=("muzzle", "ears", "eyes", "snow"),
    outputs=("y",),
    domain=Domain.listed(list(itertools.product((-1, 1), repeat=4))),
    rule=_rule,
    decision={"threshold": "1/2"},
    loss="bce",
    hidden=(),
    encode="1 speaks for a wolf, -1 for a husky, 0 says nothing; wolves and huskies are equally "
    "frequent; each mark is right with probability 4/5, the snow with 19/20; y is the exact "
    "probability of a wolf, by Bayes",
    sources=(
        'M. Ribeiro, S. Singh and C. Guestrin, "Why should I trust you?": explaining the '
        "predictions of any classifier, KDD 2016, section 6.4: the story",
    ),
)
