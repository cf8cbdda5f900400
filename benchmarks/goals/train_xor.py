"""1,000 XOR networks."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.measuring import Clock, Line
from benchmarks.networks import bits
from benchmarks.populations import Task, measured

WHAT = "train 1,000 XOR networks (2-2-1 tanh, full batch Adam, 2,000 steps)"


def measure(clock: Clock) -> Iterator[Line]:
    """Yield a line for each peer."""
    x, t = bits(2)
    task = Task((2, 2, 1), "tanh", x, t, 2000)
    asked = {"PyTorch bmm": 25.0, "vmap + optax": 5.0}
    yield from measured(clock, task, 1000, "1,000 XOR networks", asked)
