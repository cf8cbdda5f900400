"""A strategy for near misses: explanations in which exactly one thing is said otherwise."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from toynets.errors import ToynetsError
from toynets.explanation import Explanation
from toynets.expressions import parse_expression
from toynets.network import Network
from toynets.rationals import rational, text

Draw = Callable[[SearchStrategy[Any]], Any]
Path = tuple[Any, ...]

KINDS = ("number", "sign", "operator", "unit")
# Each is answered by another that a reader could take it for.
FUNCTIONS = {
    "relu": "abs",
    "abs": "relu",
    "square": "abs",
    "step": "relu",
    "tanh": "sigmoid",
    "sigmoid": "tanh",
    "max": "min",
    "min": "max",
}
OPERATORS = {"*": "+", "/": "*", "<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "=="}
OPERATORS |= {"and": "or", "or": "and"}
_TOKEN = re.compile(
    r"(?P<number>[0-9]+(?:\.[0-9]+)?)|(?P<word>[A-Za-z][A-Za-z0-9_]*(?:\.[0-9]+)?)"
    r"|(?P<sign><=|>=|==|!=|[-+*/<>(),])"
)


@dataclass(frozen=True)
class NearMiss:
    """An explanation that differs from another in one place.

    Attributes:
        explanation: what is said now.
        kind: `number`, `sign`, `operator` or `unit`: what was swapped.
        place_keys: where: the keys of the plain data that lead there.
        was, now: the text there, before and after; never the same.
    """

    explanation: Explanation
    kind: str
    place_keys: tuple[Any, ...]
    was: str
    now: str

    @property
    def place(self) -> str:
        """Where, in one word: `weights/x1->h1/value`."""
        return "/".join(str(key) for key in self.place_keys)


def wrong_explanations(
    network: Network,
    explanation: Explanation,
    *,
    kinds: tuple[str, ...] = KINDS,
    certain: bool = False,
) -> SearchStrategy[NearMiss]:
    """Draw near misses: exactly one number, sign, operator or unit is swapped for another.

    The text differs for certain. Nearly always it is then false, and verification must refute it;
    but a swap can be without consequence (a sign before 0 * x1), so a test that wants refutation
    compares with a brute force of its own where verification finds nothing.

    Args:
        network: what the explanation is about; its names are what units are swapped for.
        explanation: any explanation of it.
        kinds: which swaps: of `number`, `sign`, `operator`, `unit`.
        certain: only swaps in the stated numbers of weights, and only such that the number is then
            off by more than the tolerance: of a true explanation these are false for certain.

    Raises:
        ToynetsError: nothing in the explanation can be swapped so.

    >>> from hypothesis import find
    >>> from toynets.strategies import explanations
    >>> net = Network.from_layers([([[1, -1]], [0.5], "relu")], name="tiny")
    >>> said = find(explanations(net, outcomes=False), lambda e: True)
    >>> miss = find(wrong_explanations(net, said, kinds=("unit",)), lambda m: True)
    >>> miss.place, miss.was, miss.now
    ('units/y/expression', 'relu(1*x1 - 1*x2 + 1/2)', 'relu(1*x2 - 1*x2 + 1/2)')
    """
    data = explanation.to_dict()
    stated = {a: w.value for a, w in explanation.weights.items() if w.value is not None}
    zeros = {("parameters", n) for n, v in explanation.constants.items() if v == 0} | {
        ("weights", address, "value")
        for address, value in stated.items()
        if value.evaluate(explanation.constants) == 0
    }
    found = [
        (kind, path, was, now)
        for path, was, scope in _places(network, data)
        for kind, now in (*_activation(path, was), *_swaps(path, was, scope))
        if kind in kinds
        and not (kind == "sign" and path in zeros)  # -0 is 0
        and (not certain or _off(explanation, path, now))
    ]
    if not found:
        raise ToynetsError(
            f"nothing in the explanation of {explanation.about} can be swapped for another "
            f"{' or '.join(kinds)}.",
            cause="everything is still blank, or the kinds do not occur.",
            fix=f"ask for kinds among {', '.join(KINDS)}.",
        )
    # By kind first: there are many more numbers than anything else.
    there = [kind for kind in KINDS if any(one[0] == kind for one in found)]
    return (
        st.sampled_from(there)
        .flatmap(lambda kind: st.sampled_from([one for one in found if one[0] == kind]))
        .map(lambda one: _changed(data, *one))
    )


def _off(explanation: Explanation, path: Path, now: str) -> bool:
    """Whether a swap puts the number of a weight further off than its tolerance."""
    if path[0] != "weights":
        return False
    was = explanation.weights[path[1]].value
    if was is None:
        return False
    constants = explanation.constants
    gap = abs(parse_expression(now).evaluate(constants) - was.evaluate(constants))
    # A true number is within the tolerance of the network's, on either side.
    return bool(gap > 2 * explanation.epsilon("weights"))


def _changed(data: dict[str, Any], kind: str, path: Path, was: str, now: str) -> NearMiss:
    other = deepcopy(data)
    there = other
    for key in path[:-1]:
        there = there[key]
    there[path[-1]] = now
    said = Explanation.from_dict(other)
    there = said.to_dict()
    for key in path:
        there = there[key]
    return NearMiss(said, kind, path, was, str(there))


def _places(network: Network, data: dict[str, Any]) -> Iterator[tuple[Path, str, list[str]]]:
    """Yield (path, text, names that may stand there) of everything that is said in symbols."""
    inputs = list(network.inputs)
    for name, value in data["parameters"].items():
        yield ("parameters", name), value, []
    for address, weight in data["weights"].items():
        yield ("weights", address, "value"), weight["value"], []
    before = list(inputs)
    for name, unit in data["units"].items():
        yield ("units", name, "activation"), unit["activation"], []
        for key in ("expression", "concept"):
            yield ("units", name, key), unit[key], before
        before = [*before, name]
    for k, outcome in enumerate(data["outcomes"]):
        for output, value in outcome["outputs"].items():
            if isinstance(value, str):
                yield ("outcomes", k, "outputs", output), value, inputs


def _activation(path: Path, was: str) -> Iterator[tuple[str, str]]:
    if path[-1] == "activation" and was in FUNCTIONS:
        yield "operator", FUNCTIONS[was]


def _swaps(path: Path, said: str, scope: list[str]) -> Iterator[tuple[str, str]]:
    """Yield (kind, text) for each single swap in one expression."""
    if path[-1] == "activation" or not said:
        return
    before = ""
    for token in _TOKEN.finditer(said):
        start, stop, word = token.start(), token.end(), token.group()

        def put(now: str, start: int = start, stop: int = stop) -> str:
            return said[:start] + now + said[stop:]

        follows = bool(before) and (before[0].isalnum() or before == ")")
        if token["number"]:
            yield "number", put(text(rational(word) + 1) if word.isdigit() else "1" + word)
        elif word in FUNCTIONS:
            yield "operator", put(FUNCTIONS[word])
        elif word in OPERATORS:
            yield "operator", put(OPERATORS[word])
        elif word in ("+", "-") and follows and before not in OPERATORS:
            yield "sign", put("-" if word == "+" else "+")
        elif word == "-":
            yield "sign", put("")
        elif word in scope:
            for other in scope:
                if other != word:
                    yield "unit", put(other)
        before = word
    if path[0] in ("weights", "parameters") and not said.startswith("-"):
        yield "sign", f"-({said})"
