"""The study of a table: its data, its counting, and what a small run of it must find."""

from __future__ import annotations

import json
from dataclasses import replace as changed

import numpy as np
import pytest

from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.fields import replace
from toynets.rationals import ONE, ZERO
from toynets.studies import tabular_study
from toynets.studies.crowd import Crowd
from toynets.studies.tabular import _inputs, comes_first, quality, stability
from toynets.studies.tabular_data import read_data
from toynets.tasks import load
from toynets.tasks.tabular import drawn

TITLES = ("standardised, no decay", "standardised, decay", "raw, no decay", "raw, decay")
SEEDS = 8


@pytest.fixture(scope="module")
def told():
    return []


@pytest.fixture(scope="module")
def study(told):
    """A study as people run it, but of few networks."""
    return tabular_study(seeds=SEEDS, steps=300, progress=lambda *step: told.append(step))


# The data


def test_the_table_has_what_the_recipe_says():
    data = read_data(load("tabular"))
    x = np.concatenate([data.x, data.held_out])
    assert x.mean(axis=0) == pytest.approx(np.zeros(14), abs=0.08)
    assert x.std(axis=0) == pytest.approx(np.ones(14), abs=0.06)
    r = np.corrcoef(x.T)
    assert r[3, 6] == pytest.approx(0.9, abs=0.02)
    r[3, 6] = r[6, 3] = 0
    assert abs(r - np.eye(14)).max() < 0.08
    labels = np.concatenate([data.labels, data.held_labels])
    for row, label in zip(x, labels, strict=True):
        assert label == (0 if row[3] < -0.4375 else 1 if row[8] < 0 else 2)
    assert np.bincount(labels) / len(labels) == pytest.approx([1 / 3] * 3, abs=0.03)
    assert (data.targets.argmax(axis=1) == data.labels).all()
    assert data.apart and not set(map(tuple, data.x)) & set(map(tuple, data.held_out))


def test_the_raw_table_has_other_units_and_the_same_classes():
    data = read_data(load("tabular"))
    wanted = np.ones(14)
    wanted[[1, 3, 8]] = 0.01, 5, 20
    assert (data.raw().x == data.x * wanted).all()
    assert (data.raw().held_out == data.held_out * wanted).all()
    assert (data.raw().labels == data.labels).all()
    few = data.raw().only(["v9", "v4"])
    assert few.inputs == ("v9", "v4") and few.matter == ("v4", "v9")
    assert (few.x == data.raw().x[:, [8, 3]]).all() and few.places == (1, 0)


def test_rows_are_the_same_for_a_seed_and_others_for_another():
    assert drawn(5, 3) == drawn(9, 3)[:5] != drawn(5, 4)


def test_of_another_task_every_fourth_row_is_held_out_if_there_are_enough():
    base = load("majority-3")
    few = read_data(base, ["x1"])
    assert not few.apart and few.held_out is not few.x and len(few.x) == len(few.held_out) == 8
    assert few.classes == ("not y", "y") and few.targets.shape == (8, 1)
    assert few.labels.tolist() == [0, 0, 0, 1, 0, 1, 1, 1]
    rows = [[k, k % 2, k % 3] for k in range(48)]
    rule = lambda row: (ONE if row[1] else ZERO,)  # noqa: E731
    many = read_data(replace(base, domain=Domain.listed(rows), rule=rule), ["x2"])
    assert many.apart and (len(many.x), len(many.held_out)) == (36, 12)
    every = [*map(tuple, many.x), *map(tuple, many.held_out)]
    assert sorted(every) == [tuple(map(float, row)) for row in rows]
    assert (many.held_labels == many.held_out[:, 1]).all()


@pytest.mark.parametrize(
    ("task", "matter", "said"),
    [
        ("majority-3", [], r"of majority-3 none of 3 is said to(.|\n)*not all, of x1, x2, x3"),
        ("majority-3", ["x1", "x2", "x3"], "of majority-3 3 of 3 is said to"),
        ("majority-3", ["x9"], "no input x9 in majority-3"),
        ("max-2", ["x1"], r"max-2 has no classes(.|\n)*its outputs are values"),
    ],
)
def test_a_table_without_classes_or_without_what_matters_is_refused(task, matter, said):
    with pytest.raises(ToynetsError, match=said):
        read_data(load(task), matter)


# Counting


def test_stability_is_the_mean_rank_correlation_of_all_pairs():
    ranks = np.array([[1.0, 1, 2, 3], [2, 3, 1, 2], [3, 2, 3, 1]])
    pairs = [
        np.corrcoef(ranks[:, i], ranks[:, j])[0, 1] for i in range(4) for j in range(4) if i < j
    ]
    assert stability(ranks) == pytest.approx(np.mean(pairs))
    same = np.tile([[1.0], [2.0], [3.0]], 5)
    assert stability(same) == pytest.approx(1)
    tied = np.array([[1.0, 1.5], [2.0, 1.5]])  # who ranks all alike agrees with nobody
    assert stability(tied) == 0


def test_who_ties_with_another_does_not_come_first():
    # Of three inputs two decide: alone in front, tied with each other, and all three tied.
    ranks = np.array([[1.0, 1.5, 2.0, 1.0], [2.0, 1.5, 2.0, 2.5], [3.0, 3.0, 2.0, 2.5]])
    assert comes_first(ranks, (0, 1)).tolist() == [True, True, False, False]
    data = changed(
        read_data(load("majority-3"), ["x1", "x2"]), held_out=np.eye(3), held_labels=np.arange(3)
    )
    # One network with sizes 3, 2, 1 of its weights; one with three alike, as a dead one has them.
    w = np.array([[[3.0, 1.0], [2.0, 1.0], [1.0, 1.0]]])
    crowd = Crowd(w, np.zeros((1, 2)), np.ones((1, 1, 2)), np.zeros((1, 2)))
    found = _inputs(crowd, data, lambda some: None)
    assert [one.first for one in found.values()] == [0.5, 0.5, 0.0]


def test_precision_and_recall_are_counted_class_by_class():
    data = read_data(load("tabular"))
    # One network that says class 0 where v1 > 0 and class 2 elsewhere, and never class 1.
    w, b = np.zeros((2, 14, 1)), np.zeros((2, 1))
    w[0, 0], w[1, 0] = 1, -1
    v = np.array([[1.0, 0], [-9, -9], [0, 1]])[:, :, None]
    crowd = Crowd(w, b, v, np.array([[0.0], [-9], [0]]))
    found = quality(crowd, data)
    said = np.where(data.held_out[:, 0] > 0, 0, 2)
    said[data.held_out[:, 0] == 0] = 0  # equal logits: the first
    own = data.held_labels
    assert found.accuracy.mean == pytest.approx((said == own).mean())
    assert found.precision["negative"].mean == found.recall["negative"].mean == 0
    for name, k in (("low", 0), ("positive", 2)):
        hits = ((said == k) & (own == k)).sum()
        assert found.precision[name].mean == pytest.approx(hits / (said == k).sum())
        assert found.recall[name].mean == pytest.approx(hits / (own == k).sum())
    three = [q.mean for q in found.precision.values()]
    assert found.macro_precision.mean == pytest.approx(sum(three) / 3)
    three = [q.mean for q in found.recall.values()]
    assert found.macro_recall.mean == pytest.approx(sum(three) / 3)


# What it finds


def test_there_are_four_populations(study, told):
    assert tuple(one.title for one in study.settings) == TITLES
    assert told[0] == ("standardised, no decay: training", 0, 16)
    assert told[-1] == ("done", 16, 16) and [step[1] for step in told] == list(range(17))


def test_scores_that_read_weights_are_misled_by_the_units_of_the_table(study):
    raw = study.setting("raw, no decay").found
    for name in ("outgoing |sum|", "garson", "garson (cancelled)", "gradient"):
        assert raw[name].both <= 1 / SEEDS
        assert study.setting("standardised, no decay").found[name].both >= 1 - 1 / SEEDS
        assert min(raw[name].ranks, key=raw[name].ranks.get) == "v2"
    for title in TITLES:
        for name in ("permutation", "shapley (mean)", "effect of mean", "integrated gradients"):
            found = study.setting(title).found[name]
            assert found.both >= 1 - 1 / SEEDS
            assert sorted(found.ranks, key=found.ranks.get)[:2] in (["v4", "v9"], ["v9", "v4"])


def test_one_input_has_the_largest_weights_and_no_effect(study):
    one = study.setting("raw, no decay")
    loud = one.inputs["v2"]
    assert loud.share.mean == max(v.share.mean for v in one.inputs.values()) > 0.14
    assert loud.first >= 1 - 1 / SEEDS
    assert loud.without.mean == pytest.approx(one.whole.mean, abs=0.01)
    for name in study.matter:
        assert one.inputs[name].without.mean < one.whole.mean - 0.2
    assert sum(v.share.mean for v in one.inputs.values()) == pytest.approx(1)


def test_two_inputs_alone_are_better_than_all(study):
    for one in study.settings:
        assert one.only.accuracy.mean > one.every.accuracy.mean > 0.8
        for found in (one.only, one.every):
            share = sum(found.recall[c].mean for c in study.classes) / 3
            assert found.macro_recall.mean == pytest.approx(share)


def test_signs_and_dropped_weights_come_out_as_numbers(study):
    for one in study.settings:
        assert set(one.signs) == {
            "negative",
            "positive",
            "as many as negative, at random",
            "as many as positive, at random",
        }
        assert 0.3 < one.negative.mean < 0.7
        for word in ("negative", "positive"):
            assert one.signs[word].mean < one.whole.mean - 0.1  # neither can be missed
        for curve in one.curves.values():
            assert curve[0.0] == one.whole and curve[0.95].mean < one.whole.mean
        half = {name: curve[0.5].mean for name, curve in one.curves.items()}
        assert min(half, key=half.get) == "in any order"
        assert half["effect of cut"] > one.whole.mean - 0.1


def test_the_tables_and_the_plain_data(study):
    data = json.loads(json.dumps(study.to_dict()))
    assert data["seeds"] == SEEDS and len(data["settings"]) == 4
    assert data["settings"][2]["found"]["olden"]["both"] == study.settings[2].found["olden"].both
    tables = study.tables()
    assert [len(t.rows) for t in tables] == [18, 18, 14, 8, 6, 32]
    text = str(study)
    assert text.startswith("how often v4 and v9 come first, in % of 8 networks")
    assert "8 networks 14-8-3 relu, seed 0, 300 steps on 512 rows; accuracy on 2000 rows" in text
    assert study._repr_html_().count("<table>") == 6 == study._repr_markdown_().count("| ---: |\n")
    with pytest.raises(ToynetsError, match=r"no population 'raw'\.(.|\n)*raw, no decay"):
        study.setting("raw")


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"seeds": 0}, "seeds is a positive whole number, but got 0"),
        ({"steps": 2.5}, "steps is a positive whole number, but got 2.5"),
        ({"hidden": True}, "hidden is a positive whole number, but got True"),
        ({"task": "tabula"}, "no task tabula"),
    ],
)
def test_what_does_not_fit_is_refused(keys, said):
    with pytest.raises(ToynetsError, match=said):
        tabular_study(**keys)


def test_the_notes_say_how_many_rows_there_were(study):
    assert "(500 of them where weights are cut)" in str(study)
    assert "Scores are over 64 rows, games over 8." in str(study)
    few = changed(study, rows=5, held_out=5, apart=False)
    first, *_, last = few.notes()
    assert first.endswith("accuracy on 5 rows, those that were trained on.")
    assert last.endswith("Scores are over 5 rows, games over 5.")
    none = stability(np.ones((3, 1)))
    alone = {"olden": changed(study.settings[0].found["olden"], stability=none)}
    one = changed(study, settings=(changed(study.settings[0], found=alone),))
    assert [list(row) for row in one.tables()[1].rows] == [["olden", "-"]]
    assert one.to_dict()["settings"][0]["found"]["olden"]["stability"] is None
