"""Checks a toynets certificate: `python certificate_checker.py FILE`.

It needs Python's standard library alone, computes exactly and trusts no line of the file. A claim
is a sentence about values of networks. It is proved if a tree of splits covers the box and the
sentence is 1 on every leaf: facts say on which side of its kink each value is, and follow from the
leaf's conditions, as sums with positive multipliers. A point where it is 0 refutes it.
"""

import ast
import hashlib
import json
import re
import struct
import sys
from fractions import Fraction
from functools import lru_cache
from math import gcd, lcm
from typing import Any

# A linear form: (denominator > 0, {index: numerator}). Variables and then nodes count from 0; -1 is
# the constant, and -2 a positive number below all others: f > 0 is the condition f - (-2) >= 0.
Form = tuple[int, dict[int, int]]
ONE: Form = (1, {-1: 1})
# What operators and functions mean: formulas, which are read like any expression.
MEANING = {
    "max()": "b + relu(a - b)", "min()": "a - relu(a - b)", "USub": "0 - a", "Not": "1 - a",
    "Gt": "step(a - b)", "Lt": "step(b - a)", "GtE": "1 - step(b - a)", "LtE": "1 - step(a - b)",
    "Eq": "1 - step(a - b) - step(b - a)", "NotEq": "step(a - b) + step(b - a)",
    "And": "step(a + b - 3/2)", "Or": "step(a + b - 1/2)",
}  # fmt: skip
# What is not negative where h is an activation of p, low <= p <= high and low < 0 < high.
RELAXED = {
    "relu": ["h", "h - p", "high*(p - low)/(high - low) - h"], "step": ["h", "1 - h"],
    "abs": ["h - p", "h + p", "(high + low)*(p - low)/(high - low) - low - h"],
}  # fmt: skip

class Refused(Exception):
    """The certificate is not accepted; says where and why."""

def need(holds: object, why: str) -> None:  # refuse unless something holds
    if not holds:
        raise Refused(why)

def fields(data: Any, needed: str, optional: str = "") -> list[Any]:  # of an object, by its keys
    for key in [*data, *needed.split()]:
        good = key in data and key in [*needed.split(), *optional.split()]
        need(good, f"the key {key[:60]} is missing, or unknown")
    return [data.get(key) for key in [*needed.split(), *optional.split()]]

@lru_cache(4096)
def rational(text: str) -> Fraction:  # -3/2 or 0.25
    good = len(text) <= 4000 and re.fullmatch(r"-?[0-9]+(\.[0-9]+|/0*[1-9][0-9]*)?", text)
    need(good, f"{text[:60]} is no number such as -3/2, of 4,000 characters at most")
    return Fraction(text)

def value(data: Any, count: int = 0) -> Form:  # of a number, a text, or of an index below count
    if isinstance(data, str):
        return total([(rational(data), ONE)])
    need(data < count, f"there is no value {data}, only 0 to {count - 1}")
    return 1, {int(data): 1}

def read_form(data: Any, count: int) -> Form:  # [constant, [[index, number], ...]], in order
    first, terms = data
    parts = [(rational(first), ONE), *((rational(v), (1, {i: 1})) for i, v in terms)]
    order = [-1, *(i for i, _ in terms), count]
    need(order == sorted(set(order)) and all(v for v, _ in parts[1:]), "faulty indices, or a 0")
    return total(parts)

def total(parts: list[tuple[Any, Form]], over: int = 1) -> Form:  # sum of multiples, lowest terms
    bottom = lcm(*[factor.denominator * below for factor, (below, _) in parts])
    sums: dict[int, int] = {}
    for factor, (below, tops) in parts:
        scale = factor.numerator * (bottom // (factor.denominator * below))
        for i, top in tops.items():
            sums[i] = sums.get(i, 0) + scale * top
    common = gcd(bottom * over, *sums.values())
    return bottom * over // common, {i: top // common for i, top in sums.items() if top}

def put_in(form: Form, values: Any) -> Form:  # forms for its indices
    return total([(top, ONE if i == -1 else values[i]) for i, top in form[1].items()], form[0])

def constant(form: Form) -> Any:  # the value of a form without variables, else None
    return Fraction(form[1].get(-1, 0), form[0]) if form[1].keys() <= {-1} else None

def bent(kind: str, form: Form, up: object) -> Form:  # where the form is > 0 (up), or else <= 0
    return total([(1 if up else -1 if kind == "abs" else 0, ONE if kind == "step" else form)])

def read_net(data: Any) -> tuple[list[str], list[Any], Any]:  # inputs, units and hash
    keys = "inputs layers", "hash dtype format name ties"
    inputs, layers, digest, dtype, tag, *_ = fields(data, *keys)
    code = {"float32": "<f", "float64": "<d", None: ""}[dtype]  # "": a model, which has no hash
    parents, names, made, hashed = inputs, [*inputs], [], []
    for layer in layers:
        units, kind, table, bias, mask = fields(layer, "units activation weight bias", "mask")
        need(kind != "softmax" or layer is layers[-1], "softmax before the output")
        rows = [[*map(rational, r)] for r in [*table, ["0"] * len(units) if bias is None else bias]]
        kept = [[True] * len(row) for row in table] if mask is None else mask
        for unit, shift, row, keep in zip(units, rows[-1], rows[:-1], kept, strict=True):
            edges = list(zip(parents, row, keep, strict=True))
            need(all(k is True or (k is False and not v) for _, v, k in edges), "a faulty mask")
            made.append((unit, kind, shift, [(parent, v) for parent, v, k in edges if k]))
        if code:
            near = [[struct.unpack(code, struct.pack(code, v))[0] for v in row] for row in rows]
            need(near == rows, f"a number that {dtype} cannot hold")
            *texts, end = [[v.hex() for v in row] for row in near]
            mask = None if all(map(all, kept)) else [[int(k) for k in row] for row in kept]
            hashed.append({"activation": kind, "mask": mask, "weight": texts, "bias": bias and end})
        parents, names = units, names + units
    good = all(re.fullmatch(r"[A-Za-z]\w{,59}(\.\d+)?", name, re.ASCII) for name in names)
    need(good and len(set(names)) == len(names) and made, "a faulty name, one twice, or no units")
    line = json.dumps({"dtype": dtype, "layers": hashed}, sort_keys=True, separators=(",", ":"))
    found = hashlib.sha256(line.encode()).hexdigest() if code else None
    need(found == digest, f"the hash is not that of the numbers, {found}")
    need(tag == ("toynets-network/1" if code else None), "a network of another format")
    return inputs, made, found

class Claim:
    """A claim: the nodes (kind, form) of its program, and the conditions (forms >= 0)."""
    def __init__(self) -> None:
        self.nodes: list[tuple[str, Form]] = []
        self.conditions: list[Form] = []
        self.where, self.first, self.count, self.leaves = "", 0, 0, 0

    def node(self, kind: str, form: Form) -> Form:  # the form that reads the new node
        need(kind in ("identity", *RELAXED) and self.count < 10_000, f"no room or rule for {kind}")
        self.nodes.append((kind, form))
        self.count += 1
        return 1, {self.count - 1: 1}

    def run(self, net: Any, inputs: list[Any], edits: dict[str, Any]) -> None:  # edits act at once
        new = {place: value(to, self.count) for place, to in edits.items()}
        read = zip(net[0], [value(i, self.count) for i in inputs], strict=True)
        forms = {name: new.pop(f"input {name}", form) for name, form in read}
        for unit, kind, shift, edges in net[1]:
            parts = [(1, new.pop(f"bias {unit}", total([(shift, ONE)])))]
            for parent, weight in edges:
                factor = constant(new.pop(f"weight {parent}->{unit}", total([(weight, ONE)])))
                parts.append((factor, new.pop(f"edge {parent}->{unit}", forms[parent])))
            form = new.pop(f"pre {unit}", total(parts))
            plain = kind == "softmax" or f"unit {unit}" in new  # softmax: the logits
            forms[unit] = self.node("identity" if plain else kind, new.pop(f"unit {unit}", form))
        need(not new, f"an edit of what is not there: {[*new]}"[:99])

    def expression(self, text: str, names: dict[str, Form]) -> tuple[Form, bool]:
        def walk(node: Any) -> tuple[Form, bool]:  # the form, and whether it is 0 or 1 everywhere
            call = isinstance(node, ast.Call) and not node.keywords
            inner = node.args if call else ast.iter_child_nodes(node)
            below = [walk(child) for child in inner if isinstance(child, ast.expr)]
            forms, z = [form for form, _ in below], [constant(form) for form, _ in below]
            bits = all(bit or number in (0, 1) for (_, bit), number in zip(below, z, strict=True))
            ops = getattr(node, "ops", [getattr(node, "op", node)])
            name = f"{node.func.id}()" if call else "".join(type(op).__name__ for op in ops)
            match name, forms:
                case "Constant", []:
                    return value(ast.get_source_segment(text, node)), False
                case "Name", []:
                    return names[node.id], False
                case "Add" | "Sub", [a, b]:
                    return total([(1, a), (1 if name == "Add" else -1, b)]), False
                case "Mult", [a, b] if z != [None, None]:
                    return total([(z[0], b) if z[1] is None else (z[1], a)]), False
                case "Div", [a, _] if z[1]:
                    return total([(1 / z[1], a)]), False
                case "relu()" | "abs()" | "step()", [a]:
                    up, kind = z[0] is not None and z[0] > 0, name[:-2]
                    return self.node(kind, a) if z[0] is None else bent(kind, a, up), kind == "step"
                case _, [a, *bs] if name in MEANING and (bits or name not in ("Not", "And", "Or")):
                    for b in bs or [a]:
                        a, _ = self.expression(MEANING[name], {"a": a, "b": b})
                    return a, name not in ("max()", "min()", "USub")
            raise Refused(f"{name} cannot stand here"[:99])
        need(len(text) < 2**16 and text.isascii() and "#" not in text, "a faulty text")
        return walk(ast.parse(text, mode="eval").body)

    def at(self, point: Any) -> dict[int, Form]:  # every value at a point of the box
        values = {i: value(v) for i, v in zip(range(self.first), point, strict=True)}
        need(all(constant(put_in(f, values)) >= 0 for f in self.conditions), "a point outside")
        return self.values(values, [["="] for kind, _ in self.nodes if kind in RELAXED])

    def values(self, values: dict[int, Form], facts: list[Any]) -> dict[int, Form]:  # on a leaf
        kinked = [i for i, (kind, _) in enumerate(self.nodes, self.first) if kind in RELAXED]
        told: dict[int, Any] = dict(zip(kinked, facts, strict=True))  # and then (kind, pre)
        for i, (kind, form) in enumerate(self.nodes, self.first):
            pre = values[i] = put_in(form, values)
            match told.get(i, ["identity"]):
                case ["+" | "-" as side, proof]:
                    up = side == "+"
                    self.prove(proof, pre if up else total([(-1, pre)]), up and kind == "step")
                    values[i] = bent(kind, pre, up)
                case ["="] if constant(pre) is not None:
                    values[i] = bent(kind, pre, constant(pre) > 0)
                case ["~", low, below, high, above] if rational(low) < 0 < rational(high):
                    names = {"low": value(low), "high": value(high), "p": pre, "h": (1, {i: 1})}
                    self.prove(below, self.expression("p - low", names)[0])
                    self.prove(above, self.expression("high - p", names)[0])
                    self.conditions += [self.expression(f, names)[0] for f in RELAXED[kind]]
                    values[i] = names["h"]
                case ["same", j] if told.get(j) == (kind, pre):
                    values[i] = values[j]
                case fact:
                    need(i not in told, f"no fact of node {i}: {fact}"[:99])
            told[i] = kind, pre
        return values

    def prove(self, multipliers: Any, form: Form, strict: bool = False) -> None:  # >= 0, or > 0
        weights = read_form(["0", multipliers], len(self.conditions))
        need(all(top > 0 for top in weights[1].values()), "a multiplier that is not positive")
        _, rest = total([(1, form), (-1, put_in(weights, self.conditions))])
        need(rest.keys() <= {-1, -2}, "multipliers that leave a variable over")
        need((rest.get(-1, 0), rest.get(-2, 0)) >= (0, int(strict)), "multipliers that prove less")

    def cover(self, nodes: list[Any]) -> None:  # every split has two sides, every leaf holds
        self.leaves, reached = len(nodes) // 2 + 1, {0}
        waiting = [(0, len(self.conditions), list[Form]())]
        while waiting:
            place, depth, last = waiting.pop()
            self.where, self.conditions[depth:] = f".cover[{place}]", last
            if "split" in nodes[place]:
                split, strict, *children = fields(nodes[place], "split strict yes no")
                form = read_form(split, self.first)
                sides = [(1, form), (-1 if strict else 0, (1, {-2: 1}))], [(-1, form)]
                for child, side in zip(children, sides, strict=True):
                    need(place < child < len(nodes) and child not in reached, f"bad child {child}")
                    reached.add(child)
                    waiting.append((child, depth + len(last), [total(side)]))
            elif "empty" in nodes[place]:
                self.prove(fields(nodes[place], "empty")[0], (1, {}), True)
            else:
                facts, maps = fields(nodes[place], "facts maps")
                values = self.values({i: (1, {i: 1}) for i in range(self.first)}, facts)
                for i, form in maps:
                    pre = put_in(self.nodes[i - self.first][1], values)
                    need(self.first <= i and read_form(form, self.count) == pre, f"the map of {i}")
                need(constant(values[self.count - 1]) == 1, "the sentence is not 1 here")
        need(len(reached) == len(nodes), "a node that is no child")

    def check(self, data: Any, nets: dict[str, Any]) -> None:  # build the program, check the claim
        keys = "text variables program verdict", "given inside cover witness"
        said, variables, program, verdict, given, inside, cover, witness = fields(data, *keys)
        for i, one in enumerate(variables):
            x, (low, high) = (1, {i: 1}), map(value, fields(one, "low high name")[:2])
            self.conditions += [total([(1, x), (-1, low)]), total([(1, high), (-1, x)])]
            need(constant(low) <= constant(high) and type(one["name"]) is str, "an empty interval")
        self.first = self.count = len(variables)
        self.conditions += [read_form(form, self.first) for form in given or []]
        for place, part in enumerate(program):
            self.where, bit = f".program[{place}]", False
            if "run" in part:
                which, inputs, edits = fields(part, "run inputs edits")
                self.run(nets[which], inputs, edits)
            else:
                text, read = fields(part, "expression names")
                read = {name: value(i, self.count) for name, i in read.items()}
                form, bit = self.expression(text, read)
                self.node("identity", form)
        need(bit and type(said) is str, "the last part is no sentence, such as a comparison")
        need(given is None or self.at(inside), "")
        if verdict == "proved" and witness is None:
            self.cover(cover)
        else:
            need(verdict == "refuted" and cover is None, "no verdict, or a witness of a proof")
            need(constant(self.at(witness)[self.count - 1]) == 0, "the sentence holds there")

def check(raw: bytes) -> dict[str, Any]:
    """Check a certificate; return the network's hash and the leaves by claim, or refuse it."""
    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        need(len(dict(pairs)) == len(pairs), f"a key is given twice: {[k for k, _ in pairs]}"[:99])
        return dict(pairs)
    def bare(text: str) -> int:
        need(text.isdigit() and len(text) < 10, f"the bare number {text[:60]} is no index")
        return int(text)
    hooks: Any = dict.fromkeys(("parse_int", "parse_float", "parse_constant"), bare)
    claims: list[Claim] = []
    try:
        need(len(raw) <= 2**26, "more than 64 MB")
        data = json.loads(raw.decode(), object_pairs_hook=unique, **hooks)
        keys = "format about made_by network claims", "others model"
        tag, _, _, network, listed, others, model = fields(data, *keys)
        need(tag == "toynets-certificate/1" and listed, "not toynets-certificate/1, or no claims")
        nets = {f"others/{name}": read_net(net) for name, net in (others or {}).items()}
        nets["network"] = read_net(network)
        need(all(net[2] for net in nets.values()), "a network without dtype and hash")
        nets["model"] = model and read_net(model)
        for data in listed:
            claims.append(Claim())
            claims[-1].check(data, nets)
    except Exception as fault:
        where = f"claims[{len(claims) - 1}]{claims[-1].where}: " if claims else ""
        cut = isinstance(fault, json.JSONDecodeError) and f"the file is cut off or changed: {fault}"
        why = str(fault) if isinstance(fault, Refused) else cut or f"malformed, {fault!r}"
        raise Refused("".join(c if c.isprintable() else "?" for c in where + why)[:300]) from None
    return {"hash": nets["network"][2], "leaves": [claim.leaves for claim in claims]}

if __name__ == "__main__":
    try:
        with open(sys.argv[1], "rb") as file:
            print(json.dumps(check(file.read(2**26 + 1))))
    except (Refused, OSError, IndexError) as fault:
        print(f"refused: {fault}", file=sys.stderr)
        sys.exit(1 if isinstance(fault, Refused) else 2)
