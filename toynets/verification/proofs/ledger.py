"""What was settled, in order: the claims of one certificate."""

from __future__ import annotations

from typing import Any

from toynets.verification.proofs.claims import Answer


class Ledger:
    """The claims of one certificate, numbered in the order in which they were settled."""

    def __init__(self) -> None:
        self.answers: list[Answer] = []
        self.claims: list[dict[str, Any]] = []

    def add(self, answer: Answer) -> Answer:
        """Keep an answer; one with data becomes a claim of the certificate."""
        self.answers.append(answer)
        if answer.data is not None:
            self.claims.append(answer.data)
        return answer

    def number(self, answer: Answer) -> int | None:
        """Return the number of an answer's claim in the certificate."""
        for number, data in enumerate(self.claims):
            if data is answer.data:
                return number
        return None
