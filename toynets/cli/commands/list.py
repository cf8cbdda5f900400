"""`toynets list`: the networks that there are; or the tasks."""

from __future__ import annotations

from typing import Any

EXAMPLES = """  toynets list
  toynets list --tasks       what a network can be trained on
  toynets list --json
"""


def arguments(parser: Any) -> None:
    """Add the arguments."""
    parser.add_argument("--tasks", action="store_true", help="the tasks instead")


def run(args: Any, screen: Any) -> int:
    """Run the command."""
    from toynets.api import listing

    table = listing.tasks() if args.tasks else listing.list()
    if screen.json:
        screen.data({"tasks" if args.tasks else "networks": table.to_dict()["rows"]})
        return 0
    screen.table(table)
    if screen.aligned and args.tasks:
        screen.say("", "toynets train TASK trains a network on one.")
    elif screen.aligned:
        screen.say("", "toynets show NAME shows every weight of one.")
    return 0
