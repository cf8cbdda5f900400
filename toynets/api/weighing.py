"""`toynets.importance_of`: every score of a network beside what ablation really does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from toynets.api.subject import subject
from toynets.domain import Domain
from toynets.errors import ToynetsError

if TYPE_CHECKING:
    from toynets.importance import Importance


def importance_of(
    thing: Any,
    domain: Domain | None = None,
    *,
    of: str,
    source: str | None = None,
    target: str | None = None,
    truth: str = "largest",
    scores: Sequence[str] | None = None,
    ablations: Sequence[str] | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> Importance:
    """Compute every score of units, inputs or weights beside what ablating each one really does.

    Args:
        thing: a name of the zoo, a file of a network, an entry or a `Network`.
        domain: the inputs; default the task's, else all bits for at most 10 inputs. Of a box the
            examples of the task are taken, else some points.
        of, source, target, truth, scores, ablations, progress: as for `importance.importance`.

    Raises:
        ToynetsError: as there, or nothing by that name.

    >>> found = importance_of("dead-weight", of="weights", scores=["magnitude"])
    >>> found.ranks("magnitude")["h2->y"], found.effect("cut")["h2->y"]
    (1.0, 0.0)
    """
    from toynets.importance import importance
    from toynets.importance.setting import SAMPLES

    about = subject(thing, domain)
    given: Any = about.entry
    if about.entry is None or about.domain != about.entry.task.domain:
        given, domain = about.network, about.domain
        if domain.kind == "box":
            domain = Domain.sampled(domain, count=SAMPLES, seed=0)
    return importance(
        given,
        domain if given is about.network else None,
        of=of,
        source=source,
        target=target,
        truth=truth,
        scores=scores,
        ablations=ablations,
        progress=progress,
    )


def kinds_of(thing: Any, source: str | None = None, target: str | None = None) -> list[str]:
    """Return what there is to compare in a network: `units`, `inputs`, `weights`.

    A kind of which only one is left on the way from the source to the target is not compared.

    Raises:
        ToynetsError: nothing by that name, no such input or output, nothing to compare.

    >>> kinds_of("and"), kinds_of("xor-sum", source="x1")
    (['inputs', 'weights'], ['units', 'weights'])
    """
    from toynets.importance.setting import KINDS, players_of

    network = subject(thing).network
    found = [of for of in KINDS if len(players_of(network, of, source, target)) > 1]
    if not found:
        raise ToynetsError(
            f"there is nothing to compare in {network.name or 'the network'} there.",
            cause="at most one unit, input and weight is on the way.",
        )
    return found
