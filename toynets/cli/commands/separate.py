"""`toynets separate`: the decisive experiment between two explanations, or two networks."""

from __future__ import annotations

from typing import Any

from toynets.cli import numbers

EXAMPLES = """  toynets separate xor-sum:explanation xor-sum:or-minus-and   a right and a wrong one
  toynets separate xor-sum mine.json         the explanation of an entry and one of yours
  toynets separate a.json b.json --network net.json           whose network is right?
  toynets separate xor-sum xor-difference    two networks
  toynets separate xor-sum xor-relu-2 --level decision
  toynets separate abs clip-flipped --domain "[-1,1]"   on a box: found, or proved
  toynets separate abs-trained abs --within 1/1000 -o proof.json
"""


def arguments(parser: Any) -> None:
    """Add the arguments."""
    what = "an explanation: a file, NAME:WRONG or NAME:explanation; or a network: a name or a file"
    parser.add_argument("a", metavar="A", help=what)
    parser.add_argument("b", metavar="B", help="the other side")
    parser.add_argument("--network", metavar="NAME", help="what two explanations are about")
    parser.add_argument(
        "--domain",
        metavar="D",
        help="the inputs: a task's name, boolean, rows; of a box 48 points, over which `mean` is "
        "taken as well",
    )
    parser.add_argument("--level", metavar="L", default="value", help="networks: value, decision")
    parser.add_argument(
        "--within", metavar="EPS", type=numbers.distance, default="0", help="of networks, by value"
    )
    parser.add_argument(
        "-o", "--output", "--certificate", metavar="FILE",
        help="of two networks on a box: write the certificate here",
    )  # fmt: skip
    parser.add_argument("--force", action="store_true", help="replace a file that is there")
    parser.add_argument(
        "--cases", metavar="N", type=numbers.count, default=2_000_000, help="budget of runs"
    )


def run(args: Any, screen: Any) -> int:
    """Run the command."""
    from toynets.api.separating import inputs_of, separate

    a, b = args.a.strip(), args.b.strip()
    domain = None
    if args.domain is not None:
        from toynets.api.subject import read_domain

        domain = read_domain(args.domain, inputs_of(a))
    with screen.progress("separate") as move:
        found = separate(
            a,
            b,
            network=args.network,
            domain=domain,
            level=args.level,
            within=args.within,
            cases=args.cases,
            progress=None if move is None else lambda done, of: move("separate", done, of),
        )
    if args.output is not None:
        from toynets.cli.certifying import write

        write(found.certificate, args.output, args.force, "that takes two networks on a box")
    if screen.json:
        screen.data(found.to_dict())
        return found.exit_status
    if found.assumed:
        screen.say(found.assumed, "")
    screen.table(found.table())
    screen.say(*found.lines())
    return found.exit_status
