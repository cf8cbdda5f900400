"""Every exercise of every lesson: full score for its solution, a message for each wrong answer."""

from __future__ import annotations

import re

import pytest

from toynets.coursework import read_folder
from toynets.coursework.building import checkout_folder, find
from toynets.coursework.judging import judge
from toynets.coursework.misconceptions import catalogue

EXERCISES = {e.id: e for e in read_folder()}
LESSONS = {lesson.id: lesson for lesson in find(checkout_folder())}
HEADING = re.compile(
    r"^## Exercise (\d+)\.(\d): (.+) \((\d+) points, (\d+) minutes, (easy|medium|hard)\)$", re.M
)


@pytest.fixture(params=EXERCISES, scope="module")
def exercise(request):
    return EXERCISES[request.param]


def test_the_solution_has_full_score(exercise):
    judged = judge(exercise, exercise.solution)
    assert judged.passed is True, str(judged)
    assert judged.points == judged.max_points == exercise.points
    assert exercise.establishes in str(judged) and exercise.leaves_open in str(judged)


def test_each_wrong_answer_is_refused_with_its_own_message(exercise):
    assert len(exercise.wrong) >= 2
    said = []
    for wrong in exercise.wrong:
        judged = judge(exercise, wrong.claim)
        assert judged.passed is False, f"{exercise.id} {dict(wrong.claim)}: {judged}"
        assert wrong.message in judged.rationale
        assert judged.misconception == wrong.misconception
        assert len(judged.lines()) <= 8 and wrong.message in str(judged)
        said.append(wrong.message)
    assert len(set(said)) == len(said)


def test_a_message_never_shows_the_solution(exercise):
    shown = {
        "expression": exercise.solution.get("expression"),
        "choice": None,
    }["expression"]
    texts = [w.message for w in exercise.wrong]
    assert not shown or not any(shown in text for text in texts)


def test_the_frame_of_an_exercise_is_complete(exercise):
    assert len(exercise.hints) == 3 and len(set(exercise.hints)) == 3
    assert exercise.establishes and exercise.leaves_open
    heads = {
        f"L{int(m[1]):02d}.{m[2]}": m.groups()
        for cell in LESSONS[exercise.lesson].cells
        if cell.kind == "markdown"
        for m in HEADING.finditer(cell.source)
    }
    _, _, title, points, minutes, difficulty = heads[exercise.id]
    assert (int(points), int(minutes), difficulty) == (
        exercise.points,
        exercise.minutes,
        exercise.difficulty,
    )
    assert title.replace("`", "") == exercise.title


def test_five_failed_checks_offer_the_first_hint(exercise):
    wrong = exercise.wrong[0].claim
    assert judge(exercise, wrong, failed=3).help == ""
    assert judge(exercise, wrong, failed=4).help == exercise.hints[0]


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_and_its_exercise_files_name_the_same_exercises(lesson):
    text = "\n".join(c.source for c in LESSONS[lesson].cells)
    asked = set(re.findall(r'hw\.check\("(L\d\d\.\d)"', text))
    here = {e.id for e in EXERCISES.values() if e.lesson == lesson}
    assert asked == here and 3 <= len(here) <= 6


def test_every_misconception_is_behind_a_wrong_answer():
    named = [w.misconception for e in EXERCISES.values() for w in e.wrong]
    assert set(catalogue()) == {name for name in named if name}


def test_counts(record_property):
    wrong = sum(len(e.wrong) for e in EXERCISES.values())
    record_property("exercises", len(EXERCISES))
    record_property("wrong answers", wrong)
    print(f"{len(LESSONS)} lessons, {len(EXERCISES)} exercises, {wrong} wrong answers")
    assert len(EXERCISES) >= 3 * len(LESSONS) and wrong >= 2 * len(EXERCISES)
