"""`toynets ask`, from the command line."""

from __future__ import annotations


def test_alone_it_lists_the_twelve(toynets):
    lines = toynets("ask").out.splitlines()
    assert lines[2] == "3: Is a large weight an important one?"
    assert lines[11].startswith("12: Can the weights be read") and lines[12] == ""


def test_one_is_answered(toynets):
    lines = toynets("ask", "3").out.splitlines()
    assert lines[0] == "3. Is a large weight an important one?"
    assert "is 1024, the largest of 9 numbers, and cutting it changes the output by 0" in lines[1]
    assert 'shown by: toynets show dead-weight "h2->y"' in lines
    assert not any(line.startswith(("figure", "lesson")) for line in lines)


def test_as_data(toynets):
    assert len(toynets("ask", "--json").data["questions"]) == 12
    data = toynets("ask", "9", "--json").data
    assert data["numbers"]["h1"] == 3 and data["figure"] == "" and len(data["answer"]) == 2


def test_a_wrong_number(toynets):
    for given in ("0", "13", "x1", "²"):
        done = toynets("ask", given)
        assert done.status == 2 and "numbered 1 to 12" in done.err, given
