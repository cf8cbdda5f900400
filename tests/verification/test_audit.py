"""Vacuity, economy and slack, held against the brute force and the bisection of the controls."""

from __future__ import annotations

import pytest
from brute import Claim
from controls import slack as slack_of_controls
from mutants import changed

from toynets import Domain, Explanation, Network, ToynetsError, audit, zoo
from toynets.rationals import rational, text, workprec
from toynets.verification.economy import economy
from toynets.verification.sites import sites, with_number
from toynets.verification.slack import slack
from toynets.verification.vacuity import LEVELS, vacuity


@pytest.mark.parametrize("name", ["xor-sum", "dead-weight", "xor-relu-1"])
def test_what_is_as_true_of_another_network_is_so_by_brute_force(name):
    entry = zoo.load(name)
    domain, data = entry.task.domain, entry.explanation.to_dict()
    names = [n for n in zoo.names() if n != name]
    others = {n: zoo.load(n).network for n in names}
    found = vacuity(entry.network, entry.explanation, domain, list(others.values()), count=4)
    rivals = dict(others)
    for address, value in entry.network.numbers.items():
        if value:
            rivals[f"{address} *= -1"] = entry.network.with_numbers({address: -value})
    checked = 0
    for rival in found.rivals:
        if rival.kind not in ("zoo", "flipped"):
            assert rival.failed == "clean outputs" or rival.same
            continue
        claim = Claim(rivals[rival.name], data, domain.rows)
        # The brute force knows no roles, and takes all the rest at once.
        truth = claim.same_activations and claim.true(weights=False)
        assert truth == (rival.failed in ("", "all but the numbers"))
        clean = claim.agree("clean", claim.own.out(), claim.net.out(), claim.eps["clean"])
        assert clean == (rival.failed != "clean outputs")
        checked += 1
    assert checked >= 10


def test_clean_outputs_alone_do_not_tell_two_xors_apart():
    entry = zoo.load("xor-sum")
    others = [zoo.load(n).network for n in ("xor-difference", "xor-tanh", "majority-3")]
    found = vacuity(entry.network, entry.explanation, entry.task.domain, others, count=5)
    assert [r.name for r in found.holding("clean outputs")] == ["xor-difference"]
    assert found.holding("units too") == []
    assert [r.name for r in found.rivals if r.kind == "zoo"] == ["xor-difference", "xor-tanh"]
    # 7 weights are not 0; a flipped 0 is the same network.
    assert found.tried("flipped") == 7
    assert found.lines()[0] == (
        "by clean outputs alone it would be as true of 1 of 19 others: xor-difference"
    )


def test_a_wrong_role_does_not_hide_that_an_ablation_is_wrong():
    # A copy of the weights with nothing said of the units: only roles and ablations can be wrong.
    entry = zoo.load("xor-sum")
    data = entry.explanation.to_dict()
    units = {u: {"activation": s["activation"]} for u, s in data["units"].items()}
    bare = Explanation.from_dict({**data, "units": units, "outcomes": []})
    other = zoo.load("xor-difference").network
    found = vacuity(entry.network, bare, entry.task.domain, [other], count=0)
    (rival,) = (r for r in found.rivals if r.kind == "zoo")
    assert rival.failed == "all ablations too"
    claim = Claim(other, bare.to_dict(), entry.task.domain.rows)
    assert all(c() for _, c in claim.outcomes()) and not claim.cases()


def test_the_network_itself_up_to_gauge_is_no_rival():
    net = Network.from_layers(
        [([[1], [-1]], None, "relu"), ([[1, 1]], None, "identity")], name="abs"
    )
    said = Explanation.of(
        about="abs",
        weights={"x1->h1": 1, "x1->h2": -1, "h1->y": 1, "h2->y": 1},
        units={
            "h1": {"activation": "relu"},
            "h2": {"activation": "relu"},
            "y": {"activation": "identity"},
        },
    )
    turned = Network.from_layers(
        [([[-2], [1]], None, "relu"), ([["1/2", 1]], None, "identity")], name="turned"
    )
    found = vacuity(net, said, Domain.listed([[-1], [0], [1]]), [turned], count=0)
    assert found.same == ["turned"]
    assert found.tried("zoo") == 0
    assert "so not counted: turned" in found.lines()[-1]
    itself = vacuity(net, said, Domain.listed([[-1], [0], [1]]), [net], count=0)
    assert [r.failed for r in itself.rivals if r.same] == [""]
    assert itself.holding("clean outputs") == []


def test_random_rivals_come_from_the_seed():
    entry = zoo.load("xor-sum")
    draws = [
        vacuity(entry.network, entry.explanation, entry.task.domain, count=3, seed=s).rivals
        for s in (1, 1, 2)
    ]
    assert draws[0] == draws[1]
    assert {r.kind for r in draws[2]} == {"flipped", "shuffled", "random"}


def test_an_explanation_of_decisions_only_is_more_vacuous():
    entry = zoo.load("not")
    data = entry.explanation.to_dict()
    loose = Explanation.from_dict(
        {
            **data,
            "metric": {"default": "decision"},
            "outcomes": [],
            "units": {u: {"activation": s["activation"]} for u, s in data["units"].items()},
        }
    )
    strict = vacuity(entry.network, entry.explanation, entry.task.domain, count=40)
    wide = vacuity(entry.network, loose, entry.task.domain, count=40)
    assert len(wide.holding("clean outputs")) > len(strict.holding("clean outputs"))


def test_economy_counts_each_number_once_and_names_a_copy():
    found = economy(zoo.load("xor-sum").explanation)
    assert {n: len(names) for n, names in found.numbers.items()} == {"1": 6, "2": 1}
    assert (found.weights, found.zeros, found.alone) == (9, ("h1.bias", "y.bias"), ("2",))
    trained = zoo.load("xor-relu-2")
    fitted = economy(trained.explanation)
    assert len(fitted.numbers) == trained.explanation.numbers_stated
    copied = Explanation.of(
        about="copy",
        weights={a: str(w.exact) for a, w in ((w.name, w) for w in trained.network.weights())},
        units={u: {"activation": trained.network.activation_of(u)} for u in trained.network.units},
    )
    assert economy(copied).transcribed
    assert economy(copied).lines()[0].endswith("transcribed: the weights are copied, not explained")


@pytest.mark.parametrize("name", ["xor-sum", "and-trained"])
def test_slack_is_that_of_the_controls(name):
    entry = zoo.load(name)
    halvings = 7
    expected = slack_of_controls(entry, halvings=halvings)
    with workprec():
        found = slack(
            entry.network, entry.explanation, entry.task.domain, halvings=halvings, formulas=False
        )
    mine = {s.site.name.removeprefix("parameter "): s for s in found}
    compared = 0
    for site, ends in expected.items():
        one = mine[site.rpartition(" = ")[0].removeprefix("parameter ")]
        grain = max(abs(one.site.value), rational(1)) / 2**halvings
        for end, said in zip((one.low, one.high), ends, strict=True):
            compared += 1
            if said == "free":
                assert end.free
            elif said == "none":
                assert end.at == one.site.value
            else:
                assert abs(end.at - rational(said)) <= 2 * grain  # theirs is written short
    assert compared >= 6


def test_slack_says_what_notices_and_why():
    entry = zoo.load("max-trained")
    points = Domain.sampled("[0,1]^2", count=8)
    with workprec():
        (one, *_) = slack(entry.network, entry.explanation, points, formulas=False)
    assert one.site.name == "parameter a"
    assert "weights" in (one.low.noticed, one.high.noticed)
    assert one.low.at <= one.site.value <= one.high.at
    assert one.low.at < one.high.at
    assert one.why.startswith(("weights within", "clean within", "units within", "ablations"))
    # Without comparing the weights themselves it can go as far or further.
    assert one.alone[0].at <= one.low.at and one.alone[1].at >= one.high.at


def test_what_nothing_depends_on_is_free_and_says_so():
    entry = zoo.load("dead-weight")
    with workprec():
        found = {
            s.site.name: s
            for s in slack(entry.network, entry.explanation, entry.task.domain, halvings=4)
        }
    dead = found["1024 in the expression of y"]  # h2 is never on
    assert dead.low.free and dead.high.free
    assert dead.why == "it makes no difference on any input of the domain"
    assert found["the concept of h2"].why.startswith("a concept tells inputs apart")
    assert found["h2->y"].none  # flipped or not, it is compared with the network's own
    assert found["x1->h1"].none and found["x1->h1"].why == ""


def test_a_weight_that_only_the_comparison_notices():
    net = Network.from_layers(
        [([[1], [0]], None, "relu"), ([[1, 5]], None, "identity")], name="idle"
    )
    said = Explanation.of(
        about="idle",
        weights={"x1->h1": 1, "x1->h2": 0, "h1->y": 1, "h2->y": 5},
        units={
            "h1": {"activation": "relu"},
            "h2": {"activation": "relu"},
            "y": {"activation": "identity"},
        },
    )
    found = {s.site.name: s for s in slack(net, said, Domain.listed([[0], [1]]), halvings=4)}
    assert found["h2->y"].none
    assert found["h2->y"].low.noticed == "weights"
    assert found["h2->y"].behaviour_free  # h2 is 0 whatever is done to x1->h2
    assert not found["h1->y"].behaviour_free


def test_what_a_dear_check_alone_notices_has_no_slack():
    net = Network.from_layers([([[1]], [-2], "relu"), ([[1]], None, "identity")], name="never on")
    said = Explanation.of(
        about="never on",
        tolerance={"weights": "3"},
        weights={"x1->h1": 1, "h1.bias": -2, "h1->y": 1},
        units={"h1": {"activation": "relu"}, "y": {"activation": "identity"}},
    )
    found = {s.site.name: s for s in slack(net, said, Domain.boolean(1), halvings=4)}
    # Clean, h1 is 0 with any bias up to -1; with the bias flipped it is the bias that comes out.
    assert found["h1.bias"].none
    assert {found["h1.bias"].low.noticed, found["h1.bias"].high.noticed} == {"parameters"}


def test_the_numbers_of_formulas_are_noticed_by_what_reads_them():
    entry = zoo.load("xor-sum")
    every = slack(entry.network, entry.explanation, entry.task.domain, halvings=4)
    found = {s.site.name: s for s in every}
    for name, check in (
        ("1 in the expression of h2", "units"),
        ("2 in the expression of y", "units"),
        ('2 in "clean"', "clean"),
        ('"h1, h2 = 0"', "outcomes"),
    ):
        assert found[name].none
        assert {found[name].low.noticed, found[name].high.noticed} == {check}


@pytest.mark.parametrize("name", ["xor-tanh", "parity-trained", "symmetry-1986"])
def test_a_changed_number_is_the_text_changed(name):
    explanation = zoo.load(name).explanation
    data = explanation.to_dict()
    paths = {
        "parameters": lambda key: ("parameters", key),
        "weights": lambda key: ("weights", key, "value"),
    }
    tried = 0
    for site in sites(explanation):
        moved = with_number(explanation, site, site.value + rational("1/7"))
        assert with_number(explanation, site, site.value).to_dict() == data
        assert moved.to_dict() != data
        if site.part in paths and site.index is None:
            new = text(site.value + rational("1/7"))
            by_text = Explanation.from_dict(changed(data, paths[site.part](site.key), new))
            assert moved.numbers == by_text.numbers
            tried += 1
    assert tried >= 2


def test_the_whole_audit_and_its_limits():
    found = audit("not", count=3, halvings=4)
    assert found.verdict == "exhaustive"
    assert str(found).splitlines()[0] == "the explanation of not on {0, 1}^1: exhaustive"
    assert found.to_dict()["vacuity"]["holding"].keys() == LEVELS.keys()
    wrong = audit("xor-sum", zoo.load("xor-sum").wrong[0].explanation, count=0)
    assert (wrong.verdict, wrong.slack, wrong.exit_status) == ("refuted", None, 1)
    assert "you say 1, the network gives 2" in wrong.refuted
    with pytest.raises(ToynetsError, match="needs an explanation as well"):
        audit(zoo.load("xor-sum").network)
    with pytest.raises(ToynetsError, match="the number of random networks"):
        audit("not", count=-1)
    with pytest.raises(ToynetsError, match="halvings is a number from 1 to 60"):
        audit("not", halvings=0)
    blank = zoo.load("not").explanation.to_dict()
    blank["weights"]["x1->h1"]["value"] = ""
    with pytest.raises(ToynetsError, match="blank weights"):
        audit("not", Explanation.from_dict(blank))
