"""Common beliefs about weights that are wrong, by name: data in `misconceptions.toml`."""

from __future__ import annotations

import functools
from pathlib import Path

from toynets.coursework.untrusted import known_keys
from toynets.errors import ToynetsError, unknown
from toynets.fields import record

FILE = Path(__file__).with_name("misconceptions.toml")


@record(frozen=True)
class Misconception:
    """A belief.

    Attributes:
        name: short, with hyphens.
        says: the belief in one sentence.
        answer: what to look at, in one sentence.
        refuted_by: a network of the zoo on which it fails.
        decoy: a network of the zoo on which it happens to hold.
        item: the exercise that finds out who holds it.
    """

    name: str
    says: str
    answer: str
    refuted_by: str
    decoy: str
    item: str


@functools.cache
def catalogue() -> dict[str, Misconception]:
    """Return every misconception by name.

    >>> catalogue()["zero-is-neutral"].refuted_by
    'constant-unit'
    """
    import tomllib

    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    keys = ("says", "answer", "refuted_by", "decoy", "item")
    return {
        name: Misconception(name, **known_keys(said, keys, name, keys))
        for name, said in data.items()
    }


def misconception(name: str) -> Misconception:
    """Return one misconception.

    Raises:
        ToynetsError: no such name.
    """
    found = catalogue().get(name)
    if found is None:
        raise ToynetsError(unknown("misconception", name, "the list", catalogue()))
    return found
