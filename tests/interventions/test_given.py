"""What can be handed over to a run, and what is refused by name."""

from __future__ import annotations

from fractions import Fraction

import jax.numpy as jnp
import numpy as np
import pytest
from intervention_cases import BASE, BITS, NET

from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.interventions import Runner, run, trace
from toynets.network import Network


@pytest.mark.parametrize(
    "x",
    [
        [1, 1],
        (1.0, 1.0),
        ["1", "1/1"],
        np.array([1, 1]),
        np.array([1, 1], "float32"),
        np.array([True, True]),
        jnp.array([1.0, 1.0], "float32"),
        [np.float32(1), jnp.ones((), "float32")],
        [Fraction(1), True],
    ],
    ids=repr,
)
def test_an_input_may_be_any_sequence_or_array(x):
    assert run(NET, x) == 2.5


@pytest.mark.parametrize("x", [1, 1.0, "1", np.float32(1), np.array(1), Fraction(1), [1]], ids=repr)
def test_a_single_number_will_do_for_one_input(x):
    net = Network.from_layers([([[2]], None, "identity")])
    assert run(net, x) == 2


def test_one_runner_answers_many_questions():
    runner = Runner(NET, BITS)
    assert runner.run(BASE, "h2 = mean") == 5
    assert runner.run([0, 1], "h2 = mean") == -1
    assert runner.run(BASE) == 2.5
    assert runner.run([0, 1], "h2 = (x')", source=BASE) == -3.5


@pytest.mark.parametrize(
    ("x", "message"),
    [
        ([1], r"small has 2 inputs \(x1, x2\), but the input is 1 number\.(.|\n)*fix: give one"),
        ([1, 2, 3], "but the input is 3 numbers"),
        (1, "but the input is 1"),
        ([], "but the input is 0 numbers"),
        ([[0, 1]], r"likely cause: one row of numbers is one input; several rows are several"),
        ([[0, 1], [1, 1]], r"x1 of the input: expected a number but got \[0, 1\]"),
        (np.zeros((1, 2)), "several rows are several runs"),
        ([1, float("nan")], r"x2 of the input: nan is not a number(.|\n)*likely cause"),
        (np.array([np.inf, 0]), "x1 of the input: inf is not a number"),
        ([1, "one"], "x2 of the input: 'one' is not a number"),
        ([1, "0,5"], r"x2 of the input: (.|\n)*write 0\.5 or 1/2"),
        ([1, None], "x2 of the input: expected a number but got None"),
        ([1, 1e39], r"x2 = 1e\+39 is too large for float32\.(.|\n)*fix: use toynets\.exact"),
    ],
)
def test_a_bad_input_is_refused_by_name(x, message):
    with pytest.raises(ToynetsError, match=message):
        run(NET, x)


@pytest.mark.parametrize(
    ("text", "given", "message"),
    [
        ("h2 = resample", {"domain": BITS}, r"is a family of runs(.|\n)*fix: use runs\("),
        ("h2 = worst", {"domain": BITS}, r"both extremes of each output(.|\n)*fix: use runs\("),
        ("h2 = (x')", {}, r"reads x', but no source input(.|\n)*pass source="),
        ("x1->h2 = (x')", {}, "reads x', but no source input"),
        ("h2 = (x')", {"source": [1]}, "small has 2 inputs .*but the source is 1 number"),
        ("h2 = (x')", {"source": [1, float("inf")]}, "x2 of the source: inf"),
        ("h2 = mean", {}, r"needs a domain(.|\n)*fix: pass domain=Domain\.boolean\(2\)"),
        ("h2 = mean", {"domain": Domain.box("[0,1]^2")}, r"a box has no list(.|\n)*sampled"),
        ("h2 = mean", {"domain": Domain.boolean(3)}, "has 3 inputs, but small has 2"),
        ("h3 = 0", {}, r"no unit h3 in small(.|\n)*Nearest: h2(.|\n)*column 1"),
        ("h2 = 1" + "0" * 50, {}, "h2 = 1e\\+50 is too large for float32"),
        ("h2.bias = 1" + "0" * 50, {}, "h2.bias = 1e\\+50 is too large for float32"),
    ],
)
@pytest.mark.parametrize("ask", [run, trace])
def test_what_cannot_be_run_says_why_and_what_to_do(ask, text, given, message):
    with pytest.raises(ToynetsError, match=message):
        ask(NET, BASE, text, **given)
