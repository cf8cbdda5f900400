"""Controls on a box: every one-place edit is judged over the whole box, and labelled at points.

Each edit is judged twice by `verify`. `as it is`: a sample first, then proofs. `by proof`: the
sample is one point, no role is stated, any number is tolerated as a weight, and where the network
is edited nothing is stated of ablations: what an edit changes is left for the prover to find.
A check at the level `proved` is wrong if an independent brute force finds a point of the box that
contradicts it; a verdict `refuted` is wrong if its own witness contradicts nothing.

Run as a program it judges all edits of every entry whose domain is a box:

    python tests/support/box_controls.py [NAME…] [--most N] [--way WAY] [--processes N]
"""

from __future__ import annotations

import argparse
import functools
import itertools
import os
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, fields
from unittest import mock

from box_claims import OnBox
from box_points import inside
from brute import Ambiguous
from brute_programs import NoValueError
from controls import SMALLEST, spread
from mutants import explanation_mutants, network_mutants, tolerance_edits

from toynets import zoo
from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.explanation import Explanation
from toynets.verification import boxes, verify

NETWORK = "network: "  # an edit of it
WAYS = ("as it is", "by proof")
FEW = 1  # points of the sample (the centre) where proofs are to find what is wrong
SLICE = 40  # edits that a process takes at once


@dataclass
class Counts:
    """What became of the edits of one explanation and its network, each judged in two ways."""

    tried: int = 0
    caught: int = 0  # refuted, or refused as no claim
    proved: int = 0  # proved, and brute force finds nothing
    open: int = 0  # neither proved nor refuted, which the report says; brute force finds nothing
    undecided: int = 0  # neither, and brute force finds a point that contradicts it
    wrong: list[str] = field(default_factory=list)
    reasons: Counter = field(default_factory=Counter)  # why something is open or undecided
    seconds: float = 0.0

    def add(self, other):
        """Add the counts of other edits."""
        for each in fields(self):
            name = each.name
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def take(self, what, outcome, reason):
        """Count one edit."""
        self.tried += 1
        if outcome == "wrong":
            self.wrong.append(f"{what}: {reason}")
            return
        setattr(self, outcome, getattr(self, outcome) + 1)
        if outcome in ("open", "undecided"):
            self.reasons[f"{outcome}: {reason}"] += 1


def names_of_boxes():
    """Return the names of the entries whose domain is a box."""
    return [name for name in zoo.names() if zoo.load(name).task.domain.kind == "box"]


def edits(entry):
    """Return (what, network, explanation data) of every edit of one place, and of none.

    Beside those of `mutants`, each tolerance made smaller.
    """
    data = entry.explanation.to_dict()
    bound = 10 * entry.explanation.epsilon("weights")

    def step(value):
        return max(bound, abs(value) / 10, SMALLEST)

    found = [("unedited", entry.network, data)]
    for site, what, mutant in tolerance_edits(data):
        found.append((f"{site} {what}", entry.network, mutant))
    for site, what, mutant in explanation_mutants(data, step):
        found.append((f"{site} {what}", entry.network, mutant))
    for address, what, mutant in network_mutants(entry.network, step):
        found.append((f"{NETWORK}{address} {what}", mutant, data))
    return found


def put(what, data, way):
    """Return a claim as it is judged in one way, and the size of the sample."""
    if way == "as it is":
        return data, boxes.SAMPLE

    def roleless(said):
        return {k: v for k, v in said.items() if k != "role"} if isinstance(said, dict) else said

    return {
        **data,
        "weights": {a: roleless(w) for a, w in data["weights"].items()},
        "units": {u: roleless(w) for u, w in data["units"].items()},
        "outcomes": [] if what.startswith(NETWORK) else data.get("outcomes", []),
        "tolerance": {**data.get("tolerance", {}), "weights": "1000"},
    }, FEW


def judge(what, network, data, box, way):
    """Return (outcome, reason) of one claim about one network."""
    data, count = put(what, data, way)
    finite = Domain.sampled(box, count=count, seed=0)
    try:
        with mock.patch.object(boxes, "SAMPLE", count):
            report = verify(network, Explanation.from_dict(data), box, first=True)
    except ToynetsError:
        return "caught", "refused"
    claim = functools.partial(OnBox, network, data, box.bounds, finite.rows)
    if report.verdict == "refuted":
        for row in (report.witness.x, report.witness.source):
            if row is not None and not inside(row, box.bounds):
                return "wrong", f"its witness is outside: {report.witness.message}"
        return judge_refuted(report, claim, finite.rows[:1])
    return judge_left(report, claim())


def judge_refuted(report, claim, somewhere):
    """Judge a refutation: its own witness contradicts the claim.

    Args:
        report: of `verify`.
        claim: makes the claim, on given points or on all of ours.
        somewhere: a point, for what hangs on none.
    """
    witness = report.witness
    if witness.check == "roles":  # of which the brute force knows nothing
        return "caught", "roles"
    if witness.x is None:
        rows = None if witness.check == "concepts" else somewhere
        claims = [one for name, one in claim(rows=rows).checks() if name == witness.check]
    else:
        rows = [witness.x] if witness.source is None else [witness.x, witness.source]
        claims = claim(rows=rows).at_witness(witness.check, witness.intervention)
    if not all(map(holds, claims)):
        return "caught", ""
    if all(holds(one) for _, one in claim().checks()):
        return "wrong", f"refuted, and nothing contradicts it: {witness.message}"
    return "wrong", f"false, but not as its witness has it: {witness.message}"


def judge_left(report, claim):
    """Judge what is not refuted: no check that is proved may be contradicted at any point."""
    contradicted = set()
    for name, one in claim.checks():
        if name in contradicted or holds(one):
            continue
        contradicted.add(name)
        check = report.checks[name]
        if check.level == "proved" and not check.undecided and not check.skipped:
            return "wrong", f"{name} is proved, and false"
    left = {
        c.name: c.note or c.skipped
        for c in report.checks.values()
        if c.level != "proved" or c.undecided or c.skipped
    }
    if not left:
        return ("proved", "") if report.verdict == "proved" else ("wrong", report.verdict)
    if report.verdict not in ("sampled", "unknown"):
        return "wrong", f"{report.verdict}, though {', '.join(left)} is not proved"
    if contradicted:
        left = {name: left[name] for name in contradicted}
    reason = "; ".join(f"{name}: {note}" for name, note in sorted(left.items()))
    return ("undecided" if contradicted else "open"), reason


def holds(claim):
    """Whether a claim holds; also where float64 or so many points cannot tell."""
    try:
        return claim()
    except Ambiguous:
        return True
    except NoValueError:
        return False


def control(entry, most=None, part=slice(None), ways=WAYS):
    """Judge the edits of an entry.

    Args:
        entry: of the zoo, with a box as its domain.
        most: about how many are judged, evenly spread; None judges every one.
        part: which of these.
        ways: in which they are judged.
    """
    began = time.process_time()
    counts = Counts()
    for (what, network, data), way in itertools.product(spread(edits(entry), most)[part], ways):
        counts.take(f"{what} ({way})", *judge(what, network, data, entry.task.domain, way))
    counts.seconds = time.process_time() - began
    return counts


def part_of(name, most, part, ways):
    """Judge some edits of the entry of a name."""
    return control(zoo.load(name), most, part, ways)


def main(arguments):
    """Print the counts by network; return 1 if some verdict is wrong."""
    parser = argparse.ArgumentParser(description="judge all one-place edits over whole boxes")
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--most", type=int, help="so many edits of each entry, evenly spread")
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    parser.add_argument("--way", choices=WAYS, action="append", help="both, unless given")
    given = parser.parse_args(arguments)
    names = given.names or names_of_boxes()
    sizes = {name: len(spread(edits(zoo.load(name)), given.most)) for name in names}
    tasks = [
        (name, given.most, slice(k, k + SLICE), given.way or WAYS)
        for name in names
        for k in range(0, sizes[name], SLICE)
    ]
    print(line("network", "tried", "caught", "equivalent", "proved", "undecided", "wrong", "s"))
    total = Counts()
    found = {}
    waiting = Counter(name for name, *_ in tasks)
    done = 0
    for (name, _, part, _), counts in zip(tasks, judged(tasks, given.processes), strict=True):
        found.setdefault(name, Counts()).add(counts)
        total.add(counts)
        waiting[name] -= 1
        done += min(part.stop, sizes[name]) - part.start
        if sys.stderr.isatty():
            at = f"{done} of {sum(sizes.values())} edits, at {name}"
            print(f"\r{at:<60}\r", end="", file=sys.stderr, flush=True)
        if not waiting[name]:
            show(name, found[name])
    show("total", total)
    for reason, times in total.reasons.most_common():
        print(f"  {times:>5} {reason}")
    return int(bool(total.wrong))


def judged(tasks, processes):
    """Yield the counts of each task, in order."""
    if processes == 1:
        yield from itertools.starmap(part_of, tasks)
        return
    with ProcessPoolExecutor(processes) as pool:
        yield from pool.map(part_of, *zip(*tasks, strict=True))


def show(name, counts):
    """Print the line of one network, and what is wrong."""
    c = counts
    equivalent = c.proved + c.open
    row = (c.tried, c.caught, equivalent, c.proved, c.undecided, len(c.wrong), round(c.seconds))
    print(line(name, *row), flush=True)
    for what in c.wrong if name != "total" else ():
        print("    " + what)


def line(name, *cells):
    """Return one line of the table."""
    return f"{name:<20}" + "".join(f"{cell:>11}" for cell in cells)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
