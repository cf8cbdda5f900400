"""`toynets partition`: which inputs a unit tells apart, and whether its concept says the same."""

from __future__ import annotations

from typing import Any

from toynets.cli import numbers
from toynets.cli.parsing import add_network, read_said, read_subject

EXAMPLES = """  toynets partition xor-sum                every hidden unit, by value and decision
  toynets partition xor-sum h1             one, with the runs that show it
  toynets partition xor-sum h1 --level decision
  toynets partition xor-sum h1 --concept "x1 or x2"          a concept of your own
  toynets partition xor-sum --claim "h1: x1 != x2; y: h1"    h1 is XOR, and h2 is ignored
  toynets partition mine.json h1 --domain "0,1;1,1"          a network of your own
"""


def arguments(parser: Any) -> None:
    """Add the arguments."""
    add_network(parser)
    parser.add_argument("unit", metavar="UNIT", nargs="?", help="one unit, such as h1")
    parser.add_argument(
        "--level", metavar="L", help="value or decision; default both, where there is a rule"
    )
    parser.add_argument("--explanation", metavar="FILE", help="an explanation of your own")
    parser.add_argument("--concept", metavar="TEXT", help="a formula to grade, such as x1 and x2")
    parser.add_argument(
        "--within",
        metavar="EPS",
        type=numbers.distance,
        help="by value: outputs so near count as the same",
    )
    parser.add_argument(
        "--claim", metavar="TEXT", help="what units are, and what the output then is, without them"
    )
    parser.add_argument(
        "--cases", metavar="N", type=numbers.count, default=2_000_000, help="budget of swaps"
    )


def run(args: Any, screen: Any) -> int:
    """Run the command."""
    from toynets.api.partitioning import partition
    from toynets.errors import ToynetsError

    explanation = read_said(args)
    about = read_subject(args, said=explanation)
    if args.claim is not None:
        return _claim(about, args, screen)
    if args.concept is not None and args.unit is None:
        raise ToynetsError("--concept is about one unit.", fix="name it, as in xor-sum h1.")
    rule = about.decision or (explanation.decision if explanation is not None else {})
    levels = [args.level] if args.level else ["value", "decision"] if rule else ["value"]
    units = [args.unit] if args.unit else about.network.hidden or about.network.outputs
    found = [
        partition(
            about,
            unit,
            level=level,
            explanation=explanation,
            concept=args.concept,
            within=args.within,
            cases=args.cases,
        )
        for unit in units
        for level in levels
    ]
    status = 3 if any(p.verdict == "unknown" for p in found) else 0
    if screen.json:
        screen.data({"network": about.name, "partitions": [p.to_dict() for p in found]})
        return status
    if about.assumed:
        screen.say(about.domain_note, "")
    from toynets.verification.classes_text import lines, summary, table

    if args.unit is None:
        screen.table(summary(found, about.name))
    else:
        for k, one in enumerate(found):
            if k:
                screen.say("")
            if not one.classes:
                screen.say(one.heading)
            screen.table(table(one))
            screen.say(*lines(one))
    if about.domain_note and not about.assumed:
        screen.prose(about.domain_note)
    return status


def _claim(about: Any, args: Any, screen: Any) -> int:
    from toynets.api.partitioning import interchange

    found = interchange(about, args.claim, level=args.level, within=args.within or 0)
    status = {"refuted": 1, "unknown": 3}.get(found.verdict, 0)
    if screen.json:
        screen.data(found.to_dict())
        return status
    if about.assumed:
        screen.say(about.domain_note, "")
    screen.table(found.table())
    screen.say(*found.lines())
    return status
