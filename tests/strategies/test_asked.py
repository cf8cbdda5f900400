"""Tasks that are drawn: a target for every row, tables and shipped ones."""

from __future__ import annotations

from hypothesis import given
from strategy_cases import drawn

from toynets import strategies as ts
from toynets.tasks import names


@given(ts.tasks())
def test_a_task_has_a_target_for_every_row(task):
    for row in task.training:
        assert len(task.target(row)) == len(task.outputs)
    assert task.domain.dimension == len(task.inputs)


def test_a_task_may_have_several_outputs():
    found = drawn(ts.tasks(inputs=2, outputs=(2, 3), shipped=False), 100)
    assert {len(task.outputs) for task in found} == {2, 3}
    for task in found:
        digits = task.name.removeprefix("table-").split("-")
        assert task.outputs == ("y1", "y2", "y3")[: len(digits)]
        for k, row in enumerate(task.domain):
            assert task.target(row) == tuple(int(table[k]) for table in digits)
        true = sum(any(table[k] == "1" for table in digits) for k in range(4))
        assert task.hidden == (max(true, 1),)  # a unit for each row with a 1


def test_shipped_tasks_and_tables_come_up():
    names_drawn = {t.name for t in drawn(ts.tasks())}
    assert set(names()) <= names_drawn
    assert {"table-01", "table-0110"} <= names_drawn
