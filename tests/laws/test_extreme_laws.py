"""Extremes of random programs against brute force: plain loops over a grid."""

from __future__ import annotations

from extreme_cases import Q, as_float, evaluate, grid, one
from flint import arb
from hypothesis import given, reject
from hypothesis import strategies as st

from toynets.errors import ToynetsError
from toynets.extremes import Extreme

SMALL = st.integers(-4, 4).map(lambda k: Q(k, 2))


@st.composite
def programs(draw, activations, widths=(3, 2), most_variables=3):
    """A random net: (nodes, variables, output)."""
    count = draw(st.integers(1, most_variables))
    variables = []
    for _ in range(count):
        low = draw(SMALL)
        variables.append((low, low + draw(st.sampled_from([Q(1, 2), Q(1), Q(3)]))))
    nodes, layer = [], list(range(count))
    for width in widths[: draw(st.integers(1, len(widths)))]:
        following = []
        for _ in range(width):
            terms = [(index, draw(SMALL)) for index in layer]
            nodes.append((draw(st.sampled_from(activations)), draw(SMALL), terms))
            following.append(count + len(nodes) - 1)
        layer = following
    # A direct connection keeps parts together that could otherwise be taken apart.
    terms = [(index, draw(SMALL)) for index in [*layer, 0]]
    last = draw(st.sampled_from(["identity", *activations]))
    nodes.append((last, draw(SMALL), terms))
    return nodes, variables, count + len(nodes) - 1


@given(programs(["relu", "abs", "identity"]))
def test_continuous_programs_are_exact(program):
    nodes, variables, output = program
    found = one(nodes, variables)
    assert evaluate(nodes, found.min_at, output) == found.minimum
    assert evaluate(nodes, found.max_at, output) == found.maximum
    assert found.min_attained and found.max_attained
    steps = {1: 120, 2: 14, 3: 6}[len(variables)]
    for point in grid(variables, steps):
        assert found.minimum <= evaluate(nodes, point, output) <= found.maximum


@given(programs(["step", "relu", "abs", "step"], widths=(3, 2), most_variables=2))
def test_programs_that_jump_are_exact(program):
    nodes, variables, output = program
    found = one(nodes, variables)
    steps = {1: 120, 2: 14}[len(variables)]
    values = [evaluate(nodes, point, output) for point in grid(variables, steps)]
    assert found.minimum <= min(values) and max(values) <= found.maximum
    for extreme, attained, at in (
        (found.minimum, found.min_attained, found.min_at),
        (found.maximum, found.max_attained, found.max_at),
    ):
        if attained:
            assert evaluate(nodes, at, output) == extreme
        else:
            assert extreme not in values
            assert evaluate(nodes, at, output) != extreme
            if len(variables) == 1:  # it is approached from one side or the other
                tiny, (low, high) = Q(1, 10**9), variables[0]
                beside = [at[0] - tiny, at[0] + tiny]
                close = [evaluate(nodes, (v,), output) for v in beside if low <= v <= high]
                assert min(abs(v - extreme) for v in close) < Q(1, 10**6)


def enclosed(nodes, variables) -> Extreme:
    """As `one`; the few random programs with a whole curve of extremes are not tried."""
    try:
        return one(nodes, variables)
    except ToynetsError as error:
        assert "limit" in str(error)
        reject()


@given(programs(["square", "relu"], widths=(2,), most_variables=2))
def test_programs_of_squares_are_enclosed(program):
    nodes, variables, output = program
    found = enclosed(nodes, variables)
    low, high = arb(found.minimum), arb(found.maximum)
    width = 1e-4 * (1 + float(abs(low).upper()) + float(abs(high).upper()))
    assert float(low.rad()) < width and float(high.rad()) < width
    for point in grid(variables, 12):
        value = evaluate(nodes, point, output)
        assert not low > value and not high < value
    for at, extreme in ((found.min_at, low), (found.max_at, high)):
        assert abs(evaluate(nodes, at, output, as_float) - as_float(extreme)) < 2 * width


@given(programs(["tanh", "sigmoid", "relu", "abs"], widths=(2, 2), most_variables=2))
def test_programs_of_tanh_and_sigmoid_are_enclosed(program):
    nodes, variables, output = program
    found = enclosed(nodes, variables)
    low, high = float(arb(found.minimum).lower()), float(arb(found.maximum).upper())
    values = [evaluate(nodes, p, output, float) for p in grid(variables, 12)]
    assert low <= min(values) + 1e-9 and max(values) - 1e-9 <= high
    # Not only wide enough: the place found attains it.
    assert abs(evaluate(nodes, found.min_at, output, as_float) - low) < 1e-4
    assert abs(evaluate(nodes, found.max_at, output, as_float) - high) < 1e-4
