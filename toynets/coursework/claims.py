"""Claims files, `toynets-claims/1`: what a student hands in. Data, never code, and no names."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from toynets.coursework.exercise import ID
from toynets.coursework.untrusted import (
    MAX_BYTES,
    Numeral,
    known_keys,
    read_json,
    short_list,
    short_text,
)
from toynets.errors import ToynetsError
from toynets.fields import field, record

FORMAT = "toynets-claims/1"
KEYS = ("format", "lesson", "network", "claims", "version")
MOST_CLAIMS = 200
LESSON = re.compile(r"[A-Z][A-Z0-9]{1,7}")


@record(frozen=True)
class ClaimsFile:
    """What a claims file says.

    Attributes:
        lesson: such as L04.
        network: the pin of the first exercise's network, or "".
        claims: id -> the fields of the claim.
    """

    lesson: str
    network: str = ""
    claims: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def read_claims(data: bytes, what: str = "the claims file") -> ClaimsFile:
    """Read a claims file strictly; its claims are looked at when they are judged.

    Args:
        data: the bytes.
        what: for messages.

    Raises:
        ToynetsError: what `read_json` refuses; another format; unknown keys; no claims, too many
            of them, or two of one exercise.

    >>> read_claims(b'{"format": "toynets-claims/1", "lesson": "L04", "claims": []}').lesson
    'L04'
    """
    given = read_json(data, what)
    if isinstance(given, Mapping) and given.get("format") != FORMAT:
        raise ToynetsError(
            f"{what}: expected the format {FORMAT} but got {repr(given.get('format'))[:70]}.",
            cause="it is another file, or a newer toynets wrote it.",
            fix="hand in the file that hw.submit() wrote.",
        )
    known_keys(given, KEYS, what, ("format", "lesson", "claims"))
    lesson = short_text(given["lesson"], "lesson")
    if LESSON.fullmatch(lesson) is None:
        raise ToynetsError(f"{what}: {lesson[:40]!r} is not a lesson.", fix="write L04.")
    network = short_text(given.get("network", ""), "network")
    short_text(given.get("version", ""), "version")
    found: dict[str, Mapping[str, Any]] = {}
    for number, claim in enumerate(short_list(given["claims"], "claims", MOST_CLAIMS), start=1):
        if not isinstance(claim, Mapping) or "id" not in claim:
            raise ToynetsError(f"{what}: claim {number} is not a table with an id.")
        name = short_text(claim["id"], f"the id of claim {number}")
        if ID.fullmatch(name) is None:
            raise ToynetsError(f"{what}: the id of claim {number}, {name[:40]!r}, is not L04.1.")
        if name in found:
            raise ToynetsError(f"{what} has two claims for {name}.", fix="leave one of them out.")
        found[name] = claim
    return ClaimsFile(lesson, network, found)


def write_claims(said: ClaimsFile) -> str:
    """Write a claims file, a line for each claim.

    Raises:
        ToynetsError: it would be larger than what is read.
    """
    lines = ",\n".join(
        "  " + json.dumps({"id": name, **_without_id(claim)}, ensure_ascii=False)
        for name, claim in said.claims.items()
    )
    made = (
        f'{{"format": "{FORMAT}", "lesson": {json.dumps(said.lesson)}, '
        f'"network": {json.dumps(said.network)},\n "claims": [\n{lines}]}}\n'
    )
    if len(made.encode("utf-8")) > MAX_BYTES:
        raise ToynetsError(f"the claims have more than {MAX_BYTES} bytes.")
    return made


def _without_id(claim: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in as_data(claim).items() if k != "id"}


def as_data(value: Any) -> Any:
    """Return a value as JSON holds it: floats and fractions as exact text.

    >>> as_data({"x": (0.5, Numeral("3"))})
    {'x': ['1/2', 3]}
    """
    if isinstance(value, Mapping):
        return {str(k): as_data(v) for k, v in value.items()}
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, list | tuple):
        return [as_data(v) for v in value]
    if isinstance(value, Numeral):
        return int(value) if re.fullmatch(r"-?[0-9]{1,15}", value) else str(value)
    if isinstance(value, bool | int | str) or value is None:
        return value
    if isinstance(value, float):
        if value - value != 0:
            raise ToynetsError(f"{value} is not a number that can be claimed.")
        exact = Fraction(value)
        return int(exact) if exact.denominator == 1 and abs(exact) < 10**15 else str(exact)
    if hasattr(value, "numerator") and hasattr(value, "denominator"):
        return str(Fraction(int(value.numerator), int(value.denominator)))
    return str(value)  # an expression, an intervention
