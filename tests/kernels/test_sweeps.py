"""Every single ablation and every pair: kernel, readable twin and exact twin agree."""

from __future__ import annotations

from fractions import Fraction

import jax.numpy as jnp
import numpy as np
import pytest
from kernel_cases import CUBE, HALVES, dyadic, far, number, rough, rough_rows, targets_for

from toynets.errors import ToynetsError
from toynets.forward import precision_of
from toynets.kernels import (
    UNIT_KINDS,
    WEIGHT_KINDS,
    pair_ablations,
    run_rows,
    unit_ablations,
    unit_game,
    value_bound,
    weight_ablations,
)
from toynets.kernels.batched import BLOCK
from toynets.kernels.exact_twins import ExactTwin, exact_worth
from toynets.kernels.measures import row_sum
from toynets.kernels.replacing import unit_texts
from toynets.kernels.sweeping import weights_program
from toynets.kernels.twins import Twin
from toynets.network import Network

SWEEPS = {"units": unit_ablations, "pairs": pair_ablations, "weights": weight_ablations}
CONSTANTS = {"h1": "1/2", "h2": -2, "h3": "3/4", "h1.1": 1, "h1.2": "-1/2", "h2.1": 3, "h2.2": 0}


def more_for(kind, network):
    if kind == "patch":
        return {"source": far(network, None)}
    if kind == "set":
        return {"constants": {u: c for u, c in CONSTANTS.items() if u in network.hidden}}
    return {}


def compared(sweep, network, rows, other, **more):
    """Yield (kernel, other) number by number, over all cases and draws."""
    more = {k: v for k, v in more.items() if k != "constants"}
    twin = other(network, rows)
    for case, text in enumerate(sweep.interventions):
        if sweep.sources is None:
            draws = [(None, sweep.values[case])]
        else:
            draws = list(enumerate(sweep.values[case], start=1))
        for draw, values in draws:
            wanted = twin.worth(text, sweep.value, draw=draw, **more)
            if not isinstance(wanted, list):
                wanted = [wanted]
            if sweep.value == "output":
                wanted = [v for row in wanted for v in row]
            given = np.asarray(values).ravel().tolist()
            assert len(given) == len(wanted)
            yield from zip(given, wanted, strict=True)


@pytest.mark.parametrize("kind", UNIT_KINDS)
@pytest.mark.parametrize("name", ["softmax", "deep", "step"])
@pytest.mark.parametrize("sweep", ["units", "pairs"])
def test_on_a_dyadic_network_every_outcome_is_the_exact_one(sweep, name, kind):
    network = dyadic(name)
    more = more_for(kind, network)
    rows = HALVES[:4] if kind == "resample" else HALVES
    found = SWEEPS[sweep](network, rows, kind, **more)
    cases = list(compared(found, network, rows, ExactTwin, **more))
    assert all(Fraction(a) == b for a, b in cases)
    clean = found.clean if found.sources is None else found.clean[None]
    assert (found.effects == found.values - clean).all()
    assert (found.values != clean).any()  # something happened


@pytest.mark.parametrize("kind", WEIGHT_KINDS)
@pytest.mark.parametrize("name", ["softmax", "step", "bare"])
def test_on_a_dyadic_network_every_weight_and_bias_is_exact(name, kind):
    network = dyadic(name)
    found = weight_ablations(network, HALVES, kind)
    assert len(found.names) == len(network.numbers)
    assert all(Fraction(a) == b for a, b in compared(found, network, HALVES, ExactTwin))


def test_tied_and_masked_weights_have_the_names_that_interventions_use():
    found = weight_ablations(dyadic("bare"), HALVES, "cut")
    assert "x3->h1" not in found.names
    assert "y.bias" not in found.names
    assert found.names[-3:] == ("w@1", "w@2", "h3->y")


@pytest.mark.parametrize("name", ["deep", "smooth"])
@pytest.mark.parametrize("sweep", SWEEPS)
def test_on_rough_networks_the_error_is_within_its_bound(sweep, name):
    network, rows = rough(name), rough_rows()
    kinds = WEIGHT_KINDS if sweep == "weights" else ("zero", "incoming", "mean", "pre mean")
    bound = value_bound(network, rows, "output").max()
    assert bound < 1e-3  # else a wrong number would pass
    for kind in kinds:
        found = SWEEPS[sweep](network, rows, kind)
        cases = list(compared(found, network, rows, ExactTwin))
        assert all(abs(a - float(number(b))) <= bound for a, b in cases)


# Each value function with each sweep and each output, and no more: a row is a program to compile.
VALUED = [
    ("units", "softmax", "mean output"),
    ("units", "softmax", "squared error"),
    ("units", "smooth", "cross-entropy"),
    ("pairs", "smooth", "mean output"),
    ("pairs", "smooth", "squared error"),
    ("pairs", "softmax", "cross-entropy"),
    ("weights", "smooth", "mean output"),
    ("weights", "smooth", "squared error"),
    ("weights", "smooth", "cross-entropy"),
    ("weights", "softmax", "cross-entropy"),
]


@pytest.mark.parametrize(("sweep", "name", "value"), VALUED)
def test_the_value_functions_are_within_their_bounds(sweep, name, value):
    network, rows = rough(name), rough_rows()
    more = {} if value == "mean output" else {"targets": targets_for(network)}
    bound = value_bound(network, rows, value, **more).max()
    assert bound < 0.02
    kind = "flip" if sweep == "weights" else "mean"
    found = SWEEPS[sweep](network, rows, kind, value=value, **more)
    for a, b in compared(found, network, rows, ExactTwin, **more):
        assert abs(a - float(number(b))) <= bound
    twin = list(compared(found, network, rows, Twin, **more))
    assert all(abs(a - b) <= 2 * bound for a, b in twin)


@pytest.mark.parametrize(
    ("sweep", "name", "decision"),
    [
        ("units", "softmax", {"argmax": True}),
        ("units", "deep", {"threshold": 2}),
        ("pairs", "step", {"threshold": "1/8"}),
        ("weights", "softmax", {"argmax": True}),
        ("weights", "step", {"threshold": "1/8"}),
    ],
)
def test_shares_of_decisions_are_exact(sweep, name, decision):
    network = dyadic(name)
    kind = "cut" if sweep == "weights" else "zero"
    targets = {"targets": targets_for(network)}
    for value, more in (("agreement", {}), ("accuracy", targets)):
        more = {**more, "decision": decision}
        found = SWEEPS[sweep](network, HALVES, kind, value=value, **more)
        for other in (ExactTwin, Twin):
            cases = list(compared(found, network, HALVES, other, **more))
            assert all(a == float(b) for a, b in cases)
            assert len({a for a, _ in cases}) > 1
        clean = exact_worth(network, HALVES, "", value, **more)
        assert found.clean == float(clean)


@pytest.mark.parametrize(
    ("layer", "decision"),
    [
        (([[1]], [0.5], "identity"), {"threshold": "1/2"}),
        (([[1], [0]], [0.5, 0.5], "softmax"), {"argmax": True}),
        (([[-1], [0]], [0.5, 0.5], "softmax"), {"argmax": True}),
    ],
)
def test_a_tie_is_a_decision_of_its_own(layer, decision):
    # Without h1 every row is a tie: with it, the first row is not, and the second one is.
    network = Network.from_layers([([[1]], None, "relu"), layer])
    rows = [[1], [-1]]
    found = unit_ablations(network, rows, "zero", value="agreement", decision=decision)
    assert found["h1"] == 0.5
    game = unit_game(network, rows, "zero", "agreement", decision=decision)
    assert game.table.tolist() == [0.5, 1]


def test_float64_networks_are_evaluated_in_float64():
    network, rows = rough("deep", "float64"), rough_rows()
    found = unit_ablations(network, rows, "mean")
    assert found.values.dtype == np.float64
    bound = value_bound(network, rows, "output").max()
    assert bound < 1e-11
    cases = list(compared(found, network, rows, ExactTwin))
    assert all(abs(a - float(b)) <= bound for a, b in cases)


def test_rows_are_taken_in_blocks_without_a_change():
    # 45 rows are a block of 32 and one that is filled up; 8 are one block that is not.
    network = dyadic("softmax")
    rows = [[(r * k) % 7 / 2 for k in (1, 2, 3)] for r in range(1, 46)]
    assert BLOCK == 32
    whole = unit_ablations(network, rows, "zero")
    parts = [unit_ablations(network, rows[at : at + 8], "zero").values for at in range(0, 40, 8)]
    assert (whole.values[:, :40] == np.concatenate(parts, axis=1)).all()
    mean = unit_ablations(network, rows, "zero", value="mean output")
    assert (mean.values == whole.values.astype("float64").mean(axis=1)).all()
    targets = [r % 2 for r in range(45)]
    # What fills a block up has logits 0 and 0: were it counted, it would add log 2 to each sum.
    found = unit_ablations(network, rows, "zero", value="cross-entropy", targets=targets)
    z = whole.values.astype("float64")
    exact = np.logaddexp(z[..., 0], z[..., 1]) - z[:, range(45), targets]
    bound = float(value_bound(network, rows, "cross-entropy", targets=targets))
    assert np.abs(found.values - exact.mean(axis=1)).max() <= bound < 0.01


def test_a_row_that_fills_up_a_block_counts_for_nothing():
    values = jnp.arange(96.0).reshape(2, 48)
    real = jnp.arange(48) < 45
    with precision_of("float64"):
        assert row_sum(values).tolist() == [sum(range(48)), sum(range(48, 96))]
        assert row_sum(values, real).tolist() == [sum(range(45)), sum(range(48, 93))]
        nothing = jnp.where(real, values, jnp.nan)
        assert row_sum(nothing, real).tolist() == row_sum(values, real).tolist()
    # Rows that are 16 apart are added in float32, the rest in float64.
    far = jnp.array([2.0**25] * 16 + [1.0] * 16, "float32")
    with precision_of("float64"):
        assert row_sum(far).item() == 2.0**29
        assert row_sum(far[:17]).item() == 2.0**29 + 1


def test_many_cases_are_taken_in_chunks_without_a_change():
    # 90 weights into each hidden unit are three chunks of 31, 31 and 29 (with the bias)
    sizes = np.random.default_rng(0)
    network_layers = [
        (sizes.integers(-8, 9, (2, 90)) / 8, sizes.integers(-8, 9, 2) / 8, "relu"),
        (sizes.integers(-8, 9, (1, 2)) / 8, [0.5], "identity"),
    ]
    network = Network.from_layers(network_layers)
    rows = (sizes.integers(-2, 3, (3, 90)) / 2).tolist()
    found = weight_ablations(network, rows, "cut")
    for a, b in compared(found, network, rows, ExactTwin):
        assert Fraction(a) == b


def test_clean_values_of_many_inputs():
    network = dyadic("deep")
    batch = run_rows(network, HALVES)
    for r, row in enumerate(HALVES):
        assert Fraction(batch["y"][r].item()) == exact_worth(network, [row], "", "output")[0][0]
    assert batch["h1.2.pre"].shape == (8,)
    assert (np.maximum(batch["h1.2.pre"], 0) == batch["h1.2"]).all()
    with pytest.raises(ToynetsError, match=r"no unit h9\. Units: h1\.1"):
        batch["h9"]


def test_one_program_serves_every_kind_and_every_input_of_one_shape():
    network = dyadic("softmax")
    weight_ablations(network, HALVES, "cut")
    before = weights_program.jitted._cache_size()
    weight_ablations(network, CUBE, "flip")
    weight_ablations(network.with_numbers({"h1->y1": 2}), CUBE, "cut")
    assert weights_program.jitted._cache_size() == before


def test_a_draw_reads_every_other_row_once():
    found = unit_ablations(dyadic("softmax"), CUBE, "resample")
    for r in range(8):
        assert sorted(found.sources[:, r]) == [k for k in range(8) if k != r]


NET = dyadic("softmax")
WRONG = [
    (lambda: unit_ablations(NET, HALVES, "zeros"), r"no kind of ablation zeros.*Nearest: zero"),
    (lambda: weight_ablations(NET, HALVES, "zero"), r"no kind of ablation zero"),
    (lambda: unit_ablations(NET, HALVES, "zero", value="loss"), r"no value function loss"),
    (lambda: unit_ablations(NET, [1, 2, 3], "zero"), r"inputs has shape \(3,\)"),
    (lambda: unit_ablations(NET, [["a"] * 3], "zero"), r"inputs is no array of numbers"),
    (lambda: unit_ablations(NET, [[1, 2, np.inf]], "zero"), r"NaN or infinity"),
    (lambda: unit_ablations(NET, [[1, 2, 1e60]], "zero"), r"too large for float32"),
    (lambda: unit_ablations(NET, HALVES, "set"), r"the kind set needs constants"),
    (lambda: unit_ablations(NET, HALVES, "zero", constants={}), r"does not read constants"),
    (lambda: unit_ablations(NET, HALVES, "set", constants={"h9": 1}), r"no hidden unit h9"),
    (lambda: unit_ablations(NET, HALVES, "set", constants={}), r"set applies to no unit"),
    (lambda: unit_ablations(NET, HALVES, "patch"), r"the kind patch reads x'"),
    (lambda: unit_ablations(NET, HALVES, "zero", source=[0, 0, 0]), r"does not read x'"),
    (lambda: unit_ablations(NET, HALVES, "patch", source=HALVES), r"the source is one input"),
    (lambda: unit_ablations(NET, HALVES[:1], "resample"), r"nothing to draw from"),
    (lambda: unit_ablations(NET, HALVES, "zero", value="accuracy"), r"accuracy needs targets"),
    (
        lambda: unit_ablations(NET, HALVES, "zero", value="output", targets=[0] * 8),
        r"output does not read targets",
    ),
    (
        lambda: unit_ablations(NET, HALVES, "zero", value="squared error", targets=[0] * 7),
        r"7 targets for 8 inputs",
    ),
    (
        lambda: unit_ablations(NET, HALVES, "zero", value="squared error", targets=[2] * 8),
        r"classes from 0 to 1",
    ),
    (
        lambda: unit_ablations(NET, HALVES, "zero", value="cross-entropy", targets=[[1, 1]] * 8),
        r"targets of each row must sum to 1",
    ),
    (
        lambda: unit_ablations(NET, HALVES, "zero", value="cross-entropy", targets=[[2, -1]] * 8),
        r"lie between 0 and 1",
    ),
    (
        lambda: unit_ablations(
            dyadic("deep"), HALVES, "zero", value="cross-entropy", targets=[0] * 8
        ),
        r"needs softmax or sigmoid outputs, but these are identity",
    ),
    (
        lambda: unit_ablations(dyadic("deep"), HALVES, "zero", value="agreement"),
        r"agreement needs a decision",
    ),
    (
        lambda: unit_ablations(
            dyadic("deep"), HALVES, "zero", value="agreement", decision={"argmax": True}
        ),
        r"one output has no largest",
    ),
    (lambda: unit_ablations(NET, HALVES, "zero")["h9"], r"no case h9"),
    (
        lambda: pair_ablations(NET, HALVES, "set", constants={"h1": 1}),
        r"no two units that set applies to",
    ),
]


@pytest.mark.parametrize(("call", "said"), WRONG)
def test_wrong_use_is_answered_with_the_fault(call, said):
    with pytest.raises(ToynetsError, match=said):
        call()


def test_a_unit_without_edges_on_a_side_has_none_to_set_to_0_there():
    network = Network.from_layers(
        [([[1, 0], [0, 0]], [0, 1], "relu"), ([[0, 1]], None, "identity")],
        masks=[[[1, 0], [0, 0]], [[0, 1]]],
    )
    for kind, units in (("outgoing", ["h2"]), ("incoming", ["h1"]), ("zero", ["h1", "h2"])):
        texts = unit_texts(network, kind, None)
        assert list(texts) == units
        assert all(network.wiring.resolve(text) for text in texts.values())


def test_a_network_without_hidden_units_has_none_to_ablate():
    line = Network.from_layers([([[1, 2, 3]], [0], "identity")])
    with pytest.raises(ToynetsError, match="no hidden units"):
        unit_ablations(line, HALVES, "zero")
    found = weight_ablations(line, HALVES, "cut")
    assert all(Fraction(a) == b for a, b in compared(found, line, HALVES, ExactTwin))


def test_a_table_that_would_not_fit_is_refused(monkeypatch):
    from toynets.kernels import ablations

    monkeypatch.setattr(ablations, "LARGEST", 10)
    with pytest.raises(ToynetsError, match=r"4 cases on 8 rows make a table of 64 numbers"):
        unit_ablations(NET, HALVES, "zero")
