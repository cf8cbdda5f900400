"""Each trained network is trained again from its recorded recipe and seed: the same mechanism.

Bits differ between machines, so what is asked of the new network is that the stored explanation
holds of it, with tolerances thirty times as wide (a training that lands elsewhere misses by more
than a hundred times), after its hidden units are put in the stored order.

Five networks, of five kinds of training, are trained again in every run; the others, which take
minutes, under `pytest -m retrain`.
"""

import itertools

import pytest

from toynets import zoo
from toynets.explanation import Explanation
from toynets.network import Network
from toynets.rationals import rational, text
from toynets.training import train
from toynets.verification import verify

WIDER = 30
TRAINED = [name for name in zoo.names() if zoo.load(name).trained is not None]
ALWAYS = ("nand-trained", "xor-tanh", "xor-stuck-third", "parity-trained", "symmetry-trained")
EACH = [pytest.param(name, marks=() if name in ALWAYS else pytest.mark.retrain) for name in TRAINED]


def orders(network):
    """Every order of a few hidden units; of many, or of several layers, the order as trained."""
    units = range(len(network.hidden))
    if len(network.layers) != 2 or len(units) > 4:
        return [None]
    return list(itertools.permutations(units))


def reordered(network, order, name):
    layers = [(layer.weight, layer.bias, layer.activation) for layer in network.layers]
    if order is not None:
        (weight, bias, activation), (outgoing, outer, last) = layers
        weight, bias = [weight[i] for i in order], bias and [bias[i] for i in order]
        layers = [
            (weight, bias, activation),
            ([[row[i] for i in order] for row in outgoing], outer, last),
        ]
    return Network.from_layers(
        layers,
        inputs=network.inputs,
        outputs=list(network.outputs),
        ties=network.ties,
        name=name,
    )


def widened(entry):
    data = entry.explanation.to_dict()
    data["tolerance"] = {
        row: text(rational(value) * WIDER) for row, value in data["tolerance"].items()
    }
    # Roles and concepts of a near-zero number may turn with its sign: the mechanism is asked for.
    for said in (*data["weights"].values(), *data["units"].values()):
        said["role"] = ""
        said.pop("concept", None)
    return Explanation.from_dict(data)


def explained_by(entry, network):
    explanation = widened(entry)
    return any(
        verify(reordered(network, order, entry.name), explanation, entry.task.domain).verdict
        not in ("refuted", "unknown")
        for order in orders(network)
    )


def again(entry):
    recipe = entry.trained
    return train(
        recipe["task"],
        hidden=recipe["hidden"],
        activation=recipe["activation"],
        seed=recipe["seed"],
        recipe=recipe,
    ).network


@pytest.mark.parametrize("name", EACH)
def test_training_again_from_the_recorded_seed_gives_the_same_mechanism(name):
    entry = zoo.load(name)
    assert explained_by(entry, again(entry))


def test_five_kinds_of_training_are_always_tried_and_no_other():
    assert set(ALWAYS) <= set(TRAINED)
    assert [len(EACH), sum(bool(p.marks) for p in EACH)] == [len(TRAINED), len(TRAINED) - 5]


def test_another_mechanism_is_told_apart_even_with_the_wider_tolerances():
    a, b = zoo.load("xor-relu-1"), zoo.load("xor-relu-2")
    assert not explained_by(a, b.network)
    assert not explained_by(b, a.network)
    assert explained_by(a, a.network) and explained_by(b, b.network)
