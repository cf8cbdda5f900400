"""A published claim, and what checking it found."""

from __future__ import annotations

from collections.abc import Callable

from toynets.errors import ToynetsError
from toynets.fields import field, record

VERDICTS = ("proved", "exhaustive", "sampled", "refuted", "unknown")


@record(frozen=True)
class Found:
    """What a check found.

    Attributes:
        verdict: `proved`: at every point, or by a certificate that was checked; `exhaustive`: in
            every case of a finite set; `sampled`; `refuted`; `unknown`.
        witness: the numbers that show it, a counterexample where it is refuted.
    """

    verdict: str
    witness: str

    def __post_init__(self) -> None:
        if self.verdict not in VERDICTS:
            raise ToynetsError(f"a verdict is one of {', '.join(VERDICTS)}, not {self.verdict}.")


@record(frozen=True)
class Claim:
    """One claim.

    Attributes:
        name: short, with hyphens.
        text: what is claimed, in our words unless in quotation marks.
        source: who claims it, where.
        network: which network it is about.
        reading: how it was made a statement that can be checked.
        check: computes the verdict.
    """

    name: str
    text: str
    source: str
    network: str
    reading: str
    check: Callable[[], Found] = field(repr=False)


def held(holds: bool, level: str, witness: str) -> Found:
    """Return the finding of a check that covers all there is to cover.

    >>> held(True, "exhaustive", "4 of 4").verdict, held(False, "proved", "at 11").verdict
    ('exhaustive', 'refuted')
    """
    return Found(level if holds else "refuted", witness)
