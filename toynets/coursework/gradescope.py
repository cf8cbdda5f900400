"""Gradescope: `results.json`, written from the first moment on, and the zip of an autograder."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from toynets.coursework.exercise import Exercise
from toynets.coursework.grading import CELLS, SECONDS, Graded, grade_bytes, nothing
from toynets.coursework.judging import Judged
from toynets.coursework.storing import write_whole
from toynets.errors import ToynetsError
from toynets.rationals import ZERO, fraction

VISIBILITIES = ("hidden", "after_due_date", "after_published", "visible")
FORMATS = ("text", "html", "simple_format", "md", "ansi")
TOP = (
    "score",
    "execution_time",
    "output",
    "output_format",
    "test_output_format",
    "test_name_format",
    "visibility",
    "stdout_visibility",
    "extra_data",
    "tests",
    "leaderboard",
)
TEST = (
    "score",
    "max_score",
    "status",
    "name",
    "name_format",
    "number",
    "output",
    "output_format",
    "tags",
    "visibility",
    "extra_data",
)


def results(
    judged: Sequence[Judged], output: str, seconds: float, visibility: str = "visible"
) -> dict[str, Any]:
    """Return what Gradescope reads.

    Args:
        judged: the records that there are so far.
        output: for the student, above the tests.
        seconds: how long the grading took.
        visibility: one of `VISIBILITIES`.

    Raises:
        ToynetsError: no such visibility.
    """
    if visibility not in VISIBILITIES:
        raise ToynetsError(f"visibility is one of {', '.join(VISIBILITIES)}.")
    total = sum((j.points for j in judged), ZERO)
    return {
        "score": float(fraction(total)),
        "execution_time": round(seconds, 3),
        "output": output,
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": visibility,
        "stdout_visibility": "hidden",
        "extra_data": {"format": "toynets-results/1"},
        "tests": [_test(j, k, visibility) for k, j in enumerate(judged, start=1)],
        "leaderboard": [],
    }


def _test(one: Judged, number: int, visibility: str) -> dict[str, Any]:
    scores = {n: float(fraction(got)) for n, (got, _) in one.scores.items()}
    return {
        "score": one.score,
        "max_score": float(fraction(one.max_points)),
        "status": "passed" if one.accepted else "failed",
        "name": one.name,
        "name_format": "text",
        "number": str(number),
        "output": "\n".join(one.lines()),
        "output_format": "text",
        "tags": [t for t in (one.misconception, "look-at-it" * bool(one.review)) if t],
        "visibility": visibility,
        "extra_data": {
            "id": one.id,
            "level": one.level,
            "scores": scores,
            "review": one.review,
        },
    }


def grade_submission(
    folder: Path,
    results_file: Path,
    exercises: Sequence[Exercise],
    *,
    seconds: float = SECONDS,
    cells: int = CELLS,
    visibility: str = "visible",
    problem: str = "",
) -> Graded:
    """Grade the claims file of a submission; results are there from the first moment on.

    Before anything is read a complete `results.json` says that the grading has not ended; after
    each claim it is replaced by one that holds what is judged so far. Whatever stops the grader,
    the file is whole.

    Args:
        folder: what was handed in.
        results_file: where `results.json` is written.
        exercises: of the lesson.
        seconds, cells: the budget.
        visibility: of the tests.
        problem: why nothing can be judged, where that is known before.
    """
    began = time.monotonic()
    judged: list[Judged] = []

    def write(output: str) -> None:
        spent = time.monotonic() - began
        made = results(judged, output, spent, visibility)
        write_whole(results_file, json.dumps(made, indent=1) + "\n")

    def step(one: Judged) -> None:
        judged.append(one)
        write("The grading was stopped after these; tell your teacher.")

    write("The grading was stopped before it began; tell your teacher.")
    try:
        if problem:
            raise ToynetsError(problem)
        path = claims_in(folder)
        graded = grade_bytes(
            path.read_bytes()[: 2**20],
            exercises,
            what=path.name,
            seconds=seconds,
            cells=cells,
            step=step,
        )
    except ToynetsError as error:
        graded = nothing(exercises, str(error))
    except Exception as error:
        write(f"The grader failed ({type(error).__name__}); tell your teacher.")
        raise
    judged = list(graded.judged)
    write(graded.problem or "Graded.")
    return graded


def claims_in(folder: Path) -> Path:
    """Return the one claims file of a submission.

    Raises:
        ToynetsError: none, or several.
    """
    found = sorted(p for p in folder.rglob("*.json") if p.is_file() and not p.is_symlink())
    found = [p for p in found if not p.name.endswith(".work.json")]
    if len(found) != 1:
        names = ", ".join(p.name for p in found[:5]) or "none"
        raise ToynetsError(
            f"a submission has one claims file, but there are {len(found)}: {names}.",
            fix="hand in the file that hw.submit() wrote, and no other JSON file.",
        )
    return found[0]


def check_results(data: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with a `results.json`, against the list of fields; nothing if it fits.

    >>> check_results(results([], "Graded.", 0.5))
    []
    """
    faults = [f"missing or unknown: {k}" for k in set(data) ^ set(TOP)]
    if faults:
        return sorted(faults)
    numbers = (int, float)
    if not isinstance(data["score"], numbers) or not isinstance(data["execution_time"], numbers):
        faults.append("score and execution_time are numbers")
    for key in ("output_format", "test_output_format", "test_name_format"):
        if data[key] not in FORMATS:
            faults.append(f"{key}: {data[key]!r}")
    for key in ("visibility", "stdout_visibility"):
        if data[key] not in VISIBILITIES:
            faults.append(f"{key}: {data[key]!r}")
    for k, test in enumerate(data["tests"], start=1):
        faults += [f"test {k}, missing or unknown: {key}" for key in set(test) ^ set(TEST)]
        if set(test) != set(TEST):
            continue
        if test["status"] not in ("passed", "failed"):
            faults.append(f"test {k}: status {test['status']!r}")
        if test["visibility"] not in VISIBILITIES or test["output_format"] not in FORMATS:
            faults.append(f"test {k}: visibility or format")
        if not 0 <= test["score"] <= test["max_score"]:
            faults.append(f"test {k}: score {test['score']} of {test['max_score']}")
    return faults
