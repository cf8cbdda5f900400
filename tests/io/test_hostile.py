"""Hostile files: each is refused with a message and little memory; only `ToynetsError` comes out.

How long each takes: `python tests/support/hostile.py`. More of the same: set TOYNETS_HYPOTHESIS to
`deep`; `python tests/support/fuzz_readers.py` counts inputs by reader, and lets atheris guide more.
"""

from __future__ import annotations

import pytest
from hostile import HOSTILE, VALID, refuse
from hypothesis import given
from hypothesis import strategies as st

from toynets.errors import ToynetsError
from toynets.io import read

FILES = [(suffix, what) for suffix, files in HOSTILE.items() for what in files]


@pytest.mark.parametrize(("suffix", "what"), FILES)
def test_a_hostile_file_is_refused_within_50_megabytes(tmp_path, suffix, what):
    path = tmp_path / f"file{suffix}"
    path.write_bytes(HOSTILE[suffix][what])
    said, _, peak = refuse(path)
    assert said is not None and len(said) < 1_000
    assert peak < 50e6


def only_toynets_errors(folder, suffix, data):
    path = folder / f"file{suffix}"
    path.write_bytes(data)
    try:
        read(path, activation="relu")
    except ToynetsError as error:
        assert str(error)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("fuzz")


@pytest.mark.parametrize("suffix", VALID)
def test_a_valid_file_is_valid_and_cut_short_at_any_byte_it_is_read_or_refused(folder, suffix):
    data = VALID[suffix]
    path = folder / f"file{suffix}"
    path.write_bytes(data)
    read(path, activation="relu")
    for end in range(0, len(data), 1 + len(data) // 700):
        only_toynets_errors(folder, suffix, data[:end])


@pytest.mark.parametrize("suffix", VALID)
def test_random_bytes_are_refused(folder, suffix):
    @given(st.binary(max_size=300))
    def law(data):
        only_toynets_errors(folder, suffix, data)

    law()


@st.composite
def damage(draw, data):
    """A valid file with a few bytes changed, taken out or put in."""
    made = bytearray(data)
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(made) - 1))
        what = draw(st.sampled_from(["change", "out", "in", "repeat"]))
        if what == "change":
            made[place] = draw(st.integers(0, 255))
        elif what == "out":
            del made[place : place + draw(st.integers(1, 9))]
            made = made or bytearray(b"\0")
        elif what == "in":
            made[place:place] = draw(st.binary(min_size=1, max_size=9))
        else:
            made[place:place] = made[place : place + draw(st.integers(1, 60))]
    return bytes(made)


@pytest.mark.parametrize("suffix", VALID)
def test_a_damaged_file_is_read_or_refused(folder, suffix):
    @given(damage(VALID[suffix]))
    def law(data):
        only_toynets_errors(folder, suffix, data)

    law()
