"""A made-up rating of films, from five shares between 0 and 1."""

from __future__ import annotations

from itertools import product

from toynets.domain import Domain, Row
from toynets.rationals import ONE, ZERO
from toynets.tasks import Task


def _rule(row: Row) -> Row:
    action, romance, comedy, length, star = row
    thrill = max(action - romance / 2, ZERO)
    date = max(romance + comedy / 2 - ONE / 2, ZERO)
    bored = max(length - comedy / 2 - ONE / 4, ZERO)
    return (1 + 2 * thrill + 2 * date - bored + max(star - ONE / 2, ZERO),)


TASK = Task(
    name="movie-rating",
    title="a rating of films by a made-up formula",
    inputs=("action", "romance", "comedy", "length", "star"),
    outputs=("rating",),
    domain=Domain.box("[0,1]^5"),
    rule=_rule,
    decision={},
    loss="mse",
    hidden=(4,),
    examples=Domain.listed(product((0, "1/2", 1), repeat=5)),
    encode="each input says how much of it a film has, from 0 to 1",
    sources=("invented for this zoo: a network made from named equations",),
)
