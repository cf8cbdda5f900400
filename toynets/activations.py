"""Names and conventions of the activations. No arithmetic: each side of the house has its own."""

from __future__ import annotations

from toynets.errors import ToynetsError, unknown
from toynets.fields import record


@record(frozen=True)
class Activation:
    """What is agreed about one activation function.

    Attributes:
        name: as written in files and messages.
        formula: the definition in symbols.
        linear_pieces: whether it is piecewise linear.
        rational: whether rationals go to rationals (else outcomes are balls).
        monotone: whether it never decreases.
        scaling: `positive` if f(s z) = s f(z) for s > 0.
        odd: whether f(-z) = -f(z).
        even: whether f(-z) = f(z).
        derivative_at_kink: the convention where the derivative does not exist.
    """

    name: str
    formula: str
    linear_pieces: bool = False
    rational: bool = True
    monotone: bool = True
    scaling: str = ""
    odd: bool = False
    even: bool = False
    derivative_at_kink: str = ""


ACTIVATIONS = {
    a.name: a
    for a in (
        Activation("identity", "z", linear_pieces=True, scaling="any", odd=True),
        Activation(
            "relu", "max(z, 0)", linear_pieces=True, scaling="positive", derivative_at_kink="0"
        ),
        Activation("tanh", "tanh z", rational=False, odd=True),
        Activation("sigmoid", "1 / (1 + exp(-z))", rational=False),
        Activation("step", "1 if z > 0 else 0", linear_pieces=True, derivative_at_kink="0"),
        Activation(
            "abs",
            "|z|",
            linear_pieces=True,
            monotone=False,
            scaling="positive",
            even=True,
            derivative_at_kink="0",
        ),
        Activation("square", "z^2", monotone=False, even=True),
        # At the output only; its value is the logit vector minus its mean, everywhere.
        Activation("softmax", "exp(z_k) / sum exp(z)", linear_pieces=True, monotone=True),
    )
}


def activation(name: str) -> Activation:
    """Return the conventions of an activation by name.

    Raises:
        ToynetsError: there is no such activation; the message lists those there are.

    >>> activation("relu").formula
    'max(z, 0)'
    """
    aliases = {"linear": "identity", "none": "identity", "logistic": "sigmoid"}
    try:
        return ACTIVATIONS[aliases.get(name, name)]
    except (KeyError, TypeError):
        raise ToynetsError(unknown("activation", str(name), "", ACTIVATIONS)) from None
