"""`toynets range`: the least and the greatest value of every output on a box, exactly."""

from __future__ import annotations

from typing import Any

from toynets.cli import numbers
from toynets.cli.parsing import add_mean_over

EXAMPLES = """  toynets range abs                                 over its own box
  toynets range max-2 --box "[-1,1]^2"              over another
  toynets range net.json --box "[0,1]x[-2,2]"       a network of your own, an interval per input
  toynets range max-2 --under "h1 = worst"          whatever h1 is, within its own range
  toynets range max-2 --under "h1 = mean" --mean-over "0,0;1,1"     the mean over two inputs
  toynets range abs --box "[-1,2]" --certificate proof.json
"""


def arguments(parser: Any) -> None:
    """Add the arguments."""
    parser.add_argument("name", metavar="NAME", help="a network of `toynets list`, or a file")
    parser.add_argument("--box", metavar="BOX", help='such as "[-1,1]^2" or "[0,1]x[-2,2]"')
    parser.add_argument("--under", metavar="INTERVENTION", default="", help='such as "h2 = 0"')
    add_mean_over(parser)
    parser.add_argument(
        "--cells", metavar="N", type=numbers.count, default=20_000, help="limit of cells"
    )
    parser.add_argument(
        "--seconds", metavar="S", type=numbers.seconds, default=60.0, help="limit of time"
    )
    parser.add_argument(
        "-o", "--output", "--certificate", metavar="FILE", help="write the certificate here"
    )
    parser.add_argument("--force", action="store_true", help="replace a file that is there")


def run(args: Any, screen: Any) -> int:
    """Run the command."""
    from toynets.api.ranging import range as ranged

    found = ranged(
        args.name.strip(),
        args.box,
        under=args.under,
        mean_over=args.mean_over,
        cells=args.cells,
        seconds=args.seconds,
    )
    if args.output is not None:
        from toynets.cli.certifying import write

        write(found.certificate, args.output, args.force, found.limit)
    if screen.json:
        screen.data(found.to_dict())
        return found.exit_status
    screen.table(found.table())
    screen.say(*found.lines())
    return found.exit_status
