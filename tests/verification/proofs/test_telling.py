"""Values of a unit are told apart: by one input, by several together, or not at all."""

import itertools

import pytest

from toynets.domain import Domain
from toynets.exact import Machine
from toynets.network import Network
from toynets.rationals import rational
from toynets.verification import verify
from toynets.verification.proofs.meanings import Meanings
from toynets.verification.proofs.prover import Prover
from toynets.verification.proofs.telling import Telling
from toynets.zoo import load

# y = abs(h2 + x1) where h2 = x2: on one input it bends where h2 = -x1.
ROWS = [tuple(map(rational, row)) for row in (("0", "0"), ("1/2", "0"), ("-1/4", "0"))]


def bent(by=1):
    return Network.from_layers(
        [([[by, 0], [0, 1]], [0, 0], "identity"), ([[1, 1]], [0], "abs")], name="bent"
    )


def telling(net, explanation, rows, box="[-1/2,1/2]x[-1,1]", unit="h2"):
    prover = Prover(net, Domain.box(box), explanation, cells=500, seconds=10)
    return prover, Telling(prover, unit, rows)


def test_a_fold_hides_what_another_input_shows(transcribe):
    net = bent()
    prover, asked = telling(net, transcribe(net), ROWS)
    assert asked.proved()
    proved = [a.claim for a in prover.ledger.answers if a.verdict == "proved"]
    assert any("told apart by 2 inputs" in claim for claim in proved)
    # By hand: of h and -h, |h + 0| is the same and |h + 1/2| is not.
    assert all(abs(h) == abs(-h) and abs(h + 0.5) != abs(-h + 0.5) for h in (0.25, 1.0))


@pytest.mark.parametrize(("by", "rows"), [(0, ROWS), (1, ROWS[:1])])
def test_what_no_input_shows_is_not_proved(transcribe, by, rows):
    net = bent(by)  # without the shift, and with one input alone, h and -h are the same
    _, asked = telling(net, transcribe(net), rows)
    assert not asked.proved()


def test_a_constant_unit_tells_nothing_apart(transcribe):
    net = bent().with_numbers({"x2->h2": 0})
    assert not telling(net, transcribe(net), ROWS)[1].proved()


def test_the_teeth_of_a_saw_are_told_apart_by_several_inputs():
    entry = load("sawtooth-3")
    rows = Domain.sampled(entry.task.domain, count=24).rows
    prover, asked = telling(entry.network, entry.explanation, rows, "[0,1]", "rise1")
    assert asked.proved()
    (said,) = [a for a in prover.ledger.answers if a.verdict == "proved" and "told" in a.claim]
    assert 2 <= int(said.claim.split("apart by ")[1].split()[0]) <= 8
    # By plain Python: the network runs with rise1 replaced, on a grid of pairs of values.
    values = [k / 32 for k in range(33)]
    shown = [tuple(saw(float(x), v) for (x,) in rows) for v in values]
    assert all(a != b for a, b in itertools.combinations(shown, 2))


def saw(x, rise):
    fold = max(x - 0.5, 0.0)
    for _ in range(2):
        before = 2 * rise - 4 * fold
        rise, fold = max(before, 0.0), max(before - 0.5, 0.0)
    return 2 * rise - 4 * fold


def test_a_concept_that_never_varies_is_right_of_a_unit_that_never_does():
    entry = load("dead-on-the-square")
    found = verify(entry.network, entry.explanation, entry.task.domain)
    assert found.checks["concepts"].level == "proved"
    wider = Domain.box("[-1,1]^2")  # there it wakes, at (-1, -1)
    found = verify(entry.network, entry.explanation, wider)
    assert found.verdict == "refuted"


def test_a_step_between_the_values_that_were_tried_is_found(transcribe):
    """Nothing is told between 1/64 and 3/64, and the grid has no two values there."""
    net = Network.from_layers(
        [
            ([[1]], [0], "identity"),
            ([[1], [-1]], ["-3/64", "1/64"], "relu"),
            ([[1, -1]], [0], "identity"),
        ],
        units=[["h"], ["above", "below"]],
    )
    rows = [(rational(0),), (rational("1/3"),)]
    prover, asked = telling(net, transcribe(net), rows, "[-1,1]", "h")
    assert not asked.proved()
    assert any("told apart" in a.claim and a.verdict == "refuted" for a in prover.ledger.answers)


def test_a_unit_that_varies_where_no_one_looked_has_no_constant_concept():
    entry = load("dead-on-the-square")
    rows = Domain.sampled(entry.task.domain, count=8).rows
    model, machine = entry.explanation.model(rows=rows), Machine(entry.network, Domain.listed(rows))
    for box, said in (("[0,1]^2", ""), ("[-1,1]^2", "sleeper is not proved to be the same")):
        prover = Prover(entry.network, Domain.box(box), entry.explanation, cells=50, seconds=5)
        asked = Meanings(prover, machine.values, model.values, rows)
        found = asked.concept("sleeper", entry.explanation.units["sleeper"].concept)
        assert found.startswith(said) and bool(found) == bool(said)
