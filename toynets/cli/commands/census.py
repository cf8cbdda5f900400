"""`toynets census`: train many networks on one task, and sort, explain and verify them."""

from __future__ import annotations

from typing import Any

from toynets.cli import numbers

EXAMPLES = """  toynets census xor --hidden 2 --runs 10000
  toynets census xor --activation tanh --seed 7
  toynets census parity-3 --hidden 3 --unexplained left.json   what nothing explains, as a file
  toynets census xor --runs 1000 --json
A run makes 31000 steps (relu) or 15000 (tanh), so that more of them learn than with
`toynets train`, which makes 12000 or 8000 unless --steps says more.
"""


def arguments(parser: Any) -> None:
    """Add the arguments."""
    parser.add_argument("task", metavar="TASK", help="with one output: xor, parity-3, max-2, …")
    parser.add_argument(
        "--hidden", metavar="N", type=numbers.units, default=2, help="hidden units, 1 to 4"
    )
    parser.add_argument("--activation", metavar="A", default="relu", help="relu or tanh")
    parser.add_argument(
        "--runs", metavar="N", type=numbers.networks, default=10_000, help="networks"
    )
    parser.add_argument("--seed", metavar="N", type=numbers.seed, default=0, help="of all starts")
    parser.add_argument(
        "--unexplained", metavar="FILE", help="write the weights of unexplained runs there"
    )
    parser.add_argument("--force", action="store_true", help="replace the file if it is there")


def run(args: Any, screen: Any) -> int:
    """Run the command."""
    import os

    from toynets.errors import ToynetsError

    if args.unexplained and os.path.lexists(args.unexplained) and not args.force:
        raise ToynetsError(  # said before the training, not after it
            f"{args.unexplained} is there already, and nothing is overwritten unasked.",
            fix="give another name with --unexplained, or add --force.",
        )
    from toynets.census import take_census

    title = f"{args.task.strip()} census"
    with screen.progress(title) as move:
        found = take_census(
            args.task.strip(),
            args.hidden,
            activation=args.activation,
            runs=args.runs,
            seed=args.seed,
            progress=move,
        )
    if args.unexplained:
        _write(args, found)
    status = 0 if found.converged else 3
    if screen.json:
        screen.data(found.to_dict())
        return status
    screen.say(*found.summary())
    screen.table(found.table())
    screen.say(*found.notes())
    screen.table(found.failure_table())
    screen.say(f"seed {args.seed}, {found.seconds:.1f} s")
    if args.unexplained:
        screen.say(f"{args.unexplained} holds the {len(found.unexplained)} unexplained runs.")
    return status


def _write(args: Any, found: Any) -> None:
    import json

    from toynets.api.files import write_new

    data = {
        "task": found.task,
        "hidden": found.hidden,
        "activation": found.activation,
        "runs": found.runs,
        "seed": found.seed,
        "unexplained": [{"run": run, **numbers} for run, numbers in found.unexplained.items()],
    }
    write_new(args.unexplained, json.dumps(data, indent=1) + "\n", force=args.force)
