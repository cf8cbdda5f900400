"""The table of fourteen variables, judged on sixteen rows that no training has seen."""

from __future__ import annotations

from toynets.domain import Domain
from toynets.fields import replace
from toynets.tasks import tabular

# Every ablation of a 14-8-3 network on every row is many cases: claims are about a few new rows.
ROWS, SEED = 16, 2

TASK = replace(
    tabular.TASK,
    name="tabular-16",
    title="three classes from 14 variables, judged on 16 new rows",
    domain=Domain.listed(tabular.drawn(ROWS, SEED)),
    examples=tabular.TASK.domain,
)
