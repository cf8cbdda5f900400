"""`toynets claims`, from the command line."""

from __future__ import annotations


def test_one_in_full(toynets):
    lines = toynets("claims", "rhw-ratio").out.splitlines()
    assert lines[0] == "rhw-ratio: refuted"
    assert [line.partition(":")[0] for line in lines[1:6]] == [
        "claim", "source", "network", "checked as", "witness",
    ]  # fmt: skip
    assert lines[-1] == "1 published claims: 1 refuted."


def test_a_page(toynets, tmp_path):
    file = tmp_path / "checked.md"
    done = toynets("claims", "dl-xor-outputs", "-o", str(file))
    assert done.status == 0 and f"{file} is the page." in done.out
    assert file.read_text().startswith("# Checked claims\n")
    assert toynets("claims", "dl-xor-outputs", "-o", str(file)).status == 2
    assert toynets("claims", "dl-xor-outputs", "-o", str(file), "--force").status == 0


def test_as_data(toynets):
    (one,) = toynets("claims", "no-unit-for-xor", "--json").data["claims"]
    assert one["verdict"] == "proved" and one["source"].startswith("M. Minsky")
