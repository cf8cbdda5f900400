"""The checkout is found beside the package, or in the working directory, and nowhere else."""

import toynets.checkout
from toynets.checkout import folder_of


def test_it_is_beside_the_package_or_the_working_directory(tmp_path, monkeypatch):
    assert folder_of("lessons").endswith("lessons")
    monkeypatch.setattr(toynets.checkout, "__file__", str(tmp_path / "site" / "toynets" / "a.py"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "lessons").mkdir()
    assert folder_of("lessons") == ""  # a folder of that name is no checkout yet
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "another"\n')
    assert folder_of("lessons") == ""
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "toynets"\n')
    assert folder_of("lessons") == str(tmp_path / "lessons")
    assert folder_of("figures") == ""
