"""What an explanation says about a box, check by check, tried at exact points of it."""

from __future__ import annotations

import functools
import itertools
import re

import numpy as np
from box_points import points, thinned
from brute import CLAUSE, Claim
from brute_programs import Ambiguous, Program, at_most, exact
from flint import fmpq

NUMBERS = re.compile(r"(?<![\w.])-?\d+(?:\.\d+|/\d+)?")
SOURCES = 12  # points from which a unit's value is taken
BASES = 40  # points on which values of a unit are exchanged for a concept
TOGETHER = 64  # points on which several units at once are left out
SETS = 24  # sets of points that share a value of a concept


def formulas(data):
    """Return every formula about inputs and units that an explanation states."""
    found = []
    for said in data["units"].values():
        found += [said.get("expression"), said.get("concept")]
    for outcome in data.get("outcomes", ()):
        found += outcome["outputs"].values()
    return [text for text in found if isinstance(text, str) and text]


def meant(intervention):
    """Return an intervention as data that do not hang on how its numbers are written.

    >>> meant("h1, h2 = 0.50") == meant("h1 = 1/2, h2 = 1/2")
    True
    """
    return {
        (target.strip(), op, NUMBERS.sub(lambda n: str(exact(n[0])), value))
        for targets, op, value in CLAUSE.findall(intervention)
        for target in targets.split(",")
    }


class OnBox(Claim):
    """One explanation (as its JSON data) about one network, on a box.

    Args:
        network, data: as for `Claim`.
        bounds: of the box.
        finite: the points over which `mean` is taken, as the report names them.
        rows: the points to try; by default where something can bend, a grid, and those.
    """

    def __init__(self, network, data, bounds, finite, rows=None):
        self.named = [tuple(fmpq(int(v.p), int(v.q)) for v in row) for row in finite]
        if rows is None:
            few = Claim(network, data, finite[:1], finite=False)
            found = points(few, formulas(data), bounds) if few.same_activations else []
            rows = dict.fromkeys([*found, *self.named])
        super().__init__(network, data, list(rows), finite=False)
        for side in (self.net, self.own):
            side.mean = self.over(side, self.named).mean

    @staticmethod
    def over(side, rows):
        """Return a program over other rows; its means stay as they are."""
        given = side.inputs, side.units, side.outputs, side.numbers
        made = Program(*given, rows, side.floats)
        if "mean" in vars(side):
            made.mean = side.mean
        return made

    def checks(self):
        """Yield (check of the report, function that says whether it holds), for every claim."""
        if not self.same_activations:
            yield "units", lambda: False
            return
        yield "weights", self.weights
        yield from (("units", claim) for claim in self.on_units())
        for text, outputs in self.stated_outcomes().items():
            yield "outcomes" if text else "clean", functools.partial(self.outcome, text, outputs)
        sides = [self.over(side, thinned(self.rows, TOGETHER)) for side in (self.own, self.net)]
        for kind, arguments in self.interventions():
            alone = kind in ("cut", "flip")
            both = (self.own, self.net) if alone else sides
            claim = functools.partial(self.alike, kind, arguments, both)
            yield "parameters" if alone else "subsets", claim
        for unit in self.hidden:
            yield "interchange", functools.partial(self.exchanged, unit)
        for unit, said in self.data["units"].items():
            if said.get("concept"):
                yield "concepts", functools.partial(self.concept, unit, said["concept"])

    def at_witness(self, check, intervention):
        """Return the claims of a check under one intervention; a source is the second row."""
        if check == "units":
            return [*self.on_units()]
        if check in ("clean", "outcomes"):
            return [
                functools.partial(self.outcome, text, outputs)
                for text, outputs in self.stated_outcomes().items()
                if meant(text) == meant(intervention)
            ]
        if check == "interchange":
            unit = intervention.partition(" = ")[0]
            own, net = (
                self.over(side, self.rows[:1]).out(fixed={unit: side.clean[unit][1]})
                for side in (self.own, self.net)
            )
            return [functools.partial(self.agree, "resample", own, net, self.eps["ablations"])]
        return [
            functools.partial(
                self.alike,
                self._kind(intervention),
                self.stated(intervention),
                (self.own, self.net),
            )
        ]

    def on_units(self):
        """Yield the claims about units: as in the network, and as their formulas say."""
        own, net = self.own.clean, self.net.clean
        eps = self.eps["units"]
        for unit, said in self.data["units"].items():
            yield lambda u=unit: at_most(own[u] - net[u], eps)
            if said.get("expression"):
                text = said["expression"]
                yield lambda u=unit, t=text: at_most(self.along(t, own) - own[u], eps)

    def stated_outcomes(self):
        """Return intervention -> what is said of the outputs under it; "" is the clean run."""
        stated = {"": {o: self.data["units"][o].get("expression") for o in self.own.outputs}}
        for outcome in self.data.get("outcomes", ()):
            if any(outcome["outputs"].values()):
                stated[outcome["intervention"]] = outcome["outputs"]
        return stated

    def outcome(self, text, outputs):
        """Whether stated = derived = measured under one intervention."""
        arguments = self.stated(text) if text else lambda _: {}
        eps = self.eps["ablations" if text else "clean"]
        kind = self._kind(text)
        derived, measured = (side.out(**arguments(side)) for side in (self.own, self.net))
        if not self.agree(kind, derived, measured, eps):
            return False
        said = [
            self.along(outputs[o], self.own.clean) if outputs.get(o) else d
            for o, d in zip(self.own.outputs, derived, strict=True)
        ]
        return self.agree(kind, said, derived, eps)

    def alike(self, kind, arguments, sides):
        """Whether explanation and network agree under an intervention."""
        own, net = (side.out(**arguments(side)) for side in sides)
        return self.agree(kind, own, net, self.eps["ablations"])

    def exchanged(self, unit):
        """Whether they agree with a unit taken from other points: the extreme ones among them."""
        sources = self.told_by(unit, SOURCES)
        own, net = self.own.swapped(unit, sources), self.net.swapped(unit, sources)
        return self.agree("resample", own, net, self.eps["ablations"])

    def told_by(self, unit, most):
        """Return rows with different values of a unit, evenly spread over them."""
        own, net = self.own.clean[unit].tolist(), self.net.clean[unit].tolist()
        first = {}
        for row, values in enumerate(zip(own, net, strict=True)):
            first.setdefault(values, row)
        return thinned([first[values] for values in sorted(first)], most)

    def concept(self, unit, text):
        """Whether a concept tells apart exactly the points that its unit tells apart, by value.

        Points that it merges may not be told apart by the network beyond the tolerance. Points
        that it separates must be told apart by the explanation, however little, and by the network
        as well where nothing is tolerated.
        """
        told = self.along(text, self.own.clean).tolist()
        own, net = self.own.clean[unit].tolist(), self.net.clean[unit].tolist()
        sets = {}
        for row, value in enumerate(told):
            sets.setdefault(value, {})[net[row]] = row
        pairs = [(rows[min(rows)], rows[max(rows)]) for rows in sets.values() if len(rows) > 1]
        if pairs:
            low, high = zip(*thinned(pairs, SETS), strict=True)
            gaps = self._gaps(self.net, unit, low, high)
            if not all(at_most(gap, self.eps["ablations"]) for gap in gaps):
                return False
        sides = [(self.own, own)]
        if self.eps["ablations"] == 0 and self.eps["units"] == 0:
            sides.append((self.net, net))
        return all(self._separated(side, unit, values, told) for side, values in sides)

    def _separated(self, side, unit, values, told):
        """Whether one side tells apart what the concept separates."""
        first = {}
        for row, value in enumerate(values):
            if told[first.setdefault(value, row)] != told[row]:
                return False  # one value of the unit, so no output can notice
        rows = thinned([first[v] for v in sorted(first)], BASES)
        pairs = [(a, b) for a, b in itertools.pairwise(rows) if told[a] != told[b]]
        if not pairs:
            return True
        gaps = self._gaps(side, unit, *zip(*pairs, strict=True))
        if all(
            any(gap != 0 for gap in line)
            for line in zip(*(g.any(axis=1) for g in gaps), strict=True)
        ):
            return True
        readers = [u for u in side.units if unit in side.terms[u]]
        if all(side.units[u] == "identity" and u in side.outputs for u in readers):
            return False  # what one point does not notice, none does
        raise Ambiguous  # other points may

    def _gaps(self, side, unit, one, other):
        """Return for each output how an exchange of two values changes it: (pairs, points)."""
        bases = self.over(side, thinned(self.rows, BASES))
        found = []
        for rows in (one, other):
            values = side.clean[unit][list(rows)]
            taken = bases.out(fixed={unit: values[:, None]})
            found.append(
                [np.broadcast_to(v, (len(rows), len(bases.x[side.inputs[0]]))) for v in taken]
            )
        return [a - b for a, b in zip(*found, strict=True)]
