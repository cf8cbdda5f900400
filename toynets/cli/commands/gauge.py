"""`toynets gauge`: changes of the weights that change nothing, and one of them made."""

from __future__ import annotations

from typing import Any

from toynets.cli.parsing import add_network, read_subject

EXAMPLES = """  toynets gauge xor-sum                     which moves there are; the canonical form
  toynets gauge xor-sum rescale h1 2        one made: what changes, and that nothing does
  toynets gauge xor-tanh flip h1 -o flipped.json
  toynets gauge xor-difference kink-flip h1 h2   the same function, other ablations
  toynets gauge twin-units reduce           dead, constant and twin units taken out
"""


def arguments(parser: Any) -> None:
    """Add the arguments."""
    add_network(parser)
    parser.add_argument("move", metavar="MOVE", nargs="?", help="permute, rescale, flip, …")
    parser.add_argument("given", metavar="ARG", nargs="*", help="units and numbers of the move")
    parser.add_argument("--round", action="store_true", help="round what the dtype cannot hold")
    parser.add_argument("-o", "--output", metavar="FILE", help="write the moved network there")
    parser.add_argument("--force", action="store_true", help="replace the file if it is there")


def run(args: Any, screen: Any) -> int:
    """Run the command."""
    from toynets.api.gauging import gauge, moved

    if args.move is None:
        about = read_subject(args)
        found = gauge(about.entry or about.network)
        if screen.json:
            screen.data(found.to_dict())
            return 0
        screen.table(found.numbers)
        screen.table(found.moves)
        screen.say(f"canonical form {found.form[:12]}: equal forms, equal ablations")
        return 0
    from toynets.api.files import write_new

    given = [a.strip() for a in args.given]
    done = moved(read_subject(args), args.move, *given, round=args.round)
    if args.output is not None:
        write_new(args.output, done.network.to_json(), force=args.force)
    if screen.json:
        screen.data(done.to_dict())
        return 0
    if done.reduction is None:
        screen.table(done.changed)
    elif done.reduction.steps:
        screen.table(done.reduction.table())
    else:
        screen.say(str(done.reduction))
    screen.say(*done.comparison.lines())
    screen.table(done.comparison.table())
    return 0
