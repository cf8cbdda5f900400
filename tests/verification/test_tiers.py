"""Which interventions are tried, that none is left out, and what happens over the budget."""

import itertools

import pytest

from toynets.activations import ACTIVATIONS
from toynets.domain import Domain
from toynets.exact import Machine
from toynets.exact.boundary import public
from toynets.explanation import Explanation
from toynets.network import Network
from toynets.rationals import rational as q
from toynets.verification import verify
from toynets.verification.check import Check, Comparer, Side
from toynets.verification.compare import Decision
from toynets.verification.tiers import (
    Bench,
    activation_key,
    constant_kinds,
    parameter_texts,
    subset_texts,
)

HIDDEN = [name for name in ACTIVATIONS if name != "softmax"]
FIVE = ("{0} = 0", "{0}.pre = 0", "->{0} = 0", "->{0}, {0}.bias = 0", "{0}-> = 0")


def small(activation, bias=True):
    return Network.from_layers(
        [
            ([["1", "-1/2"], ["2", "1"]], ["1/4", "-1"] if bias else None, activation),
            ([[1, -3]], ["1/2"], "identity"),
        ]
    )


def outcomes(network, text):
    """The outputs on the square, as short decimals."""
    machine = Machine(network, Domain.boolean(2))
    plan = machine.plan(text)
    found = [machine.outcome(x, plan)[0] for x in Domain.boolean(2)]
    return tuple(f"{float(public(v)):.12f}" for v in found)


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("activation", HIDDEN)
def test_every_zero_that_is_left_out_coincides_with_one_that_is_tried(activation, bias):
    network = small(activation, bias)
    kinds = constant_kinds([activation], bias)
    for count in (1, 2):
        for units in itertools.combinations(network.hidden, count):
            tried = {
                outcomes(network, ", ".join(template.format(u) for u in units))
                for name, template in kinds
                if name != "mean"
            }
            for zero in FIVE:
                if "bias" in zero and not bias:
                    continue
                text = ", ".join(zero.format(u) for u in units)
                assert outcomes(network, text) in tried


def test_only_kinds_that_differ_are_tried():
    assert [n for n, _ in constant_kinds(["relu", "tanh"], True)] == ["zero", "incoming", "mean"]
    assert [n for n, _ in constant_kinds(["relu"], False)] == ["zero", "mean"]
    assert [n for n, _ in constant_kinds(["sigmoid"], True)] == ["zero", "pre", "incoming", "mean"]
    assert outcomes(small("sigmoid"), "h1 = 0") != outcomes(small("sigmoid"), "h1.pre = 0")
    assert outcomes(small("relu"), "->h1 = 0") != outcomes(small("relu"), "h1 = 0")


def test_every_parameter_is_cut_and_flipped_tied_ones_together_and_one_by_one():
    network = Network.from_layers(
        [([[1, 1]], [2], "relu"), ([[3]], None, "identity")], ties={"w": ["x1->h1", "x2->h1"]}
    )
    names = ["h1.bias", "h1->y", "w", "w@1", "w@2"]
    assert parameter_texts(network.wiring) == [
        f"{n} {change}" for n in names for change in ("= 0", "*= -1")
    ]


def layered(h):
    return Network.from_layers([([[1]] * h, None, "relu"), ([[1] * h], None, "identity")])


@pytest.mark.parametrize(("h", "sizes"), [(3, {1, 2, 3}), (13, {1, 2, 12, 13})])
def test_all_subsets_are_tried_or_the_small_and_the_large_ones(h, sizes):
    network = layered(h)
    texts = list(subset_texts(network.wiring, network.hidden, [("zero", "{0} = 0")]))
    found = [text.count("=") for text in texts]
    assert set(found) == sizes
    choose = {1: h, 2: h * (h - 1) // 2, h - 1: h, h: 1}
    assert all(found.count(size) == choose[size] for size in sizes)
    assert len(set(texts)) == len(texts)
    assert found == sorted(found)


def test_a_unit_without_incoming_weights_stands_aside():
    network = Network.from_layers(
        [([[1], [0]], [0, 1], "relu"), ([[1, 1]], None, "identity")],
        masks=[[[True], [False]], None],
    )
    kinds = [("zero", "{0} = 0"), ("incoming", "->{0} = 0")]
    assert list(subset_texts(network.wiring, network.hidden, kinds)) == [
        "h1 = 0",
        "->h1 = 0",
        "h2 = 0",
        "h1 = 0, h2 = 0",
    ]


def test_the_tiers_count_what_they_try(check):
    checks = check().checks
    # 9 numbers, cut and flipped; 3 subsets of 3 kinds; h1 has 3 values, h2 and y have 2: 4 inputs.
    assert checks["parameters"].cases == 9 * 2 * 4
    assert checks["subsets"].cases == 3 * 3 * 4
    assert checks["interchange"].cases == (3 + 2 + 2) * 4


def dense(h, seed):
    weights = [[(3 * i + 5 * j + seed) % 7 - 3 for j in range(4)] for i in range(h)]
    return Network.from_layers(
        [(weights, [1] * h, "relu"), ([[(-1) ** k for k in range(h)]], [0], "identity")], name="n"
    )


@pytest.mark.parametrize("budget", [40, 300, 1200])
def test_over_the_budget_it_is_a_sample_with_its_seed_and_count(transcribe, budget):
    network = dense(5, 0)
    report = verify(network, transcribe(network), Domain.boolean(4), cases=budget, seed=7)
    assert report.verdict == "sampled"
    # 31 numbers, cut and flipped, on 16 inputs; 31 subsets of 3 kinds; then swaps.
    totals = {"parameters": 31 * 2 * 16, "subsets": 31 * 3 * 16}
    left = budget
    for name, total in totals.items():
        tier = report.checks[name]
        tried = min(total, max(1, left))
        assert tier.cases == tried
        if tried < total:
            assert tier.level == "sampled"
            assert tier.note == f"{tried} of {total} cases, seed 7"
        else:
            assert (tier.level, tier.note) == ("exhaustive", "")
        left = max(0, left - tried)
    assert report.checks["interchange"].level == "sampled"
    assert " of 16 inputs, seed 7" in report.checks["interchange"].note
    again = verify(network, transcribe(network), Domain.boolean(4), cases=budget, seed=7)
    assert {n: c.cases for n, c in again.checks.items()} == {
        n: c.cases for n, c in report.checks.items()
    }
    full = verify(network, transcribe(network), Domain.boolean(4))
    assert full.verdict == "exhaustive"


def test_a_sampled_interchange_tries_all_swaps_among_its_inputs(said, network):
    report = verify(network, said(), Domain.boolean(2), cases=72 + 36 + 12)
    interchange = report.checks["interchange"]
    assert interchange.note == "swaps among 2 of 4 inputs, seed 0"
    assert interchange.level == "sampled"
    assert report.checks["concepts"].level == "sampled"
    assert report.verdict in ("sampled", "unknown")


def test_a_step_that_a_ball_straddles_is_unknown(transcribe):
    # tanh(x) - tanh(x) is 0, but as balls it is not known on which side of the step.
    network = Network.from_layers(
        [
            ([[1], [1]], None, "tanh"),
            ([[1, -1]], None, "step"),
            ([[1]], None, "identity"),
        ],
        name="straddles",
    )
    report = verify(network, transcribe(network), Domain.listed([[1], [2]]))
    assert report.verdict == "unknown"
    assert report.checks["parameters"].undecided > 0
    assert "not decided" in report.checks["clean"].note
    assert report.failed == ()


def test_sources_are_shared_by_activation_or_by_exact_pre_activation():
    network = small("sigmoid")
    machine = Machine(network)
    own = Machine(network)
    rows = list(Domain.boolean(2))
    keys = [activation_key("h1", machine.values(x), own.values(x)) for x in rows]
    assert len(set(keys)) == 4
    assert keys[0][0] == "pre-activation"
    assert activation_key("y", machine.values(rows[0]), own.values(rows[0])) is None
    # Both sides count: where only the explanation tells two inputs apart both are sources.
    zero, one = {"h1": 0 * rows[0][0]}, {"h1": rows[3][0]}
    assert activation_key("h1", zero, zero) != activation_key("h1", zero, one)
    relu = Machine(small("relu"))
    assert activation_key("h1", relu.values(rows[0]), relu.values(rows[0]))[0] == "activation"


def test_an_error_that_only_one_intervention_shows_is_found(transcribe):
    # h2 copies h1 and cancels it: the clean run, and every run that keeps both, is 0 - 0.
    network = Network.from_layers(
        [([[1], [1]], None, "relu"), ([[1, -1]], None, "identity")], name="cancels"
    )
    said = transcribe(network).to_dict()
    for address, value in (("h1->y", "2"), ("h2->y", "-2")):
        said["weights"][address]["value"] = value
    said["tolerance"] = {"weights": "1"}  # so that the behaviour alone has to tell
    report = verify(network, Explanation.from_dict(said), Domain.boolean(1))
    assert report.failed == ("parameters", "subsets", "interchange")


def test_each_unit_is_taken_from_each_source_on_each_row():
    """Two networks that differ, unit by unit, source by source, row by row."""
    domain = Domain.boolean(2)
    made = [
        Network.from_layers(
            [(weights, biases, "relu"), ([[1, 2], [1, -1]], [0, 1], "identity")], name="n"
        )
        for weights, biases in (
            ([[1, 1], [1, 0]], [-1, 0]),  # h1 is 0 on three rows
            ([[1, 2], [1, 1]], [0, -1]),  # h2 is
        )
    ]
    sides = [Side(Machine(network, domain), network.wiring) for network in made]
    comparer = Comparer(Decision({}), lambda kind: "value", q(0))
    units = made[0].units
    expected = {}
    for unit in units:
        pairs = [tuple(s.runner.values(x)[unit] for s in sides) for x in domain.rows]
        for source in sorted({pairs.index(pair) for pair in pairs}):
            for row, x in enumerate(domain.rows):
                plan = f"{unit} = {unit}(x')"
                outs = [s.runner.outcome(x, plan, source=domain.rows[source]) for s in sides]
                expected[unit, source, row] = outs[0] != outs[1]
    # h1 tells all rows apart in the second network, h2 two of them in each.
    assert len({source for unit, source, _ in expected if unit == "h1"}) == 4
    for unit in units:
        check = Check("interchange")
        bench = Bench(*sides, domain.rows, comparer, 10_000, 0, lambda count: None)
        found = bench.interchange(check, [unit])[unit]
        mine = {key[1:]: wrong for key, wrong in expected.items() if key[0] == unit}
        assert check.cases == len(mine)
        assert check.failed == sum(mine.values())
        assert {(f.source, f.row) for f in check.failures} == {
            k for k, wrong in mine.items() if wrong
        }
        assert len(found.outcomes) == len({source for source, _ in mine})
