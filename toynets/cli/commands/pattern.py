"""`toynets pattern`: the preferred input of a unit or an output."""

from __future__ import annotations

from typing import Any

from toynets.cli import numbers
from toynets.cli.parsing import add_network, read_subject

EXAMPLES = """  toynets pattern symmetry-1986 h1            the input of length 1 that h1 likes best
  toynets pattern symmetry-1986 h1 --norm inf   where each input lies between -1 and 1
  toynets pattern xor-sum y                   of an output: on the domain
  toynets pattern net.json h1 --grid 4x4      as a picture, for inputs that are one
"""


def arguments(parser: Any) -> None:
    """Add the arguments."""
    add_network(parser)
    parser.add_argument("unit", metavar="UNIT", help="a hidden unit or an output, such as h1")
    parser.add_argument("--norm", metavar="P", default="2", help="length by norm 1, 2 or inf")
    parser.add_argument(
        "--grid",
        metavar="RxC",
        type=numbers.sizes,
        help="show it as a picture of R rows, C columns",
    )


def run(args: Any, screen: Any) -> int:
    """Run the command."""
    from toynets.readings import preferred

    about = read_subject(args)
    found = preferred(about.network, args.unit.strip(), about.domain, args.norm)
    if screen.json:
        screen.data(found.to_dict())
        return 0
    if args.grid:
        screen.say(found.picture(*args.grid))
    elif found.direction:
        screen.table(found.table())
    screen.say(*found.notes())
    return 0
