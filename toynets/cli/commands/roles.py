"""`toynets roles`: which roles hold of every unit and weight, and why."""

from __future__ import annotations

from typing import Any

from toynets.cli.parsing import add_network, read_subject

EXAMPLES = """  toynets roles xor-sum
  toynets roles dormant-backup --json
"""


def arguments(parser: Any) -> None:
    """Add the arguments."""
    add_network(parser)


def run(args: Any, screen: Any) -> int:
    """Run the command."""
    from toynets.api.roles import roles

    about = read_subject(args)
    table = roles(about)
    if screen.json:
        screen.data({"network": about.name, "roles": table.to_dict()["rows"]})
        return 0
    screen.table(table)
    if about.assumed:
        screen.say(about.domain_note)
    return 0
