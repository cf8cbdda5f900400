"""The census of relu XOR: families that are there by mathematics, checked run by run."""

from __future__ import annotations

import json

import numpy as np
import pytest

from toynets.census import take_census
from toynets.explanation import Explanation
from toynets.kernels.population import evaluate_population
from toynets.network import Network
from toynets.tasks import load
from toynets.verification import verify

XOR = load("xor")
RUNS = 256
NAMED = {"difference", "ramp and correct", "count and correct", "neither none nor both"}


@pytest.fixture(scope="module")
def told():
    return []


@pytest.fixture(scope="module")
def found(told):
    return take_census("xor", runs=RUNS, seed=1, progress=lambda *what: told.append(what))


def test_most_converged_runs_are_explained(found):
    assert found.converged > 0.5 * RUNS
    assert found.explained >= 0.98 * found.converged
    assert found.without_fit >= 0.95 * found.converged
    assert len(found.unexplained) == found.converged - found.explained


def test_the_families_are_the_four_tables(found):
    assert {f.name for f in found.families if f.share > 0.01} == NAMED
    assert found.families[0].name == "difference"  # over half of the converged runs
    assert all(f.fitted <= 2 for f in found.families)


def test_a_family_is_what_its_runs_compute_under_ablation(found):
    # Contributions computed here, sorted, up to XOR's four symmetries: one set for each family.
    w, b, v, c = found.population.gauged
    rows = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    moves = [[0, 1, 2, 3], [0, 2, 1, 3], [3, 2, 1, 0], [3, 1, 2, 0]]
    seen = {}
    for family in found.families:
        keys = set()
        for run in family.runs:
            table = v[:, run] * np.maximum(rows @ w[:, :, run].T + b[:, run], 0)
            forms = [sorted(np.round(table[m].T, 1).tolist()) for m in moves]
            keys.add((str(min(forms)).replace("-0.0", "0.0"), round(float(c[run]), 1) + 0.0))
        assert len(keys) == 1 or family.fitted
        seen[family.name] = keys
    assert len(set.union(*seen.values())) == sum(map(len, seen.values()))


def test_failed_runs_sit_on_the_four_plateaus(found):
    assert {p.plateau for p in found.failures} <= {
        "1/2 1/2 1/2 1/2", "1/3 1/3 1/3 1", "0 2/3 2/3 2/3", "0 1/2 1/2 1",
    }  # fmt: skip
    assert all(p.exact for p in found.failures)
    assert sum(p.share for p in found.failures) == pytest.approx(1)
    assert found.converged + sum(len(p.runs) for p in found.failures) == RUNS


def test_every_run_is_counted_once(found):
    counted = [r for group in (*found.families, *found.failures) for r in group.runs]
    assert len(counted) == len(set(counted))
    assert set(counted) | set(found.unexplained) == set(range(RUNS))


def test_every_run_has_an_explanation_that_verify_accepts_from_its_json(found):
    # All explanations there are, each on its first run and on some others.
    rng = np.random.default_rng(0)
    runs = [f.representative for f in found.families]
    runs += rng.choice(sorted(found.evidence), 24, replace=False).tolist()
    for run in runs:
        network, explanation = found.case(run)
        again = Explanation.from_json(json.dumps(json.loads(explanation.to_json())))
        report = verify(network, again, XOR.domain)
        assert report.verdict == "exhaustive", (run, report)


def test_the_case_of_a_run_is_that_run(found):
    wanted = evaluate_population(
        found.population.flat,
        found.population.x,
        sizes=(2, 2, 1),
        activations=("relu", "identity"),
    )[:, 0]
    assert np.abs(found.population.y - wanted).max() < 1e-6  # float32 rounds a few times
    for run in list(found.evidence)[:20]:
        network, _ = found.case(run)
        p = network.params()
        h = np.maximum(found.population.x @ p["weight"][0].T + p["bias"][0], 0)
        y = h @ p["weight"][1][0] + p["bias"][1][0]
        # The inputs may have changed places, which moves rows, but no number.
        assert sorted(y) == pytest.approx(sorted(wanted[:, run]), abs=1e-6)


def test_a_run_without_explanation_has_no_case(found):
    from toynets.errors import ToynetsError

    with pytest.raises(ToynetsError, match="has no explanation: it did not converge"):
        found.case(found.failures[0].runs[0])


def test_a_census_is_that_of_its_seed(found):
    fewer = take_census("xor", runs=64, seed=1)
    for family in fewer.families:
        same = next(f for f in found.families if f.name == family.name)
        assert family.runs == tuple(r for r in same.runs if r < 64)
        assert family.formula == same.formula
    failed = [r for p in found.failures for r in p.runs if r < 64]
    assert sorted(r for p in fewer.failures for r in p.runs) == sorted(failed)


def test_progress_reaches_the_end(found, told):
    assert next(what for what, done, of in told if done == of) == "train"
    assert told[-1][0] == "explain"
    assert told[-1][1] == told[-1][2] == found.converged
    done = [n for what, n, _ in told if what == "train"]
    assert done == sorted(done)
    assert len(done) > 10


def test_the_json_form(found):
    data = json.loads(json.dumps(found.to_dict()))
    assert list(data) == [
        "task", "hidden", "activation", "runs", "converged", "explained", "families", "failures",
        "seconds",
    ]  # fmt: skip
    assert list(data["families"][0]) == ["name", "share", "formula", "verified", "representative"]
    assert list(data["failures"][0]) == ["plateau", "share"]
    assert sum(f["verified"] for f in data["families"]) == data["explained"]
    one = data["families"][0]["representative"]
    network = Network.from_dict(one["network"])
    explanation = Explanation.from_dict(one["explanation"])
    assert verify(network, explanation, XOR.domain).verdict == "exhaustive"


def test_the_printed_form(found):
    text = str(found)
    assert f"{found.converged} of 256 runs converged" in text
    assert "difference: each unit notices one of the two ways to differ" in text
    assert "1/3 1/3 1/3 1" in text
    assert "least squares with the units that are on" in text
    assert repr(found).startswith("<Census of xor, 2 relu units: 256 runs")
