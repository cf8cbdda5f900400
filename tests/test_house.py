"""The house of design.md section 5: a module imports only from rows below its own.

The table is data; `violations` reads the imports of a package tree by `ast` (absolute and relative,
at module level, inside functions, under TYPE_CHECKING, by `import_module`) and reports every one
that breaks a rule. It is itself tried on planted violations at the end of this file.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "toynets"


@dataclass(frozen=True)
class Row:
    """One row of one side. Parts of a row do not import each other, unless they are `together`."""

    height: float
    # "arrays", "meaning", "shared": seen from both sides, "both": the sides have met, "alone"
    side: str
    parts: str
    together: bool = False


HOUSE = (
    Row(
        0,
        "shared",
        "checkout fields names grammar errors activations domain rationals records display wiring "
        "extremes latex_words",
        True,
    ),
    # Of one file, without toynets: a proof is checked by what shares no code with the prover.
    Row(0, "alone", "certificate_checker"),
    # Drawn in row 0; stands on its shared half.
    Row(
        0.5,
        "arrays",
        "network building network_json renumbering weights assembling foreign",
        True,
    ),
    Row(1, "arrays", "forward exact"),
    Row(1, "meaning", "expressions"),
    Row(2, "arrays", "interventions symmetry tasks"),
    Row(2, "meaning", "causal"),
    Row(3, "arrays", "kernels"),
    Row(3, "meaning", "explanation"),
    Row(4, "both", "verification training io"),
    Row(5, "both", "census importance testing"),
    Row(6, "both", "zoo"),
    Row(7, "both", "plots tables readings"),
    Row(8, "both", "explorer coursework studies strategies"),
    Row(9, "both", "__init__ api citation", True),
    Row(10, "both", "cli __main__", True),
)
ROW_OF = {part: row for row in HOUSE for part in row.parts.split()}

# Slow imports, and the parts that may make them at module level. Everything else imports them
# inside the function that needs them, because start-up time is measured.
ARRAYS = ("forward", "interventions", "kernels", "training")
AT_MODULE_LEVEL = {
    "jax": ARRAYS,
    "jaxlib": ARRAYS,
    "optax": ARRAYS,
    "numpy": (*ARRAYS, "plots"),  # matplotlib brings numpy anyway
    "matplotlib": ("plots",),
}

# The meaning side and the shared modules have no arrays at all, not even inside a function, with
# one exception: the vectorised evaluation of expressions, inside its functions (and for its types).
NO_ARRAYS = ("jax", "jaxlib", "optax", "numpy")
NUMPY_INSIDE_FUNCTIONS = ("toynets.expressions.vectorised",)

KERNELS_IN_VERIFICATION = "toynets.verification.fast"
RUN_BY = ("cli",)  # what stands alone is run by nothing else

# Parts that find modules by a computed name: lazy re-exports, the two discoveries, the commands.
COMPUTED_NAMES = ("__init__", "plots", "tasks", "zoo", "cli")


@dataclass(frozen=True)
class Import:
    """One imported module: its absolute name, the line, and where in the file it stands."""

    target: str
    line: int
    where: str  # "module", "function" or "typing"


def modules(root: Path) -> dict[str, Path]:
    """Dotted name -> file, for every module of the package at `root`."""
    found = {}
    for path in sorted(root.rglob("*.py")):
        words = [root.name, *path.relative_to(root).with_suffix("").parts]
        found[".".join(words[:-1] if words[-1] == "__init__" else words)] = path
    return found


def part_of(module: str) -> str:
    """`toynets.zoo.xor` -> `zoo`; the package itself is `__init__`."""
    return [*module.split("."), "__init__"][1]


def imports(path: Path, module: str, known: dict[str, Path]) -> Iterator[Import]:
    """Every import of a file. A name taken `from` a package is its submodule where there is one."""
    top = module.split(".")[0]
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]

    def absolute(name: str, level: int) -> str:
        base = package.split(".")[: len(package.split(".")) - level + 1] if level else []
        return ".".join([*base, *([name] if name else [])])

    def walk(node: ast.AST, where: str) -> Iterator[Import]:
        match node:
            case ast.Import(names=names):
                for alias in names:
                    yield Import(alias.name, node.lineno, where)
                    if alias.asname is None and alias.name.startswith(f"{top}."):
                        yield Import(top, node.lineno, where)  # binds the whole package
            case ast.ImportFrom(module=name, names=names, level=level):
                base = absolute(name or "", level)
                for alias in names:
                    inner = f"{base}.{alias.name}"
                    yield Import(inner if inner in known else base, node.lineno, where)
            case ast.Call(func=function) if called(function) in ("import_module", "__import__"):
                match [*node.args, *(keyword.value for keyword in node.keywords)]:
                    case [ast.Constant(value=str(text)), *_]:
                        name = text.lstrip(".")
                        yield Import(absolute(name, len(text) - len(name)), node.lineno, where)
                    case _:
                        yield Import("?", node.lineno, where)
        if isinstance(node, ast.If) and called(node.test) == "TYPE_CHECKING":
            for child in node.body:
                yield from walk(child, "typing")
            for child in node.orelse:
                yield from walk(child, where)
            return
        inside = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for child in ast.iter_child_nodes(node):
            yield from walk(child, "function" if inside and where == "module" else where)

    yield from walk(ast.parse(path.read_text(encoding="utf-8")), "module")


def called(node: ast.AST) -> str:
    """The last name of `a.b.c` or `c`."""
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def fault(module: str, one: Import) -> str:
    """What is wrong with one import of a module, in words; empty where nothing is."""
    top = module.split(".")[0]
    part, row = part_of(module), ROW_OF[part_of(module)]
    outside = one.target.split(".")[0]
    if one.target == "?":
        return "" if part in COMPUTED_NAMES else "imports by a computed name"
    if row.side == "alone" and outside not in sys.stdlib_module_names:
        return f"imports {one.target}: it stands alone"
    if outside != top:
        if outside in NO_ARRAYS and row.side in ("meaning", "shared"):
            excepted = outside == "numpy" and module in NUMPY_INSIDE_FUNCTIONS
            if not (excepted and one.where in ("function", "typing")):
                return f"the {row.side} side imports {outside}"
        if one.where == "module" and part not in AT_MODULE_LEVEL.get(outside, (part,)):
            return f"imports {outside} at module level"
        return ""
    other = part_of(one.target)
    if other not in ROW_OF:
        return f"imports {one.target}, which is in no row"
    below = ROW_OF[other]
    if below.side == "alone" and part not in RUN_BY:
        return f"imports {other}, which the command line alone runs"
    if {row.side, below.side} == {"arrays", "meaning"}:
        return f"{row.side} side imports {other} of the {below.side} side"
    if row.side == "shared" and below.side != "shared":
        return f"shared module imports {other} of the {below.side} side"
    if part == "verification" and other == "kernels":
        if module != KERNELS_IN_VERIFICATION or one.where == "module":
            return f"imports kernels outside a function of {KERNELS_IN_VERIFICATION}"
        return ""
    if part == other or (row is below and row.together):
        return ""
    if row.height == below.height:
        return f"row {row.height:g} imports {other} of the same row"
    if row.height < below.height:
        return f"row {row.height:g} imports {other} of row {below.height:g}"
    return ""


def violations(root: Path) -> list[str]:
    """Every broken rule of the package at `root`, as `file:line: what`, sorted."""
    known = modules(root)
    found = set()
    for module, path in known.items():
        name = path.relative_to(root).as_posix()
        if part_of(module) not in ROW_OF:
            found.add(f"{name}: {module} is in no row of the house")
            continue
        for one in imports(path, module, known):
            if wrong := fault(module, one):
                found.add(f"{name}:{one.line}: {wrong}")
    return sorted(found)


def test_the_house_stands():
    assert violations(PACKAGE) == []


def test_each_part_has_one_row():
    parts = [part for row in HOUSE for part in row.parts.split()]
    assert len(parts) == len(set(parts))


@pytest.mark.parametrize("folder", ["toynets", "tests", "lessons", "figures", "benchmarks"])
def test_no_file_is_longer_than_400_lines(folder):
    root = PACKAGE.parent / folder
    ours = (p for p in root.rglob("*.py") if "node_modules" not in p.parts)
    lines = {p: len(p.read_text("utf-8").splitlines()) for p in ours}
    assert lines != {}
    assert {p.relative_to(root).as_posix(): n for p, n in lines.items() if n > 400} == {}


# The planted violations: (file, code, what is said). "" for code that is right.
PLANTED = [
    ("network.py", "import toynets.zoo as z", "row 0.5 imports zoo of row 6"),
    ("network.py", "from toynets import zoo", "row 0.5 imports zoo of row 6"),
    ("network.py", "from toynets.zoo import xor", "row 0.5 imports zoo of row 6"),
    ("network.py", "import toynets.zoo.xor as x, os", "row 0.5 imports zoo of row 6"),
    ("network.py", "from . import zoo", "row 0.5 imports zoo of row 6"),
    ("network.py", "from .zoo.xor import task", "row 0.5 imports zoo of row 6"),
    ("network.py", "def f():\n    from toynets import zoo", "row 0.5 imports zoo of row 6"),
    ("network.py", "class A:\n    from toynets import zoo", "row 0.5 imports zoo of row 6"),
    (
        "network.py",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from .zoo import xor",
        "row 0.5 imports zoo of row 6",
    ),
    (
        "network.py",
        "import typing as t\nif t.TYPE_CHECKING:\n    pass\nelse:\n    import toynets.zoo as z",
        "row 0.5 imports zoo of row 6",
    ),
    (
        "network.py",
        "import importlib\ndef f():\n    importlib.import_module('.zoo', 'toynets')",
        "row 0.5 imports zoo of row 6",
    ),
    ("network.py", "z = __import__('toynets.zoo')", "row 0.5 imports zoo of row 6"),
    ("network.py", "import_module(name='toynets.zoo')", "row 0.5 imports zoo of row 6"),
    ("network.py", "def f(a):\n    __import__(a)", "imports by a computed name"),
    ("network.py", "import toynets", "row 0.5 imports __init__ of row 9"),
    ("network.py", "import toynets.errors", "row 0.5 imports __init__ of row 9"),
    ("network.py", "from toynets import Network", "row 0.5 imports __init__ of row 9"),
    ("network.py", "from . import Network", "row 0.5 imports __init__ of row 9"),
    ("network.py", "from toynets import nowhere", "row 0.5 imports __init__ of row 9"),
    ("network.py", "from .nowhere import a", "imports toynets.nowhere, which is in no row"),
    ("network.py", "import jax.numpy as jnp", "imports jax at module level"),
    ("network.py", "import numpy as np", "imports numpy at module level"),
    ("network.py", "try:\n    import jax\nexcept E:\n    pass", "imports jax at module level"),
    ("network.py", "if not TYPE_CHECKING:\n    import jax", "imports jax at module level"),
    ("network.py", "if TYPE_CHECKING:\n    import jax", ""),
    ("network.py", "def f():\n    import numpy", ""),
    ("network.py", "from .errors import ToynetsError", ""),
    ("nowhere.py", "", "toynets.nowhere is in no row of the house"),
    ("nowhere/__init__.py", "", "toynets.nowhere is in no row of the house"),
    ("names.py", "from toynets.errors import ToynetsError", ""),
    ("names.py", "from .network import Network", "shared module imports network of the arrays"),
    ("extremes.py", "from .exact import run", "shared module imports exact of the arrays side"),
    ("domain.py", "def f():\n    import numpy", "the shared side imports numpy"),
    ("certificate_checker.py", "import json\nfrom fractions import Fraction", ""),
    ("certificate_checker.py", "from .errors import ToynetsError", "imports toynets.errors: it st"),
    ("certificate_checker.py", "def f():\n    import toynets", "imports toynets: it stands alone"),
    ("certificate_checker.py", "def f():\n    import flint", "imports flint: it stands alone"),
    ("certificate_checker.py", "def f(a):\n    __import__(a)", "imports by a computed name"),
    ("zoo/xor.py", "from ..certificate_checker import check", "which the command line alone runs"),
    ("api.py", "import toynets.certificate_checker as c", "which the command line alone runs"),
    ("cli.py", "from toynets.certificate_checker import check", ""),
    ("exact.py", "from .forward import trace", "row 1 imports forward of the same row"),
    ("exact.py", "from .expressions import parse", "arrays side imports expressions of the mean"),
    ("forward.py", "import jax\nimport numpy", ""),
    ("tasks/xor.py", "from .. import zoo", "row 2 imports zoo of row 6"),
    ("tasks/xor.py", "from ..zoo.xor import a", "row 2 imports zoo of row 6"),
    ("tasks/xor.py", "from . import nor\nfrom .nor import a\nimport os", ""),
    ("tasks/__init__.py", "from .xor import a\nfrom ..errors import b", ""),
    ("tasks/__init__.py", "def f(n):\n    import_module(f'{__name__}.{n}')", ""),
    ("expressions/parser.py", "from .nodes import Node", ""),
    ("expressions/parser.py", "import numpy as np", "the meaning side imports numpy"),
    ("expressions/parser.py", "def f():\n    import numpy", "the meaning side imports numpy"),
    ("expressions/vectorised.py", "def f():\n    import numpy", ""),
    ("expressions/vectorised.py", "def f():\n    import jax", "the meaning side imports jax"),
    ("expressions/vectorised.py", "import numpy", "the meaning side imports numpy"),
    ("causal.py", "from .network import Network", "meaning side imports network of the arrays"),
    ("causal.py", "import toynets.interventions as i", "meaning side imports interventions of"),
    ("explanation/model.py", "def f():\n    import jax", "the meaning side imports jax"),
    ("explanation/model.py", "if TYPE_CHECKING:\n    import jax", "the meaning side imports jax"),
    ("explanation/model.py", "from ..kernels import sweep", "meaning side imports kernels of the"),
    ("verification/tiers.py", "def f():\n    from .. import kernels", "imports kernels outside a"),
    ("verification/fast.py", "from ..kernels.sweep import a", "imports kernels outside a function"),
    ("verification/fast.py", "def f():\n    from ..kernels.sweep import a", ""),
    ("verification/tiers.py", "from ..explanation import a\nfrom ..network import b", ""),
    ("verification/tiers.py", "import jax", "imports jax at module level"),
    ("verification/tiers.py", "from ..training import train", "row 4 imports training of the same"),
    ("zoo/xor.py", "from ..verification import verify\nfrom .base import Entry", ""),
    ("tables.py", "from .plots import draw", "row 7 imports plots of the same row"),
    ("plots.py", "import numpy\nimport matplotlib", ""),
    ("tables.py", "import matplotlib.pyplot as plt", "imports matplotlib at module level"),
    ("api.py", "from .citation import cite\nfrom .zoo import load", ""),
    ("api.py", "def f():\n    from toynets.cli import main", "row 9 imports cli of row 10"),
    ("__init__.py", "import importlib\ndef f(n):\n    importlib.import_module(n)", ""),
    ("__main__.py", "from .cli import main", ""),
]


@pytest.mark.parametrize(("file", "code", "said"), PLANTED)
def test_a_planted_violation_is_reported(tmp_path, file, code, said):
    root = tmp_path / "toynets"
    for part in ("zoo", "kernels", "tasks", "expressions"):
        (root / part).mkdir(parents=True)
        (root / part / "__init__.py").touch()
    (root / "__init__.py").touch()
    (root / "zoo" / "xor.py").touch()
    (root / file).parent.mkdir(exist_ok=True)
    (root / file).write_text(code + "\n", encoding="utf-8")
    found = violations(root)
    assert len(found) == bool(said), found
    assert all(one.startswith(file) and said in one for one in found)
