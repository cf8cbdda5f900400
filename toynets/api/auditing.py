"""`toynets.audit`: of what else an explanation would be true, its economy, its slack."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from toynets.api.partitioning import listed_domain
from toynets.api.subject import Subject, subject
from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.fields import record
from toynets.rationals import workprec
from toynets.verification.economy import Economy, economy
from toynets.verification.slack import HALVINGS, Slack
from toynets.verification.vacuity import Vacuity

if TYPE_CHECKING:
    from toynets.explanation import Explanation

Progress = Callable[[str, int, int], None]


@record(frozen=True)
class Audit:
    """What can be said of an explanation beyond that it holds.

    Attributes:
        network, hash: what it is about.
        domain: in symbols.
        verdict: of `verify`.
        refuted: the smallest counterexample, or "".
        vacuity: of which other networks it would also be true.
        economy: the numbers that it rests on.
        slack: the slack of each number, or None where that was not asked, or it is refuted.
        halvings: the resolution of the slack.
        notes: what the reader should be told.
    """

    network: str
    hash: str
    domain: str
    verdict: str
    refuted: str
    vacuity: Vacuity
    economy: Economy
    slack: tuple[Slack, ...] | None
    halvings: int
    notes: tuple[str, ...] = ()

    @property
    def exit_status(self) -> int:
        """0; 1 where it is refuted, 3 where it is unknown."""
        return {"refuted": 1, "unknown": 3}.get(self.verdict, 0)

    def parts(self) -> list[tuple[str, Any, list[str]]]:
        """Return (heading, table or None, lines) of each part."""
        from toynets.verification import slack

        head = f"the explanation of {self.network} on {self.domain}: {self.verdict}"
        made: list[tuple[str, Any, list[str]]] = [
            (head, None, [self.refuted] if self.refuted else []),
            ("Vacuity", self.vacuity.table(), self.vacuity.lines()),
            ("Economy", None, self.economy.lines()),
        ]
        if self.slack is not None:
            found = list(self.slack)
            made.append(("Slack", slack.table(found), slack.lines(found, self.halvings)))
        return made

    def __str__(self) -> str:
        made: list[str] = []
        for heading, table, lines in self.parts():
            made += ["", heading] if made else [heading]
            made += [str(table)] if table is not None and len(table) else []
            made += lines
        return "\n".join([*made, *self.notes])

    def __repr__(self) -> str:
        return f"<Audit of the explanation of {self.network}: {self.verdict}>"

    def _repr_html_(self) -> str:
        return self.vacuity.table().html()

    def _repr_markdown_(self) -> str:
        return self.vacuity.table().markdown()

    def to_dict(self) -> dict[str, Any]:
        """Return the audit as plain data."""
        return {
            "network": self.network,
            "hash": self.hash,
            "domain": self.domain,
            "verdict": self.verdict,
            "refuted": self.refuted,
            "vacuity": self.vacuity.to_dict(),
            "economy": self.economy.to_dict(),
            "slack": None if self.slack is None else [s.to_dict() for s in self.slack],
            "halvings": self.halvings,
            "notes": list(self.notes),
        }


def audit(
    thing: Any,
    explanation: Explanation | None = None,
    *,
    domain: Domain | None = None,
    count: int = 20,
    seed: int = 0,
    slack: bool = True,
    formulas: bool = False,
    halvings: int = HALVINGS,
    progress: Progress | None = None,
) -> Audit:
    """Ask of an explanation whether it is vacuous, how economical it is, and where it has slack.

    Vacuity: of which other networks it would also be true (those of the zoo with the same names,
    this one with one weight flipped or with its weights in another order, random ones), at the
    level of its clean outputs and with ablations. Economy: how many numbers are stated for how many
    weights. Slack: which single numbers could be others unnoticed, and why.

    Args:
        thing: an entry of the zoo or its name, a `Network`, or a file of one.
        explanation: what is said of it; default that of the entry.
        domain: the inputs; default the task's, or all bits. Of a box some points are taken.
        count: how many random networks, and how many in another order.
        seed: of these.
        slack: whether the slack is found, which takes longest.
        formulas: whether the numbers in expressions, concepts and outcomes are moved, too.
        halvings: slack below 2^-halvings of a number (or of 1) is not seen.
        progress: called with (part, done, of how many).

    Raises:
        ToynetsError: no explanation, blank weights, or names that do not fit.

    >>> found = audit("not", slack=False, count=5)
    >>> found.verdict, found.economy.transcribed
    ('exhaustive', False)
    """
    from toynets.verification import verify
    from toynets.verification.matching import match_names
    from toynets.verification.slack import slack as find_slack
    from toynets.verification.vacuity import vacuity
    from toynets.zoo import load, names

    if isinstance(count, bool) or not isinstance(count, int) or count < 0:
        raise ToynetsError(f"the number of random networks is 0 or more, but got {count!r}.")
    if isinstance(halvings, bool) or not isinstance(halvings, int) or not 1 <= halvings <= 60:
        raise ToynetsError(f"halvings is a number from 1 to 60, but got {halvings!r}.")
    about = subject(thing, domain)
    said = explanation or about.explanation
    if said is None:
        raise ToynetsError(
            f"an audit of {about.name} needs an explanation as well.",
            fix="audit(network, explanation), or --explanation FILE.",
        )
    match_names(about.network, said)
    if any(w.value is None for w in said.weights.values()):
        raise ToynetsError(
            "the explanation has blank weights.", fix="fill them in: an audit is of what is said."
        )
    rows = listed_domain(about)
    report = verify(about.network, said, rows)
    others = [load(name).network for name in names()]

    def step(part: str) -> Callable[[int, int], None] | None:
        return None if progress is None else lambda done, of: progress(part, done, of)

    with workprec():
        rivals = vacuity(
            about.network,
            said,
            rows,
            [other for other in others if other.hash != about.network.hash],
            count=count,
            seed=seed,
            progress=step("vacuity"),
        )
        found = None
        if slack and report.verdict != "refuted":
            found = tuple(
                find_slack(
                    about.network,
                    said,
                    rows,
                    halvings=halvings,
                    formulas=formulas,
                    progress=step("slack"),
                )
            )
    return Audit(
        about.name,
        about.network.hash,
        rows.text,
        report.verdict,
        report.witness.message if report.witness is not None else "",
        rivals,
        economy(said),
        found,
        halvings,
        _notes(about, slack and found is None),
    )


def _notes(about: Subject, skipped: bool) -> tuple[str, ...]:
    notes = [about.domain_note] if about.domain_note else []
    if skipped:
        notes.append("slack is not looked for: what is refuted already has none.")
    return tuple(notes)
