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
        own: the command that answers it for a network NAME of one's own, or "".
        figure, lesson: the file name of the figure's script and of the lesson that go into it,
            without its ending; both are in the repository, not in an installed package.
    """

    number: int
    text: str
    command: str
    also: str = ""
    own: str = ""
    figure: str = ""
    lesson: str = ""

    @property
    def places(self) -> list[tuple[str, str]]:
        """Where to look next: what it is -> the command or the file."""
        every = (
            ("shown by", self.command),
            ("more", self.also),
            ("your own", self.own),
            ("figure", self.figure and f"toynets figures build {self.figure} --out figs"),
            ("lesson", self.lesson and f"lessons/notebooks/{self.lesson}.ipynb"),
        )
        return [(what, where) for what, where in every if where]

    def to_dict(self) -> dict[str, Any]:
        """Return the question as plain data."""
        return {
            "number": self.number,
            "question": self.text,
            "command": self.command,
            "also": self.also,
            "own": self.own,
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
        places = [f"  {what}: {where}" for what, where in one.places]
        return "\n".join([f"{one.number}. {one.text}", *self.lines, *places])

    __repr__ = __str__
