"""`toynets snap`: round a network to the nearest small table, and verify that exactly."""

from __future__ import annotations

from typing import Any

from toynets.cli import numbers
from toynets.cli.parsing import add_network, read_subject

EXAMPLES = """  toynets snap xor-relu-1                    a trained network of the zoo
  toynets snap mine.json --task xor          one of your own, and whether it still does its task
  toynets snap mine.json --denominator 4 -o small.json
"""


def arguments(parser: Any) -> None:
    """Add the arguments."""
    add_network(parser)
    parser.add_argument("--task", metavar="TASK", help="that it should do, for a file; xor, and, …")
    parser.add_argument(
        "--denominator",
        metavar="N",
        type=numbers.count,
        help="1, 2, 4, 8, …; default the smallest that does",
    )
    parser.add_argument("--all", action="store_true", help="what it changes under every ablation")
    parser.add_argument("-o", "--output", metavar="FILE", help="write the snapped network there")
    parser.add_argument("--force", action="store_true", help="replace the file if it is there")


def run(args: Any, screen: Any) -> int:
    """Run the command."""
    from toynets.api.files import write_new
    from toynets.census import snap
    from toynets.census.snapping import SHOWN
    from toynets.errors import ToynetsError
    from toynets.tasks import load

    about = read_subject(args)
    if args.task is not None and about.entry is not None:
        raise ToynetsError(
            f"{args.name.strip()} has its task: {about.entry.task.name}.", fix="leave --task out."
        )
    task = about.entry.task if about.entry is not None else None
    if args.task is not None:
        task = load(args.task.strip())
    given = about.domain if args.domain is not None or task is None else None
    found = snap(about.network, task=task, domain=given, denominator=args.denominator)
    status = 0 if found.holds else 1
    if args.output:
        write_new(args.output, found.network.to_json(), force=args.force)
    if screen.json:
        screen.data(found.to_dict())
        return status
    if found.moved:
        screen.table(found.table())
    else:
        screen.say("No number moved.")
    screen.say(*found.lines())
    screen.table(found.effect_table(None if args.all else SHOWN))
    more = len(found.effects) - SHOWN
    if more > 0 and not args.all:
        screen.say(f"and {more} interventions of smaller changes: --all lists them.")
    if about.assumed and task is None:
        screen.say(about.domain_note)
    if args.output:
        screen.say(f"{args.output} holds it: toynets show {args.output}")
    return status
