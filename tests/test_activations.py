"""What is agreed about the activations holds for the functions that they name."""

from __future__ import annotations

import math

import pytest

from toynets.activations import ACTIVATIONS, activation
from toynets.errors import ToynetsError

FUNCTIONS = {
    "identity": lambda z: z,
    "relu": lambda z: max(z, 0),
    "tanh": math.tanh,
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
    "step": lambda z: 1 if z > 0 else 0,
    "abs": abs,
    "square": lambda z: z * z,
}
POINTS = [k / 4 for k in range(-12, 13)]


def test_the_eight_activations_are_there():
    assert set(ACTIVATIONS) == {*FUNCTIONS, "softmax"}
    assert all(key == a.name for key, a in ACTIVATIONS.items())


@pytest.mark.parametrize("name", FUNCTIONS)
def test_each_property_is_true_of_the_function(name):
    f, facts = FUNCTIONS[name], activation(name)
    assert facts.odd == all(f(-z) == -f(z) for z in POINTS)
    assert facts.even == all(f(-z) == f(z) for z in POINTS)
    assert facts.monotone == all(f(a) <= f(b) for a in POINTS for b in POINTS if a <= b)
    assert bool(facts.scaling) == all(f(2 * z) == 2 * f(z) for z in POINTS)
    assert (facts.scaling == "any") == all(f(-2 * z) == -2 * f(z) for z in POINTS)
    bends = sum(abs(f(z - 0.25) - 2 * f(z) + f(z + 0.25)) > 1e-9 for z in POINTS[1:-1])
    assert facts.linear_pieces == (bends <= 2)
    assert facts.rational == (name not in ("tanh", "sigmoid"))


def test_each_kink_has_its_convention():
    kinked = {name for name, a in ACTIVATIONS.items() if a.derivative_at_kink}
    assert kinked == {"relu", "step", "abs"}


def test_an_alias_and_an_unknown_activation():
    assert activation("linear").name == "identity"
    assert activation("logistic").name == "sigmoid"
    with pytest.raises(ToynetsError, match=r"no activation ReLU\. .*Nearest: relu"):
        activation("ReLU")
    for odd in (None, [], 3):
        with pytest.raises(ToynetsError, match="no activation"):
            activation(odd)
