"""Random edits of true certificates: still true, or refused; and only a refusal comes out."""

from __future__ import annotations

import copy
import json
import random

from hand_certificates import ACCEPTED, X
from hypothesis import given, settings
from hypothesis import strategies as st
from sentence_brute import contradicts

from toynets.certificate_checker import Refused, check
from toynets.errors import ToynetsError
from toynets.network import Network
from toynets.verification.proofs.expressing import Unwritable

PLAIN = json.loads(json.dumps(ACCEPTED))
TEXTS = (
    "0",
    "1",
    "-1",
    "1/2",
    "2",
    "-2",
    "3",
    "1/3",
    "+",
    "-",
    "=",
    "~",
    "proved",
    "refuted",
    "relu",
)
NEW = (
    *TEXTS,
    0,
    1,
    2,
    5,
    True,
    False,
    None,
    [],
    {},
    [[0, "1"]],
    ["="],
    ["same", 1],
    X,
    {"empty": []},
)
SENTENCES = ("y == e", "y <= e", "y >= e", "y < e", "y != e", "h >= 0", "h > 0", "y == 0", "x > 0")


def places(data, at=()):
    """Every path into a file."""
    inner = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in inner:
        yield (*at, key)
        if isinstance(value, dict | list):
            yield from places(value, (*at, key))


def look(data, path):
    for key in path:
        data = data[key]
    return data


def change(draw, data):
    """One random edit, in place; half of them of a cover."""
    paths = list(places(data))
    deep = [p for p in paths if "cover" in p]
    path = draw.choice(deep if deep and draw.random() < 0.5 else paths)
    where, key = look(data, path[:-1]), path[-1]
    how = draw.choice(("new", "other", "other", "delete", "twice", "swap"))
    if how == "delete":
        del where[key]
    elif how == "new":
        where[key] = copy.deepcopy(draw.choice(NEW))
    elif how == "other":
        alike = [p for p in paths if p[-1] == key or len(p) == len(path)]
        where[key] = copy.deepcopy(look(data, draw.choice(alike)))
    elif isinstance(where, list):
        at = draw.randrange(len(where))
        if how == "twice":
            where.insert(at, copy.deepcopy(where[key]))
        else:
            where[key], where[at] = where[at], where[key]


def edited(draw):
    """A certificate with a few edits; a network that is changed gets its new hash."""
    data = copy.deepcopy(PLAIN[draw.choice(sorted(PLAIN))])
    if draw.random() < 0.25:
        claim = draw.choice(data["claims"])
        claim["program"][-1]["expression"] = draw.choice(SENTENCES)
    for _ in range(draw.randint(1, 3)):
        if data:
            change(draw, data)
    if "network" in data:
        data["network"] = rehashed(data["network"])
    return data


def rehashed(net):
    """A network with the hash of its numbers, where it is one."""
    try:
        return Network.from_dict({k: v for k, v in net.items() if k != "hash"}).to_dict()
    except (ToynetsError, AttributeError, TypeError):
        return net


@settings(max_examples=50)
@given(st.integers(0, 10**9))
def test_an_edited_certificate_is_true_or_refused(seed):
    draw = random.Random(seed)
    for _ in range(40):
        data = edited(draw)
        try:
            check(json.dumps(data).encode())
        except Refused:
            continue
        for claim in data["claims"]:
            try:
                assert not contradicts(data, claim)
            except (ToynetsError, Unwritable):
                continue  # the prover has no such expression: nothing is decided


@settings(max_examples=200)
@given(st.sampled_from(sorted(PLAIN)), st.data())
def test_an_edited_text_is_read_or_refused(name, source):
    raw = bytearray(json.dumps(PLAIN[name]).encode())
    for _ in range(source.draw(st.integers(1, 4))):
        at = source.draw(st.integers(0, len(raw) - 1))
        raw[at] = source.draw(st.sampled_from(b'"[]{}:,-/019 aex\x00\xff'))
    try:
        check(bytes(raw))
    except Refused as refusal:
        assert str(refusal).isprintable()


@given(st.binary(max_size=60))
def test_any_bytes_are_refused(raw):
    try:
        check(raw)
    except Refused:
        return
    raise AssertionError("no file of 60 bytes is a certificate")
