"""`toynets list`: the networks that there are."""

from __future__ import annotations

from typing import Any

EXAMPLES = """  toynets list
  toynets list --json
"""


def arguments(parser: Any) -> None:
    """Add the arguments: none."""


def run(args: Any, screen: Any) -> int:
    """Run the command."""
    from toynets.api.listing import list as table_of_networks

    table = table_of_networks()
    if screen.json:
        screen.data({"networks": table.to_dict()["rows"]})
        return 0
    screen.table(table)
    if screen.aligned:
        screen.say("", "toynets show NAME shows every weight of one.")
    return 0
