"""No file of the project speaks of the machine that it was written on."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
IGNORED = {".git", ".venv", "venv", "build", "dist", "node_modules"}

# An absolute path has no word before its first slash, unlike the path of a web address.
# The patterns are written so that they do not match themselves.
PATTERNS = {
    "a path of one machine": rb"(?<![\w.~%-])/(?:work|root|home|Users)/(?=\w|\.)",
    "a user's folder on Windows": rb"(?i)\b[A-Z]:[\\/]+Users[\\/]",
    "a folder outside the project": rb"\.\./[s]hared\b",
    "a package index of one machine": rb"(?i)index[-_]url",
}


def files() -> list[Path]:
    """The files of the project: what git tracks or would track; outside git, all but built ones."""
    if (ROOT / ".git").exists() and shutil.which("git"):
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
        found = [ROOT / name for name in listed.decode("utf-8").split("\0") if name]
    else:
        found = [p for p in ROOT.rglob("*") if not IGNORED & set(p.relative_to(ROOT).parts)]
        found = [p for p in found if "cache" not in str(p.relative_to(ROOT)) and p.suffix != ".pyc"]
    return sorted(p for p in found if p.is_file())


def machine_paths(data: bytes) -> list[str]:
    """What the content of a file says of one machine: what it is, and the line."""
    return [
        f"{what} in line {number}"
        for number, line in enumerate(data.splitlines(), start=1)
        for what, pattern in PATTERNS.items()
        if re.search(pattern, line)
    ]


def test_no_file_names_a_machine():
    said = {str(p.relative_to(ROOT)): machine_paths(p.read_bytes()) for p in files()}
    assert {"pyproject.toml", "LICENSE"} <= set(said), "the files were not found"
    assert {name: what for name, what in said.items() if what} == {}


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("see /", "work/main/a.py"), "a path of one machine"),
        (('open("/', 'root/.cache")'), "a path of one machine"),
        (("file:///", "home/ann/x"), "a path of one machine"),
        (("C:\\", "Users\\ann"), "a user's folder on Windows"),
        (("(`../", "shared/zoo.md`)"), "a folder outside the project"),
        (("pip --index", "-url=x"), "a package index of one machine"),
        (("PIP_INDEX", "_URL=x"), "a package index of one machine"),
    ],
)
def test_a_machine_path_is_found(words, what):
    assert machine_paths(b"one\n" + "".join(words).encode()) == [f"{what} in line 2"]


@pytest.mark.parametrize(
    "text", ["https://example.org/home/a", "lessons/work/a", "on/off", "../toynets", "$HOME/x"]
)
def test_another_path_is_not(text):
    assert machine_paths(text.encode()) == []
