"""Explanations of networks with one hidden layer and one output, written from their numbers.

A template takes texts, numbers or expressions in parameters, and returns an explanation whose
every unit and every ablation of a unit is stated as a formula. It reads no network: whoever fits
parameters passes the literals in.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from toynets.explanation.record import Explanation
from toynets.expressions import parse_expression
from toynets.rationals import rational, to_float

_TOLERANCES = ("units", "ablations")  # of a hidden unit's value, of an output


def one_hidden_layer(
    about: str,
    *,
    inputs: Sequence[str],
    activation: str,
    weights: Sequence[Sequence[str]],
    biases: Sequence[str],
    outgoing: Sequence[str],
    bias: str,
    output: str = "y",
    output_activation: str = "identity",
    parameters: Mapping[str, str] | None = None,
    decision: Mapping[str, Any] | None = None,
    metric: Mapping[str, str] | None = None,
    tolerance: Mapping[str, str] | None = None,
    why: Mapping[str, str] | None = None,
    rows: Sequence[Sequence[Any]] = (),
) -> Explanation:
    """Return the explanation that these numbers make: units, clean output, each unit removed.

    Args:
        about: name of the network.
        inputs: their names.
        activation: of the hidden units h1, h2, …
        weights: a row for each hidden unit, shape (units, inputs).
        biases: of the hidden units, shape (units,).
        outgoing: weight of each hidden unit to the output, shape (units,).
        bias: of the output.
        output: its name.
        output_activation: `identity` or `sigmoid`.
        parameters: name -> literal.
        decision, metric, tolerance: as in `Explanation`.
        why: address of a weight -> a reason, in words.
        rows: the inputs on which the role of each weight is decided; without any, none is stated.

    >>> made = one_hidden_layer("abs", inputs=["x1"], activation="relu", weights=[["1"], ["-1"]],
    ...     biases=["0", "0"], outgoing=["1", "1"], bias="0")
    >>> print(made.units["y"].expression, "|", made.outcomes[1].outputs["y"][0])
    h1 + h2 | relu(-x1)
    """
    names = [f"h{k + 1}" for k in range(len(weights))]
    pre = [
        weighted_sum([(w, x) for w, x in zip(row, inputs, strict=True)], b)
        for row, b in zip(weights, biases, strict=True)
    ]
    units = [f"{activation}({z})" for z in pre]
    stated: dict[str, str] = {}
    for name, row, b in zip(names, weights, biases, strict=True):
        stated |= {f"{x}->{name}": w for x, w in zip(inputs, row, strict=True)}
        stated[f"{name}.bias"] = b
    stated |= {f"{name}->{output}": v for name, v in zip(names, outgoing, strict=True)}
    stated[f"{output}.bias"] = bias

    def read(left: Sequence[str], texts: Sequence[str], how: Sequence[str]) -> str:
        terms = zip(left, outgoing, texts, strict=True)
        live = [(v, u) for n, v, u in terms if n in how and not u.endswith("(0)")]
        inner = weighted_sum(live, bias)
        return inner if output_activation == "identity" else f"{output_activation}({inner})"

    outcomes = [{"intervention": "", "outputs": {output: read(names, units, names)}}]
    for gone in names:
        rest = [n for n in names if n != gone]
        outcomes.append(
            {"intervention": f"{gone} = 0", "outputs": {output: read(names, units, rest)}}
        )
    described: dict[str, dict[str, str]] = {
        n: {"activation": activation, "expression": u} for n, u in zip(names, units, strict=True)
    }
    described[output] = {
        "activation": output_activation,
        "expression": read(names, names, names),
    }
    roles: dict[str, str] = {}
    if rows:
        known = {n: parse_expression(v).evaluate({}) for n, v in (parameters or {}).items()}
        roles = _roles(
            {a: to_float(parse_expression(v).evaluate(known)) for a, v in stated.items()},
            inputs,
            names,
            (output, output_activation),
            activation,
            [[to_float(v) for v in x] for x in rows],
            tuple(2 * to_float(rational((tolerance or {}).get(t, "0"))) for t in _TOLERANCES),
        )
    return Explanation.of(
        about=about,
        inputs=list(inputs),
        weights={
            a: {"value": v, "role": roles.get(a, ""), "why": (why or {}).get(a, "")}
            for a, v in stated.items()
        },
        units=described,
        outcomes=outcomes,
        parameters=dict(parameters or {}),
        decision=dict(decision or {}),
        metric=dict(metric or {}),
        tolerance=dict(tolerance or {}),
    )


FUNCTIONS: dict[str, Callable[[float], float]] = {
    "identity": lambda z: z,
    "relu": lambda z: max(z, 0.0),
    "tanh": math.tanh,
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
}


def _roles(
    numbers: Mapping[str, float],
    inputs: Sequence[str],
    units: Sequence[str],
    output: tuple[str, str],
    activation: str,
    rows: Sequence[Sequence[float]],
    clear: tuple[float, ...],
) -> dict[str, str]:
    """Return the role of every weight whose cut changes its target by more than `clear`, or by 0.

    A role by a change within the tolerances would be a claim that a trained network of the same
    explanation need not keep; it is left out.
    """
    end, last = output

    def value(target: str, parents: Mapping[str, float], name: str, cut: str) -> float:
        edges = [(f"{parent}->{target}", v) for parent, v in parents.items()]
        terms = [numbers[edge] * v for edge, v in edges if edge != cut]
        bias = 0.0 if cut == f"{target}.bias" else numbers[f"{target}.bias"]
        return FUNCTIONS[name](sum(terms) + bias)

    given = [dict(zip(inputs, x, strict=True)) for x in rows]
    hidden = [{u: value(u, x, activation, "") for u in units} for x in given]
    found = {}
    for address, number in numbers.items():
        source, arrow, target = address.partition("->")
        target = target if arrow else source.removesuffix(".bias")
        seen, name = (hidden, last) if target == end else (given, activation)
        change = max(
            abs(value(target, x, name, address) - value(target, x, name, "")) for x in seen
        )
        if number == 0 or change == 0:
            found[address] = "no effect"
        elif change > clear[target == end]:
            positive = "excites" if number > 0 else "inhibits"
            found[address] = positive if arrow else "sets threshold"
    return found


def weighted_sum(terms: Sequence[tuple[str, str]], constant: str) -> str:
    """Write a weighted sum without terms of weight 0 and factors of 1.

    >>> weighted_sum([("1", "x1"), ("-2", "x2"), ("0", "x3"), ("1 - p", "x4")], "-1/2")
    'x1 - 2*x2 + (1 - p)*x4 - 1/2'
    """
    found = ""
    for weight, name in [*terms, (constant, "")]:
        if weight == "0":
            continue
        negative, size = weight.startswith("-"), weight.removeprefix("-")
        if not _plain(size):
            negative, size = False, f"({weight})"
        part = size if not name else name if size == "1" else f"{size}*{name}"
        sign = (" - " if negative else " + ") if found else ("-" if negative else "")
        found += sign + part
    return found or "0"


def _plain(text: str) -> bool:
    """Whether a text is one number or one name, so that it needs no brackets."""
    return all(c.isalnum() or c in "./_" for c in text)
