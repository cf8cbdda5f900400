"""The value functions by name: what a set of outcomes is worth, row by row and as one number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from toynets.errors import ToynetsError, unknown
from toynets.forward import FUNCTIONS
from toynets.kernels.preparing import Array, Prepared, read_targets
from toynets.rationals import nearest_float, rational

# Name -> the definition in symbols; K outputs, N rows, y outputs, z pre-activations, t targets.
VALUES = {
    "output": "y for every row",
    "mean output": "sum y / N",
    "squared error": "sum (y - t)^2 / (N K)",
    "cross-entropy": "softmax: sum (log sum exp(z) - sum t z) / N; "
    "sigmoid: sum (log(1 + exp(z)) - t z) / (N K)",
    "accuracy": "the share of rows whose decision is that of the target",
    "agreement": "the share of rows whose decision is that of the clean network",
}
WITH_TARGETS = ("squared error", "cross-entropy", "accuracy")
DECIDED = ("accuracy", "agreement")
# Up to so many outputs, sums over outputs are written out term by term: a reduction over the
# leading axis is several times slower than the same additions in one loop.
WRITTEN_OUT = 32


@dataclass(frozen=True)
class Question:
    """What is asked of the outcomes: the part that is compiled in.

    Attributes:
        value: a name of `VALUES`, or `decision` for both `accuracy` and `agreement`, which are one
            program: they differ in what decisions are held against.
        output: the activation of the output layer.
        decision: `argmax`, `threshold` or "".
    """

    value: str
    output: str
    decision: str = ""

    @property
    def linear(self) -> bool:
        """Whether outputs are linear in the pre-activations of the output layer."""
        return self.output in ("identity", "softmax")


class Goal(NamedTuple):
    """What outcomes are held against: the part that is not compiled in.

    Attributes:
        target: shape (out, rows): targets, or for decisions their codes; zeros where not read.
        threshold: a number, shape ().
        real: which rows count, shape (rows,); None where all do.
    """

    target: Any
    threshold: Any
    real: Any = None


def asked(
    ready: Prepared, value: str, targets: Any = None, decision: Mapping[str, Any] | None = None
) -> tuple[Question, Array | None, Any]:
    """Check a value function and what it needs.

    Args:
        ready: network and inputs.
        value: a name of `VALUES`.
        targets: as `read_targets` takes them; for those of `WITH_TARGETS`.
        decision: {"argmax": True}, {"threshold": "1/2"} or {"sign": True}; for those of `DECIDED`.
            With several outputs argmax is the default.

    Returns:
        The question, the targets of shape (out, rows) or None, and the threshold.

    Raises:
        ToynetsError: a name that is not there, targets or a decision that is missing, or a
            cross-entropy of outputs that are neither softmax nor sigmoid.
    """
    network, kind = ready.network, ready.activations[-1]
    if value not in VALUES:
        raise ToynetsError(unknown("value function", str(value), "", VALUES))
    read = None
    if value in WITH_TARGETS:
        if targets is None:
            raise ToynetsError(
                f"{value} needs targets.", fix="pass targets=…, one row for each input."
            )
        read = read_targets(targets, network, ready.rows)
    elif targets is not None:
        raise ToynetsError(
            f"{value} does not read targets.",
            fix=f"leave them out, or ask for one of: {', '.join(WITH_TARGETS)}.",
        )
    if value == "cross-entropy":
        _check_cross_entropy(kind, read)
    dtype = np.dtype(network.dtype)
    if value not in DECIDED:
        return Question(value, kind), read, dtype.type(0)
    several = len(network.outputs) > 1
    given = dict(decision) if decision else ({"argmax": True} if several else {})
    if given.get("sign") is True:
        given = {"threshold": 0}
    match given:
        case {"argmax": True} if several:
            return Question("decision", kind, "argmax"), read, dtype.type(0)
        case {"threshold": threshold}:
            at = nearest_float(rational(threshold), network.dtype)
            return Question("decision", kind, "threshold"), read, dtype.type(at)
    raise ToynetsError(
        f"{value} needs a decision but got {decision!r}.",
        cause="a number is no answer before it is said how it becomes one."
        if not decision
        else "one output has no largest.",
        fix='pass decision={"threshold": "1/2"}, {"sign": True} or, with several outputs, '
        '{"argmax": True}.',
    )


def _check_cross_entropy(kind: str, targets: Array | None) -> None:
    assert targets is not None
    if kind not in ("softmax", "sigmoid"):
        raise ToynetsError(
            f"cross-entropy needs softmax or sigmoid outputs, but these are {kind}.",
            fix="ask for squared error.",
        )
    if targets.min() < 0 or targets.max() > 1:
        raise ToynetsError("targets of a cross-entropy lie between 0 and 1.")
    sums = targets.astype("float64").sum(axis=0)
    # A shift of all logits must not matter: the kernels subtract one to keep digits.
    if kind == "softmax" and np.abs(sums - 1).max() > 8 * np.finfo(targets.dtype).eps:
        raise ToynetsError(
            "the targets of each row must sum to 1 under softmax.",
            fix="give classes, or probabilities.",
        )


def goal_of(question: Question, clean: Any, targets: Array | None, threshold: Any) -> Goal:
    """Return what outcomes are held against.

    Args:
        question: what is asked.
        clean: pre-activations of the output layer without intervention, shape (out, rows).
        targets: shape (out, rows), or None; decisions without targets are those of `clean`.
        threshold: of the decision.
    """
    if question.decision:
        held = outputs_of(question.output, clean) if targets is None else jnp.asarray(targets)
        return Goal(decided(question, held, threshold), threshold)
    return Goal(jnp.zeros_like(clean) if targets is None else targets, threshold)


def outputs_of(activation: str, z: Any) -> Any:
    """Return the outputs from their pre-activations; axis 0 is the output.

    >>> outputs_of("softmax", jnp.array([[1.0], [3.0]])).tolist()
    [[-1.0], [1.0]]
    """
    if activation != "softmax":
        return FUNCTIONS[activation](z)
    mean = _over_outputs(jnp.add, z) / z.shape[0]
    return z - mean[None]


def decided(question: Question, y: Any, threshold: Any) -> Any:
    """Return decisions as codes, of the shape of the outputs y, with axis 0 the output.

    Two decisions agree when all their codes do. Under argmax a code is 1 for every output that is
    largest; against a threshold it is the sign of the difference. So a tie is a decision of its
    own, which agrees with the same tie only.

    >>> ask = Question("decision", "identity", "argmax")
    >>> decided(ask, jnp.array([[1.0, 2.0], [3.0, 2.0]]), 0.0).T.tolist()
    [[0, 1], [1, 1]]
    """
    if question.decision == "argmax":
        return (y == _over_outputs(jnp.maximum, y)[None]).astype(jnp.int8)
    return (y > threshold).astype(jnp.int8) - (y < threshold).astype(jnp.int8)


def per_row(question: Question, z: Any, target: Any, threshold: Any) -> Any:
    """Return the value of each row, before the mean over rows.

    Args:
        question: any but `output`.
        z: pre-activations of the output layer, shape (out, …).
        target: of the same rank, with axes of length 1 where they are shared.
        threshold: of the decision.

    Returns:
        Shape (…); for `mean output` (out, …).
    """
    if question.value == "cross-entropy":
        linear = _over_outputs(jnp.add, target * z)
        if question.output == "softmax":
            return log_sum_exp(z) - linear
        return (_over_outputs(jnp.add, softplus(z)) - linear) / z.shape[0]
    y = outputs_of(question.output, z)
    if question.value in ("output", "mean output"):
        return y
    if question.value == "squared error":
        return _over_outputs(jnp.add, jnp.square(y - target)) / z.shape[0]
    same = decided(question, y, threshold) == target
    return _over_outputs(jnp.logical_and, same).astype(z.dtype)


def log_sum_exp(z: Any) -> Any:
    """Return log sum exp over axis 0; no exp overflows.

    >>> round(float(log_sum_exp(jnp.array([0.0, 0.0]))), 6)
    0.693147
    """
    if z.shape[0] > WRITTEN_OUT:
        top = jnp.max(z, axis=0)
        return top + jnp.log(jnp.sum(jnp.exp(z - top[None]), axis=0))
    # Slice first: of one array of all exponentials, each slice would be made with all of it.
    parts = [z[k] for k in range(z.shape[0])]
    # Not jnp.maximum, which passes NaN on at three instructions for one; the exp passes it on.
    top = reduce(lambda a, b: jnp.where(a > b, a, b), parts)
    return top + jnp.log(reduce(jnp.add, [jnp.exp(part - top) for part in parts]))


def softplus(z: Any) -> Any:
    """Return log(1 + exp(z)) without overflow, elementwise."""
    return jnp.maximum(z, jnp.zeros((), z.dtype)) + jnp.log1p(jnp.exp(-jnp.abs(z)))


def _over_outputs(combine: Any, z: Any) -> Any:
    """Combine along axis 0."""
    if z.shape[0] > WRITTEN_OUT:
        reductions: dict[Any, Any] = {
            jnp.add: jnp.sum,
            jnp.maximum: jnp.max,
            jnp.logical_and: jnp.all,
        }
        return reductions[combine](z, axis=0)
    found = z[0]
    for k in range(1, z.shape[0]):
        found = combine(found, z[k])
    return found


def wide_sum(values: Any, axis: int | tuple[int, ...] = -1) -> Any:
    """Sum in float64, whatever the dtype; under `precision_of("float64")` only."""
    return jnp.sum(values, axis=axis, dtype=jnp.float64)


VECTOR = 16  # rows that a processor adds at once


def row_sum(values: Any, real: Any = None) -> Any:
    """Sum over rows, the last axis, in float64; rows that are not real count for nothing.

    Rows that are `VECTOR` apart are added in the dtype of the values first, which is a rounding
    more where a block of rows is twice as long. Not for the additions: a sum of float64 takes
    everything that it is computed from into a loop that does one row at a time, and exp is 4 times
    slower in it. This first sum leaves it behind.
    """
    if real is not None:
        count = real.reshape(*[1] * (values.ndim - 1), -1)
        values = jnp.where(count, values, jnp.zeros((), values.dtype))
    rows = values.shape[-1]
    if rows > VECTOR and rows % VECTOR == 0:
        values = jnp.sum(values.reshape(*values.shape[:-1], -1, VECTOR), axis=-2)
    return wide_sum(values)


HIGHEST = jax.lax.Precision.HIGHEST
