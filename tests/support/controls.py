"""Controls: edit what is stated in one place, label each edit by brute force, see what is caught.

Run as a program it prints the counts by network, and how far every stated number can move:

    python tests/support/controls.py [NAME…] [--slack]
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field

from brute import Ambiguous, Claim
from brute_programs import NoValueError
from mutants import LITERAL, changed, explanation_mutants, get, network_mutants, sites

from toynets import zoo
from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.explanation import Explanation
from toynets.rationals import rational, short, text
from toynets.verification import verify
from toynets.verification.boxes import SAMPLE

SMALLEST = rational("1/1000")


@dataclass
class Counts:
    """What became of the edits of one explanation and its network."""

    tried: int = 0
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
            # And what is refused is no claim: an expression that names its own unit, say.
            if refuted and set(failed) - {"roles", "refused"}:
                self.accused.append(f"{what}: {', '.join(failed)}")
        elif not refuted:
            self.survivors.append(what)


def label(network, data, domain, **given):
    """Return True, False, or None where the brute force cannot tell."""
    try:
        return Claim(network, data, domain.rows, domain.finite).true(**given)
    except Ambiguous:
        return None
    except NoValueError:
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
    return Domain.sampled(domain, count=SAMPLE, seed=0) if domain.kind == "box" else domain


def control(entry, most=None):
    """Make one-place edits of an entry's explanation and of its network, and judge each.

    Args:
        entry: of the zoo.
        most: about how many edits of the explanation, and of the network, are judged: evenly
            spread over all; None judges every one.
    """
    counts = Counts()
    data = entry.explanation.to_dict()
    domain = listed(entry)
    bound = 10 * entry.explanation.epsilon("weights")

    def step(value):
        return max(bound, abs(value) / 10, SMALLEST)

    def count(what, network, said):
        truth = label(network, said, domain)
        counts.add(what, truth, *judge(network, said, domain))
        return truth

    for site, what, mutant in spread(explanation_mutants(data, step), most):
        count(f"{site} {what}", entry.network, mutant)
    unnoticed = {}
    for address, what, mutant in spread(network_mutants(entry.network, step), most):
        truth = count(f"{address} {what}", mutant, data)
        # A false weight that changes no behaviour, beyond the tolerances, is a free one.
        step_only = what.startswith("a step")  # beyond an exact tolerance, yet too small to matter
        if truth is False and not step_only and label(mutant, data, domain, weights=False):
            unnoticed[address] = True
    counts.free = list(unnoticed)
    return counts


def spread(edits, most):
    """Return so many of the edits, evenly spread."""
    found = list(edits)
    if most is None or len(found) <= most:
        return found
    return [found[k * len(found) // most] for k in range(most)]


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
    names = [a for a in arguments if not a.startswith("-")] or zoo.names()
    print(
        f"{'network':<20} {'tried':>6} {'caught':>6} {'equivalent':>10} {'unlabelled':>10}"
        f" {'survivors':>9} {'accused':>7}  free numbers"
    )
    total = Counts()
    for name in names:
        entry = zoo.load(name)
        c = control(entry)
        print(
            f"{name:<20} {c.tried:>6} {c.caught:>6} {c.equivalent:>10} {c.ambiguous:>10}"
            f" {len(c.survivors):>9} {len(c.accused):>7}  {', '.join(c.free)}",
            flush=True,
        )
        for line in c.survivors + c.accused:
            print("    " + line)
        total.tried += c.tried
        total.caught += c.caught
        total.equivalent += c.equivalent
        total.ambiguous += c.ambiguous
        if with_slack:
            for site, ends in slack(entry).items():
                none = ends == ["none", "none"]
                shown = "no slack above 1/4096" if none else f"[{ends[0]}, {ends[1]}]"
                print(f"    {site}: {shown}")
    print(
        f"{'total':<20} {total.tried:>6} {total.caught:>6} {total.equivalent:>10}"
        f" {total.ambiguous:>10}"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
