"""Certificates: proved and refuted claims in one JSON file that an independent checker accepts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from toynets.errors import ToynetsError
from toynets.verification.proofs.program import Layers
from toynets.verification.proofs.sentences import sentences

FORMAT = "toynets-certificate/1"
MOST_BYTES = 64 * 1024 * 1024


def written(
    network: Any,
    claims: Sequence[Mapping[str, Any]],
    model: Layers | None = None,
    others: Mapping[str, Any] | None = None,
    about: str = "",
    made_by: str = "toynets",
) -> dict[str, Any]:
    """Return a certificate as plain data.

    Args:
        network: that the claims are about.
        claims: as `Answer.data` gives them; they are written as sentences.
        model: the stated numbers, where a claim runs them.
        others: further networks by name.
        about: a sentence.
        made_by: program and version.
    """
    data: dict[str, Any] = {"format": FORMAT, "network": network.to_dict()}
    if others:
        data["others"] = {name: other.to_dict() for name, other in others.items()}
    if model is not None:
        data["model"] = model.json()
    data |= {
        "about": about or network.name or network.text,
        "made_by": made_by,
        "claims": list(claims),
    }
    return data | {"claims": sentences(data)}


def as_json(certificate: Mapping[str, Any]) -> str:
    """Return a certificate as JSON text, one claim a line.

    Raises:
        ToynetsError: it is larger than a checker reads.
    """
    head = {k: v for k, v in certificate.items() if k != "claims"}
    lines = [json.dumps(claim, separators=(",", ":")) for claim in certificate["claims"]]
    start = json.dumps(head, indent=1, ensure_ascii=False).removesuffix("\n}")
    made = start + ',\n "claims": [\n' + ",\n".join(lines) + "\n ]\n}\n"
    if len(made.encode()) > MOST_BYTES:
        raise ToynetsError(
            f"the certificate would have {len(made.encode())} bytes; a checker reads "
            f"{MOST_BYTES} at most.",
            fix="prove fewer claims at once.",
        )
    return made
