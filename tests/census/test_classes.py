"""All relu networks 2-2-1 that compute XOR, classified exactly; and what the four named ones are.

A class says for each unit the sign of its outgoing weight and the corners for which it is on. Its
networks, scaled to outgoing weights 1 or -1, are the points of a polyhedron: four equations for the
task, eight inequalities for the corners. Whether there are any is decided by elimination of the
equations and Fourier-Motzkin elimination of what is left, over fractions.
"""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest
from populations import tables

ROWS = ((0, 0), (0, 1), (1, 0), (1, 1))
XOR = (0, 1, 1, 0)
SAME = [lambda x, y: (x, y), lambda x, y: (y, x), lambda x, y: (1 - x, 1 - y),
        lambda x, y: (1 - y, 1 - x)]  # fmt: skip
# Turning one input over negates XOR; the output is negated with it.
NEGATED = [lambda x, y: (1 - x, y), lambda x, y: (x, 1 - y), lambda x, y: (1 - y, x),
           lambda x, y: (y, 1 - x)]  # fmt: skip
NAMED = {
    "A": ([[1, -1, 0], [-1, 1, 0]], [1, 1], 0),
    "B": ([[1, 1, 0], [2, 2, -2]], [1, -1], 0),
    "C": ([[1, -1, 1], [2, -2, 0]], [-1, 1], 1),
    "D": ([[1, 1, -1], [-1, -1, 1]], [-1, -1], 1),
}


def eliminated(equations, count):
    """A point and the directions of all solutions of linear equations, or None."""
    rows, pivots = [[Fraction(v) for v in row] for row in equations], []
    for column in range(count):
        rank = len(pivots)
        at = next((i for i in range(rank, len(rows)) if rows[i][column]), None)
        if at is None:
            continue
        rows[rank], rows[at] = rows[at], rows[rank]
        rows[rank] = [v / rows[rank][column] for v in rows[rank]]
        for i, row in enumerate(rows):
            if i != rank:
                rows[i] = [v - row[column] * p for v, p in zip(row, rows[rank], strict=True)]
        pivots.append(column)
    if any(row[-1] and not any(row[:-1]) for row in rows):
        return None
    point = [Fraction(0)] * count
    for row, column in zip(rows, pivots, strict=False):
        point[column] = row[-1]
    directions = []
    for free in (c for c in range(count) if c not in pivots):
        line = [Fraction(0)] * count
        line[free] = Fraction(1)
        for row, column in zip(rows, pivots, strict=False):
            line[column] = -row[free]
        directions.append(line)
    return point, directions


def feasible(inequalities, count):
    """Whether some t has a.t + c > 0 (or >= 0, where not strict) for all (a, c, strict)."""
    current = list(inequalities)
    for k in range(count):
        low = [q for q in current if q[0][k] > 0]
        high = [q for q in current if q[0][k] < 0]
        current = [q for q in current if q[0][k] == 0]
        for (a, c, s), (b, d, r) in itertools.product(low, high):
            u, v = -b[k], a[k]
            line = [u * x + v * y for x, y in zip(a, b, strict=True)]
            current.append((line, u * c + v * d, s or r))
        # Of inequalities of one direction the tightest counts.
        tightest = {}
        for a, c, s in current:
            size = next((abs(x) for x in a if x), Fraction(1))
            key = tuple(x / size for x in a)
            worst = tightest.get(key, (c / size, s))
            tightest[key] = min(worst, (c / size, s), key=lambda one: (one[0], not one[1]))
        current = [(list(a), c, s) for a, (c, s) in tightest.items()]
    return all(c > 0 or (c == 0 and not s) for _, c, s in current)


def solutions(units, target=XOR):
    """Point and directions of the numbers (w1, w2, b per unit, then the output's bias), or None."""
    count = 3 * len(units) + 1
    equations = []
    for r, (x, y) in enumerate(ROWS):
        row = [0] * count
        for k, (on, sign) in enumerate(units):
            row[3 * k : 3 * k + 3] = [sign * x, sign * y, sign] if on[r] else [0, 0, 0]
        equations.append([*row[:-1], 1, target[r]])
    return eliminated(equations, count)


def exists(units):
    """Whether a network of the class computes XOR: on where it says so, strictly, else not."""
    found = solutions(units)
    if found is None:
        return False
    point, directions = found
    inequalities = []
    for k, (on, _) in enumerate(units):
        for r, (x, y) in enumerate(ROWS):
            side = 1 if on[r] else -1

            def pre(v, k=k, x=x, y=y, side=side):
                return side * (v[3 * k] * x + v[3 * k + 1] * y + v[3 * k + 2])

            inequalities.append(([pre(d) for d in directions], pre(point), bool(on[r])))
    return feasible(inequalities, len(directions))


@pytest.fixture(scope="module")
def classes():
    """Every pair of units, in both orders, of which there is a network."""
    units = list(itertools.product(itertools.product((0, 1), repeat=4), (1, -1)))
    return [pair for pair in itertools.product(units, repeat=2) if exists(pair)]


def image(units, change, sign=1):
    number = {row: r for r, row in enumerate(ROWS)}
    moved = [(tuple(on[number[change(*row)]] for row in ROWS), sign * s) for on, s in units]
    return tuple(sorted(moved))


def orbit(units, negate=False):
    forms = [image(units, change) for change in SAME]
    forms += [image(units, change, -1) for change in NEGATED if negate]
    return min(forms)


def class_of(network):
    units, outgoing, _ = network
    return tuple(
        (tuple(int(u * x + v * y + b > 0) for x, y in ROWS), s)
        for (u, v, b), s in zip(units, outgoing, strict=True)
    )


def test_136_classes_in_the_order_of_their_units_28_and_14_up_to_symmetry(classes):
    assert len(classes) == 136
    assert len({tuple(sorted(pair)) for pair in classes}) == 68
    assert len({orbit(pair) for pair in classes}) == 28
    assert len({orbit(pair, negate=True) for pair in classes}) == 14


def test_one_unit_is_not_enough():
    units = itertools.product(itertools.product((0, 1), repeat=4), (1, -1))
    assert not any(exists([unit]) for unit in units)


def test_the_four_named_networks_are_in_four_of_the_28_classes(classes):
    known = {orbit(pair) for pair in classes}
    own = {name: orbit(class_of(network)) for name, network in NAMED.items()}
    assert set(own.values()) <= known
    assert len(set(own.values())) == 4
    # Negating the output exchanges A with D, and B with C.
    negated = {name: orbit(class_of(network), negate=True) for name, network in NAMED.items()}
    assert negated["A"] == negated["D"] != negated["B"] == negated["C"]


@pytest.mark.parametrize("name", NAMED)
def test_the_named_networks_compute_xor(name):
    lines, bias = tables(NAMED[name])
    assert tuple(bias + sum(column) for column in zip(*lines, strict=True)) == XOR


@pytest.mark.parametrize(("name", "free"), [("A", 0), ("B", 1), ("C", 1), ("D", 0)])
def test_the_tables_of_a_and_d_are_forced_those_of_b_and_c_have_one_free_number(name, free):
    units = class_of(NAMED[name])
    point, directions = solutions(units)
    lines = []
    for direction in directions:
        line = []
        for k, (on, sign) in enumerate(units):
            line += [
                sign * (direction[3 * k] * x + direction[3 * k + 1] * y + direction[3 * k + 2])
                if on[r]
                else Fraction(0)
                for r, (x, y) in enumerate(ROWS)
            ]
        lines.append([*line, direction[-1]])
    # The rank of the directions in the space of tables: rows that elimination keeps.
    found = eliminated([[*column, 0] for column in zip(*lines, strict=True)], len(lines))
    assert len(lines) - len(found[1]) == free
    assert len(point) == 7


def test_the_free_number_of_b_is_not_negative():
    # h1(11) = 2 + t takes h1(00) = -t, which must not be on: t < 0 is another class.
    for t, same in ((Fraction(1, 3), True), (Fraction(0), True), (Fraction(-1, 3), False)):
        network = ([[1 + t, 1 + t, -t], [2 + t, 2 + t, -2 - t]], [1, -1], 0)
        lines, bias = tables(network)
        outputs = tuple(bias + sum(column) for column in zip(*lines, strict=True))
        assert (outputs == XOR) is same
        assert (class_of(network) == class_of(NAMED["B"])) is same


def values(network, x, y):
    units, outgoing, bias = network
    pre = [a * x + b * y + c for a, b, c in units]
    return bias + sum(v * max(Fraction(0), z) for v, z in zip(outgoing, pre, strict=True))


# Corners, centre and edge midpoints of the square: the cells of all kinks x = y, x + y = 1 have
# their corners among them, and a function that is affine in each cell is known from its corners.
POINTS = [(Fraction(i, 2), Fraction(j, 2)) for i in range(3) for j in range(3)]


def test_on_the_square_a_is_c_and_b_is_d_and_these_differ():
    table = {name: [values(network, *p) for p in POINTS] for name, network in NAMED.items()}
    assert table["A"] == table["C"] != table["B"] == table["D"]
    centre = POINTS.index((Fraction(1, 2), Fraction(1, 2)))
    assert (table["A"][centre], table["B"][centre]) == (0, 1)


def test_equal_functions_have_other_ablations():
    def without(name, unit):
        lines, bias = tables(NAMED[name])
        return [bias + sum(v[r] for k, v in enumerate(lines) if k != unit) for r in range(4)]

    outcomes = {name: sorted(without(name, k) for k in (0, 1)) for name in NAMED}
    assert outcomes == {
        "A": [[0, 0, 1, 0], [0, 1, 0, 0]],
        "B": [[0, 0, 0, -2], [0, 1, 1, 2]],
        "C": [[0, 1, -1, 0], [1, 1, 3, 1]],
        "D": [[0, 1, 1, 1], [1, 1, 1, 0]],
    }


def test_so_do_means():
    def at_mean(name, unit):
        lines, bias = tables(NAMED[name])
        lines[unit] = [Fraction(sum(lines[unit]), 4)] * 4
        return [bias + sum(column) for column in zip(*lines, strict=True)]

    quarter = Fraction(1, 4)
    assert at_mean("A", 0) == [quarter, 1 + quarter, quarter, quarter]
    assert at_mean("C", 0) == [0, 0, 2, 0]
