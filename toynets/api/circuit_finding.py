"""`toynets.circuits`: which sets of units or edges suffice, and which cannot be done without."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from toynets.api.limits import check_cases, tolerance
from toynets.api.partitioning import listed_domain
from toynets.api.subject import subject
from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.rationals import ONE, ZERO, rational, workprec

if TYPE_CHECKING:
    from toynets.verification.circuits import Circuits

CASES = 2_000_000


def circuits(
    thing: Any,
    *,
    of: str,
    ablation: str,
    criterion: str | None = None,
    within: Any = None,
    at_least: Any = None,
    domain: Domain | None = None,
    cases: int = CASES,
    progress: Callable[[int, int], None] | None = None,
) -> Circuits:
    """Find all minimal sufficient and all minimal necessary sets of units or edges.

    A set is sufficient if the criterion holds while it is kept and everything else is ablated; it
    is necessary if the criterion fails while it alone is ablated. Several minimal sufficient sets
    mean that no single circuit can be said to be the one.

    Args:
        thing: an entry of the zoo or its name, a `Network`, or a file of one.
        of: `units` (hidden ones) or `edges` (weights; biases stay).
        ablation: of units `zero`, `pre`, `incoming`, `mean` or `resample`; of edges `zero`, `mean`
            or `resample`.
        criterion: `decisions` (each stays), `values` (each output stays) or `accuracy` (as many
            are right); default decisions where there is a rule, else values. The record names it.
        within: for values, how far an output may move; default the tolerance of the explanation
            of an entry, else 0.
        at_least: for accuracy, the share that must be right; default that of the clean network.
        domain: the inputs; default the task's, or all bits. Of a box 48 points are tried (and those
            that the prover finds beside them), and `mean` is the mean over these points; what
            suffices at all of them is then proved on the box.
        cases: how many (set, input) runs may be made; over it the verdict is `unknown`.
        progress: called with (done, at most how many) runs.

    Returns:
        `Circuits`: `.sufficient` and `.necessary`, the antichains; `.summary()`; `.to_dict()`.

    Raises:
        ToynetsError: nothing to keep, no such ablation or criterion, no decision rule or task.

    >>> found = circuits("twin-units", of="units", ablation="zero", criterion="decisions")
    >>> found.summary()
    '2 minimal sufficient circuits, 2 minimal necessary sets'
    """
    from toynets.verification.circuit_search import find_circuits
    from toynets.verification.compare import Decision

    about = subject(thing, domain)
    decision = Decision(about.decision, about.network.outputs)
    chosen = criterion or ("decisions" if decision else "values")
    rows = listed_domain(about)
    targets: tuple[Any, ...] = ()
    if chosen == "accuracy" and about.entry is not None:
        targets = tuple(about.entry.task.target(x) for x in rows)
    share = None if at_least is None else rational(at_least)
    if share is not None and not ZERO <= share <= ONE:
        raise ToynetsError(f"a share is between 0 and 1, but got {at_least}.", fix="write 3/4.")
    said = about.explanation
    own = ZERO if said is None else said.epsilon("ablations")
    near = own if within is None else tolerance(within)
    _belongs("within", within is not None and near != 0, "values", chosen)
    _belongs("at_least", share is not None, "accuracy", chosen)
    check_cases(cases)
    with workprec():
        return find_circuits(
            about.network,
            rows,
            of=of,
            ablation=ablation,
            criterion=chosen,
            decision=decision,
            within=near,
            targets=targets,
            at_least=share,
            cases=cases,
            progress=progress,
        )


def _belongs(name: str, given: bool, criterion: str, chosen: str) -> None:
    if given and chosen != criterion:
        raise ToynetsError(
            f"{name} belongs to the criterion {criterion}, but this is {chosen}.",
            fix=f"leave it out, or ask for the criterion {criterion}.",
        )
