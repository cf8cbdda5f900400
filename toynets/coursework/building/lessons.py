"""The lessons of a folder: found by file name, built, and held against what is committed."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from toynets.checkout import folder_of
from toynets.coursework.building.cells import Cell, read_script
from toynets.coursework.building.leaks import Leaks, find_leaks
from toynets.coursework.building.marks import solution_lines, solved, stubbed
from toynets.coursework.building.notebooks import notebook
from toynets.errors import ToynetsError

NOTEBOOKS = "notebooks"
_NAME = re.compile(r"(L\d\d)_[a-z0-9_]+\.py")


@dataclass(frozen=True)
class Lesson:
    """One lesson.

    Attributes:
        id: `L04`.
        path: its script.
        title: the heading of its first text cell.
        cells: as they stand in the script, marks and all.
    """

    id: str
    path: Path
    title: str
    cells: tuple[Cell, ...]

    @property
    def stem(self) -> str:
        """The file name without its ending."""
        return self.path.stem

    @property
    def student(self) -> tuple[Cell, ...]:
        """The cells as a student gets them."""
        return stubbed(self.cells, self.path.name)

    @property
    def solution(self) -> tuple[Cell, ...]:
        """The cells with their solutions."""
        return solved(self.cells, self.path.name)

    @property
    def solution_lines(self) -> tuple[str, ...]:
        """The lines that no student file may hold."""
        return solution_lines(self.cells, self.path.name)


def checkout_folder() -> Path:
    """Return the folder `lessons` of the checkout.

    Raises:
        ToynetsError: the package is installed, and the working directory is no checkout.
    """
    folder = folder_of("lessons")
    if not folder:
        raise ToynetsError(
            "there are no lessons here.",
            cause="they are in the repository, not in the installed package.",
            fix="name their folder: toynets lessons build FOLDER; or run it in a checkout.",
        )
    return Path(folder)


def find(folder: str | os.PathLike[str]) -> tuple[Lesson, ...]:
    """Return the lessons of a folder, in order.

    Raises:
        ToynetsError: no such folder, no lesson in it, two with one number, a script that cannot
            be read or has marks out of order.
    """
    path = Path(folder)
    if not path.is_dir():
        raise ToynetsError(f"no folder {path}.", fix="name the folder that holds L01_….py.")
    lessons = [read_lesson(p) for p in sorted(path.iterdir()) if _NAME.fullmatch(p.name)]
    if not lessons:
        raise ToynetsError(f"no lesson in {path}.", fix="lessons are named L01_some_words.py.")
    for before, after in pairwise(lessons):
        if before.id == after.id:
            raise ToynetsError(
                f"two lessons are {after.id}: {before.path.name} and {after.path.name}.",
                fix="give one another number.",
            )
    return tuple(lessons)


def read_lesson(path: Path) -> Lesson:
    """Read one lesson, and hold its marks to the rules."""
    match = _NAME.fullmatch(path.name)
    if match is None:
        raise ToynetsError(f"{path.name} is no name of a lesson.", fix="name it L01_some_words.py.")
    cells = read_script(path.read_text(encoding="utf-8"), path.name)
    titles = [c.source.split("\n")[0] for c in cells if c.kind == "markdown"]
    if not titles or not titles[0].startswith("# "):
        raise ToynetsError(
            f"{path.name} has no title.", fix="open the first text cell with '# # Title'."
        )
    lesson = Lesson(match[1], path, titles[0].removeprefix("# ").strip(), cells)
    stubbed(cells, path.name)
    return lesson


def student_files(lessons: Sequence[Lesson]) -> dict[str, bytes]:
    """Return the student notebooks: file name -> content."""
    return {f"{lesson.stem}.ipynb": notebook(lesson.student) for lesson in lessons}


def leaks(lessons: Sequence[Lesson], files: dict[str, bytes]) -> Leaks:
    """Search files for every line of every lesson's solutions."""
    lines = [line for lesson in lessons for line in lesson.solution_lines]
    return find_leaks(lines, files.items())


def build(
    folder: str | os.PathLike[str],
    out: str | os.PathLike[str] | None = None,
    *,
    pages: bool = True,
    progress: Callable[[str, int, int], None] | None = None,
) -> tuple[list[Path], Leaks]:
    """Build the student notebooks in place; with `out` also solutions and pages, there.

    A notebook that no lesson gives any more is left alone: `check` names it.

    Args:
        folder: of the scripts; the student notebooks go to its folder `notebooks`.
        out: a folder for solution notebooks (`solutions/`) and pages (`pages/`); made if missing.
        pages: whether to run the lessons and write their pages.
        progress: called after each lesson with a word, how many are done, and of how many.

    Returns:
        The files whose bytes changed, and the result of the search for leaks.

    Raises:
        ToynetsError: what `find` refuses; a leak (nothing is written then); a cell that raises.
    """
    lessons = find(folder)
    files = student_files(lessons)
    found = leaks(lessons, files)
    if found.found:
        raise ToynetsError(
            str(found),
            cause="a line of a solution also stands outside the marks.",
            fix="say it in other words there; nothing was written.",
        )
    changed = []
    target = Path(folder) / NOTEBOOKS
    for name, content in files.items():
        changed += _write(target / name, content)
    for number, lesson in enumerate(lessons, start=1):
        if out is not None:
            solution = Path(out) / "solutions" / f"{lesson.stem}.ipynb"
            changed += _write(solution, notebook(lesson.solution))
            if pages:
                content = page_of(lesson)
                if leaked := leaks([lesson], {"page.html": content}).found:
                    raise ToynetsError(f"the page of {lesson.id} shows a solution: {leaked[0][1]}")
                changed += _write(Path(out) / "pages" / f"{lesson.stem}.html", content)
        if progress is not None:
            progress(lesson.id, number, len(lessons))
    return changed, found


def page_of(lesson: Lesson, *, solution: bool = False) -> bytes:
    """Run a lesson in a folder of its own and return its page, the student's unless asked."""
    from tempfile import TemporaryDirectory

    from toynets.coursework.building.pages import page
    from toynets.coursework.building.running import run_cells

    cells = lesson.solution if solution else lesson.student
    with TemporaryDirectory() as folder:
        ran = run_cells(cells, name=lesson.path.name, folder=folder)
    return page(ran, title=lesson.title)


def check(folder: str | os.PathLike[str]) -> tuple[list[str], Leaks]:
    """Build in memory, and hold the committed notebooks against that.

    Returns:
        What differs, one line a file, and the result of the search for leaks in what is committed.
    """
    lessons = find(folder)
    files = student_files(lessons)
    target = Path(folder) / NOTEBOOKS
    faults, there = [], {}
    for name, content in files.items():
        path = target / name
        if not path.is_file():
            faults.append(f"{name}: not built")
            continue
        there[name] = path.read_bytes()
        if there[name] != content:
            faults.append(f"{name}: not what its script gives")
    faults += [f"{path.name}: no lesson gives it; remove it" for path in _strays(target, files)]
    return faults, leaks(lessons, there)


def new_lesson(folder: str | os.PathLike[str], id: str, title: str) -> Path:
    """Write the frame of a new lesson, to be filled in.

    Args:
        folder: of the scripts.
        id: `L15`.
        title: its heading; the file is named by it.

    Raises:
        ToynetsError: an id of another form, a number that is taken, a title without a letter.
    """
    from toynets.coursework.building.frame import frame

    if not re.fullmatch(r"L\d\d", id):
        raise ToynetsError(f"expected an id such as L15 but got {id!r}.", fix="write L15.")
    words = re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_")
    if not words:
        raise ToynetsError(f"the title {title!r} has no letter.", fix="write a title in words.")
    place = Path(folder)
    taken = sorted(place.glob(f"{id}_*.py")) if place.is_dir() else []
    if taken:
        raise ToynetsError(f"{id} is there: {taken[0].name}.", fix="take another number.")
    path = place / f"{id}_{words}.py"
    _write(path, frame(id, title).encode())
    return path


def _strays(target: Path, files: dict[str, bytes]) -> list[Path]:
    """The notebooks of lessons that are no more, by name: other files are not ours."""
    there = sorted(target.glob("L[0-9][0-9]_*.ipynb")) if target.is_dir() else []
    return [path for path in there if path.name not in files]


def _write(path: Path, content: bytes) -> list[Path]:
    """Write a file if that changes it, all at once; return it if it did."""
    if path.is_file() and path.read_bytes() == content:
        return []
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.part")
    aside.write_bytes(content)
    os.replace(aside, path)
    return [path]
