"""Plots of studies: contest, ranks, census; and how many networks at once are named."""

from __future__ import annotations

from types import SimpleNamespace as Some

import pytest

from toynets.errors import ToynetsError
from toynets.plots import atlas, contest, rank_stability
from toynets.plots.contests import name_of
from toynets.plots.crowds import crowd
from toynets.plots.properties.ink import ink_of
from toynets.plots.properties.layout import overlaps
from toynets.studies import contest as hold
from toynets.zoo import load


@pytest.fixture(scope="module")
def held():
    return hold([load(n) for n in ("xor-sum", "abs", "parity-3")], of=["units"])


def test_the_rank_plot_has_every_score_and_the_best_first(held):
    made = contest(held.standings["units"], of="units")
    known = {one.name: one for one in held.standings["units"] if one.single is not None}
    for name, one in known.items():
        assert made.numbers[name]["single"] == one.single
        for kind, value in one.by_kind.items():
            assert made.numbers[name].get(kind) == value
    called = {name_of(vars(one)): one for one in known.values()}
    texts = [w.text for w in ink_of(made).words if w.text in called]
    sizes = [called[t].single for t in texts]
    assert len(texts) == len(known) > 10 and sizes == sorted(sizes, reverse=True)
    # What is said of the picture has its names, and each number is a marker's or said to be a mean.
    said = " ".join((made.caption, made.alt, made.description))
    assert "explanation:" not in said and "explained: derived" in made.alt
    assert "permutation: zero 1, mean 0.75, resample 1; on average 0.917" in made.caption
    assert overlaps(ink_of(made)) == ""
    with pytest.raises(ToynetsError, match="no score"):
        contest([])


def test_a_contest_of_several_kinds_has_a_panel_for_each_that_competed(held):
    rows = held.standings["units"]
    one = contest(rows).numbers
    nobody = [Some(name="olden", single=None, by_kind={"zero": None}, reads="weights")]
    made = contest({"units": rows, "inputs": nobody, "weights": rows})
    assert made.numbers == {"units": one, "weights": one}
    words = [w.text for w in ink_of(made).words]
    assert [w for w in words if w in ("units", "inputs", "weights")] == ["units", "weights"]
    assert words.count("resample") == 2  # the marks are named below each panel
    assert "Of inputs nothing can be ranked." in made.caption
    assert overlaps(ink_of(made)) == ""
    with pytest.raises(ToynetsError, match="no score of inputs has a standing"):
        contest({"inputs": nobody})


def test_ranks_stand_where_they_are():
    ranks = {"v1": 1.5, "v2": 1.5, "v3": 3.0}
    found = {
        "good": {"both": 1.0, "stability": 0.9, "ranks": ranks},
        "bad": {"both": 0.25, "stability": 0.1, "ranks": {"v1": 3.0, "v2": 2.0, "v3": 1.0}},
    }
    made = rank_stability(found, matter=["v1", "v2"], bait="v3")
    assert made.numbers["bad"]["percent"] == 25
    words = {w.text: w for w in ink_of(made).words}
    assert words["good"].corners[0][1] > words["bad"].corners[0][1]
    assert "25 %" in words and "100 %" in words
    with pytest.raises(ToynetsError, match="no input v9"):
        rank_stability(found, matter=["v9"])


def test_an_atlas_has_the_shares_of_a_census_and_tables_that_add_up():
    networks = [load(n).network for n in ("xor-sum", "xor-difference", "xor-ramp")]
    families = [
        Some(name=f"family of {net.name}", share=share, runs=(0,), network=net, description="")
        for net, share in zip(networks, (0.5, 0.25, 0.25), strict=True)
    ]
    made = atlas(Some(task="xor", runs=9, converged=4, families=families))
    assert [made.numbers[f"family {k}"]["percent"] for k in (1, 2, 3)] == [50, 25, 25]
    words = [w.text for w in ink_of(made).words]
    assert sum(w.endswith(", 1 of 4") for w in words) == 3 and not [w for w in words if "%" in w]
    assert "'family of xor-sum', 1 of 4." in made.caption
    many = atlas(Some(task="xor", runs=9000, converged=4000, families=families))
    assert any(w.text.endswith(", 50 %") for w in ink_of(many).words)
    for k in (1, 2, 3):
        table = made.numbers[f"family {k}"]["contributions"]
        assert [sum(column) for column in zip(*table, strict=True)] == [0, 1, 1, 0]
    assert overlaps(ink_of(made)) == ""
    with pytest.raises(ToynetsError, match="no solution"):
        atlas(Some(task="xor", runs=9, converged=0, families=[]))


def test_what_an_atlas_has_no_room_for_is_counted():
    net = load("parity-3").network
    families = [
        Some(
            name=f"a family whose name is as long as half a line of a book {k}",
            share=0.1,
            runs=(0, 1),
            network=net,
            description="",
        )
        for k in range(8)
    ]
    made = atlas(Some(task="parity-3", runs=50, converged=40, families=families))
    drawn = [key for key in made.numbers if key.startswith("family")]
    assert made.numbers["left out"] == {
        "families": 8 - len(drawn),
        "trainings": 2 * (8 - len(drawn)),
    }
    assert f"Families of another {2 * (8 - len(drawn))} are not drawn" in made.caption
    assert overlaps(ink_of(made)) == ""


def test_a_score_that_is_more_wrong_than_chance_stands_right_of_the_names():
    kinds = {"zero": 1.0, "mean": -0.9, "resample": 1.0}
    row = {"name": "a score of a long name", "single": 0.37, "by_kind": kinds, "reads": "data"}
    made = contest([row])
    ink = ink_of(made)
    word = next(w for w in ink.words if w.text == row["name"])
    axes = made.drawing.axes[-1]
    dots = made.drawing.dpi_scale_trans.inverted().transform  # inches of dots
    left = 25.4 * dots(axes.transData.transform((-0.9, -0.5)))[0]  # mm, as of the word
    assert max(x for x, _ in word.corners) < left
    assert made.numbers["ticks"] == [-0.5, 0, 0.5, 1]


def test_learning_curves_that_cannot_be_compared_are_refused():
    from toynets.plots import learning_curves

    with pytest.raises(ToynetsError, match="1 to 6 learning curves"):
        learning_curves([])


def test_of_losses_that_are_printed_alike_none_is_said_to_be_the_lowest():
    import numpy as np

    from toynets.plots import learning_curves

    def ended(*finals):
        runs = [
            Some(
                recipe={"task": "xor", "seed": seed, "loss": "mse"},
                network=load("xor-sum").network,
                losses=np.array([1.0, 0.5]),
                final_loss=final,
                max_error=0.5,
            )
            for seed, final in enumerate(finals)
        ]
        return learning_curves(runs).caption

    assert "powers of ten: all end at 0.167. 0 of 2" in ended(1 / 6, 1 / 6 + 1e-6)
    assert "powers of ten: it ends at 0.167. 0 of 1" in ended(1 / 6)
    assert "seed 1 ends lowest, at 0.125, seed 0 highest, at 0.167." in ended(1 / 6, 1 / 8)


def test_a_crowd_is_another_one_once_a_network_changes():
    one = crowd("zoo", ["a", "b"], "their own")
    assert one.hash != crowd("zoo", ["a", "c"], "their own").hash
    with pytest.raises(ToynetsError, match="at least one"):
        crowd("zoo", [], "none")
