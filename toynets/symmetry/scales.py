"""The scale of each unit in canonical form, from quantities that no order or sign enters.

Let unit u be scaled by s(u): its incoming weights and bias are multiplied by s(u), its outgoing
weights divided by s(u) (square: by s(u)^2; step: not). Going forward,

    N(u) = max |weight| N'(parent), or |bias| where that is 0,

with N' = N for relu, abs and identity, N^2 for square, 1 for inputs, step, tanh and sigmoid, is
multiplied by s(u) and by nothing else. Going backward,

    M(u) = sum |weight| / sigma(child)    over the children that reach an output

is divided by s(u). So sigma(u) = 1/M(u) for relu, abs and identity, and N(u) for square and step,
are gauges of the scale of u, and s(u) = 1/sigma(u) makes the outgoing weights of a relu unit sum to
1 in absolute value, and the largest incoming weight of a step unit 1 where its parents are inputs.
A unit that reaches no output is scaled by its largest incoming weight, layer by layer forward.
"""

from __future__ import annotations

from collections.abc import Sequence

from toynets.fields import record
from toynets.rationals import ONE, ZERO, Rational

Matrix = Sequence[Sequence[Rational | None]]

LINEAR = ("relu", "abs", "identity")
SCALING = (*LINEAR, "square", "step")


@record(frozen=True)
class Scale:
    """What canonical form does to one unit.

    Attributes:
        sigma: incoming weights and bias are divided by it.
        out: outgoing weights are multiplied by it.
    """

    sigma: Rational
    out: Rational


def scales(
    weights: Sequence[Matrix], biases: Sequence[Sequence[Rational | None]], acts: Sequence[str]
) -> list[list[Scale]]:
    """Return the scale of every unit, layer by layer; 1 where a unit has none.

    Args:
        weights: a matrix (out, in) per layer, None for an absent edge.
        biases: per layer, None where there is none.
        acts: the activation of each layer.
    """
    backward = _backward(weights, acts, _norms(weights, biases, acts))
    out: list[Rational] = [ONE] * len(weights[0][0])
    found = []
    for k, act in enumerate(acts):
        layer = []
        for u, sigma in enumerate(backward[k]):
            incoming = _largest(weights[k][u], out) or abs(biases[k][u] or ZERO)
            if sigma is None:
                sigma = incoming or ONE
            layer.append(Scale(sigma, _out(act, sigma)))
            if act == "square" and not incoming and k + 1 < len(acts):
                # Nothing comes in, so that s^2 is free in what goes out, be it a square or not.
                layer[-1] = Scale(ONE, 1 / (_reach(u, weights[k + 1], backward[k + 1]) or ONE))
        found.append(layer)
        out = [scale.out for scale in layer]
    return found


def _out(act: str, sigma: Rational) -> Rational:
    if act in LINEAR:
        return sigma
    return sigma * sigma if act == "square" else ONE


def _norms(
    weights: Sequence[Matrix], biases: Sequence[Sequence[Rational | None]], acts: Sequence[str]
) -> list[list[Rational]]:
    sizes: list[Rational] = [ONE] * len(weights[0][0])
    found = []
    for matrix, bias, act in zip(weights, biases, acts, strict=True):
        norms = [
            _largest(row, sizes) or abs(b or ZERO) for row, b in zip(matrix, bias, strict=True)
        ]
        found.append(norms)
        sizes = [_out(act, n) for n in norms]
    return found


def _largest(row: Sequence[Rational | None], sizes: Sequence[Rational]) -> Rational:
    return max((abs(w) * n for w, n in zip(row, sizes, strict=True) if w is not None), default=ZERO)


def _reach(u: int, matrix: Matrix, below: Sequence[Rational | None]) -> Rational:
    """Return M(u), the outgoing weights of a unit in units of its children's scales."""
    total = ZERO
    for row, sigma in zip(matrix, below, strict=True):
        w = row[u]
        if w is not None and sigma is not None:
            total += abs(w) / sigma
    return total


def _backward(
    weights: Sequence[Matrix], acts: Sequence[str], norms: list[list[Rational]]
) -> list[list[Rational | None]]:
    """Return sigma of the units that reach an output, None where it must come from before."""
    last = len(acts) - 1
    found: list[list[Rational | None]] = [[] for _ in acts]
    found[last] = [(n or None) if acts[last] == "step" else ONE for n in norms[last]]
    for k in range(last - 1, -1, -1):
        for u, norm in enumerate(norms[k]):
            reach = _reach(u, weights[k + 1], found[k + 1])
            if not reach:
                found[k].append(None if acts[k] in SCALING else ONE)
            elif acts[k] in LINEAR:
                found[k].append(1 / reach)
            else:
                found[k].append((norm or None) if acts[k] in SCALING else ONE)
    return found
