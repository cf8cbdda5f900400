"""100 networks for the parity of 8 bits."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.measuring import Clock, Line
from benchmarks.networks import bits
from benchmarks.populations import Task, measured

WHAT = "train 100 parity networks (8-16-1 relu, 256 rows, full batch Adam, 200 steps)"


def measure(clock: Clock) -> Iterator[Line]:
    """Yield a line for each peer; and for rows that are not all combinations of two lists."""
    x, t = bits(8)
    task = Task((8, 16, 1), "relu", x, t, 200)
    asked = {"PyTorch bmm": 3.0, "vmap + optax": 2.5}
    yield from measured(clock, task, 100, "100 parity networks", asked)
    # One row less is no grid, so that the first layer is a product of matrices.
    task = Task((8, 16, 1), "relu", x[:-1], t[:-1], 200)
    yield from measured(clock, task, 100, "the same, 255 rows that are no grid", {})
