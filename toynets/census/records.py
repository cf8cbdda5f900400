"""The result of a census: families, failures, and the runs that nothing explains."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from toynets.display import Table
from toynets.errors import ToynetsError
from toynets.explanation import Explanation
from toynets.network import Network

if TYPE_CHECKING:
    from toynets.census.explaining import Explained
    from toynets.census.population import Population

SHOWN = 10  # unexplained runs that are printed with their weights


@dataclass(frozen=True)
class Family:
    """Networks that share one mechanism, up to gauge and the symmetries of the task.

    Attributes:
        name: of the family; one that has none is called by the rows for which its units are on.
        description: what the units do, in words.
        runs: the members' numbers in the population; each was explained, and verified.
        fitted: the largest number of parameters that were fitted to one of them.
        shared: how many numbers are the family's own: what all runs of one explanation have, but
            neither a small rational nor a consequence of the others.
        ranges: fitted parameter -> its least and its greatest value among the runs that have the
            formula of the representative.
        lost: what `reduce` would take out, and what would be lost with it; "" for nothing.
        formula: of the representative.
        explanations: how many different ones: of other fitted values, or with inputs turned over.
        representative: number of a run.
        network: the representative, float64, scaled so that outgoing weights of relu are 1 or -1.
        explanation: of the representative, as JSON text.
        share: of the converged runs.
    """

    name: str
    description: str
    runs: tuple[int, ...]
    fitted: int
    shared: int
    ranges: dict[str, tuple[str, str]]
    lost: str
    formula: str
    explanations: int
    representative: int
    network: Network
    explanation: str
    share: float

    @property
    def verified(self) -> int:
        """On how many runs the explanation was verified: all, since others are not counted here."""
        return len(self.runs)

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
                "explanation": Explanation.from_json(self.explanation).to_dict(),
            },
        }

    def lines(self) -> list[str]:
        """Return what is printed below the table."""
        found = [f"{self.name}: {self.description}"]
        if self.ranges:
            fitted = [
                f"{name} is {low}" if low == high else f"{name} is between {low} and {high}"
                for name, (low, high) in self.ranges.items()
            ]
            found.append(f"  fitted: {', '.join(fitted)}")
        if self.lost:
            found.append(f"  {self.lost}")
        return found


@dataclass(frozen=True)
class Plateau:
    """Failed runs that sit on one plateau.

    Attributes:
        plateau: the outputs, sorted, as fractions where they are near one; or the error.
        runs: their numbers in the population.
        share: of the failed runs.
        error: mean squared error of the first of them.
        exact: whether the outputs are, exactly, least squares with the units that are on.
    """

    plateau: str
    runs: tuple[int, ...]
    share: float
    error: float
    exact: bool

    def to_dict(self) -> dict[str, Any]:
        """Return what `--json` prints."""
        return {"plateau": self.plateau, "share": self.share}


@dataclass(frozen=True)
class Census:
    """A population, sorted.

    Attributes:
        task, hidden, activation, runs, seed: as asked for.
        converged: how many runs end within 1/1000 of every target.
        families: the most frequent first.
        failures: likewise.
        unexplained: run -> its numbers, `{"weight": …, "bias": …}`, of converged runs without a
            verified explanation.
        without_fit: how many runs have an explanation without fitted parameter.
        seconds: wall-clock time, compilation included.
        population, evidence: the trained networks, and what explains each run.
    """

    task: str
    hidden: int
    activation: str
    runs: int
    seed: int
    converged: int
    families: tuple[Family, ...]
    failures: tuple[Plateau, ...]
    unexplained: dict[int, dict[str, Any]]
    without_fit: int
    seconds: float
    population: Population = field(repr=False, compare=False)
    evidence: dict[int, Explained] = field(repr=False, compare=False)

    @property
    def explained(self) -> int:
        """How many converged runs have an explanation that was verified on them."""
        return len(self.evidence)

    def case(self, run: int) -> tuple[Network, Explanation]:
        """Return one explained run, its units and inputs in the explanation's order, and this.

        Raises:
            ToynetsError: the run failed, or nothing explains it.
        """
        if run not in self.evidence:
            why = "nothing explains it" if run in self.unexplained else "it did not converge"
            raise ToynetsError(f"run {run} of the census has no explanation: {why}.")
        one = self.evidence[run]
        network = self.population.network(run, one.image)
        return network, Explanation.from_json(one.found.source)

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
                percent(one.share),
                str(one.verified),
                str(one.fitted),
                str(one.shared),
                str(one.representative),
                one.formula,
            ]
            for one in self.families
        ]
        return Table(
            ["family", "share", "verified", "fitted", "shared", "for one, run", "formula"],
            rows,
            right=["share", "verified", "fitted", "shared", "for one, run"],
            title=f"census of {self.task}, {self.hidden} {self.activation} "
            f"{'unit' if self.hidden == 1 else 'units'}, {self.runs} runs",
        )

    def failure_table(self) -> Table:
        """Return the plateaus of the failed runs."""
        why = "least squares with the units that are on"
        rows = [
            [p.plateau, percent(p.share), str(len(p.runs)), f"{p.error:.3g}", why * p.exact]
            for p in self.failures
        ]
        columns = ["outputs, sorted", "share", "runs", "mean squared error", "why there"]
        if not any(p.exact for p in self.failures):
            columns, rows = columns[:-1], [row[:-1] for row in rows]
        return Table(
            columns,
            rows,
            right=["share", "runs", "mean squared error"],
            title="where failed runs are stuck",
        )

    def summary(self) -> list[str]:
        """Return how many runs converged, and how many of them are explained."""
        share = f" ({percent(self.explained / self.converged)})" if self.converged else ""
        return [
            f"{self.converged} of {self.runs} runs converged; {self.explained} of them{share} are "
            f"explained, with every ablation verified; {self.without_fit} without a number fitted "
            "to the run."
        ]

    def notes(self) -> list[str]:
        """Return what is printed below the table of families."""
        found = [line for one in self.families for line in one.lines()]
        if self.unexplained:
            count = len(self.unexplained)
            found.append(
                f"{count} converged {'run is' if count == 1 else 'runs are'} unexplained:"
            )
            for run, numbers in list(self.unexplained.items())[:SHOWN]:
                found.append(f"  run {run}: {_numbers(numbers)}")
            if count > SHOWN:
                found.append(f"  and {count - SHOWN} more")
        return found

    def __str__(self) -> str:
        lines = [*self.summary(), str(self.table()), *self.notes()]
        if self.failures:
            lines.append(str(self.failure_table()))
        return "\n".join(lines)

    def __repr__(self) -> str:
        return (
            f"<Census of {self.task}, {self.hidden} {self.activation} units: {self.runs} runs, "
            f"{self.converged} converged, {self.explained} explained, "
            f"{len(self.families)} families>"
        )


def percent(share: float) -> str:
    """Write a share; what is not all is never 100 %.

    >>> percent(0.9996), percent(1.0), percent(0.0001)
    ('99.9 %', '100 %', '0.01 %')
    """
    if share in (0, 1):
        return f"{share:.0%}".replace("%", " %")
    if share < 0.001:
        return f"{100 * share:.1g} %"
    return f"{min(100 * share, 99.94):.1f} %"


def _numbers(numbers: dict[str, Any]) -> str:
    """Write a run's numbers in one line, layer by layer."""
    parts = []
    for weight, bias in zip(numbers["weight"], numbers["bias"], strict=True):
        for row, b in zip(weight, bias, strict=True):
            sign = "-" if b < 0 else "+"
            parts.append(f"[{', '.join(f'{v:.4g}' for v in row)}] {sign} {abs(b):.4g}")
    return "; ".join(parts)
