"""Fuzz every reader of files, guided by coverage (needs atheris: `pip install atheris`).

    python tests/support/fuzz_readers.py -runs=100000 [corpus folder]

Anything but a `ToynetsError` that comes out of a reader ends the run with the input that did it.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from hostile import VALID

from toynets.errors import ToynetsError
from toynets.expressions import parse_expression
from toynets.io import read
from toynets.names import parse_intervention

SUFFIXES = list(VALID)
FOLDER = Path(tempfile.mkdtemp())


def one(data):
    """Give one input to the reader or parser that its first byte chooses."""
    if not data:
        return
    choice = data[0] % (len(SUFFIXES) + 2)
    try:
        if choice < len(SUFFIXES):
            path = FOLDER / f"file{SUFFIXES[choice]}"
            path.write_bytes(data[1:])
            read(path, activation="relu")
        else:
            parser = (parse_expression, parse_intervention)[choice - len(SUFFIXES)]
            parser(data[1:].decode("utf-8", "replace"))
    except ToynetsError:
        pass


if __name__ == "__main__":
    import atheris

    atheris.instrument_all()
    corpus = FOLDER / "corpus"
    corpus.mkdir()
    for number, data in enumerate(VALID.values()):
        (corpus / str(number)).write_bytes(bytes([number]) + data)
    arguments = sys.argv if any(not a.startswith("-") for a in sys.argv[1:]) else [
        *sys.argv, str(corpus),
    ]  # fmt: skip  # the corpus made here, unless another is named
    atheris.Setup(arguments, one)
    atheris.Fuzz()
