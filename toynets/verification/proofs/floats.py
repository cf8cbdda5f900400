"""Claims proved in floating point, rigorously: many boxes at once, without a certificate.

It rests on the theorem of `enclosing` and on float64 arithmetic that rounds to nearest (IEEE 754),
as the processor and the linear algebra library of NumPy do it; no checker repeats it. A claim whose
margin is within the error bound, about 1e-12 for a dozen units, ends `unknown`. A refutation is by
a point at which the program is run exactly, and has its certificate like any other.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from toynets.verification.proofs.claims import Answer, Claim, refuted
from toynets.verification.proofs.enclosing import Enclosure
from toynets.verification.proofs.falsifier import Falsifier
from toynets.verification.proofs.flattening import Unfit
from toynets.verification.proofs.scout import Scout

WHY = "proved by floating point with a bound on its rounding, which leaves no certificate"


def settle_with_floats(
    claim: Claim,
    *,
    cells: int,
    seconds: float,
    step: Callable[[int], None] | None = None,
    kind: str = "",
) -> Answer:
    """Prove or refute a claim about piecewise linear units; arguments as for `settle`.

    Conditions on the variables are not used for a proof: it covers the whole box. A claim that
    floating point has no say in (a range that is looked for, a number that float64 cannot hold)
    is `unknown`.
    """
    began = time.process_time()

    def unknown(why: str) -> Answer:
        return Answer(claim.text, "unknown", limit=why, method="floats", kind=kind)

    if claim.program.curved:
        return unknown("a unit is curved: there are no floating point bounds of it")
    if any(goal.moving for goal in claim.goals):
        return unknown("floating point proves a bound, and finds no exact range")
    try:
        enclosure = Enclosure(claim.program, claim.goals)
    except Unfit as why:
        return unknown(str(why))
    falsifier = Falsifier(claim.program, claim.goals)
    scout = Scout(enclosure, falsifier.fails, most=cells, seconds=seconds, step=step)
    found = scout.run()
    if found.points:
        point, goal = found.points[0]
        return refuted(claim, falsifier, point, goal, found.boxes, began, kind, "floats")
    return Answer(
        claim.text,
        "proved" if found.certain else "unknown",
        limit=WHY if found.certain else found.limit,
        cells=found.boxes,
        leaves=found.leaves,
        seconds=time.process_time() - began,
        method="floats",
        kind=kind,
    )
