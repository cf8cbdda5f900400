"""From a click on an ablation to the table that shows it: `python -m benchmarks.click [NAME…]`.

Needs Chromium, node, and `npm ci` in tests/explorer. There is no peer: these are milliseconds.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

import toynets

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

LARGEST = ("table-trained", "bars-trained", "rare-unit")  # most numbers; most rows


def main(names: list[str]) -> int:
    """Print the median and the largest time of each network."""
    from page_browser import browse

    print(f"{'network':<16} {'numbers':>7} {'rows':>5} {'median':>9} {'largest':>9}")
    for name in names or LARGEST:
        entry = toynets.load(name)
        first, *_ = entry.network.hidden
        clauses = [f"{first} = {value}" for value in ("0", "mean", "resample", "worst", "0")]
        clauses += [f"{entry.network.inputs[0]} = 0", "", f"{first}.pre = 0"]
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / f"{name}.html"
            file.write_text(toynets.explore(name).html, encoding="utf-8")
            job = {"kind": "time", "file": str(file), "clauses": clauses}
            (found,) = browse(Path(folder), [job])
        times = found["times"]
        print(
            f"{name:<16} {len(entry.network.numbers):>7} {len(entry.task.domain.rows):>5}"
            f" {statistics.median(times):>6.0f} ms {max(times):>6.0f} ms",
            flush=True,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
