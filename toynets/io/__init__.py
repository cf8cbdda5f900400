"""Networks of other origin: read safely, written so that other programs read them.

Every reader looks at sizes before it reads, at shapes before it reserves, and runs nothing that a
file holds. What it cannot read exactly it refuses, with the reason.
"""

from __future__ import annotations

from toynets.io.losses import not_written
from toynets.io.reading import FORMATS, is_network_file, read
from toynets.io.writing import encode, write

__all__ = [
    "FORMATS",
    "encode",
    "is_network_file",
    "not_written",
    "read",
    "write",
]
