"""The table of all scores: what it holds, how it shows itself, and what it refuses."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.fields import replace
from toynets.importance import SCORES, importance, score, scores_of
from toynets.importance.setting import listed
from toynets.network import Network
from toynets.strategies import domains, networks
from toynets.zoo import load

XOR = load("xor-sum")
CLASSES = Network.from_layers(
    [
        ([[1, 0, 0], [0, 1, 0], [0, 0, 1]], [0, 0, 0], "relu"),
        ([[2, 0, 0], [0, 3, 0]], [0, 0], "identity"),
    ],
    masks=[[[1, 0, 0], [0, 1, 0], [0, 0, 1]], [[1, 0, 1], [0, 1, 0]]],
    name="classes",
)
CUBE = Domain.boolean(3)
ROW01 = Domain.listed([[0], [1]])
ASKED = {
    "units": "incoming |sum|; outgoing sum; garson; olden; gradient; gradient x value; "
    "conductance; internal influence; permutation; left out (zero); left out (mean); "
    "left out (resample); left out (worst); shapley (zero); banzhaf (mean)",
    "inputs": "outgoing |sum|; garson; garson (cancelled); garson (of sums); olden; lek profile; "
    "gradient; gradient x value; integrated gradients; permutation; left out (resample); "
    "left out (worst); shapley (mean)",
    "weights": "magnitude; olden; gradient; gradient x value; left out (cut); left out (flip); "
    "shapley (zero)",
}


@pytest.mark.parametrize("of", ASKED)
def test_every_score_that_people_use_is_there(of):
    assert set(ASKED[of].split("; ")) <= {s.name for s in scores_of(of)}


def test_every_record_says_what_why_and_where_from():
    assert len({s.name for s in SCORES}) == len(SCORES)
    for one in SCORES:
        assert one.formula and one.source and one.question.endswith("?")
        assert set(one.moved_by) >= set(one.players)
        assert one.reads in ("weights", "data", "ablations")
        assert json.loads(json.dumps(one.to_dict()))["name"] == one.name


def test_the_effects_on_exclusive_or_are_those_of_its_contributions():
    found = importance(XOR, of="units")
    assert found.effect("zero") == {"h1": 2, "h2": 2}
    assert found.effect("mean") == {"h1": 1, "h2": 1.5}
    assert found.effects["zero"].table["y"]["h2"].at == "11"
    smaller = importance(XOR, of="units", truth="mean")
    assert smaller.effect("zero") == {"h1": 1, "h2": 0.5}


def test_only_ways_from_the_source_to_the_target_are_listed():
    both = {"source": "x1", "target": "y1"}
    found = importance(CLASSES, CUBE, of="weights", **both)
    assert found.players == ("x1->h1", "h1->y1")
    assert found.effect("cut") == {"x1->h1": 1, "h1->y1": 1}  # less what x1 at its mean leaves
    assert importance(CLASSES, CUBE, of="units", **both).players == ("h1",)
    assert importance(CLASSES, CUBE, of="inputs", target="y1").players == ("x1", "x3")
    assert importance(CLASSES, CUBE, of="units", target="y2").players == ("h2",)


def test_over_several_outputs_a_value_is_the_mean_of_its_sizes():
    found = importance(CLASSES, CUBE, of="inputs")
    assert found.value("olden") == {"x1": 1, "x2": 1.5, "x3": 0}
    assert found.effect("zero") == {"x1": 1, "x2": 1.5, "x3": 0}


def test_opposite_signs_at_two_outputs_do_not_cancel():
    net = Network.from_layers([([[2], [-2]], [0, 0], "identity")])
    found = importance(net, ROW01, of="inputs")
    assert found.value("olden") == {"x1": 2} and found.value("left out (zero)") == {"x1": 1}
    assert found.effect("zero") == {"x1": 2}
    assert importance(net, ROW01, of="inputs", target="y2").value("olden") == {"x1": -2}


def test_a_unit_without_effect_has_none_although_its_values_are_balls():
    net = Network.from_layers(
        [([[1], [2]], [1, 3], "tanh"), ([[0, 0]], [0.1], "sigmoid")], round=True
    )
    found = importance(net, ROW01, of="units", scores=["olden"])
    assert found.effect("zero") == found.effect("mean") == {"h1": 0.0, "h2": 0.0}


def test_the_table_shows_itself():
    found = importance(XOR, of="inputs")
    text = str(found)
    assert text.startswith("xor-sum  importance of inputs to y, over {0, 1}^2")
    assert "effect: largest |outcome - clean output| over the domain; exact" in text
    assert "effect of zero" in text and "gauge-invariant" in text
    html = found._repr_html_()
    assert '<th scope="col">x1</th>' in html and "<script" not in html
    assert found._repr_markdown_().startswith("**xor-sum")
    many = importance(XOR, of="weights")
    assert "ranking" in many.table().columns
    assert "h2->y > x1->h1 = x2->h1" in str(many)
    questions = found.questions().plain()
    assert "question: Does y go up or down with it, if every unit were linear?" in questions


def test_the_plain_data_has_exact_effects_and_every_agreement():
    data = json.loads(importance(XOR, of="units").to_json())
    mean = data["effects"]["mean"]["targets"]["y"]["h2"]
    assert mean == {"largest": "3/2", "mean_size": "3/4", "mean": "0", "at": "11"}
    rows = {row["name"]: row for row in data["scores"]}
    assert rows["olden"]["agreement"]["mean"] == {"spearman": 1.0, "kendall": 1.0}
    assert rows["olden"]["agreement"]["zero"] == {"spearman": None, "kendall": None}
    assert rows["olden"]["ranks"] == {"h1": 2, "h2": 1}
    assert rows["gradient x value"]["badge"] == "gauge-invariant"


def test_a_badge_names_what_the_network_at_hand_allows():
    assert score("olden").badge("inputs") == (
        "changes under rescale (square step), flip_sign (abs square)"
    )
    assert importance(XOR, of="inputs").badge("olden") == "gauge-invariant"
    tanh = Network.from_layers([([[1], [2]], [0, 0], "tanh"), ([[1, 1]], [0], "identity")])
    found = importance(tanh, Domain.listed([[0], [1]]), of="weights")
    assert found.badge("magnitude") == "gauge-invariant"
    assert importance(XOR, of="weights").badge("magnitude") == "changes under rescale"


def test_what_cannot_be_computed_is_named_and_not_left_out_in_silence():
    wide = Network.from_layers([([[1]] * 17, [0] * 17, "relu"), ([[1] * 17], [0], "identity")])
    found = importance(wide, Domain.listed([[1]]), of="units")
    assert found.missing["shapley (zero)"].startswith("17 players")
    assert "nothing else can be drawn" in found.missing["resample"]
    assert "shapley (zero): not computed, 17 players" in str(found)
    with pytest.raises(ToynetsError, match=r"shapley \(zero\) has no value here: 17 players"):
        found.value("shapley (zero)")


def test_a_tie_and_rounding_noise_are_not_ranked():
    entry = load("symmetry-1986")
    found = importance(entry, of="inputs", scores=["left out (resample)"])
    # Resampling is symmetric, so the mean effect is 0: exactly, and not 1e-40.
    assert set(found.value("left out (resample)").values()) == {0.0}
    assert found.agreement("left out (resample)", "zero") == (None, None)


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"of": "neurons"}, "no kind of player neurons"),
        ({"of": "units", "source": "x9"}, "no input x9"),
        ({"of": "units", "target": "z"}, "no output z"),
        ({"of": "units", "truth": "median"}, "no size of an effect median"),
        ({"of": "units", "scores": ["magnitude"]}, "magnitude is not defined for units"),
        ({"of": "units", "scores": ["shap"]}, "no score shap"),
        ({"of": "units", "ablations": ["cut"]}, "no kind of ablation cut in units"),
        ({"of": "units", "domain": Domain.boolean(3)}, "has 3 inputs, but the network has 2"),
        ({"of": "units", "domain": Domain.box("[0,1]^2")}, "is a box(.|\n)*Domain.sampled"),
    ],
)
def test_what_does_not_fit_is_refused(keys, said):
    with pytest.raises(ToynetsError, match=said):
        importance(XOR.network, keys.pop("domain", XOR.task.domain), **keys)


def test_without_inputs_or_players_there_is_nothing_to_rank():
    with pytest.raises(ToynetsError, match=r"needs the inputs that it is over(.|\n)*boolean\(2\)"):
        importance(XOR.network, of="units")
    single = Network.from_layers([([[1, 1]], [0], "relu")])
    with pytest.raises(ToynetsError, match=r'no units(.|\n)*no hidden units(.|\n)*of="inputs"'):
        importance(single, Domain.boolean(2), of="units")
    with pytest.raises(ToynetsError, match=r"from x1 to compare(.|\n)*masked out"):
        importance(CLASSES, CUBE, of="weights", source="x1", target="y2")


def test_an_entry_brings_its_inputs_and_what_is_wanted():
    entry = load("max-2")  # on a box: the examples of its task are taken
    found = importance(entry, of="inputs", scores=["permutation"])
    assert found.domain == entry.task.training.text
    assert found.value("permutation")["x1"] > 0


def test_only_the_ablations_that_are_asked_for_are_run():
    found = importance(XOR, of="units", scores=["olden"], ablations=["mean"])
    assert list(found.effects) == ["mean"]
    assert found.agreement("olden", "mean") == (1, 1)


def test_a_box_without_examples_is_listed_by_points_of_it():
    task = load("max-2").task
    assert listed(task) == task.training
    assert listed(replace(task, examples=None)) == Domain.sampled("[0,1]^2", count=64, seed=0)


def test_progress_is_told_step_by_step():
    told = []
    keys = {"scores": ["olden"], "ablations": ["zero"]}
    importance(XOR, of="units", progress=lambda *step: told.append(step), **keys)
    assert told == [("effect of zero", 0, 2), ("olden", 1, 2)]


def test_the_sign_of_a_score_is_that_of_the_effect_or_the_opposite():
    # y = relu(x1) - 2 relu(x2): removing h1 lowers y, removing h2 raises it.
    net = Network.from_layers([([[1, 0], [0, 1]], [0, 0], "relu"), ([[1, -2]], [0], "identity")])
    found = importance(net, Domain.boolean(2), of="units")
    effect = {p: e.mean for p, e in found.effects["zero"].table["y"].items()}
    assert effect == {"h1": -0.5, "h2": 1}
    signs = {name: s.sign for name, s in found.scores.items() if s.sign}
    assert {"olden": -1, "outgoing sum": -1, "left out (zero)": 1}.items() <= signs.items()
    for name in ("olden", "outgoing sum", "left out (zero)"):
        assert all(v * signs[name] * effect[p] > 0 for p, v in found.value(name).items())


def test_logits_are_not_held_against_the_classes_that_are_wanted():
    # Centred logits of x: (x, -x) / 2; wanted are (0, 1) and (1, 0).
    net = Network.from_layers([([[1], [0]], [0, 0], "softmax")], name="soft")
    task = SimpleNamespace(domain=ROW01, examples=None, target=lambda row: [row[0], 1 - row[0]])
    entry = SimpleNamespace(network=net, task=task)
    found = importance(entry, of="inputs", scores=["permutation"])
    assert found.value("permutation") == {"x1": 0.125}  # half of the pairs move each by 1/2
    plain = replace(net, layers=(replace(net.layers[0], activation="identity"),))
    found = importance(SimpleNamespace(network=plain, task=task), of="inputs", target="y1")
    assert found.value("permutation") == {"x1": 0.5}


@given(st.data())
@settings(max_examples=25)
def test_every_score_has_a_value_on_any_network(data):
    net = data.draw(networks(layers=1, masks=False))
    rows = data.draw(domains(net))
    of = data.draw(st.sampled_from(list(ASKED)))
    found = importance(net, rows, of=of)
    assert set(found.values) | set(found.missing) >= {s.name for s in scores_of(of)}
    for name in found.values:
        assert all(abs(v) < float("inf") for v in found.value(name).values()), name
    assert json.loads(found.to_json())["players"] == list(found.players)


def test_what_is_known_of_some_points_of_a_box_is_not_said_of_all_of_it():
    net = Network.from_layers([([[1], [2]], [0, -1], "relu"), ([[1, 1]], [0], "identity")])
    keys = {"of": "units", "scores": ["olden"], "ablations": ["zero"]}
    some = Domain.sampled("[0,1]", count=5, seed=0)
    box = " (elsewhere in it one may be larger); exact"
    head = "effect: largest |outcome - clean output| at the "
    assert importance(net, some, **keys).reading == f"{head}5 points of [0, 1]{box}"
    mean = importance(net, some, truth="mean", **keys).reading
    assert mean == "effect: mean |outcome - clean output| at the 5 points of [0, 1]; exact"
    examples = importance(load("max-2"), **keys)  # of a task on a box
    assert examples.reading == f"{head}{examples.points} points of [0, 1]^2{box}"
    assert f"over {examples.points} listed inputs" in examples.title


def test_an_effect_of_a_curved_unit_is_enclosed_and_not_exact():
    net = Network.from_layers([([[1], [2]], [0, -1], "tanh"), ([[1, 1]], [0], "identity")])
    found = importance(net, Domain.boolean(1), of="units", scores=["olden"], ablations=["zero"])
    assert found.reading == (
        "effect: largest |outcome - clean output| over the domain; enclosed and rounded"
    )
