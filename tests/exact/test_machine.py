"""One machine: its values by name, and what it refuses to run."""

from __future__ import annotations

import pytest
from exact_cases import BITS, NET, ONE
from flint import fmpq

from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.exact import Machine, run, trace


def test_values_of_a_machine_by_name():
    found = Machine(NET, BITS).values((1, 1), "h1 = mean, x2 = 0")
    assert found == {
        "x1": 1,
        "x2": 0,
        "h1.pre": 0,
        "h1": fmpq(3, 4),
        "h2.pre": fmpq(7, 2),
        "h2": fmpq(7, 2),
        "y.pre": fmpq(-7, 4),
        "y": fmpq(-7, 4),
    }
    assert isinstance(found["h2"], fmpq)


@pytest.mark.parametrize("call", [run, trace])
@pytest.mark.parametrize(
    ("text", "given", "said"),
    [
        ("h1 = (x')", {}, r"reads x', but no source input is given(.|\n)*source=\["),
        ("x1->h1 = (x')", {}, r"reads x', but no source input is given"),
        ("h1 = mean", {}, r"h1 = mean averages (.|\n)*none is given(.|\n)*domain="),
        ("h1.pre = mean", {"domain": Domain.box("[0,1]^2")}, r"is a box(.|\n)*fix: use Domain"),
        ("h1 = resample", {"domain": BITS}, r"resample is a family(.|\n)*use runs\(network"),
        ("h1 = worst", {"domain": BITS}, r"worst is a family(.|\n)*use runs\(network"),
        ("h3 = 0", {}, r"no unit h3 in net\. Units: h1, h2\. Nearest: h2"),
        ("x3->h1 = 0", {}, r"no input x3 in net"),
        ("h1 =", {}, r"a value is missing"),
        ("h1 = 0, h1 = 1", {}, r"h1 is changed twice"),
        ("h1 = 0", {"domain": Domain.boolean(3)}, r"has 3 inputs, but net has 2: x1, x2"),
    ],
)
def test_what_cannot_be_run_is_refused(call, text, given, said):
    with pytest.raises(ToynetsError, match=said):
        call(NET, ONE, text, **given)


def test_a_machine_refuses_what_it_cannot_answer():
    machine = Machine(NET, BITS)
    with pytest.raises(ToynetsError, match=r"two extremes of each output(.|\n)*worst\("):
        machine.outcome((1, 1), "h1 = worst")
    with pytest.raises(ToynetsError, match=r"resample is a family(.|\n)*draws=\{1: source\}"):
        machine.values((1, 1), "h1 = resample")
    with pytest.raises(ToynetsError, match=r"no value h3 in net(.|\n)*Nearest: h2"):
        machine.mean("h3")
    with pytest.raises(ToynetsError, match=r"no value x1\.pre in net"):
        machine.interval("x1.pre")
