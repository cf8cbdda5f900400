"""Edits of explanations about boxes, judged at every point; and errors planted in the prover."""

from types import SimpleNamespace

import pytest
from box_claims import OnBox
from box_controls import WAYS, control, edits, judge, names_of_boxes
from brute_interventions import every_intervention, meant, stated_intervention
from flint import fmpq
from kept_tables import kept_table

from toynets import zoo
from toynets.domain import Domain
from toynets.explanation import Explanation
from toynets.fields import replace
from toynets.network import Network
from toynets.verification import boxes
from toynets.verification.proofs import cells, entry, prover, running, search

# Which of the edits of each entry are judged, each in two ways, evenly spread over all of them; in
# the default run, and under `-m gate`. All of all: python tests/support/box_controls.py
FEW = 2, slice(1, None)
MANY = 8, slice(1, None)
HEAVY = 4, slice(1, None)
BOXES = names_of_boxes()
LARGE = ("sawtooth-3", "median-3", "movie-rating")


def stepping():
    """Two steps on a box: what an edit changes may be one line of it, or one corner."""
    network = Network.from_layers(
        [([[8, 0], [8, 8]], [-3, -7], "step"), ([[1, -2]], [0], "identity")], name="stepping"
    )
    units = {
        "h1": ("step", "x1 > 3/8", "x1 > 3/8"),
        "h2": ("step", "8*x1 + 8*x2 > 7", "8*x1 + 8*x2 > 7"),
        "y": ("identity", "h1 - 2*h2", "h1 - 2*h2"),
    }
    said = {
        "format": "toynets-explanation/1",
        "about": "stepping",
        "weights": {a: {"value": str(int(v))} for a, v in network.numbers.items()},
        "units": {
            u: {"activation": a, "expression": e, "concept": c} for u, (a, e, c) in units.items()
        },
        "outcomes": [
            {"intervention": "h2 = 0", "outputs": {"y": "x1 > 3/8"}},
            {"intervention": "h1 = 0", "outputs": {"y": "-2*(not (8*x1 + 8*x2 <= 7))"}},
            {"intervention": "h2 = h2(1, 1)", "outputs": {"y": "(x1 > 3/8) - 2"}},
        ],
    }
    box = SimpleNamespace(domain=Domain.box("[0,1]^2"))
    return SimpleNamespace(
        network=network, explanation=Explanation.from_dict(said), task=box, name="stepping"
    )


def tried(name):
    """The points at which the brute force tries what is said in an entry."""
    one = zoo.load(name)
    box = one.task.domain.bounds
    return OnBox(one.network, one.explanation.to_dict(), box, [[low for low, _ in box]]).rows


def test_the_points_are_where_something_bends_and_beside_it():
    for k in range(9):  # the teeth of three folds, which no unit of the first layer shows
        assert {fmpq(k, 8)} <= {x for (x,) in tried("sawtooth-3")}
    beside = {abs(x - fmpq(1, 8)) for (x,) in tried("sawtooth-3")} - {0}
    assert min(beside) <= fmpq(1, 4096)
    corners = {(0, 0), (0, 1), (1, 0)}  # where the walls of the triangle meet
    assert corners <= {*tried("triangle")}
    walls = [-x1 for x1, _ in tried("triangle")], [x1 + x2 - 1 for x1, x2 in tried("triangle")]
    for wall in walls:
        assert any(0 < gap < fmpq(1, 1000) for gap in wall)
        assert any(-fmpq(1, 1000) < gap < 0 for gap in wall)


def test_an_intervention_is_read_and_applied():
    one = zoo.load("dead-on-the-square")
    finite = [(fmpq(0), fmpq(0)), (fmpq(1), fmpq(0))]
    one_point = [(fmpq(1), fmpq(1))]
    claim = OnBox(one.network, one.explanation.to_dict(), one.task.domain.bounds, finite, one_point)
    for text, output in (
        ("", 1),
        ("main = 2", 2),
        ("main = mean", fmpq(1, 2)),
        ("main = main(1/2, 0)", fmpq(1, 2)),
        ("main, sleeper = 0, y.bias += 1/4", fmpq(1, 4)),
        ("sleeper.pre = 1", 65),
        ("x1->sleeper, x2->sleeper, sleeper.bias *= -1", 1 + 3 * 64),
        ("->sleeper = 1, sleeper.bias = 0", 1 + 2 * 64),
        ("main-> = -1", -1),
    ):
        (found,) = claim.net.out(**stated_intervention(text)(claim.net))
        assert found.tolist() == [output], text
    assert meant("h1, h2 = 0.50") == meant("h2 = 1/2, h1 = 1/2")
    kinds = [kind for kind, *_ in every_intervention(claim.net.numbers, claim.hidden)]
    assert len(kinds) == 2 * 9 + 4 * 3


@pytest.mark.parametrize("name", BOXES)
def test_an_edit_is_judged_on_a_box_as_brute_force_judges_it(name):
    counts = control(zoo.load(name), *FEW)
    assert counts.wrong == []
    assert counts.tried == len(WAYS)
    assert counts.caught


@pytest.mark.gate
@pytest.mark.parametrize("name", BOXES)
def test_more_edits_are_judged_on_a_box_as_brute_force_judges_them(name):
    counts = control(zoo.load(name), *(HEAVY if name in LARGE else MANY))
    assert counts.wrong == []
    assert counts.caught


def test_the_record_of_every_edit_on_boxes_is_of_the_zoo_as_it_is():
    rows, _, total = kept_table("every_edit_on_boxes.txt", 6)
    assert list(rows) == BOXES
    assert total == [sum(column) for column in zip(*rows.values(), strict=True)]
    assert total[5] == 0  # none wrong
    for tried, caught, equivalent, proved, undecided, _ in rows.values():
        assert tried == caught + equivalent + undecided
        assert proved <= equivalent
    for name in ("abs", "clip-trained"):
        assert rows[name][0] == len(WAYS) * len(edits(zoo.load(name)))


@pytest.mark.gate
def test_steps_are_judged_at_their_faces():
    counts = control(stepping(), 80)
    assert counts.wrong == []
    assert counts.proved


@pytest.mark.parametrize("name", ["abs", "clip-trained", "stepping"])
def test_an_explanation_that_holds_is_proved_and_nothing_contradicts_it(name):
    counts = control(stepping() if name == "stepping" else zoo.load(name), None, slice(1))
    assert (counts.tried, counts.proved + counts.open, counts.wrong) == (2, 2, [])
    assert counts.proved


# Errors planted in the prover: each is seen by an edit that is judged rightly without it.


def a_region_dropped(patch):
    one = search.Search.one

    def less(self, cell):
        if cell.path and not cell.path[-1].yes:
            return {"empty": []}, None, None
        return one(self, cell)

    patch.setattr(search.Search, "one", less)


def a_face_left_out(patch):
    init = cells.Cell.__init__

    def open_on_both_sides(self, *given):
        init(self, *given)
        self.strict = list(range(self.base - len(self.path), self.base))

    patch.setattr(cells.Cell, "__init__", open_on_both_sides)


def a_hidden_tolerance(patch):
    within = prover.within

    def loosely(said, program, epsilon, *given):
        return within(said, program, epsilon + epsilon.__class__(1, 1000), *given)

    patch.setattr(prover, "within", loosely)


def a_tier_skipped(patch):
    patch.setattr(entry, "parameter_texts", lambda wiring: [])


def an_edit_of_a_weight_skipped(patch):
    run = running.run_under

    def without(program, which, layers, plan, *given):
        return run(program, which, layers, replace(plan, edits=plan.edits[:-1]), *given)

    patch.setattr(running, "run_under", without)


def a_refutation_lost(patch):
    take = boxes._Proofs._take

    def kindly(self, check, answer):
        take(self, check, replace(answer, verdict="proved"))

    patch.setattr(boxes._Proofs, "_take", kindly)


def a_point_outside(patch):
    add = boxes.with_points

    def far(domain, rows):
        return add(domain, [tuple(v + 5 for v in row) for row in rows])

    patch.setattr(boxes, "with_points", far)


@pytest.mark.parametrize(
    ("plant", "name", "edit", "seen"),
    [
        (a_region_dropped, "stepping", "x2->h2 [8] moved", "units is proved, and false"),
        (
            a_face_left_out,
            "stepping",
            "expression of h1 [>] comparison",
            "units is proved, and false",
        ),
        (a_hidden_tolerance, "abs", "network: x1->h1 a step down", "units is proved, and false"),
        (
            a_tier_skipped,
            "dead-on-the-square",
            "network: sleeper->y negated",
            "parameters is proved, and false",
        ),
        (
            an_edit_of_a_weight_skipped,
            "dead-on-the-square",
            "network: sleeper->y negated",
            "parameters is proved, and false",
        ),
        (
            a_refutation_lost,
            "abs",
            "expression of h1 [relu] function dropped",
            "units is proved, and false",
        ),
        (a_point_outside, "abs", "expression of h2 [-x1] sign or not", "its witness is outside"),
    ],
    ids=lambda given: getattr(given, "__name__", ""),
)
def test_an_error_planted_in_the_prover_is_seen(monkeypatch, plant, name, edit, seen):
    one = stepping() if name == "stepping" else zoo.load(name)
    found = next(claim for claim in edits(one) if claim[0] == edit)
    assert judge(*found, one.task.domain, "by proof") == ("caught", "")
    plant(monkeypatch)
    outcome, reason = judge(*found, one.task.domain, "by proof")
    assert outcome == "wrong" and seen in reason
