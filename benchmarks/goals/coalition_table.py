"""Every coalition of 16 hidden units, and what each unit contributes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from benchmarks.measuring import Clock, Line, within
from benchmarks.networks import bits, random_network
from toynets.kernels import banzhaf_values, shapley_values, unit_game

WHAT = "all 2^16 unit subsets of 8-16-1 on 256 inputs (cross-entropy), Shapley and Banzhaf values"
AT_A_TIME = 1024  # coalitions: what was quickest for the peer, in the cache


def measure(clock: Clock) -> Iterator[Line]:
    """Yield the line against shapiq's exact computer."""
    from shapiq import ExactComputer

    network = random_network((8, 16, 1), "sigmoid")
    x, t = bits(8)
    params = network.params()
    (w, v), (b, c) = params["weight"], params["bias"]
    hidden = np.maximum(x @ w.T + b, 0)  # (rows, units)
    contribution = np.ascontiguousarray((hidden * v[0]).T)
    target = t[:, 0]

    def ours() -> Any:
        game = unit_game(network, x, "zero", "cross-entropy", targets=t)
        return np.stack([shapley_values(game).values, banzhaf_values(game).values])

    def worth(coalitions: Any) -> Any:
        masks = np.asarray(coalitions).astype("float32")
        found = []
        for at in range(0, len(masks), AT_A_TIME):
            z = masks[at : at + AT_A_TIME] @ contribution + c
            # log(1 + exp z) - t z, without overflow
            losses = np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z))) - target * z
            found.append(losses.mean(axis=1, dtype="float64"))
        return np.concatenate(found)

    def theirs() -> Any:
        computer = ExactComputer(worth, 16)
        found = [computer(index, order=1) for index in ("SV", "BV")]
        return np.stack([[values[(i,)] for i in range(16)] for values in found])

    yield clock.pair(
        "table of 2^16 coalitions, two values",
        "shapiq ExactComputer",
        ours,
        theirs,
        # Ours comes with a bound below 1e-5; shapiq sums float32 losses in float64.
        same=within(1e-5),
        asked=100.0,
        fewest=3,
    )
