"""An exercise that is not answered yet: the stub of a student notebook, run as it stands.

A blank is no attempt. It must not stop the notebook ("run all" comes before reading), and it must
not count as a failed check.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from toynets.coursework.exercise import Exercise
from toynets.coursework.judging import Judged, refusal
from toynets.coursework.kinds import KINDS
from toynets.errors import ToynetsError


def is_blank(exercise: Exercise, claim: Mapping[str, Any]) -> bool:
    """Whether a field that the claim needs is still empty, or has a None in it.

    >>> from toynets.coursework.exercise import read_folder
    >>> predict = read_folder(lesson="L04")[1]
    >>> is_blank(predict, {"outputs": [0, 1, None, None]}), is_blank(predict, {"outputs": [0]})
    (True, False)
    """
    return any(f in claim and _empty(claim[f]) for f in KINDS[exercise.kind].REQUIRED)


def unanswered(exercise: Exercise) -> Judged:
    """Return the record of an exercise that is not answered yet."""
    return refusal(
        exercise,
        ToynetsError(
            "No answer here yet: write yours in place of each None and of what is empty. "
            "This was not counted."
        ),
    )


def _empty(value: Any) -> bool:
    if value is None or value is Ellipsis:
        return True
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, Mapping | list | tuple):
        parts = list(value.values()) if isinstance(value, Mapping) else list(value)
        return all(_empty(p) for p in parts) or any(p is None or p is Ellipsis for p in parts)
    return False
