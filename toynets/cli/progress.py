"""How far long work is: a bar on standard error, or now and then a line, on a terminal only."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Move = Callable[[str, int, int], None]
PATIENCE = 1.0  # seconds before a bar appears: what ends sooner is over before it could be read
PAUSE = 0.25  # seconds between two looks of a bar
LINE = 30.0  # seconds between two lines


class Place:
    """Where the work is: what is being done, how much is done, out of how much.

    >>> place = Place("verify")
    >>> place.move("abs", 3, 10)
    >>> place.text, place.of
    ('abs', '3 of 10')
    """

    def __init__(self, text: str) -> None:
        self.text, self.done, self.total = text, 0, 0

    def move(self, text: str, done: int, total: int) -> None:
        """Say where the work is now."""
        self.text, self.done, self.total = text, done, total

    @property
    def of(self) -> str:
        """How much is done of how much, or nothing where that is not known."""
        return f"{self.done} of {self.total}" if self.total else ""


@contextmanager
def shown(what: str, *, bar: bool) -> Iterator[Move]:
    """Show on standard error where the work is, from a thread of its own, until it is done.

    The work may be long at one place, or not have come to its first: a thread shows that time
    passes.

    Args:
        what: the work, in a word.
        bar: a bar that goes when the work is done; else a line every half minute.

    Yields:
        What is called with where the work is: text, done, of how many.
    """
    place, over = Place(what), threading.Event()
    show = _bar if bar else _lines
    thread = threading.Thread(target=show, args=(what, place, over), daemon=True)
    thread.start()
    try:
        yield place.move
    finally:
        over.set()
        thread.join()


def _lines(what: str, place: Place, over: threading.Event) -> None:
    began = time.perf_counter()
    while not over.wait(LINE):
        said = [what, place.of, place.text * (place.text != what)]
        said.append(f"{time.perf_counter() - began:.0f} s")
        print(", ".join(part for part in said if part), file=sys.stderr, flush=True)


def _bar(what: str, place: Place, over: threading.Event) -> None:
    if over.wait(PATIENCE):
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.fields[of]}", markup=False),
        TimeElapsedColumn(),
    )
    # What is written to standard output meanwhile stays there.
    made = Progress(
        *columns,
        console=Console(stderr=True),
        transient=True,
        auto_refresh=False,
        redirect_stdout=False,
    )
    with made:
        task = made.add_task(what, total=None, of="")
        while True:
            total = place.total or None
            made.update(
                task, description=place.text, completed=place.done, total=total, of=place.of
            )
            made.refresh()
            if over.wait(PAUSE):
                return
