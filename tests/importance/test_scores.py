"""Each score against its slow twin on networks with unequal weights, so that no slip is hidden."""

from __future__ import annotations

from fractions import Fraction

import importance_twins as twins
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toynets import exact
from toynets.domain import Domain
from toynets.importance import (
    conductance,
    importance,
    integrated_gradients,
    internal_influence,
)
from toynets.importance.measured import lek_profile
from toynets.importance.setting import Setting
from toynets.network import Network
from toynets.strategies import networks

ONE = Network.from_layers(
    [
        ([[1.5, -0.5, 2], [-1, 0.25, -3]], [0.5, 1], "relu"),
        ([[2, -0.75], [0.5, 4]], [0.25, -1], "identity"),
    ],
    name="one",
)
TWO = Network.from_layers(
    [
        ([[1, -2], [0.5, 3], [-1, 0.25]], [0.25, -0.5, 1], "relu"),
        ([[2, 1, -0.5], [-1, 0.75, 3]], [0.5, -0.25], "relu"),
        ([[1.5, -2]], [0.75], "identity"),
    ],
    name="two",
)
ROWS3 = Domain.listed([[1, 0, "1/2"], [0, 1, 1], ["1/4", -1, 0], [2, "1/2", -1]])
# No row lies on a kink of TWO: there a derivative is a convention.
ROWS2 = Domain.listed([[1, "1/8"], [-1, 1], ["1/2", 2], ["-3/4", "1/4"]])
CASES = [(ONE, ROWS3, "y1"), (ONE, ROWS3, "y2"), (TWO, ROWS2, "y")]


def near(found, wanted):
    assert found.keys() == wanted.keys()
    for name, value in wanted.items():
        assert found[name] == pytest.approx(float(value), rel=1e-12, abs=1e-12), name


def score(net, rows, of, name, target, **keys):
    return importance(net, rows, of=of, scores=[name], target=target, **keys).value(name)


@pytest.mark.parametrize(("net", "rows", "target"), CASES)
def test_connection_weights_are_sums_over_paths(net, rows, target):
    for of, players in (("inputs", net.inputs), ("units", net.hidden)):
        wanted = {p: twins.connection(net, p, target) for p in players}
        near(score(net, rows, of, "olden", target), wanted)
    found = score(net, rows, "weights", "olden", target)
    near(found, {a: twins.connection_of_weight(net, a, target) for a in found})
    units = {a: a.partition("->")[2] or a.removesuffix(".bias") for a in net.numbers}
    others = set(net.outputs) - {target}
    assert set(found) == {a for a, unit in units.items() if unit not in others}


@pytest.mark.parametrize(("net", "rows", "target"), CASES)
def test_from_a_source_only_its_paths_count(net, rows, target):
    found = score(net, rows, "units", "olden", target, source="x2")
    near(found, {h: twins.connection(net, "x2", target, through=h) for h in net.hidden})
    found = score(net, rows, "weights", "olden", target, source="x2")
    near(found, {a: twins.connection_of_weight(net, a, target, "x2") for a in found})
    assert not any(a.startswith("x1") or a.endswith("bias") for a in found)


@pytest.mark.parametrize("target", ["y1", "y2"])
def test_garson_in_its_three_forms(target):
    near(score(ONE, ROWS3, "inputs", "garson", target), twins.garson(ONE, target))
    cancelled = twins.garson_cancelled(ONE, target)
    near(score(ONE, ROWS3, "inputs", "garson (cancelled)", target), cancelled)
    sums = {x: abs(twins.connection(ONE, x, target)) for x in ONE.inputs}
    shares = {x: v / sum(sums.values()) for x, v in sums.items()}
    near(score(ONE, ROWS3, "inputs", "garson (of sums)", target), shares)
    own = {h: abs(Fraction(ONE[f"{h}->{target}"])) for h in ONE.hidden}
    near(
        score(ONE, ROWS3, "units", "garson", target),
        {h: v / sum(own.values()) for h, v in own.items()},
    )


def test_garson_through_two_hidden_layers_hands_shares_down():
    top = {"h2.1": Fraction(3, 7), "h2.2": Fraction(4, 7)}
    middle = {
        h: sum(
            top[g]
            * abs(Fraction(TWO[f"{h}->{g}"]))
            / sum(abs(Fraction(TWO[f"{k}->{g}"])) for k in ("h1.1", "h1.2", "h1.3"))
            for g in top
        )
        for h in ("h1.1", "h1.2", "h1.3")
    }
    near(score(TWO, ROWS2, "units", "garson", "y"), middle | top)
    below = {
        x: sum(
            middle[h]
            * abs(Fraction(TWO[f"{x}->{h}"]))
            / sum(abs(Fraction(TWO[f"{k}->{h}"])) for k in TWO.inputs)
            for h in middle
        )
        for x in TWO.inputs
    }
    near(score(TWO, ROWS2, "inputs", "garson", "y"), below)
    assert sum(below.values()) == 1
    found = importance(TWO, ROWS2, of="inputs")
    assert found.missing["garson (cancelled)"] == "it is defined for one hidden layer"


@pytest.mark.parametrize(("net", "rows", "target"), CASES)
def test_sums_and_sizes_of_weights(net, rows, target):
    numbers = {a: Fraction(v) for a, v in net.numbers.items()}
    found = score(net, rows, "weights", "magnitude", target)
    near(found, {a: abs(numbers[a]) for a in found})
    incoming = {h: [numbers[a] for a in net.wiring.incoming(h)] for h in net.hidden}
    near(
        score(net, rows, "units", "incoming |sum|", target),
        {h: sum(map(abs, v)) for h, v in incoming.items()},
    )
    near(
        score(net, rows, "units", "incoming sum", target),
        {h: sum(v) for h, v in incoming.items()},
    )
    for of, players in (("units", net.hidden), ("inputs", net.inputs)):
        outgoing = {
            p: [
                numbers[f"{s}->{t}"]
                for s, t in net.wiring.edges
                if s == p and (t not in net.outputs or t == target)
            ]
            for p in players
        }
        near(
            score(net, rows, of, "outgoing |sum|", target),
            {p: sum(map(abs, v)) for p, v in outgoing.items()},
        )
        near(score(net, rows, of, "outgoing sum", target), {p: sum(v) for p, v in outgoing.items()})


@pytest.mark.parametrize(("net", "rows", "target"), CASES)
def test_gradient_times_value_is_the_slope_under_exact_small_steps(net, rows, target):
    step = Fraction(1, 2**20)
    traces = [exact.trace(net, row) for row in rows.rows]
    for of, players in (("inputs", net.inputs), ("units", net.hidden)):
        wanted = {}
        for p in players:
            slopes = []
            for row, t in zip(rows.rows, traces, strict=True):
                there = t[p]
                up = exact.run(net, row, f"{p} = {there + step}")[target]
                down = exact.run(net, row, f"{p} = {there - step}")[target]
                slopes.append(abs(there * (up - down) / (2 * step)))
            wanted[p] = sum(slopes) / len(slopes)
        near(score(net, rows, of, "gradient x value", target), wanted)
    found = score(net, rows, "weights", "gradient x value", target)
    wanted = {}
    for a in found:
        slopes = []
        for row in rows.rows:
            up = exact.run(net, row, f"{a} += {step}")[target]
            down = exact.run(net, row, f"{a} += {-step}")[target]
            slopes.append(abs(Fraction(net[a]) * (up - down) / (2 * step)))
        wanted[a] = sum(slopes) / len(slopes)
    near(found, wanted)


@pytest.mark.parametrize(("net", "rows", "target"), CASES)
def test_weight_times_activation_is_what_the_weight_carries(net, rows, target):
    traces = [exact.trace(net, row) for row in rows.rows]
    found = score(net, rows, "weights", "weight x activation", target)
    wanted = {}
    for a in found:
        source, arrow, _ = a.partition("->")
        square = [float(t[source]) ** 2 if arrow else 1.0 for t in traces]
        wanted[a] = abs(net[a]) * (sum(square) / len(square)) ** 0.5
    near(found, wanted)


@pytest.mark.parametrize("derangements", [False, True])
@pytest.mark.parametrize(("net", "rows", "target"), CASES)
def test_permutation_is_the_mean_over_every_permutation(net, rows, target, derangements):
    name = "permutation (derangements)" if derangements else "permutation"
    for of, players in (("inputs", net.inputs), ("units", net.hidden)):
        found = score(net, rows, of, name, target)
        wanted = {
            p: twins.permutation(net, rows.rows, p, target, derangements=derangements)
            for p in players
        }
        near(found, wanted)


def test_permutation_against_what_is_wanted_measures_the_error():
    aim = [Fraction(k, 3) for k in (1, -2, 0, 4)]
    where = dict(zip(ROWS2.rows, aim, strict=True))
    found = score(TWO, ROWS2, "inputs", "permutation", "y", wanted=lambda row: [where[row]])
    near(found, {x: twins.permutation(TWO, ROWS2.rows, x, "y", wanted=aim) for x in TWO.inputs})


@pytest.mark.parametrize("kind", ["zero", "mean"])
@pytest.mark.parametrize(("net", "rows", "target"), CASES)
def test_shapley_and_banzhaf_by_orders_of_joining(net, rows, target, kind):
    value = {"zero": "0", "mean": "mean"}[kind]
    for of, players in (("inputs", net.inputs), ("units", net.hidden)):
        wanted = {how: dict.fromkeys(players, Fraction(0)) for how in ("shapley", "banzhaf")}
        for row in rows.rows:
            known = {}

            def outcome(present, row=row, known=known, players=players):
                absent = tuple(p for p in players if p not in present)
                if absent not in known:
                    changes = [f"{p} = {value}" for p in absent]
                    known[absent] = twins.outcome(net, row, changes, target, rows)
                return known[absent]

            for how in wanted:
                for p, v in getattr(twins, how)(players, outcome).items():
                    wanted[how][p] += abs(v) / len(rows.rows)
        for how, values in wanted.items():
            near(score(net, rows, of, f"{how} ({kind})", target), values)


def test_shapley_over_weights_cuts_them():
    net = Network.from_layers([([[1.5, -2]], [0.5], "relu"), ([[3]], [0.25], "identity")])
    players = list(net.numbers)
    wanted = dict.fromkeys(players, Fraction(0))
    for row in ROWS2.rows:

        def outcome(present, row=row):
            return twins.outcome(
                net, row, [f"{p} = 0" for p in players if p not in present], "y", ROWS2
            )

        for p, v in twins.shapley(players, outcome).items():
            wanted[p] += abs(v) / 4
    near(score(net, ROWS2, "weights", "shapley (zero)", "y"), wanted)


def test_the_profile_holds_the_others_at_quantiles_and_takes_medians():
    rows = Domain.listed([[0, 0], [1, 4], [2, 8], [3, 12], [4, 16]])
    net = Network.from_layers([([[1, -1]], [0], "abs")])
    at, response = lek_profile(Setting(net, rows, "inputs"), "x1")
    assert at.tolist() == np.linspace(0, 4, 12).tolist()
    wanted = [sorted(abs(v - held) for held in (0, 4, 8, 12, 16))[2] for v in at]
    assert response[:, 0].tolist() == pytest.approx(wanted)
    assert score(net, rows, "inputs", "lek profile", "y")["x1"] == pytest.approx(
        max(wanted) - min(wanted)
    )


@given(networks(layers=1, outputs=1, activations=("relu", "abs"), masks=False, ties=False))
@settings(max_examples=30)
def test_shapley_values_add_up_to_the_difference_that_all_players_make(net):
    from toynets.importance.games import coalitions, shapley_values

    rows = Domain.listed([[k, *([1] * (len(net.inputs) - 1))] for k in (0, 2)])
    setting = Setting(net, rows, "units")
    table = coalitions(setting, "zero")
    assert np.allclose(shapley_values(table).sum(axis=0), table[-1] - table[0])


@given(st.data())
@settings(max_examples=30)
def test_conductance_over_a_layer_adds_up(data):
    from toynets.strategies import inputs

    acts = ("relu", "abs", "identity", "tanh", "sigmoid")
    outs = ("identity", "relu", "sigmoid", "softmax")
    net = data.draw(networks(layers=(1, 2), activations=acts, output_activations=outs))
    x, base = data.draw(inputs(net)), data.draw(inputs(net))
    y = net.outputs[0]
    change = float(exact.run(net, x)[y]) - float(exact.run(net, base)[y])
    assert sum(integrated_gradients(net, x, baseline=base, of=y).values()) == pytest.approx(
        change, abs=2e-3 if {la.activation for la in net.layers} & {"tanh", "sigmoid"} else 1e-9
    )
    through = conductance(net, x, baseline=base, of=y)
    first = [through[u] for u in net.layers[0].units]
    assert sum(first) == pytest.approx(
        change, abs=2e-3 if {la.activation for la in net.layers} & {"tanh", "sigmoid"} else 1e-9
    )


@pytest.mark.parametrize("how", ["shapley", "banzhaf"])
@pytest.mark.parametrize("kind", ["zero", "mean"])
@pytest.mark.parametrize("of", ["units", "inputs"])
def test_the_kernels_and_the_slow_way_agree(monkeypatch, of, kind, how):
    from toynets.importance import games

    slow = games.values_per_input(Setting(TWO, ROWS2, of), kind, how)
    monkeypatch.setattr(games, "coalitions", None)  # only the kernels are left
    monkeypatch.setattr(games, "MOST", 1)
    found = games.values_per_input(Setting(TWO, ROWS2, of), kind, how)  # nothing is kept in it
    assert found == pytest.approx(slow, abs=1e-12)


def test_fourteen_inputs_are_left_to_the_kernels():
    # y = x3 + 2 x9: each value is its own term, less the mean of it that an absent one leaves.
    row = [0] * 14
    row[2], row[8] = 1, 2
    net = Network.from_layers([([row], [1], "identity")])
    rows = Domain.listed([[1] * 14, [0] * 14])
    found = score(net, rows, "inputs", "shapley (mean)", "y")
    near(found, {x: {"x3": 0.5, "x9": 1.0}.get(x, 0) for x in net.inputs})


@pytest.mark.parametrize(("net", "rows", "target"), CASES)
def test_path_integrals_are_means_of_their_sizes_over_the_inputs(net, rows, target):
    zero = [0] * len(net.inputs)
    for of, name, single in (
        ("inputs", "integrated gradients", integrated_gradients),
        ("units", "conductance", conductance),
        ("units", "internal influence", internal_influence),
    ):
        each = [single(net, row, baseline=zero, of=target) for row in rows.rows]
        wanted = {p: sum(abs(one[p]) for one in each) / len(each) for p in each[0]}
        near(score(net, rows, of, name, target), wanted)
