"""Every linear region of a network with one input, in rationals."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from statistics import median
from typing import Any

import toynets
from benchmarks.measuring import Clock, Line, timed
from benchmarks.networks import random_network

WHAT = "all regions of ten 1-16-16-1 relu networks on [-3,3], exactly, within 25 ms each"
SEEDS = range(10)
ASKED = 0.025  # seconds
ROUNDS = 9


def measure(clock: Clock) -> Iterator[Line]:
    """Yield one line: the medians of the networks."""
    each, counts, first = [], [], None
    for seed in SEEDS:
        network = random_network((1, 16, 16, 1), "identity", seed)
        found, seconds = timed(lambda n=network: toynets.regions(n, "[-3,3]"))
        first = seconds if first is None else first
        check(network, found)
        counts.append(len(found))
        again = [timed(lambda n=network: toynets.regions(n, "[-3,3]"))[1] for _ in range(ROUNDS)]
        each.append(median(again))
    worst = max(each)
    yield Line(
        f"1-16-16-1, {min(counts)} to {max(counts)} regions",
        f"{1e3 * ASKED:g} ms",
        ours=worst,
        peers=ASKED,
        ratio=worst / ASKED,
        low=min(each) / ASKED,
        high=worst / ASKED,
        rounds=ROUNDS,
        first=first,
        asked=1.0,
        at_most=True,
        reached=worst <= ASKED,
        checked="regions meet end to end; inside each the affine map is the exact output",
        note="the slowest network; instead of the quartiles: the quickest and the slowest",
    )


def check(network: Any, found: Any) -> None:
    """Hold the regions against exact runs of the network."""
    spans = sorted((min(v for (v,) in r.vertices), max(v for (v,) in r.vertices)) for r in found)
    assert (spans[0][0], spans[-1][1]) == (-3, 3)
    assert all(a[1] == b[0] for a, b in pairwise(spans))
    for region in found:
        low, high = (region.vertices[k][0] for k in (0, -1))
        for share in (1, 2):
            x = low + (high - low) * share / 3
            slope, constant = region.affine[0]
            value = toynets.exact.run(network, [x])["y"]
            assert value == slope * x + constant
