"""Writing a certificate from the command line."""

from __future__ import annotations

from typing import Any

from toynets.errors import ToynetsError


def write(certificate: Any, path: str, force: bool, why_not: str) -> None:
    """Write a certificate to a file.

    Raises:
        ToynetsError: there is none, or the file is there already.
    """
    from toynets.api.files import write_new
    from toynets.verification.proofs.certificate import as_json

    if certificate is None:
        raise ToynetsError(
            f"there is no certificate to write: {why_not or 'nothing was proved'}.",
            fix="leave -o out.",
        )
    write_new(path, as_json(certificate), force=force)
