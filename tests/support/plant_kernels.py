"""Plant each error of `kernel_mutants.txt` in the kernels and say which test sees it.

    python tests/support/plant_kernels.py            # all of them: some minutes
    python tests/support/plant_kernels.py sweeping   # those of one file

Each error is planted in a copy of the package; the tests that the table names for the file run on
the copy, up to the first that fails. One line for each error; the exit status is 1 where one
survives. What is compiled is kept for the run, since most of it is the same with every error.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[2]
TABLE = Path(__file__).with_name("kernel_mutants.txt")


@dataclass(frozen=True)
class Planted:
    """One error.

    Attributes:
        kernel: the file, without its ending.
        tests: which should see it.
        what: what is wrong.
        old: a text that stands in the file once.
        new: what takes its place.
    """

    kernel: str
    tests: tuple[str, ...]
    what: str
    old: str
    new: str


def planted(text: str) -> list[Planted]:
    """Read the table."""
    found, kernel, tests = [], "", ()
    for block in text.split("\n\n"):
        if block.startswith("#"):
            continue
        if block.startswith("== "):
            kernel, _, rest = block[3:].partition(":")
            tests = tuple(rest.split())
            continue
        what, old, new = block.strip("\n").splitlines()
        assert (old[:2], new[:2]) == ("- ", "+ "), block
        found.append(Planted(kernel, tests, what, old[2:], new[2:]))
    return found


def seen_by(error: Planted, copy: Path, kept: Path) -> str:
    """Return the first test that fails with the error planted, or "" where none does."""
    file = copy / "toynets" / "kernels" / f"{error.kernel}.py"
    right = file.read_text("utf-8")
    assert right.count(error.old) == 1, f"{error.old!r} does not stand once in {file.name}"
    file.write_text(right.replace(error.old, error.new), "utf-8")
    said = copy / "said.txt"
    # A child of a process that has imported JAX, and has not used it: it need not import it again.
    child = os.fork()
    if not child:
        status = 99
        try:
            # The tests of what is kept are not to find anything kept.
            status = _run(error.tests, copy, None if error.kernel == "compiling" else kept, said)
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)  # whatever happened: to clean up is the parent's part
    _, status = os.waitpid(child, 0)
    file.write_text(right, "utf-8")
    text = said.read_text("utf-8")
    failed = re.search(r"^(?:FAILED|ERROR) (\S+(?: \S+\])?)", text, re.MULTILINE)
    if failed:
        return failed[1]
    return "" if os.waitstatus_to_exitcode(status) == 0 else "it does not run: " + text[-300:]


def _run(tests: tuple[str, ...], copy: Path, kept: Path | None, said: Path) -> int:
    with said.open("w", encoding="utf-8") as out:
        os.dup2(out.fileno(), 1)
        os.dup2(out.fileno(), 2)
        os.chdir(copy)
        sys.path.insert(0, str(copy))
        import pytest

        from toynets.kernels import keep_compiled

        # The suite keeps nothing; here a program that is the same with and without an error may be.
        if kept:
            keep_compiled(kept)
        options = ["-x", "-q", "-n", "0", "-p", "no:cacheprovider", "--tb=no", "-rfE"]
        return int(pytest.main([*options, *tests]))


def main(kernels: list[str]) -> int:
    """Plant each error and print the table."""
    os.environ |= {
        "JAX_NUMPY_DTYPE_PROMOTION": "strict",
        "JAX_NUMPY_RANK_PROMOTION": "raise",
        "NPROC": "1",
    }
    import jax  # noqa: F401  # what every child needs
    import optax  # noqa: F401

    chosen = [p for p in planted(TABLE.read_text("utf-8")) if not kernels or p.kernel in kernels]
    survived = 0
    with TemporaryDirectory() as folder:
        copy, kept = Path(folder) / "copy", Path(folder) / "kept"
        copy.mkdir()
        shutil.copytree(ROOT / "toynets", copy / "toynets")
        shutil.copytree(ROOT / "tests", copy / "tests")
        shutil.copy(ROOT / "pyproject.toml", copy)
        for error in chosen:
            seen = seen_by(error, copy, kept)
            survived += not seen
            print(f"{error.kernel:20}{error.what:55}{seen or 'SURVIVED'}", flush=True)
    print(f"{len(chosen) - survived} of {len(chosen)} planted errors were seen")
    return int(survived > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
