"""Hostile claims files: each is refused with a message, in under 100 ms and under 50 MB."""

from __future__ import annotations

import time
import tracemalloc

import pytest
from hostile_claims import CLAIMS, FILES, WHOLE, file_of
from hypothesis import given, settings
from hypothesis import strategies as st

from toynets.coursework import read_folder
from toynets.coursework.claims import ClaimsFile, read_claims, write_claims
from toynets.coursework.grading import grade_bytes
from toynets.coursework.untrusted import exact_number, literals, student_expression
from toynets.errors import ToynetsError
from toynets.expressions import parse_expression
from toynets.rationals import rational

MILLISECONDS, MEGABYTES = 100, 50
LESSON = read_folder(lesson="L04")


def graded(data, lesson):
    """Grade a file; return the record, the time of the processor in ms, at best.

    Once more where it took long: a collection of other tests' garbage is no fault of the file.
    """
    spent = []
    while not spent or (min(spent) >= MILLISECONDS and len(spent) < 3):
        began = time.process_time()
        found = grade_bytes(data, list(lesson.values()))
        spent.append(1000 * (time.process_time() - began))
    return found, min(spent)


@pytest.fixture(scope="module", autouse=True)
def warm(lesson):
    """What is imported or worked out once is not the fault of a file."""
    for claim in ({"id": e.id, **e.solution} for e in lesson.values()):
        assert grade_bytes(file_of(claim), list(lesson.values())).points > 0


def test_there_are_at_least_sixty():
    assert len(FILES) + len(CLAIMS) >= 60


def test_the_file_that_they_are_made_from_is_right(lesson):
    assert grade_bytes(WHOLE, list(lesson.values())).points == 4


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_refused_as_a_whole(name, lesson):
    found, spent = graded(FILES[name], lesson)
    assert found.points == 0 and len(found.problem) > 20
    assert spent < MILLISECONDS


@pytest.mark.parametrize("name", CLAIMS)
def test_a_claim_is_refused(name, lesson):
    found, spent = graded(CLAIMS[name], lesson)
    (one,) = [j for j in found.judged if j.rationale != ("There is no claim.",)]
    assert found.problem == "" and found.points == 0
    assert one.refused and one.passed is False and len(one.rationale[0]) > 15
    assert len(one.lines()) <= 8
    assert spent < MILLISECONDS


def test_none_takes_more_than_50_megabytes(lesson):
    tracemalloc.start()
    try:
        worst = 0
        for data in (*FILES.values(), *CLAIMS.values()):
            tracemalloc.reset_peak()
            grade_bytes(data, list(lesson.values()))
            worst = max(worst, tracemalloc.get_traced_memory()[1])
    finally:
        tracemalloc.stop()
    assert worst < MEGABYTES * 1e6


@settings(max_examples=150)
@given(st.binary(max_size=300))
def test_any_bytes_are_refused_by_a_message(data):
    with pytest.raises(ToynetsError):
        read_claims(data)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=6,
)
CLAIM = st.fixed_dictionaries(
    {"id": st.sampled_from([f"L04.{k}" for k in range(1, 6)])},
    optional=dict.fromkeys(
        ("kind", "network", "outputs", "expression", "role", "unit", "weights", "x"), VALUES
    ),
)


@settings(max_examples=60)
@given(CLAIM)
def test_any_claim_is_graded_without_a_fault_of_the_grader(claim):
    exercises = [e for e in LESSON if e.id == claim["id"]]
    found = grade_bytes(file_of(claim), exercises)
    assert "it is a fault" not in str(found)


@settings(max_examples=100)
@given(st.text(alphabet="x12h+-*/()., relumaxinbsdt<=>!", max_size=60))
def test_any_text_is_an_expression_or_refused(text):
    try:
        found = student_expression(text, ["x1", "x2"], "expression")
    except ToynetsError:
        return
    assert set(found.names()) <= {"x1", "x2"}


def test_what_is_written_is_read_back():
    said = ClaimsFile(
        "L04", "", {"L04.5": {"x": [0.5, rational("1/3")]}, "L04.2": {"outputs": [1]}}
    )
    again = read_claims(write_claims(said).encode())
    assert [exact_number(v, "x") for v in again.claims["L04.5"]["x"]] == [
        rational("1/2"),
        rational("1/3"),
    ]


@pytest.mark.parametrize(
    ("text", "count"),
    [("relu(x1 + x2 - 1)", 1), ("3/2*x1 - 3/2", 2), ("-2*x1", 1), ("x1 + 0", 0), ("max(1, x1)", 1)],
)
def test_numbers_are_counted_as_a_reader_counts_them(text, count):
    assert literals(parse_expression(text)) == count


def test_messages_say_what_to_write():
    with pytest.raises(ToynetsError, match="write 1 or 0"):
        exact_number(True, "the output")
    with pytest.raises(ToynetsError, match="only the point is a decimal sign"):
        exact_number("0,5", "the output")
    with pytest.raises(ToynetsError, match="has 5 squares; at most 4 are read"):
        student_expression("square(" * 5 + "x1" + ")" * 5, ["x1"], "expression")
    with pytest.raises(ToynetsError, match="no exact value"):
        student_expression("tanh(x1)", ["x1"], "expression")
