"""What figures take from a record: of the networks that there are, and made again in part."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

from toynets.network import Network
from toynets.plots import scripts
from toynets.zoo import load, names

DATA = Path(scripts.folder()) / "data"


def read(name):
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def record():
    spec = importlib.util.spec_from_file_location("toynets_figure_records", DATA / "record.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_record_says_what_makes_it(record):
    files = sorted(path.stem for path in DATA.glob("*.json"))
    assert files == sorted(record.RECORDS)
    for name in files:
        assert read(name)["command"] == f"python figures/data/record.py {name}"


@pytest.mark.parametrize("name", ["importance_contest", "connectome_ladder"])
def test_a_record_is_of_the_networks_that_the_zoo_has(name):
    """Where this fails, a network has changed: record the study again, and look at the figure."""
    recorded = read(name)["networks"]
    there = set(names())
    assert len(there & set(recorded)) > 90
    changed = [n for n, h in recorded.items() if n in there and load(n).network.hash != h]
    assert changed == []


def test_a_part_of_the_ladder_is_what_was_recorded(record):
    chosen = ("xor-sum", "abs", "parity-3", "twin-units", "wolf-trained")
    again, before = record.connectome_ladder(chosen)["by network"], read("connectome_ladder")
    for name in chosen:
        wanted = before["by network"][name]
        assert set(again[name]) == set(wanted)
        for rung, value in wanted.items():
            assert again[name][rung] == pytest.approx(value, abs=2e-4)


def test_the_paths_are_those_of_gradient_descent(record):
    """The first steps by hand: central differences of the error, in place of its gradient."""
    seed = record.PATHS[0]
    path = read("solution_atlas")["paths"][str(seed)]["path"]
    again = record.descent(seed, steps=40)["path"]
    assert again[0]["weights"] == path[0]["weights"]
    assert again[1]["step"] == 1

    def error(numbers):
        a, b, c, d, e, f, v, w, y = numbers
        total = 0.0
        for x1, x2 in ((0, 0), (0, 1), (1, 0), (1, 1)):
            h1, h2 = max(0.0, a * x1 + b * x2 + e), max(0.0, c * x1 + d * x2 + f)
            total += (v * h1 + w * h2 + y - (x1 != x2)) ** 2
        return total / 4

    start = path[0]["weights"]
    for k in (0, 1, 6, 7, 8):
        up, down = list(start), list(start)
        up[k] += 1e-6
        down[k] -= 1e-6
        slope = (error(up) - error(down)) / 2e-6
        assert again[1]["weights"][k] == pytest.approx(start[k] - 0.05 * slope, abs=2e-4)


def test_recorded_networks_do_what_was_recorded_of_them():
    for name in ("two_trainings", "trainings_without_decay"):
        for one in read(name)["networks"].values():
            network = Network.from_dict(one["network"])
            assert one["largest error"] < 1e-4
            layers = [[[float(w) for w in row] for row in la.weight] for la in network.layers]
            for x, wanted in (((0, 0), 0), ((0, 1), 1), ((1, 0), 1), ((1, 1), 0)):
                h = [
                    max(0.0, sum(w * v for w, v in zip(row, x, strict=True)) + b)
                    for row, b in zip(layers[0], network.layers[0].bias, strict=True)
                ]
                y = sum(w * v for w, v in zip(layers[1][0], h, strict=True))
                assert y + network.layers[1].bias[0] == pytest.approx(wanted, abs=1e-4)


@pytest.mark.release
def test_the_contest_is_held_again(record):
    before = read("importance_contest")
    if set(before["networks"]) != set(names()):
        pytest.skip("the zoo has other networks: python figures/data/record.py importance_contest")
    again = record.importance_contest()
    for of, rows in before["standings"].items():
        found = {row["name"]: row for row in again["standings"][of]}
        for row in rows:
            assert found[row["name"]]["single"] == pytest.approx(row["single"], abs=2e-3)


@pytest.mark.long
def test_trainings_are_repeated(record):
    """Bits may differ on another machine; families, shares and what is dropped do not."""
    again = record.two_trainings()["networks"]
    for seed, one in read("two_trainings")["networks"].items():
        mine = Network.from_dict(again[seed]["network"]).numbers
        theirs = Network.from_dict(one["network"]).numbers
        assert mine == pytest.approx(theirs, abs=1e-3)
    census, before = record.solution_atlas(runs=500), read("solution_atlas")
    shares = {f["name"]: f["share"] for f in before["families"]}
    for family in census["families"][:3]:
        assert family["share"] == pytest.approx(shares[family["name"]], abs=0.08)


@pytest.mark.release
def test_a_few_of_the_200_trainings_rank_alike(record):
    again, before = record.rank_stability(seeds=10), read("rank_stability")
    for title, setting in before["settings"].items():
        for score in ("permutation", "garson", "effect of zero"):
            mine = again["settings"][title]["found"][score]
            theirs = setting["found"][score]
            assert mine["both"] == pytest.approx(theirs["both"], abs=0.35)
            for name in before["matter"]:
                assert mine["ranks"][name] == pytest.approx(theirs["ranks"][name], abs=1.5)
