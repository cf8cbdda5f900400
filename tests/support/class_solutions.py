"""Right claims of generated exercises: the package has none of constructions, and needs none."""

from __future__ import annotations

import re


def right_claim(exercise):
    """Return a right claim, as a student who has understood would give it."""
    if exercise.kind != "construct":
        return dict(exercise.solution)
    # p*max + q*min = q*x1 + p*x2 + (p - q)*relu(x1 - x2), and on the square q*x1 + p*x2 >= 0.
    p, q = (int(n) for n in re.findall(r"(\d)\*m", exercise.ask["target"]))
    first = {"x1->h1": q, "x2->h1": p, "x1->h2": 1, "x2->h2": -1}
    return {"weights": {**first, "h1->y": 1, "h2->y": p - q}}
