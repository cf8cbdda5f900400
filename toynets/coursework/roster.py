"""Who is in the class: a CSV file with a header, read strictly."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from toynets.errors import ToynetsError
from toynets.fields import field, record

MOST_BYTES = 4 * 1024 * 1024
STUDENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.@+-]{0,99}")
# What systems call a column -> what it is called here.
HEADINGS = {
    "id": "id",
    "student": "id",
    "student id": "id",
    "sis user id": "id",
    "sid": "id",
    "id number": "id",
    "name": "name",
    "student name": "name",
    "full name": "name",
    "email": "email",
    "email address": "email",
    "system": "system",
    "canvas id": "system",
    "identifier": "system",
    "participant": "system",
}


@record(frozen=True)
class Student:
    """One student.

    Attributes:
        id: what they are known by in the course.
        name, email: as the roster says, or "".
        system: the number that the learning platform has for them, or "".
    """

    id: str
    name: str = ""
    email: str = ""
    system: str = ""


_KEYS: tuple[Callable[[Student], str], ...] = (
    lambda one: one.id,
    lambda one: one.system,
    lambda one: one.email,
    lambda one: squeezed(one.name),
)


@record
class Roster:
    """The class, in the order of the file.

    Attributes:
        students: each once.
    """

    students: tuple[Student, ...]
    _by: dict[str, Student] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        # An id is somebody's own before it is anything of another one's; what two have in common,
        # such as a name, is nobody's: work is listed as unknown rather than given to the wrong one.
        for read in _KEYS:
            count = Counter(read(one).lower() for one in self.students)
            for one in self.students:
                key = read(one).lower()
                if key and count[key] == 1:
                    self._by.setdefault(key, one)

    def __iter__(self) -> Iterator[Student]:
        return iter(self.students)

    def find(self, key: str) -> Student | None:
        """Return the student with an id, email or number of the system, or a name without spaces.

        >>> roster = Roster((Student("s1", "Ada Byron", "ada@uni.example", "4711"),))
        >>> roster.find("4711") == roster.find("adabyron") == roster.find("ADA@uni.example")
        True
        """
        return self._by.get(key.strip().lower())


def squeezed(name: str) -> str:
    """Return a name as file names have it: letters and digits alone, in small letters.

    >>> squeezed("Ada M. Byron-King")
    'adambyronking'
    """
    return re.sub(r"[^\w]|_", "", name).lower()


def read_roster(path: Path) -> Roster:
    """Read a roster.

    Args:
        path: CSV with a header; the column `id` is needed; `name`, `email` and `system` are read.

    Raises:
        ToynetsError: no such file, no ids, an id twice, or one that cannot be part of a file name.
    """
    from toynets.io.limits import read_bytes

    try:
        text = read_bytes(str(path), MOST_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ToynetsError(f"{path} is not text in UTF-8.", fix="export it as CSV UTF-8.") from None
    rows = list(csv.reader(io.StringIO(text, newline="")))
    heads = [HEADINGS.get(h.strip().lower(), "") for h in rows[0]] if rows else []
    if "id" not in heads:
        raise ToynetsError(
            f"{path} has no column id.", fix="write a header: id,name,email (and system)."
        )
    found: dict[str, Student] = {}
    for number, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        said = {h: c.strip() for h, c in zip(heads, row, strict=False) if h}
        name = said.get("id", "")
        if STUDENT.fullmatch(name) is None:
            raise ToynetsError(
                f"{path}, line {number}: {name[:40]!r} is not an id.",
                fix="an id has letters, digits and _ . @ + - only.",
            )
        if name.lower() in found:
            raise ToynetsError(f"{path}, line {number}: the id {name} is there twice.")
        found[name.lower()] = Student(**said)
    return Roster(tuple(found.values()))
