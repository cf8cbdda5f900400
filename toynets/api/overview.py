"""Several networks of the zoo verified, each with its wrong explanations."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any

from toynets.api.verifying import CASES
from toynets.display import Table
from toynets.fields import record
from toynets.verification import Report
from toynets.verification import verify as hold
from toynets.zoo import Entry, load


@record(frozen=True)
class Tried:
    """One wrong explanation and what became of it.

    Attributes:
        name: of the wrong explanation.
        says: its misreading.
        check: the check that must refute it.
        failed: the checks that did.
        message: the smallest counterexample, or "".
    """

    name: str
    says: str
    check: str
    failed: tuple[str, ...]
    message: str

    @property
    def refuted(self) -> bool:
        """Whether the check that it names refutes it."""
        return self.check in self.failed


@record(frozen=True)
class Checked:
    """One network of the zoo, verified.

    Attributes:
        entry: which.
        report: of its explanation.
        wrong: its wrong explanations, tried.
    """

    entry: Entry
    report: Report
    wrong: tuple[Tried, ...]

    @property
    def exit_status(self) -> int:
        """As of the report; 1 where a wrong explanation was not refuted as it must be."""
        if not all(w.refuted for w in self.wrong):
            return 1
        return self.report.exit_status

    def to_dict(self) -> dict[str, Any]:
        """Return the row of `toynets verify --all --json`."""
        report = self.report
        return {
            "name": self.entry.name,
            "verdict": report.verdict,
            "claim": report.claim,
            "hash": report.hash,
            "trained": not self.entry.hand_built,
            "cases": report.cases,
            "agreed_decisions": report.agreed_decisions,
            "agreed_values": report.agreed_values,
            "worst": report.worst,
            "coverage": {name: share.fraction for name, share in report.coverage.items()},
            "numbers_stated": report.numbers_stated,
            "weights_explained": report.weights_explained,
            "wrong_explanations": {
                "tried": len(self.wrong),
                "refuted": sum(w.refuted for w in self.wrong),
            },
        }


class Overview:
    """Several networks verified.

    Attributes:
        networks: a `Checked` for each.
        seconds: how long it took.
    """

    def __init__(self, networks: Iterable[Checked], seconds: float) -> None:
        self.networks = tuple(networks)
        self.seconds = seconds

    @property
    def exit_status(self) -> int:
        """0 everything holds; 1 something is refuted that must not be, or not refuted that must."""
        found = {checked.exit_status for checked in self.networks}
        return 1 if 1 in found else 3 if 3 in found else 0

    def table(self) -> Table:
        """Return a row per network; `numbers` is how many are stated for how many weights."""
        rows = []
        for one in self.networks:
            report = one.report
            refuted = sum(w.refuted for w in one.wrong)
            rows.append(
                [
                    one.entry.name,
                    report.verdict,
                    report.claim,
                    coverage(report),
                    str(report.cases),
                    f"{report.numbers_stated} for {report.weights_explained}",
                    "trained" if not one.entry.hand_built else "hand-built",
                    f"{refuted} of {len(one.wrong)}",
                ]
            )
        columns = ["network", "verdict", "claim", "coverage", "cases", "numbers", "made"]
        last = "wrong ones refuted"
        return Table([*columns, last], rows, right=["coverage", "cases", "numbers", last])

    def lines(self) -> list[str]:
        """Return what is said below the table."""
        found = []
        for one in self.networks:
            name = one.entry.name
            if one.report.witness is not None:
                found.append(f"{name}: refuted. {one.report.witness.message}")
            if not one.report.complete:
                found.append(f"{name}: not explained: {', '.join(one.report.missing)}")
            found += [
                f'{name}: the wrong explanation "{w.name}" must be refuted by {w.check}, but '
                + (f"only {', '.join(w.failed)} refutes it" if w.failed else "nothing refutes it")
                for w in one.wrong
                if not w.refuted
            ]
        trained = sum(not one.entry.hand_built for one in self.networks)
        cases = sum(one.report.cases for one in self.networks)
        tried = sum(len(one.wrong) for one in self.networks)
        refuted = sum(w.refuted for one in self.networks for w in one.wrong)
        found.append(
            f"{len(self.networks)} networks, {trained} of them trained; {cases} cases compared in "
            f"{self.seconds:.1f} s; {refuted} of {tried} wrong explanations refuted by the check "
            "that they name."
        )
        return found

    def __str__(self) -> str:
        return "\n".join([str(self.table()), *self.lines()])

    def to_dict(self) -> dict[str, Any]:
        """Return the overview as plain data."""
        return {"networks": [n.to_dict() for n in self.networks], "seconds": self.seconds}

    def _repr_html_(self) -> str:
        return self.table().html()

    def _repr_markdown_(self) -> str:
        return self.table().markdown()


def coverage(report: Report) -> str:
    """Write how much of weights, units and ablations together is explained; rounded down.

    >>> from toynets.api.verifying import verify
    >>> coverage(verify("not"))
    '100 %'
    """
    shares = report.coverage.values()
    whole = sum(share.of for share in shares)
    return f"{100 * sum(share.explained for share in shares) // whole} %"


def try_wrong(
    entry: Entry, *, cases: int = CASES, seed: int = 0, first: bool = False
) -> tuple[Tried, ...]:
    """Hold every wrong explanation of an entry against its network.

    Args:
        entry: of the zoo.
        cases: the budget of each.
        seed: of samples.
        first: stop as soon as the check that it names refutes; `failed` may then leave out others.

    >>> all(w.refuted for w in try_wrong(load("not")))
    True
    """
    found = []
    given: dict[str, Any] = {"cases": cases, "seed": seed}
    for wrong in entry.wrong:
        report = hold(entry.network, wrong.explanation, entry.task.domain, first=first, **given)
        if wrong.check not in report.failed and first:
            # Another check came first: only all of them can tell about the one that is named.
            report = hold(entry.network, wrong.explanation, entry.task.domain, **given)
        message = "" if report.witness is None else report.witness.message
        found.append(Tried(wrong.name, wrong.says, wrong.check, report.failed, message))
    return tuple(found)


def verify_all(
    names: Iterable[str],
    *,
    cases: int = CASES,
    seed: int = 0,
    progress: Callable[[str, int, int], None] | None = None,
    jobs: int = 1,
) -> Overview:
    """Verify several networks of the zoo with their right and their wrong explanations.

    Args:
        names: of the zoo.
        cases: the budget of each.
        seed: of samples.
        progress: called with (name, number done, of how many): before each, or, where there are
            several processes, at the start and after each.
        jobs: how many processes; the records are those of one.
    """
    from toynets.api.side_by_side import find, find_all

    chosen = list(names)
    entries = {name: load(name) for name in chosen}
    given = {"cases": cases, "seed": seed}
    started = time.perf_counter()
    found: dict[str, Any] = {}
    if jobs > 1:
        # What takes long is begun first, so that no process ends up alone with it.
        longest = sorted(entries, key=lambda n: len(entries[n].network.numbers), reverse=True)
        if progress is not None:
            progress(f"{longest[0]} and others", 0, len(entries))
        for name, one in find_all(longest, given, jobs):
            found[name] = one
            if progress is not None:
                progress(name, len(found), len(entries))
    else:
        for name in entries:
            if progress is not None:
                progress(name, len(found), len(entries))
            found[name] = find(entries[name], given)
    checked = [Checked(entries[name], *found[name]) for name in chosen]
    return Overview(checked, time.perf_counter() - started)
