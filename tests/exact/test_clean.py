"""What a domain of clean runs comes to: means, least and greatest values."""

from __future__ import annotations

import math

import pytest
from exact_cases import BITS, NET, fractions
from flint import fmpq

from toynets.domain import Domain
from toynets.exact import Machine, run
from toynets.network import Network
from toynets.rationals import fraction


def test_means_and_ranges():
    machine = Machine(NET, BITS)
    assert [machine.mean(n) for n in ("h1.pre", "h1", "h2.pre", "h2", "y", "y.pre", "x1")] == [
        fmpq(1, 2),
        fmpq(3, 4),
        fmpq(3, 2),
        fmpq(13, 8),
        fmpq(1, 8),
        fmpq(1, 8),
        fmpq(1, 2),
    ]
    assert machine.interval("h2") == (0, fmpq(7, 2))
    assert machine.interval("h2.pre") == (fmpq(-1, 2), fmpq(7, 2))
    assert machine.interval("x2") == (0, 1)
    # The hidden places of pre-activations of inputs do not leak into anything.
    assert Machine(NET, Domain.listed([[2, 2], [3, 3]])).interval("h1.pre") == (5, 8)


def test_means_and_ranges_of_balls():
    bent = Network.from_layers([([[1]], [0], "tanh")])
    rows = [0.5, -1, 2, 0]
    machine = Machine(bent, Domain.listed([[x] for x in rows]))
    low, high = machine.interval("y")
    assert (float(low), float(high)) == (math.tanh(-1), math.tanh(2))
    assert float(machine.mean("y")) == pytest.approx(sum(map(math.tanh, rows)) / 4, rel=1e-15)


def test_a_sampled_domain_has_both():
    domain = Domain.sampled("[0,1]^2", count=20, seed=1)
    machine = Machine(NET, domain)
    values = [run(NET, x)[0] for x in domain.rows]
    assert fractions(*machine.interval("y")) == (min(values), max(values))
    assert fraction(machine.mean("y")) == sum(values) / len(values)
