"""The checker stands alone: small, the standard library, no code of the prover."""

from __future__ import annotations

import ast
import itertools
import json
import shutil
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest
from hand_certificates import ACCEPTED, certificate, fresh, leaf, proved, says, split, variables
from hypothesis import given
from hypothesis import strategies as st

import toynets.certificate_checker as checker
from toynets.expressions import parse_expression
from toynets.network import Network
from toynets.rationals import fraction, rational
from toynets.strategies import networks

FILE = Path(checker.__file__)
TREE = ast.parse(FILE.read_text("utf-8"))


def test_it_has_300_lines_at_most():
    assert len(FILE.read_text("utf-8").splitlines()) <= 300


def test_it_imports_the_standard_library_alone():
    found = set()
    for node in ast.walk(TREE):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            found.add(str(node.module).split(".")[0])
        elif isinstance(node, ast.Name):
            assert node.id not in ("__import__", "eval", "exec", "compile", "globals")
    assert found <= sys.stdlib_module_names
    assert not found & {"importlib", "pickle", "marshal", "ctypes", "subprocess", "os"}


def bodies(tree):
    """The bodies of all functions, without docstrings and names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            body = [s for s in node.body if not isinstance(s, ast.Expr)]
            if len(body) > 1:
                yield ast.dump(ast.Module(body, []))


def lines(path):
    """Each pair of neighbouring lines that say something."""
    said = [line.strip() for line in path.read_text("utf-8").splitlines()]
    said = [line for line in said if len(line) > 25 and not line.startswith(("#", "from"))]
    return set(itertools.pairwise(said))


def test_it_shares_no_code_with_the_rest_of_the_package():
    own, pairs = set(bodies(TREE)), lines(FILE)
    assert own and pairs
    for path in FILE.parent.rglob("*.py"):
        if path != FILE:
            assert not own & set(bodies(ast.parse(path.read_text("utf-8")))), path
            assert not pairs & lines(path), path


@pytest.mark.parametrize(
    ("content", "status", "out", "err"),
    [
        (json.dumps(ACCEPTED["tent"]), 0, '"leaves": [2, 0]', ""),
        ("{}", 1, "", "refused: the key format is missing"),
        (None, 2, "", "No such file"),
    ],
)
def test_it_runs_by_itself_from_anywhere(tmp_path, content, status, out, err):
    shutil.copy(FILE, tmp_path)
    if content is not None:
        (tmp_path / "proof.json").write_text(content)
    command = [sys.executable, "-I", "-S", FILE.name, "proof.json"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == status
    assert out in done.stdout and err in done.stderr


@given(networks(), st.sampled_from(["float32", "float64"]))
def test_the_hash_is_that_of_the_package(net, dtype):
    data = net.to_dict() | {"dtype": dtype}
    data.pop("hash")
    data = Network.from_dict(data).to_dict()
    inputs, units, digest = checker.read_net(data)
    assert (tuple(inputs), digest) == (net.inputs, data["hash"])
    assert [unit for unit, *_ in units] == list(net.units)


@given(st.floats(width=32, allow_nan=False, allow_infinity=False))
def test_the_hash_of_any_float32(number):
    net = Network.from_layers([([[number]], [-0.0], "relu")])
    assert checker.read_net(net.to_dict())[2] == net.hash


NUMBERS = st.sampled_from(["0", "1", "2", "1/2", "0.75", "3"])
BITS = ("{} > {}", "{} >= {}", "{} < {}", "{} <= {}", "{} == {}", "{} != {}")
VALUES = ("{} + {}", "{} - {}", "max({}, {})", "min({}, {}, 1)", "2*{} - {}/4", "step({}) + {}")


def larger(inner):
    """Expressions of expressions: values, and truth values of comparisons."""
    pair = st.tuples(inner, inner)
    bits = st.builds(lambda form, two: f"({form.format(*two)})", st.sampled_from(BITS), pair)
    logic = st.one_of(
        st.builds("({} and {})".format, bits, bits),
        st.builds("({} or {} or {})".format, bits, bits, bits),
        st.builds("(not {})".format, bits),
    )
    values = st.builds(lambda form, two: f"({form.format(*two)})", st.sampled_from(VALUES), pair)
    alone = st.builds(lambda f, a: f"{f}({a})", st.sampled_from(["relu", "abs", "-"]), inner)
    return st.one_of(values, alone, bits, logic)


TEXTS = st.recursive(st.one_of(st.sampled_from(["x", "z"]), NUMBERS), larger, max_leaves=8)
PLACES = st.fractions(-2, 2, max_denominator=4)


@given(TEXTS, PLACES, PLACES)
def test_expressions_mean_what_the_package_says(said, x, z):
    values = {"x": rational(x), "z": rational(z)}
    expected = fraction(parse_expression(said).evaluate(values))
    over = [{"name": name, "low": str(at), "high": str(at)} for name, at in (("x", x), ("z", z))]
    claim = {"text": said, "variables": over, "verdict": "refuted", "witness": [str(x), str(z)]}
    for shift, holds in ((0, True), (Fraction(1, 7), False)):
        number = expected + shift
        sentence = f"({said}) != {number}"
        data = certificate(
            ACCEPTED["tent"]["network"],
            claim | {"program": [says(sentence, x=0, z=1)]},
        )
        if holds:
            checker.check(json.dumps(data).encode())
        else:
            with pytest.raises(checker.Refused, match="the sentence holds there"):
                checker.check(json.dumps(data).encode())


def test_a_cover_as_deep_as_a_file_may_be_needs_no_recursion():
    count, holds = 3_000, leaf(("-", [[0, "1"]]))
    cover = []
    for k in range(count):
        cover += [split([f"-{k + 1}", [[0, str(count)]]], 2 * k + 2, 2 * k + 1), holds]
    claim = proved("deep", variables("0", "1", "x"), [says("x >= 0", x=0)], *cover, holds)
    data = certificate(ACCEPTED["tent"]["network"], claim)
    assert checker.check(json.dumps(data).encode())["leaves"] == [count + 1]


def test_what_is_checked_is_left_as_it_was():
    data = fresh("edited")
    checker.read_net(data["network"])
    assert data == ACCEPTED["edited"]
