"""Coursework: exercises as data, claims that are judged exactly, classes that are graded.

A student opens a lesson and claims; each claim is judged at once and saved:

    hw = toynets.coursework.open("L04")
    hw.predict("L04.2", "h2 = 0", [0, 1, 1, 2])
    hw.submit()

What is handed in is a claims file: data, never code. A teacher grades a file or a folder of them
with `toynets grade`, and makes a course with networks of its own with `toynets course`. Neither
needs JAX or NumPy.
"""

from __future__ import annotations

from toynets.coursework.claims import ClaimsFile, read_claims, write_claims
from toynets.coursework.exercise import Exercise, read_exercise, read_folder
from toynets.coursework.homework import Homework, open
from toynets.coursework.judging import Judged, judge
from toynets.coursework.misconceptions import Misconception, misconception
from toynets.coursework.practising import practice

__all__ = [
    "open",
    "practice",
    "Homework",
    "Exercise",
    "read_exercise",
    "read_folder",
    "Judged",
    "judge",
    "ClaimsFile",
    "read_claims",
    "write_claims",
    "Misconception",
    "misconception",
]
