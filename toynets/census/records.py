"""The result of a census: families, failures, and the runs that nothing explains."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from toynets.display import Table
from toynets.network import Network


@dataclass(frozen=True)
class Family:
    """Networks that share one mechanism, up to gauge and the symmetries of the task.

    Attributes:
        name: of the family, or `table 1`, `table 2`, … where it has none.
        description: in words, "" where there are none.
        runs: the members' numbers in the population.
        verified: how many of them were explained and verified.
        fitted: the largest number of parameters that were fitted to one of them.
        formula: of the representative.
        representative: number of a run.
        network: the representative, float64, scaled so that outgoing weights of relu are 1 or -1.
        explanation: of the representative, as JSON text.
        share: of the converged runs.
    """

    name: str
    description: str
    runs: tuple[int, ...]
    verified: int
    fitted: int
    formula: str
    representative: int
    network: Network
    explanation: str
    share: float

    def to_dict(self) -> dict[str, Any]:
        """Return what `--json` prints."""
        return {
            "name": self.name,
            "share": self.share,
            "formula": self.formula,
            "verified": self.verified,
            "representative": {
                "run": self.representative,
                "network": self.network.to_dict(),
                "explanation": self.explanation,
            },
        }


@dataclass(frozen=True)
class Plateau:
    """Failed runs that sit on one plateau.

    Attributes:
        plateau: the outputs, sorted, as fractions where they are near one; or the error.
        runs: their numbers in the population.
        share: of the failed runs.
    """

    plateau: str
    runs: tuple[int, ...]
    share: float

    def to_dict(self) -> dict[str, Any]:
        """Return what `--json` prints."""
        return {"plateau": self.plateau, "share": self.share}


@dataclass(frozen=True)
class Census:
    """A population, sorted.

    Attributes:
        task, hidden, activation, runs, seed: as asked for.
        converged: how many runs end within 1/1000 of every target.
        explained: how many of these have an explanation that was verified on them.
        families: the most frequent first.
        failures: likewise.
        unexplained: run -> its numbers, `{"weight": …, "bias": …}`, of converged runs without a
            verified explanation.
        without_fit: how many explained runs have an explanation without fitted parameter.
        seconds: wall-clock time, compilation included.
    """

    task: str
    hidden: int
    activation: str
    runs: int
    seed: int
    converged: int
    explained: int
    families: tuple[Family, ...]
    failures: tuple[Plateau, ...]
    unexplained: dict[int, dict[str, Any]] = field(default_factory=dict)
    without_fit: int = 0
    seconds: float = 0.0

    def to_dict(self) -> dict[str, Any]:
        """Return what `--json` prints; shares are of converged and of failed runs."""
        return {
            "task": self.task,
            "hidden": self.hidden,
            "activation": self.activation,
            "runs": self.runs,
            "converged": self.converged,
            "explained": self.explained,
            "families": [one.to_dict() for one in self.families],
            "failures": [one.to_dict() for one in self.failures],
            "seconds": self.seconds,
        }

    def table(self) -> Table:
        """Return the families."""
        rows = [
            [
                one.name,
                f"{one.share:.1%}",
                f"{one.verified} of {len(one.runs)}",
                str(one.fitted),
                one.formula,
            ]
            for one in self.families
        ]
        return Table(
            ["family", "share", "verified", "fitted", "formula"],
            rows,
            right=["share", "verified", "fitted"],
            title=f"census of {self.task}, {self.hidden} {self.activation} units, {self.runs} runs",
        )

    def __str__(self) -> str:
        failed = self.runs - self.converged
        lines = [
            f"{self.converged} of {self.runs} runs converged, {self.explained} of these are "
            f"explained and verified, {self.without_fit} without a fitted parameter.",
            str(self.table()),
        ]
        lines += [f"  {one.name}: {one.description}" for one in self.families if one.description]
        if failed:
            lines.append(f"{failed} runs failed; the outputs that they end at:")
            lines += [f"  {one.share:6.1%}  {one.plateau}" for one in self.failures]
        if self.unexplained:
            lines.append(f"{len(self.unexplained)} converged runs are unexplained:")
            lines += [f"  run {run}: {numbers}" for run, numbers in self.unexplained.items()]
        return "\n".join(lines)

    def __repr__(self) -> str:
        return (
            f"<Census of {self.task}, {self.hidden} {self.activation} units: {self.runs} runs, "
            f"{self.converged} converged, {self.explained} explained, "
            f"{len(self.families)} families>"
        )
