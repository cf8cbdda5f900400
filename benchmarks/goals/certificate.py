"""An affine bound of a network with two hidden layers, proved on a box."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

import toynets
from benchmarks.measuring import Clock, Line, timed
from benchmarks.networks import random_network
from toynets.io import write

WHAT = "y <= c + a·x for five 6-16-16-1 relu networks on [-1,1]^6, against Marabou"
SIZES = (6, 16, 16, 1)
SEEDS = range(5)
BOX = "[-1,1]^6"
SLACK, FALSE = 0.2, -0.2  # of how far the output is spread around the plane
LIMIT = 600.0  # seconds


def measure(clock: Clock) -> Iterator[Line]:
    """Yield a line for each network and method, and the medians."""
    lines = []
    for seed in SEEDS:
        network = random_network(SIZES, "identity", seed)
        slopes, top, spread = plane(network)
        bound, wrong = (round(256 * (top + s * spread)) / 256 for s in (SLACK, FALSE))
        with TemporaryDirectory() as folder:
            path = Path(folder) / "network.nnet"
            path.write_bytes(write(network, ".nnet"))
            assert proved(network, slopes, wrong, floats=True).verdict == "refuted"
            assert marabou(path, slopes, wrong) == "sat", "Marabou: the false bound holds"
            line = clock.pair(
                f"bound {seed + 1}, rigorous floats",
                "Marabou",
                lambda n=network, a=slopes, c=bound: proved(n, a, c, floats=True),
                lambda p=path, a=slopes, c=bound: marabou(p, a, c),
                same=agree,
                fewest=3,
            )
        yield line
        exact, seconds = timed(lambda n=network, a=slopes, c=bound: proved(n, a, c, floats=False))
        assert exact.verdict == "proved" and len(exact.certificate["claims"]) == 1
        assert line.peers is not None
        lines.append((line, seconds))
        yield Line(
            f"bound {seed + 1}, certificate",
            "Marabou",
            ours=seconds,
            peers=line.peers,
            ratio=line.peers / seconds,
            rounds=1,
            checked=f"proved, a certificate of {exact.answers[0].leaves} leaves",
            note="ours once, in rationals",
        )
    for case, ratios, asked in (
        ("median, rigorous floats", [line.ratio for line, _ in lines], 50.0),
        ("median, certificate", [line.peers / seconds for line, seconds in lines], None),
    ):
        yield Line(
            case,
            "Marabou",
            ratio=median(ratios),
            low=min(ratios),
            high=max(ratios),
            asked=asked,
            reached=None if asked is None else median(ratios) >= asked,
            note="instead of the quartiles: the least and the largest of the networks",
        )


def plane(network: Any) -> tuple[list[float], float, float]:
    """Return slopes of a plane near the output, its highest distance, and how far that spreads.

    They are of points only, with the corners among them: a bound is claimed, not known.
    """
    x = np.array(list(product((-1, -0.5, 0, 0.5, 1), repeat=SIZES[0])))
    y = x.T
    for layer in network.layers:
        y = np.array(layer.weight) @ y + np.array(layer.bias)[:, None]
        y = np.maximum(y, 0) if layer.activation == "relu" else y
    found = np.linalg.lstsq(np.c_[x, np.ones(len(x))], y[0], rcond=None)[0]
    slopes = np.round(found[:-1] * 64) / 64
    gap = y[0] - x @ slopes
    return slopes.tolist(), float(gap.max()), float(gap.max() - gap.min())


def proved(network: Any, slopes: list[float], bound: float, *, floats: bool) -> Any:
    """Settle the bound: everything, from the text of the claim to the answer."""
    terms = [f"({a!r})*{x}" for a, x in zip(slopes, network.inputs, strict=True)]
    said = " + ".join([f"y <= {bound!r}", *terms])
    return toynets.prove(
        network, box=BOX, bounds=[said], floats=floats, cells=1_000_000, seconds=LIMIT
    )


def marabou(path: Path, slopes: list[float], bound: float) -> str:
    """Ask for a point above the bound: `unsat` is a proof, within Marabou's own tolerances."""
    from maraboupy import Marabou

    network = Marabou.read_nnet(str(path))
    inputs = network.inputVars[0].flatten().tolist()
    (output,) = network.outputVars[0].flatten().tolist()
    for variable in inputs:
        network.setLowerBound(variable, -1.0)
        network.setUpperBound(variable, 1.0)
    network.addInequality([*inputs, output], [*slopes, -1.0], -bound)  # a·x - y <= -c
    options = Marabou.createOptions(numWorkers=1, verbosity=0, timeoutInSeconds=int(LIMIT))
    return str(network.solve(verbose=False, options=options)[0])


def agree(ours: Any, theirs: Any) -> str:
    """Make sure that both prove the bound."""
    assert (ours.verdict, theirs) == ("proved", "unsat"), (str(ours), theirs)
    (answer,) = ours.answers
    return f"both prove it, and both refute a lower bound; {answer.leaves} boxes"
