"""Files are read with care and written whole, and never over another one unasked."""

from __future__ import annotations

import os
import stat

import pytest

from toynets.api import files
from toynets.errors import ToynetsError
from toynets.io import saving


def test_a_file_is_written_whole_with_ordinary_permissions(tmp_path):
    path = tmp_path / "a.json"
    files.write_new(str(path), "text\n")
    assert path.read_bytes() == b"text\n"
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) & stat.S_IRUSR
        assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~saving._umask()
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_came_into_being_meanwhile_is_not_lost(tmp_path, monkeypatch):
    path = tmp_path / "a.json"
    path.write_text("precious", encoding="utf-8")
    monkeypatch.setattr(os.path, "lexists", lambda p: str(p) != str(path))
    with pytest.raises(ToynetsError, match="nothing is overwritten unasked"):
        files.write_new(str(path), "text")
    assert path.read_text(encoding="utf-8") == "precious"


def test_a_failed_write_leaves_the_old_file_and_no_other(tmp_path, monkeypatch):
    path = tmp_path / "a.json"
    path.write_text("precious", encoding="utf-8")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(ToynetsError, match="cannot be written: No space left"):
        files.write_new(str(path), "text", force=True)
    assert [p.name for p in tmp_path.iterdir()] == ["a.json"]
    assert path.read_text(encoding="utf-8") == "precious"


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(ToynetsError, match=r"cannot be written: No such file or directory"):
        files.write_new(str(tmp_path / "none" / "a.json"), "text")


def test_size_is_looked_at_before_reading(tmp_path, monkeypatch):
    path = tmp_path / "large.json"
    path.write_text("{}", encoding="utf-8")
    monkeypatch.setattr(files, "MAX_BYTES", 1)
    with pytest.raises(ToynetsError, match="has more than 1 bytes"):
        files.read_text(str(path))


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(ToynetsError, match="cannot be read"):
        files.read_text(str(tmp_path))


@pytest.mark.parametrize("text", ["[" * 100_000, "{]", ""])
def test_what_is_no_json_is_said(tmp_path, text):
    path = tmp_path / "broken.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ToynetsError, match=r"broken\.json is not JSON"):
        files.read_any(str(path))
