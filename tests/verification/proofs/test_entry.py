"""Which claims an explanation makes on a box: all that `verify` tries, and none twice."""

import itertools

from toynets.domain import Domain
from toynets.verification.proofs.entry import questions
from toynets.verification.proofs.prover import Prover
from toynets.zoo import load


def asked(name, **keys):
    entry = load(name)
    prover = Prover(entry.network, entry.task.domain, entry.explanation, cells=1, seconds=1)
    return entry, [(check, said) for check, said, _ in questions(prover, **keys)]


def test_every_weight_every_subset_and_every_swap_is_asked_once():
    entry, found = asked("max-2", extra=True)
    assert len(set(found)) == len(found)
    net = entry.network
    said = {check: [s for c, s in found if c == check] for check, _ in found}
    assert said["parameters"] == [
        f"{a} {change}" for a in net.wiring.parameters() for change in ("= 0", "*= -1")
    ]
    units = [u for n in (1, 2) for u in itertools.combinations(net.hidden, n)]
    assert sorted(said["subsets"]) == sorted(
        ", ".join(template.format(u) for u in subset)
        for subset in units
        for template in ("{0} = 0", "->{0} = 0", "{0} = mean")
    )
    assert said["interchange"] == [f"{u} = {u}(x')" for u in net.units]
    assert said["worst"] == ["h1 = worst", "h2 = worst", "h1, h2 = worst"]
    assert said["units"] == list(net.units)
    stated = [o.intervention.text for o in entry.explanation.outcomes]
    assert said["outcomes"] == [s for s in stated if s] and said["clean"] == [""]


def test_without_what_is_stated_the_weights_alone_are_asked():
    entry = load("abs")
    prover = Prover(entry.network, Domain.box("[-2,2]"), entry.explanation, cells=50, seconds=5)
    checks = {check: ask for check, _, ask in questions(prover, stated=False)}
    for check in ("clean", "outcomes", "units"):
        answers = checks[check]()
        assert [a.verdict for a in answers] == ["proved"]
        assert "of the explanation" in answers[0].claim or "- explanation|" in answers[0].claim
