"""The solution atlas: the families that training finds, their shares, and how each works.

A family is shown by its contribution table: what each unit adds to the output on every input. With
one hidden layer that is the explanation: what is left without units is the sum of the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.exact import Machine
from toynets.fields import record
from toynets.plots.cells import bar, grid
from toynets.plots.figure import Figure, finish, shown, sign_keys
from toynets.plots.numbers import printed, to_number
from toynets.plots.style import Style, plot
from toynets.rationals import ZERO, from_float, workprec

if TYPE_CHECKING:
    from toynets.network import Network
    from toynets.plots.page import Page

ROW = 4.4  # mm
MOST_INPUTS = 8


@record(frozen=True)
class Contributions:
    """What each unit adds to an output on each input, and the bias.

    Attributes:
        rows: `bias` and the hidden units.
        labels: of the inputs.
        values: exact; a row a name, a column an input; before the activation of the output.
    """

    rows: tuple[str, ...]
    labels: tuple[str, ...]
    values: tuple[tuple[Any, ...], ...]


def contributions(network: Network, domain: Domain, output: int = 0) -> Contributions:
    """Return the contribution table of a network of one hidden layer.

    Args:
        network: with one hidden layer.
        domain: finite.
        output: which one.

    Raises:
        ToynetsError: another number of hidden layers.

    >>> from toynets.zoo import load
    >>> xor = load("xor-sum")
    >>> contributions(xor.network, xor.task.domain).values
    ((0, 0, 0, 0), (0, 1, 1, 2), (0, 0, 0, -2))
    """
    if len(network.layers) != 2:
        raise ToynetsError(
            "contributions add up with one hidden layer; here there are "
            f"{len(network.layers) - 1}.",
            fix="draw the lattice of its units, or its ablation matrix.",
        )
    machine = Machine(network, domain)
    last = network.layers[1]
    with workprec():
        runs = [machine.values(x) for x in domain.rows]
        rows = [tuple(from_float(last.bias[output]) if last.bias else ZERO for _ in runs)]
        for j, unit in enumerate(network.hidden):
            weight = from_float(last.weight[output][j]) if last.has(output, j) else ZERO
            rows.append(tuple(weight * run[unit] for run in runs))
    return Contributions(("bias", *network.hidden), domain.labels, tuple(rows))


def draw_family(
    page: Page, x: float, top: float, width: float, found: Contributions, limit: float
) -> float:
    """Draw a contribution table; return its lower edge.

    Args:
        page: where.
        x, top: the upper left corner of its cells, in mm.
        width: of a cell.
        found: the table.
        limit: the size with the deepest tint.
    """
    heads = [page.style.written.unit(name) for name in found.rows]
    values = [[round(to_number(v), 2) for v in row] for row in found.values]
    return grid(page, x, top, (width, ROW), values, rows=heads, columns=found.labels, limit=limit)


@plot
def atlas(
    census: Any, *, style: Style, domain: Domain | None = None, name: str = "atlas"
) -> Figure:
    """Draw the families of a census, the most frequent first.

    Args:
        census: a `Census`, of networks with one hidden layer.
        style: how it looks.
        domain: the inputs; default all bits.
        name: of the files.

    Raises:
        ToynetsError: no family, or too many inputs for a table.

    >>> from types import SimpleNamespace as Some
    >>> from toynets.zoo import load
    >>> net = load("xor-sum").network
    >>> family = Some(name="count", share=1.0, runs=(0,), network=net, description="counts")
    >>> census = Some(task="xor", runs=1, converged=1, families=(family,))
    >>> atlas(census).numbers["family 1"]["contributions"]
    [[0.0, 0.0, 0.0, 0.0], [0.0, 1.0, 1.0, 2.0], [0.0, 0.0, 0.0, -2.0]]
    """
    families: Sequence[Any] = census.families[:8]
    if not families:
        raise ToynetsError("the census found no solution to draw.", fix="train more networks.")
    inputs = Domain.boolean(len(families[0].network.inputs)) if domain is None else domain
    if len(inputs.rows) > MOST_INPUTS:
        raise ToynetsError(f"a table of {len(inputs.rows)} inputs is too wide: {MOST_INPUTS} fit.")
    tables = [contributions(f.network, inputs) for f in families]
    limit = max(abs(to_number(v)) for t in tables for row in t.values for v in row) or 1.0
    limit = round(limit, 1)
    wide = min(9.0, 66.0 / len(inputs.rows))
    high = 16.0 + ROW * (1 + len(families[0].network.hidden))
    page = style.page(height_mm=high * -(-len(families) // 2) + 9, natural="double")
    numbers: dict[str, Any] = {"scale": {"limit": limit, "low": -limit}, "runs": census.runs}
    for k, (family, table) in enumerate(zip(families, tables, strict=True)):
        left = 2 + 87.0 * (k % 2)
        top = page.height - 5 - high * (k // 2)
        share = round(100 * family.share, 1)
        page.letter(left, top, "abcdefgh"[k], f"{family.name}, {printed(share)} %")
        draw_family(page, left + 12, top - 7, wide, table, limit)
        numbers[f"family {k + 1}"] = {
            "name": family.name,
            "share": family.share,
            "percent": share,
            "runs": len(family.runs),
            "contributions": [[round(to_number(v), 2) for v in row] for row in table.values],
        }
    bar(page, 60, 2.8, 20, limit, "contribution")
    first = families[0]
    return finish(
        page,
        name,
        numbers=numbers,
        claim=f"Solution families of {census.task} among {census.converged} of {census.runs} "
        f"trainings that converged; the most frequent is '{first.name}', "
        f"{printed(round(100 * first.share, 1))} %. Each table: what the bias and each unit add on "
        "each input.",
        alt=f"Tables of contributions for the {len(families)} solution families of {census.task}, "
        "with "
        "the share of trainings that found each."[:250],
        description=" ".join(f"{f.name}: {f.description}." for f in families),
        shows=[shown(first.network, domain=inputs)],
        keys=sign_keys(style),
        maps=len(families),
    )
