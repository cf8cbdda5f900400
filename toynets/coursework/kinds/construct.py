"""`construct`: weights that make a network do something.

`[ask]`: `shape` (`"2-2-1"`), `activation` (of hidden units), `output` (of the outputs, default
identity), `target` (an expression over the inputs, or a list of them), `domain` (needed), `fixed`
(address -> number), `absent` (addresses without a weight), `tolerance`, `max_nonzero`, `threshold`
(then `output > threshold` must agree, not the value), `other_than` (names of the zoo that it must
not equal up to gauge). A claim: `weights`, address -> number, what is left out is 0; or
`W1`, `b1`, `W2`, … with matrices whose rows are where weights go to.

A construction that is wrong at no point, but could not be decided within the limits (curved units,
or a proof that takes too long), has its points, and `review` names it to whoever grades.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from toynets.coursework.exercise import Exercise, listed, read_domain
from toynets.coursework.kinds.deciding_points import Points
from toynets.coursework.kinds.finding import Clock, Finding, Limits, arithmetic, share, simplicity
from toynets.coursework.kinds.proving_constructions import prove
from toynets.coursework.untrusted import exact_number, known_keys, short_list
from toynets.domain import Domain, label
from toynets.errors import ToynetsError, unknown
from toynets.expressions import Expression, parse_expression
from toynets.network import Network
from toynets.rationals import rational
from toynets.verification.compare import shown_all

ASK = (
    "shape",
    "activation",
    "output",
    "target",
    "fixed",
    "absent",
    "tolerance",
    "max_nonzero",
    "threshold",
    "other_than",
)
NEEDED = ("shape", "target", "domain")
FIELDS = ("weights",)
REQUIRED = ("weights",)
MATRIX = re.compile(r"([Wb])([1-9])")


def blank(exercise: Exercise) -> Network:
    """Return the network of the shape that is asked for, all of whose numbers are 0."""
    ask = exercise.ask
    sizes = [int(n) for n in str(ask["shape"]).split("-")]
    if len(sizes) < 2 or not all(0 < n <= 32 for n in sizes):
        raise ToynetsError(f"shape {ask['shape']!r} is not such as 2-2-1.")
    acts = [ask.get("activation", "relu")] * (len(sizes) - 2) + [ask.get("output", "identity")]
    layers = [
        ([[0] * below for _ in range(above)], [0] * above, act)
        for (below, above), act in zip(pairwise(sizes), acts, strict=True)
    ]
    exact = rational(ask.get("tolerance", "0")) == 0
    return Network.from_layers(layers, name="yours", dtype="float32" if exact else "float64")


def targets(exercise: Exercise, network: Network) -> list[Expression]:
    """Return the wanted outputs."""
    given = exercise.ask["target"]
    texts = [given] if isinstance(given, str) else list(given)
    if len(texts) != len(network.outputs):
        raise ToynetsError(
            f"target has {len(texts)} expressions for {len(network.outputs)} outputs."
        )
    return [parse_expression(t, names=network.inputs) for t in texts]


def normal(exercise: Exercise, claim: Mapping[str, Any]) -> Any:
    """Return every number of the network that was built, by address."""
    return tuple(sorted(build(exercise, claim).numbers.items()))


def build(exercise: Exercise, claim: Mapping[str, Any]) -> Network:
    """Return the network that a claim describes.

    Raises:
        ToynetsError: an unknown address, a number that float32 does not hold, or a number that is
            fixed, or absent.
    """
    network = blank(exercise)
    given = claim["weights"]
    if not isinstance(given, Mapping):
        raise ToynetsError(
            "weights is a table from address to number.", fix='write {"x1->h1": 1, "h1.bias": -1}.'
        )
    numbers: dict[str, Any] = {}
    if any(isinstance(k, str) and MATRIX.fullmatch(k) for k in given):
        numbers = _matrices(network, given)
    else:
        for key, value in given.items():
            address = str(key).replace(" ", "").replace(":", "->").replace("→", "->")
            if address not in network.numbers:
                raise ToynetsError(unknown("weight", str(key)[:60], "the network", network.numbers))
            if address in numbers:
                raise ToynetsError(
                    f"weights gives {address} twice, in two spellings.",
                    fix="leave one of them out.",
                )
            numbers[address] = exact_number(value, address)
    fixed = {a: exact_number(v, a) for a, v in exercise.ask.get("fixed", {}).items()}
    for address, value in fixed.items():
        if address in numbers and numbers[address] != value:
            raise ToynetsError(f"{address} is given: it stays {value}.")
    for address in exercise.ask.get("absent", ()):
        if numbers.get(address, 0) != 0:
            raise ToynetsError(f"there is no {address} in this network: leave it out, or write 0.")
    approximate = rational(exercise.ask.get("tolerance", "0")) > 0
    return network.with_numbers({**numbers, **fixed}, round=approximate)


def _matrices(network: Network, given: Mapping[str, Any]) -> dict[str, Any]:
    known = [f"{letter}{k + 1}" for k in range(len(network.layers)) for letter in "Wb"]
    known_keys(given, known, "weights")
    numbers: dict[str, Any] = {}
    for k, (parents, layer) in enumerate(network.with_parents(), start=1):
        rows = short_list(given.get(f"W{k}", [[0] * len(parents)] * len(layer.units)), f"W{k}")
        biases = short_list(given.get(f"b{k}", [0] * len(layer.units)), f"b{k}")
        table = [short_list(row, f"a row of W{k}") for row in rows]
        shape = (len(table), len(table[0]) if table else 0)
        if shape != (len(layer.units), len(parents)) or any(len(r) != shape[1] for r in table):
            hint = ""
            if shape == (len(parents), len(layer.units)):
                hint = "it is transposed: a row holds what comes into one unit."
            raise ToynetsError(
                f"W{k} is {shape[0]} by {shape[1]}; it should be {len(layer.units)} by "
                f"{len(parents)}, a row for each of {', '.join(layer.units)}.",
                cause=hint,
            )
        if len(biases) != len(layer.units):
            raise ToynetsError(f"b{k} has {len(biases)} numbers for {len(layer.units)} units.")
        for i, unit in enumerate(layer.units):
            for j, parent in enumerate(parents):
                numbers[f"{parent}->{unit}"] = exact_number(table[i][j], f"{parent}->{unit}")
            numbers[f"{unit}.bias"] = exact_number(biases[i], f"{unit}.bias")
    return numbers


def judge(exercise: Exercise, claim: Mapping[str, Any], limits: Limits) -> Finding:
    """Run the network that was built against the target."""
    network = build(exercise, claim)
    told = ", ".join(f"{a}={v:g}" for a, v in network.numbers.items() if v != 0)
    clock = Clock(limits)
    wrong, found, domain = _compare(exercise, network, clock)
    if wrong is not None:
        x, mine, wanted = wrong
        lines = [
            f"At {label(x)} your network gives {mine}; wanted is {wanted}.",
            arithmetic(network, x, "", domain),
        ]
        flipped = _transposed(exercise, network, clock)
        if flipped:
            lines.append(f"It would be right with {flipped} transposed: rows are where weights go.")
        good = share(found.count(True), len(domain))
        return Finding(False, good, tuple(lines), "exhaustive", actual=told)
    level, open_ = "exhaustive", ""
    if None in found:
        open_ = f"at {label(domain.rows[found.index(None)])}"
    box = read_domain(exercise.ask["domain"])
    if box.kind == "box":
        level, where = prove(exercise, network, targets(exercise, network), box, clock)
        if level == "sampled":
            row = _points(exercise, network, domain, clock).wrong_near_a_border(domain.rows)
            where = "" if row is None else label(tuple(row))
        if where:
            lines = [f"On the points that were tried it is right, but not at {where}."]
            return Finding(False, "", tuple(lines), "proved", actual=told)
        open_ = f"on all of {box.text}" * (level == "sampled")
    fault = _restricted(exercise, network)
    if fault:
        return Finding(False, "every input right", (fault,), level, actual=told)
    if open_:
        said = (
            f"It is right at {found.count(True)} of {len(domain)} points, and wrong at none, but "
            f"{open_} it was not decided within the limits.",
            "The points are yours; whoever grades may look at it.",
        )
        review = f"{exercise.id}: not decided {open_}; its points were given"
        level = "sampled" if box.kind == "box" else ""
        return Finding(None, "", said, level, actual=told, review=review)
    return Finding(True, f"every input of {exercise.ask['domain']}", level=level, actual=told)


def _compare(
    exercise: Exercise, network: Network, clock: Clock
) -> tuple[Any, list[bool | None], Domain]:
    """Return the smallest input that is wrong, or None; whether each is right; the inputs."""
    domain = listed(read_domain(exercise.ask["domain"]))
    points = _points(exercise, network, domain, clock)
    found = [points.right(x) for x in domain.rows]
    wrong = [x for x, right in zip(domain.rows, found, strict=True) if right is False]
    if not wrong:
        return None, found, domain
    x = min(wrong, key=simplicity)
    mine, theirs = (shown_all(values, network.outputs) for values in points.shown(x))
    if mine == theirs:
        mine = f"nearly that, {mine}, but not exactly"
    return (x, mine, theirs), found, domain


def _points(exercise: Exercise, network: Network, domain: Domain, clock: Clock) -> Points:
    ask = exercise.ask
    threshold = rational(ask["threshold"]) if "threshold" in ask else None
    tolerance = rational(ask.get("tolerance", "0"))
    return Points(network, targets(exercise, network), domain, tolerance, threshold, clock)


def _transposed(exercise: Exercise, network: Network, clock: Clock) -> str:
    """Return the name of a square matrix that would have to be transposed, or ""."""
    for k, (parents, layer) in enumerate(network.with_parents(), start=1):
        if len(parents) != len(layer.units):
            continue
        changes = {
            f"{parents[i]}->{layer.units[j]}": layer.weight[i][j]
            for i in range(len(parents))
            for j in range(len(parents))
        }
        if all(_compare(exercise, network.with_numbers(changes), clock)[1]):
            return f"W{k}"
    return ""


def _restricted(exercise: Exercise, network: Network) -> str:
    most = exercise.ask.get("max_nonzero")
    count = sum(v != 0 for v in network.numbers.values())
    if most is not None and count > most:
        return f"It has {count} numbers that are not 0; at most {most} are allowed."
    names: Sequence[str] = exercise.ask.get("other_than", ())
    if names:
        from toynets.coursework.exercise import zoo_network
        from toynets.symmetry import equal_up_to_gauge

        for name in names:
            if equal_up_to_gauge(network, _filled(zoo_network(name))):
                return f"It is {name} again, up to order and scale of its units: find another one."
    return ""


def _filled(network: Network) -> Network:
    """Return the network with a 0 for every weight and bias that is absent, as `blank` has them."""
    layers = [
        (layer.weight, layer.bias or [0] * len(layer.units), layer.activation)
        for layer in network.layers
    ]
    return Network.from_layers(layers, dtype=network.dtype)
