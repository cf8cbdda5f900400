"""Any task and any shape: what is left to a default, and the bar."""

from __future__ import annotations

import io

import numpy as np
import pytest
from training_cases import by_hand

from toynets import tasks
from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.fields import replace
from toynets.training import train
from toynets.training.descent import PIECE

THREE = tasks.Task(
    name="which",
    title="which of three inputs is on",
    inputs=("red", "green", "blue"),
    outputs=("r", "g", "b"),
    domain=Domain.listed(np.eye(3).tolist()),
    rule=lambda row: row,
    decision={"argmax": True},
    loss="cross-entropy",
    hidden=(4,),
)


def test_a_task_of_ones_own_trains_a_softmax_with_its_names():
    done = train(THREE, seed=1, activation="tanh")
    assert done.network.text == "3-4-3 tanh, softmax output"
    assert (done.network.inputs, done.network.outputs) == (THREE.inputs, THREE.outputs)
    z = by_hand(done.network.params(), ["tanh", "identity"], np.eye(3))
    shares = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    assert done.final_loss == pytest.approx(-np.log(np.diag(shares)).mean(), rel=1e-3)
    assert done.max_error == pytest.approx(np.abs(shares - np.eye(3)).max(), abs=1e-5)
    assert done.max_error < 0.1


@pytest.mark.parametrize(
    ("hidden", "units"), [((3, 2), ["h1.1", "h1.2", "h1.3", "h2.1", "h2.2"]), ((), [])]
)
def test_any_number_of_hidden_layers(hidden, units):
    assert list(train("and", hidden=hidden, steps=20).network.hidden) == units


@pytest.mark.parametrize(
    ("arguments", "text", "optimiser", "init"),
    [
        ({}, "2-2-1 relu", "adam", "he-normal"),
        ({"activation": "linear"}, "2-2-1 identity", "adam", "he-normal"),
        (
            {"activation": "tanh", "loss": "bce"},
            "2-2-1 tanh, sigmoid output",
            "adam",
            "glorot-normal",
        ),
        (
            {"recipe": "rhw1986", "activation": "sigmoid"},
            "2-2-1 sigmoid, sigmoid output",
            "momentum",
            "uniform",
        ),
    ],
)
def test_the_loss_decides_the_output_and_the_recipe_the_rest(arguments, text, optimiser, init):
    done = train("xor", steps=20, **arguments)
    assert done.network.text == text
    assert (done.recipe["optimiser"], done.recipe["init"]) == (optimiser, init)
    assert done.to_dict() == {
        "network": done.network.to_dict(),
        "recipe": done.recipe,
        "final_loss": done.final_loss,
        "max_error": done.max_error,
        "seconds": done.seconds,
    }
    assert repr(done).startswith(f"<Training of xor: {text}, seed 0, 20 steps, loss ")


def test_a_recipe_of_the_task_is_for_its_own_loss():
    assert tasks.load("symmetry-6").recipe == "rhw1986"  # of momentum
    assert train("symmetry-6", loss="bce", steps=1).recipe["optimiser"] == "adam"


def test_classes_are_exclusive_for_cross_entropy():
    both = replace(THREE, rule=lambda row: (1, 1, 0))
    with pytest.raises(ToynetsError, match="needs one output per class, exactly one of them 1"):
        train(both, steps=1)


@pytest.mark.parametrize(("asked", "shown"), [(True, True), (False, False), (None, False)])
def test_a_bar_is_shown_on_the_error_stream_if_asked_for(monkeypatch, asked, shown):
    stream = io.StringIO()
    monkeypatch.setattr("sys.stderr", stream)
    train("and", steps=3 * PIECE, progress=asked)
    assert ("training and" in stream.getvalue()) == shown
    assert ("100%" in stream.getvalue()) == shown


def test_steps_are_told_to_whoever_asks():
    told = []
    train("and", steps=3 * PIECE, progress=lambda *step: told.append(step))
    assert told == [("training and", k * PIECE, 3 * PIECE) for k in range(4)]


def test_a_bar_comes_by_itself_on_a_terminal_when_it_takes_long(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    quick, slow = Terminal(), Terminal()
    monkeypatch.setattr("sys.stderr", quick)
    monkeypatch.setattr("toynets.training.trainer.LONG", 1e9)
    train("and", steps=3 * PIECE)
    monkeypatch.setattr("sys.stderr", slow)
    monkeypatch.setattr("toynets.training.trainer.LONG", 0.0)
    train("and", steps=3 * PIECE)
    assert quick.getvalue() == ""
    assert "training and" in slow.getvalue()
