"""The rows of a task and what a trained network makes of them, in plain NumPy."""

from __future__ import annotations

import numpy as np

from toynets import tasks
from toynets.rationals import to_float

FUNCTIONS = {
    "identity": lambda z: z,
    "relu": lambda z: np.maximum(z, 0),
    "tanh": np.tanh,
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
}


def rows_of(task: tasks.Task) -> tuple[np.ndarray, np.ndarray]:
    rows = task.training.rows
    x = np.array([[to_float(v) for v in row] for row in rows])
    return x, np.array([[to_float(v) for v in task.target(row)] for row in rows])


def by_hand(params, activations, x):
    """Outputs in float64 NumPy, sharing nothing with the package."""
    for weight, bias, act in zip(params["weight"], params["bias"], activations, strict=True):
        x = FUNCTIONS[act](x @ np.asarray(weight, float).T + np.asarray(bias, float))
    return x


def activations_of(network):
    return [layer.activation for layer in network.layers]


def contributions(network, x):
    """The table of v_k h_k(x): a row for each unit, and the bias of the output."""
    first, last = network.layers
    pre = x @ np.array(first.weight).T + np.array(first.bias)
    return (FUNCTIONS[first.activation](pre) * np.array(last.weight[0])).T, last.bias[0]
