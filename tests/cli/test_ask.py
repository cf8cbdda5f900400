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
    assert lines[-2] == "figure: toynets figures build dead_and_dormant --out figs"
    assert lines[-1] == "lesson: lessons/notebooks/L07_big_small_dead_double.ipynb"


def test_as_data(toynets):
    assert len(toynets("ask", "--json").data["questions"]) == 12
    data = toynets("ask", "9", "--json").data
    assert data["numbers"]["h1"] == 3 and len(data["answer"]) == 2
    assert data["figure"] == "partition_squares"
    assert data["lesson"] == "L04_xor_detector_and_corrector"


def test_a_wrong_number(toynets):
    for given in ("0", "13", "x1", "²"):
        done = toynets("ask", given)
        assert done.status == 2 and "numbered 1 to 12" in done.err, given


def test_a_network_and_a_question_in_words_are_told_what_to_type(toynets):
    done = toynets("ask", "3", "--plain", "xor-sum")
    assert (done.status, done.err) == (
        2,
        "error: question 3 is answered with networks chosen for it, not with xor-sum.\n"
        "  fix: toynets importance xor-sum --of weights\n",
    )
    for words in (["what is a bias"], ["what", "is", "a", "bias"]):
        done = toynets("ask", *words)
        assert (
            done.status == 2 and "but got 'what is a bias'.\n  likely cause: ask knows" in done.err
        )
