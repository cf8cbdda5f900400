"""`choose`: one or several of listed options.

`[ask]`: `options` (each begins with its mark: `"a: the bias"`), `many` (true: several are right).
A claim: `choice`, a mark, or a list of marks.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from toynets.coursework.exercise import Exercise
from toynets.coursework.kinds.finding import Finding, Limits
from toynets.coursework.untrusted import short_list, short_text
from toynets.errors import ToynetsError, unknown

ASK = ("options", "many")
NEEDED = ("options",)
FIELDS = ("choice",)
REQUIRED = ("choice",)


def marks(exercise: Exercise) -> list[str]:
    """Return the marks of the options."""
    return [short_text(o, "an option").partition(":")[0].strip() for o in exercise.ask["options"]]


def normal(exercise: Exercise, claim: Mapping[str, Any]) -> Any:
    """Return the chosen marks, sorted."""
    given = claim["choice"]
    chosen = [given] if isinstance(given, str) else short_list(given, "choice", 40)
    known = marks(exercise)
    for mark in chosen:
        if not isinstance(mark, str) or mark not in known:
            raise ToynetsError(unknown("option", str(mark), exercise.id, known))
    if len(set(chosen)) != len(chosen):
        raise ToynetsError("choice names an option twice.")
    if not exercise.ask.get("many", False) and len(chosen) != 1:
        raise ToynetsError(f"one option is chosen here, but got {len(chosen)}.")
    return tuple(sorted(chosen))


def judge(exercise: Exercise, claim: Mapping[str, Any], limits: Limits) -> Finding:
    """Compare with the right options; which they are is not shown."""
    mine, right = normal(exercise, claim), normal(exercise, exercise.solution)
    if mine == right:
        return Finding(True, actual=", ".join(mine))
    said = "This is not the option that holds."
    if exercise.ask.get("many", False):
        known = marks(exercise)
        good = sum((m in mine) == (m in right) for m in known)
        said = f"{good} of {len(known)} options are judged right."
    return Finding(False, "", (said,), actual=", ".join(mine))
