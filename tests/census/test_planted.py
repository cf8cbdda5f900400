"""Populations of known mechanism: every planted one is found, explained and put with its like."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from populations import census_of, flipped, moved, planted, split, tables, with_dead

from toynets.census.catalogue import CATALOGUE
from toynets.census.explaining import explain, verified
from toynets.domain import Domain
from toynets.tasks import load
from toynets.verification import verify

XOR = {
    "difference": ([[1, -1, 0], [-1, 1, 0]], [1, 1], 0),
    "count and correct": ([[1, 1, 0], [2, 2, -2]], [1, -1], 0),
    "ramp and correct": ([[1, -1, 1], [2, -2, 0]], [-1, 1], 1),
    "neither none nor both": ([[1, 1, -1], [-1, -1, 1]], [-1, -1], 1),
}
COUNT_3 = ([[1, 1, 1, 0], [2, 2, 2, -2], [2, 2, 2, -4]], [1, -1, 1], 0)
MINTERMS_3 = (
    [[1, -1, -1, 0], [-1, 1, -1, 0], [-1, -1, 1, 0], [1, 1, 1, -2]],
    [1, 1, 1, 1],
    0,
)
MAX = ([[1, -1, 0], [0, 1, 0]], [1, 1], 0)
HALVES = ([[0.5, 0.5, 0], [0.5, -0.5, 0], [-0.5, 0.5, 0]], [1, 1, 1], 0)
RNG = np.random.default_rng(3)


NOISE = 0.00003


def many(network, count=6, noise=NOISE):
    """The network, moved about; every second one with two inputs turned over."""
    return [moved(flipped(network) if k % 2 else network, RNG, noise=noise) for k in range(count)]


def test_each_table_of_xor_is_a_family_whatever_its_orientation():
    found = census_of("xor", "relu", [n for one in XOR.values() for n in many(one)])
    assert found.explained == found.converged == 24
    assert {f.name: len(f.runs) for f in found.families} == dict.fromkeys(XOR, 6)
    for number, family in enumerate(XOR):
        runs = next(f.runs for f in found.families if f.name == family)
        assert runs == tuple(range(6 * number, 6 * number + 6))


def test_two_networks_that_differ_by_a_kink_flip_are_two_families():
    # Equal outputs, other ablations: "ramp and correct" is "difference" with a unit turned over.
    pair = [XOR["difference"], XOR["ramp and correct"]]
    sums = []
    for lines, bias in map(tables, pair):
        sums.append([bias + sum(column) for column in zip(*lines, strict=True)])
    assert sums[0] == sums[1] == [0, 1, 1, 0]
    assert len(census_of("xor", "relu", pair).families) == 2


@pytest.mark.parametrize("extra", [1, 2])
def test_a_dead_unit_is_said(extra):
    networks = []
    for network in many(XOR["count and correct"]):
        for _ in range(extra):
            network = with_dead(network, (0.0, 0.0, 0.0))
        networks.append(network)
    (family,) = census_of("xor", "relu", networks).families
    assert family.name == f"count and correct, {extra} dead"
    assert "dead on these inputs" in family.lost


def test_a_unit_in_two_parts_has_one_fitted_number_and_is_said():
    networks = [
        moved(split(XOR["difference"], 0, share), RNG, noise=NOISE)
        for share in (0.11, 0.23, 0.31, 0.42, 0.5)
    ]
    found = census_of("xor", "relu", networks)
    (family,) = found.families  # the half is a special case of the others
    assert family.name == "difference, one unit in 2 parts"
    assert (family.fitted, len(family.runs)) == (1, 5)
    assert "twins: each keeps its part when another is removed" in family.lost
    low, high = family.ranges["p"]
    assert low != high


def between(p, q):
    """On for all, less 11, less 00: two free numbers."""
    units = [[1 - p, 1 - p, p - q], [2 - p, 2 - p, p - 2], [-p, -p, p]]
    return units, [1, -1, -1], q


def test_a_special_case_with_a_free_number_of_its_own_is_no_family_of_its_own():
    networks = [between(0.91, 0.73), between(0.87, 0.64), between(0.93, 0.62)]
    networks += [between(0.92, 0.5), between(0.83, 0.5)]
    found = census_of("xor", "relu", [moved(n, RNG, noise=NOISE) for n in networks])
    assert found.explained == 5
    (family,) = found.families
    assert family.fitted == 2
    other = census_of("xor", "relu", networks[3:])
    assert other.families[0].fitted == 1


def test_three_units_may_share_the_work_in_four():
    networks = [
        moved(split(split(XOR["difference"], 0, a), 1, b), RNG, noise=NOISE)
        for a, b in ((0.2, 0.3), (0.15, 0.4), (0.35, 0.45))
    ]
    found = census_of("xor", "relu", networks)
    assert found.explained == 3
    assert found.families[0].fitted == 2
    assert found.families[0].name == "difference, one unit in 2 parts, one unit in 2 parts"


def unequal(a=0.64, b=0.52, p=0.3):
    """Counts in two unequal parts, and takes back in two parts: three free numbers."""
    return (
        [[a, b, 0], [1 - a, 1 - b, 0], [2 - p, 2 - p, p - 2], [p, p, -p]],
        [1, 1, -1, -1],
        0,
    )


def test_numbers_that_nothing_but_the_population_explains_are_shared():
    few = census_of("xor", "relu", [moved(unequal(), RNG, noise=NOISE) for _ in range(4)])
    assert (few.converged, few.explained) == (4, 0)
    found = census_of("xor", "relu", [moved(unequal(), RNG, noise=NOISE) for _ in range(5)])
    assert (found.converged, found.explained) == (5, 5)
    assert (found.families[0].shared, found.families[0].fitted) == (3, 0)


def test_what_is_not_shared_is_fitted():
    networks = [unequal(p=p) for p in (0.11, 0.21, 0.32, 0.44, 0.57, 0.68)]
    found = census_of("xor", "relu", [moved(n, RNG, noise=NOISE) for n in networks])
    assert found.explained == 6
    assert (found.families[0].shared, found.families[0].fitted) == (2, 1)


def test_three_numbers_that_vary_are_not_explained():
    networks = [unequal(0.11 + 0.047 * k, 0.43 - 0.031 * k, 0.12 + 0.043 * k) for k in range(8)]
    found = census_of("xor", "relu", [moved(n, RNG, noise=NOISE) for n in networks])
    assert (found.converged, found.explained) == (8, 0)
    assert len(found.unexplained) == 8


@pytest.mark.parametrize(
    ("network", "name"),
    [(COUNT_3, "count with hinges"), (MINTERMS_3, ""), (with_dead(COUNT_3, (0, 0, 0, 0)), "")],
)
def test_parity_of_three(network, name):
    found = census_of("parity-3", "relu", many(network, count=4))
    assert found.explained == found.converged == 4
    (family,) = found.families
    assert family.name.startswith(name)
    for run in family.runs:
        assert verify(*found.case(run), load("parity-3").domain).verdict == "exhaustive"


@pytest.mark.parametrize(
    ("network", "fitted", "name"),
    [
        (MAX, 0, "one and the excess"),
        (split(MAX, 0, 0.975), 1, "one and the excess, one unit in 2 parts"),
        (split(HALVES, 1, 0.3), 1, "half the sum and half the difference, one unit in 2 parts"),
        (([[0.7, -0.7, 0], [-0.3, 0.3, 0], [0.3, 0.7, 0]], [1, 1, 1], 0), 1, "table"),
    ],
)
def test_max_of_two(network, fitted, name):
    networks = [moved(network, RNG, noise=NOISE) for _ in range(3)]
    found = census_of("max-2", "relu", networks)
    assert found.explained == found.converged == 3
    (family,) = found.families
    assert family.fitted == fitted
    assert family.name == name
    if name == "table":
        assert "h1 adds up to 7/10 for 36 of 81 inputs" in family.description
        rows = load("max-2").training
        assert verify(*found.case(family.runs[0]), rows).verdict == "exhaustive"


@pytest.mark.parametrize(
    "change", [(0, 0, 0.02), (0, 2, 0.02), (1, 1, -0.02)], ids=["weight", "bias", "second unit"]
)
def test_a_network_beside_a_family_is_not_of_it(change):
    # Within 1/1000 of every target it is not: it did not converge.
    unit, place, by = change
    units = [list(u) for u in XOR["difference"][0]]
    units[unit][place] += by
    found = census_of("xor", "relu", [(units, [1, 1], 0)])
    assert found.converged == 0
    assert found.families == ()


def test_a_converged_network_without_explanation_is_counted_and_listed():
    # Dead on the inputs, and of three arbitrary numbers: cutting its bias wakes it.
    network = with_dead(XOR["difference"], (0.41, 0.37, -0.93))
    found = census_of("xor", "relu", [network, with_dead(XOR["difference"], (0, 0, 0))])
    assert (found.converged, found.explained) == (2, 1)
    assert found.unexplained[0]["weight"][0][2] == [0.41, 0.37]
    assert found.families[0].runs == (1,)
    assert "1 converged run is unexplained:" in str(found)
    assert "  run 0: [1, -1] + 0; [-1, 1] + 0; [0.41, 0.37] - 0.93; [1, 1, 1] + 0" in str(found)


def test_an_explanation_that_does_not_hold_of_a_run_is_not_counted():
    population = planted("xor", "relu", list(XOR.values()))
    right = explain(population, lambda *what: None)
    assert sorted(verified(population, right)) == [0, 1, 2, 3]
    turned = {run: replace(right[run], found=right[(run + 1) % 4].found) for run in right}
    assert verified(population, turned) == {}
    turned[2] = right[2]
    assert list(verified(population, turned)) == [2]


def test_a_run_has_one_image_unless_its_pattern_is_symmetric():
    names = ["difference", "count and correct", "ramp and correct"]
    population = planted("xor", "relu", [XOR[name] for name in names])
    assert [len(population.images(run)) for run in range(3)] == [2, 2, 1]


@pytest.mark.parametrize("one", CATALOGUE, ids=lambda one: f"{one.task} {one.name}")
def test_every_named_family_does_its_task_and_is_called_by_its_name(one):
    units = [[float(Fraction(v)) for v in numbers] for _, numbers in one.units]
    network = (units, [sign for sign, _ in one.units], one.bias)
    found = census_of(one.task, "relu", [network])
    assert found.converged == 1
    assert found.families[0].name == one.name


def test_inputs_in_another_order_are_put_back():
    # A rotation of three inputs is not its own inverse: a wrong direction shows here.
    network = ([[1, 2, 3, 0], [0, 1, 0, 0]], [1, 1], 0)
    found = census_of("parity-3", "relu", [network])
    population = found.population
    rows = Domain.boolean(3).rows
    for one in population.group:
        if any(one.flips):
            continue
        image = population.images(0)[0]._replace(inputs=one.order, units=(0, 1))
        w, b, *_ = population.numbers(0, image)
        pre = population.x @ w.T + b
        assert np.allclose(pre, population.pre[list(one.rows), :, 0])
    assert len(rows) == 8
