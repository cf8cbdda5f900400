"""An independent brute force: is a claim, with its tolerance, true of a network?

It shares nothing with the package but the JSON of the explanation and the numbers of the network:
own forward pass, own interventions, expressions by Python's own evaluator. Exact for rational
activations; for tanh and sigmoid in float64, where a comparison nearer than SLOP has no label.
"""

from __future__ import annotations

import functools
import itertools
import math
import re
from fractions import Fraction

SLOP = 1e-9
CLAUSE = re.compile(r"\s*([^=]*?)\s*([*+]?=)\s*([^,(=]*(?:\([^)]*\))?)\s*(?:,|$)")
NUMBER = re.compile(r"(?<![A-Za-z_0-9.])(\d+(?:\.\d+)?)")


class Ambiguous(Exception):
    """Too near to call in float64."""


def activate(name, z):
    """Apply an activation to a Fraction or float."""
    if name in ("identity", "softmax"):
        return z
    if name == "relu":
        return max(z, 0 * z)
    if name == "abs":
        return abs(z)
    if name == "square":
        return z * z
    if name == "step":
        return Fraction(int(z > 0))
    if name == "tanh":
        return math.tanh(z)
    if name == "sigmoid":
        return 1 / (1 + math.exp(-z))
    raise ValueError(name)


def at_most(gap, bound):
    """Decide |gap| <= bound; floats too near raise."""
    if isinstance(gap, float) and abs(abs(gap) - float(bound)) < SLOP:
        raise Ambiguous
    return abs(gap) <= bound


class Program:
    """Named units with numbers: the network, or what the explanation states."""

    def __init__(self, inputs, units, outputs, numbers):
        self.inputs, self.units, self.outputs = inputs, units, outputs
        self.numbers = numbers
        self.clean = {}
        self.terms = {u: [] for u in units}
        for address in numbers:
            source, arrow, target = address.partition("->")
            if arrow:
                self.terms[target].append(source)

    def run(self, x, numbers=None, fixed=None, carried=None):
        """Return every value by name; fixed holds replaced activations and `.pre` values."""
        if numbers is None and not fixed and not carried:
            if x not in self.clean:
                self.clean[x] = self._run(x, self.numbers, {}, {})
            return self.clean[x]
        return self._run(x, numbers, fixed, carried)

    def _run(self, x, numbers, fixed, carried):
        numbers = self.numbers if numbers is None else numbers
        fixed, carried = fixed or {}, carried or {}
        values = dict(zip(self.inputs, x, strict=True))
        values.update({k: v for k, v in fixed.items() if k in self.inputs})
        for unit, activation in self.units.items():
            pre = numbers.get(f"{unit}.bias", Fraction(0))
            for source in self.terms[unit]:
                sent = carried.get((source, unit), values[source])
                pre = pre + numbers[f"{source}->{unit}"] * sent
            pre = fixed.get(f"{unit}.pre", pre)
            values[f"{unit}.pre"] = pre
            values[unit] = fixed.get(unit, activate(activation, pre))
        if self.units[self.outputs[0]] == "softmax":
            mean = sum(values[f"{o}.pre"] for o in self.outputs) / len(self.outputs)
            for o in self.outputs:
                values[o] = fixed.get(o, values[f"{o}.pre"] - mean)
        return values

    def out(self, x, **given):
        """Return the outputs."""
        values = self.run(x, **given)
        return [values[o] for o in self.outputs]


@functools.lru_cache(maxsize=4096)
def compiled(text):
    """Translate an expression text to Python, once."""
    source = re.sub(r"\b([A-Za-z]\w*)\.(\d+)", r"\1__\2", NUMBER.sub(r'Q("\1")', text))
    return compile(source, "<expression>", "eval")


@functools.lru_cache(maxsize=4096)
def literal(text):
    """Read a number, once."""
    return Fraction(text)


def evaluate(text, known):
    """Evaluate an expression text with Python's evaluator over Fractions and floats."""
    names = {k.replace(".", "__"): v for k, v in known.items()}
    scope = {
        "Q": literal, "relu": lambda z: max(z, 0), "step": lambda z: int(z > 0),
        "square": lambda z: z * z, "mod": lambda a, b: a - b * math.floor(a / b),
        "tanh": math.tanh, "sigmoid": lambda z: 1 / (1 + math.exp(-z)), "max": max, "min": min,
        "abs": abs, "pi": math.pi, "sqrt": math.sqrt, "sin": math.sin, "cos": math.cos, **names,
    }
    value = eval(compiled(text), {"__builtins__": {}}, scope)  # our own texts, in a test
    return Fraction(int(value)) if isinstance(value, bool | int) else value


class Claim:
    """One explanation (as its JSON data) about one network (as plain numbers)."""

    def __init__(self, network, data, rows, finite=True):
        self.finite = finite
        self.rows = [tuple(Fraction(int(v.p), int(v.q)) for v in row) for row in rows]
        self.data = data
        activations = {u: network.activation_of(u) for u in network.units}
        numbers = {a: Fraction(v) for a, v in network.numbers.items()}
        self.net = Program(network.inputs, activations, network.outputs, numbers)
        self.parameters = {k: evaluate(v, {}) for k, v in data.get("parameters", {}).items()}
        stated = {
            a: evaluate(w["value"] if isinstance(w, dict) else str(w), self.parameters)
            for a, w in data["weights"].items()
        }
        said = {u: data["units"][u]["activation"] for u in network.units}
        self.same_activations = said == activations
        self.own = Program(network.inputs, said, network.outputs, stated)
        self.eps = {
            k: Fraction(data.get("tolerance", {}).get(k, "0"))
            for k in ("clean", "units", "weights", "ablations")
        }
        self.hidden = [u for u in network.units if u not in network.outputs]

    def metric(self, kind):
        """Return how a kind of intervention is compared."""
        metric = self.data.get("metric", {})
        return metric.get(kind, metric.get("default", "value"))

    def decide(self, values):
        """Return (choice, margin), or None where there is no rule."""
        rule = self.data.get("decision") or {}
        if rule == "argmax" or "argmax" in rule:
            best = max(values)
            tied = tuple(v == best for v in values)
            rest = [best - v for v in values if v != best]
            return tied, (0 if sum(tied) > 1 else min(rest))
        if not rule:
            return None
        t = Fraction(rule["threshold"]) if "threshold" in rule else 0
        margin = min(abs(v - t) for v in values)
        if isinstance(margin, float) and margin < SLOP:
            raise Ambiguous
        return tuple((v > t) - (v < t) for v in values), margin

    def agree(self, kind, derived, measured, eps):
        """Whether one case holds."""
        values = all(at_most(d - m, eps) for d, m in zip(derived, measured, strict=True))
        rule = self.decide(derived)
        if rule is not None:
            is_open = eps > 0 and at_most(rule[1], eps)
            if not is_open and rule[0] != self.decide(measured)[0]:
                return False
            if self.metric(kind) == "decision" and not is_open:
                return True
        return values

    def mean(self, program, name):
        """Return the mean of a clean value."""
        return sum(program.run(x)[name] for x in self.rows) / len(self.rows)

    def interventions(self):
        """Yield (kind, function from program to the arguments of `run`) for tiers a and b."""
        for address in self.net.numbers:
            for kind, factor in (("cut", 0), ("flip", -1)):
                yield kind, lambda p, a=address, f=factor: {
                    "numbers": {**p.numbers, a: p.numbers[a] * f}
                }
        for size in range(1, len(self.hidden) + 1):
            for subset in itertools.combinations(self.hidden, size):
                yield "zero", lambda p, s=subset: {"fixed": dict.fromkeys(s, Fraction(0))}
                yield "pre", lambda p, s=subset: {"fixed": {f"{u}.pre": Fraction(0) for u in s}}
                yield "mean", lambda p, s=subset: {"fixed": {u: self.mean(p, u) for u in s}}
                yield "incoming", lambda p, s=subset: {
                    "numbers": {
                        a: v * 0 if a.partition("->")[2] in s and "->" in a else v
                        for a, v in p.numbers.items()
                    }
                }

    def stated(self, text):
        """Return the arguments of `run` for a stated outcome's intervention."""
        def arguments(program):
            fixed, numbers = {}, dict(program.numbers)
            for targets, op, value in CLAUSE.findall(text):
                for target in [t.strip() for t in targets.split(",")]:
                    self._apply(program, target, op, value.strip(), fixed, numbers)
            return {"fixed": fixed, "numbers": numbers}
        return arguments

    def _apply(self, program, target, op, value, fixed, numbers):
        patch = re.fullmatch(r"(\w[\w.]*)?\((.*)\)", value)
        if patch:
            source = tuple(Fraction(v.strip()) for v in patch[2].split(","))
            fixed[target] = program.run(source)[patch[1] or target]
        elif value == "mean":
            fixed[target] = self.mean(program, target)
        elif "->" in target or target.endswith(".bias"):
            names = [target]
            if target.startswith("->"):
                names = [a for a in numbers if a.endswith(target)]
            elif target.endswith("->"):
                names = [a for a in numbers if a.startswith(target)]
            for name in names:
                old, change = numbers[name], Fraction(value)
                numbers[name] = {"=": change, "+=": old + change, "*=": old * change}[op]
        else:
            fixed[target] = Fraction(value)

    # The claims.

    def true(self, *, weights=True, behaviour=True):
        """Whether everything that the explanation says is true."""
        if not self.same_activations:
            return False
        if weights and not self.weights():
            return False
        return self.meanings() and (not behaviour or self.cases())

    def weights(self):
        """Stated against actual numbers."""
        return all(
            at_most(self.own.numbers[a] - v, self.eps["weights"])
            for a, v in self.net.numbers.items()
        )

    def meanings(self):
        """Clean outputs, units, concepts, stated outcomes."""
        for x in self.rows:
            own, net = self.own.run(x), self.net.run(x)
            known = {**own, **self.parameters}
            for unit, said in self.data["units"].items():
                if said.get("expression"):
                    value = evaluate(said["expression"], known)
                    if not at_most(value - own[unit], self.eps["units"]):
                        return False
                if not at_most(own[unit] - net[unit], self.eps["units"]):
                    return False
        return self.outcomes() and all(
            self.concept(u, said["concept"])
            for u, said in self.data["units"].items() if said.get("concept")
        )

    def outcomes(self):
        """Stated = derived = measured, the clean run included."""
        stated = {"": {o: self.data["units"][o].get("expression") for o in self.own.outputs}}
        for outcome in self.data.get("outcomes", ()):
            if any(outcome["outputs"].values()):
                stated[outcome["intervention"]] = outcome["outputs"]
        for text, outputs in stated.items():
            arguments = self.stated(text) if text else lambda _: {}
            eps = self.eps["ablations" if text else "clean"]
            kind = self._kind(text)
            own_given, net_given = arguments(self.own), arguments(self.net)
            for x in self.rows:
                derived = self.own.out(x, **own_given)
                known = {**self.own.run(x), **self.parameters}
                said = [
                    evaluate(outputs[o], known) if outputs.get(o) else d
                    for o, d in zip(self.own.outputs, derived, strict=True)
                ]
                measured = self.net.out(x, **net_given)
                if not self.agree(kind, derived, measured, eps):
                    return False
                if not self.agree(kind, said, derived, eps):
                    return False
        return True

    @staticmethod
    def _kind(text):
        if not text:
            return "clean"
        if "mean" in text:
            return "mean"
        if "(" in text:
            return "patch"
        return "cut" if "->" in text or ".bias" in text else "zero"

    def cases(self):
        """Tiers a, b and c."""
        eps = self.eps["ablations"]
        for kind, arguments in self.interventions():
            own, net = arguments(self.own), arguments(self.net)
            for x in self.rows:
                if not self.agree(kind, self.own.out(x, **own), self.net.out(x, **net), eps):
                    return False
        for unit in self.hidden:
            for source in self.rows:
                own = {unit: self.own.run(source)[unit]}
                net = {unit: self.net.run(source)[unit]}
                for x in self.rows:
                    derived, measured = self.own.out(x, fixed=own), self.net.out(x, fixed=net)
                    if not self.agree("resample", derived, measured, eps):
                        return False
        return True

    def concept(self, unit, text):
        """Whether a concept tells apart exactly the inputs that its unit tells apart.

        By value: merged inputs may not be told apart by more than the tolerance; separated ones
        must be told apart, however little, by the network and by the explanation.
        """
        values = [evaluate(text, {**self.own.run(x), **self.parameters}) for x in self.rows]
        net, own = self._swaps(self.net, unit), self._swaps(self.own, unit)
        level = self.data.get("metric", {}).get("concepts", "value")
        by_value = lambda: self._fits(  # noqa: E731  # evaluated only where it is asked for
            values,
            lambda i, j: self._apart(net[i], net[j], self.eps["ablations"]),
            lambda i, j: self._apart(net[i], net[j], 0) and self._apart(own[i], own[j], 0),
        )
        if level == "value":
            return by_value()
        choices = [[self.decide(o)[0] for o in s] for s in net]
        told = lambda i, j: choices[i] != choices[j]  # noqa: E731  # a rule, used twice
        return self._fits(values, told, told) or (level == "either" and by_value())

    def _swaps(self, program, unit):
        """Return the outputs of every row with the unit taken from every row."""
        taken = [program.run(source)[unit] for source in self.rows]
        return [[program.out(x, fixed={unit: v}) for x in self.rows] for v in taken]

    @staticmethod
    def _apart(first, second, bound):
        """Whether some swap differs by more than a bound."""
        gaps = [
            a - b for u, v in zip(first, second, strict=True) for a, b in zip(u, v, strict=True)
        ]
        if bound == 0:
            if any(isinstance(g, float) and 0 < abs(g) < SLOP for g in gaps) and not any(
                abs(g) >= SLOP for g in gaps
            ):
                raise Ambiguous
            return any(g != 0 for g in gaps)
        return not all(at_most(g, bound) for g in gaps)

    def _fits(self, values, must, may):
        n = range(len(self.rows))
        pairs = [(i, j) for i in n for j in n if i < j]
        if any(values[i] == values[j] and must(i, j) for i, j in pairs):
            return False
        if any(values[i] != values[j] and not may(i, j) for i, j in pairs):
            if not self.finite:
                raise Ambiguous  # other points of the box may tell them apart
            return False
        return True
