"""Exercises for tests: those of lesson 4, and ones that are made on the spot."""

from __future__ import annotations

import pytest

from toynets.coursework import judge, read_folder
from toynets.coursework.exercise import made


@pytest.fixture(scope="session")
def lesson():
    """The exercises of lesson 4, by id."""
    return {e.id: e for e in read_folder(lesson="L04") if e.id <= "L04.5"}


@pytest.fixture
def exercise():
    """Make an exercise: `exercise("number", {"tolerance": "1/10"}, {"value": "1/2"})`."""

    def make(kind, ask, solution=(), **more):
        data = {"id": "T01.1", "title": "A test", "points": 10, "prompt": "Say it.", **more}
        return made({**data, "kind": kind, "ask": ask, "solution": dict(solution)})

    return make


@pytest.fixture
def said():
    """Judge a claim and return the whole feedback: `said(exercise, value=1)`."""

    def run(exercise, **claim):
        return str(judge(exercise, claim))

    return run
