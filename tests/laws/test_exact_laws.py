"""Laws of the exact machine on random networks, against the plainest forward pass there is."""

from __future__ import annotations

import itertools

from exact_cases import F
from flint import arb, fmpq
from hypothesis import given
from hypothesis import strategies as st

from toynets.domain import Domain
from toynets.exact import Machine, run, runs
from toynets.network import Network

NUMBERS = st.integers(-3, 3).map(lambda k: F(k, 2))


@st.composite
def networks(draw):
    sizes = draw(st.lists(st.integers(1, 3), min_size=2, max_size=4))
    acts = st.sampled_from(["relu", "abs", "step", "square", "identity"])
    layers = []
    for fan_in, fan_out in itertools.pairwise(sizes):
        weight = [[draw(NUMBERS) for _ in range(fan_in)] for _ in range(fan_out)]
        layers.append((weight, [draw(NUMBERS) for _ in range(fan_out)], draw(acts)))
    return layers, [draw(NUMBERS) for _ in range(sizes[0])]


FUNCTION = {
    "identity": lambda z: z,
    "relu": lambda z: max(z, F(0)),
    "abs": abs,
    "step": lambda z: F(int(z > 0)),
    "square": lambda z: z * z,
}


def plain(layers, x, removed=None):
    values = list(x)
    for k, (weight, bias, act) in enumerate(layers):
        values = [
            FUNCTION[act](sum((w * v for w, v in zip(row, values, strict=True)), b))
            for row, b in zip(weight, bias, strict=True)
        ]
        if removed is not None and removed[0] == k:
            values[removed[1]] = F(0)
    return values


@given(networks())
def test_the_clean_run_is_the_plain_forward_pass(made):
    layers, x = made
    assert run(Network.from_layers(layers), x) == plain(layers, x)


@given(networks(), st.data())
def test_a_removed_unit_is_a_zero_in_the_plain_forward_pass(made, data):
    layers, x = made
    net = Network.from_layers(layers)
    layer = data.draw(st.integers(0, len(layers) - 1))
    unit = data.draw(st.integers(0, len(layers[layer][1]) - 1))
    found = run(net, x, f"{net.layers[layer].units[unit]} = 0")
    assert found == plain(layers, x, (layer, unit))


@given(networks(), st.data())
def test_a_changed_number_is_another_network(made, data):
    layers, x = made
    net = Network.from_layers(layers)
    name = data.draw(st.sampled_from(sorted(net.numbers)))
    value = data.draw(NUMBERS)
    assert run(net, x, f"{name} = {value}") == run(net.with_numbers({name: value}), x)
    assert run(net, x, f"{name} *= -1") == run(net.with_numbers({name: -F(net.numbers[name])}), x)


@given(networks(), st.data())
def test_patching_a_unit_from_the_input_itself_changes_nothing(made, data):
    layers, x = made
    net = Network.from_layers(layers)
    unit = data.draw(st.sampled_from(net.units))
    part = data.draw(st.sampled_from(["", ".pre"]))
    assert run(net, x, f"{unit}{part} = (x')", source=x) == run(net, x)


@given(networks(), st.data())
def test_every_resampled_outcome_lies_between_the_worst(made, data):
    layers, x = made
    net = Network.from_layers(layers)
    other = [data.draw(NUMBERS) for _ in x]
    third = [data.draw(NUMBERS) for _ in x]
    domain = Domain.listed([x, other, third])
    name = data.draw(st.sampled_from([*net.inputs, *net.units]))
    if len(domain) == 1:
        domain = Domain.listed([x, [v + 1 for v in x]])
    machine = Machine(net, domain)
    extremes = machine.worst(domain.rows[0], f"{name} = worst")
    for one in runs(net, x, f"{name} = resample", domain=domain):
        for (low, high), y in zip(extremes, one.outputs, strict=True):
            value = fmpq(y.numerator, y.denominator)
            assert not arb(low) > value and not arb(high) < value
