"""A class of generated submissions: right, each misconception, hostile; and what each earns."""

from __future__ import annotations

import json

from hostile_claims import CLAIMS, FILES

from toynets.coursework import judge
from toynets.rationals import ZERO


def submission(lesson, exercises, claims):
    """Return the bytes of a claims file."""
    said = [{"id": e.id, "kind": e.kind, **claims[e.id]} for e in exercises if e.id in claims]
    return json.dumps({"format": "toynets-claims/1", "lesson": lesson, "claims": said}).encode()


def students(count, lesson, exercises):
    """Yield (name, bytes, points that are meant); every kind of student, in turn.

    The points of a listed wrong answer are those of its own scores; all else is right.
    """
    right = {e.id: dict(e.solution) for e in exercises}
    whole = sum((e.points for e in exercises), ZERO)
    believers = [(e, w) for e in exercises for w in e.wrong]
    hostile = [*FILES.items(), *CLAIMS.items()]
    for k in range(count):
        turn, round = k % 3, k // 3
        if turn == 0:
            left_out = exercises[round % (len(exercises) + 1) :][:1]
            claims = {i: c for i, c in right.items() if i not in {e.id for e in left_out}}
            points = whole - sum((e.points for e in left_out), ZERO)
            yield f"right{k:03}", submission(lesson, exercises, claims), points
        elif turn == 1:
            e, wrong = believers[round % len(believers)]
            earned = judge(e, wrong.claim).points
            claims = {**right, e.id: dict(wrong.claim)}
            points = whole - e.points + earned
            yield f"belief{k:03}", submission(lesson, exercises, claims), points
        else:
            yield f"hostile{k:03}", hostile[round % len(hostile)][1], ZERO
