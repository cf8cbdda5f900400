"""Verification on a box: a sample first, then proofs; what is proved is said, the rest is sampled.

The sample finds what is wrong quickly and shows it as everywhere else. Where it finds nothing, each
claim is put to the prover. A point that the prover finds is added to the sample, so that the check
that it refutes shows it as its own smallest case.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.verification.check import Check
from toynets.verification.report import Report, weakest
from toynets.verification.roles import graded

CELLS = 1_000  # of one claim
SECONDS = 2.0  # of one claim
TOTAL = 20.0  # seconds of processor time of all claims of one box; the load changes no verdict
ROUNDS = 3
SAMPLE = 48
# Where the network bends a little beside the explanation, it cannot tell apart points in between.
BLUNT = (
    "within the tolerance: what they separate, the explanation tells apart everywhere, the network "
    "at these points"
)

Make = Callable[[Domain], Any]


def verify_box(
    make: Make, box: Domain, *, seed: int, first: bool, only: Sequence[str] = ()
) -> Report:
    """Verify on a box.

    Args:
        make: gives the verification of a finite domain.
        box: the domain.
        seed: of the sample.
        first: stop after the first check that refutes.
        only: the checks to make, on the sample; all, and proofs, by default.
    """
    domain = Domain.sampled(box, count=SAMPLE, seed=seed)
    if only:
        return make(domain).report(first, only)  # type: ignore[no-any-return]  # see Make
    for _ in range(ROUNDS):
        work = make(domain)
        report: Report = work.report(first)
        if report.verdict == "refuted":
            return report
        found = _Proofs(work, box)
        rows = found.run()
        if not rows:
            return found.raised(report)
        domain = with_points(domain, rows)
    return found.raised(report)


def with_points(domain: Domain, rows: Sequence[Any]) -> Domain:
    """Return a sample with further points, which its text counts."""
    every = tuple(dict.fromkeys([*domain.rows, *rows]))
    text, _, more = domain.text.partition(", and ")
    before = int(more.split()[0]) if more else 0
    found = before + len(every) - len(domain.rows)
    return Domain(
        "sampled",
        domain.dimension,
        every,
        bounds=domain.bounds,
        seed=domain.seed,
        described=f"{text}, and {found} found by the prover",
        count=len(every),
    )


class _Proofs:
    """The claims of one verification, put to the prover.

    Attributes:
        left: check -> why something of it is not proved.
        count: check -> how many claims were settled.
        open: check -> a claim that is refuted, though the sample does not show it.
    """

    def __init__(self, work: Any, box: Domain) -> None:
        self.work = work
        self.box = box
        self.left: dict[str, str] = {}
        self.count: dict[str, int] = {}
        self.open: dict[str, str] = {}
        self.rows: list[Any] = []
        said = work.explanation
        self.blunt = any(said.epsilon(row) != 0 for row in ("units", "ablations"))

    def run(self) -> list[Any]:
        """Settle everything; return points at which something is refuted."""
        import time

        from toynets.verification.proofs.entry import provable, questions
        from toynets.verification.proofs.meanings import Meanings
        from toynets.verification.proofs.prover import Prover

        work = self.work
        why = provable(work.network, work.explanation) if work.derived else "weights are blank"
        if why:
            self.left = dict.fromkeys(work.checks, why)
            return []
        prover = Prover(
            work.network,
            self.box,
            work.explanation,
            means=(work.machine.mean, work.derived.runner.mean),
            cells=CELLS,
            seconds=SECONDS,
        )
        began = time.process_time()

        def late(check: str) -> bool:
            if time.process_time() - began > TOTAL:
                self.left.setdefault(check, f"{TOTAL:g} seconds are over")
                return True
            return False

        for check, _, ask in questions(prover):
            if not late(check):
                for answer in ask():
                    self._take(check, answer)
            if self.rows:  # what was not asked is not proved, whatever comes of these points
                unasked = "another claim is refuted"
                self.left = dict.fromkeys(work.checks, unasked) | self.left
                return self.rows
        meanings = Meanings(prover, work.machine.values, work.derived.runner.values, work.rows)
        for name, word, rest in self._roles():
            if not late("roles") and not meanings.role(name, word, rest):
                self.left.setdefault("roles", f"{word} of {name}")
        if work.explanation.metric_of("concepts") == "decision":
            self.left["concepts"] = "concepts by decision"
        for name, unit in work.explanation.units.items():
            if unit.concept is None or "concepts" in self.left or late("concepts"):
                continue
            try:
                why = meanings.concept(name, unit.concept)
            except ToynetsError as error:
                why = error.message
            if why:
                self.left["concepts"] = why
            self.count["concepts"] = self.count.get("concepts", 0) + 1
        return []

    def _take(self, check: str, answer: Any) -> None:
        self.count[check] = self.count.get(check, 0) + 1
        if answer.verdict == "unknown":
            self.left.setdefault(check, f"{answer.claim}: {answer.limit}")
        elif answer.verdict == "refuted":
            d = self.box.dimension
            row = answer.witness.row
            self.open.setdefault(check, f"{answer.claim} fails {answer.witness}")
            self.rows += [row[k : k + d] for k in range(0, len(row) - d + 1, d)]

    def _roles(self) -> list[tuple[str, str, str]]:
        """Return (unit or weight, word, rest) of every stated role that is graded."""
        found = []
        explanation, network = self.work.explanation, self.work.network
        for address in network.numbers:
            stated = explanation.stated_weight(address)
            if stated is not None and graded(stated.role)[0]:
                found.append((_copy(network, address), *graded(stated.role)))
        for name, unit in explanation.units.items():
            if graded(unit.role)[0]:
                found.append((name, *graded(unit.role)))
        return found

    def raised(self, report: Report) -> Report:
        """Return the report with the levels that the proofs give it."""
        proved = 0
        for name, check in report.checks.items():
            if name in self.open:
                check.leave_open(
                    f"the prover refutes what the sample does not show: {self.open[name]}"
                )
            elif name in self.left:
                check.level = "sampled"
                if not check.note:
                    check.note = f"not proved: {_short(self.left[name])}"
            elif not check.failed and not check.undecided and not check.skipped:
                check.level = "proved"
                proved += self.count.get(name, 0)
                if name == "concepts" and check.cases and self.blunt and not check.note:
                    check.note = BLUNT
        report.verdict = _verdict(report.checks.values())
        if report.verdict == "proved":
            report.domain = f"{self.box.text}, every point; counts are of {report.domain}"
        return report


def _verdict(checks: Any) -> str:
    every: list[Check] = list(checks)
    if any(check.failed for check in every):
        return "refuted"
    verdicts = [check.level for check in every]
    if any(check.undecided or check.skipped for check in every):
        verdicts.append("unknown")
    return weakest(verdicts)


def _copy(network: Any, address: str) -> str:
    """Return the name of one copy of a tied weight, and any other address as it is."""
    for group, members in network.ties.items():
        if address in members:
            return f"{group}@{members.index(address) + 1}"
    return address


def _short(text: str) -> str:
    return text if len(text) <= 100 else text[:99] + "…"
