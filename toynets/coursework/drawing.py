"""Random choices that follow from a key, a student and an exercise, and from nothing else."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Draw:
    """Choices from HMAC-SHA256(key, student, exercise), the same on every machine and release.

    Args:
        key: of the course.
        student: their id, as the roster writes it.
        exercise: its id.

    >>> draw = Draw(b"key", "s1", "G01.1")
    >>> again = Draw(b"key", "s1", "G01.1")
    >>> [draw.below(10) for _ in range(5)] == [again.below(10) for _ in range(5)]
    True
    """

    def __init__(self, key: bytes, student: str, exercise: str) -> None:
        said = f"{len(student)}:{student}:{exercise}".encode()
        self._seed = hmac.new(key, said, hashlib.sha256).digest()
        self._count = 0

    def below(self, n: int) -> int:
        """Return a whole number from 0 to n - 1, each as likely (within 2^-200)."""
        self._count += 1
        block = hmac.new(self._seed, self._count.to_bytes(8, "big"), hashlib.sha256).digest()
        return int.from_bytes(block, "big") % n

    def choice(self, options: Sequence[T]) -> T:
        """Return one of the options."""
        return options[self.below(len(options))]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """Return the items in a random order."""
        left, found = list(items), []
        while left:
            found.append(left.pop(self.below(len(left))))
        return found
