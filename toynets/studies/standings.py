"""The outcome of a contest: every mark, and the table of those who competed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from toynets.display import Table
from toynets.errors import ToynetsError, unknown
from toynets.importance import score
from toynets.studies.joint import KINDS

ROLES = "explanation: roles and signs"
DERIVED = "explanation: derived effects"
CHANCE = "chance"
OUTSIDE = (DERIVED, CHANCE)  # shown for comparison, without a place
# Sizes that differ by no more than this share of the largest are a tie, in what is said and in what
# is so: two units of a trained network that mean the same differ in the fifth digit.
NEAR = 0.01
# Extremes over a range are searched exactly, which takes too long for a whole zoo.
LEFT_OUT = ("left out (worst)",)
MEASURES = ("single", "joint", "top", "sign", "idle")


@dataclass(frozen=True)
class Mark:
    """How one contestant did on one network and kind of ablation, the mean over its outputs.

    None where there was nothing to predict.

    Attributes:
        network, of, kind: which ablations were predicted.
        name: of the contestant.
        single: rank correlation with the effects of single ablations.
        joint: the same over all sets of one or two players.
        top: how likely the one that is put first is truly first.
        sign: share of the signs that are right, of those who predict one; of zero and cut alone.
        idle: share of the players without effect that are given 0.
    """

    network: str
    of: str
    kind: str
    name: str
    single: float | None
    joint: float | None
    top: float | None
    sign: float | None
    idle: float | None


@dataclass(frozen=True)
class Standing:
    """One row of the table: means over networks.

    Attributes:
        name: of the contestant.
        place: 1 for the best, or None for what is shown for comparison.
        reads: `weights`, `data`, `ablations`, `words` or `numbers`.
        by_kind: kind of ablation -> mean rank correlation of single effects.
        single, joint, top, sign, idle: means as in `Mark`, first over the kinds of ablation.
        networks: how many it has a mark on.
    """

    name: str
    place: int | None
    reads: str
    by_kind: dict[str, float | None]
    single: float | None
    joint: float | None
    top: float | None
    sign: float | None
    idle: float | None
    networks: int

    @property
    def overall(self) -> float:
        """What the order is by: the mean of `single` and `joint`."""
        known = [v for v in (self.single, self.joint) if v is not None]
        return sum(known) / len(known) if known else -1.0


@dataclass(frozen=True)
class Contest:
    """Who predicts ablations how well.

    Attributes:
        networks: the names of those that were asked.
        of: the kinds of players.
        truth: whether an effect is the `largest` or the `mean` |effect|.
        marks: one for each contestant, network and kind of ablation.
        sampled: the networks of which only some inputs were tried.
        seconds: how long it took.
    """

    networks: tuple[str, ...]
    of: tuple[str, ...]
    truth: str
    marks: Sequence[Mark]
    sampled: tuple[str, ...]
    seconds: float

    @cached_property
    def standings(self) -> dict[str, tuple[Standing, ...]]:
        """Kind of player -> the contestants, the best first."""
        return {of: self._ordered(of) for of in self.of}

    def standing(self, of: str, name: str) -> Standing:
        """Return one row.

        Raises:
            ToynetsError: no such kind of player or contestant.
        """
        if of not in self.standings:
            raise ToynetsError(unknown("kind of player", str(of), "this contest", self.of))
        for one in self.standings[of]:
            if one.name == name:
                return one
        raise ToynetsError(
            unknown("contestant", str(name), "", [s.name for s in self.standings[of]])
        )

    def _ordered(self, of: str) -> tuple[Standing, ...]:
        own = [mark for mark in self.marks if mark.of == of]
        rows = [self._row(of, name, own) for name in dict.fromkeys(mark.name for mark in own)]
        rows.sort(key=lambda row: -row.overall)
        places: dict[str, int] = {}
        for row in rows:
            if row.name not in OUTSIDE:
                places[row.name] = len(places) + 1
        return tuple(Standing(**{**vars(row), "place": places.get(row.name)}) for row in rows)

    def _row(self, of: str, name: str, marks: Sequence[Mark]) -> Standing:
        own = [mark for mark in marks if mark.name == name]

        def by_kind(measure: str) -> dict[str, float | None]:
            found = {}
            for kind in KINDS[of]:
                values = [getattr(m, measure) for m in own if m.kind == kind]
                found[kind] = _mean(values)
            return found

        means = {measure: _mean(list(by_kind(measure).values())) for measure in MEASURES}
        reads = {ROLES: "words", DERIVED: "numbers", CHANCE: "nothing"}.get(name)
        return Standing(
            name=name,
            place=None,
            reads=reads or score(name).reads,
            by_kind=by_kind("single"),
            networks=len({m.network for m in own if m.joint is not None}),
            **means,
        )

    def table(self, of: str) -> Table:
        """Return the standings for one kind of player."""
        kinds = KINDS[of]
        rows = []
        for one in self.standings[of]:
            rows.append(
                [
                    "" if one.place is None else str(one.place),
                    one.name,
                    one.reads,
                    *(_cell(one.by_kind[kind]) for kind in kinds),
                    *(_cell(getattr(one, measure)) for measure in ("single", "joint")),
                    *(_percent(getattr(one, measure)) for measure in ("top", "sign", "idle")),
                    str(one.networks),
                ]
            )
        columns = ["", "score", "reads", *kinds, *MEASURES, "networks"]
        right = ["", *kinds, *MEASURES, "networks"]
        return Table(columns, rows, title=f"who predicts the ablation of {of}", right=right)

    def notes(self) -> list[str]:
        """Return what stands below the tables."""
        how = "largest" if self.truth == "largest" else "mean"
        return [
            f"{len(self.networks)} networks; an effect is the {how} |outcome - clean output| over "
            f"the inputs, in float64. What differs by at most {100 * NEAR:g} % of the largest is a "
            f"tie, or nothing. {', '.join(LEFT_OUT)} does not compete.",
            "Columns by kind of ablation, and single, their mean: rank correlation (Spearman) of "
            "what is said with what removing one does; 0 where all is said to be equal.",
            "joint: the same over all sets of one or two. A score says of two the sum of both.",
            "top: the one put first is truly first. sign: the output moves as said (zero, cut). "
            "idle: what has no effect is given none.",
            "reads ablations: the score replaces values itself, so it partly looks the answer up.",
            f"{ROLES}: which numbers are positive, negative or said to do nothing, which units are "
            "said to be dead, constant, backup or duplicate; no size, and nothing of the network.",
            *(
                [f"Of {', '.join(self.sampled)} some inputs were tried, not all."]
                if self.sampled
                else []
            ),
        ]

    def __str__(self) -> str:
        parts = [str(self.table(of)) for of in self.of]
        return "\n\n".join([*parts, "\n".join(self.notes())])

    def __repr__(self) -> str:
        return f"<Contest of {len(self.networks)} networks, {', '.join(self.of)}>"

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain data."""
        return {
            "networks": list(self.networks),
            "of": list(self.of),
            "truth": self.truth,
            "standings": {
                of: [vars(one) | {"overall": one.overall} for one in rows]
                for of, rows in self.standings.items()
            },
            "marks": [vars(mark) for mark in self.marks],
            "sampled": list(self.sampled),
            "seconds": self.seconds,
        }

    def _repr_html_(self) -> str:
        return "".join(self.table(of).html() for of in self.of)

    def _repr_markdown_(self) -> str:
        return "\n\n".join(self.table(of).markdown() for of in self.of)


def _mean(values: Sequence[float | None]) -> float | None:
    known = [v for v in values if v is not None]
    return sum(known) / len(known) if known else None


def _cell(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.0f}%"
