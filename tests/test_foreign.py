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
