"""All claims checked, as a table and as a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from toynets.display import Table
from toynets.errors import ToynetsError, unknown
from toynets.fields import record
from toynets.studies.published.record import VERDICTS, Claim, Found


def claims() -> tuple[Claim, ...]:
    """Return every claim, part by part.

    >>> len(claims()) >= 15
    True
    """
    from toynets.studies.published import depth, perceptrons, printed, scores, symmetry, xor

    parts = (symmetry, xor, perceptrons, scores, printed, depth)
    return tuple(claim for part in parts for claim in part.CLAIMS)


def check_claims(
    names: Sequence[str] = (), *, progress: Callable[[str, int, int], None] | None = None
) -> ClaimsPage:
    """Check claims, now.

    Args:
        names: of claims; none means all.
        progress: called with the name of a claim, how many are done, and out of how many.

    Raises:
        ToynetsError: no such claim.

    >>> check_claims(["dl-xor-outputs"]).found[0][1].verdict
    'exhaustive'
    """
    there = {claim.name: claim for claim in claims()}
    for name in names:
        if name not in there:
            raise ToynetsError(unknown("claim", name, "", there))
    chosen = [there[name] for name in names] or list(there.values())
    found = []
    for k, claim in enumerate(chosen):
        if progress is not None:
            progress(claim.name, k, len(chosen))
        found.append((claim, claim.check()))
    return ClaimsPage(tuple(found))


@record(frozen=True)
class ClaimsPage:
    """Claims with their verdicts.

    Attributes:
        found: (claim, what was found), in order.
    """

    found: tuple[tuple[Claim, Found], ...]

    def counts(self) -> dict[str, int]:
        """Return how many claims have each verdict that occurs."""
        said = [found.verdict for _, found in self.found]
        return {verdict: said.count(verdict) for verdict in VERDICTS if verdict in said}

    def summary(self) -> str:
        """Return the counts in a sentence."""
        counts = ", ".join(f"{count} {verdict}" for verdict, count in self.counts().items())
        return f"{len(self.found)} published claims: {counts}."

    def table(self) -> Table:
        """Return a row a claim: verdict, claim, witness."""
        rows = [[c.name, f.verdict, c.text, f.witness] for c, f in self.found]
        return Table(
            ["claim", "verdict", "what is claimed", "witness"],
            rows,
            title=self.summary(),
            records=self.to_dict()["claims"],
        )

    def markdown(self) -> str:
        """Return the page."""
        lines = [
            "# Checked claims",
            "",
            "What others have printed about tiny networks, and what checking it finds. Every "
            "verdict and number on this page was computed when the page was made, by "
            "`toynets claims -o PAGE.md`.",
            "",
            self.summary(),
            "",
            "- proved: at every point, or by a certificate that was checked",
            "- exhaustive: in every case of a finite set",
            "- refuted: by the witness",
        ]
        for number, (claim, found) in enumerate(self.found, start=1):
            lines += [
                "",
                f"## {number}. {claim.name}: {found.verdict}",
                "",
                f"Claim: {claim.text}",
                "",
                f"Source: {claim.source}",
                "",
                f"Network: {claim.network}",
                "",
                f"Checked as: {claim.reading}",
                "",
                f"Witness: {found.witness}",
            ]
        return "\n".join(lines) + "\n"

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain data."""
        return {
            "summary": self.summary(),
            "counts": self.counts(),
            "claims": [
                {
                    "name": claim.name,
                    "claim": claim.text,
                    "source": claim.source,
                    "network": claim.network,
                    "reading": claim.reading,
                    "verdict": found.verdict,
                    "witness": found.witness,
                }
                for claim, found in self.found
            ],
        }

    def __str__(self) -> str:
        return self.table().plain()

    __repr__ = __str__
