"""What every task must be; adding a file to toynets/tasks adds a row to each of these tests."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from built_task_routes import BUILT
from flint import fmpq
from trained_task_routes import TRAINED

from toynets import tasks
from toynets.activations import ACTIVATIONS
from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.fields import replace
from toynets.names import check_name
from toynets.rationals import from_float, nearest_float, rational, to_float

NAMES = tasks.names()


def classes(*v: float) -> tuple[int, ...]:
    low = 16 * v[3] < -7
    return int(low), int(not low and v[8] < 0), int(not low and v[8] >= 0)


def of_a_relative(*on: float) -> tuple[int, ...]:
    """By place alone: people by age, 4, 6 and 2 of a family; relations by pairs, and by step."""
    person, relation = (k for k, v in enumerate(on) if v)
    oldest = [0] * 4 + [1] * 6 + [2] * 2
    return person // 12, oldest[person % 12] + relation // 2 % 3 - 1, relation % 2


# Each rule once more, on plain numbers and by another route: a table, a count, a comparison.
BY_ANOTHER_ROUTE: dict[str, Callable[..., Any]] = {
    "and": lambda a, b: {(0, 0): 0, (0, 1): 0, (1, 0): 0, (1, 1): 1}[a, b],
    "or": lambda a, b: {(0, 0): 0, (0, 1): 1, (1, 0): 1, (1, 1): 1}[a, b],
    "nand": lambda a, b: {(0, 0): 1, (0, 1): 1, (1, 0): 1, (1, 1): 0}[a, b],
    "not": lambda a: {0: 1, 1: 0}[a],
    "xor": lambda a, b: {(0, 0): 0, (0, 1): 1, (1, 0): 1, (1, 1): 0}[a, b],
    "majority-3": lambda *bits: sorted(bits)[1],
    "parity-3": lambda *bits: int(bits[0]) ^ int(bits[1]) ^ int(bits[2]),
    "abs": lambda a: a if a > 0 else -a,
    "max-2": lambda a, b: a if a > b else b,
    "symmetry-6": lambda a, b, c, d, e, f: int((a, b, c) == (f, e, d)),
    **BUILT,
    **TRAINED,
    "tabular": classes,
    "tabular-16": classes,
    "family-tree": of_a_relative,
}
# Judged on rows that no training has seen.
HELD_OUT = ("tabular-16",)


@pytest.fixture(params=NAMES)
def task(request: pytest.FixtureRequest) -> tasks.Task:
    return tasks.load(request.param)


def test_the_tasks_are_these():
    assert sorted(BY_ANOTHER_ROUTE) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_task_is_loaded_under_its_own_name(name):
    assert tasks.load(name).name == name


def test_the_title_is_one_line_that_fits_a_table(task):
    assert task.title == task.title.strip()
    assert 5 < len(task.title) <= 60
    assert "\n" not in task.title
    assert not task.title.endswith(".")


def test_inputs_and_outputs_have_names_that_an_intervention_can_use(task):
    names = [*task.inputs, *task.outputs]
    assert [check_name(name, "input") for name in names] == names
    assert len(set(names)) == len(names)


def test_the_domain_has_the_inputs(task):
    assert task.domain.dimension == len(task.inputs)
    assert task.training.dimension == len(task.inputs)


def test_the_rows_to_train_on_are_in_the_domain_and_exact_in_float32(task):
    for row in task.training:
        assert (row in task.domain) is (task.name not in HELD_OUT)
        assert [from_float(nearest_float(v, "float32")) for v in row] == list(row)


def test_the_rows_to_train_on_are_the_domain_where_that_is_finite(task):
    same = task.domain.finite and task.name not in HELD_OUT
    assert not same or task.training == task.domain


def test_targets_are_exact_and_as_computed_by_another_route(task):
    for row in task.training:
        target = task.target(row)
        assert [type(v) for v in target] == [fmpq] * len(task.outputs)
        wanted = BY_ANOTHER_ROUTE[task.name](*map(to_float, row))
        several = wanted if isinstance(wanted, tuple) else (wanted,)
        assert target == tuple(rational(v) for v in several)


def test_targets_are_read_from_texts_and_floats_as_well(task):
    row = task.training.rows[-1]
    assert task.target([str(v) for v in row]) == task.target([to_float(v) for v in row])


def test_an_input_of_the_wrong_length_is_refused(task):
    has = rf"{task.name} has \d+ inputs? \({task.inputs[0]}.*but got 40 numbers"
    with pytest.raises(ToynetsError, match=has):
        task.target([0] * 40)


def test_all_answers_of_a_decision_occur_and_none_is_a_tie(task):
    targets = [task.target(row) for row in task.training]
    if task.decision == {}:
        assert len(set(targets)) > 2  # else it would be a decision
    elif task.decision == {"argmax": True}:
        best = [[k for k, v in enumerate(target) if v == max(target)] for target in targets]
        assert {len(places) for places in best} == {1}
        assert {places[0] for places in best} == set(range(len(task.outputs)))
    else:
        assert list(task.decision) == ["threshold"]
        threshold = rational(task.decision["threshold"])
        for output in zip(*targets, strict=True):
            assert {target > threshold for target in output} == {True, False}
            assert threshold not in output


def test_loss_activation_width_and_recipe_are_known_to_training(task):
    from toynets.training.losses import LOSSES
    from toynets.training.recipes import RECIPES

    assert task.loss in LOSSES
    assert task.activation in ACTIVATIONS
    assert task.recipe in ("", *RECIPES)
    assert all(width >= 1 for width in task.hidden)


def test_it_says_how_the_world_is_encoded_and_where_it_comes_from(task):
    assert task.encode
    assert task.sources


def test_a_misspelt_name_is_answered_with_the_nearest():
    with pytest.raises(ToynetsError, match=r"no task majority\. .*Nearest: majority-3, majority-5"):
        tasks.load("majority")


def test_a_file_name_is_not_a_task_name():
    with pytest.raises(ToynetsError, match=r"no task and_\."):
        tasks.load("and_")


def test_a_box_without_examples_has_no_rows_to_train_on():
    base = tasks.load("abs")
    bare = tasks.Task(
        base.name,
        base.title,
        base.inputs,
        base.outputs,
        Domain.box("[-1,1]"),
        base.rule,
        {},
        "mse",
        (2,),
    )
    with pytest.raises(ToynetsError, match=r"abs has no rows to train on(.|\n)*examples=Domain"):
        _ = bare.training


def test_loading_one_task_imports_no_other_and_no_arrays():
    code = (
        "import sys; from toynets import tasks; tasks.load('and'); "
        "print(sorted(m for m in sys.modules if m.startswith('toynets.tasks.')), "
        "sorted({'jax', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "['toynets.tasks.and_'] []\n"


def test_a_rule_of_ones_own_may_give_plain_numbers():
    task = replace(
        tasks.load("xor"), outputs=("y1", "y2"), rule=lambda row: (1, 0.5 if row[0] else "1/3")
    )
    assert [task.target(row) for row in ([0, 0], [1, 0])] == [(1, fmpq(1, 3)), (1, fmpq(1, 2))]
    assert all(isinstance(v, fmpq) for v in task.target([0, 1]))
