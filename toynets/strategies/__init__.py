"""Hypothesis strategies for networks and for everything that is said and done about them.

For property tests of your own. Everything drawn is small, exact where nothing else is asked for,
and shrinks towards few units, present edges, and the numbers 0 and 1.

>>> from hypothesis import given
>>> from toynets import exact
>>> @given(networks().flatmap(lambda n: inputs(n).map(lambda x: (n, x))))
... def test_without_interventions_nothing_changes(case):
...     network, x = case
...     assert exact.run(network, x, "") == exact.run(network, x)
"""

from __future__ import annotations

from toynets.strategies.asked import tasks
from toynets.strategies.changes import interventions
from toynets.strategies.claimed import explanations
from toynets.strategies.missed import NearMiss, wrong_explanations
from toynets.strategies.moved import Moved, gauge_moves
from toynets.strategies.nets import domains, inputs, networks
from toynets.strategies.numbers import dyadics, floats

__all__ = [
    "Moved",
    "NearMiss",
    "domains",
    "dyadics",
    "explanations",
    "floats",
    "gauge_moves",
    "inputs",
    "interventions",
    "networks",
    "tasks",
    "wrong_explanations",
]
