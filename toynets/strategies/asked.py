"""A strategy for tasks: those that are shipped, and Boolean functions drawn at random."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from toynets.domain import Domain, Row
from toynets.rationals import ONE, ZERO
from toynets.strategies.numbers import sizes
from toynets.tasks import Task, load, names


def tasks(*, inputs: int | tuple[int, int] = (1, 3), shipped: bool = True) -> SearchStrategy[Task]:
    """Draw tasks: Boolean functions of a few bits, and those that come with the package.

    Args:
        inputs: how many bits a drawn function has: a number or (least, most).
        shipped: whether shipped tasks are drawn as well.

    >>> from hypothesis import find
    >>> task = find(tasks(inputs=2, shipped=False), lambda t: t.target([1, 1]) == (1,))
    >>> task.name, [task.target(row) for row in task.domain]
    ('table-0001', [(0,), (0,), (0,), (1,)])
    """
    count = st.integers(*sizes(inputs, "inputs", 1))
    drawn = count.flatmap(lambda n: st.lists(st.booleans(), min_size=2**n, max_size=2**n)).map(
        _boolean
    )
    return drawn | st.sampled_from(names()).map(load) if shipped else drawn


def _boolean(table: list[bool]) -> Task:
    count = len(table).bit_length() - 1
    domain = Domain.boolean(count)
    wanted = {row: (ONE if y else ZERO,) for row, y in zip(domain.rows, table, strict=True)}

    def rule(row: Row) -> Row:
        return wanted[row]

    digits = "".join(str(int(y)) for y in table)
    return Task(
        name=f"table-{digits}",
        title=f"the Boolean function with the table {digits}",
        inputs=tuple(f"x{k + 1}" for k in range(count)),
        outputs=("y",),
        domain=domain,
        rule=rule,
        decision={"threshold": "1/2"},
        loss="mse",
        hidden=(max(sum(table), 1),),  # a unit for each row that is true
    )
