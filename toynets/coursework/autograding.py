"""The autograder that Gradescope runs: its zip, and what happens inside.

Run there as `python -m toynets.coursework.autograding SUBMISSION RESULTS`. The zip holds
`setup.sh`, `run_autograder`, `autograder.json` and the exercises; for a course with networks of its
own also the key. Gradescope keeps the zip to itself and runs it on each submission.
"""

from __future__ import annotations

import io
import json
import sys
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from toynets.coursework.exercise import FOLDER, Exercise, read_folder
from toynets.coursework.gradescope import grade_submission
from toynets.coursework.grading import CELLS, SECONDS
from toynets.coursework.untrusted import known_keys
from toynets.errors import ToynetsError

FORMAT = "toynets-autograder/1"
KEYS = ("format", "lesson", "seconds", "cells", "visibility", "course")
DATE = (1980, 1, 1, 0, 0, 0)  # the same zip from the same course

SETUP = """#!/usr/bin/env bash
set -e
# Python 3.11 or newer, in an environment of its own.
apt-get update
apt-get install -y --no-install-recommends python3.11 python3.11-venv \\
  || apt-get install -y --no-install-recommends python3 python3-venv
PYTHON=$(command -v python3.11 || command -v python3)
"$PYTHON" -m venv /autograder/toynets
/autograder/toynets/bin/pip install {what}
"""
RUN = """#!/usr/bin/env bash
cd /autograder/source
exec /autograder/toynets/bin/python -m toynets.coursework.autograding \\
  /autograder/submission /autograder/results/results.json
"""


def autograder_zip(
    lesson: str,
    exercises: Mapping[str, str],
    *,
    course: Mapping[str, str] | None = None,
    wheel: Path | None = None,
    version: str = "",
    seconds: float = SECONDS,
    cells: int = CELLS,
    visibility: str = "visible",
) -> bytes:
    """Return the zip that is uploaded to Gradescope.

    Args:
        lesson: that it grades.
        exercises: file name -> text of each exercise file.
        course: file name -> text of a private course folder, with its key; None for open ones.
        wheel: of toynets, put into the zip; else the released version is installed.
        version: of toynets, where there is no wheel.
        seconds, cells, visibility: as for `grade_submission`.
    """
    what = f"toynets=={version}" if version else "toynets"
    files: dict[str, bytes] = {}
    if wheel is not None:
        what = f"/autograder/source/{wheel.name}"
        files[wheel.name] = wheel.read_bytes()
    said = {
        "format": FORMAT,
        "lesson": lesson,
        "seconds": seconds,
        "cells": cells,
        "visibility": visibility,
        "course": course is not None,
    }
    files["setup.sh"] = SETUP.format(what=what).encode()
    files["run_autograder"] = RUN.encode()
    files["autograder.json"] = (json.dumps(said, indent=1) + "\n").encode()
    for name, text in exercises.items():
        files[f"exercises/{name}"] = text.encode()
    for name, text in (course or {}).items():
        files[f"course/{name}"] = text.encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, DATE)
            runs = name in ("setup.sh", "run_autograder")
            info.external_attr = (0o755 if runs else 0o644) << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, files[name])
    return out.getvalue()


def student_of(folder: Path) -> list[str]:
    """Return what Gradescope knows the submitter by: student number, email, name."""
    path = folder.parent / "submission_metadata.json"
    try:
        users = json.loads(path.read_text(encoding="utf-8"))["users"]
        return [str(users[0][k]) for k in ("sid", "email", "name") if users[0].get(k)]
    except (OSError, ValueError, LookupError, TypeError):
        return []


def exercises_for(source: Path, said: Mapping[str, Any], submission: Path) -> Sequence[Exercise]:
    """Return the exercises of the student whose submission it is.

    Raises:
        ToynetsError: a course with networks of its own, and nobody of its roster.
    """
    if not said["course"]:
        own = source / "exercises"
        return read_folder(own if own.is_dir() else FOLDER, said["lesson"])
    from toynets.coursework.courses import Course

    course = Course.read(source / "course")
    known_by = student_of(submission)
    for key in known_by:
        student = course.student(key)
        if student:
            return course.exercises(student, said["lesson"])
    raise ToynetsError(
        f"nobody of the course is known by {', '.join(known_by) or 'nothing'}.",
        fix="tell your teacher: the roster of the autograder lacks you.",
    )


def main(arguments: Sequence[str]) -> None:
    """Grade one submission: SUBMISSION RESULTS [SOURCE]."""
    submission, results_file = Path(arguments[0]), Path(arguments[1])
    source = Path(arguments[2]) if len(arguments) > 2 else Path.cwd()
    said = json.loads((source / "autograder.json").read_text(encoding="utf-8"))
    known_keys(said, KEYS, "autograder.json", KEYS)
    exercises: Sequence[Exercise] = ()
    problem = ""
    try:
        exercises = exercises_for(source, said, submission)
    except ToynetsError as error:
        problem = str(error)
    graded = grade_submission(
        submission,
        results_file,
        exercises,
        seconds=said["seconds"],
        cells=said["cells"],
        visibility=said["visibility"],
        problem=problem,
    )
    print(f"{len(graded.judged)} exercises judged in {graded.seconds:.1f} s")


if __name__ == "__main__":
    main(sys.argv[1:])
