"""A set of units or edges kept: the same numbers as the intervention that says so."""

from __future__ import annotations

import pytest

from toynets import Domain, Network, ToynetsError, zoo
from toynets.exact import Machine
from toynets.rationals import rational, workprec
from toynets.verification.kept import ABLATIONS, Kept

TINY = rational(f"1/{10**30}")
TIED = Network.from_layers(
    [([["1/2", "1/2"], ["1/4", -1]], [0, 1], "relu"), ([[2, -1], [1, 1]], [0, "1/2"], "softmax")],
    ties={"w": ["x1->h1", "x2->h1"]},
    name="tied",
)
DEEP = Network.from_layers(
    [
        ([[1], ["1/2"]], None, "abs"),
        ([[1, -1], [2, 1]], ["1/4", -1], "square"),
        ([[1, -1]], [1], "step"),
    ],
    name="deep",
)
SPARSE = Network.from_layers(
    [([[1, 0], [3, 4]], [0, -1], "sigmoid"), ([[1, -1]], [0], "tanh")],
    masks=[[[1, 0], [1, 1]], [[1, 1]]],
    name="sparse",
)
CASES = [
    (zoo.load("xor-sum").network, Domain.boolean(2)),
    (TIED, Domain.boolean(2)),
    (DEEP, Domain.listed([[0], [1], ["3/2"]])),
    (SPARSE, Domain.boolean(2)),
]


@pytest.mark.parametrize("of", ABLATIONS)
@pytest.mark.parametrize(("network", "domain"), CASES, ids=[n.name for n, _ in CASES])
def test_every_set_gives_what_its_intervention_gives(network, domain, of):
    machine = Machine(network, domain)
    written = 0
    for ablation in ABLATIONS[of]:
        kept = Kept(network, domain, of, ablation)
        everything = 2 ** len(kept.players) - 1
        for mask in range(everything + 1):
            text = kept.intervention(mask)
            if mask != everything and not text:
                continue  # the language has no words for it
            written += 1
            plan = machine.plan(text)
            for case in kept.cases:
                row, source = case
                given = {} if source is None else {"source": domain.rows[source]}
                with workprec():
                    pairs = zip(
                        kept.outcome(mask, case),
                        machine.outcome(domain.rows[row], plan, **given),
                        strict=True,
                    )
                    assert all(abs(a - b) < TINY for a, b in pairs)
    sets = 2 ** (len(network.hidden) if of == "units" else len(network.wiring.edges))
    assert written >= sets * (len(ABLATIONS[of]) - 1)


def test_an_edge_at_the_mean_of_its_source():
    net, domain = CASES[0]
    kept = Kept(net, domain, "edges", "mean")
    names = dict(zip(kept.players, range(len(kept.players)), strict=True))
    without = (2 ** len(names) - 1) & ~(1 << names["x2->h1"]) & ~(1 << names["h2->y"])
    # By hand: h1 = relu(x1 + 1/2), and h2, on for one input of four, is taken off as 2 * 1/4.
    assert [kept.outcome(without, c)[0] * 2 for c in kept.cases] == [0, 0, 2, 2]


def test_resampling_takes_every_other_input():
    net, domain = CASES[0]
    pairs = Kept(net, domain, "units", "resample").cases
    assert pairs == [(i, s) for i in range(4) for s in range(4) if s != i]


def test_names_that_are_not_there():
    net, domain = CASES[0]
    with pytest.raises(ToynetsError, match="no kind of players inputs"):
        Kept(net, domain, "inputs", "zero")
    with pytest.raises(ToynetsError, match=r"no ablation worst in circuits of units\."):
        Kept(net, domain, "units", "worst")
    with pytest.raises(ToynetsError, match="no ablation pre in circuits of edges"):
        Kept(net, domain, "edges", "pre")
    with pytest.raises(ToynetsError, match="nothing to draw from"):
        Kept(net, Domain.listed([[0, 1]]), "units", "resample")
