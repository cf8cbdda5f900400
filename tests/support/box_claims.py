"""What an explanation says about a box, check by check, tried at exact points of it."""

from __future__ import annotations

import copy
import functools
import itertools

import numpy as np
from box_points import points, thinned
from brute import Claim
from brute_interventions import every_intervention, meant, stated_intervention
from brute_programs import Ambiguous
from flint import fmpq

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


def at_most(gap, bound):
    """Whether every |gap| <= bound, in rationals."""
    return bool(np.all(abs(gap) <= bound))


class OnBox(Claim):
    """One explanation (as its JSON data) about one network, on a box, in rationals.

    Args:
        network, data: as for `Claim`.
        bounds: of the box.
        finite: the points over which `mean` is taken, as the report names them.
        rows: the points to try; by default where something can bend, a grid, and those.
    """

    def __init__(self, network, data, bounds, finite, rows=None):
        named = [tuple(fmpq(int(v.p), int(v.q)) for v in row) for row in finite]
        if rows is None:
            few = Claim(network, data, named[:1], finite=False)
            found = points(few, formulas(data), bounds) if few.same_activations else []
            rows = dict.fromkeys([*found, *named])
        super().__init__(network, data, list(rows), finite=False)
        assert all(side.x[x].dtype == object for side in self.sides for x in side.inputs)
        for side in self.sides:
            side.mean = over(side, named).mean

    @property
    def sides(self):
        """What the explanation states, and the network."""
        return self.own, self.net

    def checks(self):
        """Yield (check of the report, function that says whether it holds), for every claim."""
        if not self.same_activations:
            yield "units", lambda: False
            return
        yield "weights", self.weights
        yield from (("units", claim) for claim in self.on_units())
        for text, outputs in self.stated_outcomes().items():
            yield "outcomes" if text else "clean", functools.partial(self.outcome, text, outputs)
        for kind, _, arguments in every_intervention(self.net.numbers, ()):
            yield "parameters", functools.partial(self.alike, kind, arguments, self.sides)
        few = [over(side, thinned(self.rows, TOGETHER)) for side in self.sides]
        for kind, _, arguments in every_intervention((), self.hidden):
            yield "subsets", functools.partial(self.alike, kind, arguments, few)
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
                over(side, self.rows[:1]).out(fixed={unit: side.clean[unit][1]})
                for side in self.sides
            )
            return [functools.partial(self.agree, "resample", own, net, self.eps["ablations"])]
        kind = self._kind(intervention)
        return [functools.partial(self.alike, kind, stated_intervention(intervention), self.sides)]

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
        found = {"": {o: self.data["units"][o].get("expression") for o in self.own.outputs}}
        for outcome in self.data.get("outcomes", ()):
            if any(outcome["outputs"].values()):
                found[outcome["intervention"]] = outcome["outputs"]
        return found

    def outcome(self, text, outputs):
        """Whether stated = derived = measured under one intervention."""
        arguments, kind = stated_intervention(text), self._kind(text)
        eps = self.eps["ablations" if text else "clean"]
        derived, measured = (side.out(**arguments(side)) for side in self.sides)
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
        """Whether they agree with a unit taken from other points, the extreme ones among them."""
        first = {}
        pairs = zip(*(side.clean[unit].tolist() for side in self.sides), strict=True)
        for row, values in enumerate(pairs):
            first.setdefault(values, row)
        sources = thinned([first[values] for values in sorted(first)], SOURCES)
        own, net = (side.swapped(unit, sources) for side in self.sides)
        return self.agree("resample", own, net, self.eps["ablations"])

    def concept(self, unit, text):
        """Whether a concept tells apart exactly the points that its unit tells apart, by value.

        Points that it merges may not be told apart by the network beyond the tolerance. Points
        that it separates must be told apart by the explanation, however little, and by the network
        as well where nothing is tolerated.
        """
        assert self.metric("concepts") == "value"
        told = self.along(text, self.own.clean).tolist()
        own, net = (side.clean[unit].tolist() for side in self.sides)
        sets = {}
        for row, value in enumerate(told):
            sets.setdefault(value, {})[net[row]] = row
        pairs = [(rows[min(rows)], rows[max(rows)]) for rows in sets.values() if len(rows) > 1]
        if pairs:
            gaps = self._gaps(self.net, unit, thinned(pairs, SETS))
            if not all(at_most(gap, self.eps["ablations"]) for gap in gaps):
                return False
        exactly = self.eps["ablations"] == 0 and self.eps["units"] == 0
        sides = [(self.own, own), (self.net, net)][: 1 + exactly]
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
        noticed = [(gap != 0).any(axis=1) for gap in self._gaps(side, unit, pairs)]
        if functools.reduce(np.logical_or, noticed).all():
            return True
        readers = [u for u in side.units if unit in side.terms[u]]
        if all(side.units[u] == "identity" and u in side.outputs for u in readers):
            return False  # what one point does not notice, none does
        raise Ambiguous  # other points may

    def _gaps(self, side, unit, pairs):
        """Return for each output how an exchange of two values changes it: (pairs, points)."""
        bases = over(side, thinned(self.rows, BASES))
        found = []
        for rows in zip(*pairs, strict=True):
            values = side.clean[unit][list(rows)][:, None]
            taken = bases.out(fixed={unit: values})
            found.append([np.broadcast_to(v, (len(rows), min(self.count, BASES))) for v in taken])
        return [a - b for a, b in zip(*found, strict=True)]


def over(side, rows):
    """Return a program over other rows; where its means were given, they stay as they are."""
    made = copy.copy(side)
    vars(made).pop("clean", None)
    made.x = {}
    for k, name in enumerate(side.inputs):
        made.x[name] = np.empty(len(rows), dtype=object)
        made.x[name][:] = [row[k] for row in rows]
    return made
