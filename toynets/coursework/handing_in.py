"""What is in a folder of submissions, as each learning platform names its files.

- `plain`: `ID.json`, `ID.claims.json`, or `LESSON.ID.claims.json` as `submit` writes it.
- `canvas`: the files of "Download Submissions", `namewithoutspaces_[LATE_]SYSTEM_FILE_name-2.json`.
- `moodle`: a folder for each, `Full Name_SYSTEM_assignsubmission_file_`, or files of that name.
- `gradescope`: the exported folder, `submission_NUMBER/`, with `submission_metadata.yml` beside it,
  of which the lines that name the students are read, and nothing else of YAML.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from pathlib import Path

from toynets.coursework.class_grading import Submission
from toynets.coursework.roster import Roster, Student
from toynets.errors import ToynetsError
from toynets.fields import record

LAYOUTS = ("plain", "canvas", "moodle", "gradescope")
CANVAS = re.compile(r"(?P<name>[^_]+)_(?P<late>LATE_)?(?P<system>\d+)_(?P<file>\d+)_(?P<rest>.+)")
AGAIN = re.compile(r"-(\d{1,3})\.json$")
MOODLE = re.compile(r"(?P<name>.+?)_(?P<system>\d+)_assignsubmission_file_?(?P<rest>.*)")
CREATED = re.compile(
    r"\s+:?created_at:\s*['\"]?(?P<day>\d{4}-\d\d-\d\d)[ T](?P<time>\d\d:\d\d:\d\d)(?:\.\d+)?"
    r"\s*(?P<zone>Z|UTC|[+-]\d\d:\d\d)['\"]?\s*"
)
MOST_METADATA = 16 * 1024 * 1024


@record
class HandedIn:
    """The submissions of a folder.

    Attributes:
        submissions: the last one of each student, in the order of the roster (or by id).
        missing: students of the roster without a submission.
        unknown: files of nobody in the roster.
    """

    submissions: tuple[Submission, ...]
    missing: tuple[Student, ...] = ()
    unknown: tuple[str, ...] = ()


@record
class _File:
    """A file, before it is known whose it is."""

    key: str
    path: Path
    number: int = 0  # of a resubmission
    late: bool = False
    at: float | None = None  # when it was handed in, where the platform says so


def found_in(
    folder: Path,
    layout: str,
    roster: Roster | None,
    *,
    deadline: str | None = None,
    lesson: str = "",
) -> HandedIn:
    """Find the submissions in a folder.

    Args:
        folder: as the system exports it.
        layout: one of `LAYOUTS`.
        roster: the class; without it students are known by what the files are called.
        deadline: such as `2026-11-30T23:59`; a file is as late as the platform says (Gradescope),
            else by its time of change.
        lesson: such as L04; in the layout `plain` it may stand before the id.

    Raises:
        ToynetsError: no such folder or layout, or a deadline that is no time.
    """
    if layout not in LAYOUTS:
        raise ToynetsError(f"no layout {layout}.", fix=f"layouts: {', '.join(LAYOUTS)}.")
    until = _time(deadline)
    files = {"plain": _plain, "canvas": _canvas, "moodle": _moodle, "gradescope": _gradescope}
    latest: dict[str, _File] = {}
    unknown: list[str] = []
    people: dict[str, Student] = {}
    count: dict[str, int] = {}
    for one in files[layout](folder):
        if layout == "plain" and lesson and one.key.startswith(f"{lesson}."):
            one.key = one.key.removeprefix(f"{lesson}.") or one.key
        student = roster.find(one.key) if roster is not None else Student(one.key)
        if student is None:
            unknown.append(one.path.relative_to(folder).as_posix())
            continue
        people[student.id] = student
        count[student.id] = count.get(student.id, 0) + 1
        before = latest.get(student.id)
        if before is None or (one.number, _changed(one)) >= (before.number, _changed(before)):
            latest[student.id] = one
    order = [s.id for s in roster] if roster is not None else sorted(latest)
    made = []
    for name in order:
        if name not in latest:
            continue
        again = [f"resubmitted {count[name] - 1} times"] if count[name] > 1 else []
        if layout == "plain" and name == lesson:
            again.append("the file's name does not say whose it is: hw.submit('ID')")
        made.append(_submission(people[name], latest[name], until, again))
    missing = [s for s in roster if s.id not in latest] if roster is not None else []
    return HandedIn(tuple(made), tuple(missing), tuple(sorted(unknown)))


def one_file(path: Path, student: Student, *, deadline: str | None = None) -> HandedIn:
    """Return the submission that a single file is, as late as its time of change.

    Args:
        path: of the claims file.
        student: whose it is.
        deadline: as for `found_in`.

    Raises:
        ToynetsError: a deadline that is no time.
    """
    return HandedIn((_submission(student, _File(student.id, path), _time(deadline), []),))


def _submission(student: Student, one: _File, until: float | None, notes: list[str]) -> Submission:
    days = 0
    if until is not None:
        days = max(0, -int(-(_changed(one) - until) // 86_400))
    if one.late:
        notes = [*notes, "marked late by the system"]
        days = max(days, 1)
    if days:
        notes = [*notes, f"late: {days} day{'s' * (days != 1)}"]
    return Submission(student.id, one.path, student.name, days, "; ".join(notes))


def _time(deadline: str | None) -> float | None:
    if deadline is None:
        return None
    try:
        made = datetime.datetime.fromisoformat(deadline.strip())
        datetime.date.fromisoformat(deadline.strip())
    except ValueError:
        pass
    else:
        raise ToynetsError(
            f"{deadline.strip()} has no time of day.",
            cause="read as its first minute it would make that whole day late.",
            fix=f"write {made.date().isoformat()}T23:59.",
        )
    try:
        return datetime.datetime.fromisoformat(deadline.strip()).timestamp()
    except (ValueError, OverflowError):
        raise ToynetsError(
            f"{deadline!r} is not a time.", fix="write 2026-11-30T23:59, or with +01:00 behind it."
        ) from None


def _changed(one: _File) -> float:
    return one.path.stat().st_mtime if one.at is None else one.at


def _json(folder: Path) -> Iterable[Path]:
    found = (p for p in sorted(folder.rglob("*.json")) if p.is_file() and not p.is_symlink())
    return (p for p in found if not p.name.endswith(".work.json"))


def _plain(folder: Path) -> Iterable[_File]:
    for path in _json(folder):
        if path.parent == folder:
            yield _File(path.name.removesuffix(".json").removesuffix(".claims"), path)


def _canvas(folder: Path) -> Iterable[_File]:
    for path in _json(folder):
        match = CANVAS.fullmatch(path.name)
        again = AGAIN.search(path.name)
        number = int(again[1]) if again else 0
        if match is None:
            yield _File(path.name, path)
        else:
            yield _File(match["system"], path, number, match["late"] is not None)


def _moodle(folder: Path) -> Iterable[_File]:
    for path in _json(folder):
        name = path.name if path.parent == folder else path.relative_to(folder).parts[0]
        match = MOODLE.fullmatch(name)
        yield _File(match["system"] if match else name, path)


def _gradescope(folder: Path) -> Iterable[_File]:
    owners, times = _metadata(folder / "submission_metadata.yml")
    for path in _json(folder):
        place = path.relative_to(folder).parts[0]
        yield _File(owners.get(place, place), path, at=times.get(place))


def _metadata(path: Path) -> tuple[dict[str, str], dict[str, float]]:
    """Read `submission_1:`, and below it `:sid:` or `:email:` of its submitter, `:created_at:`."""
    from toynets.io.limits import read_bytes

    found: dict[str, str] = {}
    times: dict[str, float] = {}
    if not path.exists():
        return found, times
    place = ""
    for line in read_bytes(str(path), MOST_METADATA).decode("utf-8", "replace").splitlines():
        head = re.fullmatch(r"(submission_\d+):\s*", line)
        if head:
            place = head[1]
        said = re.fullmatch(r"\s+(?:- )?:?(sid|email):\s*['\"]?([^'\"\s]+)['\"]?\s*", line)
        if said and place and (place not in found or said[1] == "sid"):
            found[place] = said[2]
        when = CREATED.fullmatch(line)
        if when and place:
            zone = "+00:00" if when["zone"] in ("Z", "UTC") else when["zone"]
            times[place] = _time(f"{when['day']}T{when['time']}{zone}") or 0.0
    return found, times
