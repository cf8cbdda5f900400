"""Two programs that compute the same, timed in turn in one process.

Other people compute on the same machine, so that absolute times drift by factors. What counts is
the ratio of two medians, of calls that were made in turn, and how far the ratio of single rounds
strays from it.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from statistics import median, quantiles
from typing import Any

FEWEST, MOST = 5, 100  # rounds


@dataclass(frozen=True)
class Line:
    """One line of the table.

    Attributes:
        case: what was measured.
        peer: what it was measured against.
        ours: seconds, the median; or None where nothing is timed.
        peers: seconds, the median.
        ratio: peers / ours; where `at_most`, ours / peers.
        low, high: quartiles of that ratio, round by round.
        cpu_ratio: the same ratio of processor time, which does not count waiting for others.
        least_ratio: the same ratio of the quickest call of each: what is left of it where nobody
            else computes.
        rounds: how many times each was called.
        first: seconds of our first call, with everything compiled.
        peers_first: likewise.
        asked: the ratio asked, or None where nothing is asked.
        at_most: whether the ratio must be at most what is asked, else at least.
        reached: whether it is; None where nothing is asked.
        checked: how it was made sure that both compute the same.
        note: anything else.
    """

    case: str
    peer: str
    ours: float | None = None
    peers: float | None = None
    ratio: float | None = None
    low: float | None = None
    high: float | None = None
    cpu_ratio: float | None = None
    least_ratio: float | None = None
    rounds: int = 0
    first: float | None = None
    peers_first: float | None = None
    asked: float | None = None
    at_most: bool = False
    reached: bool | None = None
    checked: str = ""
    note: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return the fields, numbers rounded to four digits."""
        return {k: float(f"{v:.4g}") if _is_float(v) else v for k, v in asdict(self).items()}


def _is_float(value: Any) -> bool:
    return isinstance(value, float)


@dataclass(frozen=True)
class Clock:
    """How long to measure.

    Attributes:
        seconds: for each pair, as long as it has its fewest rounds.
        threads: how many threads JAX may use; peers have one. For notes.
    """

    seconds: float = 8.0
    threads: int = 1

    def pair(
        self,
        case: str,
        peer: str,
        ours: Callable[[], Any],
        theirs: Callable[[], Any],
        *,
        same: Callable[[Any, Any], str],
        asked: float | None = None,
        at_most: bool = False,
        fewest: int = FEWEST,
        note: str = "",
    ) -> Line:
        """Time two functions in turn.

        Args:
            case: what is measured.
            peer: what it is measured against.
            ours: a function that returns when its result is there.
            theirs: likewise.
            same: asserts that the two results are the same, and says how; called before timing,
                with the results of the first calls.
            asked: the ratio asked.
            at_most: whether `asked` is the most that our share of the peer's time may be.
            fewest: rounds at least.
            note: anything else.
        """
        mine, first = timed(ours)
        others, peers_first = timed(theirs)
        checked = same(mine, others)
        del mine, others
        rounds: list[tuple[float, float]] = []
        processor: list[tuple[float, float]] = []
        start = time.perf_counter()
        while len(rounds) < fewest or (
            len(rounds) < MOST and time.perf_counter() - start < self.seconds
        ):
            row, cpu = [], []
            for function in (ours, theirs):
                began = processor_time()
                row.append(timed(function)[1])
                cpu.append(processor_time() - began)
            rounds.append((row[0], row[1]))
            processor.append((cpu[0], cpu[1]))
        found = _ratio(rounds, at_most)
        each = [_ratio([one], at_most) for one in rounds]
        low, _, high = quantiles(each, n=4)
        return Line(
            case,
            peer,
            median(a for a, _ in rounds),
            median(b for _, b in rounds),
            found,
            low,
            high,
            _ratio(processor, at_most),
            _ratio([(min(a for a, _ in rounds), min(b for _, b in rounds))], at_most),
            len(rounds),
            first,
            peers_first,
            asked,
            at_most,
            None if asked is None else (found <= asked if at_most else found >= asked),
            checked,
            note,
        )


def timed(function: Callable[[], Any]) -> tuple[Any, float]:
    """Return what a function returns, and the seconds that it took."""
    start = time.perf_counter()
    result = function()
    return result, time.perf_counter() - start


def processor_time() -> float:
    """Return the processor time of this process and of those it waited for."""
    each = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in each)


def _ratio(rounds: list[tuple[float, float]], at_most: bool) -> float:
    ours, theirs = median(a for a, _ in rounds), median(b for _, b in rounds)
    above, below = (ours, theirs) if at_most else (theirs, ours)
    return above / below if below else float("inf")


def within(bound: float, what: str = "largest difference") -> Callable[[Any, Any], str]:
    """Return a check that two arrays are nowhere further apart than a bound."""

    def check(a: Any, b: Any) -> str:
        import numpy as np

        gap = float(np.abs(np.asarray(a, "float64") - np.asarray(b, "float64")).max())
        assert gap <= bound, f"{what} {gap:.3g}, more than {bound:.3g}"
        return f"{what} {gap:.1e}"

    return check
