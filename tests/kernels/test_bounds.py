"""What the error bounds take for granted, and that they are bounds and not tolerances."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from flint import arb
from kernel_cases import dyadic, rough, rough_rows

from toynets.errors import ToynetsError
from toynets.forward import FUNCTIONS, precision_of
from toynets.kernels import exact_worth, reach, run_rows, shares_bound
from toynets.kernels.bounds import ULPS, gamma
from toynets.network import Network
from toynets.rationals import from_float, workprec

POINTS = np.concatenate(
    [np.linspace(-30, 30, 1201), np.geomspace(1e-6, 80, 300), -np.geomspace(1e-6, 80, 300)]
)
EXACT = {
    "tanh": lambda x: x.tanh(),
    "sigmoid": lambda x: 1 / (1 + (-x).exp()),
    "exp": lambda x: x.exp(),
    "log": lambda x: x.log(),
    "log1p": lambda x: (1 + x).log(),
}
JITTED = {
    "tanh": FUNCTIONS["tanh"],
    "sigmoid": FUNCTIONS["sigmoid"],
    "exp": jnp.exp,
    "log": jnp.log,
    "log1p": jnp.log1p,
}


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("name", EXACT)
def test_elementary_functions_are_right_to_the_ulps_that_the_bounds_take(name, dtype):
    points = np.abs(POINTS) if name.startswith("log") else POINTS
    points = points[points > 0] if name == "log" else points
    points = points.astype(dtype)
    unit = float(np.finfo(dtype).eps) / 2
    with precision_of(dtype):
        found = np.asarray(jax.jit(JITTED[name])(jnp.asarray(points)))
    assert found.dtype == dtype
    with workprec():
        exact = [EXACT[name](arb(from_float(float(x)))) for x in points.tolist()]
        for value, wanted in zip(found.tolist(), exact, strict=True):
            size = max(1.0, abs(float(wanted)))  # the bounds take it relative to 1 or more
            if name == "exp":
                size = abs(float(wanted))
            assert abs(arb(from_float(value)) - wanted) <= ULPS * unit * size


def test_gamma_counts_roundings():
    unit = 2.0**-24
    assert gamma(3, unit) == 3 * unit / (1 - 3 * unit)
    with pytest.raises(ToynetsError, match="too many roundings"):
        gamma(2**24, unit)


def test_the_reach_of_a_network_holds_its_outputs_and_their_errors():
    network, rows = rough("deep"), rough_rows()
    found = reach(network, rows)
    outputs = run_rows(network, rows).outputs
    assert (np.abs(outputs) <= found.output).all()
    for r, row in enumerate(rows):
        exact = exact_worth(network, [row], "", "output")[0]
        assert all(
            abs(a - float(b)) <= e
            for a, b, e in zip(outputs[r], exact, found.output_error, strict=True)
        )


def test_the_reach_of_a_bias_alone_is_the_bias():
    tiny = Network.from_layers([([[0.0]], [-3.0], "identity")])
    assert reach(tiny, [[5.0]]).output[0] == 3


def test_an_error_is_passed_on_times_the_weight():
    first = ([[0.25, 0.75]], [0.125], "relu")
    one = reach(Network.from_layers([first]), [[1.0, 2.0]]).output_error[0]
    two = Network.from_layers([first, ([[1000.0]], [0.0], "identity")])
    assert reach(two, [[1.0, 2.0]]).output_error[0] >= 1000 * one > 0


@pytest.mark.parametrize(("name", "slope"), [("tanh", 1), ("sigmoid", 0.25)])
def test_a_smooth_unit_passes_an_error_on_times_its_slope_and_adds_its_own(name, slope):
    found = reach(Network.from_layers([([[500.0]], [0.0], name)]), [[1.0]])
    assert found.pre_error[0] > 1e-4
    own = found.output_error[0] - slope * found.pre_error[0]
    assert own == pytest.approx(ULPS * 2.0**-24, rel=1e-2)


def test_a_bound_is_a_few_roundings_and_grows_with_the_magnitudes():
    network, rows = rough("deep"), rough_rows()
    small = reach(network, rows)
    assert (small.output_error < 1e-5 * small.output).all()
    large = reach(network, (100 * np.array(rows)).tolist())
    assert (large.output_error > 50 * small.output_error).all()
    further = reach(network, rows, also=[1000, 0, 0])
    assert (further.output_error > small.output_error).all()
    set_high = reach(network, rows, constants={"h1.1": 10_000})
    assert (set_high.output > small.output).all()
    # A step unit jumps: nothing less than its whole height is a bound.
    assert reach(dyadic("step"), rows).output_error.max() > 0.01
    assert shares_bound("Shapley value", 4, 1.0, 1e-3) > 1e-3
