"""Causal partitions against an independent brute force, and how concepts are graded."""

from __future__ import annotations

from fractions import Fraction

import pytest
from brute import Claim
from brute_numbers import FLOATS

from toynets import Domain, Explanation, Network, ToynetsError, partition, zoo


def in_floats(entry):
    """Whether the brute force has to compute in floats, which tell no equal values."""
    claim = Claim(entry.network, entry.explanation.to_dict(), entry.task.domain.rows)
    return claim.arithmetic is FLOATS


RATIONAL = [
    name
    for name in zoo.names()
    if zoo.load(name).task.domain.finite and not in_floats(zoo.load(name))
]
XOR = ("xor-sum", "xor-difference")


def by_hand(entry, unit):
    """The classes as sets of row numbers, by value and by decision.

    Own forward pass, equality over all bases, for each value that the unit takes.
    """
    claim = Claim(entry.network, entry.explanation.to_dict(), entry.task.domain.rows)
    rows = {}
    for k, value in enumerate(claim.net.clean[unit].tolist()):
        rows.setdefault(value, []).append(k)
    classes = {}, {}
    for ks in rows.values():
        (taken,) = zip(*claim.net.swapped(unit, ks[:1]), strict=True)
        outcomes = list(zip(*(values.tolist() for values in taken), strict=True))
        classes[0].setdefault(tuple(map(str, outcomes)), []).extend(ks)
        if claim.data.get("decision"):
            chosen = claim.choices(taken)
            classes[1].setdefault(tuple(map(tuple, chosen)), []).extend(ks)
    return [sorted(map(sorted, kind.values())) for kind in classes]


@pytest.mark.parametrize("name", RATIONAL)
def test_the_classes_are_those_of_brute_force(name):
    entry = zoo.load(name)
    labels = entry.task.domain.labels
    levels = ("value", "decision") if entry.task.decision else ("value",)
    for unit in entry.network.units:
        for level, expected in zip(levels, by_hand(entry, unit), strict=False):
            found = partition(entry, unit, level=level, within=0)
            assert [[labels[k] for k in ks] for ks in expected] == [
                list(c.inputs) for c in found.classes
            ]
            assert found.verdict == "exhaustive"


@pytest.mark.parametrize(
    ("name", "unit", "level", "classes", "called", "grade"),
    [
        ("xor-sum", "h1", "value", "00 01,10 11", "the count of ones", "exact"),
        ("xor-sum", "h1", "decision", "00 01,10,11", "OR", "too fine"),
        ("xor-sum", "h2", "value", "00,01,10 11", "AND", "exact"),
        ("xor-sum", "h2", "decision", "00,01,10 11", "AND", "exact"),
        ("xor-difference", "h1", "value", "00,01,11 10", "x1 and not x2", "exact"),
        ("xor-difference", "h1", "decision", "00,01,11 10", "x1 and not x2", "exact"),
        ("xor-difference", "h2", "value", "00,10,11 01", "x2 and not x1", "exact"),
        ("xor-difference", "h2", "decision", "00,10,11 01", "x2 and not x1", "exact"),
    ],
)
def test_the_partitions_of_the_two_xors(name, unit, level, classes, called, grade):
    found = partition(name, unit, level=level)
    assert " ".join(",".join(c.inputs) for c in found.classes) == classes
    assert (found.name, found.grade.grade) == (called, grade)


@pytest.mark.parametrize(
    ("concept", "by_value", "by_decision", "pair"),
    [
        ("x1 or x2", "too coarse", "exact", ("01", "11")),
        ("x1 + x2", "exact", "too fine", ()),
        ("x1 + 2*x2", "too fine", "too fine", ("01", "10")),
        ("x1", "crossing", "crossing", ("00", "01", "01", "10")),
        ("0", "too coarse", "too coarse", ("00", "01")),
    ],
)
def test_a_concept_is_graded_at_each_level(concept, by_value, by_decision, pair):
    found = partition("xor-sum", "h1", concept=concept)
    assert (found.grade.grade, found.grade.pair) == (by_value, pair)
    decided = partition("xor-sum", "h1", level="decision", concept=concept)
    assert decided.grade.grade == by_decision


def test_the_arithmetic_shows_both_runs_of_the_simplest_input():
    found = partition("xor-sum", "h1", concept="x1 or x2")
    assert found.arithmetic[0] == ("on input 00: with h1 taken from 01 y = 1; from 11 y = 2")
    assert [line.strip() for line in found.arithmetic if line.startswith("  y =")] == [
        "y = 1*1 - 2*0 = 1",
        "y = 1*2 - 2*0 = 2",
    ]
    too_fine = partition("xor-sum", "h1", level="decision").arithmetic
    assert too_fine == (
        "on inputs 00 01 10 11",
        "with h1 taken from 01 (1): 1 1 1 -1, decided 1 1 1 0",
        "with h1 taken from 11 (2): 2 2 2 0, decided 1 1 1 0",
    )


def test_without_third_inputs_decisions_make_no_classes():
    found = partition("majority-3", "h2", level="decision")
    assert [len(c.inputs) for c in found.classes] == [7, 1]
    assert found.pairwise.more == 4
    assert found.pairwise.example == ("000", "111")
    assert found.pairwise.bridge == ("011", "000", "111")
    said = "that makes no classes: 011 is like 000, 000 like 111, but not 011 like 111"
    assert said in str(found)
    assert partition("xor-sum", "h1", level="decision").pairwise.more == 0


def line(*points):
    """One input, y = x: what is told apart is how far inputs are apart."""
    net = Network.from_layers([([[1]], None, "identity"), ([[1]], None, "identity")])
    return net, Domain.listed([[p] for p in points])


def test_a_tolerance_may_make_a_relation_that_is_no_equivalence():
    net, domain = line("0", "1/4", "1/2", "1")
    found = partition(net, "h1", domain=domain, within="1/4")
    assert found.bridge == ("0", "1/4", "1/2")
    assert [c.inputs for c in found.classes] == [("0", "1/4"), ("1/2",), ("1",)]
    assert "not an equivalence (0 is like 1/4, 1/4 like 1/2, but not 0 like 1/2)" in found.relation
    even, domain = line("0", "1/4", "1")
    found = partition(even, "h1", domain=domain, within="1/4")
    assert (found.bridge, len(found.classes)) == ((), 2)
    assert "here an equivalence" in found.relation


def test_the_explanation_gives_the_tolerance():
    classes = partition("xor-tanh", "h1").classes
    assert [c.inputs for c in classes] == [("00", "11"), ("01",), ("10",)]
    exactly = partition("xor-tanh", "h1", within=0)
    assert len(exactly.classes) == 4  # on 00 and 11 h1 differs in the sixth digit


def test_a_concept_may_not_tell_apart_what_the_explanation_does_not():
    # The network has h1 on 00 and 11 apart in the sixth digit; the stated weights have them equal.
    finer = partition("xor-tanh", "h1", concept="x1 - x2 + 3*(x1 and x2)")
    assert (finer.grade.grade, finer.grade.pair) == ("too fine", ("00", "11"))


def test_balls_behind_a_tanh_are_sources_of_their_own():
    net = Network.from_layers(
        [([[1]], None, "tanh"), ([[1]], None, "relu"), ([[1]], None, "identity")],
        units=[["soft"], ["after"]],
    )
    said = Explanation.of(
        about="soft",
        weights={"x1->soft": 1, "soft->after": 1, "after->y": 1},
        units={
            "soft": {"activation": "tanh"},
            "after": {"activation": "relu"},
            "y": {"activation": "identity"},
        },
    )
    found = partition(
        net, "after", domain=Domain.listed([[1], [2], [3]]), explanation=said, concept="x1"
    )
    assert (len(found.classes), found.grade.grade) == (3, "exact")


def test_units_in_a_concept_are_those_of_the_explanation():
    # On 00 the network has h1 = 0.00003, and the explanation has 0.
    found = partition("xor-relu-2", "h1", concept="h1 > 0")
    assert (found.grade.grade, found.grade.pair) == ("too coarse", ("01", "11"))


def test_a_box_is_sampled_and_what_no_point_notices_is_unknown():
    found = partition("abs", "h1")
    assert found.verdict == "sampled"
    assert found.grade.grade == "exact"
    finer = partition("abs", "h1", concept="x1")
    assert finer.grade.grade == "unknown"
    assert finer.grade.reason.endswith("in the sample")


def test_what_would_take_too_long_or_cannot_be_decided_is_unknown():
    found = partition("xor-sum", "h1", cases=15)
    assert (found.verdict, found.classes) == ("unknown", ())
    assert found.why == "4 inputs make 16 swaps, over the limit of 15"
    assert partition("xor-sum", "h1", cases=16).verdict == "exhaustive"
    # tanh(1) from two pre-activations of which the balls overlap: step of their difference.
    net = Network.from_layers(
        [([[1], [1]], None, "tanh"), ([[1, -1]], None, "step")], name="a step around 0"
    )
    undecided = partition(net, "h1", domain=Domain.listed([[1], [2]]))
    assert undecided.verdict == "unknown"
    assert "is not decided" in undecided.why


def test_what_is_asked_must_be_there():
    with pytest.raises(ToynetsError, match=r"no unit h3 in xor-sum\. Units: h1, h2, y\."):
        partition("xor-sum", "h3")
    with pytest.raises(ToynetsError, match="no level wide"):
        partition("xor-sum", "h1", level="wide")
    with pytest.raises(ToynetsError, match="has no decision rule"):
        partition("abs", "h1", level="decision")
    with pytest.raises(ToynetsError, match="a tolerance is not negative"):
        partition("xor-sum", "h1", within="-1")
    with pytest.raises(ToynetsError, match="x3"):
        partition("xor-sum", "h1", concept="x3")


def test_a_record_shows_itself():
    found = partition("xor-sum", "h1")
    assert found.to_dict()["classes"][1] == {
        "inputs": ["01", "10"],
        "activations": ["1"],
        "outcomes": {"00": "1", "01": "1", "10": "1", "11": "-1"},
    }
    assert list(found.to_dict()["classes"][2]["outcomes"].values()) == ["2", "2", "2", "0"]
    assert "<th scope" in found._repr_html_()
    assert "01, 10" in found._repr_markdown_()
    assert str(found).splitlines()[0] == (
        "h1 of xor-sum on {0, 1}^2, by value: 3 classes, those of the count of ones"
    )
    assert Fraction(found.to_dict()["within"]) == 0
