"""The runner: `python -m benchmarks`."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks import goals
from benchmarks.machine import described, file_name, load
from benchmarks.measuring import Clock, Line

RESULTS = Path(__file__).parent / "results"
ROOT = Path(__file__).parents[1]
COLUMNS = (
    *("case", "peer", "ours", "peer's", "ratio", "quartiles"),
    *("CPU", "least", "asked", "", "first"),
)


def environment(threads: int) -> dict[str, str]:
    """Return the environment of a goal's process: so many threads for JAX, one for peers.

    JAX sizes its pool by NPROC when it starts; nothing else limits it. It hands a program with a
    loop to that pool even where it has one thread; then a call waits until the system lets that
    thread run, which PyTorch's calls do not. So programs run in the calling thread.
    """
    single = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")
    kept = {k: v for k, v in os.environ.items() if not k.startswith("JAX_COMPILATION_CACHE")}
    own = {"NPROC": str(threads), "JAX_CPU_ENABLE_ASYNC_DISPATCH": "false"}
    return kept | dict.fromkeys(single, "1") | own


def run_goal(name: str, seconds: float, threads: int) -> dict[str, Any]:
    """Run one goal in a process of its own and return what it found, or why it did not."""
    command = [sys.executable, "-m", "benchmarks", "--inside", name]
    command += ["--seconds", str(seconds), "--threads", str(threads)]
    start, before = time.perf_counter(), load()
    done = subprocess.run(
        command, env=environment(threads), cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False
    )
    lines = json.loads(done.stdout) if done.returncode == 0 else []
    what = goals.goal(name).WHAT
    failed = done.returncode != 0
    return {
        "name": name,
        "what": what,
        "lines": lines,
        "failed": failed,
        "seconds": round(time.perf_counter() - start, 1),
        "load before": before,
        "date": datetime.now(UTC).date().isoformat(),
    }


def with_kept(found: list[dict[str, Any]], path: Path, about: dict[str, Any]) -> list[Any]:
    """Return what was found, and of a results file the goals that were not run this time.

    They are kept where the file was written with the same versions on the same machine.
    """
    try:
        old = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return found
    same = all(old["machine"][k] == about[k] for k in ("device", "python", "packages"))
    run = {goal["name"] for goal in found}
    kept = [goal for goal in old["goals"] if same and goal["name"] not in run]
    return sorted(found + kept, key=lambda goal: str(goal["name"]))


def inside(name: str, clock: Clock) -> None:
    """Measure one goal in this process and print its lines as JSON, and nothing else."""
    out, sys.stdout = sys.stdout, sys.stderr  # what a peer prints is no result
    lines = [line.to_dict() for line in goals.goal(name).measure(clock)]
    print(json.dumps(lines), file=out)


def cells(line: dict[str, Any]) -> list[str]:
    """Return a line as the cells of the table."""
    at_most = line["at_most"]

    def number(value: float | None) -> str:
        return "" if value is None else f"{value:.3g}"

    def seconds(value: float | None) -> str:
        if value is None:
            return ""
        return f"{value:.3g} s" if value >= 1 else f"{value * 1e3:.3g} ms"

    asked = "" if line["asked"] is None else f"{'≤' if at_most else '≥'} {line['asked']:g}"
    spread = "" if line["low"] is None else f"{line['low']:.3g}-{line['high']:.3g}"
    first = "" if line["first"] is None else f"{seconds(line['first'])} / "
    first += seconds(line["peers_first"])
    verdict = {None: "", True: "reached", False: "MISSED"}[line["reached"]]
    return [
        line["case"],
        line["peer"],
        seconds(line["ours"]),
        seconds(line["peers"]),
        number(line["ratio"]),
        spread,
        number(line["cpu_ratio"]),
        number(line["least_ratio"]),
        asked,
        verdict,
        first,
    ]


def table(found: list[dict[str, Any]]) -> str:
    """Return the table of all goals as text."""
    rows = [list(COLUMNS)] + [cells(line) for goal in found for line in goal["lines"]]
    widths = [max(len(row[k]) for row in rows) for k in range(len(COLUMNS))]
    texts = ["  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) for row in rows]
    texts.insert(1, "  ".join("-" * w for w in widths))
    texts += [f"FAILED: {goal['name']}, see above" for goal in found if goal["failed"]]
    return "\n".join(text.rstrip() for text in texts)


def kernel_tests() -> dict[str, Any]:
    """Run the tests of the kernels on the backend in use; return how it went."""
    command = [sys.executable, "-m", "pytest", "tests/kernels", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*command, "-n", "0"], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False
    )
    print(done.stdout[-4000:])
    last = done.stdout.strip().splitlines()[-1:] or [""]
    return {"passed": done.returncode == 0, "said": last[0].strip("= ")}


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    made = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    made.add_argument("goals", nargs="*", help="which goals; default all")
    made.add_argument("--list", action="store_true", help="list the goals and stop")
    made.add_argument("--seconds", type=float, default=8.0, help="for each pair (8)")
    made.add_argument("--threads", type=int, default=1, help="for JAX; peers have one (1)")
    made.add_argument("--tests", action="store_true", help="run the tests of the kernels first")
    made.add_argument("--output", type=Path, help="the results file; default results/DEVICE.json")
    made.add_argument("--inside", help=argparse.SUPPRESS)
    return made


def main(arguments: list[str] | None = None) -> int:
    """Run the benchmarks; the exit status is 1 where a goal failed or a ratio was missed."""
    chosen = parser().parse_args(arguments)
    clock = Clock(chosen.seconds, chosen.threads)
    if chosen.inside:
        inside(chosen.inside, clock)
        return 0
    there = goals.names()
    if chosen.list:
        print("\n".join(f"{name}: {goals.goal(name).WHAT}" for name in there))
        return 0
    wrong = [name for name in chosen.goals if name not in there]
    if wrong:
        print(f"no goal {wrong[0]}. Goals: {', '.join(there)}.", file=sys.stderr)
        return 2
    start = time.perf_counter()
    tests = kernel_tests() if chosen.tests else None
    found = []
    for name in chosen.goals or there:
        print(f"{name}: {goals.goal(name).WHAT}", file=sys.stderr)
        found.append(run_goal(name, chosen.seconds, chosen.threads))
    about = described()
    whole = round(time.perf_counter() - start, 1)
    path = chosen.output or RESULTS / file_name(about)
    result = {
        "format": "toynets-benchmarks/1",
        "machine": about,
        "threads": {"jax": chosen.threads, "peers": 1},
        "seconds": whole,
        "kernel tests": tests,
        "goals": with_kept(found, path, about),
    }
    print(table(found))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", "utf-8")
    versions = about["packages"]
    print(f"\n{whole:.0f} s on {about['device']}, jax {versions['jax']}; written to {path}")
    missed = any(line["reached"] is False for goal in found for line in goal["lines"])
    failed = any(goal["failed"] for goal in found) or (tests is not None and not tests["passed"])
    return int(missed or failed)


__all__ = ["Line", "main", "table"]

if __name__ == "__main__":
    sys.exit(main())
