"""The builder on lessons of its own: cells, bytes, leaks, runs and pages, each by another route."""

from __future__ import annotations

import base64
import json
import shutil

import jupytext
import nbformat
import pytest

from toynets.cli import main
from toynets.coursework.building import (
    build,
    check,
    find,
    find_leaks,
    new_lesson,
    notebook,
    page,
    read_script,
    run_cells,
)
from toynets.coursework.building.lessons import page_of
from toynets.errors import ToynetsError

SCRIPT = """\
# %% [markdown]
# # One is a lesson
#
# With *text*, `code` & a table:
#
# | a | b |
# |---|---|
# | 1 | 2 |

# %%
value = 20 + 1
print("half of", value * 2)

# %%
# BEGIN SOLUTION
answer = value * 4 - 42
# END SOLUTION
# STUB: answer = None
answer
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "L01_one.py").write_text(SCRIPT)
    return tmp_path


def test_our_reader_and_jupytext_read_the_same_cells():
    ours = [(c.kind, c.source) for c in read_script(SCRIPT)]
    theirs = [(c.cell_type, c.source) for c in jupytext.reads(SCRIPT, fmt="py:percent").cells]
    assert ours == theirs and len(ours) == 3


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "has no cell"),
        ("x = 1\n# %%\ny\n", "line 1: code before the first cell"),
        ('# %% tags=["x"]\ny\n', "line 1: a cell opens with"),
        ("# %%\n\n# %%\ny\n", "line 1: an empty cell"),
        ("# %% [markdown]\n# text\nx = 1\n", "line 3: a line of a text cell"),
    ],
)
def test_scripts_that_cannot_be_read(text, message):
    with pytest.raises(ToynetsError, match=message):
        read_script(text)


def test_the_notebook_is_valid_and_a_second_build_changes_no_byte(folder):
    changed, leaks = build(folder)
    path = folder / "notebooks" / "L01_one.ipynb"
    assert changed == [path] and (leaks.lines, leaks.files, leaks.found) == (1, 1, ())
    first = path.read_bytes()
    book = nbformat.reads(first.decode(), as_version=4)
    nbformat.validate(book)
    assert book.cells[2].source == "answer = None\nanswer"
    assert all(not c.get("outputs") for c in book.cells)
    assert len({c.id for c in book.cells}) == 3
    stamp = path.stat().st_mtime_ns
    assert build(folder)[0] == [] and path.stat().st_mtime_ns == stamp
    assert check(folder)[0] == []


def test_cells_of_the_same_text_have_different_ids():
    cells = read_script("# %%\nx = 1\n\n# %%\nx = 1\n")
    ids = [cell["id"] for cell in json.loads(notebook(cells))["cells"]]
    assert len(set(ids)) == 2


def test_check_names_what_is_missing_changed_or_left_over(folder):
    assert check(folder)[0] == ["L01_one.ipynb: not built"]
    build(folder)
    path = folder / "notebooks" / "L01_one.ipynb"
    path.write_bytes(path.read_bytes() + b"\n")
    shutil.copy(path, folder / "notebooks" / "L02_gone.ipynb")
    stray = "L02_gone.ipynb: no lesson gives it; remove it"
    assert check(folder)[0] == ["L01_one.ipynb: not what its script gives", stray]
    assert [p.name for p in build(folder)[0]] == ["L01_one.ipynb"]
    assert check(folder)[0] == [stray]  # somebody's own copy, perhaps: nothing is deleted


def test_a_solution_that_stands_outside_the_marks_too_is_a_leak_and_nothing_is_written(folder):
    leaking = SCRIPT + "\n# %%\nif True:\n    answer = value * 4 - 42  # again\n"
    (folder / "L01_one.py").write_text(leaking)
    with pytest.raises(ToynetsError, match=r"1 of 1 lines(.|\n)*answer = value \* 4 - 42"):
        build(folder)
    assert not (folder / "notebooks").exists()


def test_leaks_are_found_through_the_escapes_of_notebooks_and_pages():
    line = 'check("a<b", x="1")'
    book = json.dumps({"cells": [{"source": ["  " + line]}]}).encode()
    html = b"<pre>check(&quot;a&lt;b&quot;, x=&quot;1&quot;)</pre>"
    files = [("a.ipynb", book), ("b.html", html), ("c.html", b"<pre>check()</pre>")]
    assert [name for name, _ in find_leaks([line], files).found] == ["a.ipynb", "b.html"]


def test_cells_run_in_one_namespace_and_their_last_value_is_shown(folder, tmp_path):
    (lesson,) = find(folder)
    ran = run_cells(lesson.solution, name="L01", folder=tmp_path)
    assert [r.text for r in ran] == ["", "half of 42\n", ""]
    assert ran[2].shown == ("text/plain", "42")
    assert run_cells(lesson.student, name="L01", folder=tmp_path)[2].shown is None
    html = page(ran, title="a <title>").decode()
    assert "<title>a &lt;title&gt;</title>" in html and "<td>2</td>" in html
    assert "half of 42" in html and "<script" not in html and "http" not in html


def test_a_figure_is_an_image_with_its_alternative_text(tmp_path):
    source = (
        "# %%\nclass Figure:\n    alt = 'two units & a sum'\n"
        "    def _repr_svg_(self): return '<svg id=\"a\"/>'\nFigure()\n"
    )
    ran = run_cells(read_script(source), name="L01", folder=tmp_path)
    html = page(ran, title="one").decode()
    assert 'alt="two units &amp; a sum"' in html
    data = html.partition("base64,")[2].partition('"')[0]
    assert base64.b64decode(data) == b'<svg id="a"/>'


def test_a_cell_that_raises_says_where(folder, tmp_path):
    cells = read_script("# %%\nx = 1\n\n# %%\nx / 0\n")
    with pytest.raises(ToynetsError, match="line 5: ZeroDivisionError"):
        run_cells(cells, name="L01", folder=tmp_path)


def test_pages_and_solution_notebooks_go_out(folder, tmp_path):
    out = tmp_path / "out"
    changed, _ = build(folder, out)
    assert sorted(p.relative_to(tmp_path).as_posix() for p in changed) == [
        "notebooks/L01_one.ipynb",
        "out/pages/L01_one.html",
        "out/solutions/L01_one.ipynb",
    ]
    assert b"value * 4 - 42" in (out / "solutions" / "L01_one.ipynb").read_bytes()
    assert b"value * 4 - 42" not in (out / "pages" / "L01_one.html").read_bytes()
    (lesson,) = find(folder)
    assert b"value * 4 - 42" in page_of(lesson, solution=True)
    assert build(folder, out)[0] == []


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("L01_two.py", SCRIPT, "two lessons are L01"),
        ("L02_two.py", "# %% [markdown]\n# No title\n", "has no title"),
    ],
)
def test_folders_that_are_refused(folder, name, text, message):
    (folder / name).write_text(text)
    with pytest.raises(ToynetsError, match=message):
        find(folder)


def test_no_folder_and_no_lesson(tmp_path):
    with pytest.raises(ToynetsError, match="no lesson in"):
        find(tmp_path)
    with pytest.raises(ToynetsError, match="no folder"):
        find(tmp_path / "nowhere")


def test_an_installed_package_has_no_lessons_beside_it_and_says_so(tmp_path, monkeypatch, capsys):
    from toynets import checkout

    monkeypatch.setattr(checkout, "__file__", str(tmp_path / "site" / "toynets" / "checkout.py"))
    monkeypatch.chdir(tmp_path)
    assert main(["lessons", "list"]) == 2
    assert "there are no lessons here" in capsys.readouterr().err


def test_the_page_of_a_lesson_that_shows_a_solution_is_not_written(folder, tmp_path):
    shown = SCRIPT + "\n# %%\n'answer = ' + 'value * 4 ' + '- 42'\n"
    (folder / "L01_one.py").write_text(shown)
    with pytest.raises(ToynetsError, match="the page of L01 shows a solution"):
        build(folder, tmp_path / "out")
    assert not (tmp_path / "out" / "pages").exists()


def test_a_new_lesson_is_a_lesson(folder):
    path = new_lesson(folder, "L02", "Two: more & more")
    assert path.name == "L02_two_more_more.py"
    assert [lesson.title for lesson in find(folder)] == ["One is a lesson", "2. Two: more & more"]
    assert build(folder)[1].found == ()
    for id, title, message in (
        ("L02", "Again", "L02 is there"),
        ("2", "x", "expected an id"),
        ("L03", "…", "no letter"),
    ):
        with pytest.raises(ToynetsError, match=message):
            new_lesson(folder, id, title)


def test_the_command(folder, capsys):
    assert main(["lessons", "check", "--folder", str(folder)]) == 1
    assert "L01_one.ipynb: not built" in capsys.readouterr().out
    assert main(["lessons", "build", "--folder", str(folder), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["leaks"] == 0
    assert main(["lessons", "build", "--check", "--folder", str(folder)]) == 0
    assert main(["lessons", "list", "--folder", str(folder)]) == 0
    assert "One is a lesson" in capsys.readouterr().out
    assert main(["lessons", "new", "L07", "Seven", "--folder", str(folder)]) == 0
    assert (folder / "L07_seven.py").is_file()
    assert main(["lessons", "new", "--folder", str(folder)]) == 2
    assert main(["lessons", "list", "L07", "--folder", str(folder)]) == 2
