"""The least value of an affine function on a polytope, exactly, and why it is no less.

The dual simplex method. A basis is as many conditions as there are atoms, taken as equalities; it
is dual feasible if the function is a constant plus a combination of them with multipliers that are
not negative. Then the function is at least that constant wherever the conditions hold: every step
is a proof of a bound, and the bounds rise. A condition that fails at the corner of the basis comes
in; the one that leaves is chosen so that no multiplier becomes negative. After a while Bland's rule
(the smallest number comes in, the smallest number leaves) makes cycles impossible.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flint import fmpq_mat

from toynets.fields import field, record
from toynets.rationals import ONE, ZERO, Rational, to_float
from toynets.verification.proofs.forms import Form
from toynets.verification.proofs.proposals import propose

FLOATS_FROM = 12  # atoms: below, exact steps cost less than a proposal (and than its import)
Multipliers = list[tuple[int, Rational]]


@record
class Optimum:
    """What a search for the least value found.

    Attributes:
        status: `least`; `enough`: the bound that was asked for is proved; `empty`: the conditions
            contradict each other; `limit`: too many steps, `value` is a bound all the same.
        value: the least value, or a bound from below; for `empty` the negative constant that the
            combination of conditions is.
        point: atom -> value, a corner of the basis (within all conditions if `least`).
        multipliers: (condition, positive number): the function less their sum is `value`.
    """

    status: str
    value: Rational
    point: dict[int, Rational] = field(default_factory=dict)
    multipliers: Multipliers = field(default_factory=list)


def least(
    form: Form,
    conditions: Sequence[Form],
    atoms: Sequence[int],
    basis: Sequence[int],
    *,
    enough: Rational | None = None,
    limit: int = 10_000,
) -> Optimum:
    """Return the least value of a form where all conditions are at least 0.

    Args:
        form: over the atoms.
        conditions: forms over the atoms.
        atoms: in order.
        basis: for each atom the number of a condition: together dual feasible for the form.
        enough: stop as soon as so much is proved.
        limit: of steps.

    >>> from toynets.rationals import rational as q
    >>> box = [Form(q(0), {0: q(1)}), Form(q(1), {0: q(-1)}), Form(q("-1/4"), {0: q(1)})]
    >>> found = least(Form(q(0), {0: q(2)}), box, [0], [0])
    >>> found.value, found.multipliers
    (1/2, [(2, 2)])
    """
    n = len(atoms)
    if n >= FLOATS_FROM:
        basis = proposed(form, conditions, atoms, basis, enough)
    else:
        basis = list(basis)
    place = {a: k for k, a in enumerate(atoms)}
    columns, point = _inverse(conditions, atoms, basis)
    prices = [
        sum((c * columns[k][place[a]] for a, c in form.terms.items()), ZERO) for k in range(n)
    ]
    rows: list[list[tuple[int, Any]]] = [
        [(place[a], c) for a, c in condition.terms.items()] for condition in conditions
    ]
    value = form.value({a: point[k] for k, a in enumerate(atoms)})
    for step in range(limit + 1):
        if enough is not None and value >= enough:
            return Optimum("enough", value, _at(atoms, point), _positive(basis, prices))
        entering, gap = _violated(conditions, rows, point, first=step > 2 * n + 20)
        if entering < 0:
            return Optimum("least", value, _at(atoms, point), _positive(basis, prices))
        if step == limit:
            break
        alpha = [sum((c * column[k] for k, c in rows[entering]), ZERO) for column in columns]
        leaving, ratio = -1, ZERO
        for k in range(n):
            if alpha[k].p > 0:
                share = prices[k] / alpha[k]
                if leaving < 0 or share < ratio or (share == ratio and basis[k] < basis[leaving]):
                    leaving, ratio = k, share
        if leaving < 0:
            found = [(basis[k], -alpha[k]) for k in range(n) if alpha[k].p < 0]
            return Optimum("empty", gap, {}, sorted([*found, (entering, ONE)], key=_first))
        pivot = [v / alpha[leaving] for v in columns[leaving]]
        for k in range(n):
            if k != leaving and alpha[k].p != 0:
                columns[k] = [
                    v - alpha[k] * p if p.p else v for v, p in zip(columns[k], pivot, strict=True)
                ]
                prices[k] = prices[k] - ratio * alpha[k]
        columns[leaving] = pivot
        prices[leaving] = ratio
        basis[leaving] = entering
        point = [v - gap * p for v, p in zip(point, pivot, strict=True)]
        value = value - gap * ratio
    return Optimum("limit", value, _at(atoms, point), _positive(basis, prices))


def proposed(
    form: Form,
    conditions: Sequence[Form],
    atoms: Sequence[int],
    basis: Sequence[int],
    enough: Rational | None,
) -> list[int]:
    """Return a basis that floating point proposes; one that exact prices confirm, else the first.

    Nothing rests on it: a bad proposal costs steps, and one with a negative price is dropped.
    """
    found = propose(
        [to_float(form.terms.get(a, ZERO)) for a in atoms],
        to_float(form.constant),
        [
            (
                [(k, to_float(c.terms[a])) for k, a in enumerate(atoms) if a in c.terms],
                to_float(c.constant),
            )
            for c in conditions
        ],
        [*basis],
        None if enough is None else to_float(enough),
    )
    if found == [*basis]:
        return found
    chosen = [conditions[b] for b in found]
    n = len(atoms)
    matrix = fmpq_mat(n, n, [c.terms.get(a, ZERO) for a in atoms for c in chosen])
    wanted = fmpq_mat(n, 1, [form.terms.get(a, ZERO) for a in atoms])
    try:
        prices = matrix.solve(wanted).entries()
    except ZeroDivisionError:
        return [*basis]
    return found if all(p.p >= 0 for p in prices) else [*basis]


def _first(pair: tuple[int, Rational]) -> int:
    return pair[0]


def _at(atoms: Sequence[int], point: Sequence[Rational]) -> dict[int, Rational]:
    return dict(zip(atoms, point, strict=True))


def _positive(basis: Sequence[int], prices: Sequence[Rational]) -> Multipliers:
    return sorted([(c, p) for c, p in zip(basis, prices, strict=True) if p.p != 0], key=_first)


def _violated(
    conditions: Sequence[Form], rows: Sequence[Any], point: Sequence[Any], first: bool
) -> tuple[int, Any]:
    """Return the condition that fails most (or the first that fails) and its value; else -1."""
    worst, gap = -1, ZERO
    for number, row in enumerate(rows):
        value = conditions[number].constant
        for k, c in row:
            value = value + c * point[k]
        if value.p < 0 and value < gap:
            worst, gap = number, value
            if first:
                break
    return worst, gap


def _inverse(
    conditions: Sequence[Form], atoms: Sequence[int], basis: Sequence[int]
) -> tuple[list[list[Any]], list[Any]]:
    """Return the columns of the inverse of the basis matrix, and the corner of the basis."""
    n = len(atoms)
    chosen = [conditions[b] for b in basis]
    if all(len(c.terms) == 1 and atoms[k] in c.terms for k, c in enumerate(chosen)):
        columns = [[ZERO] * n for _ in range(n)]
        point = []
        for k, c in enumerate(chosen):
            share = ONE / c.terms[atoms[k]]
            columns[k][k] = share
            point.append(-c.constant * share)
        return columns, point
    matrix = fmpq_mat(n, n, [c.terms.get(a, ZERO) for c in chosen for a in atoms])
    inverse = matrix.inv()
    entries = inverse.entries()
    columns = [[entries[i * n + k] for i in range(n)] for k in range(n)]
    point = [
        sum((-c.constant * columns[k][i] for k, c in enumerate(chosen)), ZERO) for i in range(n)
    ]
    return columns, point
