"""`toynets equal`: whether two networks agree at every point of a box."""

from __future__ import annotations

from typing import Any

from toynets.cli import numbers
from toynets.cli.parsing import add_mean_over

EXAMPLES = """  toynets equal abs abs-trained                     exactly: no, and where not
  toynets equal abs abs-trained --within 1/50000    within a tolerance
  toynets equal xor-sum xor-difference --box "[0,1]^2"
  toynets equal a.json b.json --box "[-1,1]^2" --under "h1 = 0"
  toynets equal a.json b.json --box "[-1,1]^2" --decision sign
"""


def arguments(parser: Any) -> None:
    """Add the arguments."""
    parser.add_argument("first", metavar="A", help="a network of `toynets list`, or a file")
    parser.add_argument("second", metavar="B", help="another")
    parser.add_argument("--box", metavar="BOX", help='such as "[-1,1]^2"; default that of A')
    parser.add_argument("--under", metavar="INTERVENTION", default="", help='such as "h2 = 0"')
    add_mean_over(parser)
    parser.add_argument(
        "--within",
        metavar="E",
        type=numbers.distance,
        default="0",
        help="how far apart they may be",
    )
    parser.add_argument(
        "--decision", metavar="RULE", help="compare decisions: sign, argmax, or a threshold"
    )
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
    from toynets.api.ranging import equal

    found = equal(
        args.first.strip(),
        args.second.strip(),
        args.box,
        under=args.under,
        mean_over=args.mean_over,
        within=args.within,
        decision=_rule(args.decision),
        cells=args.cells,
        seconds=args.seconds,
    )
    if args.output is not None:
        from toynets.cli.certifying import write

        write(found.certificate, args.output, args.force, found.limit)
    if screen.json:
        screen.data(found.to_dict())
        return found.exit_status
    first, *rest = found.lines()
    from toynets.cli.screen import STYLES

    screen.say(first, style=STYLES.get(found.verdict, ""))
    screen.say(*rest)
    return found.exit_status


def _rule(said: str | None) -> dict[str, Any] | None:
    if said is None:
        return None
    word = said.strip()
    if word in ("sign", "argmax"):
        return {word: True}
    from toynets.rationals import rational, text

    return {"threshold": text(rational(word))}
