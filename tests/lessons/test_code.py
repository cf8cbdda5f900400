"""Exercises that take a program: what it computes is judged as if it had been written down."""

import pytest

from toynets import coursework


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("L09.3", "x1 + x2 + x3", "(x1 + x2 + x3) % 2"),
        ("L10.3", "int(x1 + x2 + x3 < 3)", "int(x1 + x2 + x3 > 1)"),
    ],
)
def test_a_program_answers_row_by_row(tmp_path, name, right, wrong):
    hw = coursework.open(name[:3], folder=tmp_path)
    assert f'hw.code("{name}", "mine.py", "f")' in hw.exercise(name).prompt
    for body, passed in ((right, True), (wrong, False)):
        file = tmp_path / "mine.py"
        file.write_text(f"def f(x1, x2, x3):\n    return {body}\n", encoding="utf-8")
        judged = hw.code(name, file, "f")
        assert judged.passed is passed
        assert ("Behind it" in str(judged)) is not passed  # the listed wrong answer is known
