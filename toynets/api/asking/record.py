"""A question in learners' words, and its answer with a number that was computed just now."""

from __future__ import annotations

from typing import Any

from toynets.fields import field, record


@record(frozen=True)
class Question:
    """One of the twelve.

    Attributes:
        number: 1 to 12.
        text: as learners ask it.
        command: what shows the number of the answer.
        also: another command that shows more of it, or "".
        figure, lesson: which of them it belongs to, by name; "" where there is none.
    """

    number: int
    text: str
    command: str
    also: str = ""
    figure: str = ""
    lesson: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return the question as plain data."""
        return {
            "number": self.number,
            "question": self.text,
            "command": self.command,
            "also": self.also,
            "figure": self.figure,
            "lesson": self.lesson,
        }


@record(frozen=True)
class Found:
    """What was computed for an answer.

    Attributes:
        lines: the answer in two lines, the numbers in it.
        numbers: name -> value: whole numbers, floats or short text.
    """

    lines: tuple[str, str]
    numbers: dict[str, Any] = field(repr=False)


@record(frozen=True)
class Answer:
    """The answer to one question.

    Attributes:
        question: what was asked.
        lines: two lines.
        numbers: those that were computed, by name.
    """

    question: Question
    lines: tuple[str, str]
    numbers: dict[str, Any]

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as plain data."""
        return {**self.question.to_dict(), "answer": list(self.lines), "numbers": self.numbers}

    def __str__(self) -> str:
        one = self.question
        text = [f"{one.number}. {one.text}", *self.lines, f"  shown by: {one.command}"]
        named = (("more", one.also), ("figure", one.figure), ("lesson", one.lesson))
        return "\n".join([*text, *(f"  {what}: {name}" for what, name in named if name)])

    __repr__ = __str__
