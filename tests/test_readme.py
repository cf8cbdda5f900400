"""Every terminal session of the README is run, and prints what the README shows."""

import pytest
import readme

SESSIONS = readme.sessions(readme.README.read_text(encoding="utf-8"))


@pytest.mark.parametrize(("command", "expected"), SESSIONS, ids=[c for c, _ in SESSIONS])
def test_the_command_prints_what_the_readme_shows(command, expected):
    assert readme.run(command) == expected


def test_the_readme_has_sessions_and_none_is_empty():
    assert len(SESSIONS) >= 7
    assert all(expected for _, expected in SESSIONS)
