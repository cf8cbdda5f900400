"""The contest: how well each score predicts what ablating one or two things really does."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from toynets.domain import Domain
from toynets.errors import ToynetsError, unknown
from toynets.fields import replace
from toynets.importance import scores_of
from toynets.importance.effects import EXACT_CASES, effects
from toynets.importance.games import Unavailable
from toynets.importance.setting import Setting, listed, players_of
from toynets.studies import ranking
from toynets.studies.joint import KINDS, PAIRS, SetEffects, set_effects, sets_of
from toynets.studies.standings import (
    CHANCE,
    DERIVED,
    LEFT_OUT,
    NEAR,
    ROLES,
    Contest,
    Mark,
)
from toynets.studies.stated import sizes_from_roles, stated, stated_network

if TYPE_CHECKING:
    from toynets.importance.floats import Array

ROWS = 64  # inputs of a network, at most: every pair of them is swapped
# What one contestant predicts: sizes of the effects of the sets, shape (sets, targets), and signs
# of single effects, shape (players, targets), or None.
Prediction = tuple[Any, Any]


def contest(
    entries: Sequence[Any],
    *,
    of: Sequence[str] = tuple(KINDS),
    truth: str = "largest",
    rows: int = ROWS,
    pairs: int = PAIRS,
    progress: Callable[[str, int, int], None] | None = None,
) -> Contest:
    """Rank the scores by how well they predict single and joint ablation effects.

    Every score of the catalogue predicts, for each network, output and kind of ablation, how much
    each single player does and how much each pair does together: a score says of a pair the sum of
    its two values. The explanation competes with its stated roles and signs alone. What it derives
    from its stated numbers is the reference, and chance is the other.

    Args:
        entries: of the zoo: anything with `.network`, `.task` and `.explanation`.
        of: kinds of players: `units`, `inputs`, `weights`.
        truth: whether an effect is the `largest` over the inputs or the `mean` of its sizes.
        rows: of a network with more inputs so many are tried, the same ones each time.
        pairs: of a network with more pairs of players so many are removed.
        progress: called with the name of a network, how many are done, and out of how many.

    Raises:
        ToynetsError: no entries, another kind of player or size.
    """
    began = time.perf_counter()
    if not entries:
        raise ToynetsError("a contest needs at least one network.")
    for kind in of:
        if kind not in KINDS:
            raise ToynetsError(unknown("kind of player", str(kind), "", KINDS))
    if truth not in ("largest", "mean"):
        raise ToynetsError(unknown("size of an effect", str(truth), "", ("largest", "mean")))
    marks: list[Mark] = []
    sampled: list[str] = []
    for k, entry in enumerate(entries):
        if progress is not None:
            progress(entry.network.name, k, len(entries))
        domain, cut = rows_of(entry, rows)
        sampled += [entry.network.name] if cut else []
        for kind in of:
            if len(players_of(entry.network, kind)) > 1:
                marks += _marks(entry, domain, kind, truth, pairs)
    names = tuple(entry.network.name for entry in entries)
    return Contest(names, tuple(of), truth, marks, tuple(sampled), time.perf_counter() - began)


def rows_of(entry: Any, most: int = ROWS) -> tuple[Domain, bool]:
    """Return the inputs of an entry, and whether they are only some of them."""
    import random

    domain = listed(entry.task)
    rows = domain.rows
    if len(rows) <= most:
        return domain, not entry.task.domain.finite
    chosen = sorted(random.Random(0).sample(range(len(rows)), most))
    return Domain.listed([rows[k] for k in chosen]), True


def _marks(entry: Any, domain: Domain, of: str, truth: str, pairs: int) -> Iterator[Mark]:
    """Yield how every contestant did on one network, for each kind of ablation."""
    # float32 numbers are float64 numbers: nothing is rounded.
    network = replace(entry.network, dtype="float64")
    soft = network.layers[-1].activation == "softmax"  # its logits are not on a target's scale
    setting = Setting(network, domain, of, wanted=None if soft else entry.task.target)
    sets = sets_of(len(setting.players), pairs=pairs)
    kinds = [k for k in KINDS[of] if k != "resample" or len(domain.rows) > 1]
    for kind in kinds:  # scores that leave one out look their effects up there
        setting.kept[kind, EXACT_CASES] = effects(setting, kind, exact_cases=0)
    said = dict(_scores(setting, sets))
    for kind in kinds:
        true = set_effects(setting, kind, sets)
        contestants = {**said, **_explained(entry, setting, kind, sets, truth)}
        yield from _judged(network.name, of, kind, true, truth, contestants, kind == kinds[0])


def _scores(setting: Setting, sets: Any) -> Iterator[tuple[str, Prediction]]:
    """Yield the prediction of each score that can be computed."""
    import numpy as np

    for one in scores_of(setting.of):
        if one.name in LEFT_OUT:
            continue
        try:
            values = np.array(one.compute(setting), np.float64).T
        except Unavailable:
            continue
        noise = 0.0 if one.reads == "weights" else setting.noise
        values = np.where(abs(values) <= noise, 0.0, values)
        sizes = np.stack([abs(values[list(some)].sum(axis=0)) for some in sets])
        yield one.name, (sizes, one.sign * values if one.sign else None)


def _explained(
    entry: Any, setting: Setting, kind: str, sets: Any, truth: str
) -> dict[str, Prediction]:
    """Return what the roles and signs predict, and what the stated numbers derive."""
    explanation = getattr(entry, "explanation", None)
    if explanation is None:
        return {}
    found = {}
    try:
        sizes, signs = sizes_from_roles(
            stated(explanation), setting.network, setting.of, kind, sets
        )
        found[ROLES] = (sizes, signs.T)
        derived = Setting(stated_network(explanation, setting.network), setting.domain, setting.of)
        effect = set_effects(derived, kind, sets)
        found[DERIVED] = (effect.sizes(truth), effect.mean[: len(setting.players)])
    except ToynetsError:  # blank, or of another wiring: it does not compete
        return {}
    return found


def _judged(
    network: str,
    of: str,
    kind: str,
    true: SetEffects,
    truth: str,
    contestants: dict[str, Prediction],
    with_signs: bool,
) -> Iterator[Mark]:
    import numpy as np

    sizes = true.sizes(truth)
    count = sum(len(some) == 1 for some in true.sets)
    alone, ranks = (ranking.rank_columns(some, NEAR) for some in (sizes[:count], sizes))

    def mean(values: Array) -> float | None:
        kept = values[~np.isnan(values)]
        return float(kept.mean()) if len(kept) else None

    for name, (said, signs) in contestants.items():
        own = ranking.rank_columns(said[:count], NEAR)
        sign = None
        if with_signs and signs is not None:
            moved = true.mean[:count], true.mean_size[:count]
            sign = mean(ranking.signs_right(signs, *moved, NEAR))
        yield Mark(
            network,
            of,
            kind,
            name,
            mean(ranking.correlations(own, alone)),
            mean(ranking.correlations(ranking.rank_columns(said, NEAR), ranks)),
            mean(ranking.top_right(own, alone)),
            sign,
            mean(ranking.idle_right(said[:count], sizes[:count], NEAR)),
        )
    first = alone == alone.min(axis=0)
    guess = np.where(first.all(axis=0), np.nan, first.mean(axis=0))
    nothing = np.where(first.all(axis=0), np.nan, 0.0)
    tied = (ranks == ranks[:1]).all(axis=0)
    yield Mark(
        network,
        of,
        kind,
        CHANCE,
        mean(nothing),
        mean(np.where(tied, np.nan, 0.0)),
        mean(guess),
        0.5 if with_signs else None,
        None,
    )
