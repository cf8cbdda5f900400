"""True effects against plain loops over `exact.run`, and the float64 twin against the exact one."""

from __future__ import annotations

import functools
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toynets import exact
from toynets.domain import Domain, label
from toynets.importance import importance
from toynets.importance.effects import ABLATIONS, effects, size
from toynets.importance.games import Unavailable
from toynets.importance.setting import Setting
from toynets.network import Network
from toynets.records import Ball
from toynets.strategies import domains, networks

NET = Network.from_layers(
    [
        ([[1.5, -0.5], [-1, 0.25], [0.5, 2]], [0.5, 1, -0.25], "relu"),
        ([[2, -0.75, 1], [0.5, 4, -1]], [0.25, -1], "abs"),
    ]
)
ROWS = Domain.listed([[1, 0], [0, 1], ["1/4", -1]])
PLAIN = [(of, kind) for of in ABLATIONS for kind in ABLATIONS[of] if kind != "worst"]
TEXT = {"zero": "{} = 0", "mean": "{} = mean", "cut": "{} = 0", "flip": "{} *= -1"}


def by_hand(setting, player, kind, target, source=""):
    """(effect, input) over all inputs, and over all other inputs for resample."""
    net, domain = setting.network, setting.domain
    found = []
    for row in domain.rows:
        if kind == "resample":
            others = [f"{player} = {exact.trace(net, o)[player]}" for o in domain.rows if o != row]
        else:
            others = [TEXT[kind].format(player)]
        for text in others:

            def out(*parts, row=row):
                given = ", ".join(p for p in parts if p)
                return exact.run(net, row, given, domain=domain)[target]

            value = out(text) - out()
            if source and source != player:
                hold = f"{source} = mean"
                value -= out(text, hold) - out(hold)
            found.append((value, row))
    return found


@pytest.mark.parametrize("source", ["", "x2"])
@pytest.mark.parametrize(("of", "kind"), PLAIN)
def test_effects_are_outcomes_minus_clean_outputs(of, kind, source):
    setting = Setting(NET, ROWS, of, source or None)
    found = effects(setting, kind)
    assert found.exact
    for target in NET.outputs:
        for player in setting.players:
            cases = by_hand(setting, player, kind, target, source)
            sizes = [abs(v) for v, _ in cases]
            effect = found.table[target][player]
            assert effect.largest == max(sizes)
            assert effect.mean_size == sum(sizes) / len(sizes)
            assert effect.mean == sum(v for v, _ in cases) / len(cases)
            assert effect.at == label(next(r for v, r in cases if abs(v) == max(sizes)))
            assert isinstance(effect.mean, Fraction)


@pytest.mark.parametrize("of", ["units", "inputs"])
def test_of_the_worst_the_end_further_away_counts(of):
    setting = Setting(NET, ROWS, of)
    found = effects(setting, "worst")
    for target in NET.outputs:
        for player, effect in found.table[target].items():
            own = [exact.trace(NET, o)[player] for o in ROWS.rows]
            low, high = min(own), max(own)
            cases, seen = [], []
            for row in ROWS.rows:
                clean = exact.run(NET, row)[target]
                ends = exact.runs(NET, row, f"{player} = worst", domain=ROWS)
                cases.append(max((end.outputs[target] - clean for end in ends), key=abs))
                for k in range(41):
                    tried = f"{player} = {low + (high - low) * k / 40}"
                    seen.append(abs(exact.run(NET, row, tried)[target] - clean))
            assert max(seen) <= effect.largest == max(abs(v) for v in cases)
            assert effect.largest <= max(seen) * Fraction(21, 20)
            assert effect.mean_size == sum(abs(v) for v in cases) / len(cases)
            assert effect.mean == sum(cases) / len(cases)


def test_extremes_are_not_searched_without_end():
    many = Domain.listed([[k, 0] for k in range(1001)])
    with pytest.raises(Unavailable, match="3003 cases: extremes are searched in 3000 at most"):
        effects(Setting(NET, many, "units"), "worst")
    with pytest.raises(Unavailable, match="hangs on a source"):
        effects(Setting(NET, ROWS, "units", "x1"), "worst")


@given(st.data())
@settings(max_examples=40)
def test_the_float_twin_gives_the_same(data):
    # No step units: a float can land on the other side of a jump.
    acts = ("relu", "abs", "identity", "square", "tanh", "sigmoid")
    net = data.draw(networks(layers=1, activations=acts, output_activations=acts, masks=False))
    rows = data.draw(domains(net, rows=3))
    of = data.draw(st.sampled_from(list(ABLATIONS)))
    kind = data.draw(st.sampled_from([k for o, k in PLAIN if o == of]))
    source = data.draw(st.none() | st.sampled_from(net.inputs))
    if net.ties:
        source = None
    setting = Setting(net, rows, of, source)
    if not net.ties or of != "weights":
        one, two = effects(setting, kind), effects(setting, kind, exact_cases=0)
        assert one.exact and not two.exact
        for target in setting.targets:
            for player in setting.players:
                a, b = one.table[target][player], two.table[target][player]
                for name in ("largest", "mean_size", "mean"):
                    first, second = float(getattr(a, name)), getattr(b, name)
                    assert second == pytest.approx(first, rel=1e-9, abs=1e-7)


def test_what_is_exact_and_what_is_not_is_said(monkeypatch):
    net = Network.from_layers([([[1, 1]], [0], "relu"), ([[1]], [0], "identity")])

    def said(*kinds):
        found = importance(net, Domain.boolean(2), of="units", scores=[], ablations=kinds)
        return found.reading.partition("over the domain")[2]

    assert (said("zero"), said()) == ("; exact", "")
    few = functools.partial(effects, exact_cases=4)  # of zero there are 4, of resample 12
    monkeypatch.setattr("toynets.importance.table.effects", few)
    assert said("resample") == "; float64, because the domain is large"
    assert (
        said("zero", "resample") == "; exact, but of resample float64, because the domain is large"
    )


def test_a_tied_weight_counts_copy_by_copy():
    net = Network.from_layers([([[2, 2]], [1], "relu")], ties={"w": ["x1->y", "x2->y"]})
    found = effects(Setting(net, ROWS, "weights"), "cut").table["y"]
    assert list(found) == ["x1->y", "x2->y", "y.bias"]
    # Row (1, 0): 2 + 1 = 3 becomes 1 without the first copy, and stays without the second.
    assert (found["x1->y"].largest, found["x1->y"].at) == (2, "10")
    assert (found["x2->y"].largest, found["x2->y"].at) == (2, "01")


def test_a_ball_around_0_is_no_effect():
    assert size(Ball(Fraction(-1, 10**40), Fraction(3, 10**40))) == 0.0
    assert size(Ball(Fraction(1), Fraction(2))) == 1.5
    assert size(Fraction(1, 2)) == size(0.5) == 0.5


def test_one_input_leaves_nothing_to_resample():
    with pytest.raises(Unavailable, match="nothing else can be drawn"):
        effects(Setting(NET, Domain.listed([[1, 1]]), "units"), "resample")
