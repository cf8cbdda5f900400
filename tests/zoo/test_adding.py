"""The page that says how a network is added: its file, word for word, fulfils what it promises."""

import ast
import re
import runpy
from pathlib import Path

from toynets import zoo
from toynets.names import FUNCTIONS
from toynets.verification import UNIT_ROLES, WEIGHT_ROLES, verify

PAGE = Path(zoo.__file__).with_name("ADDING.md").read_text(encoding="utf-8")
TESTS = Path(__file__).with_name("test_zoo.py").read_text(encoding="utf-8")


def test_the_file_on_the_page_is_an_entry_that_is_verified_and_whose_misreadings_are_not(tmp_path):
    (program,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    file = tmp_path / "implies.py"
    file.write_text(program, encoding="utf-8")
    entry = runpy.run_path(str(file))["ENTRY"]
    report = verify(entry.network, entry.explanation, entry.task.domain)
    assert report.verdict == "exhaustive"
    said = ", ".join(f"{kind} {share}" for kind, share in report.coverage.items())
    assert f"`coverage {said}`" in PAGE
    assert len(entry.wrong) >= 3
    for wrong in entry.wrong:
        failed = verify(entry.network, wrong.explanation, entry.task.domain).failed
        assert wrong.check in failed and "clean" not in failed


def test_the_files_that_the_page_names_are_there():
    root = Path(zoo.__file__).parents[2]
    named = set(re.findall(r"(?:toynets|tests)/[\w/]+(?:\.py)?", PAGE))
    there = {name for name in named if (root / name).exists()}
    assert named - there == {"toynets/zoo/implies.py"}


def words(heading, end):
    """What the page writes as code in the first column of a table, or in one sentence."""
    (part,) = re.findall(rf"^{heading}(.*?){end}", PAGE, re.DOTALL | re.MULTILINE)
    return part


def first_column(part):
    """The words of the first column; of `hinge at 1/2` the first word, of `no effect` both."""
    cells = re.findall(r"^\| (`.*?) \|", part, re.MULTILINE)
    said = [word for cell in cells for word in re.findall("`(.*?)`", cell)]
    return [word for word in said if " at " not in word and " of " not in word]


def test_the_roles_of_the_page_are_those_that_are_checked():
    assert tuple(first_column(words("Roles of weights", "^Roles of units"))) == WEIGHT_ROLES
    assert tuple(first_column(words("Roles of units", "^`check="))) == UNIT_ROLES


def test_the_checks_and_functions_of_the_page_are_those_that_there_are():
    (checks,) = re.findall(r"^CHECKS = (\(.*\))$", TESTS, re.MULTILINE)
    said = re.findall("`(.*?)`", words("`check=`", r"\.$"))
    assert tuple(said) == ast.literal_eval(checks)
    assert f"`{' '.join(FUNCTIONS)}`" in PAGE


def test_the_tests_name_the_numbers_that_the_page_gives():
    for number in ("hidden units + 3", "more than 100 and at most 320 characters"):
        assert number in TESTS and number in " ".join(PAGE.split())
