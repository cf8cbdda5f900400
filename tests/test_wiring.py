"""What an intervention means in a net of named units."""

from __future__ import annotations

import pytest

from toynets.errors import ParseError
from toynets.names import Patch, parse_intervention
from toynets.rationals import rational
from toynets.wiring import Edit, PathPatch, Wiring, kind_of

# x1, x2 -> h1, h2 -> y, with the edge x2->h1 absent, no bias on h2, and two tied groups.
NET = Wiring(
    ("x1", "x2"),
    ("h1", "h2", "y"),
    ("y",),
    (("x1", "h1"), ("x1", "h2"), ("x2", "h2"), ("h1", "y"), ("h2", "y")),
    frozenset({"h1", "y"}),
    {"w": ("x1->h1", "x2->h2"), "b": ("h1.bias", "y.bias")},
    "net",
)


def edits(text: str) -> list[tuple[str, str, object]]:
    return [(e.name, e.op, e.value) for e in NET.resolve(text).edits]


def values(text: str) -> list[tuple[str, bool, object, int]]:
    return [(r.name, r.pre, r.value, r.group) for r in NET.resolve(text).replacements]


def test_names_of_a_wiring():
    assert NET.hidden == ("h1", "h2")
    assert NET.incoming("h2") == ("x1->h2", "x2->h2")
    assert NET.outgoing("x1") == ("x1->h1", "x1->h2")
    assert NET.parameters() == (
        "x1->h1",
        "h1.bias",
        "x1->h2",
        "x2->h2",
        "h1->y",
        "h2->y",
        "y.bias",
    )


def test_values_are_replaced_in_the_order_written():
    assert values("x1 = 1, h2.pre = mean, h1 = 0") == [
        ("x1", False, 1, 1),
        ("h2", True, "mean", 2),
        ("h1", False, 0, 3),
    ]
    assert edits("x1 = 1, h2.pre = mean") == []


def test_fans_are_edits_of_each_edge_that_is_there():
    assert edits("->h1 = 0") == [("x1->h1", "=", 0)]  # x2->h1 is absent
    assert edits("->h2 *= -1") == [("x1->h2", "*=", -1), ("x2->h2", "*=", -1)]
    assert edits("h1-> = 0") == [("h1->y", "=", 0)]
    assert edits("x1-> += 2") == [("x1->h1", "+=", 2), ("x1->h2", "+=", 2)]


def test_incoming_keeps_the_bias_unless_it_is_named():
    assert edits("->h1 = 0") == [("x1->h1", "=", 0)]
    assert edits("->h1, h1@1.bias = 0") == [("x1->h1", "=", 0), ("h1.bias", "=", 0)]


def test_an_edit_acts_on_the_old_value():
    old = rational("3/2")
    assert Edit("w", "=", rational(2)).apply(old) == 2
    assert Edit("w", "+=", rational(2)).apply(old) == rational("7/2")
    assert Edit("w", "*=", rational(2)).apply(old) == 3


def test_a_tied_number_changes_in_all_copies_and_it_says_so():
    for text in ("w = 0", "x1->h1 = 0", "x2->h2 = 0"):
        assert edits(text) == [("x1->h1", "=", 0), ("x2->h2", "=", 0)]
        (note,) = NET.resolve(text).notes
        assert "is tied: all 2 copies change (x1->h1, x2->h2); w@1 is the first alone" in note
        assert NET.resolve("w@1 = 0").edits == (Edit("x1->h1", "=", rational(0)),)
    assert edits("h1.bias += 1") == [("h1.bias", "+=", 1), ("y.bias", "+=", 1)]


def test_one_copy_is_named_by_at():
    assert edits("w@2 = 1") == [("x2->h2", "=", 1)]
    assert edits("x1->h1@2 = 1") == [("x2->h2", "=", 1)]
    assert edits("h1@2.bias = 1") == [("y.bias", "=", 1)]
    assert NET.resolve("w@2 = 1").notes == ()


def test_a_fan_leaves_copies_elsewhere_and_says_so():
    plan = NET.resolve("->h2 = 0")
    assert [e.name for e in plan.edits] == ["x1->h2", "x2->h2"]
    assert plan.notes == (
        "->h2 changes weights of the tied group w; its copies elsewhere stay. w names them all.",
    )
    assert NET.resolve("h1-> = 0").notes == ()


def test_a_patch_is_filled_in():
    def patched(text):
        (one,) = NET.resolve(text).replacements
        return one.name, one.pre, one.value

    assert patched("h2 = (x')") == ("h2", False, Patch("h2", False))
    assert patched("h2.pre = (x')") == ("h2", True, Patch("h2", True))
    assert patched("h2 = h1(x')") == ("h2", False, Patch("h1", False))
    assert patched("h2.pre = h1(x')") == ("h2", True, Patch("h1", False))
    assert patched("h2 = h2.pre(x')") == ("h2", False, Patch("h2", True))
    assert patched("x1 = x2(x')") == ("x1", False, Patch("x2", False))
    point = (rational(1), rational("1/2"))
    assert patched("h2 = h2(1, 1/2)") == ("h2", False, Patch("h2", False, point))


def test_a_patched_edge_carries_its_source():
    assert NET.resolve("x1->h2 = (x')").paths == (PathPatch("x1", "h2", Patch("x1")),)
    assert NET.resolve("h1->y = h1.pre(x')").paths == (PathPatch("h1", "y", Patch("h1", True)),)
    assert NET.resolve("x1->h1 = (x')").edits == ()  # one path, not the tied number


def test_resample_sources_are_shared_within_a_clause():
    assert NET.resolve("h1, h2 = resample, x1 = resample, x2 = mean").groups == (1, 2)
    assert [g for *_, g in values("h1, h2 = resample, x1 = resample")] == [1, 1, 2]
    assert NET.resolve("h1 = 0").groups == ()


def test_a_plan_and_an_intervention_are_resolved_again():
    plan = NET.resolve("h1=0")
    assert NET.resolve(plan) == plan == NET.resolve(parse_intervention("h1 = 0"))
    assert plan.text == "h1 = 0"


TWICE = [
    ("h2 = 0, h2 = 1", 9, "h2 is changed twice, by h2 and by h2"),
    ("h2, h2 = 0", 5, "h2 is changed twice"),
    ("x1 = 0, x1 = 1", 9, "x1 is changed twice"),
    ("->h2 = 0, x1->h2 = 1", 11, "x1->h2 is changed twice, by ->h2 and by x1->h2"),
    ("x1->h2 = 1, ->h2 = 0", 13, "x1->h2 is changed twice, by x1->h2 and by ->h2"),
    ("->h2, x1-> = 0", 7, "x1->h2 is changed twice, by ->h2 and by x1->"),
    ("h1->, ->y = 0", 7, "h1->y is changed twice"),
    ("x1->h2 += 1, x1->h2 *= 2", 14, "x1->h2 is changed twice"),
    ("w = 0, x2->h2 = 1", 8, "x1->h1 is changed twice, by w and by x2->h2"),
    ("w@1 = 0, x1->h1 = 1", 10, "x1->h1 is changed twice"),
    ("w@1, w@1 = 0", 6, "x1->h1 is changed twice"),
    ("h1.bias, y.bias = 0", 10, "h1.bias is changed twice"),
    ("x1->h2 = (x'), x1->h2 = 0", 16, "x1->h2 is changed twice"),
    ("->h2 = 0, x1->h2 = (x')", 11, "x1->h2 is changed twice"),
    ("h2 = 0, h2.pre = 0", 9, "h2 and h2.pre are both replaced; the first hides the second"),
    ("h2.pre = 0, h2 = 0", 13, "h2 and h2.pre are both replaced"),
    ("h2.pre = 0, h2.pre = mean", 13, "h2.pre is changed twice"),
]


@pytest.mark.parametrize(("text", "column", "message"), TWICE, ids=[t[0] for t in TWICE])
def test_a_quantity_set_twice_is_refused(text, column, message):
    with pytest.raises(ParseError, match=message) as caught:
        NET.resolve(text)
    assert caught.value.column == column


@pytest.mark.parametrize(
    "text", ["w@1 = 0, w@2 = 1", "h1 = 0, ->h1 = 0", "h1 = 0, h2 = 0", "x1 = 0, x1-> = 0"]
)
def test_different_quantities_may_be_changed_together(text):
    NET.resolve(text)


REFUSED = [
    ("h3 = 0", 1, r"no unit h3 in net\. Units: h1, h2\. Nearest: h2\."),
    ("h1 = 0, h3.pre = 0", 9, "no unit h3 in net"),
    ("x3 = 0", 1, r"no input x3 in net\. Inputs: x1, x2\. Nearest: x2\."),
    ("y2 = 0", 1, r"no output y2 in net\. Outputs: y\. Nearest: y\."),
    ("W = 0", 1, r"no unit W in net\. Units: h1, h2\. Nearest: w\."),
    ("h3->y = 0", 1, "no unit h3 in net"),
    ("x1->h3 = 0", 1, "no unit h3 in net"),
    ("x3->h1 = 0", 1, "no input x3 in net"),
    ("->h3 = 0", 1, "no unit h3 in net"),
    ("x2->h1 = 0", 1, r"no weight x2->h1 in net\. Weights: x1->h1, .*Nearest: x1->h1"),
    ("h1->x1 = 0", 1, "no weight h1->x1 in net"),
    ("x1->y = 0", 1, "no weight x1->y in net"),
    ("h2 = h3(x')", 1, "no unit h3 in net"),
    ("h2.bias = 0", 1, r"h2 has no bias"),
    ("x1.bias = 0", 1, r"x1 is an input: it has no bias\.[^\0]*replace the input itself: x1 = 0"),
    ("x1.pre = 0", 1, r"x1 is an input: it has no \.pre"),
    ("->x1 = 0", 1, "x1 is an input: it has no incoming weight"),
    ("h2 = x1.pre(x')", 1, r"x1 is an input: it has no \.pre[^\0]*write x1\(x'\)"),
    ("x1->h2 = x1.pre(x')", 1, r"x1 is an input: it has no \.pre"),
    ("y-> = 0", 1, "y has no outgoing weights"),
    ("h2 += 1", 1, r"\+= changes weights and biases only; h2 is a unit[^\0]*h2\.bias \+= …"),
    ("h2 *= 2", 1, r"\*= changes weights and biases only[^\0]*h2-> \*= …"),
    ("x1 *= 2", 1, r"x1 is an? (unit|input)[^\0]*fix: write x1-> \*= …"),
    ("h2@1 = 0", 1, "h2 is not tied"),
    ("x1->h2@1 = 0", 1, "x1->h2 is not tied: it has no copy 1"),
    ("w@3 = 0", 1, "w has copies 1 to 2, not 3"),
    ("w = mean", 1, "takes a number"),
    ("w = (x')", 1, "takes a number"),
    ("h2 = h2(1)", 1, "the source has 1 numbers; net has 2 inputs"),
    ("x1->h2 = (1, 0, 0)", 1, "the source has 3 numbers"),
]


@pytest.mark.parametrize(("text", "column", "message"), REFUSED, ids=[r[0] for r in REFUSED])
def test_refused_with_the_names_there_are(text, column, message):
    with pytest.raises(ParseError, match=message) as caught:
        NET.resolve(text)
    assert caught.value.column == column


def test_an_input_with_a_name_of_its_own_is_found_as_the_nearest():
    net = Wiring(("left", "right"), ("y",), ("y",), (("left", "y"), ("right", "y")), frozenset())
    with pytest.raises(ParseError, match=r"no output rigth\. Outputs: y\. Nearest: right"):
        net.resolve("rigth = 0")


KINDS = {
    "": "clean",
    "h1 = 0": "zero",
    "x1 = 0": "zero",
    "h1, h2 = 0": "zero",
    "h1 = 1": "set",
    "h1.pre = 0": "pre",
    "->h2 = 0": "incoming",
    "h2-> = 0": "outgoing",
    "->h1, h1.bias = 0": "joint",
    "x1->h2 = 0": "cut",
    "w = 0": "cut",
    "h1.bias = 0": "cut",
    "x1->h2 *= 0": "cut",
    "x1->h2 *= -1": "flip",
    "x1->h2 *= 3": "scale",
    "x1->h2 += 1": "shift",
    "x1->h2 = 3/2": "set",
    "w = 3/2": "set",
    "h1 = mean": "mean",
    "h1.pre = mean": "mean",
    "h1 = resample": "resample",
    "h1 = worst": "worst",
    "h1 = h1(x')": "patch",
    "h1 = h1(1, 0)": "patch",
    "x1->h2 = (x')": "path",
    "h1 = 0, h2 = mean": "joint",
}


@pytest.mark.parametrize(("text", "kind"), KINDS.items())
def test_the_kind_of_an_intervention(text, kind):
    assert kind_of(NET.resolve(text)) == kind
