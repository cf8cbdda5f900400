"""The forward function: values by hand, one place for interventions, one compiled program."""

from __future__ import annotations

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from toynets import forward
from toynets.activations import ACTIVATIONS
from toynets.forward import (
    FUNCTIONS,
    Edits,
    Replace,
    compiled_pass,
    evaluate,
    forward_pass,
    logits,
    no_edits,
    outputs,
    precision_of,
)

# h = relu(2 x1 - x2 + 1), relu(x1 + 3 x2 - 2);  y = 3 h1 - 2 h2 + 1/2
PARAMS = {
    "weight": (np.array([[2, -1], [1, 3]], "float32"), np.array([[3, -2]], "float32")),
    "bias": (np.array([1, -2], "float32"), np.array([0.5], "float32")),
}
ACTS = ("relu", "identity")
ONES = np.array([1, 1], "float32")


def edited(**changes):
    """No edits, except `part=(layer, index, value)`; the layer is not used for inputs."""
    edits = no_edits((2, 2, 1))
    for part, (layer, index, value) in changes.items():
        array = getattr(edits, part)
        array = array if part == "inputs" else array[layer]
        array.mask[index] = True
        array.value[index] = value
    return edits


def test_every_pre_activation_and_activation_of_one_example():
    found = forward_pass(PARAMS, ACTS, ONES)
    assert found.inputs.tolist() == [1, 1]
    assert [z.tolist() for z in found.pre] == [[2, 2], [2.5]]
    assert [a.tolist() for a in found.activation] == [[2, 2], [2.5]]
    found = forward_pass(PARAMS, ACTS, np.zeros(2, "float32"))
    assert [z.tolist() for z in found.pre] == [[1, -2], [3.5]]
    assert found.activation[0].tolist() == [1, 0]


@pytest.mark.parametrize(
    ("name", "values"),
    {
        "identity": [-2, 0, 3],
        "relu": [0, 0, 3],
        "abs": [2, 0, 3],
        "square": [4, 0, 9],
        "step": [0, 0, 1],
        "tanh": [-0.9640275800758169, 0, 0.9950547536867305],
        "sigmoid": [0.11920292202211755, 0.5, 0.9525741268224334],
        "softmax": [-7 / 3, -1 / 3, 8 / 3],  # logits minus their mean
    }.items(),
)
def test_each_activation_has_its_values(name, values):
    found = FUNCTIONS[name](np.array([-2, 0, 3], "float32"))
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, values, rtol=3e-7, atol=0)


def test_no_activation_is_missing():
    assert set(FUNCTIONS) == set(ACTIVATIONS)


@pytest.mark.parametrize(
    ("name", "slopes"),
    {
        "identity": [1, 1, 1],
        "relu": [0, 0, 1],
        "abs": [-1, 0, 1],
        "step": [0, 0, 0],
        "square": [-4, 0, 6],
    }.items(),
)
def test_the_derivative_at_a_kink_is_the_stated_convention(name, slopes):
    found = jax.grad(lambda z: jnp.sum(FUNCTIONS[name](z)))(np.array([-2, 0, 3], "float32"))
    assert found.tolist() == slopes
    at_kink = ACTIVATIONS[name].derivative_at_kink
    assert at_kink in ("", str(slopes[1]))


@pytest.mark.parametrize(
    ("changes", "pre", "activation"),
    [
        ({}, [[2, 2], [2.5]], [[2, 2], [2.5]]),
        ({"inputs": (None, 0, 0)}, [[0, 1], [-1.5]], [[0, 1], [-1.5]]),
        ({"pre": (0, 1, -3)}, [[2, -3], [6.5]], [[2, 0], [6.5]]),  # relu comes after
        ({"activation": (0, 1, -3)}, [[2, 2], [12.5]], [[2, -3], [12.5]]),
        ({"path": (0, (1, 0), 0)}, [[2, 1], [4.5]], [[2, 1], [4.5]]),  # h1 still sees x1 = 1
        ({"path": (1, (0, 1), 5)}, [[2, 2], [-3.5]], [[2, 2], [-3.5]]),  # h2 itself stays 2
        ({"activation": (1, 0, 7)}, [[2, 2], [2.5]], [[2, 2], [7]]),
    ],
)
def test_each_kind_of_replacement_does_what_it_says(changes, pre, activation):
    found = evaluate(PARAMS, ACTS, ONES, edited(**changes))
    assert [z.tolist() for z in found.pre] == pre
    assert [a.tolist() for a in found.activation] == activation


def test_a_patched_edge_carries_its_value_whatever_its_source_does():
    both = edited(activation=(0, 1, 9), path=(1, (0, 1), 5))
    found = evaluate(PARAMS, ACTS, ONES, both)
    assert found.activation[0].tolist() == [2, 9]
    assert found.pre[1].tolist() == [6 - 10 + 0.5]


def test_a_patched_edge_loses_no_digits_of_the_other_terms():
    # 1e8 * 1 is taken out of the sum; a correction added to the whole sum would leave 0, not 1.
    params = {"weight": (np.array([[1e8, 1]], "float32"),), "bias": (np.zeros(1, "float32"),)}
    edits = no_edits((2, 1))
    edits.path[0].mask[0, 0] = True
    assert evaluate(params, ("identity",), ONES, edits).pre[0].tolist() == [1]


def test_values_under_a_false_mask_are_not_read():
    def spoil(r: Replace) -> Replace:
        return Replace(r.mask, np.full_like(r.value, np.nan))

    clean = no_edits((2, 2, 1))
    spoilt = Edits(spoil(clean.inputs), *(tuple(spoil(r) for r in part) for part in clean[1:]))
    x = np.array([0.3, -0.7], "float32")
    for a, b in zip(
        jax.tree.leaves(evaluate(PARAMS, ACTS, x, clean)),
        jax.tree.leaves(evaluate(PARAMS, ACTS, x, spoilt)),
        strict=True,
    ):
        assert a.tobytes() == b.tobytes()


@pytest.mark.parametrize("acts", [("tanh", "softmax"), ("relu", "identity"), ("sigmoid", "abs")])
def test_without_edits_and_with_the_empty_ones_every_bit_is_the_same(acts):
    draw = np.random.default_rng(0)
    run = jax.jit(outputs, static_argnums=1)
    for _ in range(50):
        params = {
            "weight": tuple(draw.normal(size=s).astype("float32") for s in ((4, 3), (3, 4))),
            "bias": tuple(draw.normal(size=s).astype("float32") for s in (4, 3)),
        }
        x = draw.normal(size=3).astype("float32")
        masked = evaluate(params, acts, x, no_edits((3, 4, 3))).activation[-1]
        assert np.asarray(run(params, acts, x)).tobytes() == masked.tobytes()


def test_one_program_serves_every_intervention_on_one_shape(monkeypatch):
    traced = []

    def counting(z):
        traced.append(z.shape)
        return z

    monkeypatch.setitem(forward.FUNCTIONS, "counted", counting)  # compiled nowhere else
    acts = ("counted", "identity")
    for changes in ({}, {"inputs": (None, 0, 1)}, {"path": (1, (0, 1), 5)}, {"pre": (0, 1, -3)}):
        evaluate(PARAMS, acts, ONES, edited(**changes))
        evaluate(PARAMS, acts, 2 * ONES, edited(**changes))
    assert traced == [(2,)]


def test_float64_is_kept_and_the_setting_of_jax_is_left_alone():
    third = {"weight": (np.array([[1 / 3]]),), "bias": (np.zeros(1),)}
    before = jax.config.jax_enable_x64
    found = evaluate(third, ("identity",), np.ones(1), no_edits((1, 1), "float64"))
    assert found.pre[0].dtype == np.float64
    assert found.pre[0].item() == 1 / 3
    assert jax.config.jax_enable_x64 == before
    assert evaluate(PARAMS, ACTS, ONES, no_edits((2, 2, 1))).pre[0].dtype == np.float32


def test_the_switch_to_float64_is_found_where_older_versions_keep_it(monkeypatch):
    import jax.experimental

    home = jax if hasattr(jax, "enable_x64") else jax.experimental
    new = home.enable_x64
    monkeypatch.delattr(jax, "enable_x64", raising=False)
    monkeypatch.setattr(jax.experimental, "enable_x64", new, raising=False)
    with precision_of("float64"):
        assert jnp.zeros(1, "float64").dtype == np.float64


def test_a_loss_starts_from_the_logits_not_from_the_centred_ones():
    eye = {"weight": (np.eye(2, dtype="float32"),), "bias": (np.array([1, 0], "float32"),)}
    assert logits(eye, ("softmax",), ONES).tolist() == [2, 1]
    assert outputs(eye, ("softmax",), ONES).tolist() == [0.5, -0.5]


def test_gradients_flow_through_a_batch_to_every_weight():
    rows = np.array([[0, 0], [1, 1]], "float32")

    def total(params):
        return jnp.sum(jax.vmap(lambda x: logits(params, ACTS, x))(rows))

    found = jax.grad(total)(PARAMS)
    # h = (1, 0) on 00 and (2, 2) on 11; on 00 the second unit is off.
    assert found["weight"][1].tolist() == [[3, 2]]
    assert found["bias"][1].tolist() == [2]
    assert found["weight"][0].tolist() == [[3, 3], [-2, -2]]
    assert found["bias"][0].tolist() == [6, -2]


def test_the_function_is_pure_under_vmap_over_interventions():
    masks = np.array([[False, False], [True, False], [False, True]])
    clean = no_edits((2, 2, 1))

    def outcome(mask):
        zero = Replace(mask, np.zeros(2, "float32"))
        edits = clean._replace(activation=(zero, clean.activation[1]))
        return compiled_pass(PARAMS, ACTS, ONES, edits).activation[-1]

    assert jax.vmap(outcome)(masks).tolist() == [[2.5], [-3.5], [6.5]]
