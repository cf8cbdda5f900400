"""The search for all minimal sufficient and all minimal necessary sets of units or edges."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from toynets.domain import Domain, label
from toynets.errors import ToynetsError, Undecided, unknown
from toynets.rationals import ZERO, Rational
from toynets.verification.antichains import (
    LARGEST_TABLE,
    Antichain,
    OutOfBudget,
    by_size,
    by_table,
)
from toynets.verification.circuits import Circuits, Shown
from toynets.verification.compare import Decision, shown_all
from toynets.verification.criterion import CASES, CRITERIA, Criterion
from toynets.verification.kept import Kept

Progress = Callable[[int, int], None]


def find_circuits(
    network: Any,
    domain: Domain,
    *,
    of: str,
    ablation: str,
    criterion: str,
    decision: Decision,
    within: Rational = ZERO,
    targets: Sequence[Sequence[Any]] = (),
    at_least: Rational | None = None,
    cases: int = CASES,
    progress: Progress | None = None,
) -> Circuits:
    """Find all minimal sufficient and all minimal necessary sets of units or edges.

    Sets are tried by size, until all are found or the budget ends. Up to 16 players every set is
    tried after that, so that the sufficient ones can be counted.

    Args: as for `Kept` and `Criterion`.
        cases: how many (set, input) runs may be made.
        progress: called with (done, at most how many) runs.

    Raises:
        ToynetsError: nothing to keep, no such criterion, or no decision rule for it.

    >>> from toynets.network import Network
    >>> net = Network.from_layers([([[1], [1]], None, "relu"), ([[1, 1]], [0], "identity")])
    >>> found = find_circuits(net, Domain.boolean(1), of="units", ablation="zero",
    ...     criterion="decisions", decision=Decision({"threshold": "1/2"}))
    >>> found.sufficient, [s.members for s in found.necessary]
    ((('h1',), ('h2',)), [('h1', 'h2')])
    """
    if criterion not in CRITERIA:
        raise ToynetsError(unknown("criterion", str(criterion), "", CRITERIA, "criteria"))
    if criterion == "accuracy" and not targets:
        raise ToynetsError(
            "accuracy needs a task, which says what is wanted of each input.",
            fix="name a network of the zoo, or use the criterion decisions.",
        )
    if criterion != "values" and not decision:
        raise ToynetsError(
            f"{network.name or 'the network'} has no decision rule.",
            fix="use the criterion values: every output stays what it is.",
        )
    kept = Kept(network, domain, of, ablation)
    if not kept.players:
        raise ToynetsError(f"{network.name or 'the network'} has no hidden units.", fix="of edges.")
    made: dict[str, Any] = {
        "network": network.name or network.text,
        "hash": network.hash,
        "domain": domain.text,
        "of": of,
        "players": kept.players,
        "ablation": ablation,
        "criterion": criterion,
    }
    try:
        test = Criterion(kept, criterion, decision, within, targets, at_least, cases)
        found = _search(test, len(kept.players), progress)
        necessary = tuple(_shown(test, mask, domain) for mask in found[1].minimal)
    except Undecided as error:
        rule = CRITERIA[criterion]
        made |= {"sufficient": (), "necessary": (), "sufficing": None, "exception": ()}
        made |= {"complete": (-1, -1), "cases": 0, "verdict": "unknown", "rule": rule}
        return Circuits(**made, why=error.message.rstrip("."))
    sufficient, removed = found
    done = min(sufficient.complete, removed.complete) == len(kept.players)
    why = ""
    if not done:
        why = (
            f"the limit of {cases} runs was reached: found are all minimal sufficient sets of up "
            f"to {sufficient.complete} and all minimal necessary ones of up to {removed.complete}"
        )
    return Circuits(
        **made,
        rule=test.rule,
        sufficient=tuple(kept.members(mask) for mask in sufficient.minimal),
        necessary=necessary,
        sufficing=sufficient.holding,
        exception=tuple(kept.members(mask) for mask in sufficient.exception),
        complete=(sufficient.complete, removed.complete),
        cases=test.ran,
        verdict="unknown" if not done else "exhaustive" if domain.finite else "sampled",
        why=why,
    )


def _search(test: Criterion, count: int, progress: Progress | None) -> tuple[Antichain, Antichain]:
    """Return the minimal sufficient sets, and the minimal necessary ones."""
    everything, budget = (1 << count) - 1, test.budget

    def sufficient(mask: int) -> bool:
        if progress is not None and mask % 32 == 0:
            progress(test.ran, budget)
        return test.sufficient(mask)

    test.budget = budget // 2  # the other half is for the necessary ones
    found = by_size(sufficient, count)
    test.budget = budget
    removed = by_size(lambda mask: not sufficient(everything & ~mask), count)
    if count > LARGEST_TABLE:
        return found, removed
    try:  # all sets are few: count them, and see whether keeping more can do harm
        return by_table([sufficient(mask) for mask in range(everything + 1)], count), removed
    except OutOfBudget:
        return found, removed


def _shown(test: Criterion, mask: int, domain: Domain) -> Shown:
    """Return a necessary set with the simplest case that shows it."""
    kept = test.kept
    left = ((1 << len(kept.players)) - 1) & ~mask
    case = test.failing(left)
    names = kept.machine.wiring.outputs
    source = "" if case[1] is None else label(kept.rows[case[1]])
    return Shown(
        kept.members(mask),
        label(kept.rows[case[0]]),
        source,
        shown_all(kept.machine.outcome(kept.rows[case[0]]), names),
        shown_all(kept.outcome(left, case), names),
        kept.intervention(left),
    )
