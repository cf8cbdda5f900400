"""Branch and bound: a claim proved on every cell of the box, or a point that refutes it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

from toynets.fields import field, record
from toynets.rationals import ONE, ZERO, Rational, to_float
from toynets.verification.proofs.cells import Cell
from toynets.verification.proofs.falsifier import Falsifier
from toynets.verification.proofs.forms import Form, atom
from toynets.verification.proofs.program import Program
from toynets.verification.proofs.sides import Found, Relaxed, Split, pairs
from toynets.verification.proofs.simplex import Optimum
from toynets.verification.proofs.tree import Tree

CELLS = 20_000
SECONDS = 60.0
SCOUTED = 12  # units that bend: from there on floating point looks first
LARGE = 24  # units that bend: from there on it looks before the first exact cells
FEW = 48  # exact cells
BOXES = 10_000  # of a scouted cover


@record
class Goal:
    """A form of a program's values that must be at least 0, or above 0.

    Attributes:
        form: over variables and nodes.
        strict: above 0.
        moving: the bound is looked for: `form` + `slack` is at least 0, and `slack` grows to what
            is needed.
        slack: what is added to a moving form.
        place: for a moving form a point at which it is 0, or which its infimum is approached at.
        attained: whether the bound is reached.
        inside: where it is not, a point of the cell that has `place` as a corner.
    """

    form: Form
    strict: bool = False
    moving: bool = False
    slack: Rational = ZERO
    place: tuple[Rational, ...] = ()
    attained: bool = False
    inside: tuple[Rational, ...] = ()


@record
class Outcome:
    """What a search found.

    Attributes:
        verdict: `proved`, `refuted` or `unknown`.
        cover: the nodes of the cover, as a certificate writes them.
        point: where it is refuted.
        goal: the number of the goal that fails there.
        limit: which limit was reached.
        cells: how many cells were looked at.
        leaves: how many of them are leaves of the cover.
    """

    verdict: str
    cover: list[dict[str, Any]] = field(default_factory=list)
    point: tuple[Rational, ...] = ()
    goal: int = 0
    limit: str = ""
    cells: int = 0
    leaves: int = 0


class Search:
    """Proves goals on the box of a program.

    Args:
        program: what is run.
        goals: forms of its values.
        cells: the most cells that may be looked at.
        seconds: the most processor time: a busy machine changes no verdict.
        step: called with the number of cells done, now and then.
    """

    def __init__(
        self,
        program: Program,
        goals: Sequence[Goal],
        *,
        cells: int = CELLS,
        seconds: float = SECONDS,
        step: Callable[[int], None] | None = None,
    ) -> None:
        self.program = program
        self.goals = list(goals)
        self.most = cells
        self.seconds = seconds
        self.step = step
        self.began = 0.0
        self.falsifier = Falsifier(program, self.goals)
        # A moving bound that is only approached needs the exact cells, not relaxations.
        moving = any(goal.moving for goal in self.goals)
        self.exact = moving and any(kind == "step" for kind, _ in program.nodes)

    def run(self) -> Outcome:
        """Look for a point that refutes, then for a cover."""
        self.began = time.process_time()
        failed = self.falsifier.first()
        if failed is not None:
            return Outcome("refuted", point=failed[0], goal=failed[1])
        bent = sum(kind != "identity" for kind, _ in self.program.nodes)
        moving = any(goal.moving for goal in self.goals)
        if moving or bent < SCOUTED or self.program.dimension < 3:
            return self._cover(Tree(), self.most)
        if bent < LARGE:  # a few exact cells may do, where boxes would be many
            found = self._cover(Tree(), min(FEW, self.most))
            if found.verdict != "unknown" or self.most <= FEW:
                return found
        return self._scouted()

    def _scouted(self) -> Outcome:
        """Let floating point look for a point, and for where to cut, before the exact cells."""
        from toynets.verification.proofs.enclosing import Enclosure
        from toynets.verification.proofs.flattening import Unfit
        from toynets.verification.proofs.scout import MARGIN, Scout

        try:
            enclosure = Enclosure(self.program, self.goals)
        except Unfit:
            return self._cover(Tree(), self.most)
        most = min(self.most, BOXES)
        found = Scout(
            enclosure,
            self.falsifier.fails,
            margin=MARGIN,
            most=most,
            seconds=self.seconds / 2,
            record=True,
        ).run()
        if found.points:
            return Outcome("refuted", point=found.points[0][0], goal=found.points[0][1])
        return self._cover(found.tree if found.certain else Tree(), self.most)

    def _cover(self, tree: Tree, most: int) -> Outcome:
        """Search depth first, and write the cover; a tree says where to cut to begin with."""
        cover: list[dict[str, Any]] = [{}]
        waiting: list[tuple[int, Cell]] = [(0, Cell(self.program))]
        planned = {0: 0}  # place in the cover -> node of the tree
        count = leaves = 0
        while waiting:
            number, cell = waiting.pop()
            count += 1
            if count > most:
                return Outcome("unknown", limit=f"{most} cells", cells=count)
            if count % 16 == 0:
                if time.process_time() - self.began > self.seconds:
                    return Outcome("unknown", limit=f"{self.seconds:g} seconds", cells=count)
                if self.step is not None:
                    self.step(count)
            node: dict[str, Any] = {}
            split: tuple[Form, bool] | None = None
            failed = None
            cut = tree.cuts.get(planned.pop(number, -1))
            if cut is not None:
                split = (atom(cut[0]).plus(-cut[1]), False)
            else:
                node, split, failed = self.one(cell)
            if failed is not None:
                return Outcome("refuted", point=failed[0], goal=failed[1], cells=count)
            if split is None:
                cover[number] = node
                leaves += 1
                continue
            form, strict = split
            yes, no = len(cover), len(cover) + 1
            if cut is not None:
                planned[yes], planned[no] = cut[2], cut[3]
            cover[number] = {"split": form.json(), "strict": strict, "yes": yes, "no": no}
            cover += [{}, {}]
            for place, side in ((no, False), (yes, True)):
                path = [*cell.path, Split(form, strict, side)]
                waiting.append((place, Cell(self.program, path, cell.known, cell.points)))
        return Outcome("proved", cover, cells=count, leaves=leaves)

    def one(
        self, cell: Cell
    ) -> tuple[dict[str, Any], tuple[Form, bool] | None, tuple[Any, int] | None]:
        """Return the leaf that a cell is; or what to split it by; or a point that refutes."""
        found = cell.analyse(relax=not self.exact)
        if found.empty is not None:
            return {"empty": pairs(found.empty)}, None, None
        if self.exact and found.relaxed:
            return {}, self._by(found.relaxed[0]), None
        proofs = []
        weights: dict[int, float] = {}
        left = False
        for number, goal in enumerate(self.goals):
            form = self._goal_form(goal, found)
            proof, lowest = self._prove(cell, form, goal)
            if proof is None:
                failed = self._failing(cell, found, lowest, number, goal)
                if failed is not None:
                    return {}, None, failed
                if not found.relaxed:  # a moving bound has moved: the same proof goes through
                    form = self._goal_form(goal, found)
                    proof, _ = self._prove(cell, form, goal)
                    assert proof is not None
                else:
                    left = True
                    for a, w in cell.start(form)[3].items():
                        weights[a] = weights.get(a, 0.0) + abs(to_float(w))
                    continue
            proofs.append(proof)
        if not left:
            return self._leaf(found, proofs), None, None
        return {}, self._choose(cell, found, weights), None

    def _goal_form(self, goal: Goal, found: Found) -> Form:
        form = Form(goal.form.constant + goal.slack)
        for index, coefficient in goal.form.terms.items():
            form.add(coefficient, found.values[index])
        return form

    def _prove(self, cell: Cell, form: Form, goal: Goal) -> tuple[list[list[Any]] | None, Optimum]:
        """Return the multipliers that prove a goal (None if it is not), and the least value."""
        if goal.strict:
            proof = cell.above(form)
            return (None, cell.least(form)) if proof is None else (pairs(proof), Optimum("", ZERO))
        if goal.moving and not goal.attained and self.exact:
            found = cell.least(form)  # exactly: the bound may be attained here
            if found.value.p == 0:
                self._attain(cell, form, goal)
        else:
            found = cell.least(form, enough=ZERO)
        if found.status in ("least", "enough", "limit") and found.value.p >= 0:
            return pairs(found.multipliers), found
        return None, found

    def _attain(self, cell: Cell, form: Form, goal: Goal) -> None:
        """Look for a point of the cell itself at which a moving form is 0."""
        point = self._zero(cell, form)
        if point is not None:
            goal.place, goal.attained = point, True

    def _zero(self, cell: Cell, form: Form) -> tuple[Rational, ...] | None:
        """Return a point of the cell itself at which a form is at most 0, or None."""
        face = Cell(self.program, [*cell.path, Split(form, False, False)])
        point = face.inner()
        return self._row(point) if point is not None and cell.holds(point) else None

    def _row(self, point: dict[int, Rational]) -> tuple[Rational, ...]:
        return tuple(point[k] for k in range(self.program.dimension))

    def _failing(
        self, cell: Cell, found: Found, lowest: Optimum, number: int, goal: Goal
    ) -> tuple[tuple[Rational, ...], int] | None:
        """Return a point at which the goal fails, if one is found; move a moving bound."""
        if goal.moving:
            self._move(cell, found, lowest, goal)
            return None
        point = self._row(lowest.point) if lowest.point else None
        if point is None:
            return None
        if found.relaxed:
            return self.falsifier.near(point, number) if self.program.inside(point) else None
        if cell.holds(lowest.point) and self.falsifier.fails(point, number):
            return point, number
        if goal.strict and lowest.value.p == 0:  # it may be 0 on a face that the cell has a part of
            on = self._zero(cell, self._goal_form(goal, found))
            return None if on is None else (on, number)
        inner = cell.inner()
        assert inner is not None, "an empty cell is found before its goals are looked at"
        share = ONE
        for _ in range(200):  # towards the corner, where the form is negative, but not quite
            mixed = {
                k: lowest.point[k] + share * (inner[k] - lowest.point[k])
                for k in range(self.program.dimension)
            }
            point = self._row(mixed)
            if self.falsifier.fails(point, number):
                return point, number
            share = share / 2
        return None

    def _move(self, cell: Cell, found: Found, lowest: Optimum, goal: Goal) -> None:
        """Lower a moving bound to what is reached, on the cell or at a point of it."""
        if not lowest.point:
            return
        point = self._row(lowest.point)
        if found.relaxed:
            if self.program.inside(point):
                self.falsifier.improve(point, goal)
            return
        if lowest.value.p < 0:
            goal.slack = goal.slack - lowest.value
            goal.place, goal.attained = point, cell.holds(lowest.point)
            if not goal.attained:
                self._attain(cell, self._goal_form(goal, found), goal)
            if not goal.attained:
                inner = cell.inner()
                assert inner is not None, "an empty cell is found before its goals are looked at"
                goal.inside = self._row(inner)

    def _choose(self, cell: Cell, found: Found, weights: dict[int, float]) -> tuple[Form, bool]:
        """Return what to split by: the relaxed unit that costs the goals most.

        Only a unit that reads variables alone on this cell can be split; the first one does.
        """
        d = self.program.dimension
        ready = [r for r in found.relaxed if all(a < d for a in r.pre.terms)]
        best = max(ready, key=lambda r: (r.weight * weights.get(r.node, 0.0), r.weight))
        return self._by(best)

    def _by(self, relaxed: Relaxed) -> tuple[Form, bool]:
        activation = self.program.nodes[relaxed.node - self.program.dimension][0]
        return relaxed.pre, activation == "step"

    def _leaf(self, found: Found, proofs: list[Any]) -> dict[str, Any]:
        maps = []
        if not found.relaxed:
            for goal in self.goals:
                form = Form(goal.form.constant)
                for index, coefficient in goal.form.terms.items():
                    form.add(coefficient, found.values[index])
                maps.append((form, goal))
        return {"facts": found.facts, "maps": maps, "goals": proofs}


def finished(cover: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return a cover with its maps written out, moving bounds at their final values."""
    for node in cover:
        if "maps" in node:
            node["maps"] = [form.plus(goal.slack).json() for form, goal in node["maps"]]
    return cover
