"""Drafts: they verify at the tolerance that they state, and are called what they are."""

from __future__ import annotations

import pytest

from toynets import zoo
from toynets.api.drafting import above, draft_explanation, simplest
from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.network import Network
from toynets.rationals import from_float, rational
from toynets.verification import verify

NAMES = ("xor-sum", "xor-tanh", "xor-relu-1", "dormant-backup", "max-trained")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("within", ["1/1000", "1/20"])
def test_a_draft_verifies_at_the_tolerance_that_it_measured(name, within):
    entry = zoo.load(name)
    found = draft_explanation(entry, within=within)
    report = verify(entry.network, found.explanation, entry.task.domain)
    assert report.verdict in ("exhaustive", "sampled", "proved")
    assert report.coverage["weights"].explained == 0  # a role is nothing that a copy has
    numbers = found.explanation.numbers
    for address, value in entry.network.numbers.items():
        assert abs(numbers[address] - from_float(value)) <= rational(within)


def test_a_smaller_tolerance_than_measured_is_refuted():
    entry = zoo.load("xor-tanh")
    found = draft_explanation(entry, within="1/20")
    for row in ("clean", "units", "weights", "ablations"):
        data = found.explanation.to_dict()
        data["tolerance"][row] = str(rational(data["tolerance"][row]) / 2)
        made = type(found.explanation).from_dict(data)
        assert verify(entry.network, made, entry.task.domain).verdict == "refuted"


def test_an_exact_network_is_drafted_exactly_and_named_a_copy():
    found = draft_explanation("xor-sum")
    assert (found.rounded, found.numbers) == (0, 9)
    assert [str(o.outputs["y"][0]) for o in found.explanation.outcomes] == [
        "relu(x1 + x2) - 2*relu(x1 + x2 - 1)",
        "-2*relu(x1 + x2 - 1)",
        "relu(x1 + x2)",
    ]
    assert "not verified" in found.explanation.sources[0]


def test_several_outputs_and_layers_are_drafted():
    net = Network.from_layers(
        [
            ([[1, 2]], [0], "tanh"),
            ([[1], [0.3]], [0, 1], "relu"),
            ([[1, 1], [2, 0]], [0, 0], "softmax"),
        ],
        round=True,
    )
    found = draft_explanation(net)
    report = verify(net, found.explanation, Domain.boolean(2))
    assert report.verdict in ("exhaustive", "unknown")
    assert found.explanation.units["h2.2"].expression is not None
    assert str(found.explanation.units["y1"].expression) == "-1/2*h2.1 + 1/2*h2.2"


@pytest.mark.parametrize(
    ("value", "within", "text"),
    [
        ("0.5001", "1/1000", "1/2"),
        ("-0.3333", "1/1000", "-1/3"),
        ("2.71828", "1/1000", "2.718"),
        ("0.004", "1/1000", "0.004"),
        ("1/7", "1/100000", "0.14286"),
        ("0", "1", "0"),
    ],
)
def test_a_number_becomes_the_simplest_near_it(value, within, text):
    assert simplest(rational(value), rational(within)) == text


@pytest.mark.parametrize("value", ["1/3", "0.0999", "123456", "1", "7/1000000"])
def test_a_bound_is_above_and_near(value):
    exact = rational(value)
    assert exact <= above(exact) <= exact * rational("11/10")


def test_a_distance_that_is_none_is_refused():
    with pytest.raises(ToynetsError, match="positive distance"):
        draft_explanation("xor-sum", within="0")


def test_a_domain_of_more_numbers_than_people_read_is_not_kept(monkeypatch):
    from toynets.api.subject import subject

    monkeypatch.setattr("toynets.api.subject.MOST_KEPT", 20)

    network = zoo.load("xor-sum").network
    rows = [[k, 1] for k in range(11)]
    assert subject(network, Domain.listed(rows)).given is None
    assert subject(network, Domain.listed(rows[1:])).given == Domain.listed(rows[1:])
    assert subject(network).given is None and subject("xor-sum").given is None
    assert subject("xor-sum", Domain.boolean(2)).given is None  # the task's own


def test_tolerances_of_a_box_are_measured_at_points_and_said_to_be():
    net = Network.from_layers([([["77/256"]], ["-13/128"], "relu"), ([[1.25]], [0], "identity")])
    box = Domain.box("[0,1]")
    found = draft_explanation(net, domain=box, within="1/20")
    assert found.notes[0].startswith("tolerances, measured at 48 points of [0, 1]: clean ")
    assert "Elsewhere in it more may be needed" in found.notes[1]
    exact = Network.from_layers([([["1/2"]], [0], "relu"), ([[1]], [0], "identity")])
    (note,) = draft_explanation(exact, domain=box).notes  # nothing is rounded: proved on the box
    assert note.startswith("tolerances, measured: clean 0")
    (note,) = draft_explanation(net, domain=Domain.listed([[0], [1]])).notes
    assert note.startswith("tolerances, measured: clean ")
