"""Exact equality where units are curved: values as polynomials over tanh and what has no formula.

A sigmoid is written as a tanh and tanh(-z) as -tanh(z), so that what cancels does. Two values with
one polynomial are equal. Of unequal ones something is known in two cases. A polynomial in numbers
that are free on a box is 0 there only if its coefficients are. And 1 and the tanh of different
positive rationals are linearly independent over the rationals: with t = exp(2/Q) for a common
denominator Q each is a rational function of t, which is transcendental (Lindemann), and the one
with the largest argument has a pole, at a root of unity, that no other one has.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Mapping, Sequence
from typing import Any

from toynets.expressions import Binary, Call, Expression, Name, Number, Unary, constant
from toynets.rationals import HALF, ONE, ZERO, Rational, from_float

MOST_TERMS = 2_000
MOST_POINTS = 20_000
Value = dict[tuple[int, ...], Any]  # atoms of a product, in order -> its coefficient


class Beyond(Exception):
    """Something that is not written as a polynomial here: a quotient of values, too many terms."""


class Algebra:
    """Polynomials over atoms; equal things are one atom.

    Attributes:
        free: atoms that may be any number of an interval, by name.
        rational: atoms that are the tanh of a rational.

    >>> a = Algebra()
    >>> x = a.variable("x1")
    >>> one, other = a.apply("tanh", x), a.apply("tanh", a.negative(x))
    >>> a.apply("square", x), a.sum([(ONE, one), (ONE, other)])
    ({(0, 0): 1}, {})
    """

    def __init__(self) -> None:
        self.free: dict[str, int] = {}
        self.rational: set[int] = set()
        self._known: dict[Any, int] = {}
        self._made: dict[int, tuple[str, Value]] = {}

    def variable(self, name: str) -> Value:
        """Return a number that is free."""
        self.free[name] = self._atom(name)
        return {(self.free[name],): ONE}

    def _atom(self, key: Any) -> int:
        return self._known.setdefault(key, len(self._known))

    def number(self, value: Rational) -> Value:
        """Return a rational number."""
        return {(): value} if value.p else {}

    def sum(self, terms: Sequence[tuple[Rational, Value]]) -> Value:
        """Return a sum of multiples."""
        found: Value = {}
        for factor, value in terms:
            for product, coefficient in value.items():
                found[product] = found.get(product, ZERO) + factor * coefficient
        return {product: c for product, c in found.items() if c.p}

    def negative(self, value: Value) -> Value:
        """Return the opposite."""
        return {product: -c for product, c in value.items()}

    def times(self, a: Value, b: Value) -> Value:
        """Return a product.

        Raises:
            Beyond: it has too many terms.
        """
        if len(a) * len(b) > MOST_TERMS:
            raise Beyond
        pairs = itertools.product(a.items(), b.items())
        terms = [(c * d, {tuple(sorted(p + q)): ONE}) for (p, c), (q, d) in pairs]
        return self.sum(terms)

    def apply(self, activation: str, z: Value) -> Value:
        """Return an activation of a value."""
        if activation in ("identity", "softmax"):
            return z
        if activation == "square":
            return self.times(z, z)
        if activation == "sigmoid":  # (1 + tanh(z/2)) / 2
            half = self.apply("tanh", self.sum([(HALF, z)]))
            return self.sum([(HALF, self.number(ONE)), (HALF, half)])
        if set(z) <= {()}:  # a rational
            value = z.get((), ZERO)
            if activation == "step":
                return self.number(ONE if value > 0 else ZERO)
            if activation != "tanh" or not z:
                return z if value > 0 else self.number(abs(value) * (activation == "abs"))
        turned = activation in ("tanh", "abs") and z[min(z)] < 0
        if turned:
            z = self.negative(z)
        atom = self._atom((activation, tuple(sorted((p, c.p, c.q) for p, c in z.items()))))
        self._made[atom] = (activation, z)
        if set(z) == {()}:
            self.rational.add(atom)
        return {(atom,): -ONE if turned and activation == "tanh" else ONE}

    def of_network(self, network: Any, inputs: Sequence[Value]) -> list[Value]:
        """Return the outputs of a network.

        Raises:
            Beyond: a value has too many terms.
        """
        values = list(inputs)
        for layer in network.layers:
            made = []
            for i in range(len(layer.units)):
                bias = ZERO if layer.bias is None else from_float(layer.bias[i])
                terms = [(ONE, self.number(bias))]
                terms += [
                    (from_float(layer.weight[i][j]), value)
                    for j, value in enumerate(values)
                    if layer.has(i, j)
                ]
                made.append(self.apply(layer.activation, self.sum(terms)))
            values = made
        if network.layers[-1].activation == "softmax":
            mean = self.sum([(ONE / len(values), value) for value in values])
            values = [self.sum([(ONE, value), (-ONE, mean)]) for value in values]
        return values

    def of_expression(self, expression: Expression, names: Mapping[str, Value]) -> Value:
        """Return the value of an expression.

        Raises:
            Beyond: it has a function of values that are not numbers, or a constant such as pi.
        """
        if isinstance(expression, Name):
            return names[str(expression)]
        label, parts = expression.label, [self.of_expression(c, names) for c in expression.children]
        if isinstance(expression, Call) and label in ("tanh", "sigmoid", "square", "relu", "abs"):
            return self.apply(label, parts[0])
        if isinstance(expression, Unary) and label == "-":
            return self.negative(parts[0])
        if isinstance(expression, Binary) and label in ("+", "-"):
            return self.sum([(ONE, parts[0]), (ONE if label == "+" else -ONE, parts[1])])
        if isinstance(expression, Binary) and label == "*":
            return self.times(*parts)
        if label == "/" and set(parts[1]) == {()}:
            return self.sum([(ONE / parts[1][()], parts[0])])
        if any(set(part) - {()} for part in parts):
            raise Beyond
        numbers = [part.get((), ZERO) for part in parts]
        made: Any = type(expression)  # Unary, Binary or Call; what has no parts is as it is
        value = (made(label, *map(Number, numbers)) if parts else expression).evaluate()
        if not hasattr(value, "p"):
            raise Beyond
        return self.number(value)

    def expression(self, value: Value) -> Expression:
        """Write a value as an expression over the names of the free numbers.

        >>> a = Algebra()
        >>> x = a.variable("x1")
        >>> print(a.expression(a.sum([(HALF, a.apply("tanh", x)), (ONE, a.times(x, x))])))
        x1*x1 + 0.5*tanh(x1)
        """
        names = {atom: name for name, atom in self.free.items()}
        total: Expression = constant(ZERO)
        for number, (product, coefficient) in enumerate(sorted(value.items())):
            parts: list[Expression] = [constant(coefficient)] * (coefficient != 1 or not product)
            for atom in product:
                if atom in names:
                    parts.append(Name(names[atom]))
                else:
                    activation, inner = self._made[atom]
                    parts.append(Call(activation, self.expression(inner)))
            term = functools.reduce(lambda a, b: Binary("*", a, b), parts)
            total = Binary("+", total, term) if number else term
        return total

    def is_number(self, value: Value) -> bool:
        """Whether a value is a rational number, and no atom is in it."""
        return set(value) <= {()}

    def never_zero(self, value: Value) -> bool:
        """Whether a value is not 0 by the independence of the tanh of rationals."""
        products = set(value) - {()}
        return bool(value) and all(len(p) == 1 and p[0] in self.rational for p in products)

    def not_zero_at(
        self, value: Value, box: Mapping[str, tuple[Rational, Rational]]
    ) -> dict[str, Rational] | None:
        """Return a point of a box where a polynomial in free numbers alone is not 0, or None.

        A polynomial that is 0 on a grid of more points in each direction than its degree there
        is 0 everywhere.
        """
        names = {atom: name for name, atom in self.free.items()}
        if not value or any(atom not in names for product in value for atom in product):
            return None
        grid, count = {}, 1
        for name, (low, high) in box.items():
            degree = max(p.count(self.free[name]) for p in value)
            grid[name] = [low + (high - low) * ONE * k / max(degree, 1) for k in range(degree + 1)]
            count *= len(grid[name])
        if count > MOST_POINTS:
            return None
        for point in itertools.product(*grid.values()):
            at = dict(zip(grid, point, strict=True))
            total = ZERO
            for product, coefficient in value.items():
                for atom in product:
                    coefficient = coefficient * at[names[atom]]
                total = total + coefficient
            if total.p:
                return at
        return None
