"""The checker refuses what is spoiled, and says where and why."""

from __future__ import annotations

import json

import pytest
from hand_certificates import fresh
from spoiled_certificates import SPOILED, SPOILED_TEXTS

from toynets.certificate_checker import Refused, check


@pytest.mark.parametrize(
    ("name", "spoil", "said"),
    [(name, spoil, said) for name, _, spoil, said in SPOILED],
    ids=[what for _, what, _, _ in SPOILED],
)
def test_a_spoiled_certificate_is_refused_with_its_reason(name, spoil, said):
    data = fresh(name)
    spoil(data)
    raw = json.dumps(data)
    assert raw != json.dumps(fresh(name))
    with pytest.raises(Refused, match=said):
        check(raw.encode())


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [(old, new, said) for _, old, new, said in SPOILED_TEXTS],
    ids=[what for what, *_ in SPOILED_TEXTS],
)
def test_a_spoiled_text_is_refused_with_its_reason(old, new, said):
    text = json.dumps(fresh("tent"))
    assert old in text
    with pytest.raises(Refused, match=said) as refusal:
        check(text.replace(old, new, 1).encode())
    assert len(str(refusal.value)) <= 300 and str(refusal.value).isprintable()


@pytest.mark.parametrize("raw", [b"", b"[]", b"1", b"\xff\xfe", b'"toynets-certificate/1"'])
def test_what_is_no_certificate_is_refused(raw):
    with pytest.raises(Refused):
        check(raw)


def test_a_program_too_long_is_refused():
    data = fresh("tent")
    data["claims"][0]["program"] *= 1_500
    with pytest.raises(Refused, match="no room or rule for"):
        check(json.dumps(data).encode())


def test_a_file_too_large_is_refused_before_it_is_read():
    with pytest.raises(Refused, match="more than 64 MB"):
        check(b" " * (2**26 + 1))
