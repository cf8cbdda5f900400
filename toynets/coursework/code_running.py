"""A student's function, run in a child process that hands back numbers and nothing else.

The parent never imports the file. The child has limits of time, memory, file size and processes,
an empty folder, no inherited environment, and its answer is read as JSON numbers with the limits of
a claims file. This is containment of accidents (endless loops, memory, chatter), not a sandbox:
code that means harm can read what the user who runs it can read. Run the code of strangers in a
container, as Gradescope does.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from toynets.coursework.untrusted import MAX_BYTES, exact_number, read_json, short_list
from toynets.errors import ToynetsError
from toynets.rationals import Rational, text

MEMORY = 1024**3
MOST_CODE = 256 * 1024

# Runs in the child. It imports nothing of toynets, so that its limits hold from the first line on.
CHILD = r"""
import sys, json
seconds, memory = int(sys.argv[1]), int(sys.argv[2])
try:
    import resource
    for name, most in (("CPU", seconds), ("AS", memory), ("FSIZE", 1 << 20), ("CORE", 0)):
        resource.setrlimit(getattr(resource, "RLIMIT_" + name), (most, most))
except ImportError:
    pass
from fractions import Fraction
job = json.loads(sys.stdin.readline())
out, sys.stdout, sys.stderr = sys.stdout, open("said.txt", "w"), open("errors.txt", "w")
def plain(v):
    v = v.tolist() if hasattr(v, "tolist") else v
    if isinstance(v, (list, tuple)):
        return [plain(w) for w in v]
    if isinstance(v, bool) or not isinstance(v, (int, float, Fraction)):
        raise TypeError("it returned %s, not a number" % type(v).__name__)
    return str(Fraction(v))
try:
    scope = {"__name__": "student"}
    exec(compile(job["source"], "student.py", "exec"), scope)
    function = scope[job["function"]]
    rows = [[Fraction(v) for v in row] for row in job["rows"]]
    rows = [[int(v) if v.denominator == 1 else v for v in row] for row in rows]
    answer = {"outputs": [plain(function(*row)) for row in rows]}
except BaseException as error:
    answer = {"error": "%s: %s" % (type(error).__name__, error)}
    answer["error"] = answer["error"][:300]
out.write(json.dumps(answer))
out.flush()
"""


def run_code(
    path: Path | str,
    function: str,
    rows: Sequence[Sequence[Any]],
    *,
    seconds: int = 5,
    memory: int = MEMORY,
) -> list[list[Rational]]:
    """Run a function of a file on inputs, in a child process, and return its numbers.

    Args:
        path: a Python file.
        function: its name; it is called with the numbers of a row, whole ones as `int`, others as
            `Fraction`.
        rows: the inputs.
        seconds: of the processor; twice as many by the clock.
        memory: bytes.

    Returns:
        For each row a list of exact numbers.

    Raises:
        ToynetsError: no such file or function, an exception, too long, too much, or anything that
            is not numbers.
    """
    from toynets.io.limits import read_bytes

    try:
        source = read_bytes(str(path), MOST_CODE).decode("utf-8")
    except UnicodeDecodeError:
        raise ToynetsError(f"{path} is not text in UTF-8.") from None
    if not function.isidentifier():
        raise ToynetsError(f"{function[:60]!r} is no name of a function.")
    given = [[text(exact_number(v, "an input")) for v in row] for row in rows]
    job = json.dumps({"source": source, "function": function, "rows": given})
    with tempfile.TemporaryDirectory() as place:
        try:
            done = subprocess.run(
                [sys.executable, "-I", "-c", CHILD, str(seconds), str(memory)],
                input=job + "\n",
                cwd=place,
                env={},
                capture_output=True,
                text=True,
                encoding="utf-8",
                errors="replace",
                timeout=2 * seconds + 2,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise ToynetsError(
                f"{function} took more than {seconds} seconds.", cause="a loop that does not end."
            ) from None
    return _answer(function, done, len(given), seconds)


def _answer(function: str, done: Any, count: int, seconds: int) -> list[list[Rational]]:
    if len(done.stdout) > MAX_BYTES or done.returncode != 0 or not done.stdout:
        raise ToynetsError(
            f"{function} did not end as it should (status {done.returncode}).",
            cause=f"more than {seconds} seconds or more memory than allowed, or it ended Python.",
        )
    said = read_json(done.stdout.encode("utf-8"), f"the answer of {function}")
    if not isinstance(said, dict) or "error" in said:
        error = str(said.get("error", ""))[:300] if isinstance(said, dict) else "no answer"
        raise ToynetsError(f"{function} raised {error}.")
    outputs = short_list(said.get("outputs"), "the answer")
    if len(outputs) != count:
        raise ToynetsError(f"{function} answered {len(outputs)} of {count} inputs.")
    where = f"what {function} returned"
    return [
        [exact_number(v, where) for v in (short_list(o, where) if isinstance(o, list) else [o])]
        for o in outputs
    ]
