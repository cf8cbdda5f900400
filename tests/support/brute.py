"""An independent brute force: is a claim, with its tolerance, true of a network?

It shares nothing with the package but the JSON of the explanation and the numbers of the network:
own forward pass, own interventions, expressions by Python's own evaluator (`brute_programs`).
"""

from __future__ import annotations

import functools
import itertools
import math
import re

import numpy as np
from brute_programs import (
    IRRATIONAL,
    SLOP,
    Ambiguous,
    Program,
    array,
    as_float,
    at_most,
    evaluate,
    exact,
    of_float,
    within,
)
from flint import fmpq

CLAUSE = re.compile(r"\s*([^=]*?)\s*([*+]?=)\s*([^,(=]*(?:\([^)]*\))?)\s*(?:,|$)")
INFINITE = fmpq(10**30)
ROOTS = re.compile(r"\b(sqrt|sin|cos|pi|tanh|sigmoid)\b")


def _texts(data):
    """Yield every expression text of an explanation."""
    for said in data["weights"].values():
        yield str(said["value"] if isinstance(said, dict) else said)
    for said in data["units"].values():
        yield said.get("expression") or ""
        yield said.get("concept") or ""
    for outcome in data.get("outcomes", ()):
        yield from (text for text in outcome["outputs"].values() if isinstance(text, str))


class Claim:
    """One explanation (as its JSON data) about one network (as plain numbers)."""

    def __init__(self, network, data, rows, finite=True):
        self.finite = finite
        self.data = data
        activations = {u: network.activation_of(u) for u in network.units}
        said = {u: data["units"][u]["activation"] for u in network.units}
        texts = [*data.get("parameters", {}).values(), *_texts(data)]
        self.floats = bool(
            {*IRRATIONAL} & {*activations.values(), *said.values()}
            or any(ROOTS.search(text) for text in texts)
        )
        rows = [tuple(fmpq(int(v.p), int(v.q)) for v in row) for row in rows]
        self.rows = rows
        self.count = len(rows)
        numbers = {a: of_float(v) for a, v in network.numbers.items()}
        self.parameters = {
            k: evaluate(v, {}, self.floats) for k, v in data.get("parameters", {}).items()
        }
        stated = {
            a: evaluate(w["value"] if isinstance(w, dict) else str(w), self.parameters, self.floats)
            for a, w in data["weights"].items()
        }
        self.groups = dict(getattr(network, "ties", None) or {})
        for group, members in self.groups.items():
            stated |= dict.fromkeys(members, stated.pop(group))
        self.same_activations = said == activations
        given = network.inputs, network.outputs
        self.net = Program(given[0], activations, given[1], numbers, rows, self.floats)
        self.own = Program(given[0], said, given[1], stated, rows, self.floats)
        self.eps = {
            k: exact(data.get("tolerance", {}).get(k, "0"))
            for k in ("clean", "units", "weights", "ablations")
        }
        self.hidden = [u for u in network.units if u not in network.outputs]

    def metric(self, kind):
        """Return how a kind of intervention is compared."""
        metric = self.data.get("metric", {})
        return metric.get(kind, metric.get("default", "value"))

    def decide(self, values):
        """Return arrays (choices by output, margin, too near to call), or None without a rule."""
        rule = self.data.get("decision") or {}
        if not rule:
            return None
        if rule == "argmax" or "argmax" in rule:
            best = functools.reduce(np.maximum, values)
            tied = np.stack([v == best for v in values])
            far = math.inf if self.floats else INFINITE
            rest = [np.where(v == best, far, best - v) for v in values]
            margin = functools.reduce(np.minimum, rest)
            margin = np.where(tied.sum(axis=0) > 1, 0 * best, margin)
            return tied, margin, self._near(margin)
        t = exact(rule["threshold"]) if "threshold" in rule else fmpq(0)
        t = as_float(t) if self.floats else t
        margin = functools.reduce(np.minimum, [abs(v - t) for v in values])
        signs = [(v > t).astype(int) - (v < t).astype(int) for v in values]
        return np.stack(signs), margin, self._near(margin)

    def choice(self, outputs):
        """Return the decision of the outputs on one input, as something to compare."""
        choices, _, near = self.decide([array([v], self.floats) for v in outputs])
        if near.any():
            raise Ambiguous
        return choices[:, 0].tolist()

    def _near(self, margin):
        return margin.astype(float) < SLOP if self.floats else np.zeros(np.shape(margin), bool)

    def agree(self, kind, derived, measured, eps):
        """Whether all cases of one kind hold; arrays over the cases."""

        def values():
            return functools.reduce(
                np.logical_and,
                [within(d - m, eps) for d, m in zip(derived, measured, strict=True)],
            )

        rule = self.decide(derived)
        if rule is None:
            return bool(np.all(values()))
        is_open = within(rule[1], eps) if eps > 0 else np.zeros(np.shape(rule[1]), bool)
        other = self.decide(measured)
        same = (rule[0] == other[0]).all(axis=0)
        near = rule[2] | other[2]
        if not (same | is_open | near).all():
            return False
        if near.any():
            raise Ambiguous
        if self.metric(kind) == "decision" and not is_open.any():
            return True
        held = values()
        return bool((held | ~is_open if self.metric(kind) == "decision" else held).all())

    def interventions(self):
        """Yield (kind, function from program to the arguments of `run`) for tiers a and b."""
        for address in self.net.numbers:
            for kind, factor in (("cut", 0), ("flip", -1)):
                yield (
                    kind,
                    lambda p, a=address, f=factor: {"numbers": {**p.numbers, a: p.numbers[a] * f}},
                )
        for size in range(1, len(self.hidden) + 1):
            for subset in itertools.combinations(self.hidden, size):
                yield "zero", lambda p, s=subset: {"fixed": dict.fromkeys(s, 0)}
                yield "pre", lambda p, s=subset: {"fixed": {f"{u}.pre": 0 for u in s}}
                yield "mean", lambda p, s=subset: {"fixed": {u: p.mean(u) for u in s}}
                yield (
                    "incoming",
                    lambda p, s=subset: {
                        "numbers": {
                            a: v * 0 if a.partition("->")[2] in s and "->" in a else v
                            for a, v in p.numbers.items()
                        }
                    },
                )

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
            fixed[target] = program.at([exact(v.strip()) for v in patch[2].split(",")])[
                patch[1] or target
            ]
        elif value == "mean":
            fixed[target] = program.mean(target)
        elif "->" in target or target.endswith(".bias") or target.partition("@")[0] in self.groups:
            change = exact(value)
            change = as_float(change) if self.floats else change
            for name in self._numbered(target, numbers):
                old = numbers[name]
                numbers[name] = {"=": change, "+=": old + change, "*=": old * change}[op]
        else:
            fixed[target] = as_float(exact(value)) if self.floats else exact(value)

    def _numbered(self, target, numbers):
        if target.startswith("->"):
            return [a for a in numbers if a.endswith(target)]
        if target.endswith("->"):
            return [a for a in numbers if a.startswith(target)]
        group, _, copy = target.partition("@")
        if group in self.groups:
            return [self.groups[group][int(copy) - 1]] if copy else list(self.groups[group])
        return [target]

    def along(self, text, known):
        """Return the value of an expression on each row."""
        found = [k for k in known if re.search(rf"(?<![\w.]){re.escape(k)}(?![\w])", text)]
        used = [(k, known[k].tolist()) for k in found]  # Python's own floats divide by 0 loudly
        values = [
            evaluate(text, {**self.parameters, **{k: v[r] for k, v in used}}, self.floats)
            for r in range(self.count)
        ]
        return array(values, self.floats)

    # The claims.

    def true(self, *, weights=True, behaviour=True):
        """Whether everything that the explanation says is true."""
        if not self.same_activations:
            return False
        near = False
        for claim in self.claims(weights, behaviour):
            try:
                if not claim():
                    return False
            except Ambiguous:
                near = True  # another claim may be clearly false
        if near:
            raise Ambiguous
        return True

    def claims(self, weights, behaviour):
        """Yield every claim, as a function that says whether it is true."""
        if weights:
            yield self.weights
        yield from self.meanings()
        yield from self.outcomes()
        for unit, said in self.data["units"].items():
            if said.get("concept"):
                yield functools.partial(self.concept, unit, said["concept"])
        if behaviour:
            yield from self.cases()

    def weights(self):
        """Stated against actual numbers."""
        gaps = array([self.own.numbers[a] - v for a, v in self.net.numbers.items()], self.floats)
        return at_most(gaps, self.eps["weights"])

    def meanings(self):
        """Yield the claims about units: as in the network, and as their expressions say."""
        own, net = self.own.clean, self.net.clean
        for unit, said in self.data["units"].items():
            yield lambda u=unit: at_most(own[u] - net[u], self.eps["units"])
            if said.get("expression"):
                yield lambda u=unit, text=said["expression"]: at_most(
                    self.along(text, own) - own[u], self.eps["units"]
                )

    def outcomes(self):
        """Yield stated = derived = measured, the clean run included."""
        stated = {"": {o: self.data["units"][o].get("expression") for o in self.own.outputs}}
        for outcome in self.data.get("outcomes", ()):
            if any(outcome["outputs"].values()):
                stated[outcome["intervention"]] = outcome["outputs"]
        for text, outputs in stated.items():
            arguments = self.stated(text) if text else lambda _: {}
            eps = self.eps["ablations" if text else "clean"]
            kind = self._kind(text)
            derived = self.own.out(**arguments(self.own))
            measured = self.net.out(**arguments(self.net))
            said = [
                self.along(outputs[o], self.own.clean) if outputs.get(o) else d
                for o, d in zip(self.own.outputs, derived, strict=True)
            ]
            yield functools.partial(self.agree, kind, derived, measured, eps)
            yield functools.partial(self.agree, kind, said, derived, eps)

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
        """Yield tiers a, b and c."""
        eps = self.eps["ablations"]
        for kind, arguments in self.interventions():
            own, net = self.own.out(**arguments(self.own)), self.net.out(**arguments(self.net))
            yield functools.partial(self.agree, kind, own, net, eps)
        for unit in self.hidden:
            own, net = self.own.swapped(unit), self.net.swapped(unit)
            yield functools.partial(self.agree, "resample", own, net, eps)

    def concept(self, unit, text):
        """Whether a concept tells apart exactly the inputs that its unit tells apart.

        By value: merged inputs may not be told apart by more than the tolerance; separated ones
        must be told apart, however little, by the network and by the explanation.
        """
        values = self.along(text, self.own.clean)
        net, own = self.net.swapped(unit), self.own.swapped(unit)
        level = self.data.get("metric", {}).get("concepts", "value")

        def by_value():
            bound = self.eps["ablations"]
            must = [self._apart(np.stack(net, axis=-1), bound, values, True)]
            may = [self._apart(np.stack(s, axis=-1), 0, values, False) for s in (net, own)]
            return self._fits(must, may)

        if level == "value":
            return by_value()
        choices, _, near = self.decide(net)
        if near.any():
            raise Ambiguous
        choices = np.moveaxis(choices, 0, -1)
        told = [self._apart(choices, 0, values, equal) for equal in (True, False)]
        return self._fits(told[:1], told[1:]) or (level == "either" and by_value())

    def _apart(self, swaps, bound, values, equal):
        """Return whether the swaps of two rows differ by more than a bound, for each pair of rows.

        Those pairs, in one order, whose concept is equal, or those whose concept is not.
        """
        flat = swaps.reshape(len(swaps), -1)
        found = []
        for i in range(self.count - 1):
            pairs = (values[i + 1 :] == values[i]) == equal
            if not pairs.any():
                continue
            gaps = abs(flat[i + 1 :][pairs] - flat[i])
            if bound != 0:
                found += [not at_most(line, bound) for line in gaps]
                continue
            large = (gaps >= SLOP if gaps.dtype == np.float64 else gaps > 0).any(axis=1)
            if gaps.dtype == np.float64 and ((gaps > 0).any(axis=1) & ~large).any():
                raise Ambiguous
            found += large.tolist()
        return found

    def _fits(self, must, may):
        if any(any(one) for one in must):
            return False
        if not all(all(pair) for pair in zip(*may, strict=True)):
            if not self.finite:
                raise Ambiguous  # other points of the box may tell them apart
            return False
        return True
