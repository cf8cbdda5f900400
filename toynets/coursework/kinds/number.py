"""`number`: one number.

`[ask]`: `unit` (of measure, in words), `tolerance` (default 0: exactly). A claim: `value`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from toynets.coursework.exercise import Exercise
from toynets.coursework.kinds.finding import Finding, Limits
from toynets.coursework.untrusted import exact_number
from toynets.rationals import rational, short

ASK = ("unit", "tolerance")
NEEDED = ()
FIELDS = ("value",)
REQUIRED = ("value",)


def normal(exercise: Exercise, claim: Mapping[str, Any]) -> Any:
    """Return the number."""
    return exact_number(claim["value"], "value")


def judge(exercise: Exercise, claim: Mapping[str, Any], limits: Limits) -> Finding:
    """Compare with the right number, which is not shown."""
    mine, right = normal(exercise, claim), normal(exercise, exercise.solution)
    within = rational(exercise.ask.get("tolerance", "0"))
    told = " ".join([short(mine, 20), *([exercise.ask["unit"]] if "unit" in exercise.ask else [])])
    if abs(mine - right) <= within:
        return Finding(True, actual=told)
    said = "too large" if mine > right else "too small"
    if mine == -right and mine != 0:
        said = "of the right size, with the wrong sign"
    elif mine != 0 and right != 0 and mine * right < 0:
        said = "of the wrong sign"
    return Finding(False, "", (f"{told} is {said}.",), actual=told)
