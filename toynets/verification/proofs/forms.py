"""Affine functions of numbered atoms: a constant and a coefficient for each atom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from toynets.rationals import ZERO, Rational, text


class Form:
    """constant + sum of coefficient * atom.

    Attributes:
        constant: fmpq.
        terms: atom -> coefficient, none of them zero.

    >>> from toynets.rationals import rational as q
    >>> half = Form(q(1), {0: q("1/2")})
    >>> half.value({0: q(4)}), half.json()
    (3, ['1', [[0, '1/2']]])
    """

    __slots__ = ("constant", "terms")

    def __init__(
        self, constant: Rational = ZERO, terms: Mapping[int, Rational] | None = None
    ) -> None:
        self.constant = constant
        self.terms: dict[int, Rational] = dict(terms) if terms else {}

    def add(self, factor: Rational, other: Form) -> None:
        """Add a multiple of another form, in place."""
        if factor.p == 0:
            return
        self.constant = self.constant + factor * other.constant
        terms = self.terms
        for atom, coefficient in other.terms.items():
            more = factor * coefficient
            if atom in terms:
                more = terms[atom] + more
                if more.p == 0:
                    del terms[atom]
                    continue
            terms[atom] = more

    def scaled(self, factor: Rational) -> Form:
        """Return a multiple."""
        if factor.p == 0:
            return Form()
        return Form(self.constant * factor, {atom: factor * c for atom, c in self.terms.items()})

    def __neg__(self) -> Form:
        return Form(-self.constant, {atom: -c for atom, c in self.terms.items()})

    def __add__(self, other: Form) -> Form:
        made = Form(self.constant, self.terms)
        made.add(ONE, other)
        return made

    def __sub__(self, other: Form) -> Form:
        made = Form(self.constant, self.terms)
        made.add(-ONE, other)
        return made

    def plus(self, number: Rational) -> Form:
        """Return the form with a number added."""
        return Form(self.constant + number, self.terms)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Form):
            return NotImplemented
        return bool(self.constant == other.constant) and self.terms == other.terms

    __hash__ = None  # type: ignore[assignment]  # a form can change

    def value(self, at: Mapping[int, Rational] | Sequence[Rational]) -> Rational:
        """Return the value where the atoms have the given values."""
        total = self.constant
        for atom, coefficient in self.terms.items():
            total = total + coefficient * at[atom]
        return total

    def key(self) -> tuple[Any, ...]:
        """Return what tells forms apart in a dictionary (hashing a rational itself is slow)."""
        parts = [(a, c.p, c.q) for a, c in sorted(self.terms.items())]
        return (self.constant.p, self.constant.q, *parts)

    def json(self) -> list[Any]:
        """Return the form as a certificate writes it."""
        return [text(self.constant), [[a, text(c)] for a, c in sorted(self.terms.items())]]

    def __repr__(self) -> str:
        parts = [f"{text(c)}*#{a}" for a, c in sorted(self.terms.items())]
        return " + ".join([text(self.constant), *parts])


ONE = ZERO + 1


def atom(index: int) -> Form:
    """Return the form that is one atom."""
    return Form(ZERO, {index: ONE})
