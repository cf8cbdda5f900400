"""What a result was measured on."""

from __future__ import annotations

import os
import platform
import re
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

PACKAGES = ("toynets", "jax", "jaxlib", "numpy", "optax", "torch", "shapiq", "captum", "maraboupy")


def processor() -> str:
    """Return the name of the processor."""
    try:
        text = Path("/proc/cpuinfo").read_text("utf-8")
    except OSError:  # not Linux
        text = ""
    found = re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE)
    return found[1].strip() if found else platform.processor() or platform.machine()


def described() -> dict[str, Any]:
    """Return device, versions, load and date, as the results file has them."""
    import jax

    devices = jax.devices()
    packages = {}
    for name in PACKAGES:
        try:
            packages[name] = version(name)
        except PackageNotFoundError:
            packages[name] = None
    return {
        "device": devices[0].device_kind if devices[0].platform != "cpu" else processor(),
        "platform": devices[0].platform,
        "devices": len(devices),
        "processor": processor(),
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "packages": packages,
        "date": datetime.now(UTC).date().isoformat(),
        "load": load(),
    }


def load() -> float | None:
    """Return how many programs have wanted a processor at once in the last minute."""
    return round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None


def file_name(about: dict[str, Any]) -> str:
    """Return the name of the results file of a machine.

    >>> file_name({"platform": "cpu", "device": "AMD EPYC (7R13)", "cores": 2})
    'cpu-amd-epyc-7r13-2-cores.json'
    """
    words = f"{about['platform']} {about['device']}"
    if about["platform"] == "cpu":
        words += f" {about['cores']} cores"
    return "-".join(re.findall(r"[a-z0-9]+", words.lower())) + ".json"
