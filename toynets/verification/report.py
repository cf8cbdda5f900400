"""What a verification found: verdict, counts, coverage, witness, and how it is printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from toynets.display import Table, escape
from toynets.fields import field, record
from toynets.verification.check import Check
from toynets.verification.compare import shown, size
from toynets.verification.contributions import WorstSubset
from toynets.verification.witness import Witness

ORDER = ("refuted", "unknown", "sampled", "exhaustive", "proved")
MEANING = (
    "The claim is about the function given by the stored numbers taken as exact and evaluated in "
    "exact arithmetic; the float32 program approximates it and near a tie may differ."
)
LEVELS = {
    "proved": "every point of the domain, with a certificate",
    "exhaustive": "every case of a finite domain and a finite set of interventions was evaluated",
    "sampled": "some cases only: evidence, not proof",
    "refuted": "a case contradicts it",
    "unknown": "a limit was reached, something is still blank, or a ball straddles",
}


def weakest(verdicts: Sequence[str]) -> str:
    """Return the weakest of several verdicts.

    >>> weakest(["exhaustive", "sampled"])
    'sampled'
    """
    return min(verdicts, key=ORDER.index)


@record(frozen=True)
class Share:
    """So many of so many."""

    explained: int
    of: int

    @property
    def fraction(self) -> float:
        """Between 0 and 1; 1 where there is nothing to explain."""
        return self.explained / self.of if self.of else 1.0

    def __str__(self) -> str:
        return f"{self.explained}/{self.of}"


@record
class Report:
    """The result of holding an explanation against a network.

    Attributes:
        verdict: `exhaustive`, `sampled`, `unknown` or `refuted`.
        network, hash, sizes: what was checked.
        domain: in symbols.
        checks: each check's result by name.
        witness: the smallest case that refutes, or None.
        coverage: weights, units and ablations explained and checked.
        missing: what is not explained, by name.
        declared: what the author declares as unexplained.
        numbers_stated, weights_explained, transcribed: the economy of the explanation.
        decision: the rule in words, `none` where the value itself is the answer.
        tolerance: what kind of claim it is.
        margin: the smallest distance of a clean output from its decision boundary, or None.
        ties: how many clean inputs are ties.
        dead, constant, duplicate: units, in words.
        contributions: unit -> contribution to each output on each row (last hidden layer).
        rows: labels of the inputs that were tried.
        whole: whether these are all there are; of a box they are some of its points.
        progress: the line on work in progress, or "".
        seconds: how long it took.
        worst_subset: of all subset ablations of one hidden layer the one that is predicted worst,
            where the closed form applies and anything differs.
        tolerances: row -> its absolute bound, where it is not 0.
        concepts: unit -> how its concept fits, and at which level.
    """

    verdict: str
    network: str
    hash: str
    sizes: str
    domain: str
    checks: Mapping[str, Check]
    witness: Witness | None
    coverage: Mapping[str, Share]
    missing: tuple[str, ...]
    declared: tuple[str, ...]
    numbers_stated: int
    weights_explained: int
    transcribed: bool
    decision: str
    tolerance: str
    margin: Any
    ties: int
    facts: Mapping[str, Sequence[str]]
    contributions: Mapping[str, Sequence[Any]]
    rows: tuple[str, ...]
    progress: str = ""
    seconds: float = 0.0
    worst_subset: WorstSubset | None = None
    tolerances: Mapping[str, str] = field(default_factory=dict)
    concepts: Mapping[str, str] = field(default_factory=dict)
    whole: bool = True

    @property
    def failed(self) -> tuple[str, ...]:
        """Names of the checks that refute."""
        return tuple(name for name, check in self.checks.items() if check.failed)

    @property
    def ok(self) -> bool:
        """Whether nothing is refuted or unknown."""
        return self.verdict not in ("refuted", "unknown")

    @property
    def complete(self) -> bool:
        """Whether everything is explained, or declared as unexplained."""
        return set(self.missing) <= set(self.declared)

    @property
    def exit_status(self) -> int:
        """0 all holds, 1 refuted, 3 something unknown, or unexplained and not declared."""
        if self.verdict == "refuted":
            return 1
        return 0 if self.ok and self.complete else 3

    def _runs(self) -> list[Check]:
        names = ("clean", "outcomes", "parameters", "subsets", "interchange")
        return [self.checks[n] for n in names if n in self.checks]

    @property
    def cases(self) -> int:
        """How many (intervention, input) cases were compared."""
        return sum(c.cases for c in self._runs())

    @property
    def agreed_values(self) -> int:
        """In how many of them derived and measured value agree."""
        return sum(c.agreed_values for c in self._runs())

    @property
    def agreed_decisions(self) -> int:
        """In how many of them the decisions agree; without a rule, the values."""
        return sum(c.agreed_decisions for c in self._runs())

    @property
    def open(self) -> int:
        """How many cases lie within the tolerance of a tie: no decision is claimed."""
        return sum(c.open for c in self._runs())

    @property
    def worst(self) -> float:
        """The largest |derived - measured| of an outcome."""
        return max((size(c.worst) for c in self._runs()), default=0.0)

    @property
    def worst_stated(self) -> float:
        """The largest |stated - measured| of an outcome; at most twice the tolerance."""
        return max((size(c.worst_stated) for c in self._runs()), default=0.0)

    @property
    def unchecked(self) -> tuple[str, ...]:
        """What looks like a claim and is none, such as a misspelt role, in words."""
        return tuple(said for check in self.checks.values() for said in check.unchecked)

    @property
    def claim(self) -> str:
        """What kind of claim holds: value exact, value within a tolerance, or decision."""
        return self.tolerance

    def summary(self) -> str:
        """Return the verdict in one line."""
        if self.verdict == "refuted" and self.witness is not None:
            return f"refuted. {self.witness.message}"
        return f"{self.verdict}: {LEVELS[self.verdict]}"

    def table(self) -> Table:
        """Return the checks as a table."""
        rows = []
        for name, check in self.checks.items():
            if check.skipped:
                rows.append([name, "", f"not checked: {check.skipped}"])
                continue
            result = f"{check.failed} wrong" if check.failed else "all hold"
            if not check.cases:
                result = "nothing to check"
            if check.undecided:
                result += f", {check.undecided} undecided"
            if check.open:
                result += f", {check.open} too near a tie to claim a decision"
            if size(check.worst):
                result += f", largest difference {size(check.worst):.3g}"
            if check.note:
                result += f"; {check.note}"
            rows.append([name, str(check.cases), result])
        return Table(["check", "cases", "result"], rows, right=["cases"])

    def contribution_table(self) -> Table:
        """Return unit times input: what each unit adds to each output.

        With one hidden layer the outcome of every subset ablation is a sum of these rows.
        """
        rows = [[name, *(shown(v) for v in values)] for name, values in self.contributions.items()]
        columns = ["contribution", *self.rows]
        return Table(columns, rows, right=self.rows)

    def lines(self) -> list[str]:
        """Return the report as lines of text."""
        lines = []
        if self.witness is not None:
            lines.append(f"refuted. Smallest counterexample: {self.witness}")
            lines.append("")
        lines.append(f"{self.network}  {self.sizes}  sha256 {self.hash[:12]}")
        lines.append(f"verdict   {self.verdict}: {LEVELS[self.verdict]}")
        lines.append(f"domain    {self.domain}; decision: {self.decision}; claim: {self.claim}")
        if self.tolerances:
            rows = ", ".join(f"{row} {bound}" for row, bound in self.tolerances.items())
            lines.append(f"tolerance {rows}")
        if self.progress:
            lines.append(f"progress  {self.progress}")
        lines += ["", str(self.table()), ""]
        lines.append(
            f"cases     {self.cases}: {self.agreed_values} agree in value"
            + (f", {self.agreed_decisions} in decision" if self.decision != "none" else "")
            + (f", {self.open} open" if self.open else "")
            + f"; largest difference {self.worst:.3g}"
        )
        shares = ", ".join(f"{name} {share}" for name, share in self.coverage.items())
        lines.append(f"coverage  {shares}")
        if self.missing:
            declared = " (declared)" if self.complete else ""
            lines.append(f"missing   {', '.join(self.missing)}{declared}")
        lines += [f"not checked: {said}" for said in self.unchecked]
        numbers, weights = (
            f"{count} {thing}" + ("" if count == 1 else "s")
            for count, thing in (
                (self.numbers_stated, "number"),
                (self.weights_explained, "weight"),
            )
        )
        economy = f"{numbers} stated for {weights}" if self.weights_explained else "no number yet"
        lines.append(f"economy   {economy}" + (": transcribed" if self.transcribed else ""))
        if self.worst_subset is not None:
            worst = self.worst_subset
            lines.append(
                f"worst     of all subsets of hidden units: {size(worst.error):.3g}, "
                f"{worst.intervention or 'the clean run'}, input {self.rows[worst.row]}"
            )
        tried = f"at the {len(self.rows)} points tried"
        if self.margin is not None and self.whole:
            lines.append(f"margin    {shown(self.margin)}; ties on {self.ties} inputs")
        elif self.margin is not None:
            lines.append(f"margin    {shown(self.margin)} {tried}; ties at {self.ties} of them")
        for kind, names in self.facts.items():
            if names:
                where = "" if self.whole else f" ({tried})"
                lines.append(f"{kind:<9} {', '.join(names)}{where}")
        # Not while weights are blank: the table would give the exercise away.
        if self.contributions and len(self.rows) <= 16 and not self.progress:
            lines += ["", str(self.contribution_table())]
        lines += ["", MEANING]
        return lines

    def __str__(self) -> str:
        return "\n".join(self.lines())

    def __repr__(self) -> str:
        return f"<Report {self.network}: {self.verdict}, {self.cases} cases>"

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain data."""
        return {
            "network": self.network,
            "verdict": self.verdict,
            "hash": self.hash,
            "domain": self.domain,
            "decision": self.decision,
            "claim": self.claim,
            "tolerances": dict(self.tolerances),
            "cases": self.cases,
            "agreed_decisions": self.agreed_decisions,
            "agreed_values": self.agreed_values,
            "open": self.open,
            "worst": self.worst,
            "worst_stated": self.worst_stated,
            "worst_subset": None
            if self.worst_subset is None
            else {
                "intervention": self.worst_subset.intervention,
                "input": self.rows[self.worst_subset.row],
                "output": self.worst_subset.output,
                "error": size(self.worst_subset.error),
            },
            "coverage": {name: share.fraction for name, share in self.coverage.items()},
            "missing": list(self.missing),
            "declared": list(self.declared),
            "unchecked": list(self.unchecked),
            "numbers_stated": self.numbers_stated,
            "weights_explained": self.weights_explained,
            "transcribed": self.transcribed,
            "margin": None if self.margin is None else shown(self.margin),
            "ties": self.ties,
            "units": {kind: list(names) for kind, names in self.facts.items()},
            "concepts": dict(self.concepts),
            "contributions": {
                name: [shown(v) for v in values] for name, values in self.contributions.items()
            },
            "checks": {
                name: {
                    "cases": c.cases,
                    "failed": c.failed,
                    "undecided": c.undecided,
                    "open": c.open,
                    "level": c.level,
                    "note": c.note,
                    "skipped": c.skipped,
                }
                for name, c in self.checks.items()
            },
            "failed": list(self.failed),
            "witness": None if self.witness is None else self.witness.to_dict(),
            "progress": self.progress,
            "meaning": MEANING,
            "seconds": self.seconds,
        }

    def to_json(self) -> str:
        """Return the report as JSON text."""
        import json

        return json.dumps(self.to_dict(), indent=1, ensure_ascii=False)

    def _repr_html_(self) -> str:
        head = f"<p><strong>{escape(self.network)}</strong>: {escape(self.summary())}</p>"
        witness = f"<pre>{escape(str(self.witness))}</pre>" if self.witness else ""
        return head + witness + self.table().html() + f"<p>{escape(MEANING)}</p>"

    def _repr_markdown_(self) -> str:
        return f"**{self.network}**: {self.summary()}\n\n{self.table().markdown()}"
