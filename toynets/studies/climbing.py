"""The outcome of a ladder: every rung on every network, the means, and what they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from toynets.display import Table
from toynets.studies.ladder import SIGNS, SIZES, WIRING

WORDS, DERIVED = "explanation: words", "explanation: derived"
RUNGS = (WIRING, SIGNS, SIZES, WORDS, DERIVED)
KINDS = ("units zero", "units mean", "weights cut")
MEASURES = ("rank", "sign")


@dataclass(frozen=True)
class Rung:
    """How one rung does on one network and kind of ablation, the mean over its outputs.

    Attributes:
        network: its name.
        of, kind: what is removed, and how.
        name: of the rung.
        players: how many single ablations there are.
        rank: rank correlation (Spearman) of the sizes told with the true ones; 0 where all are told
            to be equal, None where all truly are.
        sign: share of the mean effects whose sign is told right; None where none is told.
    """

    network: str
    of: str
    kind: str
    name: str
    players: int
    rank: float | None
    sign: float | None


@dataclass(frozen=True)
class Connectome:
    """What is told of ablations, rung by rung.

    Attributes:
        networks: the names of those that were asked.
        rungs: one for each rung, network and kind of ablation.
        sampled: the networks of which only some inputs were tried.
        seconds: how long it took.
    """

    networks: tuple[str, ...]
    rungs: tuple[Rung, ...]
    sampled: tuple[str, ...]
    seconds: float

    def mean(self, rung: str, measure: str, *, kind: str = "", network: str = "") -> float | None:
        """Return the mean of `rank` or `sign` over what there is something to tell of.

        Args:
            rung: its name.
            measure: `rank` or `sign`.
            kind: of `KINDS`; "" for all of them, each with the same weight.
            network: its name; "" for all.
        """
        if not kind:
            return _mean([self.mean(rung, measure, kind=k, network=network) for k in KINDS])
        return _mean(
            [
                getattr(one, measure)
                for one in self.rungs
                if one.name == rung
                and f"{one.of} {one.kind}" == kind
                and network in ("", one.network)
            ]
        )

    def table(self) -> Table:
        """Return the ladder: a row a rung, its means over the networks."""
        rows = [
            [
                rung,
                *(_cell(self.mean(rung, "rank", kind=kind)) for kind in KINDS),
                _cell(self.mean(rung, "rank")),
                _percent(self.mean(rung, "sign")),
            ]
            for rung in RUNGS
        ]
        columns = ["what is known", *KINDS, "mean", "sign right"]
        title = f"how well single ablations are told, {len(self.networks)} networks"
        return Table(columns, rows, title=title, right=columns[1:])

    def by_network(self) -> Table:
        """Return a row a network: the mean rank correlation on each rung, and the signs right."""
        rows = []
        for name in self.networks:
            ranks = [_cell(self.mean(rung, "rank", network=name)) for rung in RUNGS]
            signs = [_percent(self.mean(rung, "sign", network=name)) for rung in RUNGS[1:]]
            rows.append([name, *ranks, *signs])
        columns = ["network", *RUNGS, *(f"sign: {rung.removeprefix('+ ')}" for rung in RUNGS[1:])]
        return Table(columns, rows, title="the same, network by network", right=columns[1:])

    def summary(self) -> str:
        """Return what the ladder says, in sentences for a page."""

        def said(rung: str) -> str:
            return _cell(self.mean(rung, "rank"))

        return (
            f"Over {len(self.networks)} networks, the rank of what single ablations do agrees with "
            f"what the wiring alone tells at {said(WIRING)} (Spearman's rho, mean of units by zero "
            f"and by mean and of weights cut), with the signs as well at {said(SIGNS)}, with the "
            f"magnitudes as well at {said(SIZES)}, and with what the explanation derives from its "
            f"stated numbers at {said(DERIVED)}. Which way an output moves is told right for "
            f"{_percent(self.mean(SIGNS, 'sign'))} of the effects by the signs of the weights, for "
            f"{_percent(self.mean(SIZES, 'sign'))} by the weights, and for "
            f"{_percent(self.mean(DERIVED, 'sign'))} by the explanation."
        )

    def notes(self) -> list[str]:
        """Return what stands below the tables."""
        return [
            self.summary(),
            "Told by the paths that a removal cuts, as if every unit were linear and every input "
            "1: wiring knows which numbers are not 0, the next two their signs and magnitudes. "
            f"{WORDS}: stated roles and signs; {DERIVED}: the effects that the stated numbers and "
            "activations give, without the network.",
            "An effect is the largest |outcome - clean output| over the inputs, in float64; 0 "
            "where all is told to be equal, - where there is nothing to tell. Signs: of zero and "
            "cut, of mean only where they are derived.",
            *(
                [f"Of {', '.join(self.sampled)} some inputs were tried, not all."]
                if self.sampled
                else []
            ),
        ]

    def __str__(self) -> str:
        return "\n\n".join([str(self.table()), str(self.by_network()), "\n".join(self.notes())])

    def __repr__(self) -> str:
        return f"<Connectome of {len(self.networks)} networks>"

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain data."""
        return {
            "networks": list(self.networks),
            "means": {
                rung: {
                    measure: {
                        "mean": self.mean(rung, measure),
                        **{kind: self.mean(rung, measure, kind=kind) for kind in KINDS},
                    }
                    for measure in MEASURES
                }
                for rung in RUNGS
            },
            "rungs": [vars(one) for one in self.rungs],
            "summary": self.summary(),
            "sampled": list(self.sampled),
            "seconds": self.seconds,
        }

    def _repr_html_(self) -> str:
        return self.table().html() + self.by_network().html()

    def _repr_markdown_(self) -> str:
        return "\n\n".join([self.table().markdown(), self.by_network().markdown()])


def _mean(values: Sequence[float | None]) -> float | None:
    known = [v for v in values if v is not None]
    return sum(known) / len(known) if known else None


def _cell(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.0f}%"
