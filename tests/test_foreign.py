"""Networks from objects of other libraries: orientation, activation and numbers are theirs."""

from __future__ import annotations

import math
import warnings

import numpy as np
import pytest

from toynets import exact
from toynets.errors import ToynetsError
from toynets.network import Network
from toynets.records import Ball

W1 = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])  # (out, in): 3 inputs, 2 units
W2 = np.array([[1.0, -1.0]])


class Linear:
    """What PyTorch's layer has."""

    def __init__(self, weight, bias):
        self.weight, self.bias = Tensor(weight), None if bias is None else Tensor(bias)


class Tensor:
    """What a PyTorch parameter has."""

    def __init__(self, array):
        self.array = np.asarray(array)
        self.dtype = f"torch.{self.array.dtype}"

    def detach(self):
        return self

    def cpu(self):
        return self

    def tolist(self):
        return self.array.tolist()


class Sequential:
    """What PyTorch's container has."""

    def __init__(self, *parts):
        self.parts = parts

    def children(self):
        return iter(self.parts)


class ReLU: ...


class Dropout: ...


class Conv2d: ...


def test_a_torch_module_is_out_in():
    model = Sequential(Sequential(Linear(W1, [1, 0]), ReLU()), Dropout(), Linear(W2, None))
    found = Network.from_torch(model, name="m")
    assert (found["x3->h1"], found["x1->h2"], found["h1.bias"]) == (3.0, 4.0, 1.0)
    assert [x.activation for x in found.layers] == ["relu", "identity"]
    assert found.layers[1].bias is None and found.dtype == "float64"
    with pytest.raises(ToynetsError, match="Conv2d is not read"):
        Network.from_torch(Sequential(Conv2d()))
    with pytest.raises(ToynetsError, match="has no Linear layer"):
        Network.from_torch(Sequential())


def test_a_flax_tree_is_in_out():
    tree = {
        "params": {"Dense_0": {"kernel": W1.T, "bias": np.zeros(2)}, "Dense_1": {"kernel": W2.T}}
    }
    found = Network.from_flax(tree, activation="tanh")
    assert (found["x3->h1"], found["x1->h2"]) == (3.0, 4.0)
    assert found.layers[0].activation == "tanh"
    with pytest.raises(ToynetsError, match="which activation"):
        Network.from_flax(tree)
    with pytest.raises(ToynetsError, match="no layer with a kernel"):
        Network.from_flax({"params": {"Dense_0": {"weight": W1}}})


class Layer:
    """What Equinox's Linear has."""

    def __init__(self, weight, bias):
        self.weight, self.bias = weight, bias


class MLP:
    """What Equinox's MLP has."""

    def __init__(self, layers, activation, final_activation=lambda x: x):
        self.layers, self.activation, self.final_activation = layers, activation, final_activation


def relu(x):
    return max(x, 0)


def test_an_equinox_mlp_says_its_activations():
    layers = [Layer(W1, np.array([1.0, 0.0])), Layer(W2, None)]
    found = Network.from_equinox(MLP(layers, relu))
    assert [x.activation for x in found.layers] == ["relu", "identity"]
    assert found["x1->h2"] == 4.0
    with pytest.raises(ToynetsError, match="no layers with a weight"):
        Network.from_equinox(object())


class Lambda:
    """What Equinox has for a function between layers."""

    def __init__(self, fn):
        self.fn = fn


class Chain:
    """What Equinox's Sequential has."""

    def __init__(self, *layers):
        self.layers = layers


def tanh(x):
    return math.tanh(x)


def test_functions_between_equinox_layers_are_not_passed_over():
    first, last = Layer(W1, None), Layer(W2, None)
    found = Network.from_equinox(Chain(first, Lambda(relu), last, tanh))
    assert [x.activation for x in found.layers] == ["relu", "tanh"]
    only = Network.from_equinox(Chain(first, Lambda(tanh)))
    assert [x.activation for x in only.layers] == ["tanh"]
    with pytest.raises(ToynetsError, match="layer 1 of the module is relu, but tanh is asked for"):
        Network.from_equinox(Chain(first, Lambda(relu), last), activation="tanh")
    with pytest.raises(ToynetsError, match="Lambda between the layers of Chain is not read"):
        Network.from_equinox(Chain(first, Lambda(math.exp)))
    with pytest.raises(ToynetsError, match="has a weight and is no dense layer"):
        Network.from_equinox(Chain(first, Layer(np.ones(2), np.ones(2)), last), activation="relu")


@pytest.mark.parametrize("last", [lambda x: min(max(x, -1), 1), lambda x: x * 1, math.exp])
def test_a_function_that_may_be_anything_is_not_the_identity(last):
    layers = [Layer(W1, None), Layer(W2, None)]
    with pytest.raises(ToynetsError, match="the final_activation of MLP is a function whose name"):
        Network.from_equinox(MLP(layers, relu, last))
    said = Network.from_equinox(MLP(layers, relu, last), output="sigmoid")
    assert said.layers[1].activation == "sigmoid"


@pytest.mark.parametrize(
    "other",
    [
        {"LayerNorm_0": {"scale": np.ones(2), "bias": np.ones(2)}},
        {"MLP_0": {"Dense_0": {"kernel": W1.T}}},
        {"Conv_0": {"kernel": np.ones((3, 3, 1, 2))}},
    ],
)
def test_a_flax_layer_that_is_not_dense_is_not_passed_over(other):
    tree = {"Dense_0": {"kernel": W1.T}, "Dense_1": {"kernel": W2.T}}
    with pytest.raises(ToynetsError, match=f"not dense: {next(iter(other))}"):
        Network.from_flax({**tree, **other}, activation="relu")


def test_flax_layers_in_an_order_that_nothing_says_are_refused():
    square = np.array([[1.0, 2.0], [3.0, 4.0]])
    tree = {"out": {"kernel": square}, "hidden": {"kernel": 2 * square}}
    with pytest.raises(ToynetsError, match="the tree: which layer comes first is not said"):
        Network.from_flax(tree, activation="relu")
    tree["out"] = {"kernel": W2.T}  # one output: now only one order fits
    assert Network.from_flax(tree, activation="relu")["x1->h1"] == 2.0


class Fitted:
    """What a fitted scikit-learn network has."""

    coefs_, intercepts_ = (W1.T, W2.T), (np.zeros(2), np.zeros(1))
    activation, out_activation_ = "relu", "identity"


@pytest.mark.parametrize(
    ("columns", "inputs"),
    [
        (["age", "size", "b"], ("age", "size", "b")),
        (["age", "petal length (cm)", "b"], ("x1", "x2", "x3")),  # no address
        (["age", "h1", "b"], ("x1", "x2", "x3")),  # a hidden unit's
    ],
)
def test_the_columns_of_a_fitted_model_name_its_inputs(columns, inputs):
    model = Fitted()
    model.feature_names_in_ = np.array(columns, dtype=object)
    assert Network.from_sklearn(model).inputs == inputs
    assert Network.from_sklearn(model, inputs=["p", "q", "r"]).inputs == ("p", "q", "r")


def test_a_square_matrix_is_read_by_the_convention_of_its_library():
    square = np.array([[0.0, 7.0], [0.0, 0.0]])
    assert Network.from_torch(Linear(square, None))["x2->y1"] == 7.0
    assert Network.from_flax({"Dense_0": {"kernel": square}})["x1->y2"] == 7.0


def test_scikit_learn_gives_the_same_probabilities():
    neural = pytest.importorskip("sklearn.neural_network", reason="of the test extra")
    data = np.array([[0, 0], [0, 1], [1, 0], [1, 1], [0.5, 0.25]])
    for classes, activation in (([0, 1, 1, 0, 1], "tanh"), ([0, 1, 2, 0, 1], "logistic")):
        model = neural.MLPClassifier(
            (3,), activation=activation, solver="lbfgs", max_iter=40, random_state=0
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # too few steps to converge: not what is tested
            model.fit(data, classes)
        found = Network.from_sklearn(model)
        for x, p in zip(data, model.predict_proba(data), strict=True):
            y = exact.run(found, x.tolist())
            values = [_float(v) for v in (y if len(found.outputs) > 1 else [y])]
            if len(values) == 1:
                assert values[0] == pytest.approx(p[1], abs=1e-9)
            else:
                shares = [math.exp(v) for v in values]
                assert [s / sum(shares) for s in shares] == pytest.approx(p.tolist(), abs=1e-9)


def _float(value):
    return float(value.lower) if isinstance(value, Ball) else float(value)


def test_a_model_that_is_not_fitted_is_refused():
    with pytest.raises(ToynetsError, match="has no coefs_"):
        Network.from_sklearn(object())
