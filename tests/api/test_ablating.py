"""The columns of an ablation: stated, derived, measured; families; what changed nothing."""

from __future__ import annotations

from fractions import Fraction

import pytest

from toynets import exact
from toynets.api.ablating import ablate
from toynets.api.predicting import compact, predict
from toynets.api.subject import read_domain, read_point, subject
from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.network import Network
from toynets.records import Ball
from toynets.zoo import load, names


@pytest.mark.parametrize("name", [n for n in names() if load(n).network.hidden])
def test_measured_is_what_the_oracle_gives(name):
    about = subject(name)
    unit = about.network.hidden[0]
    found = ablate(about, f"{unit} = 0")
    for case, outcome in list(zip(found, found.outcomes, strict=True))[:8]:
        expected = exact.run(about.network, case.x, f"{unit} = 0")
        assert outcome == expected


def test_every_resampled_case_is_the_oracle_s():
    entry = load("xor-sum")
    domain = entry.task.domain
    found = ablate(entry, "h2 = resample", x="11")
    runs = exact.runs(entry.network, [1, 1], "h2 = resample", domain=domain)
    assert found.outcomes == tuple(r.outputs for r in runs)
    assert [c.source for c in found] == ["00", "01", "10"]


def test_stated_outcomes_are_found_whatever_the_order_of_their_clauses():
    assert ablate("xor-sum", "h2, h1 = 0").stated == ((0,), (0,), (0,), (0,))
    assert ablate("xor-sum", "h2 = 0, h1 = 0").stated[0] is not None
    assert ablate("xor-sum", "h1 = 0, h2 = 1").stated == (None, None, None, None)


def test_a_network_alone_has_no_explanation():
    found = ablate(load("xor-sum").network, "h2 = 0")
    assert found.derived == (None,) * 4
    assert "is assumed" in found.notes[0]
    assert "derived" not in found.table().columns


def test_the_derived_column_is_the_explanation_s_own():
    # With another weight stated, derived and measured part; the network is not looked at.
    from toynets.fields import replace

    entry = load("xor-sum")
    wrong = replace(entry, stated=next(w.stated for w in entry.wrong if w.name == "difference"))
    found = ablate(wrong, "h1 = 0")
    assert found.derived == ((0,), (1,), (0,), (0,))
    assert found.outcomes == ((0,), (0,), (0,), (-2,))


def test_outcomes_of_a_saturating_network_are_balls():
    found = ablate("xor-tanh", "h1 = 0")
    assert all(isinstance(v[0], Ball) for v in found.outcomes)
    assert found.changed


@pytest.mark.parametrize("value", ["mean", "resample", "8", "h1(x')"])
def test_the_mean_and_other_values_of_a_constant_unit_are_its_value(value):
    source = [1] if "'" in value else None
    found = ablate("constant-unit", f"h1 = {value}", source=source)
    assert found.notes == ("nothing changes on any input: h1 is 8 on every input anyway.",)


@pytest.mark.parametrize(
    ("name", "intervention", "said"),
    [
        ("xor-sum", "h1.bias = 0", "nothing changes on any input: h1.bias is already 0."),
        ("xor-sum", "h1.bias, y.bias = 0", ": h1.bias and y.bias are already 0."),
        ("constant-unit", "constant = 8", ""),
        ("xor-tanh", "h1-> *= 1", "nothing changes on any input"),
        ("xor-sum", "", "the empty intervention: the clean run."),
    ],
)
def test_what_changes_nothing_says_so(name, intervention, said):
    if name == "constant-unit":
        unit = load(name).network.hidden[0]
        intervention = f"{unit} = 8"
        said = f"{unit} is 8 on every input anyway"
    assert said in " ".join(ablate(name, intervention).notes)


def test_a_unit_that_moves_a_little_or_was_tried_at_points_alone_is_not_said_to_be_constant():
    # h1 is 1, or 1 and a millionth: to five digits they are the same.
    net = Network.from_layers([([[1]], [1], "relu"), ([[0]], [0], "identity")])
    rows = Domain.listed([["0"], ["1/1000000"]])
    for text in ("h1 = mean", "h1 = resample", "h1 = 1"):
        assert ablate(net, text, domain=rows).notes == ("nothing changes on any input.",)
    spike = [
        ([[1]], [-1229 / 4096], "abs"),
        ([[-1]], [1 / 65536], "relu"),
        ([[1]], [0], "identity"),
    ]
    rare = Network.from_layers(spike)
    notes = " ".join(ablate(rare, "h2.1 = 0", domain=Domain.box("[-1,1]")).notes)
    assert "nothing changes on any input that was tried: h2.1 is 0 on each of them anyway" in notes
    assert exact.run(rare, ["1229/4096"]) != (0,)  # and so it is not 0 on every input


def test_copies_that_change_together_are_noted():
    tied = Network.from_layers(
        [([[1, 1]], [0], "relu"), ([[1]], [0], "identity")], ties={"w": ["x1->h1", "x2->h1"]}
    )
    assert "all 2 copies change" in ablate(tied, "w = 0").notes[0]


def test_a_box_is_shown_on_some_of_its_points():
    found = ablate("abs", "h1 = 0")
    assert len(found) == 48
    assert "shown are 48 of its points" in " ".join(found.notes)
    assert ablate("abs", "h1 = worst", x="1").outcomes == ((0,), (1,))
    (mean,) = set(ablate("abs", "h1 = mean, h2 = 0").outcomes)  # over the points shown
    assert mean[0] == sum(max(Fraction(str(row[0])), 0) for row in found.subject.rows) / 48
    with pytest.raises(ToynetsError, match="is a box"):
        ablate("abs", "h1 = mean, h2 = worst")


def test_effects_are_outcome_minus_clean():
    found = ablate("xor-sum", "h2 = mean")
    assert [float(e) for e in found.effects] == [-0.5, -0.5, -0.5, 1.5]
    assert found.effects[3] == Fraction(3, 2)


def test_several_outputs_stand_in_one_cell():
    two = Network.from_layers([([[1], [2]], [0, 0], "relu")], name="two")
    assert ablate(two, "x1->y2 = 0").table().rows[1] == ("1", "1, 0", "0, -2")


def test_too_large_a_family_is_refused_with_the_way_out():
    with pytest.raises(ToynetsError, match=r"262144 cases.*(\n.*)*name one input"):
        ablate("symmetry-1986", "h1 = resample, h2 = resample")


@pytest.mark.parametrize("thing", [3, None, "nothing", ["xor-sum"]])
def test_what_is_no_network_is_refused(thing):
    with pytest.raises(ToynetsError, match=r"expected a network|no network nothing"):
        ablate(thing, "h1 = 0")


def test_a_domain_that_does_not_fit_is_refused():
    with pytest.raises(ToynetsError, match="has 3 inputs but xor-sum has 2"):
        ablate("xor-sum", "h1 = 0", domain=Domain.boolean(3))


def test_a_domain_is_not_assumed_for_many_inputs():
    wide = Network.from_layers([([[1] * 11], [0], "relu")])
    with pytest.raises(ToynetsError, match="too many to assume all bits"):
        ablate(wide, "x1 = 0")


def test_arithmetic_on_one_line_leaves_out_what_was_replaced():
    entry = load("xor-sum")
    trace = exact.trace(entry.network, [1, 1], "h1 = mean, x1->h2 = 0", domain=entry.task.domain)
    assert compact(trace.arithmetic) == "h2 = relu(0*1 + 1*1 - 1) = 0;  y = 1*1 - 2*0 = 1"


def test_a_prediction_of_several_outputs_goes_input_by_input():
    two = Network.from_layers([([[1], [2]], [0, 0], "relu")], name="two")
    about = subject(two)
    found = predict(about, ablate(about, "x1->y2 = 0"), "0,0,1,0")
    assert found.right == (True, True)


def test_where_only_decisions_are_claimed_only_they_count():
    from toynets.fields import replace

    entry = load("xor-sum")
    stated = {**entry.stated, "metric": {"default": "decision"}}
    about = subject(replace(entry, stated=stated))
    assert predict(about, ablate(about, "h2 = 0"), "0,1,1,1").right == (True,) * 4


@pytest.mark.parametrize(
    ("text", "described"),
    [
        ("boolean", "{0, 1}^2"),
        ("xor", "{0, 1}^2"),
        ("[-1,1]^2", "[-1, 1]^2"),
        ("0,1;1,1", "2 listed inputs"),
        ("0 1; 1/2 1; 1 1", "3 listed inputs"),
    ],
)
def test_a_domain_is_read_from_one_argument(text, described):
    assert read_domain(text, 2).text == described


def test_bits_are_read_without_commas_where_there_are_several_inputs():
    assert read_point("10", load("xor-sum").network) == (1, 0)
    assert read_point("10", load("abs").network) == (10,)
