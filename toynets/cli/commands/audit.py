"""`toynets audit`: would it be as true of other networks, with how few numbers, with what slack."""

from __future__ import annotations

from typing import Any

from toynets.cli import numbers
from toynets.cli.parsing import add_network, read_said, read_subject

EXAMPLES = """  toynets audit xor-sum
  toynets audit xor-sum --explanation mine.json    an explanation of your own
  toynets audit xor-sum --all                      the numbers in formulas, too
  toynets audit symmetry-trained --no-slack        without what takes longest
  toynets audit net.json --explanation mine.json --domain xor
"""


def arguments(parser: Any) -> None:
    """Add the arguments."""
    add_network(parser)
    parser.add_argument("--explanation", metavar="FILE", help="an explanation of your own")
    parser.add_argument(
        "--random",
        metavar="N",
        type=numbers.whole(0, 10**6),
        default=20,
        help="how many random networks",
    )
    parser.add_argument(
        "--seed", metavar="N", type=numbers.seed, default=0, help="of the random networks"
    )
    parser.add_argument("--no-slack", action="store_true", help="leave the slack out")
    parser.add_argument(
        "--all", action="store_true", help="slack of the numbers in formulas as well"
    )
    parser.add_argument(
        "--halvings",
        metavar="N",
        type=numbers.whole(1, 60),
        default=12,
        help="resolution of the slack: 2^-N",
    )


def run(args: Any, screen: Any) -> int:
    """Run the command."""
    from toynets.api.auditing import audit

    explanation = read_said(args)
    about = read_subject(args, said=explanation)
    with screen.progress("audit") as move:
        found = audit(
            about,
            explanation,
            count=args.random,
            seed=args.seed,
            slack=not args.no_slack,
            formulas=args.all,
            halvings=args.halvings,
            progress=move,
        )
    if screen.json:
        screen.data(found.to_dict())
        return found.exit_status
    for k, (heading, table, lines) in enumerate(found.parts()):
        if k:
            screen.say("")
        screen.say(heading, style="bold")
        if table is not None:
            screen.table(table)
        screen.say(*lines)
    screen.say(*found.notes)
    return found.exit_status
