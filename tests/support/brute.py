"""An independent brute force: is a claim, with its tolerance, true of a network?

It shares nothing with the package but the JSON of the explanation and the numbers of the network:
own forward pass, own interventions, expressions by Python's own evaluator (`brute_programs`).
"""

from __future__ import annotations

import functools
import re

import numpy as np
from brute_interventions import every_intervention, stated_intervention
from brute_numbers import (
    DECIMALS,
    EXACT,
    FLOATS,
    IRRATIONAL,
    Ambiguous,
    exact,
    of_float,
)
from brute_programs import Program, different, evaluate
from flint import fmpq

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


def _mechanisms(data):
    """Return an explanation's JSON data without its words: what its ablations hang on."""
    units = {
        name: {k: v for k, v in said.items() if k not in ("expression", "concept")}
        for name, said in data["units"].items()
    }
    return {k: v for k, v in data.items() if k not in ("units", "outcomes")} | {"units": units}


class Claim:
    """One explanation (as its JSON data) about one network (as plain numbers).

    Args:
        network: its names and numbers are read.
        data: the explanation.
        rows: the inputs, as rationals.
        finite: whether they are all inputs that there are.
        like: another claim on the same rows. What both have in common (a network, or mechanisms)
            is run once, and where both are in common what holds of one holds of the other.
        arithmetic: one of `brute_numbers`; None chooses the quickest that has the numbers.
    """

    def __init__(self, network, data, rows, finite=True, like=None, arithmetic=None):
        self.network, self.data, self.finite = network, data, finite
        self.given = rows
        self.activations = {u: network.activation_of(u) for u in network.units}
        said = {u: data["units"][u]["activation"] for u in network.units}
        self.same_activations = said == self.activations
        self.arithmetic = arithmetic or (like and like.arithmetic) or self._quickest(said)
        if like is None:
            rows = [tuple(fmpq(int(v.p), int(v.q)) for v in row) for row in rows]
        self.rows = rows if like is None else like.rows
        self.count = len(self.rows)
        same_network = like is not None and like.network is network
        same_words = like is not None and like.data is data
        shared = like is not None and (
            same_words or (same_network and _mechanisms(like.data) == _mechanisms(data))
        )
        self.parameters = like.parameters if shared else self._parameters()
        self.groups = dict(getattr(network, "ties", None) or {})
        numbers = {a: of_float(v) for a, v in network.numbers.items()}
        self.net = like.net if same_network else self._program(self.activations, numbers)
        self.own = like.own if shared else self._program(said, self._stated(said))
        self.known = like.known if shared and same_network else {}
        self.eps = {
            k: exact(data.get("tolerance", {}).get(k, "0"))
            for k in ("clean", "units", "weights", "ablations")
        }
        self.hidden = [u for u in network.units if u not in network.outputs]
        self._finer = None

    def finer(self, like=None):
        """Return the same claim in decimals, which tell apart what floats do not."""
        if self._finer is None:
            self._finer = Claim(self.network, self.data, self.given, self.finite, like, DECIMALS)
        return self._finer

    def _quickest(self, said):
        texts = [*self.data.get("parameters", {}).values(), *_texts(self.data)]
        irrational = {*IRRATIONAL} & {*self.activations.values(), *said.values()}
        return FLOATS if irrational or any(ROOTS.search(text) for text in texts) else EXACT

    def _parameters(self):
        said = self.data.get("parameters", {})
        return {k: evaluate(v, {}, self.arithmetic) for k, v in said.items()}

    def _stated(self, said):
        stated = {
            a: evaluate(
                w["value"] if isinstance(w, dict) else str(w), self.parameters, self.arithmetic
            )
            for a, w in self.data["weights"].items()
        }
        for group, members in self.groups.items():
            stated |= dict.fromkeys(members, stated.pop(group))
        return stated

    def _program(self, activations, numbers):
        network = self.network
        return Program(
            network.inputs, activations, network.outputs, numbers, self.rows, self.arithmetic
        )

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
            rest = [np.where(v == best, self.arithmetic.infinite, best - v) for v in values]
            margin = functools.reduce(np.minimum, rest)
            margin = np.where(tied.sum(axis=0) > 1, 0 * best, margin)
            return tied, margin, self.arithmetic.near(margin)
        t = self.arithmetic.round_one(self.arithmetic.number(exact(rule.get("threshold", "0"))))
        margin = functools.reduce(np.minimum, [abs(v - t) for v in values])
        signs = [(v > t).astype(int) - (v < t).astype(int) for v in values]
        return np.stack(signs), margin, self.arithmetic.near(margin)

    def choice(self, outputs):
        """Return the decision of the outputs on one input, as something to compare."""
        return self.choices([self.arithmetic.array([v]) for v in outputs])[0]

    def choices(self, outputs):
        """Return the decision on each row, as something to compare; outputs are arrays."""
        choices, _, near = self.decide(outputs)
        if near.any():
            raise Ambiguous
        return choices.T.tolist()

    def agree(self, kind, derived, measured, eps):
        """Whether all cases of one kind hold; arrays over the cases."""
        gaps = np.stack([d - m for d, m in zip(derived, measured, strict=True)])
        rule = self.decide(derived)
        if rule is None:
            return self.at_most(gaps, eps)
        choices, margin, near = rule
        is_open = np.zeros(np.shape(margin), bool)
        if eps > 0:
            is_open = self.arithmetic.within(margin, eps)
            near = near | self.arithmetic.unsure(margin, eps)
        other = self.decide(measured)
        same = (choices == other[0]).all(axis=0)
        near = near | other[2]
        if not (same | is_open | near).all():
            return False
        if near.any():
            raise Ambiguous
        if self.metric(kind) == "decision":
            gaps = gaps[:, is_open]  # only where no decision is claimed
        return self.at_most(gaps, eps)

    def along(self, text, known):
        """Return the value of an expression on each row."""
        found = [k for k in known if re.search(rf"(?<![\w.]){re.escape(k)}(?![\w])", text)]
        bent = [k for k in found if k not in self.own.inputs]
        used = [(k, known[k].tolist()) for k in found]  # Python's own floats divide by 0 loudly
        values = [
            evaluate(text, {**self.parameters, **{k: v[r] for k, v in used}}, self.arithmetic, bent)
            for r in range(self.count)
        ]
        return self.arithmetic.rounded(self.arithmetic.array(values))

    def at_most(self, gap, bound):
        """Decide whether every |gap| <= bound."""
        return self.arithmetic.all_within(gap, bound)

    # The claims.

    def true(self, *, weights=True, behaviour=True, finer=None):
        """Whether everything that the explanation says is true.

        Args:
            weights: whether the stated numbers are among what it says.
            behaviour: whether the ablations that it derives are.
            finer: gives the same claim in finer arithmetic, asked where this one cannot tell.
        """
        if not self.same_activations:
            return False
        near = []
        for key, claim in self.claims(weights, behaviour):
            held = self._held(key, claim)
            if held is False:
                return False
            near += [key] if held is None else []  # another claim may be clearly false
        if near and finer is None:
            raise Ambiguous
        if near:
            fine = finer()
            claims = dict(fine.claims(weights, behaviour))
            held = [fine._held(key, claims[key]) for key in near]
            if False in held:
                return False
            if None in held:
                raise Ambiguous
        return True

    def _held(self, key, claim):
        """Return whether one claim holds, found out once; None where it is too near to call."""
        if key not in self.known:
            try:
                self.known[key] = claim()
            except Ambiguous:
                self.known[key] = None
        return self.known[key]

    def claims(self, weights, behaviour):
        """Yield (key, function that says whether it is true) of every claim.

        A key names all that a claim hangs on beside the network and the mechanisms.
        """
        if weights:
            yield ("weights",), self.weights
        yield from self.meanings()
        yield from self.outcomes()
        for unit, said in self.data["units"].items():
            if text := said.get("concept"):
                yield ("concept", unit, text), functools.partial(self.concept, unit, text)
        if behaviour:
            yield ("cases",), self.cases

    def weights(self):
        """Stated against actual numbers."""
        stated, actual = self.own.numbers, self.net.numbers
        gaps = self.arithmetic.array([stated[a] - v for a, v in actual.items()])
        return self.at_most(gaps, self.eps["weights"])

    def meanings(self):
        """Yield the claims about units: as in the network, and as their expressions say."""
        bound = self.eps["units"]
        for unit, said in self.data["units"].items():

            def runs(unit=unit):
                return self.at_most(self.own.clean[unit] - self.net.clean[unit], bound)

            yield ("unit", unit), runs
            if text := said.get("expression"):

                def means(unit=unit, text=text):
                    own = self.own.clean
                    return self.at_most(self.along(text, own) - own[unit], bound)

                yield ("expression", unit, text), means

    def outcomes(self):
        """Yield stated = derived = measured, the clean run included."""
        outputs = self.own.outputs
        stated = {"": {o: self.data["units"][o].get("expression") for o in outputs}}
        for outcome in self.data.get("outcomes", ()):
            if any(outcome["outputs"].values()):
                stated[outcome["intervention"]] = outcome["outputs"]
        for text, said in stated.items():
            yield ("derived", text), functools.partial(self._derived, text)
            key = "stated", text, *(said.get(o) for o in outputs)
            yield key, functools.partial(self._stated_outcome, text, said)

    def _outcome(self, program, text):
        arguments = stated_intervention(text, self.groups)
        return program.keep(text, lambda p: p.out(**arguments(p)))

    def _derived(self, text):
        derived, measured = (self._outcome(p, text) for p in (self.own, self.net))
        return self.agree(self._kind(text), derived, measured, self._bound(text))

    def _stated_outcome(self, text, outputs):
        derived = self._outcome(self.own, text)
        said = [
            self.along(outputs[o], self.own.clean) if outputs.get(o) else d
            for o, d in zip(self.own.outputs, derived, strict=True)
        ]
        kind, bound = self._kind(text), self._bound(text)
        pairs = [(said, derived), (derived, said)][: 2 if bound > 0 else 1]
        # Each claims its decision where its own margin is beyond the tolerance.
        return self._all(functools.partial(self.agree, kind, *pair, bound) for pair in pairs)

    def _bound(self, text):
        return self.eps["ablations" if text else "clean"]

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
        """Decide tiers a, b and c: every parameter, every subset, every interchange."""
        return self._all(self._cases())

    @staticmethod
    def _all(claims):
        """Whether all claims hold."""
        near = False
        for claim in claims:
            try:
                if not claim():
                    return False
            except Ambiguous:
                near = True  # another case may be clearly false
        if near:
            raise Ambiguous
        return True

    def _cases(self):
        eps = self.eps["ablations"]
        for kind, key, arguments in every_intervention(self.net.numbers, self.hidden):

            def run(program, arguments=arguments):
                return program.out(**arguments(program))

            own, net = self.own.keep(key, run), self.net.keep(key, run)
            yield functools.partial(self.agree, kind, own, net, eps)
        for unit in self.hidden:
            sources = different(self.own.clean[unit], self.net.clean[unit])
            own, net = self.own.swapped(unit, sources), self.net.swapped(unit, sources)
            yield functools.partial(self.agree, "resample", own, net, eps)

    def concept(self, unit, text):
        """Whether a concept tells apart exactly the inputs that its unit tells apart.

        By value: merged inputs may not be told apart by more than the tolerance; separated ones
        must be told apart, however little, by the network and by the explanation.
        """
        values = self.arithmetic.told(self.along(text, self.own.clean))
        rows = different(values, self.own.clean[unit], self.net.clean[unit])
        values = values[rows]
        key = "swapped", unit, *rows
        net, own = (p.keep(key, lambda p: p.swapped(unit, rows)) for p in (self.net, self.own))
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
        for i in range(len(values) - 1):
            pairs = (values[i + 1 :] == values[i]) == equal
            if not pairs.any():
                continue
            gaps = abs(flat[i + 1 :][pairs] - flat[i])
            if bound != 0:
                found += [not self.at_most(line, bound) for line in gaps]
            else:
                found += self.arithmetic.apart(gaps).tolist()
        return found

    def _fits(self, must, may):
        if any(any(one) for one in must):
            return False
        if not all(all(pair) for pair in zip(*may, strict=True)):
            if not self.finite:
                raise Ambiguous  # other points of the box may tell them apart
            return False
        return True
