"""A process that grades submissions, one a line, so that none can hold up or bring down a class.

Run as `python -m toynets.coursework.worker`: JSON lines in, JSON lines out. The process has a limit
of memory; that of time is kept by who runs it, and kills it.
"""

from __future__ import annotations

import base64
import functools
import json
import sys
from collections.abc import Mapping
from typing import Any

from toynets.coursework.exercise import FOLDER, Exercise, read_folder
from toynets.coursework.grading import grade_bytes

MEMORY = 2 * 1024**3


@functools.lru_cache(maxsize=64)
def _exercises(folder: str, lesson: str) -> tuple[Exercise, ...]:
    return tuple(read_folder(folder or FOLDER, lesson))


def exercises_of(folder: str, lesson: str, course: str, student: str) -> tuple[Exercise, ...]:
    """Return the exercises that a student was given: of a folder, or their own of a course."""
    if course:
        from toynets.coursework.courses import Course

        return tuple(Course.read(course).exercises(student, lesson))
    return _exercises(folder, lesson)


def answer(job: Mapping[str, Any]) -> dict[str, Any]:
    """Grade one submission; a fault of the grader is an answer as well."""
    exercises = exercises_of(job["folder"], job["lesson"], job["course"], job["student"])
    graded = grade_bytes(
        base64.b64decode(job["data"]),
        exercises,
        student=job["student"],
        what=job["what"],
        seconds=job["seconds"],
        cells=job["cells"],
    )
    return graded.to_dict()


def limit_memory(most: int = MEMORY) -> None:
    """Refuse memory beyond a limit, where the system can."""
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def main() -> None:
    """Answer each line of standard input by a line of standard output."""
    limit_memory()
    out, sys.stdout = sys.stdout, sys.stderr  # nothing else writes among the answers
    for line in sys.stdin:
        try:
            found: dict[str, Any] = answer(json.loads(line))
        except Exception as error:  # whatever it is, the next submission is graded
            found = {"fault": f"{type(error).__name__}: {error}"[:500]}
        out.write(json.dumps(found) + "\n")
        out.flush()


if __name__ == "__main__":
    main()
