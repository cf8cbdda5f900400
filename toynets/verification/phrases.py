"""Interventions and tables in words, as a student would say them."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from typing import Any

from flint import fmpq

from toynets.rationals import ONE, ZERO, row_key
from toynets.wiring import Plan, kind_of


def phrase(plan: Plan) -> str:
    """Say an intervention in words.

    >>> from toynets.wiring import Wiring
    >>> w = Wiring(("x1",), ("h1", "y"), ("y",), (("x1", "h1"), ("h1", "y")), frozenset({"h1"}))
    >>> phrase(w.resolve("h1 = 0")), phrase(w.resolve("x1->h1 *= -1")), phrase(w.resolve(""))
    ('without h1', 'with x1->h1 flipped', 'clean')
    """
    kind = kind_of(plan)
    names = " and ".join(t.text for c in plan.intervention.clauses for t in c.targets)
    plain = {
        "clean": "clean",
        "zero": f"without {names}",
        "cut": f"without {names}",
        "flip": f"with {names} flipped",
        "mean": f"with {names} at its mean",
        "worst": f"with {names} at its worst",
    }
    return plain.get(kind, f"with {plan.text}")


def table_name(
    rows: Sequence[Sequence[Any]], values: Sequence[Any], inputs: Sequence[str] = ()
) -> str:
    """Return the name of a table over a Boolean domain, or "".

    Args:
        rows: inputs, each 0 or 1; shape (cases, inputs).
        values: one number per row.
        inputs: their names; default x1, x2, …

    >>> two = [(fmpq(a), fmpq(b)) for a in (0, 1) for b in (0, 1)]
    >>> table_name(two, [fmpq(v) for v in (0, 1, 1, 1)])
    'OR'
    >>> table_name(two, [fmpq(v) for v in (0, 1, 1, 2)])
    'the count of ones'
    """
    if not rows or any(v not in (ZERO, ONE) for row in rows for v in row):
        return ""
    if any(type(v) is not fmpq for v in values):  # a ball equals no number of a table
        return ""
    whole = all(v.q == 1 for v in values)
    for name, function in _functions(inputs, len(rows[0])) if whole else ():
        if all(function(row) == v for row, v in zip(rows, values, strict=True)):
            return name
    if all(v == values[0] for v in values):
        return f"always {values[0]}"
    return ""


def classes_name(
    rows: Sequence[Sequence[Any]],
    classes: Sequence[int],
    sizes: Sequence[float] = (),
    inputs: Sequence[str] = (),
) -> str:
    """Return the name of a function over a Boolean domain that has these classes, or "".

    Args:
        rows: inputs, each 0 or 1; shape (cases, inputs).
        classes: the number of the class of each row, from 0 in the order of appearance.
        sizes: a number for each row; of two functions with the same classes, such as OR and NOR,
            the one that grows with it is named.
        inputs: their names; default x1, x2, …

    >>> two = [(fmpq(a), fmpq(b)) for a in (0, 1) for b in (0, 1)]
    >>> classes_name(two, [0, 1, 1, 1]), classes_name(two, [0, 1, 1, 2])
    ('OR', 'the count of ones')
    >>> classes_name(two, [0, 1, 1, 1], [1, 0, 0, 0])
    'NOR'
    >>> classes_name(two, [0, 0, 1, 0], inputs=["on", "off"])
    'on and not off'
    """
    if not rows or any(v not in (ZERO, ONE) for row in rows for v in row):
        return ""
    fitting = []
    for name, function in _functions(inputs, len(rows[0])):
        order: dict[Any, int] = {}
        values = [function(row) for row in rows]
        if [order.setdefault(row_key((v,)), len(order)) for v in values] == list(classes):
            fitting.append((name, values))
    if not fitting or len(set(classes)) == 1:
        return ""
    growing = (name for name, values in fitting if sizes and _grows(values, sizes))
    return next(growing, fitting[0][0])


def _grows(values: Sequence[Any], sizes: Sequence[float]) -> bool:
    """Whether the mean size of the rows with a value grows with the value."""
    groups: dict[Any, list[float]] = {}
    for value, size in sorted(zip(values, sizes, strict=True), key=lambda pair: pair[0]):
        groups.setdefault(row_key((value,)), []).append(size)
    means = [sum(group) / len(group) for group in groups.values()]
    return all(a < b for a, b in itertools.pairwise(means))


def _functions(names: Sequence[str], n: int) -> list[tuple[str, Callable[[Sequence[Any]], Any]]]:
    """Return functions of n bits by name, in the names of the inputs where they are given."""
    inputs = names or [f"x{i + 1}" for i in range(n)]

    def bit(test: Callable[[int], bool]) -> Callable[[Sequence[Any]], Any]:
        return lambda row: ONE if test(int(sum(row, ZERO).p)) else ZERO

    found: list[tuple[str, Callable[[Sequence[Any]], Any]]] = [
        ("always 0", bit(lambda s: False)),
        ("always 1", bit(lambda s: True)),
    ]
    for i, name in enumerate(inputs):
        found.append((f"{name} alone", lambda row, i=i: row[i]))  # type: ignore[misc]  # a lambda with a default
        found.append((f"not {name}", lambda row, i=i: ONE - row[i]))  # type: ignore[misc]  # the same
    if n == 1:
        return found
    found += [
        ("AND", bit(lambda s: s == n)),
        ("OR", bit(lambda s: s > 0)),
        ("NAND", bit(lambda s: s < n)),
        ("NOR", bit(lambda s: s == 0)),
        ("XOR" if n == 2 else f"parity of {n}", bit(lambda s: s % 2 == 1)),
        ("XNOR" if n == 2 else f"even parity of {n}", bit(lambda s: s % 2 == 0)),
        ("the count of ones", lambda row: sum(row, ZERO)),
    ]
    if n > 2:
        found.append((f"majority of {n}", bit(lambda s: 2 * s > n)))
        found += [(f"at least {k} of {n}", bit(lambda s, k=k: s >= k)) for k in range(2, n)]  # type: ignore[misc]  # the same
        found += [(f"exactly {k} of {n}", bit(lambda s, k=k: s == k)) for k in range(1, n)]  # type: ignore[misc]  # the same
    for i, a in enumerate(inputs):
        for j, b in enumerate(inputs):
            if i != j:
                found.append((f"{a} and not {b}", lambda r, i=i, j=j: r[i] * (ONE - r[j])))  # type: ignore[misc]  # the same
                found.append((f"{a} or not {b}", lambda r, i=i, j=j: ONE - (ONE - r[i]) * r[j]))  # type: ignore[misc]  # the same
                found.append((f"{a} - {b}", lambda r, i=i, j=j: r[i] - r[j]))  # type: ignore[misc]  # the same
    return found
