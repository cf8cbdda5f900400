"""Slow twins: each score again, in plain loops over names, from the definition."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, pairwise, permutations
from math import factorial

from toynets import exact
from toynets.network import Network


def paths(net: Network, start: str, end: str):
    """Every directed path, as a list of names."""
    if start == end:
        return [[end]]
    found = []
    for source, target in net.wiring.edges:
        if source == start:
            found += [[start, *rest] for rest in paths(net, target, end)]
    return found


def product(net: Network, path: list[str]) -> Fraction:
    value = Fraction(1)
    for a, b in pairwise(path):
        value *= Fraction(net[f"{a}->{b}"])
    return value


def connection(net: Network, start: str, end: str, through: str = "") -> Fraction:
    """The sum of the products of the weights over paths, of those alone that go through a name."""
    chosen = [p for p in paths(net, start, end) if not through or through in p]
    return sum((product(net, p) for p in chosen), Fraction(0))


def connection_of_weight(net: Network, address: str, end: str, start: str = "") -> Fraction:
    source, arrow, target = address.partition("->")
    if not arrow:
        return Fraction(net[address]) * connection(net, source.removesuffix(".bias"), end)
    arrive = connection(net, start, source) if start else Fraction(1)
    return arrive * Fraction(net[address]) * connection(net, target, end)


def garson(net: Network, end: str) -> dict[str, Fraction]:
    """One hidden layer: shares of |w| into each hidden unit, times the unit's share of |v|."""
    out = {h: abs(Fraction(net[f"{h}->{end}"])) for h in net.hidden}
    found = dict.fromkeys(net.inputs, Fraction(0))
    for h in net.hidden:
        row = {x: abs(Fraction(net[f"{x}->{h}"])) for x in net.inputs}
        for x in net.inputs:
            found[x] += row[x] / sum(row.values()) * out[h] / sum(out.values())
    return found


def garson_cancelled(net: Network, end: str) -> dict[str, Fraction]:
    sums = dict.fromkeys(net.inputs, Fraction(0))
    for h in net.hidden:
        p = {x: abs(Fraction(net[f"{x}->{h}"]) * Fraction(net[f"{h}->{end}"])) for x in net.inputs}
        for x in net.inputs:
            sums[x] += p[x] / sum(p.values())
    return {x: s / sum(sums.values()) for x, s in sums.items()}


def outcome(net, row, changes, end, domain) -> Fraction:
    return exact.run(net, row, ", ".join(changes), domain=domain)[end]


def shapley(players, value) -> dict[str, Fraction]:
    """Over all orders of joining; `value` takes the players that are present."""
    found = dict.fromkeys(players, Fraction(0))
    for order in permutations(players):
        for k, player in enumerate(order):
            found[player] += value(set(order[: k + 1])) - value(set(order[:k]))
    return {p: v / factorial(len(players)) for p, v in found.items()}


def banzhaf(players, value) -> dict[str, Fraction]:
    found = {}
    for player in players:
        others = [p for p in players if p != player]
        gains = [
            value({*some, player}) - value(set(some))
            for size in range(len(others) + 1)
            for some in combinations(others, size)
        ]
        found[player] = sum(gains) / len(gains)
    return found


def permutation(net, rows, player, end, wanted=None, derangements=False) -> Fraction:
    """The mean squared error over every permutation of the rows, minus the error without any."""
    clean = [exact.trace(net, row) for row in rows]
    aim = wanted or [t.outputs[end] for t in clean]
    orders = [
        order
        for order in permutations(range(len(rows)))
        if not derangements or all(k != j for k, j in enumerate(order))
    ]
    total = Fraction(0)
    for order in orders:
        for k, j in enumerate(order):
            after = exact.run(net, rows[k], f"{player} = {clean[j][player]}")[end]
            total += (after - aim[k]) ** 2
    before = sum((t.outputs[end] - a) ** 2 for t, a in zip(clean, aim, strict=True))
    return total / (len(rows) * len(orders)) - before / len(rows)
