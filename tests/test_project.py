"""The files around the code agree with one another: licence, citation, dependencies, README."""

from __future__ import annotations

import hashlib
import os
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"

VERIFY = "python3 -m venv .venv && .venv/bin/pip install -q . && .venv/bin/toynets verify"
TEST = 'python3 -m venv .venv && .venv/bin/pip install -q -e ".[test]" && .venv/bin/pytest'

# Windows PowerShell 5.1 has no `&&`, so its forms are separate commands on a line or on several.
POWERSHELL = {
    VERIFY: [
        r"\.venv\\Scripts\\pip(?:\.exe)? install -q \.(?=\s|;|$)",
        r"\.venv\\Scripts\\toynets(?:\.exe)? verify",
    ],
    TEST: [
        r'\.venv\\Scripts\\pip(?:\.exe)? install -q -e "\.\[test\]"',
        r"\.venv\\Scripts\\pytest(?:\.exe)?(?=\s|;|$)",
    ],
}
BESIDE = 14  # lines between a POSIX command and the end of its PowerShell form, at most


def cff(field: str) -> str:
    """The value of a top-level scalar field of CITATION.cff."""
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    found = re.findall(rf'^{field}: *"?([^"\n]*)"?$', text, re.MULTILINE)
    assert len(found) == 1, f"CITATION.cff has {len(found)} fields {field!r}"
    return found[0]


def pyproject() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def dependencies_without_reason(text: str) -> list[str]:
    """Requirements in the text of a pyproject.toml that have no comment on their own line.

    A requirement that shares its line with another cannot have a reason of its own.
    """
    project = tomllib.loads(text)["project"]
    required = [*project["dependencies"]]
    for extra in project.get("optional-dependencies", {}).values():
        required += extra
    reasons: dict[str, int] = {}
    for line in text.splitlines():
        if match := re.match(r'\s*"([^"]+)",?\s*# \S', line):
            reasons[match[1]] = reasons.get(match[1], 0) + 1
    return sorted(one for one in set(required) if reasons.get(one, 0) != required.count(one))


def fences(text: str) -> list[tuple[str, int, list[str]]]:
    """Fenced blocks of a Markdown text: language, number of the first line, lines."""
    blocks, current = [], None
    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("```"):
            if current is None:
                current = (line[3:].strip(), number + 1, [])
            else:
                blocks.append(current)
                current = None
        elif current is not None:
            current[2].append(line)
    return blocks


def missing_powershell(text: str, command: str) -> list[str]:
    """What a README lacks of the PowerShell form of `command`, in words."""
    blocks = fences(text)
    at = [first + lines.index(command) for _, first, lines in blocks if command in lines]
    if len(at) != 1:
        return [f"{len(at)} fenced lines are exactly: {command}"]
    for language, first, lines in blocks:
        near = abs(first - at[0]) <= BESIDE and abs(first + len(lines) - at[0]) <= BESIDE
        body = "\n".join(lines)
        if language != "powershell" or not near:
            continue
        if "&&" in body:
            return ["Windows PowerShell 5.1 has no &&"]
        if all(re.search(part, body, re.MULTILINE) for part in POWERSHELL[command]):
            return []
    return [f"no powershell block within {BESIDE} lines has the form of: {command}"]


def test_the_licence_is_the_whole_apache_licence():
    # The digest of the text that the Apache Software Foundation publishes, its newlines as \n.
    text = (ROOT / "LICENSE").read_bytes().replace(b"\r\n", b"\n")
    assert hashlib.sha256(text).hexdigest() == (
        "cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30"
    )


def test_the_citation_agrees_with_pyproject():
    project = pyproject()["project"]
    assert cff("version") == project["version"]
    assert cff("license") == project["license"] == "Apache-2.0"
    assert cff("title") == project["name"]
    assert cff("abstract") == project["description"]
    assert cff("cff-version") == "1.2.0"
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", cff("date-released"))
    authors = [author["name"] for author in project["authors"]]
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.findall(r'^  - name: "(.*)"$', text, re.MULTILINE) == authors


def test_the_licence_files_are_there_and_are_packed():
    for name in pyproject()["project"]["license-files"]:
        assert (ROOT / name).is_file(), name
    assert "LICENSES.md" in pyproject()["project"]["license-files"]


@pytest.mark.parametrize("kind", ["Apache-2.0", "CC-BY-4.0", "yours", "facts"])
def test_licences_md_speaks_of(kind):
    assert kind in (ROOT / "LICENSES.md").read_text(encoding="utf-8")


def test_every_dependency_has_its_reason_on_its_line():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert dependencies_without_reason(text) == []


def test_a_dependency_without_a_reason_is_found():
    text = (
        '[project]\ndependencies = [\n  "a>=1",  # because\n  "b",\n  "c",  #\n]\n'
        '[project.optional-dependencies]\nmore = ["d"]  # two on a line share no reason\n'
        'again = [\n  "a>=1",\n]\n'
    )
    assert dependencies_without_reason(text) == ["a>=1", "b", "c", "d"]


def test_lower_bounds_only():
    pinned = [one for one in pyproject()["project"]["dependencies"] if re.search("==|<|~=", one)]
    assert pinned == []


@pytest.mark.parametrize("command", [VERIFY, TEST])
def test_the_readme_has_the_command_and_its_powershell_form(command):
    assert missing_powershell(README.read_text(encoding="utf-8"), command) == []


GOOD = f"""```sh
{VERIFY}
```
```powershell
py -m venv .venv; .venv\\Scripts\\pip install -q .; .venv\\Scripts\\toynets verify
```
"""


@pytest.mark.parametrize(
    ("readme", "said"),
    [
        (GOOD, []),
        (GOOD.replace("-q . &&", "-q .  &&"), ["0 fenced lines"]),
        (GOOD.replace("```sh\n", "").replace("verify\n```\n", "verify\n", 1), ["0 fenced lines"]),
        (GOOD + GOOD, ["2 fenced lines"]),
        (GOOD.replace("; .venv", " && .venv"), ["no &&"]),
        (GOOD.replace("Scripts\\toynets verify", "Scripts\\toynets list"), ["no powershell"]),
        (GOOD.replace("-q .;", "-q ./other;"), ["no powershell"]),
        (GOOD.replace("```powershell", "\n" * 20 + "```powershell"), ["no powershell"]),
    ],
)
def test_a_readme_with_a_wrong_command_is_found(readme, said):
    found = missing_powershell(readme, VERIFY)
    assert len(found) == len(said)
    for one, words in zip(found, said, strict=True):
        assert words in one


@pytest.mark.skipif(os.name == "nt", reason="Windows has no executable bit to read")
def test_ci_run_is_executable():
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_ci_run_reads_the_command_instead_of_repeating_it():
    text = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "README.md" in text
    *install, tests = TEST.split(" && ")
    for part in install:
        assert part not in text.replace("'", '"')
    assert f"{tests}\n" not in text  # what it runs itself are the slow ones alone
