"""A strategy for tasks: those that are shipped, and Boolean functions drawn at random."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from toynets.domain import Domain, Row
from toynets.rationals import ONE, ZERO
from toynets.strategies.numbers import sizes
from toynets.tasks import Task, load, names


def tasks(
    *,
    inputs: int | tuple[int, int] = (1, 3),
    outputs: int | tuple[int, int] = 1,
    shipped: bool = True,
) -> SearchStrategy[Task]:
    """Draw tasks: Boolean functions of a few bits, and those that come with the package.

    Args:
        inputs: how many bits a drawn function has: a number or (least, most).
        outputs: how many bits it gives, each decided by itself.
        shipped: whether shipped tasks are drawn as well.

    >>> from hypothesis import find
    >>> task = find(tasks(inputs=2, shipped=False), lambda t: t.target([1, 1]) == (1,))
    >>> task.name, [task.target(row) for row in task.domain]
    ('table-0001', [(0,), (0,), (0,), (1,)])
    """
    few, many = sizes(outputs, "outputs", 1)

    def tables(n: int) -> SearchStrategy[list[list[bool]]]:
        one = st.lists(st.booleans(), min_size=2**n, max_size=2**n)
        return st.lists(one, min_size=few, max_size=many)

    drawn = st.integers(*sizes(inputs, "inputs", 1)).flatmap(tables).map(_boolean)
    return drawn | st.sampled_from(names()).map(load) if shipped else drawn


def _boolean(tables: list[list[bool]]) -> Task:
    """Return the task of some functions of the same bits, each given by its table."""
    count = len(tables[0]).bit_length() - 1
    domain = Domain.boolean(count)
    wanted = {
        row: tuple(ONE if y else ZERO for y in values)
        for row, *values in zip(domain.rows, *tables, strict=True)
    }

    def rule(row: Row) -> Row:
        return wanted[row]

    digits = "-".join("".join(str(int(y)) for y in table) for table in tables)
    what = "function" if len(tables) == 1 else "functions"
    several = range(1, len(tables) + 1)
    return Task(
        name=f"table-{digits}",
        title=f"the Boolean {what} with the table {digits}",
        inputs=tuple(f"x{k + 1}" for k in range(count)),
        outputs=tuple(f"y{k}" for k in several) if len(tables) > 1 else ("y",),
        domain=domain,
        rule=rule,
        decision={"threshold": "1/2"},
        loss="mse",
        hidden=(max(sum(map(any, zip(*tables, strict=True))), 1),),  # a unit for each true row
    )
