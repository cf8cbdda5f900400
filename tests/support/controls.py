"""Controls: corrupt every single number, label each corruption by brute force, see what is caught.

Run as a program it tries every one, and prints the counts by network; with --sample it tries those
that the tests try, with --slack it adds how far every stated number can go:

    python tests/support/controls.py [NAME…] [--sample] [--slack]
"""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass, field

from brute import Ambiguous, Claim
from mutants import LITERAL, changed, explanation_mutants, get, network_mutants, sites

from toynets import zoo
from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.explanation import Explanation
from toynets.rationals import rational, short, text
from toynets.verification import verify
from toynets.verification.checking import BOX_SAMPLE

SMALLEST = rational("1/1000")
WORK = 150_000  # cases that the tests spend on one network
READING = 60  # what reading one text of a corrupted explanation costs, in cases


@dataclass
class Counts:
    """What became of the corruptions of one network and its explanation."""

    tried: int = 0
    of: int = 0
    caught: int = 0
    equivalent: int = 0
    ambiguous: int = 0
    survivors: list[str] = field(default_factory=list)  # false claims that were not refuted
    accused: list[str] = field(default_factory=list)  # true claims that were refuted
    free: list[str] = field(default_factory=list)  # numbers that no behaviour depends on

    def add(self, what, truth, refuted, failed):
        """Count one corruption against its label."""
        self.tried += 1
        self.caught += refuted
        if truth is None:
            self.ambiguous += 1
        elif truth:
            self.equivalent += 1
            # The brute force knows no roles: a corruption may change which of them hold.
            if refuted and set(failed) - {"roles"}:
                self.accused.append(f"{what}: {', '.join(failed)}")
        elif not refuted:
            self.survivors.append(what)


def label(network, data, domain, **given):
    """Return True, False, or None where float64 cannot tell."""
    try:
        return Claim(network, data, domain.rows, domain.finite).true(**given)
    except Ambiguous:
        return None
    except (ZeroDivisionError, ValueError):  # a division by 0, a root of a negative number
        return False


def judge(network, data, domain):
    """Return (refuted or refused, the failed checks)."""
    try:
        report = verify(network, Explanation.from_dict(data), domain, first=True)
    except ToynetsError:
        return True, ("refused",)
    return report.verdict == "refuted", report.failed


def listed(entry):
    """Return the finite domain that `verify` uses for an entry."""
    domain = entry.task.domain
    return Domain.sampled(domain, count=BOX_SAMPLE, seed=0) if domain.kind == "box" else domain


def chosen(found, share, always=()):
    """Return a share of the corruptions, the same every time; those of some sites always."""
    few = random.Random(0).sample(range(len(found)), max(1, round(share * len(found))))
    return [one for k, one in enumerate(found) if k in few or one[0] in always]


def control(entry, work=None):
    """Corrupt every number of an entry's explanation and of its network.

    With `work` only as many, drawn with a fixed seed, as that number of cases allows.
    """
    counts = Counts()
    data = entry.explanation.to_dict()
    domain = listed(entry)
    bound = 10 * entry.explanation.epsilon("weights")

    def step(value):
        return max(bound, abs(value) / 10, SMALLEST)

    stated = list(explanation_mutants(data, step))
    actual = list(network_mutants(entry.network, step))
    counts.of = len(stated) + len(actual)
    if work is not None:
        report = verify(entry.network, entry.explanation, domain)
        each = READING * len(list(sites(data))) + sum(c.cases for c in report.checks.values())
        share = min(1, work / (each * counts.of))
        stated, actual = chosen(stated, share), chosen(actual, share, entry.explanation.slack)
    for site, what, path, new in stated:
        mutant = changed(data, path, new)
        truth = label(entry.network, mutant, domain)
        counts.add(f"{site} {what}", truth, *judge(entry.network, mutant, domain))
    unnoticed = {}
    for address, what, new in actual:
        mutant = entry.network.with_numbers({address: new}, round=True)
        truth = label(mutant, data, domain)
        counts.add(f"{address} {what}", truth, *judge(mutant, data, domain))
        # A false weight that changes no behaviour, beyond the tolerances, is a free one.
        if truth is False and label(mutant, data, domain, weights=False):
            unnoticed[address] = True
    counts.free = list(unnoticed)
    return counts


def slack(entry, halvings=12):
    """Return site -> how far each number can go, down and up, before the claim is refuted.

    `none`: not even 2^-halvings of the larger of 1 and the number itself.
    """
    data = entry.explanation.to_dict()
    domain = listed(entry)

    def holds(path, value):
        return not judge(entry.network, changed(data, path, text(value)), domain)[0]

    found = {}
    for site, path in sites(data):
        if path[0] not in ("parameters", "weights", "decision"):
            continue
        if not LITERAL.fullmatch(get(data, path)):
            continue  # an expression of parameters: its numbers are the parameters'
        value = rational(get(data, path))
        ends = []
        for sign in (-1, 1):
            inside, outside = rational(0), max(abs(value), rational(1))
            if holds(path, value + sign * outside):
                ends.append("free")
                continue
            for _ in range(halvings):
                middle = (inside + outside) / 2
                if holds(path, value + sign * middle):
                    inside = middle
                else:
                    outside = middle
            ends.append(short(value + sign * inside) if inside else "none")
        found[f"{site} = {short(value)}"] = ends
    return found


def main(arguments):
    """Print the counts by network."""
    with_slack = "--slack" in arguments
    work = WORK if "--sample" in arguments else None
    names = [a for a in arguments if not a.startswith("-")] or zoo.names()
    print(f"{'network':<20} {'of':>6} {'tried':>6} {'caught':>6} {'equivalent':>10}"
          f" {'unlabelled':>10} {'survivors':>9} {'accused':>7}  free numbers")
    total = Counts()
    for name in names:
        entry = zoo.load(name)
        c = control(entry, work)
        print(f"{name:<20} {c.of:>6} {c.tried:>6} {c.caught:>6} {c.equivalent:>10}"
              f" {c.ambiguous:>10} {len(c.survivors):>9} {len(c.accused):>7}"
              f"  {', '.join(c.free)}", flush=True)
        for line in c.survivors + c.accused:
            print("    " + line)
        total.of += c.of
        total.tried += c.tried
        total.caught += c.caught
        total.equivalent += c.equivalent
        total.ambiguous += c.ambiguous
        if with_slack:
            for site, ends in slack(entry).items():
                none = ends == ["none", "none"]
                shown = "no slack above 1/4096" if none else f"[{ends[0]}, {ends[1]}]"
                print(f"    {site}: {shown}")
    print(f"{'total':<20} {total.of:>6} {total.tried:>6} {total.caught:>6} {total.equivalent:>10}"
          f" {total.ambiguous:>10}")


if __name__ == "__main__":
    main(sys.argv[1:])
