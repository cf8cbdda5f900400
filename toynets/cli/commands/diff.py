"""`toynets diff`: what differs between two networks or two explanations."""

from __future__ import annotations

from typing import Any

EXAMPLES = """  toynets diff xor-sum xor-difference     two networks: weights, units, outcomes
  toynets diff xor-sum mine.json          a network of yours, or an explanation of yours
  toynets diff monday.json tuesday.json   two versions of a file
"""


def arguments(parser: Any) -> None:
    """Add the arguments."""
    parser.add_argument("a", metavar="A", help="a name or a file")
    parser.add_argument("b", metavar="B", help="a name or a file")


def run(args: Any, screen: Any) -> int:
    """Run the command."""
    from toynets.api.diffing import diff

    found = diff(args.a.strip(), args.b.strip())
    if screen.json:
        screen.data(found.to_dict())
        return 0
    if not found.differences:
        screen.say(f"{found.a} and {found.b}: nothing differs.")
    screen.table(found.table())
    screen.say(*found.notes)
    return 0
