"""The ladder: paths by enumeration, truth by the exact oracle, means by hand."""

from __future__ import annotations

import itertools

import pytest

from toynets import exact
from toynets.errors import ToynetsError
from toynets.importance.agreement import spearman
from toynets.importance.setting import Setting
from toynets.studies import ladder
from toynets.studies.climbing import DERIVED, KINDS, RUNGS, WORDS
from toynets.studies.ladder import SIGNS, SIZES, WIRING, paths
from toynets.zoo import load, names

DEEP = ("xor-sum", "dormant-backup", "twin-units", "xor-veto", "multiplier-trained")


@pytest.fixture(scope="module")
def found():
    return ladder([load(name) for name in names()])


def sign(w):
    return (w > 0) - (w < 0)


KEEP = {WIRING: lambda w: float(w != 0), SIGNS: lambda w: float(sign(w)), SIZES: float}


def enumerated(network, player, output, keep, with_biases):
    """All paths from an input or a bias to the output that use the player: sums by where they
    begin, and the sum of what lies ahead of the player."""
    sums, ahead = {}, 0.0
    numbers = {a: keep(float(v)) for a, v in network.numbers.items()}
    children = {}
    for address in numbers:
        if "->" in address:
            start, end = address.split("->")
            children.setdefault(start, []).append((address, end))

    def walk(at, product, begin, seen, since):
        nonlocal ahead
        if at == output:
            if player in seen:
                sums[begin] = sums.get(begin, 0.0) + product
            return
        for address, end in children.get(at, ()):
            walk(end, product * numbers[address], begin, seen | {address, end}, since)

    for name in network.inputs:
        walk(name, 1.0, name, frozenset({name}), None)
    if with_biases:
        for address in numbers:
            if address.endswith(".bias"):
                unit = address.removesuffix(".bias")
                walk(unit, numbers[address], address, frozenset({address, unit}), None)

    def on(at):
        return 1.0 if at == output else sum(numbers[a] * on(e) for a, e in children.get(at, ()))

    if "->" in player:
        ahead = numbers[player] * on(player.split("->")[1])
    elif player.endswith(".bias"):
        ahead = numbers[player] * on(player.removesuffix(".bias"))
    else:
        ahead = on(player)
    return sum(abs(v) for v in sums.values()), -sign(ahead)


@pytest.mark.parametrize("name", DEEP)
@pytest.mark.parametrize(("of", "kind"), [("units", "zero"), ("units", "mean"), ("weights", "cut")])
def test_paths_are_those_that_enumeration_finds(name, of, kind):
    entry = load(name)
    setting = Setting(entry.network, entry.task.domain, of)
    for rung, keep in KEEP.items():
        sizes, signs = paths(setting, kind, rung)
        assert (signs is None) == (rung == WIRING)
        for (k, player), (t, output) in itertools.product(
            enumerate(setting.players), enumerate(setting.targets)
        ):
            size, direction = enumerated(entry.network, player, output, keep, kind != "mean")
            assert sizes[k, t] == pytest.approx(size, rel=1e-9, abs=1e-12)
            assert signs is None or signs[k, t] == direction


def test_the_ranks_are_those_of_the_exact_effects(found):
    entry = load("xor-sum")
    numbers = list(entry.network.numbers)
    clean = [exact.run(entry.network, x)[0] for x in entry.task.domain.rows]
    true = []
    for address in numbers:
        after = [exact.run(entry.network, x, f"{address} = 0")[0] for x in entry.task.domain.rows]
        true.append(float(max(abs(a - b) for a, b in zip(after, clean, strict=True))))
    told = [enumerated(entry.network, a, "y", float, True)[0] for a in numbers]
    (rung,) = [r for r in found.rungs if (r.network, r.kind, r.name) == ("xor-sum", "cut", SIZES)]
    assert rung.rank == pytest.approx(spearman(told, true))
    assert rung.players == 9


def test_every_network_is_on_every_rung(found):
    assert list(found.networks) == names()
    for name in names():
        assert {r.name for r in found.rungs if r.network == name} == set(RUNGS), name


def test_the_explanation_tells_every_ablation(found):
    for rung in found.rungs:
        if rung.name == DERIVED:
            assert rung.rank is None or rung.rank > 0.9, rung
            assert rung.sign in (None, 1.0), rung


def test_the_means_are_means_over_the_networks(found):
    for kind in KINDS:
        own = [r.rank for r in found.rungs if f"{r.of} {r.kind}" == kind and r.name == SIGNS]
        known = [v for v in own if v is not None]
        assert found.mean(SIGNS, "rank", kind=kind) == pytest.approx(sum(known) / len(known))
    three = [found.mean(WORDS, "rank", kind=kind) for kind in KINDS]
    assert found.mean(WORDS, "rank") == pytest.approx(sum(three) / 3)
    assert found.to_dict()["means"][WORDS]["rank"]["mean"] == found.mean(WORDS, "rank")


def test_more_is_told_on_a_higher_rung(found):
    ranks = [found.mean(rung, "rank") for rung in (WIRING, SIGNS, SIZES, DERIVED)]
    assert ranks == sorted(ranks)
    assert f"{ranks[0]:.2f}" in found.summary() and f"{ranks[2]:.2f}" in found.summary()
    assert found.mean(WIRING, "sign") is None


def test_large_weights_of_a_dead_unit_mislead_and_the_explanation_does_not(found):
    rank = {r.name: r.rank for r in found.rungs if r.network == "dead-weight" and r.kind == "zero"}
    assert rank[SIZES] < 0 < rank[WORDS] <= rank[DERIVED]


def test_nothing_to_climb():
    with pytest.raises(ToynetsError, match="a ladder needs at least one network"):
        ladder([])
