"""Several networks verified at once: a process for each core, and what each found sent back.

Names go in, one a line, and records come out, through pipes between the processes of one program:
nothing is read from a file.
"""

from __future__ import annotations

import copyreg
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO

from flint import arb

from toynets.errors import ToynetsError

# Ctrl-C reaches every process of a terminal; it is this one that answers it and ends the others.
PROGRAM = (
    "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN); from {} import serve; serve()"
)
Found = tuple[Any, Any]  # the report, and what refuted the wrong explanations


def _ball(middle: tuple[int, int], radius: tuple[int, int]) -> arb:
    return arb(middle, radius)


def _parts(ball: arb) -> tuple[Any, tuple[tuple[int, ...], ...]]:
    """Take a ball apart without a loss: its middle and radius as (integer, power of 2).

    >>> made, parts = _parts(arb(1) / 3)
    >>> again = made(*parts)
    >>> again.mid() == (arb(1) / 3).mid() and again.rad() == (arb(1) / 3).rad()
    True
    """
    parts = (ball.mid().man_exp(), ball.rad().man_exp())
    return _ball, tuple(tuple(int(v) for v in part) for part in parts)


copyreg.pickle(arb, _parts)


def find(entry: Any, given: Mapping[str, int]) -> Found:
    """Verify one network of the zoo with its right and its wrong explanations."""
    from toynets.api.overview import try_wrong
    from toynets.verification import verify

    cases, seed = given["cases"], given["seed"]
    report = verify(entry.network, entry.explanation, entry.task.domain, cases=cases, seed=seed)
    return report, try_wrong(entry, first=True, cases=cases, seed=seed)


def find_all(
    names: Sequence[str], given: Mapping[str, int], jobs: int
) -> Iterator[tuple[str, Found]]:
    """Yield (name, what was found) as it comes, in no order.

    Args:
        names: of the zoo; the first are begun first.
        given: the budget of cases and the seed.
        jobs: how many processes.

    Raises:
        ToynetsError: a process ended without an answer.
        Exception: the first error of a process, here.
    """
    waiting: queue.SimpleQueue[str] = queue.SimpleQueue()
    for name in names:
        waiting.put(name)
    done: queue.SimpleQueue[tuple[str, Found | BaseException]] = queue.SimpleQueue()
    begun: list[subprocess.Popen[bytes]] = []

    def feed(child: subprocess.Popen[bytes]) -> None:
        name = ""
        try:
            while True:
                name = waiting.get_nowait()
                done.put((name, _ask(child, name, given)))
        except queue.Empty:
            return
        except BaseException as error:  # told to whoever waits
            done.put((name, error))

    try:
        for _ in range(jobs):
            # -P: a file in the working directory is never imported in place of a module.
            command = [sys.executable, "-P", "-c", PROGRAM.format(__name__)]
            child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            begun.append(child)
            threading.Thread(target=feed, args=(child,), daemon=True).start()
        for _ in names:
            name, found = done.get()
            if isinstance(found, BaseException):
                raise found
            yield name, found
    finally:
        for child in begun:
            child.kill()
            child.communicate()


def _ask(child: subprocess.Popen[bytes], name: str, given: Mapping[str, int]) -> Found:
    assert child.stdin is not None and child.stdout is not None
    try:
        child.stdin.write(f"{name} {given['cases']} {given['seed']}\n".encode())
        child.stdin.flush()
        found = pickle.load(child.stdout)
    except (OSError, EOFError, pickle.UnpicklingError) as error:
        raise ToynetsError(
            f"a process ended before it had answered about {name}.",
            cause="it was stopped from outside, or there was too little memory.",
            fix="toynets verify --all --jobs 1 does without other processes.",
        ) from error
    if isinstance(found, BaseException):
        raise found
    return found  # type: ignore[no-any-return]  # what `answer` has written


def answer(asked: BinaryIO, out: BinaryIO) -> None:
    """Answer each line (name, cases, seed) with a record, until there are no more."""
    from toynets.zoo import load

    for line in asked:
        name, cases, seed = line.decode().split()
        found: Any
        try:
            found = find(load(name), {"cases": int(cases), "seed": int(seed)})
        except Exception as error:
            found = error
        out.write(pickle.dumps(found))
        out.flush()


def serve() -> None:
    """Be one of the processes."""
    sys.stdout, own = sys.stderr, sys.stdout.buffer  # what is printed is no record
    answer(sys.stdin.buffer, own)
