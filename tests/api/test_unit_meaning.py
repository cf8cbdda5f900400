"""What is known of one unit: what enters, what it is, the outcome without it, where it goes."""

from __future__ import annotations

import pytest

from toynets.api.roles import roles
from toynets.api.showing import show
from toynets.api.unit_meaning import unit_meaning
from toynets.domain import Domain
from toynets.errors import UnknownName
from toynets.network import Network

OWN = Network.from_layers(
    [([[2, -1]], [1], "relu"), ([[3], [0.5]], None, "identity")], name="own", units=["sum"]
)


@pytest.mark.parametrize("name", ["xor-sum", "parity-3", "digon"])
def test_it_agrees_with_what_show_and_roles_say(name):
    shown = show(name).to_dict()
    numbers = {row["weight"]: row["value"] for row in shown["weights"]}
    held = {row["name"]: row["holds"] for row in roles(name).to_dict()["rows"]}
    for row in shown["units"]:
        found = unit_meaning(name, row["unit"])
        unit = row["unit"]
        assert found.incoming == {
            a: n for a, n in numbers.items() if a.endswith(f"->{unit}") or a == f"{unit}.bias"
        }
        assert found.outgoing == {a: n for a, n in numbers.items() if a.startswith(f"{unit}->")}
        assert (found.concept, found.holds) == (row["concept"], held[unit])
        assert found.computes.startswith(f"{row['expression']}: ")
        assert (found.without == "") == (row["without"] is None) == (found.kind == "output")
        if row["without"] is not None and len(shown["rows"]) <= 8:
            after = " ".join(y for (y,) in row["without"])
            clean = " ".join(y for (y,) in shown["clean"])
            assert f"is {after} (clean {clean})" in found.without or after == clean


def test_of_a_network_without_words_the_numbers_are_left():
    found = unit_meaning(OWN, "sum")
    assert str(found).splitlines() == [
        "sum, a hidden unit (relu) of own",
        "enters           x1->sum = 2, x2->sum = -1, sum.bias = 1",
        "computes         relu: 1 0 3 2 on 00 01 10 11",
        "stands for       nothing is stated",
        "role             none is stated",
        f"roles that hold  {', '.join(roles(OWN).to_dict()['rows'][0]['holds'])}",
        "without it       (sum = 0) 3 of 4 inputs change; smallest input that shows it: 00, "
        "(0, 0) instead of (3, 1/2)",
        "goes to          sum->y1 = 3, sum->y2 = 1/2",
    ]


def test_an_output_goes_nowhere_and_an_input_comes_from_nowhere():
    last = unit_meaning(OWN, "y2")
    assert (last.kind, last.without, last.outgoing) == ("output", "", {})
    assert last.lines()[-1] == ("goes to", "no unit: it is what the network answers")
    first = unit_meaning(OWN, "x2")
    assert first.title == "x2, an input of own" and first.incoming == {} and first.holds == {}
    assert first.lines() == [
        ("values", "0 1 0 1 on 00 01 10 11"),
        (
            "without it",
            "(x2 = 0) 2 of 4 inputs change; smallest input that shows it: 01, "
            "(3, 1/2) instead of (0, 0)",
        ),
        ("goes to", "x2->sum = -1"),
    ]


def test_of_many_inputs_the_values_are_a_span():
    grid = Domain.listed([[k, 0] for k in range(-4, 5)])
    assert (
        unit_meaning(OWN, "sum", domain=grid).computes == "relu: 0 to 9 on 9 inputs, 0 on 4 of them"
    )
    box = unit_meaning("abs", "h1")
    assert box.computes.startswith("relu(x1): 0 to 1 on 48 points of [-1, 1], 0 on ")


def test_what_is_no_unit_is_refused_with_the_nearest():
    with pytest.raises(
        UnknownName, match=r"no unit x3 in xor-sum\. Units: h1, h2, y\. Nearest: x2"
    ):
        unit_meaning("xor-sum", "x3")
