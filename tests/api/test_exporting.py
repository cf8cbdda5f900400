"""A claim exported as ONNX and VNN-LIB, read back by other routes and answered by another tool."""

import random
import subprocess
import sys
from fractions import Fraction

import pytest

from toynets.api.exporting import export_claim
from toynets.errors import ToynetsError
from toynets.exact import run
from toynets.io.onnx import read_onnx
from toynets.io.vnnlib import number, write_vnnlib
from toynets.rationals import fraction, from_float, rational
from toynets.verification.proofs.forms import Form, atom
from toynets.verification.proofs.networks import as_network
from toynets.verification.proofs.program import Program, Variable
from toynets.zoo import load

# (name, what is exported, whether it holds)
CLAIMS = [
    ("max-2", {}, True),
    ("max-2", {"intervention": "h1 = 0"}, True),
    ("max-2", {"intervention": "h1 = h1(x'), h2.bias += 1/2"}, True),
    ("abs", {"intervention": "h2 = mean"}, True),
    ("abs", {"bound": "y <= 1 - x1/2"}, False),
    ("abs-trained", {"intervention": "h1 = 0"}, True),
    ("max-2", {"intervention": "h2 = worst"}, True),
    ("abs-trained", {"within": "0", "margin": "1/1048576"}, False),
    ("max-trained", {"bound": "y >= x1 - 1/100"}, True),
    ("max-trained", {"intervention": "x1->h2 = 0", "round": True}, True),
    ("max-2", {"bound": "y <= max(x1, abs(x2)) - 1/8"}, False),
]


class Question:
    """A VNN-LIB file, read by a small evaluator of its own: S-expressions over fractions."""

    def __init__(self, text):
        words = "".join(f"{line.split(';')[0]}\n" for line in text.splitlines())
        words = words.replace("(", " ( ").replace(")", " ) ").split()
        self.commands = []
        while words:
            self.commands.append(self.tree(words))

    def tree(self, words):
        word = words.pop(0)
        if word != "(":
            return word
        found = []
        while words[0] != ")":
            found.append(self.tree(words))
        words.pop(0)
        return found

    @property
    def names(self):
        return [command[1] for command in self.commands if command[0] == "declare-const"]

    def box(self):
        """The bounds of the inputs: every assertion about a single X."""
        ends = {name: [None, None] for name in self.names if name[0] == "X"}
        for _, condition in (c for c in self.commands if c[0] == "assert"):
            if isinstance(condition[1], str) and condition[1] in ends:
                ends[condition[1]][condition[0] == "<="] = Fraction(condition[2])
        return list(ends.values())

    def holds(self, condition, values):
        operator, *parts = condition
        if operator in ("and", "or"):
            return (all if operator == "and" else any)(self.holds(p, values) for p in parts)
        left, right = (values[p] if p in values else Fraction(p) for p in parts)
        return left <= right if operator == "<=" else left >= right

    def sat(self, values):
        return all(self.holds(c[1], values) for c in self.commands if c[0] == "assert")


def asked(made, row):
    """Whether a point answers the question: the ONNX file run exactly on it."""
    question = Question(made.vnnlib)
    network = read_onnx(made.onnx, "claim.onnx")
    outputs = run(network, row)
    values = {f"X_{k}": Fraction(v) for k, v in enumerate(row)}
    values |= {f"Y_{k}": outputs[name] for k, name in enumerate(network.outputs)}
    assert sorted(values) == sorted(question.names)
    return question.sat(values), values


@pytest.mark.parametrize(("name", "keys", "holds"), CLAIMS)
def test_no_point_of_a_grid_answers_a_question_about_what_holds(name, keys, holds):
    made = export_claim(name, **keys)
    ends = Question(made.vnnlib).box()
    draw = random.Random(0)
    rows = [
        [draw.choice((low, high, (low + 3 * high) / 4)) for low, high in ends] for _ in range(25)
    ]
    assert any(asked(made, row)[0] for row in rows) != holds


@pytest.mark.parametrize(("name", "keys", "holds"), CLAIMS)
def test_marabou_answers_as_we_do(tmp_path, name, keys, holds):
    pytest.importorskip("maraboupy")
    if "(x')" in keys.get("intervention", ""):
        pytest.skip("Marabou 2.0.0 does not end on an equality over pairs of inputs")
    made = export_claim(name, **keys)
    (tmp_path / "claim.onnx").write_bytes(made.onnx)
    (tmp_path / "claim.vnnlib").write_text(made.vnnlib, "utf-8")
    if made.network.dtype == "float64":
        pytest.skip("Marabou 2.0.0 reads no float64 tensors of ONNX")
    program = "from maraboupy.MarabouCore import maraboupyMain as m; import sys; m(sys.argv)"
    done = subprocess.run(
        [sys.executable, "-c", program, "claim.onnx", "claim.vnnlib", "--verbosity", "0"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    words = done.stdout.split()
    assert ("unsat" if holds else "sat") in words, done.stdout + done.stderr
    assert ("sat" if holds else "unsat") not in words


def test_outputs_are_what_the_claim_is_about():
    made = export_claim("max-2", intervention="h1 = 0", within="1/8")
    entry = load("max-2")
    limits = [Fraction(one[1][2]) for one in Question(made.vnnlib).commands[-1][1][1:]]
    assert limits == [Fraction(-1, 8) - Fraction(1, 1024)] * 2
    model = entry.explanation.model(rows=[[0, 0]])
    for row in ([Fraction(1, 3), Fraction(3, 4)], [Fraction(1), Fraction(0)]):
        _, values = asked(made, row)
        theirs = fraction(model.do("h1 = 0", [rational(v) for v in row])["y"])
        gap = run(entry.network, row, "h1 = 0")["y"] - theirs
        assert (values["Y_0"], values["Y_1"]) == (-gap, gap)


def test_any_piecewise_linear_program_becomes_one_network():
    # Skips, inputs read again two layers on, abs and relu in one level.
    third = Variable("x2", rational(-2), rational("1/2"))
    made = Program([Variable("x1", rational(-1), rational(1)), third])
    h = made.raw("relu", Form(rational("1/2"), {0: rational(1), 1: rational(-2)}))
    a = made.raw("abs", Form(rational(-1), {1: rational(1)}))
    g = made.raw("abs", Form(rational(0), {h: rational(1), a: rational(-1), 0: rational("1/4")}))
    outputs = [Form(rational("3/8"), {g: rational(2), 1: rational(1), h: rational(-1)}), atom(0)]
    network, constants = as_network(made, outputs)
    assert [layer.activation for layer in network.layers] == ["relu", "relu", "identity"]
    assert [str(c) for c in constants] == ["3/8", "0"] and network.dtype == "float32"
    draw = random.Random(4)
    for _ in range(30):
        row = [Fraction(draw.randint(-8, 8), 8), Fraction(draw.randint(-16, 4), 8)]
        values = made.values([rational(v) for v in row])
        found = run(network, row)
        for k, form in enumerate(outputs):
            exact = form.value(values) - constants[k]
            assert found[network.outputs[k]] == Fraction(int(exact.p), int(exact.q))


def test_further_conditions_are_asserted_too():
    lines = write_vnnlib([(0, 1)] * 2, [(0, -1)], [(1, 0)], ["why\nso"]).splitlines()
    assert lines[0] == "; why so"
    assert lines[-2:] == ["(assert (>= Y_1 0.0))", "(assert (<= Y_0 -1.0))"]
    question = Question("\n".join(lines))
    assert question.sat({"X_0": 0, "X_1": 1, "Y_0": -1, "Y_1": 0})
    assert not question.sat({"X_0": 0, "X_1": 1, "Y_0": -1, "Y_1": Fraction(-1, 9)})


@pytest.mark.parametrize(
    ("name", "keys", "why"),
    [
        ("max-trained", {}, "no float holds"),
        ("abs", {"box": "[0,1/3]"}, "no float holds 1/3"),
        ("xor-tanh", {"box": "[0,1]^2"}, "tanh units"),
        ("xor-sum", {}, "which is finite"),
        ("abs", {"margin": "0"}, "the margin is more than 0"),
        ("abs", {"bound": "y <= 1", "intervention": "h1 = 0"}, "without an intervention"),
        ("max-trained", {"round": True, "margin": "1/1000000000000000"}, "take a larger margin"),
    ],
)
def test_what_cannot_be_exported_is_refused(name, keys, why):
    with pytest.raises(ToynetsError, match=why):
        export_claim(name, **keys)


def test_numbers_are_read_back_as_the_same_float():
    draw = random.Random(1)
    for value in [0.1, -(2.0**-40), 1e22, 5e-324, *(draw.gauss(0, 1) for _ in range(50))]:
        said = number(value)
        assert float(said) == value and "e" not in said and "." in said
        assert from_float(float(said)) == from_float(value)
    with pytest.raises(ToynetsError, match="finite numbers"):
        number(float("inf"))
    with pytest.raises(ToynetsError, match="is empty"):
        write_vnnlib([(1, 0)], [(0, 0)])
    with pytest.raises(ToynetsError, match="that can fail"):
        write_vnnlib([(0, 1)], [])
