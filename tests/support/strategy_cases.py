"""Many examples of a strategy, and what the tests of strategies draw them for."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, given, settings

from toynets.network import Network

RATIONAL = ("relu", "identity", "abs", "square", "step")
TIED = Network.from_layers(
    [([[1, 1], [0.5, 0]], [0, -1], "relu"), ([[1, -2]], [0], "identity")],
    masks=[[[1, 1], [1, 0]], None],
    ties={"w": ["x1->h1", "x2->h1"], "b": ["h1.bias", "y.bias"]},
)


def drawn(strategy, count=600):
    """Many examples of a strategy, nothing shrunk: what comes up at all."""
    found = []

    @settings(
        max_examples=count,
        phases=[Phase.generate],
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def collect(example):
        found.append(example)

    collect()
    return found
