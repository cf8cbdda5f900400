"""Practice: exercises that are generated from a seed, judged at once, with nothing at stake."""

from __future__ import annotations

from pathlib import Path

from toynets.coursework.exercise import made
from toynets.coursework.generating import TEMPLATES, generated
from toynets.coursework.homework import Homework
from toynets.coursework.storing import Work
from toynets.errors import ToynetsError

KEY = b"practice: this key is public"
MOST = 999_999


def practice(seed: int = 0, *, folder: str | Path = ".") -> Homework:
    """Open one exercise of each template, with the numbers of a seed.

    The exercises of a course are of the same structure, with numbers that nobody can know before.

    Args:
        seed: from 0 to 999999; the same seed gives the same exercises.
        folder: where the work is saved.

    Raises:
        ToynetsError: another seed, or no such folder.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     hw = practice(7, folder=place)
    >>> hw.exercise("P7.3").kind, hw.exercise("P7.1").net == practice(7).exercise("P7.1").net
    ('group', True)
    """
    if isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed <= MOST:
        raise ToynetsError(f"a seed is a whole number from 0 to {MOST}, but got {seed!r}.")
    place = Path(folder)
    if not place.is_dir():
        raise ToynetsError(f"there is no folder {place}.")
    lesson = f"P{seed}"
    exercises = [
        made(generated(template, f"{lesson}.{number}", KEY, str(seed)))
        for number, template in enumerate(TEMPLATES, start=1)
    ]
    homework = Homework(exercises, place, Work(lesson))
    homework.resume()
    return homework
