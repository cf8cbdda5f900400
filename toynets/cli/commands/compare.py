"""`toynets compare`: the same numbers, function, ablations? of two networks."""

from __future__ import annotations

from typing import Any

from toynets.cli.parsing import add_reading, read_subject

EXAMPLES = """  toynets compare xor-sum xor-difference   the same function, by different means?
  toynets compare monday.json tuesday.json two trainings of yours
  toynets compare a.json b.json --domain "[-1,1]^2"
"""


def arguments(parser: Any) -> None:
    """Add the arguments."""
    parser.add_argument("a", metavar="A", help="a network, or a file of one")
    parser.add_argument("b", metavar="B", help="a network, or a file of one")
    add_reading(parser)


def run(args: Any, screen: Any) -> int:
    """Run the command; the exit status is 0 whatever is the same: nothing is claimed."""
    from toynets.readings import compare_networks

    a, b = read_subject(args, args.a), read_subject(args, args.b)
    domain = a.domain if not a.assumed or b.assumed else b.domain
    found = compare_networks(a.network, b.network, domain)
    if screen.json:
        screen.data(found.to_dict())
        return 0
    screen.say(*found.lines())
    screen.table(found.table())
    if len(found.gaps) > 20:
        screen.say(f"… and {len(found.gaps) - 20} more; --json has them all.")
    if found.level == "sampled" and found.same_clean:
        screen.say(f"toynets equal {args.a} {args.b} decides it for every point of a box.")
    return 0
