"""Checks inside notebooks: nbgrader cell metadata (version 3) and otter test files."""

from __future__ import annotations

import json
import re
from typing import Any

from toynets.coursework.exercise import Exercise
from toynets.errors import ToynetsError
from toynets.rationals import fraction

NBGRADER_VERSION = 3


def nbgrader_cell(exercise: Exercise, part: str) -> dict[str, Any]:
    """Return the metadata of a cell, under the key `nbgrader`.

    nbgrader counts a cell that writes to standard error as wrong: the check cells write nothing
    there.

    Args:
        exercise: whose cell.
        part: `answer` (the student writes there), `check` (points are given there), or `text` (is
            only kept from being changed).

    Raises:
        ToynetsError: another part.

    >>> from toynets.coursework.exercise import read_folder
    >>> nbgrader_cell(read_folder(lesson="L04")[1], "check")["points"]
    4.0
    """
    flags = {
        "answer": {"grade": False, "solution": True, "locked": False},
        "check": {"grade": True, "solution": False, "locked": True},
        "text": {"grade": False, "solution": False, "locked": True},
    }
    if part not in flags:
        raise ToynetsError(f"no part {part}.", fix=f"parts: {', '.join(flags)}.")
    name = re.sub(r"[^A-Za-z0-9_-]", "-", exercise.id)
    found: dict[str, Any] = {
        "schema_version": NBGRADER_VERSION,
        "grade_id": f"{name}-{part}",
        **flags[part],
        "task": False,
    }
    if part == "check":
        found["points"] = float(fraction(exercise.points))
    return found


def check_source(exercise: Exercise) -> str:
    """Return the code of a check cell: it passes if the last claim is right, and is quiet."""
    return f'assert hw.passed("{exercise.id}"), hw.last("{exercise.id}")'


def otter_test(exercise: Exercise) -> str:
    """Return an otter test file in the OK format.

    Args:
        exercise: whose last claim, kept by `hw` of the notebook, is looked at.

    >>> from toynets.coursework.exercise import read_folder
    >>> scope = {}
    >>> exec(otter_test(read_folder(lesson="L04")[1]), scope)
    >>> scope["test"]["name"], scope["test"]["points"]
    ('L04.2', 4.0)
    """
    test = {
        "name": exercise.id,
        "points": float(fraction(exercise.points)),
        "suites": [
            {
                "cases": [
                    {
                        "code": f'>>> bool(hw.passed("{exercise.id}"))\nTrue',
                        "hidden": False,
                        "locked": False,
                    }
                ],
                "scored": True,
                "setup": "",
                "teardown": "",
                "type": "doctest",
            }
        ],
    }
    body = json.dumps(test, indent=4).replace("true", "True").replace("false", "False")
    return f"OK_FORMAT = True\n\ntest = {body}\n"
