"""The solution atlas: the families that training finds, their shares, and how each works.

A family is shown by its contribution table: what each unit adds to the output on every input. With
one hidden layer that is the explanation: what is left without units is the sum of the others.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from string import ascii_lowercase
from typing import TYPE_CHECKING, Any

from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.exact import Machine
from toynets.fields import record
from toynets.plots.cells import bar, grid
from toynets.plots.crowds import crowd, in_plural
from toynets.plots.figure import Figure, finish, sign_keys
from toynets.plots.numbers import printed, to_number
from toynets.plots.panels import named
from toynets.plots.style import Style, plot
from toynets.rationals import ZERO, from_float, workprec

if TYPE_CHECKING:
    from toynets.network import Network
    from toynets.plots.page import Page

ROW = 4.4  # mm
MOST_INPUTS = 8
HIGHEST = 180.0  # mm
FOOT = 9.0  # mm
FEW = 1000  # of fewer runs a share is a count: a tenth of a percent is less than one of them
MOST_FAMILIES = 12  # that fit; the rarest are counted in the caption


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


def inputs_of(domain: Domain) -> Domain:
    """Return the inputs of a domain that a table has a column for: of a box its corners.

    Raises:
        ToynetsError: more than fit side by side.

    >>> inputs_of(Domain.box("[0,1]^2")).labels
    ('00', '01', '10', '11')
    """
    count = len(domain.rows) if domain.bounds is None else 2 ** len(domain.bounds)
    if count > MOST_INPUTS:
        raise ToynetsError(
            f"a table of {count} inputs is too wide: {MOST_INPUTS} fit.",
            fix="take a task of fewer inputs; toynets census TASK lists the families as text.",
        )
    if domain.bounds is None:
        return domain
    return Domain.listed([list(corner) for corner in itertools.product(*domain.bounds)])


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


def share_of(family: Any, converged: int) -> str:
    """Write how many of the converged runs a family has: a count where they are few.

    >>> from types import SimpleNamespace as Some
    >>> share_of(Some(runs=(4,), share=1 / 26), 26), share_of(Some(runs=(), share=0.0384), 7000)
    ('1 of 26', '3.8 %')
    """
    if converged < FEW:
        return f"{len(family.runs)} of {converged}"
    return f"{printed(round(100 * family.share, 1))} %"


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
    if not census.families:
        raise ToynetsError("the census found no solution to draw.", fix="train more networks.")
    first = census.families[0]
    count = len(first.network.inputs)
    inputs = inputs_of(Domain.boolean(count) if domain is None else domain)
    families: Sequence[Any] = census.families[:MOST_FAMILIES]
    said = [f"{named(style, f.name)}, {share_of(f, census.converged)}" for f in families]
    wide = min(9.0, 66.0 / len(inputs.rows))
    broad = max(12 + wide * len(inputs.rows), *(8 + style.measure(one)[0] for one in said)) + 6
    room = style.page(height_mm=FOOT, natural="double").width - 2
    across = max(1, min(len(families), int(room // broad)))
    high = 16.0 + ROW * (1 + len(first.network.hidden))
    fit = across * int((HIGHEST - FOOT) // high)
    families, said = families[:fit], said[:fit]
    left_out = census.families[len(families) :]
    tables = [contributions(f.network, inputs) for f in families]
    limit = max(abs(to_number(v)) for t in tables for row in t.values for v in row) or 1.0
    limit = round(limit, 1) or limit
    page = style.page(height_mm=high * -(-len(families) // across) + FOOT, natural="double")
    numbers: dict[str, Any] = {"scale": {"limit": limit, "low": -limit}, "runs": census.runs}
    for k, (family, table) in enumerate(zip(families, tables, strict=True)):
        left = 2 + (page.width - 2) / across * (k % across)
        top = page.height - 5 - high * (k // across)
        share = round(100 * family.share, 1)
        page.letter(left, top, ascii_lowercase[k], said[k])
        draw_family(page, left + 12, top - 7, wide, table, limit)
        numbers[f"family {k + 1}"] = {
            "name": family.name,
            "share": family.share,
            "percent": share,
            "runs": len(family.runs),
            "contributions": [[round(to_number(v), 2) for v in row] for row in table.values],
        }
    bar(page, page.width / 2 - 25, 2.8, 20, limit, "contribution")
    many = crowd(
        f"one of each family of {census.task}",
        [f.network.hash for f in families],
        inputs.text,
        text=first.network.text,
    )
    rest = {"families": len(left_out), "trainings": sum(len(f.runs) for f in left_out)}
    rare = f" Families of another {rest['trainings']} are not drawn." if left_out else ""
    made = finish(
        page,
        name,
        numbers=numbers | {"converged": census.converged, "left out": rest},
        claim=f"Solution families of {census.task} among {census.converged} of {census.runs} "
        f"trainings that converged; the most frequent is '{first.name}', "
        f"{share_of(first, census.converged)}. Each table: what the bias and each unit add on "
        f"each input.{rare}",
        alt=f"Tables of contributions for {len(families)} solution families of {census.task}, "
        "with the share of trainings that found each.",
        description=" ".join(f"{f.name}: {f.description}." for f in families),
        shows=[many],
        keys=sign_keys(style),
        maps=len(families),
    )
    return in_plural(made, many)
