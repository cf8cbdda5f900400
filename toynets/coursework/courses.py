"""A course with networks of its own: a private folder with a key, from which all else follows.

The folder holds `course.json` (key, title, lessons), `roster.csv`, and `exercises/` with fixed
exercise files of the teacher's own. Only what `release` writes is for students.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from toynets.coursework.claims import LESSON, as_data
from toynets.coursework.exercise import Exercise, made, read_folder
from toynets.coursework.generating import TEMPLATES, VERSION, generated
from toynets.coursework.roster import Roster, read_roster
from toynets.coursework.storing import write_whole
from toynets.coursework.untrusted import known_keys, read_json, short_list, short_text
from toynets.errors import ToynetsError, unknown
from toynets.fields import record

FORMAT = "toynets-course/1"
RELEASED = "toynets-exercises/1"
MOST_BYTES = 4 * 1024 * 1024
KEYS = ("format", "title", "key", "templates", "lessons")
# What a student receives of an exercise. Solutions, wrong answers, decoys and hints stay.
SHOWN = (
    "id",
    "title",
    "kind",
    "points",
    "minutes",
    "difficulty",
    "prompt",
    "ask",
    "net",
    "nets",
    "network",
    "networks",
)


@record(frozen=True)
class Item:
    """One exercise of a lesson: a template, and its points where they are not the template's."""

    template: str
    points: str = ""


@record
class Course:
    """A course.

    Attributes:
        folder: private.
        title: for people.
        key: 32 random bytes.
        lessons: name -> its exercises.
        roster: the class, or None.
    """

    folder: Path
    title: str
    key: bytes
    lessons: Mapping[str, tuple[Item, ...]]
    roster: Roster | None = None

    @staticmethod
    def read(folder: Path | str) -> Course:
        """Read a private folder.

        Raises:
            ToynetsError: it is none, or `course.json` is damaged.
        """
        from toynets.io.limits import read_bytes

        place = Path(folder)
        path = place / "course.json"
        if not path.exists():
            raise ToynetsError(
                f"{place} has no course.json.", fix=f"toynets course new {place} makes one."
            )
        data = read_json(read_bytes(str(path)), path.name, most=MOST_BYTES)
        known_keys(data, KEYS, path.name, KEYS)
        if data["format"] != FORMAT:
            raise ToynetsError(f"{path} is not of the format {FORMAT}.")
        if str(data["templates"]) != str(VERSION):
            raise ToynetsError(
                f"{path} was made with version {data['templates']} of the templates, this toynets "
                f"has version {VERSION}: every network would be another one.",
                fix="use the toynets that the course was released with.",
            )
        key = short_text(data["key"], "key")
        if re.fullmatch(r"[0-9a-f]{64}", key) is None:
            raise ToynetsError(f"the key in {path} is damaged.", fix="restore the file.")
        lessons = {}
        for name, items in dict(data["lessons"]).items():
            if LESSON.fullmatch(name) is None:
                raise ToynetsError(f"{name!r} is not the name of a lesson, such as G01.")
            lessons[name] = tuple(_item(i) for i in short_list(items, name, 40))
        names = place / "roster.csv"
        roster = read_roster(names) if names.exists() else None
        return Course(
            place, short_text(data["title"], "title"), bytes.fromhex(key), lessons, roster
        )

    def data(self, student: str, lesson: str) -> list[dict[str, Any]]:
        """Return a student's generated exercises as plain data, with solutions.

        Raises:
            ToynetsError: no such lesson.
        """
        if lesson not in self.lessons:
            raise ToynetsError(unknown("lesson", lesson, self.title, self.lessons))
        found = []
        for number, item in enumerate(self.lessons[lesson], start=1):
            one = generated(item.template, f"{lesson}.{number}", self.key, student)
            found.append({**one, "points": item.points} if item.points else one)
        return found

    def exercises(self, student: str, lesson: str) -> list[Exercise]:
        """Return a student's exercises with solutions: generated ones, then fixed ones."""
        found = [made(one) for one in self.data(student, lesson)]
        own = self.folder / "exercises"
        fixed = read_folder(own, lesson) if own.is_dir() else []
        twice = {e.id for e in found} & {e.id for e in fixed}
        if twice:
            raise ToynetsError(f"{', '.join(sorted(twice))} is generated and in {own} as well.")
        return [*found, *fixed]

    def student(self, key: str) -> str:
        """Return the id of somebody of the roster, or ""."""
        found = self.roster.find(key) if self.roster is not None else None
        return "" if found is None else found.id

    def released(self, student: str, lesson: str) -> str:
        """Return the file that a student receives."""
        shown = [_shown(one) for one in self.data(student, lesson)]
        own = self.folder / "exercises"
        if own.is_dir():
            import tomllib

            for exercise in read_folder(own, lesson):
                text = (own / f"{exercise.id}.toml").read_text(encoding="utf-8")
                shown.append(_shown(tomllib.loads(text, parse_float=str)))
        data = {"format": RELEASED, "lesson": lesson, "exercises": shown}
        return json.dumps(data, indent=1, ensure_ascii=False) + "\n"

    def release(
        self, out: Path, lesson: str, students: Sequence[str], *, force: bool = False
    ) -> list[Path]:
        """Write the files of students, `ID/LESSON.exercises.json`.

        Args:
            out: a folder; it is made.
            lesson: which exercises.
            students: ids.
            force: replace files that are there and say something else.

        Raises:
            ToynetsError: the folder is the private one, or inside it; another file is there.
                Nothing is written then.
        """
        private = self.folder.resolve()
        if out.resolve() == private or private in out.resolve().parents:
            raise ToynetsError(f"{out} is inside the private folder; release somewhere else.")
        files = {out / s / f"{lesson}.exercises.json": self.released(s, lesson) for s in students}
        for path, text in files.items():
            if not force and path.exists() and path.read_bytes() != text.encode("utf-8"):
                raise ToynetsError(
                    f"{path} is there already and holds other exercises.",
                    cause="it is of another course, or the course was changed after its release.",
                    fix="release into another folder, or add --force.",
                )
        for path, text in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, text)
        return list(files)


def _item(data: Any) -> Item:
    if isinstance(data, str):
        data = {"template": data}
    known_keys(data, ("template", "points"), "an exercise of a course", ("template",))
    template = short_text(data["template"], "template")
    if template not in TEMPLATES:
        raise ToynetsError(unknown("template", template, "", TEMPLATES))
    return Item(template, str(data.get("points", "")))


def _shown(data: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in data.items() if k in SHOWN}


def new_course(
    folder: Path, *, lesson: str = "G01", templates: Sequence[str] = (), title: str = "A course"
) -> Course:
    """Make a private folder with a random key.

    Args:
        folder: is made; must not hold a course yet.
        lesson: its first lesson.
        templates: of its exercises; default one of each.
        title: for people.

    Raises:
        ToynetsError: there is a course already, or an unknown template.
    """
    path = folder / "course.json"
    if path.exists():
        raise ToynetsError(
            f"{folder} holds a course already; another key would change every network.",
            fix="give another folder.",
        )
    if LESSON.fullmatch(lesson) is None:
        raise ToynetsError(f"{lesson!r} is not the name of a lesson, such as G01.")
    for name in templates:
        _item(name)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "exercises").mkdir(exist_ok=True)
    data = {
        "format": FORMAT,
        "title": title,
        "key": secrets.token_hex(32),
        "templates": VERSION,
        "lessons": {lesson: list(templates or TEMPLATES)},
    }
    write_whole(path, json.dumps(data, indent=1, ensure_ascii=False) + "\n", secret=True)
    return Course.read(folder)


def read_released(path: Path) -> list[Exercise]:
    """Read what a student received; its exercises are sealed: claims wait for the grader.

    Raises:
        ToynetsError: another file, or a damaged one.
    """
    from toynets.io.limits import read_bytes

    data = read_json(read_bytes(str(path)), path.name, most=MOST_BYTES)
    keys = ("format", "lesson", "exercises")
    known_keys(data, keys, path.name, keys)
    if data["format"] != RELEASED:
        raise ToynetsError(f"{path} is not of the format {RELEASED}.")
    given = short_list(as_data(data["exercises"]), "exercises", 200)
    return [made(one, sealed=True) for one in given]
