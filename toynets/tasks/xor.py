"""Exclusive or: 1 iff the inputs differ."""

from __future__ import annotations

from toynets.domain import Domain, Row
from toynets.rationals import ONE, ZERO
from toynets.tasks import Task


def _rule(row: Row) -> Row:
    return (ONE if row[0] != row[1] else ZERO,)


TASK = Task(
    name="xor",
    title="exactly one of two bits",
    inputs=("x1", "x2"),
    outputs=("y",),
    domain=Domain.boolean(2),
    rule=_rule,
    decision={"threshold": "1/2"},
    loss="mse",
    hidden=(2,),
    encode="1 is true, 0 is false",
    sources=(
        "M. Minsky and S. Papert, Perceptrons, MIT Press, 1969",
        "D. Rumelhart, G. Hinton and R. Williams, Learning internal representations by error "
        "propagation, in Parallel Distributed Processing 1, MIT Press, 1986",
        "I. Goodfellow, Y. Bengio and A. Courville, Deep Learning, MIT Press, 2016, section 6.1",
    ),
)
