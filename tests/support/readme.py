"""The README's terminal sessions: run, compared, and written again.

python tests/support/readme.py [TEXT]   writes each command's real output into README.md, or
                                        only into the blocks that hold a text
"""

from __future__ import annotations

import functools
import io
import os
import re
import shlex
import sys
import tempfile
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from unittest import mock

README = Path(__file__).resolve().parents[2] / "README.md"
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
PROGRAM = re.compile(r"```python\n# (\w+\.py)\n(.*?)```", re.DOTALL)
SECONDS = re.compile(r"\d+(\.\d+)? s\b")


class Terminal(io.StringIO):
    """Text that says it is a terminal."""

    def isatty(self):
        """Return True: tables are then aligned."""
        return True


def sessions(text):
    """Return [(command, expected output)] of every console block."""
    found = []
    for block in BLOCK.findall(text):
        command, expected = None, []
        for line in block.splitlines():
            if line.startswith("$ "):
                if command:
                    found.append((command, "\n".join(expected).rstrip()))
                command, expected = line[2:], []
            else:
                expected.append(line)
        if command:
            found.append((command, "\n".join(expected).rstrip()))
    return found


def mine():
    """Write the file that the README begins with, and fill it in by the README's own program."""
    from toynets.cli import main

    text = README.read_text(encoding="utf-8")
    (begin,) = [c for c, _ in sessions(text) if "new-explanation" in c]
    with redirect_stdout(io.StringIO()):
        main(shlex.split(begin)[1:])
    exec(dict(PROGRAM.findall(text))["fill.py"], {})


@functools.cache
def walk():
    """Run the README's walk from a scikit-learn model; return the files that it leaves behind."""
    from toynets.cli import main

    programs = dict(PROGRAM.findall(README.read_text()))
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        exec(programs["train.py"], {})  # the README's own text
        (draft,) = [c for c, _ in sessions(README.read_text()) if "draft-explanation" in c]
        with redirect_stdout(io.StringIO()):
            main(shlex.split(draft)[1:])
        exec(programs["explain.py"], {})
        return {path.name: path.read_bytes() for path in Path(folder).iterdir()}


def run(command):
    """Run one command of the README in this process; seconds are written as `…`."""
    from toynets.cli import main

    words = shlex.split(command)
    assert words[0] == "toynets"
    out, errors = Terminal(), io.StringIO()  # no terminal for errors: no progress bar
    plain = {"COLUMNS": "112", "TERM": "xterm", "LINES": "50"}
    with (
        tempfile.TemporaryDirectory() as folder,
        chdir(folder),
        mock.patch.dict(os.environ, plain),
        redirect_stdout(out),
        redirect_stderr(errors),
    ):
        os.environ.pop("NO_COLOR", None)
        if "--explanation mine.json" in command:
            mine()
        if words[1] == "check-certificate":  # the proof that the line before has written
            with redirect_stdout(io.StringIO()):
                main(["range", "abs", "--box", "[-1,2]", "-o", words[2]])
        for name, data in walk().items() if "iris" in command else ():
            if not ("draft-explanation" in command and name == "iris-draft.json"):
                Path(name).write_bytes(data)
        main(words[1:])
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", out.getvalue() + errors.getvalue())
    lines = [line.split("\r")[-1].rstrip() for line in text.splitlines()]
    if words[1] == "prove":  # its last column is seconds
        lines = [re.sub(r"\d+\.\d\d$", "   …", line) for line in lines]
    return SECONDS.sub("… s", "\n".join(lines).strip("\n"))


def write(only=""):
    """Put the real output into every console block, or into those that hold a text."""

    def filled(match):
        if only not in match.group(0):
            return match.group(0)
        parts = []
        for command, _ in sessions(match.group(0)):
            shown = run(command)
            parts.append(f"$ {command}\n{shown}".rstrip())
        return "```console\n" + "\n\n".join(parts) + "\n```"

    README.write_text(BLOCK.sub(filled, README.read_text()))


if __name__ == "__main__":
    write(*sys.argv[1:])
