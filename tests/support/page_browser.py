"""Runs the pages of the explorer in the system's Chromium, where there is one."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[1] / "explorer"


def chromium() -> str:
    return next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
    )


def missing() -> str:
    if shutil.which("node") is None:
        return "node is not installed"
    if not chromium():
        return "no Chromium is installed"
    if not (FOLDER / "node_modules" / "playwright-core").is_dir():
        return "npm ci has not been run in tests/explorer"
    return ""


needs_browser = pytest.mark.skipif(bool(missing()), reason=missing() or "there is a browser")


def under_node(script: str, page: Path, given: Path) -> dict[str, Any]:
    """Run a script of tests/explorer on the modules of a page and a file."""
    done = subprocess.run(
        ["node", str(FOLDER / script), str(page), str(given)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def browse(folder: Path, jobs: list[dict[str, Any]], timeout: float = 120) -> list[dict[str, Any]]:
    file = folder / "jobs.json"
    file.write_text(json.dumps(jobs), encoding="utf-8")
    done = subprocess.run(
        ["node", "browser.mjs", chromium(), str(file)],
        cwd=FOLDER,
        capture_output=True,
        text=True,
        check=False,
        timeout=timeout,
    )
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    for report in found:
        assert "failed" not in report, report["failed"]
    return found
