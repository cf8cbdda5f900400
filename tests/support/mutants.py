"""Every edit of one place of an explanation, and of its network.

Of an explanation: each number moved by one unit of its last stated place, by a tenth or more, to 0
and by sign; each comparison, operator and function replaced; each term dropped; each name replaced
by another of its kind; two units exchanged. Of a network: each number by sign, to 0, by a tenth or
more, and by one step of its float type. Nothing here comes from the package but the numbers.
"""

from __future__ import annotations

import ast
import copy
import itertools
import math
import re

import numpy as np

from toynets.rationals import rational, text

LITERAL = re.compile(r"-?\d+(?:\.\d+|/\d+)?")
DOTTED = re.compile(r"\b([A-Za-z]\w*)\.(\d+)")
NUMBER_IN_NAME = re.compile(r"(?<![A-Za-z_0-9.@>/])(\d+(?:\.\d+|/\d+)?)(?![\d./]*->)")

COMPARISONS = {
    ">": (">=", "<"), ">=": (">", "<="), "<": ("<=", ">"), "<=": ("<", ">="),
    "==": ("!=",), "!=": ("==",),
}  # fmt: skip  # a table
OPERATORS = {"+": "-", "-": "+", "*": "+", "/": "*"}
FUNCTIONS = {"max": "min", "min": "max", "relu": "abs", "abs": "relu", "step": "relu"}


def sites(data):
    """Yield (site, path) of every expression text in an explanation's JSON data."""
    for name in data.get("parameters", {}):
        yield f"parameter {name}", ("parameters", name)
    for address, said in data["weights"].items():
        whole = isinstance(said, dict)
        yield address, ("weights", address, "value") if whole else ("weights", address)
    for unit, said in data["units"].items():
        for part in ("expression", "concept"):
            if said.get(part):
                yield f"{part} of {unit}", ("units", unit, part)
    for k, outcome in enumerate(data.get("outcomes", ())):
        for output, said in outcome["outputs"].items():
            if isinstance(said, str) and said:
                yield f'"{outcome["intervention"]}"', ("outcomes", k, "outputs", output)
    if "threshold" in (data.get("decision") or {}):
        yield "threshold", ("decision", "threshold")


def get(data, path):
    """Read the text at a path."""
    for key in path:
        data = data[key]
    return str(data)


def changed(data, path, value):
    """Return data with another text at a path; what is beside the path is shared, not copied."""
    if not path:
        return value
    made = copy.copy(data)
    made[path[0]] = changed(data[path[0]] if path[1:] else None, path[1:], value)
    return made


def explanation_mutants(data, step):
    """Yield (site, what, mutant data) of every edit of one place."""
    kinds = _kinds_of_names(data)
    for site, path in sites(data):
        source = get(data, path)
        if LITERAL.fullmatch(source):  # one number, such as -1/2
            for what, new in number_edits(source, step).items():
                yield f"{site} [{source}]", what, changed(data, path, new)
            continue
        for where, what, mutated in expression_edits(source, step, kinds):
            yield f"{site} [{where}]", what, changed(data, path, mutated)
    yield from _intervention_edits(data, step)
    yield from _exchanged(data)


def number_edits(source, step):
    """Return what -> a number text, for each corruption of one number text.

    >>> number_edits("0.84", lambda v: 1)
    {'moved': '1.84', 'to 0': '0', 'negated': '-0.84', 'last place': '0.85'}
    >>> number_edits("1/2", lambda v: 1)["last place"]
    '1'
    """
    value = rational(source)
    found = {"moved": value + step(value)}
    if value != 0:
        found |= {"to 0": 0 * value, "negated": -value}
    top, _, bottom = source.partition("/")
    decimals = len(top.partition(".")[2])
    found["last place"] = value + rational(f"1/{bottom or 10**decimals}")
    return {what: _decimal(new) for what, new in found.items()}


def _decimal(value):
    """Write a number as a decimal where it is one, so that it stays a literal."""
    bottom, twos, fives = int(value.q), 0, 0
    while bottom % 2 == 0:
        bottom, twos = bottom // 2, twos + 1
    while bottom % 5 == 0:
        bottom, fives = bottom // 5, fives + 1
    places = max(twos, fives)
    if bottom != 1 or not 0 < places <= 9:
        return text(value)
    digits = str(abs(int(value.p)) * 10**places // int(value.q)).rjust(places + 1, "0")
    return f"{'-' if value < 0 else ''}{digits[:-places]}.{digits[-places:]}"


def expression_edits(source, step, kinds=()):
    """Yield (where, what, text) of every edit of one place of an expression.

    Args:
        source: the text.
        step: value -> by how much a number is moved.
        kinds: groups of names; a name is replaced by the others of its group.

    >>> [made for _, what, made in expression_edits("x1 + x2", None, [("x1", "x2")])]
    ['x1 - x2', 'x1', 'x2', 'x2 + x2', 'x1 + x1']
    """
    plain = DOTTED.sub(r"\1__\2", source)
    tree = ast.parse(plain.strip(), mode="eval")
    plain = plain.strip()

    def slice_of(node):
        return plain[node.col_offset : node.end_col_offset]

    def put(start, end, new):
        return re.sub(r"\b([A-Za-z]\w*?)__(\d+)\b", r"\1.\2", plain[:start] + new + plain[end:])

    def replaced(node, new):
        return put(node.col_offset, node.end_col_offset, new)

    for node in ast.walk(tree):
        match node:
            case ast.Constant():
                for what, new in number_edits(slice_of(node), step).items():
                    where = f"{slice_of(node)} at {node.col_offset + 1}"
                    yield where, what, replaced(node, new if new[0] != "-" else f"({new})")
            case ast.BinOp(left=left, right=right):
                for made in _operators(plain, left, right, OPERATORS):
                    yield made[0], "operator", put(*made[1:])
                minus = isinstance(node.op, ast.Sub)
                if isinstance(node.op, ast.Add | ast.Sub | ast.Mult):
                    yield slice_of(right), "dropped", replaced(node, _whole(node, slice_of(left)))
                    kept = slice_of(right)
                    made = f"(-({kept}))" if minus else _whole(node, kept)
                    yield slice_of(left), "dropped", replaced(node, made)
            case ast.Compare(left=left, comparators=[right]):
                for made in _operators(plain, left, right, COMPARISONS):
                    yield made[0], "comparison", put(*made[1:])
            case ast.BoolOp(values=values):
                word = "or" if isinstance(node.op, ast.Or) else "and"
                other = {"or": "and", "and": "or"}[word]
                whole = f" {other} ".join(f"({slice_of(v)})" for v in values)
                yield word, "operator", replaced(node, f"({whole})")
                for k in range(len(values)):
                    rest = [f"({slice_of(v)})" for i, v in enumerate(values) if i != k]
                    yield slice_of(values[k]), "dropped", replaced(node, f" {word} ".join(rest))
            case ast.UnaryOp(operand=operand):
                yield slice_of(node), "sign or not", replaced(node, f"({slice_of(operand)})")
            case ast.Call(func=ast.Name(id=name), args=arguments):
                if name in FUNCTIONS:
                    start = node.func.col_offset
                    yield name, "function", put(start, start + len(name), FUNCTIONS[name])
                if len(arguments) == 1:
                    yield name, "function dropped", replaced(node, f"({slice_of(arguments[0])})")
            case ast.Name(id=name):
                name = re.sub(r"__(\d+)$", r".\1", name)
                for other in next((k for k in kinds if name in k), ()):
                    if other != name:
                        yield name, f"name to {other}", replaced(node, other)


def _whole(node, kept):
    return kept if isinstance(node, ast.BinOp) and kept.isidentifier() else f"({kept})"


def _operators(plain, left, right, table):
    """Yield (operator, start, end, another) for the operator between two operands."""
    between = plain[left.end_col_offset : right.col_offset]
    found = re.search(r"[<>=!]=|[-+*/<>]", between)
    if found:
        others = table[found[0]]
        for other in (others,) if isinstance(others, str) else others:
            start = left.end_col_offset + found.start()
            yield found[0], start, start + len(found[0]), other


def _kinds_of_names(data):
    """Return groups of names that may stand for each other: inputs, and hidden units by layer."""
    units = list(data["units"])
    parents = {}
    for address in data["weights"]:
        source, arrow, target = address.partition("->")
        if arrow and target in units:
            parents.setdefault(target, set()).add(source)
    inputs = data.get("inputs") or sorted({s for p in parents.values() for s in p} - {*units})
    layers = {}
    for unit in units:
        layers.setdefault(frozenset(parents.get(unit, ())), []).append(unit)
    return [tuple(inputs), *(tuple(group) for group in layers.values())]


def _intervention_edits(data, step):
    """Yield each stated outcome under an intervention edited in one number or unit."""
    hidden = [u for group in _kinds_of_names(data)[1:] for u in group]
    there = {outcome["intervention"] for outcome in data.get("outcomes", ())}
    for k, outcome in enumerate(data.get("outcomes", ())):
        said = outcome["intervention"]
        edits = []
        for found in NUMBER_IN_NAME.finditer(said.partition("(")[0]):
            for what, new in number_edits(found[1], step).items():
                edits.append((what, f"{said[: found.start()]}{new}{said[found.end() :]}"))
        for found in re.finditer(r"(?<![\w.>])([A-Za-z]\w*(?:\.\d+)?)(?![\w.]|->|\()", said):
            for other in hidden:
                twice = re.search(rf"(?<![\w.]){re.escape(other)}(?![\w.])", said)
                if found[1] in hidden and not twice:
                    new = f"{said[: found.start()]}{other}{said[found.end() :]}"
                    edits.append((f"unit to {other}", new))
        for what, new in edits:
            if new.replace("--", "") not in there and "--" not in new:
                yield f'"{said}"', what, changed(data, ("outcomes", k, "intervention"), new)


def tolerance_edits(data):
    """Yield each tolerance made smaller: what is said is to hold within a part of it."""
    for row, said in data.get("tolerance", {}).items():
        for part in (2, 10, 100) if rational(said) else ():
            smaller = text(rational(said) / part)
            yield f"tolerance of {row}", f"/ {part}", changed(data, ("tolerance", row), smaller)


def finer_intervention_edits(data, step):
    """Yield each stated outcome under an intervention edited where `_intervention_edits` is not.

    The numbers of a patch, such as those of `h2 = h2(1, 0)`; the sign of a factor, `*= -1`; and the
    two ends of an edge, each replaced by another of its kind where such an edge is.
    """
    kinds = _kinds_of_names(data)
    outcomes = data.get("outcomes", ())
    there = {outcome["intervention"] for outcome in outcomes}
    for k, outcome in enumerate(outcomes):
        said = outcome["intervention"]
        edits = []
        head = said.partition("(")[0]
        for found in re.finditer(r"-?\d+(?:\.\d+|/\d+)?(?![\w.])", said[len(head) :]):
            start, end = (len(head) + place for place in found.span())
            edits += [
                (what, f"{said[:start]}{new}{said[end:]}")
                for what, new in number_edits(found[0], step).items()
            ]
        edits += [
            ("sign", f"{said[: found.start()]}*= {found[1]}{said[found.end() :]}")
            for found in re.finditer(r"\*= -(\d+)", said)
        ]
        for found in re.finditer(r"([A-Za-z]\w*(?:\.\d+)?)->([A-Za-z]\w*(?:\.\d+)?)", said):
            for place in (1, 2):
                others = next((kind for kind in kinds if found[place] in kind), ())
                for other in others:
                    ends = [found[1], found[2]]
                    ends[place - 1] = other
                    edge = "->".join(ends)
                    if edge in data["weights"] and edge not in said:
                        new = f"{said[: found.start()]}{edge}{said[found.end() :]}"
                        edits.append((f"edge to {edge}", new))
        for what, new in edits:
            if new not in there:
                yield f'"{said}"', what, changed(data, ("outcomes", k, "intervention"), new)


def _exchanged(data):
    """Yield the explanation with what is said of two units of a layer exchanged."""
    for group in _kinds_of_names(data)[1:]:
        for a, b in itertools.combinations(group, 2):
            units = data["units"]
            made = {**data, "units": {**units, a: units[b], b: units[a]}}
            yield f"{a}, {b}", "exchanged", made


def network_mutants(network, step):
    """Yield (address, what, mutant network): flipped, zeroed, moved, and by one float step."""
    kind = np.dtype(network.dtype).type
    shared = {members[0]: members for members in network.ties.values()}
    copies = {m for members in network.ties.values() for m in members[1:]}

    def changed_to(address, new, **given):  # a tied number changes in all its places
        every = dict.fromkeys(shared.get(address, (address,)), new)
        return network.with_numbers(every, **given)

    for address, value in network.numbers.items():
        if address in copies:
            continue
        exact = rational(value)
        found = {"moved": exact + step(exact)}
        if value != 0:
            found |= {"to 0": 0 * exact, "negated": -exact}
        for what, new in found.items():
            yield address, what, changed_to(address, new, round=True)
        for what, towards in (("a step up", math.inf), ("a step down", -math.inf)):
            new = float(np.nextafter(kind(value), kind(towards)))
            yield address, what, changed_to(address, new)
