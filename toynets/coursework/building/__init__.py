"""From one percent script: the student notebook, the solution notebook, and a page.

`cells` reads the script, `marks` tells solution from stub, `notebooks` writes bytes that depend on
nothing but the script, `running` executes the cells in this process, `pages` prints them as HTML,
`leaks` searches what students get for what they must not, `lessons` does all of it to a folder.
"""

from toynets.coursework.building.cells import Cell, read_script
from toynets.coursework.building.leaks import Leaks, find_leaks
from toynets.coursework.building.lessons import (
    Lesson,
    build,
    check,
    checkout_folder,
    find,
    new_lesson,
    read_lesson,
)
from toynets.coursework.building.marks import solution_lines, solved, stubbed
from toynets.coursework.building.notebooks import notebook
from toynets.coursework.building.pages import page
from toynets.coursework.building.running import Ran, run_cells

__all__ = [
    "Cell",
    "Leaks",
    "Lesson",
    "Ran",
    "build",
    "check",
    "checkout_folder",
    "find",
    "find_leaks",
    "new_lesson",
    "notebook",
    "page",
    "read_lesson",
    "read_script",
    "run_cells",
    "solution_lines",
    "solved",
    "stubbed",
]
