"""The search for all minimal sufficient and all minimal necessary sets of units or edges."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

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
from toynets.verification.boxes import with_points
from toynets.verification.circuits import Circuits, Shown
from toynets.verification.compare import Decision, shown_all
from toynets.verification.criterion import CASES, CRITERIA, Criterion, FoundPoint
from toynets.verification.kept import Kept

if TYPE_CHECKING:
    from toynets.verification.circuits_on_boxes import Everywhere

Progress = Callable[[int, int], None]
ROUNDS = 8  # on a box: points that a prover finds are tried from the next one on


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
    for number in range(ROUNDS):
        kept = Kept(network, domain, of, ablation)
        if not kept.players:
            raise ToynetsError(
                f"{network.name or 'the network'} has no hidden units.", fix="of edges."
            )
        everywhere = _everywhere(kept, domain, criterion, decision, within)
        if everywhere is not None and number == ROUNDS - 1:
            everywhere.left = f"points were found in each of {ROUNDS} rounds"
        try:
            test = Criterion(kept, criterion, decision, within, targets, at_least, cases)
            return _found(test, domain, of, ablation, everywhere, progress)
        except Undecided as error:
            made = _named(kept, domain, of, ablation, criterion)
            made |= {"sufficient": (), "necessary": (), "sufficing": None, "exception": ()}
            made |= {"complete": (-1, -1), "cases": 0, "verdict": "unknown"}
            return Circuits(**made, rule=CRITERIA[criterion], why=error.message.rstrip("."))
        except FoundPoint as found:  # try it with the others, from the start
            domain = with_points(domain, found.rows)
    raise AssertionError("the last round asks no prover")


def _everywhere(
    kept: Kept, domain: Domain, criterion: str, decision: Decision, within: Rational
) -> Everywhere | None:
    """Return what proves that sets suffice on a box, or says why not; None without a box."""
    if domain.bounds is None:
        return None
    from toynets.verification.circuits_on_boxes import Everywhere

    return Everywhere(kept, domain, criterion, decision.data, within)


def _named(kept: Kept, domain: Domain, of: str, ablation: str, criterion: str) -> dict[str, Any]:
    network = kept.network
    return {
        "network": network.name or network.text,
        "hash": network.hash,
        "domain": domain.text,
        "box": "" if domain.bounds is None else domain.box(domain.bounds).text,
        "of": of,
        "players": kept.players,
        "ablation": ablation,
        "criterion": criterion,
    }


def _found(
    test: Criterion,
    domain: Domain,
    of: str,
    ablation: str,
    everywhere: Everywhere | None,
    progress: Progress | None,
) -> Circuits:
    kept = test.kept
    if everywhere is not None:
        test.everywhere = everywhere.check
    sufficient, removed = _search(test, len(kept.players), progress)
    necessary = tuple(_shown(test, mask, domain) for mask in removed.minimal)
    done = min(sufficient.complete, removed.complete) == len(kept.players)
    verdict = "exhaustive" if domain.finite else "sampled"
    why = ""
    if everywhere is not None:
        verdict = "sampled" if everywhere.left else "proved"
        why = f"not proved: {everywhere.left}" if everywhere.left else "at every point of the box"
    if not done:
        verdict = "unknown"
        why = (
            f"the limit of {test.budget} runs was reached: found are all minimal sufficient sets "
            f"of up to {sufficient.complete} and all minimal necessary ones of up to "
            f"{removed.complete}"
        )
    return Circuits(
        **_named(kept, domain, of, ablation, test.name),
        rule=test.rule,
        sufficient=tuple(kept.members(mask) for mask in sufficient.minimal),
        necessary=necessary,
        sufficing=sufficient.holding,
        exception=tuple(kept.members(mask) for mask in sufficient.exception),
        complete=(sufficient.complete, removed.complete),
        cases=test.ran,
        verdict=verdict,
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
