"""The census: families that are there by mathematics, explained and checked run by run."""

from __future__ import annotations

import json

import numpy as np
import pytest

from toynets.census import census, checking
from toynets.census.catalogue import CATALOGUE, contributions, names_of
from toynets.census.checking import holds
from toynets.census.fitting import fit_relu, nearest
from toynets.census.running import _Run
from toynets.census.saturated import relation
from toynets.census.tables import key_of, symmetries
from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.explanation import Explanation
from toynets.network import Network
from toynets.rationals import Rational, rational
from toynets.tasks import load
from toynets.verification import verify

XOR = load("xor")
ROWS, TARGETS = XOR.domain.rows, [XOR.target(x)[0] for x in XOR.domain]
GROUP = symmetries(ROWS, TARGETS)
X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], float)


@pytest.fixture(scope="module")
def relu():
    return census("xor", runs=256, seed=1)


@pytest.fixture(scope="module")
def tanh():
    return census("xor", activation="tanh", runs=96, seed=1)


# The whole


def test_most_converged_relu_runs_are_explained(relu):
    assert relu.converged > 64  # 40 % of 256 are 102; six standard deviations below are 55
    assert relu.explained >= 0.98 * relu.converged
    assert len(relu.unexplained) == relu.converged - relu.explained
    assert relu.without_fit >= 0.9 * relu.converged


def test_the_relu_families_are_the_four_tables(relu):
    names = [f.name for f in relu.families[:3]]
    assert set(names) == {"difference", "ramp and correct", "count and correct"}
    assert names[0] == "difference"  # over half of the converged runs
    assert 0.4 < relu.families[0].share < 0.75
    for family in relu.families:
        assert family.verified <= len(family.runs)


def test_failed_runs_sit_on_the_four_plateaus(relu):
    assert {p.plateau for p in relu.failures} <= {
        "1/2 1/2 1/2 1/2", "1/3 1/3 1/3 1", "0 2/3 2/3 2/3", "0 1/2 1/2 1",
    }  # fmt: skip
    assert sum(p.share for p in relu.failures) == pytest.approx(1)
    assert relu.converged + sum(len(p.runs) for p in relu.failures) == relu.runs


def test_every_run_is_counted_once(relu):
    counted = [r for f in relu.families for r in f.runs] + [
        r for p in relu.failures for r in p.runs
    ]
    assert len(counted) == len(set(counted))
    assert set(counted) | set(relu.unexplained) == set(range(relu.runs))


def test_a_census_is_that_of_its_seed(relu):
    again = census("xor", runs=256, seed=1)
    assert again.to_dict() | {"seconds": 0} == relu.to_dict() | {"seconds": 0}
    fewer = census("xor", runs=64, seed=1)
    runs = {f.name: tuple(r for r in f.runs if r < 64) for f in relu.families}
    assert {f.name: f.runs for f in fewer.families} == {k: v for k, v in runs.items() if v}


def test_the_representative_is_verified_by_verify_from_the_json_alone(relu, tanh):
    for result in (relu, tanh):
        for family in result.families[:3]:
            one = json.loads(json.dumps(family.to_dict()))["representative"]
            network = Network.from_dict(one["network"])
            explanation = Explanation.from_json(one["explanation"])
            assert verify(network, explanation, XOR.domain).verdict == "exhaustive"


def test_the_tanh_families_are_two_and_say_their_condition(tanh):
    assert tanh.explained >= 0.9 * tanh.converged > 20
    assert {f.name for f in tanh.families} == {"one side each, b < v", "both sides, b < v"}
    for family in tanh.families:
        explanation = Explanation.from_json(family.explanation)
        assert "b < v1, b < v2" in explanation.weights["y.bias"].why
        assert family.formula.endswith("b < v1, b < v2")
    assert {p.plateau for p in tanh.failures} <= {"0 1/2 1/2 1", "1/2 1/2 1/2 1/2"}


def test_the_json_form(relu):
    data = json.loads(json.dumps(relu.to_dict()))
    assert list(data) == [
        "task", "hidden", "activation", "runs", "converged", "explained", "families", "failures",
        "seconds",
    ]  # fmt: skip
    assert list(data["families"][0]) == ["name", "share", "formula", "verified", "representative"]
    assert list(data["failures"][0]) == ["plateau", "share"]


def test_the_printed_form(relu):
    text = str(relu)
    assert f"{relu.converged} of 256 runs converged" in text
    assert "difference: each unit notices one of the two ways to differ" in text
    assert "1/3 1/3 1/3 1" in text


def test_progress_reaches_the_end():
    told = []
    census("xor", hidden=3, runs=64, progress=lambda *what: told.append(what))
    assert [what for what, done, of in told if done == of] == ["train", "explain"]
    assert [done for what, done, _ in told if what == "train"] == sorted(
        done for what, done, _ in told if what == "train"
    )


def test_three_units_that_share_the_work_are_another_family():
    found = census("xor", hidden=3, runs=128)
    assert found.explained >= 0.9 * found.converged
    names = [f.name for f in found.families]
    assert "difference, 1 dead" in names
    shared = [f for f in found.families if f.fitted == 1 and f.name.startswith("table")]
    assert shared[0].verified == len(shared[0].runs)
    for family in found.families[:3]:
        explanation = Explanation.from_json(family.explanation)
        assert verify(family.network, explanation, XOR.domain).verdict == "exhaustive"


@pytest.mark.parametrize(
    ("task", "hidden", "runs"), [("parity-3", 3, 256), ("max-2", 2, 24), ("and", 1, 64)]
)
def test_other_tasks(task, hidden, runs):
    found = census(task, hidden=hidden, runs=runs)
    assert found.converged > 0
    assert found.explained >= 0.9 * found.converged


# The check of many networks, against `verify`


def planted(run, rng):
    """A network near one of a family's, sometimes too far."""
    size = rng.choice([0.0002, 0.0005, 0.002, 0.005, 0.02])
    return [part + size * rng.normal(size=part.shape) for part in run]


@pytest.mark.parametrize("activation", ["relu", "tanh"])
def test_the_check_says_what_verify_says(activation, relu, tanh):
    rng = np.random.default_rng(0)
    verdicts = []
    scale = 1 if activation == "relu" else 12
    for family in (relu if activation == "relu" else tanh).families[:2]:
        p = family.network.params()
        base = [p["weight"][0], p["bias"][0], p["weight"][1][0], p["bias"][1]]
        for _ in range(12):
            moved = [b + scale * (m - b) for b, m in zip(base, planted(base, rng), strict=True)]
            network = Network.from_layers(
                [(moved[0], moved[1], activation), (moved[2][None], moved[3],
                  family.network.layers[1].activation)],
                dtype="float64",
            )  # fmt: skip
            numbers = (*(m[..., None] for m in moved[:3]), moved[3])
            ours = bool(holds(family.explanation, numbers, X)[0])
            report = verify(network, Explanation.from_json(family.explanation), XOR.domain)
            assert ours == (report.verdict == "exhaustive"), report
            verdicts.append(ours)
    assert True in verdicts
    assert False in verdicts


@pytest.mark.parametrize("activation", ["relu", "tanh"])
def test_the_check_says_what_verify_says_of_trained_networks(activation):
    run = _Run("xor", 3, activation, 64, 5, None)
    explain = run._explain_relu if activation == "relu" else run._explain_tanh
    fits, _, orders = explain()
    verified = run._verify(fits, orders)
    for k in sorted(fits)[:16]:
        explanation = Explanation.from_json(fits[k].source)
        report = verify(run.network(k, orders[k]), explanation, XOR.domain)
        assert (k in verified) == (report.verdict == "exhaustive"), report


def test_the_cases_are_those_of_verify():
    one = census_network()
    from toynets.verification.tiers import constant_kinds, parameter_texts, subset_texts

    kinds = constant_kinds(["relu"], has_bias=True)
    texts = len(parameter_texts(one.wiring)) + len(
        list(subset_texts(one.wiring, one.hidden, kinds))
    )
    assert len(list(checking.cases(2, 2, 4))) == texts + 2 * 4


def census_network():
    return Network.from_layers(
        [([[1, -1], [-1, 1]], [0, 0], "relu"), ([[1, 1]], [0], "identity")]
    )


@pytest.mark.parametrize(
    ("part", "at", "by"),
    [(0, (0, 1), 0.5), (1, (1,), -0.5), (2, (0,), 0.5), (3, (0,), 0.5)],
)
def test_a_wrong_number_anywhere_is_refused(part, at, by):
    fit = fit_relu([[1, -1, 0], [-1, 1, 0]], [1, 1], 0.0, ROWS, TARGETS, task=XOR)
    numbers = [np.array([[1.0, -1], [-1, 1]])[..., None], np.zeros((2, 1)), np.ones((2, 1)),
               np.zeros(1)]  # fmt: skip
    assert holds(fit.source, numbers, X).tolist() == [True]
    numbers[part][at] += by
    assert holds(fit.source, numbers, X).tolist() == [False]


def test_two_networks_that_differ_by_a_kink_flip_are_two_families():
    # All four compute XOR, as the next test says; "ramp and correct" is "difference" flipped.
    keys = {
        key_of(contributions(one, ROWS), Rational(one.bias), GROUP)[0]
        for one in CATALOGUE
        if one.task == "xor"
    }
    assert len(keys) == 4


@pytest.mark.parametrize("one", CATALOGUE, ids=lambda one: f"{one.task} {one.name}")
def test_every_named_family_does_its_task_exactly(one):
    task = load(one.task)
    rows = task.training.rows
    table = contributions(one, rows)
    outputs = [sum(column, Rational(one.bias)) for column in zip(*table, strict=True)]
    assert outputs == [task.target(x)[0] for x in rows]
    group = symmetries(rows, outputs)
    assert one in names_of(one.task, rows, group).values()


# Fitting


@pytest.mark.parametrize(
    ("units", "signs", "bias", "parameters"),
    [
        ([[1, -1, 0], [-1, 1, 0]], [1, 1], 0, 0),
        ([[1, 1, 0], [2, 2, -2]], [1, -1], 0, 0),
        ([[1.3, -1.2, -0.3], [-1, 1, 0]], [1, 1], 0, 2),
        ([[0.35, -0.35, 0], [0.65, -0.65, 0], [-1, 1, 0]], [1, 1, 1], 0, 1),
    ],
)
def test_the_fit_has_as_few_parameters_as_can_be(units, signs, bias, parameters):
    fit = fit_relu(units, signs, bias, ROWS, TARGETS, task=XOR)
    assert len(fit.parameters) == parameters
    explanation = Explanation.from_json(fit.source)
    model = explanation.model(rows=ROWS)
    plan = model.wiring.resolve("")
    assert [model.outcome(x, plan)[0] for x in ROWS] == TARGETS  # exactly


@pytest.mark.parametrize(
    ("units", "signs", "bias"),
    [
        ([[1, -1, 0], [-1, 1.5, 0]], [1, 1], 0),  # 3/2 at 01
        ([[1, -1, 0], [1, -1, 0]], [1, 1], 0),
        ([[0.3, -0.21, 0.11], [-0.7, 0.43, 0.23], [0.37, 0.17, 0.29]], [1, 1, 1], 0.13),
    ],
)
def test_what_does_not_do_the_task_is_not_explained(units, signs, bias):
    assert fit_relu(units, signs, bias, ROWS, TARGETS, task=XOR) is None


def test_nearest_takes_the_simplest():
    assert nearest(0.999) == 1
    assert nearest(0.5) == rational("1/2")
    assert nearest(0.26) is None


def test_the_relation_of_bias_and_units():
    assert relation([1.0], -2.0) == "b > v1"


def test_a_run_in_its_gauge_computes_what_it_computed():
    run = _Run("xor", 2, "relu", 8, 0, None)
    from toynets.kernels.population import evaluate_population

    wanted = evaluate_population(
        run.flat, run.x, sizes=(2, 2, 1), activations=("relu", "identity")
    )[:, 0]
    assert np.abs(run.y - wanted).max() < 1e-6  # float32 rounds a few times
    assert set(np.unique(run.gauged[2])) <= {-1.0, 0.0, 1.0}


def test_the_symmetries_of_xor_and_of_max():
    assert len(GROUP) == 4
    task = load("max-2")
    rows = task.training.rows
    assert len(symmetries(rows, [task.target(x)[0] for x in rows])) == 2
    for one in GROUP:
        assert [TARGETS[r] for r in one.rows] == TARGETS


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"task": "xro"}, "no task xro.* Nearest: xor"),
        ({"activation": "gelu"}, "relu or tanh units, but got activation='gelu'"),
        ({"hidden": 5}, "1 to 4 hidden units, but got hidden=5"),
        ({"runs": 0}, "at least 1 run, but got runs=0"),
        ({"task": "max-2", "activation": "tanh"}, "targets of max-2 are not all 0 or 1"),
    ],
)
def test_a_census_that_cannot_be_is_refused(change, said):
    with pytest.raises(ToynetsError, match=said):
        census(**({"task": "xor", "runs": 4} | change))


def test_domain_is_the_boolean_square():
    assert XOR.domain.rows == Domain.boolean(2).rows
