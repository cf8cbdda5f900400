"""`toynets ask`: the twelve questions of learners, each answered by this installation."""

from __future__ import annotations

from toynets.api.asking.asked import answer, asked, questions
from toynets.api.asking.record import Answer, Question

__all__ = ["Answer", "Question", "answer", "asked", "questions"]
