"""Every terminal session of the README is run, and prints what the README shows."""

import re
import runpy
import shlex
import sys
from pathlib import Path

import pytest
import readme

from toynets.cli import COMMANDS, parser_of

TEXT = readme.README.read_text(encoding="utf-8")
SESSIONS = readme.sessions(TEXT)
# What stands in a sentence or in a block for the shell, and is not run here.
SPANS = [
    span.replace("\n", " ")
    for span in re.findall(r"`([^`]+)`", re.sub(r"```.*?```", "", TEXT, flags=re.S))
]
SHELL = "\n".join(re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL)).splitlines()


@pytest.mark.parametrize(("command", "expected"), SESSIONS, ids=[c for c, _ in SESSIONS])
def test_the_command_prints_what_the_readme_shows(command, expected):
    assert readme.run(command) == expected


def test_every_command_that_is_named_has_the_options_that_it_is_given():
    found = [shlex.split(c, comments=True) for c in (*SPANS, *SHELL) if c.startswith("toynets ")]
    given = [words for words in found if not words[1].startswith("-")]
    assert len(given) > 20 and all(words[1] in COMMANDS for words in given)
    for _, name, *rest in given:
        if rest:
            parser_of(name).parse_args(rest)  # raises where it has no such option
    there = {o for c in COMMANDS for a in parser_of(c)._actions for o in a.option_strings}
    alone = {span.split()[0] for span in SPANS if span.startswith("--")}
    assert {"--plain", "--table", "--steps"} <= alone <= there


@pytest.mark.parametrize("command", [s for s in SPANS if s.startswith("python tests/")])
def test_every_program_that_is_named_takes_what_it_is_given(command, capsys, monkeypatch):
    _, path, *rest = shlex.split(command)
    program = Path(readme.README.parent, path)
    monkeypatch.setattr(sys, "argv", [path, "--help"])
    monkeypatch.syspath_prepend(program.parent)
    with pytest.raises(SystemExit) as left:
        runpy.run_path(str(program), run_name="__main__")
    helped = capsys.readouterr().out
    assert left.value.code == 0
    assert all((w if w.startswith("-") else "NAME") in helped for w in rest)


def test_the_readme_has_sessions_and_none_is_empty():
    assert len(SESSIONS) >= 7
    assert all(expected for _, expected in SESSIONS)
