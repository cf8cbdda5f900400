"""The minimal sufficient and the minimal necessary sets of units or edges, as a record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from toynets.display import Table
from toynets.fields import record
from toynets.verification.kept import ABLATIONS

SHOWN = 16
SHORT = 8


@record(frozen=True)
class Shown:
    """A necessary set with the case that shows it.

    Attributes:
        members: what is ablated, all else being kept.
        x: label of an input on which the criterion then fails, or "".
        source: label of the input that is resampled from, or "".
        clean, without: the outputs on it in words.
        intervention: its text, or "" where the language has none.
    """

    members: tuple[str, ...]
    x: str
    source: str
    clean: str
    without: str
    intervention: str


@record(frozen=True)
class Circuits:
    """The minimal circuits of one network for one criterion and one kind of ablation.

    A set is sufficient if the criterion holds while the set is kept and everything else is ablated;
    it is necessary if the criterion fails while the set alone is ablated. Minimal: no proper subset
    is sufficient (necessary), whether or not that property is monotone.

    Attributes:
        network, hash: of the network.
        domain: in symbols.
        of: `units` or `edges`.
        players: their names.
        ablation: kind of ablation.
        criterion: `decisions`, `values` or `accuracy`.
        rule: the criterion in words, with its numbers.
        sufficient: all minimal sufficient sets, each with the names that are kept.
        necessary: all minimal necessary sets, with a case that shows each.
        sufficing: how many of all sets are sufficient, or None where not all were tried.
        exception: (sufficient set, larger set that is not), where keeping more can do harm; or ().
        complete: (size up to which all minimal sufficient sets are found, the same of necessary).
        cases: how many (set, input) runs were made.
        verdict: `proved` (on a box), `exhaustive`, `sampled` or `unknown`.
        why: the limit that was reached, what is not proved, or "".
        box: that the inputs of the domain are points of, or "".
    """

    network: str
    hash: str
    domain: str
    of: str
    players: tuple[str, ...]
    ablation: str
    criterion: str
    rule: str
    sufficient: tuple[tuple[str, ...], ...]
    necessary: tuple[Shown, ...]
    sufficing: int | None
    exception: tuple[tuple[str, ...], ...]
    complete: tuple[int, int]
    cases: int
    verdict: str
    why: str = ""
    box: str = ""

    @property
    def over(self) -> str:
        """What the sets are the circuits of: the box where that is proved, else what was tried."""
        return self.box if self.box and self.verdict == "proved" else self.domain

    @property
    def in_all(self) -> tuple[str, ...]:
        """The players that every minimal sufficient set has."""
        return tuple(p for p in self.players if all(p in s for s in self.sufficient))

    @property
    def in_none(self) -> tuple[str, ...]:
        """The players that no minimal sufficient set has."""
        return tuple(p for p in self.players if not any(p in s for s in self.sufficient))

    @property
    def ablated(self) -> str:
        """What stands in the place of a player that is not kept; a mean names its inputs."""
        return ABLATIONS[self.of][self.ablation].replace("over the domain", f"over {self.domain}")

    def summary(self) -> str:
        """Return the counts in one line."""
        n, m = len(self.sufficient), len(self.necessary)
        more = " so far" if self.verdict == "unknown" else ""
        return (
            f"{n} minimal sufficient circuit{'s' * (n != 1)}{more}, "
            f"{m} minimal necessary set{'s' * (m != 1)}{more}"
        )

    def lines(self) -> list[str]:
        """Return the sets, and what they mean."""
        made = [
            f"{self.of} of {self.network} on {self.over}, {self.ablation} ablation: "
            f"{self.summary()}",
            f"  sufficient: {self.rule} while all else is ablated ({self.ablated}):",
            *_sets(self.sufficient),
            "  necessary: that fails while this alone is ablated:",
            *_necessary(self.necessary),
        ]
        if self.sufficing is not None:
            count = 2 ** len(self.players)
            made.append(f"  {self.sufficing} of all {count} sets of {self.of} are sufficient")
        if self.exception:
            small, large = (braced(s) for s in self.exception)
            made.append(f"  keeping more can do harm: {small} is sufficient, {large} is not")
        if len(self.sufficient) > 1:
            made.append(f"  in every minimal circuit: {', '.join(self.in_all) or 'nothing'}")
        if self.sufficient and self.in_none:
            made.append(f"  in no minimal circuit: {', '.join(self.in_none)}")
        made.append(f"  {self.verdict}: {self.cases} runs" + (f"; {self.why}" if self.why else ""))
        return made

    def short_lines(self) -> list[str]:
        """Return the sets alone, a line for each kind."""
        head = f"{self.of}, {self.ablation} "
        made = []
        for kind, sets in (
            ("sufficient", self.sufficient),
            ("necessary", [s.members for s in self.necessary]),
        ):
            text = " ".join(braced(s) for s in sets[:SHORT]) or "none"
            more = f" … ({len(sets)})" if len(sets) > SHORT else ""
            made.append(f"{head}{kind}: {text}{more}")
        return made + ([f"{head}{self.verdict}: {self.why}"] if self.why else [])

    def __str__(self) -> str:
        return "\n".join(self.lines())

    def __repr__(self) -> str:
        return f"<Circuits of {self.network}: {self.of}, {self.ablation}, {self.summary()}>"

    def table(self) -> Table:
        """Return a row per minimal set."""
        rows = [["sufficient", braced(s), ""] for s in self.sufficient]
        rows += [["necessary", braced(s.members), _case(s)] for s in self.necessary]
        title = f"{self.network}, {self.of}, {self.ablation}: {self.summary()}"
        return Table(["minimal", "set", "shown by"], rows, title=title)

    def _repr_html_(self) -> str:
        return self.table().html()

    def _repr_markdown_(self) -> str:
        return self.table().markdown()

    def to_dict(self) -> dict[str, Any]:
        """Return the circuits as plain data."""
        return {
            "network": self.network,
            "hash": self.hash,
            "domain": self.domain,
            "of": self.of,
            "players": list(self.players),
            "ablation": self.ablation,
            "ablated": self.ablated,
            "criterion": self.criterion,
            "rule": self.rule,
            "sufficient": [list(s) for s in self.sufficient],
            "necessary": [
                {
                    "members": list(s.members),
                    "x": s.x,
                    "source": s.source,
                    "clean": s.clean,
                    "without": s.without,
                    "intervention": s.intervention,
                }
                for s in self.necessary
            ],
            "minimal_sufficient": len(self.sufficient),
            "minimal_necessary": len(self.necessary),
            "sufficing": self.sufficing,
            "of_sets": 2 ** len(self.players),
            "exception": [list(s) for s in self.exception],
            "in_all": list(self.in_all),
            "in_none": list(self.in_none),
            "complete": {"sufficient": self.complete[0], "necessary": self.complete[1]},
            "cases": self.cases,
            "verdict": self.verdict,
            "why": self.why,
            "box": self.box,
        }


def overview(found: Sequence[Circuits]) -> Table:
    """Return a row per kind of players and of ablation: how many minimal sets there are."""
    rows = []
    for one in found:
        counts = [str(len(sets)) for sets in (one.sufficient, one.necessary)]
        rows.append([one.of, str(len(one.players)), one.ablation, *counts, one.verdict])
    columns = ["of", "how many", "ablation", "sufficient", "necessary", "level"]
    over = next((one.over for one in found if one.over == one.box), found[0].domain)
    title = f"{found[0].network} on {over}: how many minimal circuits there are"
    return Table(columns, rows, title=title, right=["how many", "sufficient", "necessary"])


def meanings(found: Sequence[Circuits]) -> list[str]:
    """Say what sufficient and necessary mean under a criterion, and over which inputs a mean is."""
    made = [
        f"sufficient: {found[0].rule} while the set is kept and everything else is ablated",
        "necessary: that fails while the set alone is ablated",
        "minimal: no smaller set inside it is sufficient (necessary)",
    ]
    over = dict.fromkeys(one.domain for one in found if one.ablation == "mean")
    return made + [f"mean: the mean over {domain}" for domain in over]


def sampled(found: Sequence[Circuits]) -> list[str]:
    """Say of a box which points alone are known, where not all of it is proved."""
    over = dict.fromkeys(one.domain for one in found if one.box and one.verdict != "proved")
    return [f"not proved of all of the box: what is known of {domain}" for domain in over]


def braced(names: Sequence[str]) -> str:
    """Write a set.

    >>> braced(["h1", "h2"]), braced([])
    ('{h1, h2}', '{} (nothing)')
    """
    return "{" + ", ".join(names) + "}" + ("" if names else " (nothing)")


def _sets(sets: Sequence[Sequence[str]]) -> list[str]:
    made = [f"    {braced(s)}" for s in sets[:SHOWN]] or ["    none"]
    return made + ([f"    … {len(sets) - SHOWN} more"] if len(sets) > SHOWN else [])


def _case(one: Shown) -> str:
    if not one.x:
        return ""
    source = f", from {one.source}" if one.source else ""
    return f"input {one.x}{source}: {one.clean} becomes {one.without}"


def _necessary(sets: Sequence[Shown]) -> list[str]:
    made = []
    for one in sets[:SHOWN]:
        case = _case(one)
        made.append(f"    {braced(one.members)}" + (f"   {case}" if case else ""))
    made = made or ["    none"]
    return made + ([f"    … {len(sets) - SHOWN} more"] if len(sets) > SHOWN else [])
