"""The network record: what `from_layers` reads and refuses, the hash, and ways in and out."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest

from toynets.errors import ToynetsError
from toynets.fields import replace
from toynets.network import Network

XOR_LAYERS = [([[1, 1], [1, 1]], [0, -1], "relu"), ([[1, -2]], [0], "identity")]
XOR = Network.from_layers(XOR_LAYERS, name="xor-sum")
DEEP = Network.from_layers(
    [
        ([[1, 0], [2, 3]], None, "tanh"),
        ([[0.5, 0], [0, -1], [1, 1]], [1, 2, 3], "abs"),
        ([[1, 2, 3], [4, 5, 6]], [0, 1], "softmax"),
    ],
    masks=[[[1, 0], [1, 1]], [[True, False], [False, True], [True, True]], None],
    ties={"w": ["x1->h1.1", "h1.1->h2.3"], "b": ["h2.1.bias", "y2.bias"]},
    dtype="float64",
    name="deep",
)


def one(weight, bias=0, dtype="float32", **options):
    return Network.from_layers([([[weight]], [bias], "relu")], dtype=dtype, **options)


def test_standing_names_count_from_one():
    assert (XOR.inputs, XOR.hidden, XOR.outputs) == (("x1", "x2"), ("h1", "h2"), ("y",))
    assert DEEP.units == ("h1.1", "h1.2", "h2.1", "h2.2", "h2.3", "y1", "y2")
    assert XOR.sizes == (2, 2, 1) and DEEP.sizes == (2, 2, 3, 2)
    assert XOR.text == "2-2-1 relu" and DEEP.text == "2-2-3-2 tanh/abs, softmax output"
    assert one(1).text == "1-1 relu"
    assert XOR.activation_of("h2") == "relu" and XOR.activation_of("y") == "identity"


def test_weights_are_named_row_to_column_from():
    net = Network.from_layers([([[1, 2, 3], [4, 5, 6]], [7, 8], "identity")])
    assert net.numbers == {
        "x1->y1": 1,
        "x2->y1": 2,
        "x3->y1": 3,
        "y1.bias": 7,
        "x1->y2": 4,
        "x2->y2": 5,
        "x3->y2": 6,
        "y2.bias": 8,
    }


def test_given_names_in_their_forms():
    net = Network.from_layers(
        XOR_LAYERS, inputs=["a", "b"], units=["either", "both"], outputs="sum"
    )
    assert (net.inputs, net.units) == (("a", "b"), ("either", "both", "sum"))
    nested = Network.from_layers(
        XOR_LAYERS, inputs=("a", "b"), units=[("either", "both")], outputs=["sum"]
    )
    assert nested == net
    single = Network.from_layers([([[1]], [0], "relu")] * 2, inputs="a", units="u")
    assert (single.inputs, single.units) == (("a",), ("u", "y"))
    assert Network.from_layers([([[1]], None, "relu")], units=[]).units == ("y",)
    deep = Network.from_layers([([[1]], None, "relu")] * 3, units=[None, ["mine"]])
    assert deep.units == ("h1.1", "mine", "y")


def test_numbers_are_read_in_every_form():
    import jax.numpy as jnp
    import numpy as np

    rows = [[0.5, -2.0], [0.25, 3.0]]
    wanted = Network.from_layers([(rows, [1, 0.125], "relu")])
    for weight, bias in (
        ([["1/2", "-2"], ["0.25", 3]], ["1", "1/8"]),
        ([[Fraction(1, 2), -2], [Fraction(1, 4), Fraction(3)]], (Fraction(1), 0.125)),
        (np.array(rows, np.float32), np.array([1, 0.125], np.float16)),
        (np.array(rows), np.array([1, 0.125])),
        (jnp.array(rows), jnp.array([1, 0.125])),
        (
            [np.array(rows[0]), tuple(np.float32(v) for v in rows[1])],
            [np.int64(1), jnp.float32(1 / 8)],
        ),
    ):
        assert Network.from_layers([(weight, bias, "relu")]) == wanted


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_nan_and_infinity_are_refused_by_address(bad):
    with pytest.raises(ToynetsError, match=r"x1->y = (nan|-?inf): .*not a number that a network"):
        one(bad)
    with pytest.raises(ToynetsError, match=r"y\.bias = (nan|-?inf)"):
        one(1, bad, round=True)


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ("0,5", "x1->y = '0,5': .*only the point[^\0]*write 0.5 or 1/2"),
        ("abc", "x1->y = 'abc': 'abc' is not a number"),
        (None, "x1->y = None: expected a number but got None"),
        ([1], r"x1->y = \[1\]: expected a number but got \[1\]"),
        (1j, "expected a number but got 1j"),
    ],
)
def test_what_is_no_number_is_refused_by_address(bad, message):
    with pytest.raises(ToynetsError, match=message):
        one(bad)


def test_a_number_that_the_dtype_cannot_hold_is_refused_or_rounded_and_reported():
    with pytest.raises(
        ToynetsError, match=r"x1->y = 0\.1 is not a float32 number; the nearest is 0\.10000000149"
    ) as caught:
        one(0.1)
    assert "round=True" in caught.value.fix and "dtype='float64'" in caught.value.fix
    rounded = one("0.1", "1/2", round=True)
    assert rounded["x1->y"] == 0.10000000149011612
    assert rounded.rounded == (("x1->y", "0.1", 0.10000000149011612),)
    assert one(0.1, dtype="float64")["x1->y"] == 0.1 and one(0.5).rounded == ()
    with pytest.raises(ToynetsError, match="is not a float64 number"):
        one("0.1", dtype="float64")


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        (2.0**-149, 2.0**-149),
        (2.0**-150, 0.0),  # halfway to the smallest number goes to the even neighbour, 0
        (2.0**-150 * 1.5, 2.0**-149),
        ((1 + 2.0**-24) * 1.0, 1.0),
        ("1/3", 0.3333333432674408),
        (3.4028235e38, 3.4028234663852886e38),
    ],
)
def test_rounding_to_float32(given, stored):
    assert one(given, round=True)["x1->y"] == stored


@pytest.mark.parametrize("given", [3.5e38, -3.5e38, "1" + "0" * 39])
def test_a_number_over_the_range_is_refused_even_with_round(given):
    with pytest.raises(ToynetsError, match="is too large for float32"):
        one(given, round=True)
    assert math.isfinite(one(given, dtype="float64", round=True)["x1->y"])


def test_negative_zero_is_zero():
    for zero in (-0.0, "-0", Fraction(0), -(2.0**-151)):
        net = one(zero, -0.0, round=True)
        assert math.copysign(1, net["x1->y"]) == 1 == math.copysign(1, net["y.bias"])
        assert net == one(0) and net.hash == one(0).hash


SHAPES = [
    ([([[1, 1]], [0], "relu"), ([[1], [1]], [0, 0], "relu")], None),
    ([([[1, 1]], [0, 0], "relu")], "layer 1: weight (1, 2) but bias of length 2"),
    ([([[1, 1]], [], "relu")], "layer 1: weight (1, 2) but bias of length 0"),
    (
        [([[1, 1]], [0], "relu"), ([[1, 1]], [0], "relu")],
        "layer 1 has 1 units but layer 2 has weight (1, 2): 2 columns",
    ),
]


@pytest.mark.parametrize(("layers", "fault"), SHAPES)
def test_shapes_must_chain(layers, fault):
    if fault is None:
        Network.from_layers(layers)
        return
    with pytest.raises(ToynetsError) as caught:
        Network.from_layers(layers)
    assert fault in str(caught.value)


def test_every_mismatch_is_listed():
    layers = [([[1, 1]], [0, 0], "relu"), ([[1, 1]], None, "relu"), ([[1, 1]], [], "relu")]
    with pytest.raises(ToynetsError, match="the layers do not chain") as caught:
        Network.from_layers(layers)
    faults = [line for line in caught.value.message.split("\n") if line.startswith("  ")]
    assert len(faults) == 4
    assert "transposed" not in str(caught.value)


def test_a_transposed_network_is_recognised():
    import numpy as np

    right = [(np.ones((3, 2)), np.zeros(3), "relu"), (np.ones((1, 3)), np.zeros(1), "identity")]
    Network.from_layers(right)
    turned = [(weight.T, bias, activation) for weight, bias, activation in right]
    with pytest.raises(ToynetsError, match="yours may be transposed") as caught:
        Network.from_layers(turned)
    assert caught.value.fix == "transpose each matrix."
    with pytest.raises(ToynetsError, match="yours may be transposed"):
        Network.from_layers([(np.ones((2, 3)), np.zeros(3), "relu")])
    # Transposing would not mend this one, so it is not suggested.
    with pytest.raises(ToynetsError, match="do not chain") as caught:
        Network.from_layers([(np.ones((2, 3)), None, "relu"), (np.ones((4, 4)), None, "relu")])
    assert "transpose" not in str(caught.value)


MALFORMED = [
    ([], "a network has at least one layer"),
    (None, "a network has at least one layer"),
    (5, "a network has at least one layer"),
    ([([[1]], [0])], r"layer 1 is not \(weight, bias, activation\)"),
    ([[[1]]], r"layer 1 is not \(weight, bias, activation\)"),
    ([([1, 2], [0], "relu")], "a single row needs two pairs of brackets"),
    ([([], [0], "relu")], "the weight of layer 1 is not a matrix"),
    ([([[]], [0], "relu")], "the weight of layer 1 is not a matrix"),
    ([("11", [0], "relu")], "the weight of layer 1 is not a matrix"),
    ([(["11"], [0], "relu")], "the weight of layer 1 is not a matrix"),
    ([(3, [0], "relu")], "the weight of layer 1 is not a matrix"),
    ([([[1, 2], [3]], [0, 0], "relu")], r"rows of .* layer 1 have different lengths: \[2, 1\]"),
    ([([[1]], 0, "relu")], "the bias of layer 1 is not a list but 0"),
    ([([[1]], "0", "relu")], "the bias of layer 1 is not a list but '0'"),
    ([([[1]], [0], "swish")], "no activation swish. Activations: identity, relu"),
    ([([[1]], [0], None)], "no activation None"),
    ([([[1]], [0], "softmax"), ([[1]], [0], "relu")], "layer 1 is a softmax layer; softmax stands"),
]


@pytest.mark.parametrize(("layers", "message"), MALFORMED)
def test_malformed_layers_are_refused(layers, message):
    with pytest.raises(ToynetsError, match=message):
        Network.from_layers(layers)


NAMES = [
    ({"inputs": ["a"]}, "1 names for 2 of kind input: a"),
    ({"inputs": "a"}, "1 names for 2 of kind input"),
    ({"inputs": 2}, "expected a list of names for each input but got 2"),
    ({"inputs": ["a", "a"]}, "the name a is given twice"),
    ({"inputs": ["h1", "b"]}, "the name h1 is given twice"),
    ({"units": ["x1", "u"]}, "the name x1 is given twice"),
    ({"outputs": "h1"}, "the name h1 is given twice"),
    ({"outputs": ["y", "z"]}, "2 names for 1 of kind output"),
    ({"units": ["mean", "u"]}, "'mean' cannot be the name of a unit of hidden layer 1: .*reserved"),
    ({"units": ["max", "u"]}, "reserved"),
    ({"units": ["a.b", "u"]}, "'a.b' cannot be the name"),
    ({"units": ["u.2", "u"]}, "'u.2' cannot be the name"),
    ({"units": ["1u", "u"]}, "cannot be the name"),
    ({"units": [3, "u"]}, "units names 2 hidden layers but the network has 1|expected a list"),
    ({"units": []}, "units names 0 hidden layers but the network has 1"),
    ({"units": [["a", "b"], ["c"]]}, "units names 2 hidden layers but the network has 1"),
    ({"units": ["a"]}, "1 names for 2 of kind unit of hidden layer 1"),
    ({"units": 5}, "units is a list of names but got 5"),
]


@pytest.mark.parametrize(("options", "message"), NAMES)
def test_names_that_are_refused(options, message):
    with pytest.raises(ToynetsError, match=message):
        Network.from_layers(XOR_LAYERS, **options)


def test_a_mask_takes_edges_away():
    assert "x2->h1.1" not in DEEP.numbers and ("x2", "h1.1") not in DEEP.wiring.edges
    assert DEEP.wiring.biased == {"h2.1", "h2.2", "h2.3", "y1", "y2"}
    assert len(DEEP.numbers) == 3 + (4 + 3) + (6 + 2)
    full = Network.from_layers(XOR_LAYERS, masks=[[[1, 1], [1, 1]], None])
    assert full == XOR and full.hash == XOR.hash and full.layers[0].mask is None


@pytest.mark.parametrize(
    ("mask", "message"),
    [
        ([[1, 0], [1, 1]], r"x2->h1 is masked out but has the value 1\.0"),
        ([[1, 1]], r"the mask of layer 1 has another shape than its weight, \(2, 2\)"),
        ([1, 1], "another shape"),
        (1, "another shape"),
        ([[1, 1], [1, "0"]], "the mask of layer 1 has other entries than true and false"),
        ([[1, 1], [1, 0.5]], "other entries than true and false"),
    ],
)
def test_a_mask_that_is_refused(mask, message):
    with pytest.raises(ToynetsError, match=message):
        Network.from_layers(XOR_LAYERS, masks=[mask, None])


def test_there_is_a_mask_for_each_layer():
    for masks in ([None], 5, [None] * 3):
        with pytest.raises(ToynetsError, match=r"expected a mask .* for each of 2 layers"):
            Network.from_layers(XOR_LAYERS, masks=masks)


@pytest.mark.parametrize(
    ("ties", "message"),
    [
        ({"w": ["x1->h1", "h2->y"]}, r"w shares one number, but its members have \[-2\.0, 1\.0\]"),
        ({"w": ["x1->h9"]}, r"no weight x1->h9 in tied group w.*Nearest: x1->h2"),
        ({"w": [3]}, "no weight 3 in tied group w"),
        ({"w": ["x1->h1"], "v": ["x1->h1"]}, "x1->h1 is given twice .* in w and in v"),
        ({"w": ["x1->h1", "x1->h1"]}, "x1->h1 is given twice .* in w and in w"),
        ({"h1": ["x1->h1"]}, "the name h1 is given twice"),
        ({"mean": ["x1->h1"]}, "'mean' cannot be the name of a tied group"),
        ({"w": "x1->h1"}, "ties is a mapping from the name of a group to a list"),
        ({"w": []}, "ties is a mapping"),
        (["x1->h1"], "ties is a mapping"),
    ],
)
def test_ties_that_are_refused(ties, message):
    with pytest.raises(ToynetsError, match=message):
        Network.from_layers(XOR_LAYERS, ties=ties)


def test_a_dtype_is_float32_or_float64():
    import numpy as np

    for dtype in ("float16", "int32", None, 32):
        with pytest.raises(ToynetsError, match="expected dtype float32 or float64 but got"):
            one(1, dtype=dtype)
    assert one(1, dtype=np.dtype("float64")) == one(1, dtype="float64")


def test_a_number_is_read_by_any_spelling_of_its_address():
    assert XOR["h2->y"] == XOR["h2:y"] == XOR["h2→y"] == XOR[" h2 -> y"] == -2
    assert XOR["h2.bias"] == -1 and DEEP["w"] == 1
    for wrong in ("h3->y", "h1", "->h1", "h1 = 0", "", "x1->h1, x2->h1", 3):
        with pytest.raises(ToynetsError, match=r"no weight .* in xor-sum\. Weights: x1->h1, "):
            XOR[wrong]
    with pytest.raises(ToynetsError, match=r"no unit h9 in xor-sum\..*Nearest: h2"):
        XOR.activation_of("h9")


def test_the_hash_is_of_dtype_numbers_activations_and_masks():
    changed = [
        XOR.with_numbers({address: value + 2.0**-20}).hash for address, value in XOR.numbers.items()
    ]
    changed += [
        Network.from_layers(XOR_LAYERS, dtype="float64").hash,
        Network.from_layers([(*XOR_LAYERS[0][:2], "abs"), XOR_LAYERS[1]]).hash,
        Network.from_layers([XOR_LAYERS[0], ([[1, -2]], None, "identity")]).hash,
        Network.from_layers([XOR_LAYERS[1], ([[1]], [0], "identity")]).hash,
    ]
    zero = [([[0, 1], [1, 1]], *XOR_LAYERS[0][1:]), XOR_LAYERS[1]]
    changed += [
        Network.from_layers(zero).hash,
        Network.from_layers(zero, masks=[[[0, 1], [1, 1]], None]).hash,
    ]
    assert len({XOR.hash, *changed}) == 1 + len(changed) == 16
    assert len(XOR.hash) == 64


def test_the_hash_is_that_of_canonical_json_written_by_hand():
    import hashlib

    canonical = (
        '{"dtype":"float32","layers":[{"activation":"relu","bias":["0x0.0p+0","-0x1.0000000000000p'
        '+0"],"mask":null,"weight":[["0x1.0000000000000p+0","0x1.0000000000000p+0"],["0x1.00000000'
        '00000p+0","0x1.0000000000000p+0"]]},{"activation":"identity","bias":["0x0.0p+0"],"mask":n'
        'ull,"weight":[["0x1.0000000000000p+0","-0x1.0000000000000p+1"]]}]}'
    )
    assert XOR.hash == hashlib.sha256(canonical.encode()).hexdigest()


def test_names_and_ties_are_not_part_of_the_hash():
    named = Network.from_layers(
        XOR_LAYERS, inputs=["a", "b"], units=["u", "v"], outputs="z", name="other"
    )
    tied = Network.from_layers(XOR_LAYERS, ties={"w": ["x1->h1", "x2->h1"]})
    assert named.hash == tied.hash == XOR.hash
    assert named != XOR and tied != XOR


def test_the_hash_writes_negative_zero_as_zero_however_it_came_in():
    layer = replace(XOR.layers[0], bias=(-0.0, -1.0))
    assert Network((layer, XOR.layers[1]), XOR.inputs).hash == XOR.hash


def test_equality_is_of_numbers_and_names_but_not_of_the_title():
    again = Network.from_layers(XOR_LAYERS, name="another title")
    assert again == XOR and hash(again) == hash(XOR)
    assert XOR.with_numbers({"h1->y": 2}) != XOR and XOR != "xor"


def test_the_record_is_frozen():
    with pytest.raises(AttributeError):
        XOR.dtype = "float64"


def test_the_table_has_every_weight_with_its_exact_value():
    net = one("0.1", "-1/2", round=True, name="tiny")
    assert net.table().text().split("\n") == [
        "tiny  1-1 relu",
        "weight  from  to                value               exact",
        "x1->y   x1    y   0.10000000149011612  13421773/134217728",
        "y.bias        y                  -0.5                -1/2",
    ]
    assert str(net) == net.table().text() and net._repr_html_() == net.table().html()
    assert net._repr_markdown_() == net.table().markdown()
    assert net.table().to_dict()["rows"][1] == {
        "weight": "y.bias",
        "from": "",
        "to": "y",
        "value": -0.5,
        "exact": "-1/2",
    }
    assert repr(XOR) == f"<Network xor-sum {XOR.hash[:8]}>"


def test_weights_are_records():
    first, *_, last = DEEP.weights()
    assert (first.name, first.source, first.target, first.group) == ("x1->h1.1", "x1", "h1.1", "w")
    assert (last.name, last.source, last.target, last.group) == ("y2.bias", "", "y2", "b")
    assert first.exact == Fraction(1) and [w.name for w in DEEP.weights()] == list(DEEP.numbers)


def test_parameters_go_into_arrays_and_back():
    import numpy as np

    for net in (XOR, DEEP):
        params = net.params()
        assert net.with_params(params) == net
        assert all(a.dtype == net.dtype for arrays in params.values() for a in arrays)
    assert params["weight"][1].tolist() == [[0.5, 0], [0, -1], [1, 1]]
    assert params["bias"][0].tolist() == [0, 0]
    doubled = XOR.with_params({k: tuple(2 * a for a in v) for k, v in XOR.params().items()})
    assert doubled["h2->y"] == -4 and doubled.units == XOR.units and doubled.name == "xor-sum"
    wide = {k: tuple(np.asarray(a, np.float64) * 0.1 for a in v) for k, v in XOR.params().items()}
    with pytest.raises(ToynetsError, match="is not a float32 number"):
        XOR.with_params(wide)
    assert XOR.with_params(wide, round=True)["x1->h1"] == 0.10000000149011612


def test_parameters_of_another_shape_are_refused_and_every_fault_is_listed():
    params = XOR.params()
    w, b = params["weight"], params["bias"]
    with pytest.raises(ToynetsError, match="the parameters do not fit the network") as caught:
        XOR.with_params({"weight": (w[0][:1], w[1].T), "bias": (b[0], b[0])})
    assert caught.value.message.count("\n") == 3
    assert "weight of layer 2 has shape (2, 1) instead of (1, 2)" in caught.value.message
    with pytest.raises(ToynetsError, match="weight has 1 arrays for 2 layers"):
        XOR.with_params({"weight": w[:1], "bias": b})
    for wrong in ({"weight": w}, [w, b], {**params, "more": 1}):
        with pytest.raises(ToynetsError, match='a dict with the keys "weight" and "bias"'):
            XOR.with_params(wrong)


def test_a_value_for_an_absent_edge_or_bias_is_refused():
    def changed(kind, k, index):
        params = {key: [a.copy() for a in arrays] for key, arrays in DEEP.params().items()}
        params[kind][k][index] = 1
        return params

    with pytest.raises(ToynetsError, match="layer 1 has no bias, but the parameters give it one"):
        DEEP.with_params(changed("bias", 0, 1))
    with pytest.raises(ToynetsError, match=r"x2->h1\.1 is masked out but has the value"):
        DEEP.with_params(changed("weight", 0, (0, 1)))


def test_with_numbers_changes_what_is_named_and_nothing_else():
    changed = DEEP.with_numbers({"h2.3->y1": "7/2", "y1.bias": 9, "w": 0.25})
    wanted = {**DEEP.numbers, "h2.3->y1": 3.5, "y1.bias": 9, "x1->h1.1": 0.25, "h1.1->h2.3": 0.25}
    assert changed.numbers == wanted
    assert (changed.ties, changed.layers[0].mask) == (DEEP.ties, DEEP.layers[0].mask)
    assert DEEP.with_numbers({}) == DEEP


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"h9->y1": 1}, "no weight h9->y1 in deep"),
        ({"x2->h1.1": 1}, "no weight x2->h1.1 in deep"),
        ({"x1->h1.1": 2}, "the tied group w shares one number"),
        ({"w": 2, "x1->h1.1": 2}, "x1->h1.1 is changed twice"),
        ({"y1.bias": math.nan}, "not a number that a network can hold"),
    ],
)
def test_with_numbers_refuses(changes, message):
    with pytest.raises(ToynetsError, match=message):
        DEEP.with_numbers(changes)


def test_building_a_network_imports_neither_jax_nor_numpy():
    import subprocess
    import sys

    code = (
        "import sys; from toynets.network import Network\n"
        "n = Network.from_layers([([[1]], [0], 'relu')]); n.hash; n.table(); n.to_json()\n"
        "Network.from_json(n.to_json()); n.wiring.resolve('x1->y = 0')\n"
        "print([m for m in ('jax', 'numpy', 'fractions', 'inspect') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = found.stdout.strip()
    assert "jax" not in loaded and "numpy" not in loaded
