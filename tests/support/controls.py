"""Controls: edit what is stated in one place, label each edit by brute force, see what is caught.

The tests judge evenly spread edits; `python tests/support/every_edit.py` judges all, in an hour or
two. `python tests/support/controls.py [NAME…]` prints how far every stated number can move.

What an edit does not touch is verified once, unedited: an edit of words (an expression, a concept,
a stated outcome) leaves the mechanisms alone, from which alone the ablations are derived, so it is
judged by a claim that is cut down to these words; and edits of several outcomes in one claim, where
each outcome is refuted for itself. `whole=True` judges the whole claim for each edit all the same;
`tests/controls` holds the two ways against each other.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, field

from brute import Ambiguous, Claim
from brute_numbers import FLOATS
from brute_programs import NoValueError
from mutants import (
    LITERAL,
    changed,
    explanation_mutants,
    finer_intervention_edits,
    get,
    network_mutants,
    sites,
    tolerance_edits,
)

from toynets import zoo
from toynets.domain import Domain
from toynets.errors import ToynetsError, nearest
from toynets.explanation import Explanation
from toynets.rationals import rational, short, text
from toynets.verification import match_names, verify
from toynets.verification.boxes import SAMPLE

SMALLEST = rational("1/1000")
BEHAVIOUR = ("clean", "units", "outcomes", "parameters", "subsets", "interchange", "concepts")
WORDS = ("clean", "units")
OUTCOMES = ("clean", "outcomes")


@dataclass
class Counts:
    """What became of edits."""

    tried: int = 0
    caught: int = 0  # false, and refuted
    equivalent: int = 0  # true
    undecided: int = 0  # false, and the report says that something is not decided
    ambiguous: int = 0  # without a label
    refuted: int = 0
    survivors: list[str] = field(default_factory=list)  # false claims that passed
    accused: list[str] = field(default_factory=list)  # true claims that were refuted
    free: list[str] = field(default_factory=list)  # numbers that no behaviour depends on

    def add(self, what, truth, refuted, failed, left=False):
        """Count one edit against its label; `left` says that its report left something open."""
        self.tried += 1
        self.refuted += refuted
        if truth is None:
            self.ambiguous += 1
        elif truth:
            self.equivalent += 1
            # The brute force knows no roles: an edit may change which of them hold. And what is
            # refused is no claim: an expression that names its own unit, say.
            if refuted and set(failed) - {"roles", "refused"}:
                self.accused.append(f"{what}: {', '.join(failed)}")
        else:
            self.caught += refuted
            self.undecided += left and not refuted
            if not refuted and not left:
                self.survivors.append(what)

    def merge(self, other):
        """Add what became of other edits."""
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)


def judge(network, data, domain, only=()):
    """Return (refuted or refused, the failed checks, whether a check left something open).

    Only what is no claim at all is refused.
    """
    try:
        explanation = Explanation.from_dict(data)
        match_names(network, explanation)
        explanation.model()  # a weight may divide by 0
    except ToynetsError:
        return True, ("refused",), False
    report = verify(network, explanation, domain, first=True, only=only)
    left = any(check.undecided for check in report.checks.values())
    return report.verdict == "refuted", report.failed, left


def listed(entry):
    """Return the finite domain that `verify` uses for an entry."""
    domain = entry.task.domain
    return Domain.sampled(domain, count=SAMPLE, seed=0) if domain.kind == "box" else domain


class Bench:
    """One entry with all its edits, each of which can be judged.

    Args:
        entry: of the zoo.
        whole: judge the whole claim even where an edit touches words alone.
    """

    def __init__(self, entry, whole=False):
        self.network, self.whole = entry.network, whole
        self.data = entry.explanation.to_dict()
        self.domain = listed(entry)
        self.bound = 10 * entry.explanation.epsilon("weights")
        self.claim = Claim(self.network, self.data, self.domain.rows, self.domain.finite)
        # Floats overflow, and take roots of what should be 0.
        self.lost = (NoValueError,) if self.claim.arithmetic is FLOATS else ()
        # Both series, in one list: (what, network, data).
        self.edits = self._interleaved(
            [
                (f"{site} {what}", self.network, said)
                for site, what, said in explanation_mutants(self.data, self.step)
            ]
        )
        self.words = len(self.edits)
        made = [
            (f"{address} {what}", made, self.data)
            for address, what, made in network_mutants(self.network, self.step)
        ]
        self.edits += sorted(made, key=lambda edit: " a step " in edit[0])
        self.others = len(self.edits)  # from here on: tolerances, and finer edits of interventions
        finer = finer_intervention_edits(self.data, self.step)
        self.edits += [
            (f"{site} {what}", self.network, said)
            for site, what, said in [*tolerance_edits(self.data), *finer]
        ]

    def step(self, value):
        """Return how far a number is moved."""
        return max(self.bound, abs(value) / 10, SMALLEST)

    def label(self, network, data, **given):
        """Return True, False, or None where the brute force cannot tell, in decimals either."""
        try:
            claim = Claim(network, data, self.domain.rows, self.domain.finite, self.claim)

            def finer():
                return claim.finer(self.claim.finer())

            try:
                return claim.true(**given, finer=finer)
            except self.lost:
                return finer().true(**given)
        except Ambiguous:
            return None
        except NoValueError:
            return False

    def spread(self, most):
        """Return so many edits of the explanation, and as many of the network, evenly spread."""
        parts = slice(self.words), slice(self.words, self.others)
        return [edit for part in parts for edit in spread(self.edits[part], most)]

    def judged(self, edits):
        """Return (Counts, Counts by behaviour alone) of some edits.

        An edit that makes a weight false is caught by the weights; whether its behaviour is false,
        beyond the tolerances, and then refuted by behaviour alone, is the second count.
        """
        counts, behaviour = Counts(), Counts()
        for (what, network, data), verdict in zip(edits, self.verdicts(edits), strict=True):
            truth = self.label(network, data)
            counts.add(what, truth, *verdict)
            mechanism = network is not self.network or self.part(data) is None
            if truth is not False or not mechanism:
                continue
            behaves = self.label(network, data, weights=False)
            verdict = judge(network, data, self.domain, BEHAVIOUR)
            behaviour.add(f"{what}, by behaviour", behaves, *verdict)
            # A step of the last place is too small to matter.
            if behaves and network is not self.network and " a step " not in what:
                address = what.partition(" ")[0]
                if address not in counts.free:
                    counts.free.append(address)
        return counts, behaviour

    def verdict(self, network, data):
        part = None if self.whole or network is not self.network else self.part(data)
        if part is None:
            return judge(network, data, self.domain)
        return judge(network, *part)

    def verdicts(self, edits):
        """Return the verdict of each edit; edits of several outcomes are judged in one claim."""
        found = [None] * len(edits)
        waiting = [] if self.whole else [*range(len(edits))]
        while waiting:
            chosen = {}  # outcome -> the edit of it that is judged
            for k in waiting:
                outcome = self._outcome(edits[k][2])
                if outcome is not None:
                    chosen.setdefault(outcome, k)
            waiting = [k for k in waiting if k not in chosen.values()]
            for outcome, verdict in self._together(edits, chosen).items():
                found[chosen[outcome]] = verdict
            waiting = waiting if chosen else []
        return [v or self.verdict(*edit[1:]) for v, edit in zip(found, edits, strict=True)]

    def _together(self, edits, chosen):
        """Return outcome -> verdict of the edits chosen; {} if the claim is refused as a whole."""
        if len(chosen) < 2:
            return {}
        data = self.data
        parts = {k: self.part(edits[edit][2])[0] for k, edit in chosen.items()}
        units = {name: _bare(said) for name, said in data["units"].items()}
        outcomes = [part["outcomes"][0] for part in parts.values()]
        try:
            said = Explanation.from_dict({**data, "outcomes": outcomes, "units": units})
            report = verify(self.network, said, self.domain, only=OUTCOMES)
        except ToynetsError:
            return {}
        clean, wrong = report.checks["clean"], report.checks["outcomes"].wrong
        left = any(check.undecided for check in report.checks.values())
        found = {}
        for k, outcome in zip(parts, said.outcomes, strict=True):
            plan = self.network.wiring.resolve(outcome.intervention)
            failed = clean.failed if not plan.text else wrong.get(plan.text)
            if failed or not left:  # else it is judged by itself, to see which is open
                found[k] = bool(failed), ("outcomes",) if failed else (), False
        return found

    def _outcome(self, data):
        """Return the number of the outcome whose texts an edit edits, and nothing else, or None."""
        if data is self.data or any(
            v is not self.data.get(k) for k, v in data.items() if k != "outcomes"
        ):
            return None
        for k, (now, before) in enumerate(
            zip(data["outcomes"], self.data["outcomes"], strict=True)
        ):
            if now is not before:
                return k if now["intervention"] is before["intervention"] else None
        return None

    def _interleaved(self, edits):
        """Return edits with those of different outcomes side by side."""
        seen = {}
        order = []
        for edit in edits:
            outcome = self._outcome(edit[2])
            seen[outcome] = seen.get(outcome, -1) + 1
            order.append(-1 if outcome is None else seen[outcome])
        return [edits[k] for k in sorted(range(len(edits)), key=order.__getitem__)]

    def part(self, data):
        """Return (what is left of the claim, domain, checks) for an edit of words, else None."""
        same = {k: v for k, v in data.items() if v is not self.data.get(k)}
        if set(same) == {"outcomes"}:
            pairs = zip(data["outcomes"], self.data["outcomes"], strict=True)
            edited = [_edited(now, before) for now, before in pairs if now is not before]
            units = {name: _bare(said) for name, said in data["units"].items()}
            return {**data, "outcomes": edited, "units": units}, self.domain, OUTCOMES
        if set(same) != {"units"}:
            return None
        units = {}
        concepts = False
        for name, now in data["units"].items():
            before = self.data["units"][name]
            different = {k for k in now if now[k] is not before[k]}
            if not different <= {"expression", "concept"}:
                return None
            concepts |= "concept" in different
            units[name] = now if different else _bare(now)
        # What is stated of the clean run stands in for the outputs' expressions there, and stays.
        clean = [outcome for outcome in data["outcomes"] if not outcome["intervention"]]
        left = {**data, "outcomes": clean, "units": units}
        if not concepts:
            return left, self.domain, WORDS
        if not any("detector" in (said.get("role") or "") for said in units.values()):
            return left, self.domain, (*WORDS, "concepts")
        # A detector's role speaks of its concept; the roles of weights speak of no words.
        left["weights"] = {a: _bare(said, "role") for a, said in data["weights"].items()}
        return left, self.domain, (*WORDS, "roles", "concepts")


def _edited(now, before):
    """Return an edited outcome; where it is its text for one output, of that output alone."""
    outputs = {o: t for o, t in now["outputs"].items() if t is not before["outputs"].get(o)}
    return {**now, "outputs": outputs} if outputs else now


def _bare(said, *parts):
    """Return what is said of a unit, or a weight, without words."""
    return {k: v for k, v in said.items() if k not in (parts or ("expression", "concept"))}


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


def named(parser, arguments=None):
    """Return the arguments of a program whose NAMEs are networks; say which name is none."""
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help="networks of the zoo (default all)"
    )
    given = parser.parse_args(arguments)
    there = zoo.names()
    for name in given.names:
        if name not in there:
            near = nearest(name, there)
            parser.error(
                f"no network {name} in the zoo.{f' Nearest: {near[0]}.' if near else ''}"
                "\n  fix: toynets list prints the names."
            )
    return given


def main(arguments=None):
    """Print how far every stated number can move."""
    parser = argparse.ArgumentParser(description="Print how far every stated number can move.")
    for name in named(parser, arguments).names or zoo.names():
        print(name, flush=True)
        for site, ends in slack(zoo.load(name)).items():
            none = ends == ["none", "none"]
            shown = "no slack above 1/4096" if none else f"[{ends[0]}, {ends[1]}]"
            print(f"    {site}: {shown}", flush=True)


if __name__ == "__main__":
    main()
