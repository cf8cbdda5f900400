"""Judge every one-place edit of every explanation and network, in a process for each core.

    python tests/support/every_edit.py [NAME…] [--processes N] [--save FILE]

It takes an hour or two, and the outcome is recorded in `tests/controls/every_edit.txt`. With --save
what is judged is written to a file as it is found, and a run that was stopped goes on from there.
"""

from __future__ import annotations

import argparse
import functools
import hashlib
import json
import multiprocessing
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor, as_completed

from controls import Bench, Counts, named

from toynets import zoo

CHUNK = 20  # edits that are judged at a time
HEAD = ("tried", "caught", "equivalent", "undecided", "unlabelled", "wrong")


@functools.lru_cache(maxsize=1)
def bench(name):
    """Return the bench of an entry; a process keeps its last one."""
    return Bench(zoo.load(name))


def judge_chunk(name, start):
    """Return (counts, counts by behaviour alone) of some edits of an entry, as plain data."""
    made = bench(name)
    return [vars(c) for c in made.judged(made.edits[start : start + CHUNK])]


def sizes(name):
    """Return how many edits an entry has, of its explanation and of its network."""
    made = bench(name)
    return made.words, len(made.edits) - made.words


def identity(name):
    """Return what tells an entry from an earlier state of it.

    The reasons why a number is free are left out: no edit is of them, and no verdict reads them.
    """
    entry = zoo.load(name)
    data = {key: part for key, part in entry.explanation.to_dict().items() if key != "slack"}
    said = hashlib.sha256(json.dumps(data).encode()).hexdigest()
    return f"{name} {entry.network.hash} {said}"


def columns(counts):
    """Return the numbers of one count, in the order of HEAD."""
    wrong = len(counts.survivors) + len(counts.accused)
    return (
        counts.tried, counts.caught, counts.equivalent, counts.undecided, counts.ambiguous, wrong
    )  # fmt: skip  # in the order of HEAD


def line(name, counts, behaviour):
    """Return a line of the table."""
    cells = "".join(f"{n:>11,}" for n in (*columns(counts), *columns(behaviour)))
    return f"{name:<24}{cells}  {', '.join(counts.free)}".rstrip()


def table(found):
    """Yield the lines of the table: by network, and the sum."""
    yield f"{'':<24}{'every edit':>66}{'false weights, by behaviour alone':>66}"
    yield f"{'network':<24}" + "".join(f"{h:>11}" for h in HEAD * 2) + "  free numbers"
    total = Counts(), Counts()
    for name in sorted(found):
        yield line(name, *found[name])
        for wrong in (w for c in found[name] for w in (*c.survivors, *c.accused)):
            yield f"    WRONG {wrong}"
        for mine, other in zip(total, found[name], strict=True):
            mine.merge(other)
    total[0].free.clear()
    yield line(f"all {len(found)}", *total)


class Progress:
    """How many edits are judged, and about how long the rest takes: a line that is written over."""

    def __init__(self, total):
        self.total, self.done = total, 0
        self.started = self.shown = time.monotonic()

    def skip(self, count):
        """Leave out edits that an earlier run judged."""
        self.total -= count

    def advance(self, count):
        """Count edits that were judged."""
        self.done += count
        now = time.monotonic()
        terminal = sys.stderr.isatty()
        if now - self.shown < (1 if terminal else 60):
            return
        self.shown = now
        left = (now - self.started) * (self.total - self.done) / self.done / 60
        said = f"{self.done:,} of {self.total:,} edits; about {left:.0f} min left"
        print(f"\r{said}   " if terminal else said, end="" if terminal else "\n", file=sys.stderr)


def judge_all(names, processes, save=None):
    """Return name -> (Counts, Counts by behaviour alone), over every edit of the entries."""
    keys = {name: identity(name) for name in names}
    known = {}
    if save and os.path.exists(save):
        with open(save, encoding="utf-8") as file:
            for entry, start, counts in map(json.loads, file):
                known[entry, start] = counts
    parts = {name: sizes(name) for name in names}
    names = sorted(names, key=lambda name: sum(parts[name]))
    # Explanations first: an edit of a network takes longest.
    tasks = [(name, start) for name in names for start in range(0, parts[name][0], CHUNK)]
    tasks += [
        (name, start)
        for name in names
        for start in range(-(-parts[name][0] // CHUNK) * CHUNK, sum(parts[name]), CHUNK)
    ]
    progress = Progress(sum(map(sum, parts.values())))
    found = {name: (Counts(), Counts()) for name in names}

    def take(name, counts):
        for mine, data in zip(found[name], counts, strict=True):
            mine.merge(Counts(**data))
        return counts[0]["tried"]

    left = []
    for name, start in tasks:
        counts = known.get((keys[name], start))
        if counts and counts[0]["tried"] == min(CHUNK, sum(parts[name]) - start):
            progress.skip(take(name, counts))
        else:
            left.append((name, start))
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=spawn) as pool:
        waiting = {pool.submit(judge_chunk, *task): task for task in left}
        for future in as_completed(waiting):
            name, start = waiting[future]
            counts = future.result()
            progress.advance(take(name, counts))
            if save:
                with open(save, "a", encoding="utf-8") as file:
                    file.write(json.dumps([keys[name], start, counts]) + "\n")
    for counts, _ in found.values():
        counts.free = sorted(set(counts.free))
    return found


def main():
    """Judge, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--processes", type=int, default=os.cpu_count(), metavar="N")
    parser.add_argument("--save", metavar="FILE", help="keep what is judged, and go on from it")
    given = named(parser)
    found = judge_all(given.names or zoo.names(), given.processes, given.save)
    print(file=sys.stderr)
    for text in table(found):
        print(text)
    wrong = any(c.survivors or c.accused for both in found.values() for c in both)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
