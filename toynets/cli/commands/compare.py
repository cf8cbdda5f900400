"""`toynets compare`: the same numbers, function, ablations? of two networks."""

from __future__ import annotations

from typing import Any

EXAMPLES = """  toynets compare xor-sum xor-difference   the same function, by different means?
  toynets compare monday.json tuesday.json two trainings of yours
  toynets compare a.json b.json --domain "[-1,1]^2"
"""


def arguments(parser: Any) -> None:
    """Add the arguments."""
    parser.add_argument("a", metavar="A", help="a network, or a file of one")
    parser.add_argument("b", metavar="B", help="a network, or a file of one")
    parser.add_argument("--domain", metavar="D", help="the inputs; default those of A's task")


def run(args: Any, screen: Any) -> int:
    """Run the command; the exit status is 0 whatever is the same: nothing is claimed."""
    from toynets.api.subject import read_domain, subject
    from toynets.readings import compare_networks

    a, b = subject(args.a.strip()), subject(args.b.strip())
    domain = a.domain if not a.assumed or b.assumed else b.domain
    if args.domain:
        domain = read_domain(args.domain, len(a.network.inputs))
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
