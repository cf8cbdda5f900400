"""All one-edit mutants of an explanation and of a network: what the mutation gate runs over.

Each mutant differs in one place, and each place that a formula or a number has is edited in every
way of a short list. Whether a mutant still says the same is not decided here: `brute.Claim` does.
"""

from __future__ import annotations

import copy
import math
import re
import struct

from mutants import changed, get, sites

from toynets.errors import ToynetsError
from toynets.expressions import Binary, Call, Name, Number, Unary, constant, parse_expression
from toynets.rationals import rational

COMPARISONS = ("<", "<=", ">", ">=", "==", "!=")
OTHER = {"+": "-", "-": "+", "*": "/", "/": "*", "and": "or", "or": "and"}
FUNCTIONS = {
    "max": ("min",), "min": ("max",), "mod": (),
    **{f: tuple(g for g in ("relu", "abs", "step", "square") if g != f)
       for f in ("relu", "abs", "step", "square")},
    "tanh": ("sigmoid",), "sigmoid": ("tanh",), "sqrt": (), "sin": ("cos",), "cos": ("sin",),
}
LAST = re.compile(r"\d+(?:\.(\d+))?")


def last_place(text):
    """One unit in the last stated place of a literal: 1 for `12`, 1/1000 for `0.125`.

    >>> last_place("12"), last_place("0.125")
    (1, 1/1000)
    """
    decimals = LAST.fullmatch(text)[1] or ""
    return rational(1) / rational(10 ** len(decimals))


def edits(node, text, names):
    """Yield (what, expression) for every edit of one node of a formula, the node alone.

    `text` is the formula as stated: only there can be seen with how many places a number stands.
    """
    if isinstance(node, Number):
        step = last_place(stated_literal(node, text))
        yield "up by one place", constant(node.value + step)
        yield "down by one place", constant(node.value - step)
        if node.value != 0:
            yield "other sign", constant(-node.value)
    elif isinstance(node, Name):
        for name in names:
            if name != node.label:
                yield f"{node.label} is {name}", Name(name)
    elif isinstance(node, Unary):
        yield f"without {node.label}", node.operand
    elif isinstance(node, Binary):
        operator = node.label
        others = COMPARISONS if operator in COMPARISONS else (OTHER[operator],)
        for other in others:
            if other != operator:
                yield f"{operator} is {other}", Binary(other, node.left, node.right)
        if operator not in COMPARISONS:
            yield "left term dropped", dropped_left(node)
            yield "right term dropped", node.left
    elif isinstance(node, Call):
        for other in FUNCTIONS[node.label]:
            yield f"{node.label} is {other}", Call(other, *node.children)
        for k, child in enumerate(node.children):
            which = f" but argument {k + 1}" if len(node.children) > 1 else ""
            yield f"without {node.label}{which}", child


def dropped_left(node):
    """What is left of a - b, or of a / b, without a: -b, 1/b."""
    if node.label == "-":
        return Unary("-", node.right)
    return Binary("/", Number(1), node.right) if node.label == "/" else node.right


def stated_literal(node, text):
    """The literal of a number as it stands in a text: `0.50` is stated to two places."""
    for match in re.finditer(r"(?<![A-Za-z_0-9.])\d+(?:\.\d+)?", text):
        if rational(match[0]) == node.value:
            return match[0]
    return str(node)


def rebuilt(node, path, new):
    """A formula with another node at a path of child numbers."""
    if not path:
        return new
    children = list(node.children)
    children[path[0]] = rebuilt(children[path[0]], path[1:], new)
    return type(node)(node.label, *children)


def places(node, path=()):
    """Yield (path, node) for every node, the root first."""
    yield path, node
    for k, child in enumerate(node.children):
        yield from places(child, (*path, k))


def formula_mutants(text, names):
    """Yield (what, text) for every one-edit mutant of a formula, each text once.

    >>> [t for _, t in formula_mutants("x1 < 2", ["x1", "x2"])]
    ['x1 <= 2', 'x1 > 2', 'x1 >= 2', 'x1 == 2', 'x1 != 2', 'x2 < 2', 'x1 < 3', 'x1 < 1', 'x1 < -2']
    """
    formula = parse_expression(text)
    seen = {str(formula)}
    for path, node in places(formula):
        for what, new in edits(node, text, names):
            try:
                made = str(rebuilt(formula, path, new))
            except ToynetsError:  # sqrt, sin and cos are of constants only
                continue
            if made not in seen:
                seen.add(made)
                yield what, made


def scope(data, path):
    """The names that a formula at a path may speak of, as the reader allows them."""
    parameters = list(data.get("parameters", {}))
    if path[0] in ("parameters", "decision"):
        return []
    if path[0] == "weights":
        return parameters
    names = [*data["inputs"], *parameters]
    if path[0] == "units":
        units = list(data["units"])
        names += units[: units.index(path[1])]
    return names


def one_edit_explanations(data):
    """Yield (place, what, mutant) for every one-edit mutant of an explanation's JSON data.

    Every formula in every way of `edits`; two units exchanged, in what is said of them and in the
    weights alone; another activation of one unit.
    """
    for place, path in sites(data):
        text = get(data, path)
        for what, new in formula_mutants(text, scope(data, path)):
            if path[0] == "decision" and not is_number(new):
                continue
            yield place, what, changed(data, path, new)
    yield from exchanged(data)
    for unit, said in data["units"].items():
        for activation in ("relu", "abs", "step", "square", "identity", "tanh", "sigmoid"):
            if activation != said["activation"]:
                made = changed(data, ("units", unit, "activation"), activation)
                yield f"activation of {unit}", activation, made


def is_number(text):
    """Whether a text is one number, as a threshold must be."""
    try:
        rational(text)
    except ToynetsError:
        return False
    return True


def exchanged(data):
    """Yield the mutants in which two units of one layer are taken for each other."""
    for one, other in same_layer(data):
        said = copy.deepcopy(data)
        said["units"][one], said["units"][other] = (
            {**data["units"][b], "activation": data["units"][a]["activation"]}
            for a, b in ((one, other), (other, one))
        )
        if said != data and not mentions(said["units"][one], other):
            yield f"units {one} and {other}", "what is said of them exchanged", said
        for fan in ("incoming", "outgoing"):
            made = copy.deepcopy(data)
            for address in data["weights"]:
                twin = renamed(address, one, other, fan)
                if twin != address and twin in data["weights"]:
                    made["weights"][address] = data["weights"][twin]
            if made != data:
                yield f"units {one} and {other}", f"{fan} weights exchanged", made


def mentions(said, unit):
    """Whether what is said of a unit speaks of another: it then cannot stand before it."""
    pattern = re.compile(rf"(?<![\w.]){re.escape(unit)}(?![\w.])")
    return any(pattern.search(said.get(part) or "") for part in ("expression", "concept"))


def same_layer(data):
    """Yield pairs of units with the same parents."""
    parents = {u: frozenset() for u in data["units"]}
    for address in data["weights"]:
        source, arrow, target = address.partition("->")
        if arrow and target in parents:
            parents[target] |= {source}
    units = list(data["units"])
    for k, one in enumerate(units):
        for other in units[k + 1 :]:
            if parents[one] and parents[one] == parents[other]:
                yield one, other


def renamed(address, one, other, fan):
    """The address of the same weight of the other unit, among incoming or outgoing ones."""
    swap = {one: other, other: one}
    source, arrow, target = address.partition("->")
    if not arrow:
        unit = address.removesuffix(".bias")
        return f"{swap.get(unit, unit)}.bias" if fan == "incoming" else address
    if fan == "incoming":
        return f"{source}->{swap.get(target, target)}"
    return f"{swap.get(source, source)}->{target}"


def one_edit_networks(network):
    """Yield (address, what, mutant) for every weight by sign, to zero, and one step up and down.

    The copies of a tied number are one number.
    """
    tied = {member: group for group, members in network.ties.items() for member in members}
    for address in dict.fromkeys(tied.get(name, name) for name in network.numbers):
        value = network[address]
        edited = {
            "up by one step": stepped(value, network.dtype, 1),
            "down by one step": stepped(value, network.dtype, -1),
        }
        if value:
            edited |= {"other sign": -value, "to zero": 0.0}
        for what, new in edited.items():
            yield address, what, network.with_numbers({address: new})


def stepped(value, dtype, sign):
    """The next number of a dtype, up or down.

    >>> stepped(1.0, "float32", 1) - 1.0 == 2.0**-23, stepped(1.0, "float64", -1) < 1.0
    (True, True)
    """
    if dtype == "float64":
        return math.nextafter(value, sign * math.inf)
    if value == 0:
        return sign * 2.0**-149
    (bits,) = struct.unpack("<i", struct.pack("<f", abs(value)))
    away = 1 if (value > 0) == (sign > 0) else -1
    (found,) = struct.unpack("<f", struct.pack("<i", bits + away))
    return math.copysign(found, value)
