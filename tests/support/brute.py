"""An independent brute force: is a claim, with its tolerance, true of a network?

It shares nothing with the package but the JSON of the explanation and the numbers of the network:
own forward pass, own interventions, expressions by Python's own evaluator. Exact for rational
activations; for tanh and sigmoid in float64, where a comparison nearer than SLOP has no label.
What was worked out of one set of numbers is kept while the next claims are about the same ones.
"""

from __future__ import annotations

import functools
import itertools
import math
import re
from fractions import Fraction

from plain_evaluation import evaluate, over, whole

SLOP = 1e-9
# Of more units: sizes 1, 2, all but one, all. A claim that only another subset refutes would be
# labelled true, and the controls would then report its refutation as an accusation.
ALL_SUBSETS = 6
CLAUSE = re.compile(r"\s*([^=]*?)\s*([*+]?=)\s*([^,(=]*(?:\([^)]*\))?)\s*(?:,|$)")


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


@functools.lru_cache(maxsize=4)
def program(inputs, units, outputs, numbers, rows):
    """Return a program, the same one for the same numbers: the claims about it share its runs."""
    return Program(inputs, dict(units), outputs, dict(numbers), rows)


class Program:
    """Named units with numbers on listed rows: the network, or what the explanation states."""

    def __init__(self, inputs, units, outputs, numbers, rows):
        self.inputs, self.units, self.outputs = inputs, units, outputs
        self.numbers, self.rows = numbers, rows
        self.clean, self.kept = {}, {}
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

    def keep(self, key, work):
        """Return what was worked out before under a key, or work it out."""
        if key not in self.kept:
            self.kept[key] = work()
        return self.kept[key]

    def changed(self, text, arguments):
        """Return the outputs of every row under an intervention."""
        def work():
            given = arguments(self)
            return [self.out(x, **given) for x in self.rows]
        return self.keep(("changed", text), work)

    def mean(self, name):
        """Return the mean of a clean value."""
        total = sum(self.run(x)[name] for x in self.rows)
        return self.keep(("mean", name), lambda: whole(over(total, len(self.rows))))

    def swaps(self, unit):
        """Return source's activation -> the outputs of every row with the unit taken from it."""
        def work():
            taken = dict.fromkeys(self.run(source)[unit] for source in self.rows)
            return {v: [self.out(x, fixed={unit: v}) for x in self.rows] for v in taken}
        return self.keep(("swaps", unit), work)


class Claim:
    """One explanation (as its JSON data) about one network (as plain numbers)."""

    def __init__(self, network, data, rows, finite=True):
        self.finite = finite
        self.rows = tuple(tuple(whole(Fraction(int(v.p), int(v.q))) for v in row) for row in rows)
        self.data = data
        activations = {u: network.activation_of(u) for u in network.units}
        numbers = {a: whole(Fraction(v)) for a, v in network.numbers.items()}

        def made(units, numbers):
            given = (network.inputs, tuple(units.items()), network.outputs)
            return program(*given, tuple(numbers.items()), self.rows)

        self.net = made(activations, numbers)
        self.parameters = {k: evaluate(v, {}) for k, v in data.get("parameters", {}).items()}
        stated = {
            a: evaluate(w["value"] if isinstance(w, dict) else str(w), self.parameters)
            for a, w in data["weights"].items()
        }
        said = {u: data["units"][u]["activation"] for u in network.units}
        self.same_activations = said == activations
        self.own = made(said, stated)
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

    def interventions(self):
        """Yield (kind, function from program to the arguments of `run`) for tiers a and b."""
        for address in self.net.numbers:
            for kind, factor in (("cut", 0), ("flip", -1)):
                yield kind, lambda p, a=address, f=factor: {
                    "numbers": {**p.numbers, a: p.numbers[a] * f}
                }
        h = len(self.hidden)
        for size in range(1, h + 1) if h <= ALL_SUBSETS else (1, 2, h - 1, h):
            for subset in itertools.combinations(self.hidden, size):
                yield "zero", lambda p, s=subset: {"fixed": dict.fromkeys(s, 0)}
                yield "pre", lambda p, s=subset: {"fixed": {f"{u}.pre": 0 for u in s}}
                yield "mean", lambda p, s=subset: {"fixed": {u: p.mean(u) for u in s}}
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
            source = tuple(whole(Fraction(v.strip())) for v in patch[2].split(","))
            fixed[target] = program.run(source)[patch[1] or target]
        elif value == "mean":
            fixed[target] = program.mean(target)
        elif "->" in target or target.endswith(".bias"):
            names = [target]
            if target.startswith("->"):
                names = [a for a in numbers if a.endswith(target)]
            elif target.endswith("->"):
                names = [a for a in numbers if a.startswith(target)]
            for name in names:
                old, change = numbers[name], whole(Fraction(value))
                numbers[name] = {"=": change, "+=": old + change, "*=": old * change}[op]
        else:
            fixed[target] = whole(Fraction(value))

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
            columns = (self.own.changed(text, arguments), self.net.changed(text, arguments))
            for x, derived, measured in zip(self.rows, *columns, strict=True):
                known = {**self.own.run(x), **self.parameters}
                said = [
                    evaluate(outputs[o], known) if outputs.get(o) else d
                    for o, d in zip(self.own.outputs, derived, strict=True)
                ]
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
        key = (self.net, eps, str(self.data.get("metric")), str(self.data.get("decision")))
        return self.own.keep(key, lambda: self._cases(eps))

    def _cases(self, eps):
        for kind, arguments in self.interventions():
            own, net = arguments(self.own), arguments(self.net)
            for x in self.rows:
                if not self.agree(kind, self.own.out(x, **own), self.net.out(x, **net), eps):
                    return False
        for unit in self.hidden:
            own, net = self.own.swaps(unit), self.net.swaps(unit)
            for taken in dict.fromkeys((self.own.run(x)[unit], self.net.run(x)[unit])
                                       for x in self.rows):
                for derived, measured in zip(own[taken[0]], net[taken[1]], strict=True):
                    if not self.agree("resample", derived, measured, eps):
                        return False
        return True

    def concept(self, unit, text):
        """Whether a concept tells apart exactly the inputs that its unit tells apart.

        By value: merged inputs may not be told apart by more than the tolerance; separated ones
        must be told apart, however little, by the network and by the explanation.
        """
        net, own = self.net.swaps(unit), self.own.swaps(unit)
        # Rows with one value and one activation are alike in all that follows.
        kinds = list(dict.fromkeys(
            (evaluate(text, {**self.own.run(x), **self.parameters}),
             self.net.run(x)[unit], self.own.run(x)[unit]) for x in self.rows
        ))
        level = self.data.get("metric", {}).get("concepts", "value")
        by_value = lambda: self._fits(  # noqa: E731  # evaluated only where it is asked for
            kinds,
            lambda a, b: self._apart(net[a[1]], net[b[1]], self.eps["ablations"]),
            lambda a, b: self._apart(net[a[1]], net[b[1]], 0)
            and self._apart(own[a[2]], own[b[2]], 0),
        )
        if level == "value":
            return by_value()
        choices = {v: [self.decide(o)[0] for o in outputs] for v, outputs in net.items()}
        told = lambda a, b: choices[a[1]] != choices[b[1]]  # noqa: E731  # a rule, used twice
        return self._fits(kinds, told, told) or (level == "either" and by_value())

    @staticmethod
    def _apart(first, second, bound):
        """Whether some swap differs by more than a bound."""
        gaps = (
            a - b for u, v in zip(first, second, strict=True)
            for a, b in zip(u, v, strict=True) if a != b
        )
        if bound != 0:
            return not all(at_most(g, bound) for g in gaps)
        unsure = False
        for gap in gaps:
            if not isinstance(gap, float) or abs(gap) >= SLOP:
                return True
            unsure = True
        if unsure:
            raise Ambiguous
        return False

    def _fits(self, kinds, must, may):
        pairs = list(itertools.combinations(kinds, 2))
        if any(a[0] == b[0] and must(a, b) for a, b in pairs):
            return False
        if any(a[0] != b[0] and not may(a, b) for a, b in pairs):
            if not self.finite:
                raise Ambiguous  # other points of the box may tell them apart
            return False
        return True
