"""Files that are written whole or not at all, and the record of a student's attempts."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from toynets.coursework.untrusted import known_keys, short_list, short_text
from toynets.errors import ToynetsError
from toynets.fields import field, record

FORMAT = "toynets-work/1"
MOST_BYTES = 4 * 1024 * 1024


def write_whole(path: Path, data: str | bytes, *, secret: bool = False) -> None:
    """Replace a file by another one at once: a reader sees the old or the new, never a half.

    Args:
        path: the file.
        data: its text or bytes.
        secret: only the owner may read it.

    Raises:
        ToynetsError: the folder cannot be written.
    """
    given = data if isinstance(data, bytes) else data.encode("utf-8")
    half = ""
    try:
        handle, half = tempfile.mkstemp(dir=path.parent, prefix=".toynets-")
        with os.fdopen(handle, "wb") as file:
            file.write(given)
            file.flush()
            os.fsync(file.fileno())
        if not secret:
            mask = os.umask(0)
            os.umask(mask)
            os.chmod(half, 0o666 & ~mask)
        os.replace(half, path)
    except OSError as error:
        if half and os.path.lexists(half):
            os.unlink(half)
        raise ToynetsError(
            f"{path} cannot be written: {error.strerror}.",
            fix="open the homework in a folder of your own: open(lesson, folder=…).",
        ) from None


@record
class Work:
    """What a student has done so far.

    Attributes:
        lesson: such as L04.
        claims: id -> the last claim.
        failed: id -> how many checks have failed.
        attempts: id -> how many checks there were.
        passed: ids whose last claim is right.
    """

    lesson: str
    claims: dict[str, dict[str, Any]] = field(default_factory=dict)
    failed: dict[str, int] = field(default_factory=dict)
    attempts: dict[str, int] = field(default_factory=dict)
    passed: list[str] = field(default_factory=list)

    def save(self, path: Path) -> None:
        """Write it to a file."""
        from toynets.coursework.claims import as_data

        data = {
            "format": FORMAT,
            "lesson": self.lesson,
            "claims": {name: as_data(claim) for name, claim in self.claims.items()},
            "failed": self.failed,
            "attempts": self.attempts,
            "passed": self.passed,
        }
        write_whole(path, json.dumps(data, indent=1, ensure_ascii=False) + "\n")


def read_work(path: Path) -> Work:
    """Read back what `Work.save` wrote.

    Raises:
        ToynetsError: no such file, or another one.
    """
    from toynets.io.limits import read_bytes

    try:
        data = json.loads(read_bytes(str(path), MOST_BYTES).decode("utf-8"))
    except (ValueError, RecursionError):
        raise ToynetsError(
            f"{path.name} is damaged.", fix="move it away; the claims file can be opened as well."
        ) from None
    keys = ("format", "lesson", "claims", "failed", "attempts", "passed")
    known_keys(data, keys, path.name, keys)
    if data["format"] != FORMAT:
        raise ToynetsError(f"{path.name} is not of the format {FORMAT}.")
    for key in ("claims", "failed", "attempts"):
        if not isinstance(data[key], Mapping):
            raise ToynetsError(f"{path.name} is damaged: {key} is no table.")
    return Work(
        short_text(data["lesson"], "lesson"),
        dict(data["claims"]),
        {k: int(v) for k, v in data["failed"].items()},
        {k: int(v) for k, v in data["attempts"].items()},
        [str(n) for n in short_list(data["passed"], "passed")],
    )
