"""Tables and symmetries, places where runs end, what reduce takes out, words for families."""

from __future__ import annotations

import numpy as np
import pytest

from toynets.census.describing import rows_in_words
from toynets.census.ends import ends
from toynets.census.records import percent
from toynets.census.reducing import reduce_table
from toynets.census.tables import covers, key_of, symmetries, word
from toynets.domain import Domain
from toynets.rationals import ONE, ZERO, rational
from toynets.tasks import load

XOR = load("xor")
ROWS, TARGETS = XOR.domain.rows, [XOR.target(x)[0] for x in XOR.domain]
GROUP = symmetries(ROWS, TARGETS)


@pytest.mark.parametrize(
    ("task", "count"),
    # XOR: swap, and flip both. Parity of 3: six orders, and an even number of flips.
    [("xor", 4), ("parity-3", 24), ("majority-3", 6), ("and", 2), ("max-2", 2)],
)
def test_the_symmetries_of_a_task_are_counted_right(task, count):
    task = load(task)
    rows = task.training.rows
    targets = [task.target(x)[0] for x in rows]
    found = symmetries(rows, targets)
    assert len(found) == count
    assert found[0].rows == tuple(range(len(rows)))
    for one in found:
        assert [targets[r] for r in one.rows] == targets


def test_a_symmetry_says_what_the_changed_function_does():
    # On a function without any symmetry of its own, against plain evaluation.
    rows = Domain.boolean(3).rows
    numbers = [int(4 * a + 2 * b + c) for a, b, c in rows]
    for one in symmetries(rows, [ZERO] * 8):  # of a constant: all 48
        for r, x in enumerate(rows):
            old = [None] * 3
            for i, j in enumerate(one.order):
                old[j] = 1 - x[i] if one.flips[i] else x[i]
            a, b, c = old
            assert numbers[one.rows[r]] == 4 * a + 2 * b + c


def test_tables_that_a_symmetry_exchanges_have_one_key():
    lines = [["0", "0", "1", "0"], ["0", "2", "0", "-1"]]
    flipped = [line[::-1] for line in lines]
    swapped = [[line[0], line[2], line[1], line[3]] for line in lines]
    keys = {key_of(table, "0", GROUP) for table in (lines, flipped, swapped, lines[::-1])}
    assert len(keys) == 1
    assert key_of([["0", "1", "0", "0"], lines[1]], "0", GROUP) not in keys
    assert key_of(lines, "1", GROUP) not in keys
    assert key_of([*lines, ["0"] * 4], "0", GROUP).dead == 1


def test_a_free_entry_has_its_sign_for_a_word():
    known = [rational("1/3")]
    assert word((ZERO, ONE), known) == "+?"
    assert word((ZERO, -ONE), known) == "-?"
    assert word((rational("-1/2"), ZERO), known) == "-1/2"


def parts(p, q):
    """A unit on for 10 in two parts of sizes p and q, and one for 01."""
    zero = (ZERO, ZERO)
    return [[zero, zero, p, zero], [zero, zero, q, zero], [zero, (ONE, ZERO), zero, zero]]


@pytest.mark.parametrize(
    ("sizes", "covered"),
    [(("1/2", "1/2"), True), (("1/4", "3/4"), True), (("1/2", "3/4"), False), (("0", "1"), False)],
)
def test_a_special_case_is_one_for_some_value_of_the_parameter(sizes, covered):
    lines = parts((ZERO, ONE), (ONE, -ONE))
    special = parts(*((rational(s), ZERO) for s in sizes))
    # The special case has its inputs the other way round, and its units.
    numbers = [[entry[0] for entry in line[::-1]] for line in special[::-1]]
    assert covers(lines, (ZERO, ZERO), numbers, ZERO, GROUP) is covered
    assert not covers(lines, (ZERO, ZERO), numbers, ONE, GROUP)
    assert not covers(lines, (ZERO, ZERO), [*numbers, [ZERO] * 4], ZERO, GROUP)  # one more, dead


# Places where runs end


def test_runs_that_end_together_are_found_in_any_of_their_images():
    rng = np.random.default_rng(0)
    place, other = np.array([1.0, 2.0, 3.0]), np.array([5.0, 5.0, 5.0])
    runs = []
    for k in range(7):
        own = place + 0.003 * rng.uniform(-1, 1, 3)
        runs.append(np.array([own, own[::-1]] if k % 2 else [own[::-1], own]))
    runs += [np.array([other + k]) for k in range(6)]
    (found,) = ends(runs, 0.01)
    assert [run for run, _ in found.members] == list(range(7))
    assert {which for _, which in found.members} == {0, 1}
    assert min(np.abs(found.centre - place).max(), np.abs(found.centre[::-1] - place).max()) < 0.004


@pytest.mark.parametrize(("count", "ended"), [(4, 0), (5, 1)])
def test_fewer_than_five_runs_share_nothing(count, ended):
    assert len(ends([np.array([[1.0, 2.0]])] * count, 0.01)) == ended


def test_one_number_that_is_off_is_enough():
    runs = [np.array([[0.0, 0.0, v]]) for v in (0, 0, 0, 0, 0.02)]
    assert ends(runs, 0.01) == []


# What reduce takes out


def entries(*numbers):
    return [(rational(v),) for v in numbers]


def test_dead_constant_and_twin_units_are_taken_out():
    table = [
        entries(0, 0, 0, 0),
        entries(2, 2, 2, 2),
        entries(0, 1, 0, 3),
        entries(0, -2, 0, -6),
        entries(0, 1, 0, 2),
    ]
    found = reduce_table(table, (ONE,), [])
    assert (found.dead, found.constant, found.twins) == ((1,), (2,), ((3, 4),))
    assert found.bias == (3,)
    assert [[e[0] for e in line] for line in found.lines] == [[0, -1, 0, -3], [0, 1, 0, 2]]
    assert found.short == "1 dead, 1 constant, one unit in 2 parts"
    assert found.lost.startswith("reduce would drop h1 (dead on these inputs")
    assert "merge h3 and h4" in found.lost


def test_the_outputs_of_a_reduced_table_are_the_same():
    table = [entries(1, 1, 1, 1), entries(0, 1, 2, 3), entries(0, 2, 4, 6), entries(0, 0, 0, 0)]
    found = reduce_table(table, (ZERO,), [])
    before = [sum(line[r][0] for line in table) for r in range(4)]
    after = [found.bias[0] + sum(line[r][0] for line in found.lines) for r in range(4)]
    assert before == after


def test_a_table_of_different_units_is_left_alone():
    table = [entries(0, 0, 1, 0), entries(0, 1, 0, 0)]
    assert reduce_table(table, (ZERO,), []).lost == ""


# Words


def test_rows_are_named_in_few_words():
    labels = ["00", "01", "10", "11"]
    assert rows_in_words(labels, labels) == "all"
    assert rows_in_words(labels[1:], labels) == "all but 00"
    assert rows_in_words(labels[1:3], labels) == "01, 10"


def test_what_is_not_all_is_never_a_hundred_percent():
    assert [percent(v) for v in (0, 1, 0.99999, 0.5, 0.00004)] == [
        "0 %", "100 %", "99.9 %", "50.0 %", "0.004 %",
    ]  # fmt: skip
