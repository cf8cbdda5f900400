"""What the package says of every network of the zoo, for the page of the explorer to say again."""

from __future__ import annotations

from typing import Any

from flint import arb

from toynets import exact
from toynets.domain import Domain
from toynets.exact import Machine
from toynets.rationals import text, workprec

MOST_RUNS = 4
LINES_EVERY = 4  # the arithmetic of every fourth case is compared, too


def spread(things: Any, most: int) -> list[Any]:
    """Return at most so many, the first and the last among them."""
    things = list(things)
    if len(things) <= most:
        return things
    return [things[round(k * (len(things) - 1) / (most - 1))] for k in range(most)]


def number(value: Any) -> str | float:
    return float(value.mid()) if isinstance(value, arb) else text(value)


def interventions(network: Any, domain: Domain, most: int) -> list[str]:
    """Return every kind of the language, on some units, edges and biases."""
    w = network.wiring
    units = spread(w.units, most)
    edges = [f"{s}->{t}" for s, t in spread(w.edges, most)]
    point = ", ".join(text(v) for v in domain.rows[-1])
    first, edge, last = w.inputs[0], edges[0], w.units[-1]
    found = ["", f"{first} = 0", f"{first} = {first}(x')", f"{first} = resample"]
    for unit in units:
        found += [f"{unit} = 0", f"{unit}.pre = 0", f"{unit}.pre = -3/2", f"{unit} = {unit}(x')"]
        found += [f"{unit} = resample", f"->{unit} = 0", f"{unit}.pre = {unit}.pre({point})"]
        found += [f"{unit}.pre = (x')", f"{unit} = {unit}.pre(x')"]
        if domain.finite:
            found += [f"{unit} = mean", f"{unit}.pre = mean"]
        if unit in w.biased:
            found += [f"->{unit}, {unit}.bias = 0", f"{unit}.bias += 1", f"{unit}.bias *= -1"]
    for name in edges:
        found += [f"{name} = 0", f"{name} *= -1", f"{name} = 3/2", f"{name} += -0.25"]
    found += [f"{edge} = (x')", f"{edge} = ({point})", f"{edge} = {last}({point})"]
    for unit in spread(w.hidden, 2):
        found += [f"{unit}-> = 0", f"{unit} = worst", f"{unit}.pre = worst"]
    if len(w.hidden) > 1:
        a, b = w.hidden[0], w.hidden[-1]
        found += [
            f"{a}, {b} = 0",
            f"{a} = 0, {b} = 1/3",
            f"{a}, {b} = resample",
            f"{a}, {b} = worst",
        ]
        found += [f"{a} = 0, {edges[-1]} *= 2"]
    for group in w.ties:
        found += [f"{group} = 1/2", f"{group}@2 *= -1"]
        break
    return found


def vectors(network: Any, domain: Domain, most: int = 3, most_rows: int = 2) -> dict[str, Any]:
    """Return the cases of one network, with the outputs as exact texts (floats after tanh).

    Args:
        network: which.
        domain: its inputs.
        most: of units and of edges, spread over the network.
        most_rows: of inputs, the first and the last among them.
    """
    kind = domain.kind
    rows = domain.rows if kind != "box" else tuple(sorted(Domain.sampled(domain, count=9).rows))
    listed = Domain.listed(rows) if kind == "box" else domain
    machine = Machine(network, listed)
    cases = []
    with workprec():
        for given in interventions(network, listed, most):
            plan = machine.wiring.resolve(given)
            source = rows[len(rows) // 2]
            runs = []
            for row in spread(rows, most_rows):
                if "worst" in plan.intervention.words:
                    found = [[number(v) for v in pair] for pair in machine.worst(row, plan)]
                else:
                    draws = machine.draws(row, plan)
                    chosen = spread(range(len(draws)), MOST_RUNS)
                    found = [
                        [
                            k,
                            [
                                number(v)
                                for v in machine.outcome(row, plan, source=source, draws=draws[k])
                            ],
                        ]
                        for k in chosen
                    ]
                runs.append([rows.index(row), found])
            written = None
            if not plan.intervention.is_family and len(cases) % LINES_EVERY == 0:
                run = exact.trace(network, rows[-1], given, source=source, domain=listed)
                written = list(run.arithmetic)
            cases.append(
                {
                    "text": given,
                    "plain": plan.text,
                    "worst": "worst" in plan.intervention.words,
                    "runs": runs,
                    "lines": written,
                }
            )
    return {
        "network": network.to_dict(),
        "domain": {
            "kind": listed.kind,
            "text": listed.text,
            "rows": [[text(v) for v in r] for r in rows],
        },
        "source": len(rows) // 2,
        "cases": cases,
    }


REFUSED = (
    "h9 = 0",
    "x9 = 0",
    "y7 = 1",
    "h1",
    "h1 =",
    "h1 = 0,5",
    "h1 = 1e3",
    "h1 = 1/0",
    "h1 -= 1",
    "h1 += 1",
    "h1.pre += 1",
    "h1 *= mean",
    "x1->h1 = mean",
    "->h1 = h1(x')",
    "h1 = 0, h1 = 1",
    "h1 = 0, h1.pre = 0",
    "x1.bias = 0",
    "x1.pre = 0",
    "->x1 = 0",
    "y-> = 0",
    "h1.foo = 0",
    "mean = 0",
    "x1->h9 = 0",
    "h1->x1 = 0",
    "h1 = h1(1)",
    "h1 = h1(x)",
    "h1 = x1.pre(x')",
    "h1@2 = 0",
    "x1->h1@2 = 0",
    "h1 = 0;",
    "h1- = 0",
    "$ = 1",
    "h1 = .5",
    "h1 = 0 h2 = 1",
    "h1 = carry",
    "H1 = 0",
    "x1->h1 = (1, 0, 1)",
    "h1.bias = h1(x')",
    "h1 = 0,",
    "x1-> h1 -",
    "h1 = 0 2",
    "h1 = 7,8,9",
    "x1->h1@0 = 0",
    "h1 = h1.bias(x')",
    "->h1@2 = 0",
)
"""Texts that a 2-2-1 network refuses; each has its message, its fix and its place."""
