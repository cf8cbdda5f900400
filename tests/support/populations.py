"""Populations that were written down, not trained: networks of known mechanism, moved about."""

from __future__ import annotations

import itertools
import time

import numpy as np

from toynets.census.population import Population
from toynets.census.running import sort_out
from toynets.kernels.population_layout import Layout
from toynets.tasks import load


def planted(task, activation, networks):
    """A population of networks, each (incoming weights and bias of the units, outgoing, bias)."""
    flat = []
    for units, outgoing, bias in networks:
        table = np.asarray(units, float)
        layers = [(table[:, :-1], table[:, -1]), (np.asarray([outgoing], float), [bias])]
        flat.append(
            Layout((table.shape[1] - 1, len(table), 1)).join(
                [(np.asarray(w), np.asarray(b)) for w, b in layers]
            )
        )
    return Population(load(task), activation, len(networks[0][0]), np.array(flat).T)


def census_of(task, activation, networks):
    """The census of such a population."""
    return sort_out(planted(task, activation, networks), 0, time.perf_counter())


def moved(network, rng, *, noise=0.0, scale=True, orders=True):
    """The network with its inputs and units in another order, units rescaled, numbers perturbed.

    Only for tasks in which inputs may change places.
    """
    units, outgoing, bias = np.array(network[0], float), np.array(network[1], float), network[2]
    count = len(units)
    if orders:
        inputs = [*rng.permutation(units.shape[1] - 1), units.shape[1] - 1]
        order = rng.permutation(count)
        units, outgoing = units[order][:, inputs], outgoing[order]
    units = units + noise * rng.normal(size=units.shape)
    if scale:
        factors = np.exp(rng.normal(size=count))
        units, outgoing = units * factors[:, None], outgoing / factors
    return units, outgoing, bias + noise * rng.normal()


def flipped(network):
    """The network with its first two inputs x taken for 1 - x: the same ablations of units."""
    units = np.array(network[0], float)
    units[:, -1] += units[:, :2].sum(axis=1)
    units[:, :2] *= -1
    return units, network[1], network[2]


def split(network, unit, share):
    """The network with one unit in two parts, of which the first does a share."""
    units, outgoing = [list(u) for u in network[0]], list(network[1])
    units.append(list(units[unit]))
    outgoing.append((1 - share) * outgoing[unit])
    outgoing[unit] *= share
    return units, outgoing, network[2]


def with_dead(network, unit=(-1.0, -1.0, -0.5)):
    """The network with one more unit, which is off on all bits."""
    return [*network[0], list(unit)], [*network[1], 1.0], network[2]


def tables(network):
    """Contributions of the units on all bits, and the bias; computed by plain loops."""
    units, outgoing, bias = network
    rows = list(itertools.product((0, 1), repeat=len(units[0]) - 1))
    lines = []
    for unit, v in zip(units, outgoing, strict=True):
        pre = [sum(w * x for w, x in zip(unit, (*row, 1), strict=True)) for row in rows]
        lines.append([v * max(z, 0) for z in pre])
    return lines, bias
