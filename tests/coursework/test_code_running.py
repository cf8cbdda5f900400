"""Code of students runs in a child: numbers come back, or a message."""

from __future__ import annotations

import sys

import pytest

from toynets.coursework.code_running import run_code
from toynets.errors import ToynetsError
from toynets.rationals import rational


def test_numbers_come_back_exactly_and_the_parent_imports_nothing(tmp_path):
    file = tmp_path / "mine.py"
    file.write_text(
        "import sys\nprint('noise')\nprint('more', file=sys.stderr)\n"
        "def third(x):\n    return [x / 3, 0.5]\n"
    )
    found = run_code(file, "third", [["1/2"], [3]])
    assert found == [[rational("1/6"), rational("1/2")], [rational(1), rational("1/2")]]
    assert "mine" not in sys.modules and "student" not in sys.modules


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("while True: pass", "did not end as it should|more than 1 seconds"),
        ("return bytearray(10**10)", "MemoryError|did not end"),
        ("return 'text'", "TypeError: it returned str, not a number"),
        ("return float('nan')", "raised"),
        ("raise SystemExit(0)", "SystemExit"),
        ("import os; os._exit(0)", "did not end as it should"),
        ("return [[[[[[[[[[1]]]]]]]]]]", "deep|not a number|expected a number"),
        ("import sys; sys.__stdout__.write('{}'); return 1", "not JSON"),
        ("return 10**2000", "characters"),
        (
            "import os, sys; sys.__stdout__.write('{\"outputs\": [1, 2]}'); "
            "sys.__stdout__.flush(); os._exit(0)",
            "answered 2 of 1 inputs",
        ),
        ("open('x', 'w').write('a' * 10**8); return 1", "raised|did not end"),
    ],
)
def test_what_is_not_a_number_is_a_message(tmp_path, body, message):
    file = tmp_path / "mine.py"
    file.write_text(f"def f(x):\n    {body}\n")
    with pytest.raises(ToynetsError, match=message):
        run_code(file, "f", [[1]], seconds=1, memory=512 * 1024**2)


def test_wrong_use(tmp_path):
    file = tmp_path / "mine.py"
    file.write_text("def f(x):\n    return x\n")
    with pytest.raises(ToynetsError, match="KeyError"):
        run_code(file, "g", [[1]])
    with pytest.raises(ToynetsError, match="no name of a function"):
        run_code(file, "f(); g", [[1]])
    with pytest.raises(ToynetsError, match="there is no file"):
        run_code(tmp_path / "none.py", "f", [[1]])
