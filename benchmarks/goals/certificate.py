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
from toynets.io import encode

WHAT = "y <= c + a·x for 6-16-16-1 relu networks on [-1,1]^6, against Marabou"
SIZES = (6, 16, 16, 1)
SEEDS = range(5)
BOX = "[-1,1]^6"
# (name, variance of the weights * parents, deviation of the biases, asked). With large biases many
# units are always on or always off, and both sides have little to do.
FAMILIES = (("He weights", 2.0, 0.5, 50.0), ("small weights, large biases", 1.0, 1.0, None))
SLACK, FALSE = 0.2, -0.2  # of how far the output is spread around the plane
LIMIT = 600.0  # seconds


def measure(clock: Clock) -> Iterator[Line]:
    """Yield a line for each network and method, and the medians of each family."""
    for family, variance, bias, asked in FAMILIES:
        floats, exact = [], []
        for seed in SEEDS:
            network = random_network(SIZES, "identity", seed, variance=variance, bias=bias)
            one, other = compared(network, f"{family} {seed + 1}", clock)
            floats.append(one.ratio)
            exact.append(other.ratio)
            yield one
            yield other
        for method, ratios, least in (("floats", floats, asked), ("certificate", exact, None)):
            middle = median(ratios)
            yield Line(
                f"{family}, median, {method}",
                "Marabou",
                ratio=middle,
                low=min(ratios),
                high=max(ratios),
                asked=least,
                reached=None if least is None else middle >= least,
                checked="each of the networks above",
                note="instead of the quartiles: the least and the largest of the networks",
            )


def compared(network: Any, name: str, clock: Clock) -> tuple[Line, Line]:
    """Return the lines of one network: rigorous floats, and rationals with a certificate."""
    slopes, top, spread = plane(network)
    bound, wrong = (round(256 * (top + s * spread)) / 256 for s in (SLACK, FALSE))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "network.nnet"
        path.write_bytes(encode(network, ".nnet"))
        assert proved(network, slopes, wrong, floats=True).verdict == "refuted"
        assert marabou(path, slopes, wrong) == "sat", "Marabou: the false bound holds"
        line = clock.pair(
            f"{name}, floats",
            "Marabou",
            lambda: proved(network, slopes, bound, floats=True),
            lambda: marabou(path, slopes, bound),
            same=agree,
            fewest=3,
        )
    exact, seconds = timed(lambda: proved(network, slopes, bound, floats=False))
    assert exact.verdict == "proved" and len(exact.certificate["claims"]) == 1
    assert line.peers is not None
    certified = Line(
        f"{name}, certificate",
        "Marabou",
        ours=seconds,
        peers=line.peers,
        ratio=line.peers / seconds,
        rounds=1,
        checked=f"proved, a certificate of {exact.answers[0].leaves} leaves",
        note="ours once, in rationals",
    )
    return line, certified


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
