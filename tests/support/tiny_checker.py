"""A second reading of certificates, for tests: from the description of the format, in fractions.

Short rather than friendly: a fault is an AssertionError. The package's own checker is another
program, written by someone else; this one is the prover's mirror while it is built.
"""

from __future__ import annotations

import ast
from fractions import Fraction


def read(data):
    return Fraction(data[0]), {i: Fraction(c) for i, c in data[1]}


def add(a, factor, b):
    out = dict(a[1])
    for i, c in b[1].items():
        out[i] = out.get(i, Fraction(0)) + factor * c
    return a[0] + factor * b[0], {i: c for i, c in out.items() if c}


def one(index):
    return Fraction(0), {index: Fraction(1)}


def apply(kind, v):
    return {
        "identity": v,
        "relu": max(v, Fraction(0)),
        "abs": abs(v),
        "step": Fraction(int(v > 0)),
    }[kind]


class Program:
    def __init__(self, claim, certificate):
        self.d = len(claim["variables"])
        self.nodes = []
        for part in claim["program"]:
            if "run" in part:
                data = {"network": certificate["network"], "model": certificate.get("model")}
                which = part["run"]
                net = certificate["others"][which[7:]] if "/" in which else data[which]
                self.run(net, part["inputs"], part["edits"])
            elif "expression" in part:
                tree = ast.parse(part["expression"], mode="eval").body
                form = self.expression(tree, part["names"], part["expression"])
                self.node("identity", form)
            else:
                self.node(part["node"][0], read(part["node"][1]))

    def node(self, kind, form):
        assert all(0 <= i < self.d + len(self.nodes) for i in form[1])
        self.nodes.append((kind, form))
        return self.d + len(self.nodes) - 1

    def run(self, net, inputs, edits):
        change = {next((k, v) for k, v in e.items() if k != "to"): e["to"] for e in edits}

        def given(key, old):
            if key not in change:
                return old
            to = change[key]
            return (Fraction(0), {to: Fraction(1)}) if isinstance(to, int) else (Fraction(to), {})

        value = {
            n: given(("input", n), (Fraction(0), {i: Fraction(1)}))
            for n, i in zip(net["inputs"], inputs, strict=True)
        }
        parents = net["inputs"]
        for layer in net["layers"]:
            soft = layer["activation"] == "softmax"
            made = {}
            for r, unit in enumerate(layer["units"]):
                bias = Fraction(0) if layer["bias"] is None else Fraction(layer["bias"][r])
                form = (Fraction(change.get(("bias", f"{unit}.bias"), bias)), {})
                for c, p in enumerate(parents):
                    if layer.get("mask") and not layer["mask"][r][c]:
                        continue
                    edge = f"{p}->{unit}"
                    weight = Fraction(change.get(("weight", edge), layer["weight"][r][c]))
                    form = add(form, weight, given(("edge", edge), value[p]))
                form = given(("pre", unit), form)
                kind = "identity" if soft else layer["activation"]
                if ("unit", unit) in change and not soft:
                    kind, form = "identity", given(("unit", unit), None)
                made[unit] = self.node(kind, form)
            if soft:
                k = len(made)
                mean = (Fraction(0), {i: Fraction(1, k) for i in made.values()})
                made = {
                    u: self.node("identity", given(("unit", u), add(one(i), Fraction(-1), mean)))
                    for u, i in list(made.items())
                }
            value = {u: (Fraction(0), {i: Fraction(1)}) for u, i in made.items()}
            parents = layer["units"]

    def bent(self, kind, form):
        if not form[1]:
            return apply(kind, form[0]), {}
        return Fraction(0), {self.node(kind, form): Fraction(1)}

    def expression(self, t, names, source):
        def go(t):
            return self.expression(t, names, source)

        unit = (Fraction(1), {})
        if isinstance(t, ast.Constant):
            return Fraction(ast.get_source_segment(source, t)), {}
        if isinstance(t, ast.Name):
            return Fraction(0), {names[t.id]: Fraction(1)}
        if isinstance(t, ast.UnaryOp):
            inner = go(t.operand)
            return add(
                unit if isinstance(t.op, ast.Not) else (Fraction(0), {}), Fraction(-1), inner
            )
        if isinstance(t, ast.BinOp):
            a, b = go(t.left), go(t.right)
            if isinstance(t.op, ast.Add | ast.Sub):
                return add(a, Fraction(1 if isinstance(t.op, ast.Add) else -1), b)
            if isinstance(t.op, ast.Mult):
                a, b = (a, b) if not a[1] else (b, a)
                assert not a[1]
                return add((Fraction(0), {}), a[0], b)
            assert isinstance(t.op, ast.Div)
            assert not b[1]
            return add((Fraction(0), {}), 1 / b[0], a)
        if isinstance(t, ast.BoolOp):
            total = (Fraction(0), {})
            for v in t.values:
                total = add(total, Fraction(1), go(v))
            need = len(t.values) - Fraction(1, 2) if isinstance(t.op, ast.And) else Fraction(1, 2)
            return self.bent("step", add(total, -need, unit))
        if isinstance(t, ast.Compare):
            a, b = go(t.left), go(t.comparators[0])
            up = (add(a, Fraction(-1), b), add(b, Fraction(-1), a))
            op = t.ops[0]
            if isinstance(op, ast.Gt):
                return self.bent("step", up[0])
            if isinstance(op, ast.Lt):
                return self.bent("step", up[1])
            if isinstance(op, ast.GtE):
                return add(unit, Fraction(-1), self.bent("step", up[1]))
            if isinstance(op, ast.LtE):
                return add(unit, Fraction(-1), self.bent("step", up[0]))
            both = add(self.bent("step", up[0]), Fraction(1), self.bent("step", up[1]))
            return both if isinstance(op, ast.NotEq) else add(unit, Fraction(-1), both)
        parts = [go(a) for a in t.args]
        if t.func.id in ("relu", "abs", "step"):
            return self.bent(t.func.id, parts[0])
        best = parts[0]
        for part in parts[1:]:
            if t.func.id == "max":
                best = add(part, Fraction(1), self.bent("relu", add(best, Fraction(-1), part)))
            else:
                best = add(best, Fraction(-1), self.bent("relu", add(best, Fraction(-1), part)))
        return best

    def values(self, point):
        values = list(point)
        for kind, (c, terms) in self.nodes:
            values.append(apply(kind, c + sum(k * values[i] for i, k in terms.items())))
        return values


def goals_of(claim, program):
    kind = claim["kind"]

    def gap(a, b):
        return add((Fraction(0), {a: Fraction(1)}), Fraction(-1), (Fraction(0), {b: Fraction(1)}))

    if "within" in kind:
        eps = Fraction(kind["within"])
        for a, b in zip(kind["left"], kind["right"], strict=True):
            yield add((eps, {}), Fraction(-1), gap(a, b)), False
            yield add((eps, {}), Fraction(1), gap(a, b)), False
    elif "between" in kind:
        for (low, high), v in zip(kind["between"], kind["values"], strict=True):
            yield (-Fraction(low), {v: Fraction(1)}), False
            yield (Fraction(high), {v: Fraction(-1)}), False
    elif "at_least" in kind:
        yield read(kind["at_least"]), kind["strict"]
    else:
        rule = kind["decision"]
        sides = []
        if "argmax" in rule:
            for outs in (kind["left"], kind["right"]):
                rows = [
                    [program.node("step", gap(b, a)) for j, b in enumerate(outs) if j != i]
                    for i, a in enumerate(outs)
                ]
                sides.append(
                    [
                        program.node("step", (Fraction(-1, 2), dict.fromkeys(r, Fraction(1))))
                        for r in rows
                    ]
                )
        else:
            t = Fraction(rule.get("threshold", 0)) if "threshold" in rule else Fraction(0)
            sides = [[], []]
            for pair in zip(kind["left"], kind["right"], strict=True):
                for side, a in zip(sides, pair, strict=True):
                    side.append(program.node("step", (-t, {a: Fraction(1)})))
                    side.append(program.node("step", (t, {a: Fraction(-1)})))
        for a, b in zip(*sides, strict=True):
            yield gap(b, a), False
            yield gap(a, b), False


def check(certificate):
    assert certificate["format"] == "toynets-certificate/1"
    for number, claim in enumerate(certificate["claims"]):
        check_claim(claim, certificate, number)


def check_claim(claim, certificate, number=0):
    variables = claim["variables"]
    for v in variables:
        if "range_of" in v:
            r = v["range_of"]
            assert r["claim"] < number
            other = certificate["claims"][r["claim"]]
            assert other["verdict"] == "proved"
            k = r["value"]
            assert other["variables"] == variables[: len(other["variables"])]
            assert all(p is not None for p in other["kind"]["attained"][k])
            assert other["kind"]["between"][k] == [v["low"], v["high"]]
    program = Program(claim, certificate)
    goals = list(goals_of(claim, program))
    given = [read(g) for g in claim.get("given", [])]
    bounds = []
    for i, v in enumerate(variables):
        bounds += [
            ((-Fraction(v["low"]), {i: Fraction(1)}), False),
            ((Fraction(v["high"]), {i: Fraction(-1)}), False),
        ]
    conditions = bounds + [(g, False) for g in given]

    def inside(point):
        return all(c + sum(k * point[i] for i, k in t.items()) >= 0 for (c, t), _ in conditions)

    if given:
        assert inside([Fraction(v) for v in claim["inside"]])
    if claim["verdict"] == "refuted":
        point = [Fraction(v) for v in claim["witness"]["point"]]
        assert inside(point)
        (c, terms), strict = goals[claim["witness"]["goal"]]
        values = program.values(point)
        found = c + sum(k * values[i] for i, k in terms.items())
        assert found < 0 or (strict and found == 0)
        return
    if "between" in claim["kind"]:
        kind = claim["kind"]
        for ends, at, v in zip(kind["between"], kind["attained"], kind["values"], strict=True):
            for end, point in zip(ends, at, strict=True):
                if point is not None:
                    point = [Fraction(p) for p in point]
                    assert inside(point)
                    assert program.values(point)[v] == Fraction(end)
    seen = set()
    stack = [(0, conditions)]
    while stack:
        place, conditions = stack.pop()
        assert place not in seen
        seen.add(place)
        node = claim["cover"][place]
        if "split" in node:
            form = read(node["split"])
            assert all(i < program.d for i in form[1])
            assert node["yes"] > place < node["no"]
            stack.append((node["yes"], [*conditions, (form, node["strict"])]))
            stack.append(
                (node["no"], [*conditions, (add((Fraction(0), {}), Fraction(-1), form), False)])
            )
        elif "empty" in node:
            prove((Fraction(-1), {}), False, node["empty"], conditions, empty=True)
        else:
            leaf(node, program, goals, list(conditions))
    assert len(seen) == len(claim["cover"])


def prove(form, strict, multipliers, conditions, empty=False):
    rest, opened = ((Fraction(0), {}) if empty else form), False
    last = -1
    for number, value in multipliers:
        assert number > last
        last = number
        assert Fraction(value) > 0
        condition, is_open = conditions[number]
        rest = add(rest, -Fraction(value), condition)
        opened = opened or is_open
    assert not rest[1], rest
    if empty:
        assert rest[0] > 0 or (rest[0] == 0 and opened)
    else:
        assert rest[0] > 0 or (rest[0] == 0 and (not strict or opened)), rest


def leaf(node, program, goals, conditions):
    values = [(Fraction(0), {i: Fraction(1)}) for i in range(program.d)]
    facts = iter(node["facts"])
    relaxed = False
    pres = []
    for place, (kind, (c, terms)) in enumerate(program.nodes):
        pre = (c, {})
        for i, k in terms.items():
            pre = add(pre, k, values[i])
        if kind == "identity":
            pres.append((kind, None))
            values.append(pre)
            continue
        fact = next(facts)
        pres.append((kind, pre))
        if fact[0] == "same":
            first = fact[1] - program.d
            assert 0 <= first < place
            assert pres[first] == (kind, pre)
            values.append(values[fact[1]])
        elif fact[0] == "=":
            assert not pre[1]
            values.append((apply(kind, pre[0]), {}))
        elif fact[0] == "+":
            prove(pre, kind == "step", fact[1], conditions)
            values.append((Fraction(1), {}) if kind == "step" else pre)
        elif fact[0] == "-":
            minus = add((Fraction(0), {}), Fraction(-1), pre)
            prove(minus, False, fact[1], conditions)
            values.append(minus if kind == "abs" else (Fraction(0), {}))
        else:
            relaxed = True
            low, high = Fraction(fact[1]), Fraction(fact[3])
            assert low < 0 < high
            prove(add(pre, Fraction(1), (-low, {})), False, fact[2], conditions)
            prove(add((high, {}), Fraction(-1), pre), False, fact[4], conditions)
            index = len(values)
            h = (Fraction(0), {index: Fraction(1)})
            above = add(pre, Fraction(1), (-low, {}))
            if kind == "relu":
                chord = add(add((Fraction(0), {}), high / (high - low), above), Fraction(-1), h)
                new = [h, add(h, Fraction(-1), pre), chord]
            elif kind == "abs":
                chord = add((-low, {}), (high + low) / (high - low), above)
                new = [
                    add(h, Fraction(-1), pre),
                    add(h, Fraction(1), pre),
                    add(chord, Fraction(-1), h),
                ]
            else:
                new = [h, add((Fraction(1), {}), Fraction(-1), h)]
            conditions += [(f, False) for f in new]
            values.append(h)
    assert next(facts, None) is None
    forms = []
    for (c, terms), _ in goals:
        form = (c, {})
        for i, k in terms.items():
            form = add(form, k, values[i])
        forms.append(form)
    assert node["maps"] == [] if relaxed else [read(m) for m in node["maps"]] == forms
    for form, (_, strict), multipliers in zip(forms, goals, node["goals"], strict=True):
        prove(form, strict, multipliers, conditions)
