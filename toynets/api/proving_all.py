"""`prove --all`: every network of the zoo whose claims are about a box, one row each."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

from toynets.api.proving import SECONDS, prove
from toynets.api.ranging import CELLS, MEANING
from toynets.display import Table
from toynets.errors import ToynetsError
from toynets.fields import record

COLUMNS = (
    "network", "box", "claims", "proved", "in file", "leaves", "bytes",
    "s to prove", "s to check", "verdict", "checker",
)  # fmt: skip  # one heading a column


@record(frozen=True)
class BoxProof:
    """What became of the claims of one entry on its own box.

    Attributes:
        name: of the entry.
        box: in symbols.
        claims: how many were settled, the ranges that `worst` needs among them.
        proved: how many of them hold at every point.
        written: claims of the certificate; a range has one more for each end that is attained.
        leaves: of all covers.
        bytes: of the certificate.
        prove_seconds, check_seconds: what it took, and what its check took.
        verdict: `proved`, `refuted` or `unknown`.
        checker: `accepted`, or why the independent checker refuses the certificate; "" without.
        limit: why something is unknown.
    """

    name: str
    box: str
    claims: int
    proved: int
    written: int
    leaves: int
    bytes: int
    prove_seconds: float
    check_seconds: float
    verdict: str
    checker: str
    limit: str = ""

    @property
    def row(self) -> list[str]:
        """The cells of a table."""
        return [
            self.name,
            self.box,
            str(self.claims),
            str(self.proved),
            str(self.written),
            str(self.leaves),
            f"{self.bytes:,}",
            f"{self.prove_seconds:.2f}",
            f"{self.check_seconds:.2f}",
            self.verdict,
            self.checker or "-",
        ]

    def to_dict(self) -> dict[str, Any]:
        """Return the row as plain data."""
        return {
            "network": self.name,
            "box": self.box,
            "claims": self.claims,
            "proved": self.proved,
            "written": self.written,
            "leaves": self.leaves,
            "bytes": self.bytes,
            "prove_seconds": self.prove_seconds,
            "check_seconds": self.check_seconds,
            "verdict": self.verdict,
            "checker": self.checker,
            "limit": self.limit,
        }


@record(frozen=True)
class BoxProofs:
    """A row for each entry.

    Attributes:
        rows: in the order of the zoo.
    """

    rows: tuple[BoxProof, ...]

    @property
    def exit_status(self) -> int:
        """0 all is proved and accepted, 1 something is refuted or refused, 3 unknown."""
        if any(r.verdict == "refuted" or r.checker not in ("", "accepted") for r in self.rows):
            return 1
        return 0 if all(r.verdict == "proved" for r in self.rows) else 3

    def table(self) -> Table:
        """Return an entry a row, and their sum."""
        rows = [r.row for r in self.rows]
        return Table(COLUMNS, rows, right=COLUMNS[2:9], records=[r.to_dict() for r in self.rows])

    def lines(self) -> list[str]:
        """Return the sums, what is unknown and why, and the meaning."""
        found = [f"{r.verdict}: {r.name}: {r.limit}" for r in self.rows if r.limit]
        found += [
            f"refused: {r.name}: {r.checker}"
            for r in self.rows
            if r.checker not in ("", "accepted")
        ]
        found.append(
            "Concepts and roles are not among these claims: `toynets verify` holds those against "
            "the network."
        )
        found.append(
            f"{sum(r.verdict == 'proved' for r in self.rows)} of {len(self.rows)} networks proved: "
            f"{sum(r.proved for r in self.rows):,} claims in "
            f"{sum(r.prove_seconds for r in self.rows):.1f} s; their certificates have "
            f"{sum(r.bytes for r in self.rows):,} bytes, checked in "
            f"{sum(r.check_seconds for r in self.rows):.1f} s."
        )
        return [*found, MEANING]

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {"networks": [r.to_dict() for r in self.rows], "meaning": MEANING}

    def __str__(self) -> str:
        return "\n".join([str(self.table()), *self.lines()])


def prove_all(
    names: Sequence[str] | None = None,
    *,
    check: Callable[[bytes], str] | None = None,
    cells: int = CELLS,
    seconds: float = SECONDS,
    progress: Callable[[str, int, int], None] | None = None,
) -> BoxProofs:
    """Prove every entry of the zoo whose domain is a box, and have each certificate checked.

    Args:
        names: of entries; by default all that have a box.
        check: says of a certificate `accepted`, or why not: of a program that is none of this one.
        cells, seconds: the limits of one claim.
        progress: called with (what, done, of how many).

    Raises:
        ToynetsError: an entry's domain is no box.

    >>> row = prove_all(["abs"]).rows[0]
    >>> row.verdict, row.claims, row.proved
    ('proved', 57, 57)
    """
    from toynets import zoo
    from toynets.api.limits import check_limits

    check_limits(cells, seconds)
    if names is None:
        names = [name for name in zoo.names() if zoo.load(name).task.domain.kind == "box"]
    rows = []
    for number, name in enumerate(names):
        if progress is not None:
            progress(name, number, len(names))
        rows.append(_one(zoo.load(name), check, cells, seconds))
    return BoxProofs(tuple(rows))


def _one(entry: Any, check: Callable[[bytes], str] | None, cells: int, seconds: float) -> BoxProof:
    from toynets.verification.proofs.certificate import as_json
    from toynets.verification.proofs.entry import provable

    domain = entry.task.domain
    if domain.kind != "box":
        raise ToynetsError(
            f"the domain of {entry.name} is {domain.text}, which is finite.",
            fix=f"toynets verify {entry.name} tries every case of it.",
        )
    why = provable(entry.network, entry.explanation)
    if why:
        return BoxProof(entry.name, domain.text, 0, 0, 0, 0, 0, 0.0, 0.0, "unknown", "", why)
    found = prove(entry, cells=cells, seconds=seconds)
    raw, said, took = b"", "", 0.0
    if found.certificate["claims"]:
        raw = as_json(found.certificate).encode()
        if check is not None:
            began = time.perf_counter()
            said = check(raw)
            took = time.perf_counter() - began
    limits = [f"{a.claim}: {a.limit}" for a in found.answers if a.verdict == "unknown"]
    return BoxProof(
        entry.name,
        domain.text,
        len(found.answers),
        sum(a.verdict == "proved" for a in found.answers),
        len(found.certificate["claims"]),
        sum(a.leaves for a in found.answers),
        len(raw),
        found.seconds,
        took,
        found.verdict,
        said,
        limits[0] if limits else "",
    )
