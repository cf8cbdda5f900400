"""The connectome: how far ablations are told by wiring, signs, magnitudes, and the explanation."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from toynets.errors import ToynetsError
from toynets.fields import replace
from toynets.importance.setting import Setting, players_of
from toynets.studies import ranking
from toynets.studies.climbing import DERIVED, WORDS, Connectome, Rung
from toynets.studies.competing import rows_of
from toynets.studies.joint import set_effects
from toynets.studies.ladder import SIGNS, SIZES, WIRING, paths
from toynets.studies.standings import NEAR
from toynets.studies.stated import sizes_from_roles, stated, stated_network

if TYPE_CHECKING:
    from toynets.importance.floats import Array
    from toynets.studies.joint import SetEffects

ABLATIONS = (("units", "zero"), ("units", "mean"), ("weights", "cut"))


def ladder(
    entries: Sequence[Any], *, progress: Callable[[str, int, int], None] | None = None
) -> Connectome:
    """Climb the ladder for each network: what is told of single ablations, rung by rung.

    Units are removed by zero and by their mean, weights and biases by a cut. Told from below:
    which weights there are (`wiring`), their signs as well, their magnitudes as well, all without
    activations or inputs; then the roles and signs in words of the explanation, and at last the
    effects that are derived from its stated numbers.

    Args:
        entries: of the zoo: anything with `.network`, `.task` and `.explanation`.
        progress: called with the name of a network, how many are done, and out of how many.

    Raises:
        ToynetsError: no entries.
    """
    began = time.perf_counter()
    if not entries:
        raise ToynetsError("a ladder needs at least one network.")
    rungs: list[Rung] = []
    sampled: list[str] = []
    for k, entry in enumerate(entries):
        if progress is not None:
            progress(entry.network.name, k, len(entries))
        domain, cut = rows_of(entry)
        sampled += [entry.network.name] if cut else []
        network = replace(entry.network, dtype="float64")  # nothing is rounded
        for of, kind in ABLATIONS:
            if len(players_of(network, of)) > 1:
                rungs += _climbed(entry, Setting(network, domain, of), kind)
    names = tuple(entry.network.name for entry in entries)
    return Connectome(names, tuple(rungs), tuple(sampled), time.perf_counter() - began)


def _climbed(entry: Any, setting: Setting, kind: str) -> Iterator[Rung]:
    """Yield how each rung does on one network and kind of ablation."""
    alone = tuple((k,) for k in range(len(setting.players)))
    true = set_effects(setting, kind, alone)
    for rung in (WIRING, SIGNS, SIZES):
        yield _judged(setting, kind, rung, true, *paths(setting, kind, rung))
    explanation = getattr(entry, "explanation", None)
    if explanation is None:
        return
    try:
        said, signs = sizes_from_roles(
            stated(explanation), setting.network, setting.of, kind, alone
        )
        made = Setting(stated_network(explanation, setting.network), setting.domain, setting.of)
    except ToynetsError:  # blank, or of another wiring: it tells nothing
        return
    yield _judged(setting, kind, WORDS, true, said, signs.T)
    derived = set_effects(made, kind, alone)
    yield _judged(setting, kind, DERIVED, true, derived.largest, derived.mean)


def _judged(
    setting: Setting, kind: str, rung: str, true: SetEffects, sizes: Array, signs: Array | None
) -> Rung:
    ranks = ranking.rank_columns(sizes, NEAR), ranking.rank_columns(true.largest, NEAR)
    sign = None
    # Of a mean only its place is known here, not which way a unit lies from it.
    if signs is not None and (kind != "mean" or rung == DERIVED):
        sign = _mean(ranking.signs_right(signs, true.mean, true.mean_size, NEAR))
    return Rung(
        setting.network.name,
        setting.of,
        kind,
        rung,
        len(setting.players),
        _mean(ranking.correlations(*ranks)),
        sign,
    )


def _mean(values: Array) -> float | None:
    """Return the mean over the outputs on which there is something to tell."""
    import numpy as np

    kept = values[~np.isnan(values)]
    return float(kept.mean()) if len(kept) else None
