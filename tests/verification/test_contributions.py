"""The contribution table, and the worst subset without enumeration."""

import itertools
import random

import pytest

from toynets.domain import Domain
from toynets.exact import Machine
from toynets.explanation import Explanation
from toynets.network import Network
from toynets.rationals import rational as q
from toynets.verification import verify
from toynets.verification.check import Side
from toynets.verification.contributions import additive, contributions, worst_subset
from toynets.verification.tiers import constant_kinds


def pair(seed, outputs=1, last="identity"):
    """Two networks of one shape whose numbers differ a little."""
    draw = random.Random(seed)

    def numbers(n, m):
        return [[draw.randint(-4, 4) for _ in range(m)] for _ in range(n)]

    first = [(numbers(3, 2), [0, 1, -1], "relu"), (numbers(outputs, 3), [0] * outputs, last)]
    second = [
        ([[f"{8 * w + draw.randint(-1, 1)}/8" for w in row] for row in matrix], bias, kind)
        for matrix, bias, kind in first
    ]
    return Network.from_layers(first, name="n"), Network.from_layers(second, name="n")


@pytest.mark.parametrize(
    ("seed", "outputs", "last"),
    [(s, 1, "identity") for s in range(6)] + [(9, 2, "identity"), (10, 3, "softmax")],
)
def test_the_closed_form_finds_what_enumeration_finds(seed, outputs, last):
    measured, derived = pair(seed, outputs, last)
    square = Domain.boolean(2)
    sides = [Side(Machine(n, square), n.wiring) for n in (measured, derived)]
    kinds = constant_kinds(["relu"], True)
    found = worst_subset(measured, *sides, square.rows, kinds)
    errors = []
    for count in range(4):
        for units in itertools.combinations(measured.hidden, count):
            for _, template in kinds:
                text = ", ".join(template.format(u) for u in units)
                for x in square:
                    m, d = (side.outcome(x, side.plan(text)) for side in sides)
                    errors += [abs(a - b) for a, b in zip(m, d, strict=True)]
    assert found.error == max(errors) > 0
    # The subset that it names attains it.
    m, d = (s.outcome(square.rows[found.row], s.plan(found.intervention)) for s in sides)
    k = measured.outputs.index(found.output)
    assert abs(m[k] - d[k]) == found.error


def test_networks_that_agree_have_no_worst_subset():
    network, _ = pair(0)
    side = Side(Machine(network, Domain.boolean(2)), network.wiring)
    assert worst_subset(network, side, side, Domain.boolean(2).rows, [("zero", "{0} = 0")]) is None


def test_effects_add_up_only_with_one_hidden_layer_and_an_affine_output():
    assert additive(pair(0)[0])
    assert additive(pair(0, 2, "softmax")[0])
    assert not additive(pair(0, 1, "sigmoid")[0])
    assert not additive(
        Network.from_layers([([[1]], None, "relu")] * 2 + [([[1]], None, "identity")])
    )


def test_the_closed_form_refutes_what_no_tried_subset_shows():
    # 14 units, each off by 1/16 in one direction: only half of the subsets' errors add up to more
    # than 6/16, and sizes 1, 2, 13 and 14 do not.
    h = 14
    signs = [1] * (h // 2) + [-1] * (h // 2)
    network = Network.from_layers(
        [([[1]] * h, None, "relu"), ([[1] * h], None, "identity")], name="many"
    )
    said = Explanation.of(
        about="many",
        weights={
            **{f"x1->h{k + 1}": "1" for k in range(h)},
            **{f"h{k + 1}->y": f"{16 + s}/16" for k, s in enumerate(signs)},
        },
        units={
            **{f"h{k + 1}": {"activation": "relu"} for k in range(h)},
            "y": {"activation": "identity"},
        },
        tolerance={"weights": "1/8", "ablations": "6/16", "clean": "1", "units": "1"},
    )
    report = verify(network, said, Domain.listed([[1]]), cases=10**6)
    assert report.checks["interchange"].failed == 0
    assert report.checks["subsets"].worst == q("7/16")
    assert report.failed == ("parameters", "subsets") or report.failed == ("subsets",)
    assert len(report.worst_subset.units) == h // 2
    assert report.to_dict()["worst_subset"]["error"] == 7 / 16
    assert "worst     of all subsets of hidden units: 0.438" in str(report)


@pytest.mark.parametrize(
    ("given", "last", "tried"),
    [
        # Two kinds, zero and mean, of 7, 21, 7 and 1 subsets; or of all 127.
        ({}, "identity", 2 * 36),
        ({"tolerance": {"ablations": "1/8"}}, "identity", 2 * 127),
        ({"metric": {"zero": "decision"}, "decision": "sign"}, "identity", 2 * 127),
        ({}, "relu", 2 * 127),
    ],
)
def test_few_subsets_are_tried_only_where_equal_single_ones_make_all_equal(given, last, tried):
    network = Network.from_layers([([[1]] * 7, None, "relu"), ([[1] * 7], None, last)], name="n")
    said = Explanation.of(
        about="n",
        weights=dict.fromkeys(network.numbers, "1"),
        units={
            **{unit: {"activation": "relu"} for unit in network.hidden},
            "y": {"activation": last},
        },
        **given,
    )
    check = verify(network, said, Domain.listed([[1]])).checks["subsets"]
    assert (check.cases, check.failed) == (tried, 0)
    assert ("the rest as sums of single ones" in check.note) == (tried == 72)


def test_contributions_sum_to_the_clean_output():
    network, _ = pair(3, 2)
    machine = Machine(network)
    rows = Domain.boolean(2).rows
    table = contributions(network, [machine.values(x) for x in rows])
    assert list(table) == [f"h{k}->y{j}" for j in (1, 2) for k in (1, 2, 3)]
    for i, x in enumerate(rows):
        for j, y in enumerate(machine.outcome(x), start=1):
            assert sum(v[i] for n, v in table.items() if n.endswith(f"y{j}")) == y
    assert contributions(Network.from_layers([([[1]], None, "relu")]), []) == {}
