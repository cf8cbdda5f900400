"""`toynets gauge`, `compare` and `pattern`."""

from __future__ import annotations


def test_gauge_lists_numbers_and_moves(toynets):
    done = toynets("gauge", "xor-sum", "--table")
    assert done.status == 0
    assert "x1->h2       1          2  moves" in done.out
    assert toynets("gauge", "xor-sum", "--json").data["moves"][0]["move"] == "permute"


def test_a_moved_network_is_written_and_compared(toynets, tmp_path):
    path = str(tmp_path / "moved.json")
    done = toynets("gauge", "xor-sum", "rescale", "h1", "2", "-o", path)
    assert "same ablations: yes; 0 of 27 differ" in done.out
    assert "same up to gauge: yes" in toynets("compare", "xor-sum", path).out
    assert toynets("gauge", "xor-sum", "rescale", "h1", "2", "-o", path).status == 2


def test_compare_prints_the_four_answers(toynets):
    done = toynets("compare", "xor-sum", "xor-difference")
    assert done.out.splitlines()[:4] == [
        "same numbers: no",
        "same up to gauge: no",
        "same function on {0, 1}^2 (exhaustive, 4 inputs): yes",
        "same ablations: no; 20 of 27 differ",
    ]
    assert toynets("compare", "xor-sum", "xor-difference", "--json").data["same_function"] is True


def test_pattern_prints_direction_and_best_inputs(toynets):
    out = toynets("pattern", "xor-sum", "h1", "--norm", "inf").out
    assert "input: x1; preferred, length 1 in norm inf: +1" in out
    assert "on {0, 1}^2 it is largest, 2, at 11; its smallest value there is 0." in out
    assert toynets("pattern", "xor-sum", "h1", "--grid", "1x2").out.startswith("@@@@\n")
    assert "rows and columns" in toynets("pattern", "xor-sum", "h1", "--grid", "two").err
