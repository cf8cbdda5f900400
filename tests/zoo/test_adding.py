"""The page that says how a network is added: its file, word for word, fulfils what it promises."""

import re
import runpy
from pathlib import Path

from toynets import zoo
from toynets.verification import verify

PAGE = Path(zoo.__file__).with_name("ADDING.md").read_text(encoding="utf-8")


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
