"""`toynets prove`: what an explanation says of values, at every point of a box, certified."""

from __future__ import annotations

from typing import Any

from toynets.cli import numbers
from toynets.cli.parsing import add_mean_over, read_said

EXAMPLES = """  toynets prove abs                                  what is said, on its own box
  toynets prove max-trained -o proof.json            and write the certificate
  toynets prove xor-sum --box "[0,1]^2"              its weights against the network, on a box
  toynets prove net.json --explanation mine.json --box "[-1,1]^2"
  toynets prove net.json --box "[0,1]^2" --never-active h3
  toynets prove --all --table                        every network on its box: sizes and times
  toynets prove max-2 --rising x1 --rising x2        one thing, without an explanation
  toynets prove sort-2 --bound "larger >= smaller" --under "x1 = worst"
  toynets prove net.json --box "[-1,1]^6" --bound "y <= 3 + x1/2" --floats

what is proved:
  What an explanation says of values: what units compute, what comes out, and every ablation. What
  it says of concepts and roles is not among these claims: toynets verify holds those against the
  network.

  The claim is about the stored numbers taken as exact. The printed decimals are another function,
  and what a float32 program computes a third; near a tie the three can differ in sign. With the
  weights -0.02, -0.09, 0.1, 0.01 and the input 1, 1, 1, 1 the decimals add up to 0, the stored
  float32 numbers to -1.9e-09, and a float32 program gets 1.9e-09.
"""


def arguments(parser: Any) -> None:
    """Add the arguments."""
    parser.add_argument(
        "name", metavar="NAME", nargs="?", help="a network of `toynets list`, or a file"
    )
    parser.add_argument(
        "--all", action="store_true", help="every network whose claims are about a box, a row each"
    )
    parser.add_argument("--box", metavar="BOX", help='such as "[-1,1]^2" or "[0,1]x[-2,2]"')
    parser.add_argument("--explanation", metavar="FILE", help="an explanation of your own")
    parser.add_argument(
        "--never-active", metavar="UNIT", action="append", default=[], help="never above 0"
    )
    parser.add_argument(
        "--rising", metavar="INPUT", action="append", default=[], help="no output ever falls"
    )
    parser.add_argument(
        "--falling", metavar="INPUT", action="append", default=[], help="no output ever rises"
    )
    parser.add_argument(
        "--bound",
        metavar="CLAIM",
        action="append",
        default=[],
        help='such as "y <= 1 + x1/2", or "y1 > y2" for what is decided',
    )
    parser.add_argument(
        "--under", metavar="INTERVENTION", default="", help='for the last four: such as "h2 = 0"'
    )
    add_mean_over(parser)
    parser.add_argument(
        "--floats",
        action="store_true",
        help="prove in floating point with a bound on its rounding: fast, but without certificate",
    )
    parser.add_argument(
        "--cells", metavar="N", type=numbers.count, default=20_000, help="limit of a claim"
    )
    parser.add_argument(
        "--seconds",
        metavar="S",
        type=numbers.seconds,
        default=20.0,
        help="limit of a claim, of computing",
    )
    parser.add_argument(
        "-o", "--output", "--certificate", metavar="FILE", help="write the certificate here"
    )
    parser.add_argument("--force", action="store_true", help="replace a file that is there")


def run(args: Any, screen: Any) -> int:
    """Run the command."""
    if args.all or args.name is None:
        return _all(args, screen)
    from toynets.api.proving import prove

    explanation, box = read_said(args), args.box
    kept = None if explanation is None else explanation.domain
    if box is None and kept is not None and kept.kind == "box":
        box = kept
    name = args.name.strip()
    with screen.progress(name) as move:
        found = prove(
            name,
            explanation,
            box,
            never_active=args.never_active,
            rising=args.rising,
            falling=args.falling,
            bounds=args.bound,
            under=args.under,
            mean_over=args.mean_over,
            floats=args.floats,
            cells=args.cells,
            seconds=args.seconds,
            progress=move,
        )
    if args.output is not None:
        from toynets.cli.certifying import write

        certificate = found.certificate if found.certificate["claims"] else None
        write(certificate, args.output, args.force, "no claim was settled with one")
    if screen.json:
        screen.data(found.to_dict())
        return found.exit_status
    screen.table(found.table())
    screen.say(*found.lines())
    return found.exit_status


def _all(args: Any, screen: Any) -> int:
    from toynets.errors import ToynetsError

    if not args.all:
        raise ToynetsError("prove what?", fix="name a network, or write --all.")
    asked = [args.box, args.explanation, args.output, args.under, args.mean_over]
    asked += [*args.never_active, *args.rising, *args.falling, *args.bound]
    if args.name is not None or args.floats or any(asked):
        raise ToynetsError(
            "--all is every network of the zoo on its own box, and takes --cells and --seconds.",
            fix="leave the rest out, or name one network.",
        )
    from toynets.api.proving_all import prove_all

    with screen.progress("prove --all") as move:
        found = prove_all(check=_checked, cells=args.cells, seconds=args.seconds, progress=move)
    if screen.json:
        screen.data(found.to_dict())
        return found.exit_status
    screen.table(found.table())
    screen.say(*found.lines())
    return found.exit_status


def _checked(raw: bytes) -> str:
    from toynets.certificate_checker import Refused, check

    try:
        check(raw)
    except Refused as refusal:
        return str(refusal)
    return "accepted"
