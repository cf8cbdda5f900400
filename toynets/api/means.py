"""The finite set over which a mean is taken in a claim about a box."""

from __future__ import annotations

from typing import Any

from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.rationals import text

SAMPLE = 48  # points of the box over which `mean` is taken, as verify does
FEW = 8  # inputs that are written out


def mean_rows(network: Any, box: Domain, under: str, over: Any) -> Domain | None:
    """Return the finite set over which the means of an intervention are taken; None without one.

    Args:
        network: whose names the intervention uses.
        box: that the claim is about: by default the set is 48 points of it.
        under: the intervention.
        over: a `Domain`, a list of rows, a text such as "0,1; 1,1" or the name of a task, or None.

    Raises:
        ToynetsError: a set is given and the intervention has no mean, or rows of another length.
    """
    asked = "mean" in network.wiring.resolve(under).intervention.words
    if not asked:
        if over is None:
            return None
        raise ToynetsError(
            "a set is given to take a mean over, and there is none to take.",
            fix='write the intervention with one: --under "h1 = mean".',
        )
    return finite_rows(network, box, over)


def finite_rows(network: Any, box: Domain, over: Any) -> Domain:
    """Return a finite set of inputs: the one given, or 48 points of a box; see `mean_rows`.

    >>> from toynets.zoo import load
    >>> finite_rows(load("abs").network, Domain.box("[-1,1]"), [[0], ["1/2"]]).text
    '2 listed inputs'
    """
    if over is None:
        return Domain.sampled(box, count=SAMPLE)
    if isinstance(over, str):
        from toynets.api.subject import read_domain

        over = read_domain(over, len(network.inputs))
    found = over if isinstance(over, Domain) else Domain.listed(over)
    if found.kind == "box":
        found = Domain.sampled(found, count=SAMPLE)
    if found.dimension != len(network.inputs):
        count = len(network.inputs)
        rows = "; ".join(",".join([v] * count) for v in ("0", "1"))
        raise ToynetsError(
            f"the mean is over {found.text}, with {counted(found.dimension, 'number')} each, but "
            f"{network.name or 'the network'} has {counted(count, 'input')}.",
            fix=f'write inputs with {counted(count, "number")} each: --mean-over "{rows}".',
        )
    return found


def counted(count: int, thing: str) -> str:
    """Return how many there are, one or several.

    >>> counted(1, "input"), counted(2, "input")
    ('1 input', '2 inputs')
    """
    return f"{count} {thing}" + ("" if count == 1 else "s")


def means_of(rows: Domain | None, network: Any, second: Any = None) -> dict[str, Any]:
    """Return what a `Prover` is told of means: a network's, and those of a second one beside it."""
    if rows is None:
        return {}
    from toynets.exact import Machine

    beside = None if second is None else Machine(second, rows).mean
    return {"means": (Machine(network, rows).mean, beside), "mean_over": named(rows)}


def named(rows: Domain) -> str:
    """Return what a finite set of inputs is called: its inputs themselves, where they are few.

    >>> named(Domain.listed([[0, "1/2"], [1, 1]])), named(Domain.boolean(2))
    ('(0, 1/2), (1, 1)', '{0, 1}^2')
    """
    if rows.kind != "listed" or len(rows) > FEW:
        return rows.text
    return ", ".join(f"({', '.join(text(v) for v in row)})" for row in rows)
