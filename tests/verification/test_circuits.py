"""Minimal circuits against the definition by independent brute force, and known counts."""

from __future__ import annotations

import itertools

import pytest
from brute import Claim

from toynets import Domain, Network, ToynetsError, circuits, zoo
from toynets.rationals import rational
from toynets.verification.circuit_search import find_circuits
from toynets.verification.compare import Decision

SMALL = (
    "xor-sum",
    "xor-difference",
    "majority-3",
    "parity-3",
    "twin-units",
    "dormant-backup",
    "dead-weight",
    "constant-unit",
    "or",
)


def subsets(names):
    return [set(c) for r in range(len(names) + 1) for c in itertools.combinations(names, r)]


def by_definition(entry, of, decide):
    """Minimal sufficient and necessary sets under zero ablation, from rationals and sets alone."""
    claim = Claim(entry.network, entry.explanation.to_dict(), entry.task.domain.rows)
    net = claim.net
    edges = [a for a in net.numbers if "->" in a]
    players = list(entry.network.hidden) if of == "units" else edges

    def holds(keep):
        gone = set(players) - keep
        for x in claim.rows:
            if of == "units":
                out = net.out_at(x, fixed=dict.fromkeys(gone, 0))
            else:
                cut = {a: 0 if a in gone else v for a, v in net.numbers.items()}
                out = net.out_at(x, numbers=cut)
            clean = net.out_at(x)
            if (claim.choice(out) != claim.choice(clean)) if decide else out != clean:
                return False
        return True

    found = {frozenset(s): holds(s) for s in subsets(players)}
    everything = frozenset(players)

    def minimal(has):
        good = [s for s in found if has(s)]
        return {s for s in good if not any(t < s for t in good)}

    return minimal(lambda s: found[s]), minimal(lambda s: not found[everything - s])


@pytest.mark.parametrize("of", ["units", "edges"])
@pytest.mark.parametrize("name", SMALL)
def test_the_antichains_are_those_of_the_definition(name, of):
    entry = zoo.load(name)
    if of == "edges" and len(entry.network.wiring.edges) > 8:
        of, criteria = "units", ("values",)
    criteria = ("values", "decisions") if entry.task.decision else ("values",)
    for criterion in criteria:
        found = circuits(entry, of=of, ablation="zero", criterion=criterion, within=0)
        sufficient, necessary = by_definition(entry, of, criterion == "decisions")
        assert {frozenset(s) for s in found.sufficient} == sufficient
        assert {frozenset(s.members) for s in found.necessary} == necessary
        assert len(found.sufficient) == len(sufficient)
        assert found.verdict == "exhaustive"


def copies(count):
    """y = relu(x) done by any of several units: y = step(sum)."""
    return Network.from_layers(
        [([[1]] * count, None, "relu"), ([[1] * count], None, "step")], name="copies"
    )


def test_non_identifiability_is_a_number():
    found = circuits(copies(3), of="units", ablation="zero", domain=Domain.boolean(1))
    assert found.summary() == "3 minimal sufficient circuits, 1 minimal necessary set"
    assert found.sufficient == (("h1",), ("h2",), ("h3",))
    assert found.necessary[0].members == ("h1", "h2", "h3")
    assert (found.in_all, found.in_none, found.sufficing) == ((), (), 7)
    assert found.criterion == "values"  # a network alone has no decision rule, and it is said


def test_many_players_and_a_budget():
    net = copies(20)
    whole = circuits(net, of="units", ablation="zero", domain=Domain.boolean(1), cases=2_000)
    # 20 sets of one suffice at once; that only all 20 together are necessary takes 2^20 sets.
    assert len(whole.sufficient) == 20
    assert (whole.verdict, whole.complete[0], whole.cases) == ("unknown", 20, 2_000)
    assert whole.why.startswith("the limit of 2000 runs was reached: found are all minimal")
    short = circuits(net, of="units", ablation="zero", domain=Domain.boolean(1), cases=20)
    assert (short.sufficient, short.complete[0], short.verdict) == ((), 0, "unknown")


def test_the_kind_of_ablation_decides():
    zero = circuits("twin-units", of="units", ablation="zero")
    mean = circuits("twin-units", of="units", ablation="mean")
    assert [len(c.sufficient) for c in (zero, mean)] == [2, 1]
    assert zero.in_all == ("neither",)
    assert zero.rule == "every decision stays what it is (output > 1/2)"
    assert mean.ablated == "its activation is its mean over {0, 1}^1"


def test_keeping_more_can_do_harm_and_is_said():
    found = circuits("dormant-backup", of="units", ablation="zero")
    assert found.sufficient == (("main", "relay"), ("spare", "rescue"))
    assert found.exception == (("spare", "rescue"), ("main", "spare", "rescue"))
    assert "keeping more can do harm: {spare, rescue} is sufficient" in str(found)
    # Necessary sets are then not the sets that meet every sufficient one: {relay} does not.
    assert ("relay",) in [s.members for s in found.necessary]


def test_a_necessary_set_is_shown_by_the_simplest_input():
    found = circuits("xor-sum", of="units", ablation="zero")
    shown = found.necessary[1]
    assert (shown.members, shown.x, shown.clean, shown.without) == (("h2",), "11", "0", "2")
    assert shown.intervention == "h2 = 0"
    source = circuits("xor-sum", of="units", ablation="resample").necessary[0]
    assert (source.x, source.source, source.without) == ("00", "01", "1")


def test_accuracy_counts_the_task():
    all_right = circuits("xor-sum", of="units", ablation="zero", criterion="accuracy")
    assert all_right.sufficient == (("h1", "h2"),)
    assert all_right.rule.endswith("is at least 1 (as many as clean, 4 of 4)")
    most = circuits("xor-sum", of="units", ablation="zero", criterion="accuracy", at_least="3/4")
    assert most.sufficient == (("h1",),)
    half = circuits("xor-sum", of="units", ablation="zero", criterion="accuracy", at_least="1/2")
    assert half.sufficient == ((),)  # with nothing left y is 0, which is right on two inputs
    assert half.necessary == ()


def test_accuracy_is_against_the_task_and_not_against_the_clean_network():
    wrong = Network.from_layers([([[1]], [0], "relu"), ([[1]], [0], "identity")], name="yes")
    found = find_circuits(
        wrong,
        Domain.listed([[0], [1], [2]]),
        of="units",
        ablation="zero",
        criterion="accuracy",
        decision=Decision({"threshold": "1/2"}),
        targets=[(rational(t),) for t in (1, 0, 0)],
        at_least=rational("2/3"),
    )  # clean it is wrong on every input; without h1 it is right on two, and unlike clean on two
    assert found.sufficient == ((),)
    assert found.necessary[0].members == ()  # the criterion fails with everything kept


def test_the_budget_is_shared_between_both_searches():
    numbers = [[[1]] * 20, [[2**k for k in range(20)]]]
    net = Network.from_layers([(numbers[0], None, "relu"), (numbers[1], None, "identity")])
    found = circuits(net, of="units", ablation="zero", domain=Domain.boolean(1), cases=400)
    # Every unit is necessary, which 21 sets show; that only all of them suffice takes 2^20.
    assert (len(found.necessary), found.complete[1]) == (20, 20)
    assert (found.sufficient, found.verdict) == ((), "unknown")


def test_values_within_a_tolerance():
    exact = circuits("xor-relu-1", of="units", ablation="mean", criterion="values", within=0)
    wide = circuits("xor-relu-1", of="units", ablation="mean", criterion="values", within=2)
    assert (exact.sufficient, wide.sufficient) == ((("h1", "h2"),), ((),))
    assert wide.rule == "every output stays what it is to within 2"


def test_all_14_edges_of_a_6_2_1_network():
    found = circuits("symmetry-1986", of="edges", ablation="zero")
    assert len(found.players) == 14
    assert found.sufficing is not None
    assert found.verdict == "exhaustive"


def test_what_straddles_is_unknown():
    net = Network.from_layers([([[1], [1]], None, "tanh"), ([[1, -1]], None, "step")])
    found = circuits(net, of="units", ablation="zero", domain=Domain.listed([[1]]))
    assert found.verdict == "unknown"
    assert "not decided" in found.why


def test_what_is_asked_must_make_sense():
    with pytest.raises(ToynetsError, match=r"no criterion fine\. Criteria: decisions, values"):
        circuits("xor-sum", of="units", ablation="zero", criterion="fine")
    with pytest.raises(ToynetsError, match="has no decision rule"):
        circuits("abs", of="units", ablation="zero", criterion="decisions")
    with pytest.raises(ToynetsError, match="accuracy needs a task"):
        circuits(zoo.load("xor-sum").network, of="units", ablation="zero", criterion="accuracy")
    with pytest.raises(ToynetsError, match="a share is between 0 and 1"):
        circuits("xor-sum", of="units", ablation="zero", criterion="accuracy", at_least=2)
    with pytest.raises(TypeError, match="ablation"):
        circuits("xor-sum", of="units")  # the kind is never defaulted


def test_a_record_shows_itself():
    found = circuits("twin-units", of="units", ablation="zero")
    data = found.to_dict()
    assert (data["minimal_sufficient"], data["of_sets"], data["verdict"]) == (2, 8, "exhaustive")
    assert "{twin1, neither}" in found._repr_markdown_()
    assert "<th scope" in found._repr_html_()
    assert repr(found).startswith("<Circuits of twin-units: units, zero, 2 minimal")
