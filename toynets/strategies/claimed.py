"""A strategy for true explanations of a network: its own numbers, written out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from toynets.activations import activation
from toynets.explanation import Explanation
from toynets.names import bias_name, edge_name
from toynets.network import Network
from toynets.rationals import ONE, ZERO, Rational, fraction, from_float, text
from toynets.strategies.numbers import decimal

Draw = Callable[[SearchStrategy[Any]], Any]

# What 128-bit balls are sure to meet; rational networks are explained exactly.
TOLERANCE = "0.000000000001"
# Parts of the longest text that is written in the inputs: with each layer it is some times longer.
LONGEST = 400
# What is done to one weight or bias, and what its number then is.
EDITS: dict[str, Callable[[Rational], Rational]] = {
    "= 0": lambda value: ZERO,
    "*= -1": lambda value: -value,
    "+= 1": lambda value: value + ONE,
}


def explanations(network: Network, *, outcomes: bool = True) -> SearchStrategy[Explanation]:
    """Draw true explanations of a network, transcribed from it.

    Every weight is stated as a literal, every unit has its expression, and outcomes are stated: of
    the clean network, of units that are removed or held at 1, of weights and biases that are cut,
    flipped or shifted. Drawn are the ways to say it: fractions or decimals, a parameter for a
    number that occurs several times, expressions in the inputs or in the units before, which
    outcomes. Concepts and roles are left blank: they depend on the domain. So the explanation is
    true on every domain, and verification never refutes it.

    An outcome is said in the inputs alone. Where that would take more than a page, in networks of
    many layers, no outcome is stated, and units are explained by the units before.

    Args:
        network: with any activations; tanh and sigmoid are explained to 1e-12, others exactly.
        outcomes: whether outcomes are stated.

    >>> from hypothesis import find
    >>> net = Network.from_layers([([[1, -1]], [0.5], "relu")], name="tiny")
    >>> said = find(explanations(net), lambda e: True)
    >>> str(said.weights["x2->y"].value), str(said.units["y"].expression)
    ('-1', 'relu(1*x1 - 1*x2 + 1/2)')
    """
    return _explanations(network, outcomes)


@st.composite
def _explanations(draw: Draw, network: Network, outcomes: bool) -> Explanation:
    with_point = draw(st.booleans())
    shared = draw(st.booleans())
    own = draw(st.booleans())
    parameters: dict[str, str] = {}
    group_of = {a: g for g, members in network.ties.items() for a in members}
    weights: dict[str, dict[str, str]] = {}
    for address, stored in network.numbers.items():
        value = from_float(stored)
        said = decimal(fraction(value)) if with_point else text(value)
        if shared and not parameters:
            parameters[_free_name(network)] = said
        first = next(iter(parameters.items()), ("", ""))
        weights[group_of.get(address, address)] = {"value": first[0] if said == first[1] else said}
    rational = all(activation(layer.activation).rational for layer in network.layers)
    within = "0" if rational else TOLERANCE
    short = _parts(network) <= LONGEST
    said_units = unit_texts(network, in_units=own or not short)
    stated: list[dict[str, Any]] = []
    if outcomes and short:
        for intervention in draw(st.lists(st.sampled_from(_removals(network)), unique=True)):
            values = unit_texts(network, **_change(network, intervention))
            outputs = {y: values[y] for y in network.outputs}
            stated.append({"intervention": intervention, "outputs": outputs})
    return Explanation.of(
        about=network.name or "drawn",
        inputs=list(network.inputs),
        outputs=list(network.outputs),
        parameters=parameters,
        tolerance={"clean": within, "units": within, "weights": "0", "ablations": within},
        weights=weights,
        units={
            unit: {"activation": network.activation_of(unit), "expression": said_units[unit]}
            for unit in network.units
        },
        outcomes=stated,
        ties={group: list(members) for group, members in network.ties.items()},
    )


def _removals(network: Network) -> list[str]:
    """Return the interventions whose outcomes are stated. A copy of a tied number is left out."""
    tied = {address for members in network.ties.values() for address in members}
    return [
        "",
        *(f"{unit} = {value}" for unit in network.hidden for value in "01"),
        *(f"{a} {edit}" for edit in EDITS for a in network.numbers if a not in tied),
    ]


def _change(network: Network, intervention: str) -> dict[str, Any]:
    """Return what an intervention of `_removals` is for `unit_texts`."""
    name, _, edit = intervention.partition(" ")
    if not name:
        return {}
    if name in network.hidden:
        return {"replaced": {name: edit.removeprefix("= ")}}
    return {"edited": {name: EDITS[edit](from_float(network.numbers[name]))}}


def _parts(network: Network) -> int:
    """Return how many numbers the text of an output in the inputs has, at most."""
    size = dict.fromkeys(network.inputs, 1)
    for parents, layer in network.with_parents():
        for i, unit in enumerate(layer.units):
            size[unit] = 1 + sum(size[p] for j, p in enumerate(parents) if layer.has(i, j))
    if network.layers[-1].activation == "softmax":  # each says the sum of all, too
        return 2 * sum(size[unit] for unit in network.outputs)
    return max(size[unit] for unit in network.outputs)


def unit_texts(
    network: Network,
    *,
    in_units: bool = False,
    replaced: Mapping[str, str] | None = None,
    edited: Mapping[str, Rational] | None = None,
) -> dict[str, str]:
    """Write what every unit computes.

    Args:
        network: any network.
        in_units: in the units before it, and not in the inputs.
        replaced: unit -> what stands in its place.
        edited: address of a weight or bias -> its number.

    >>> net = Network.from_layers([([[2]], [0], "relu"), ([[-1]], [1], "identity")])
    >>> unit_texts(net)["y"]
    '-1*relu(2*x1 + 0) + 1'
    """
    found = {name: name for name in network.inputs}
    given, numbers = replaced or {}, edited or {}

    def number(address: str, stored: float) -> str:
        return text(numbers.get(address, from_float(stored)))

    for parents, layer in network.with_parents():
        pres = {}
        for i, unit in enumerate(layer.units):
            terms = [
                (
                    number(edge_name(parent, unit), layer.weight[i][j]),
                    parent if in_units else found[parent],
                )
                for j, parent in enumerate(parents)
                if layer.has(i, j)
            ]
            if layer.bias is not None:
                terms.append((number(bias_name(unit), layer.bias[i]), ""))
            pres[unit] = _sum(terms)
        for unit, pre in pres.items():
            if layer.activation == "softmax":
                every = " + ".join(f"({z})" for z in pres.values())
                said = f"{pre} - ({every})/{len(pres)}"
            else:
                said = pre if layer.activation == "identity" else f"{layer.activation}({pre})"
            found[unit] = given.get(unit, said)
    return {unit: found[unit] for unit in network.units}


def _sum(terms: list[tuple[str, str]]) -> str:
    said = ""
    for number, factor in terms:
        sign = "-" if number.startswith("-") else "+"
        size = number.removeprefix("-")
        # A sum as a factor needs brackets; a name or a call has its own.
        closed = factor.isidentifier() or "." in factor or _is_call(factor)
        body = f"{size}*{factor if closed else f'({factor})'}" if factor else size
        said += f" {sign} {body}" if said else ("-" if sign == "-" else "") + body
    return said or "0"


def _is_call(said: str) -> bool:
    """Whether a text is one call, f(…), and nothing else."""
    name, bracket, rest = said.partition("(")
    if not bracket or not name.isidentifier():
        return False
    depth = 1
    for k, sign in enumerate(rest):
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return k == len(rest) - 1
    return False


def _free_name(network: Network) -> str:
    taken = {*network.inputs, *network.units, *network.ties}
    return next(name for name in ("a", "a_", "a__", "a___") if name not in taken)
