"""Marks: what is kept, what is replaced, and every fault by its message."""

from __future__ import annotations

import pytest

from toynets.coursework.building import Cell, solution_lines, solved, stubbed
from toynets.errors import ToynetsError

SOURCE = """before = 1
# BEGIN SOLUTION
y = 2
# END SOLUTION
# STUB: y = None
after = 3"""

INDENTED = """def f(x):
    # BEGIN SOLUTION
    half = x / 2

    return half
    # END SOLUTION
    # STUB: half = None
    # STUB: return half"""


def code(source: str, line: int = 1) -> list[Cell]:
    return [Cell("code", source, line)]


def test_the_student_gets_the_stub_and_everything_outside_the_marks():
    assert stubbed(code(SOURCE))[0].source == "before = 1\ny = None\nafter = 3"


def test_the_solution_has_neither_marks_nor_stub():
    assert solved(code(SOURCE))[0].source == "before = 1\ny = 2\nafter = 3"


def test_indented_marks_are_found_and_the_stub_keeps_its_indentation():
    student, solution = stubbed(code(INDENTED))[0], solved(code(INDENTED))[0]
    assert student.source == "def f(x):\n    half = None\n    return half"
    assert solution.source == "def f(x):\n    half = x / 2\n\n    return half"
    assert solution_lines(code(INDENTED)) == ("half = x / 2", "return half")


def test_lines_that_say_nothing_are_no_solution_lines():
    source = "# BEGIN SOLUTION\nf(\n    1,\n)\n# END SOLUTION\n# STUB: f(None)"
    assert solution_lines(code(source)) == ("f(", "1,")


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("# BEGIN SOLUTION\nx\n# BEGIN SOLUTION\ny\n# END SOLUTION", "line 9: nested.*line 7"),
        ("# BEGIN SOLUTION\nx = 1", "line 7: a solution is not closed"),
        ("x = 1\n# END SOLUTION", "line 8: a solution ends that has not begun"),
        ("# BEGIN SOLUTION\nx\n# END SOLUTION\ny", "line 10: a solution has no stub"),
        ("# BEGIN SOLUTION\nx\n# END SOLUTION", "line 9: a solution has no stub"),
        ("# BEGIN SOLUTION\n\n# END SOLUTION\n# STUB: x", "line 9: an empty solution"),
        ("# STUB: x = None", "line 7: a stub without a solution"),
        ("# BEGIN SOLUTION\nx\n# END SOLUTION\n# STUB: y\nz\n# STUB: y", "line 12: a stub without"),
        ("# BEGIN SOLUTION\n# STUB: y\n# END SOLUTION", "line 8: a stub without"),
        ("#BEGIN SOLUTION\nx\n#END SOLUTION", "line 7: .*looks like a mark and is none"),
        ("### begin solution\nx", "line 7: .*looks like a mark"),
        ("# Begin_Solution\nx", "line 7: .*looks like a mark"),
        ("x = 1  # END SOLUTION", "line 7: .*looks like a mark"),
        ("# stub: x", "line 7: .*looks like a mark"),
        ("# BEGIN SOLUTION\nx\n# END SOLUTION\n# STUB:y", "line 10: a solution has no stub"),
    ],
)
def test_a_mark_out_of_order_is_an_error_with_its_line(source, message):
    for read in (stubbed, solved, solution_lines):
        with pytest.raises(ToynetsError, match=message):
            read(code(source, line=7))


def test_a_mark_in_a_text_cell_is_an_error():
    with pytest.raises(ToynetsError, match="line 2: a mark in a text cell"):
        stubbed([Cell("markdown", "Text\nBEGIN SOLUTION", 1)])
