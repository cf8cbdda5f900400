"""The page computes what the package computes: every network, every kind of intervention."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import page_vectors
import pytest
from page_browser import under_node

from toynets.errors import ToynetsError
from toynets.zoo import load, names

PAGE = Path(__file__).parents[2] / "toynets" / "explorer" / "page"
HERE = Path(__file__).parent

node = pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")


def compared(tmp_path: Path, given: dict[str, Any]) -> dict[str, Any]:
    file = tmp_path / "given.json"
    file.write_text(json.dumps(given), encoding="utf-8")
    return under_node("vectors.mjs", PAGE, file)


@node
@pytest.mark.parametrize(
    ("most", "most_rows"), [(3, 2), pytest.param(6, 6, marks=pytest.mark.long)]
)
def test_page_and_package_agree_on_every_network(tmp_path: Path, most: int, most_rows: int) -> None:
    entries = [load(name) for name in names()]
    given = [page_vectors.vectors(e.network, e.task.domain, most, most_rows) for e in entries]
    found = compared(tmp_path, {"networks": given})
    assert found["wrong"] == [], found["wrong"][:40]
    assert found["networks"] == len(entries)
    assert found["runs"] == sum(len(r) for g in given for c in g["cases"] for _, r in c["runs"])
    print({k: v for k, v in found.items() if k not in ("wrong", "refused")})


@node
def test_page_refuses_in_the_same_words(tmp_path: Path) -> None:
    network = load("xor-sum").network
    tied = load("digon").network
    given = [(network, text) for text in page_vectors.REFUSED]
    given += [(tied, f"{next(iter(tied.ties))}@7 = 0")]
    wanted = []
    for net, text in given:
        with pytest.raises(ToynetsError) as caught:
            net.wiring.resolve(text)
        error = caught.value
        wanted.append(
            {
                "message": error.message,
                "cause": error.cause,
                "fix": error.fix,
                "column": getattr(error, "column", 0),
            }
        )
    asked = [{"text": text, "network": net.to_dict()} for net, text in given]
    assert compared(tmp_path, {"refused": asked})["refused"] == wanted
