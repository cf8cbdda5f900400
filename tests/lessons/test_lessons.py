"""The lessons as they are: built, without leaks, every stub failing, every script running."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import jupytext
import nbformat
import pytest

import toynets.zoo
from toynets import coursework
from toynets.cli import COMMANDS
from toynets.coursework.building import Cell, check, checkout_folder, find, read_script, run_cells
from toynets.coursework.building.frame import FIRST_CELL
from toynets.coursework.building.lessons import student_files

FOLDER = checkout_folder()
LESSONS = {lesson.id: lesson for lesson in find(FOLDER)}
IN_DEFAULT = ("L01", "L04")  # the others run among the long tests
WITHOUT_JAX = [f"L{k:02d}" for k in range(1, 11)]


def run_by_itself(lessons, folder, code):
    """Run Python in a process of its own, in a folder of its own; return what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", code, *(str(lesson.path) for lesson in lessons)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(Path(FOLDER).parent)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_there_are_fourteen_lessons_in_order():
    assert list(LESSONS) == [f"L{k:02d}" for k in range(1, 15)]
    for id, lesson in LESSONS.items():
        assert lesson.title.startswith(f"{int(id[1:])}. ")


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=LESSONS)
def test_the_list_of_lessons_is_right(lesson):
    exercises = coursework.read_folder(lesson=lesson.id)
    whole = " ".join(lesson.cells[0].source.split()).partition("About ")[2].split()[0]
    points = sum(e.points for e in exercises)
    row = f"| [{lesson.title}](notebooks/{lesson.stem}.ipynb) | {whole} | {points} | "
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert f"{row}{len(exercises)} |" in text.splitlines()


def test_the_committed_notebooks_are_what_their_scripts_give_and_nothing_leaks():
    faults, leaks = check(FOLDER)
    assert faults == []
    assert leaks.found == () and leaks.files == 14 and leaks.lines >= 60
    print(leaks)


def test_building_twice_gives_the_same_bytes():
    assert student_files(find(FOLDER)) == student_files(list(LESSONS.values()))


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=LESSONS)
def test_jupytext_reads_the_same_cells(lesson):
    text = lesson.path.read_text(encoding="utf-8")
    theirs = [(c.cell_type, c.source) for c in jupytext.reads(text, fmt="py:percent").cells]
    assert [(c.kind, c.source) for c in read_script(text)] == theirs


@pytest.mark.parametrize("name", sorted(p.name for p in (FOLDER / "notebooks").iterdir()))
def test_the_notebooks_are_valid(name):
    text = (FOLDER / "notebooks" / name).read_text(encoding="utf-8")
    book = nbformat.reads(text, as_version=4)
    nbformat.validate(book)
    assert all(not cell.get("outputs") for cell in book.cells)


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=LESSONS)
def test_a_lesson_has_its_parts_in_order(lesson):
    code = [c.source for c in lesson.cells if c.kind == "code"]
    assert code[0] == FIRST_CELL
    text = "\n".join(c.source for c in lesson.cells if c.kind == "markdown")
    parts = ["you can**", "## The picture", "## A worked example", "## Exercise "]
    if lesson.id in WITHOUT_JAX:
        parts.append("## Five minutes: and a trained one")
    parts += ["## What was not shown", "## Further reading", "## Hand in"]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
    assert any("plots." in source for source in code)
    assert code[-1] == "hw.status()"


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=LESSONS)
def test_what_a_text_names_is_there(lesson):
    text = "\n".join(c.source for c in lesson.cells if c.kind == "markdown")
    assert set(re.findall(r"`toynets ([a-z][a-z-]*)", text)) <= set(COMMANDS)
    for name in re.findall(r"`toynets\.([a-z_]+)", text):
        assert hasattr(toynets, name)
    networks = set(toynets.zoo.names())
    hyphened = set(re.findall(r"`([a-z]+(?:-[a-z0-9]+)+)`", text))
    assert hyphened <= networks, hyphened - networks
    assert {f"L{int(n):02d}" for n in re.findall(r"\blessons? (\d+)", text)} <= set(LESSONS)


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=LESSONS)
def test_minutes_add_up(lesson):
    minutes = sum(e.minutes for e in coursework.read_folder(lesson=lesson.id))
    text = " ".join(lesson.cells[0].source.split())
    assert f"of which {minutes} are exercises" in text
    whole = int(text.partition("About ")[2].split()[0])
    assert minutes < whole <= 50


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=LESSONS)
def test_every_stub_fails_and_counts_as_no_attempt(lesson, tmp_path):
    pairs = zip(lesson.cells, lesson.student, strict=True)
    stubs = [student for cell, student in pairs if "# BEGIN SOLUTION" in cell.source]
    opened = [
        Cell("code", "from toynets import coursework", 1),
        Cell("code", f'hw = coursework.open("{lesson.id}")', 1),
    ]
    ran = run_cells([*opened, *stubs], name=lesson.id, folder=tmp_path)
    for one in ran[2:]:
        assert one.shown is not None and " not yet: 0 of " in one.shown[1], one
        assert "No answer here yet" in one.shown[1]
    assert list(tmp_path.iterdir()) == []  # nothing was counted, nothing saved
    homework = coursework.open(lesson.id, folder=tmp_path)
    assert "0 of " in homework.status().last
    assert len(stubs) == len(homework.exercises)


@pytest.mark.parametrize(
    "id", [x if x in IN_DEFAULT else pytest.param(x, marks=pytest.mark.long) for x in LESSONS]
)
def test_a_lesson_runs_and_its_solutions_are_right(id, tmp_path):
    lesson = LESSONS[id]
    began = time.process_time()
    run_cells(lesson.solution, name=lesson.path.name, folder=tmp_path)
    assert time.process_time() - began < 10  # 5 s asked; the machine may be shared
    homework = coursework.open(id, folder=tmp_path)
    whole = sum(e.points for e in homework.exercises.values())
    assert homework.status().last.startswith(f"{whole} of {whole} points")


def scripts_run(folder, ids):
    """Run scripts one after another in one process; return whether JAX was imported."""
    code = (
        "import runpy, sys\n"
        "for path in sys.argv[1:]: runpy.run_path(path)\n"
        "print('jax' in sys.modules, *sorted(m for m in sys.modules if m in ('torch', 'optax')))"
    )
    return run_by_itself([LESSONS[id] for id in ids], folder, code).splitlines()[-1]


def test_a_script_runs_by_itself_and_without_jax(tmp_path):
    assert scripts_run(tmp_path, IN_DEFAULT) == "False"


@pytest.mark.long
def test_all_scripts_run_by_themselves_and_without_jax(tmp_path):
    assert list(LESSONS)[:10] == WITHOUT_JAX
    assert scripts_run(tmp_path, LESSONS) == "False"


@pytest.fixture(scope="module")
def kernel():
    """One kernel for all notebooks: starting it and importing takes longer than a lesson."""
    from jupyter_client.manager import KernelManager

    manager = KernelManager(kernel_name="python3")
    manager.start_kernel(env={**os.environ, "PYTHONPATH": str(Path(FOLDER).parent)})
    yield manager
    manager.shutdown_kernel(now=True)
    manager.cleanup_resources()


@pytest.mark.long
@pytest.mark.parametrize("lesson", LESSONS.values(), ids=LESSONS)
def test_the_student_notebook_runs_from_top_to_bottom(lesson, kernel, tmp_path):
    from nbclient import NotebookClient

    text = (FOLDER / "notebooks" / f"{lesson.stem}.ipynb").read_text(encoding="utf-8")
    book = nbformat.reads(text, as_version=4)
    first = nbformat.v4.new_code_cell(f"%reset -f\nimport os\nos.chdir({str(tmp_path)!r})")
    book.cells.insert(0, first)
    client = NotebookClient(book, timeout=120, km=kernel)
    client.execute()
    client.kc.stop_channels()
    outputs = [out for cell in book.cells for out in cell.get("outputs", [])]
    assert not any(out.output_type == "error" for out in outputs)
    said = "\n".join(out.get("data", {}).get("text/plain", "") for out in outputs)
    assert said.count(" not yet: 0 of ") == len(coursework.read_folder(lesson=lesson.id))
    assert any("image/svg+xml" in out.get("data", {}) for out in outputs)


def test_the_first_cell_installs_only_what_is_missing_and_holds_what_is_there(tmp_path):
    code = (
        "import builtins, sys, subprocess, os\n"
        "real = builtins.__import__\n"
        "def refuse(name, *rest):\n"
        "    if name == 'toynets' and not calls: raise ModuleNotFoundError(name)\n"
        "    return real(name, *rest)\n"
        "calls = []\n"
        "builtins.__import__ = refuse\n"
        "subprocess.run = lambda words, check: calls.append(words)\n"
        "from pathlib import Path\n"
        "source = Path(sys.argv[1]).read_text()\n"
        "first = source.split('# %%\\n')[1].split('# %%')[0]\n"
        "exec(first)\n"
        "print(calls[0][-1], '--constraint' in calls[0])\n"
        "print(open('toynets-constraints.txt').read())\n"
    )
    said = run_by_itself([LESSONS["L01"]], tmp_path, code)
    assert said.startswith("toynets True\n")
    held = dict(line.split("==") for line in said.split("\n")[1:] if line)
    from importlib.metadata import version

    assert held == {name: version(name) for name in ("jax", "jaxlib", "numpy")}
