"""`toynets train`: train a network on a task."""

from __future__ import annotations

from typing import Any

from toynets.cli import numbers

EXAMPLES = """  toynets train xor
  toynets train xor --hidden 3 --activation tanh --seed 7
  toynets train xor --seed 7 -o mine.json
  toynets show mine.json
  toynets train xor --hidden 2 --activation relu --seed 3 --steps 31000   with more patience
By default 12000 steps are made where values are learned, 8000 where classes are. Not every seed has
learned by then: more steps help, and a census makes 31000 (relu), 15000 (tanh).
"""


def arguments(parser: Any) -> None:
    """Add the arguments."""
    parser.add_argument("task", metavar="TASK", help="such as xor, and, majority-3, parity-3")
    parser.add_argument(
        "--hidden", metavar="N", type=numbers.layers, help="hidden units: 2, or 4,3 for two layers"
    )
    parser.add_argument("--activation", metavar="A", help="of the hidden units: relu, tanh, …")
    parser.add_argument("--seed", metavar="N", type=numbers.seed, default=None, help="of the start")
    parser.add_argument(
        "--steps", metavar="N", type=numbers.steps, default=None, help="of descent; default below"
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="write the network there")
    parser.add_argument("--force", action="store_true", help="replace the file if it is there")


def run(args: Any, screen: Any) -> int:
    """Run the command."""
    import os

    from toynets.api.files import write_new
    from toynets.errors import ToynetsError

    if args.output and os.path.lexists(args.output) and not args.force:
        raise ToynetsError(  # said before the training, not after it
            f"{args.output} is there already, and nothing is overwritten unasked.",
            fix="give another name with -o, or add --force.",
        )
    from toynets.tasks import load

    task = load(args.task.strip())
    keys = {k: getattr(args, k) for k in ("hidden", "activation", "seed", "steps")}
    with screen.progress(f"training {task.name}") as move:
        from toynets.training import train

        found = train(task, progress=move or False, **keys)
    if args.output:
        write_new(args.output, found.network.to_json(), force=args.force)
    if screen.json:
        screen.data(found.to_dict())
        return 0
    network = found.network
    screen.say(
        f"{network.name}   {network.text}   seed {found.recipe['seed']}, {len(found.losses)} steps "
        f"in {found.seconds:.1f} s",
        f"loss {found.losses[0]:.3g} at the start, {found.final_loss:.3g} at the end; the output "
        f"is within {found.max_error:.3g} of every target",
    )
    if found.max_error > 0.1:
        screen.say("That is not the task yet: try another --seed, more --hidden or more --steps.")
    screen.table(network.table())
    if args.output:
        screen.say(f"{args.output} holds it: toynets show {args.output} --domain {task.name}")
    else:
        screen.say("-o FILE keeps it, for toynets show FILE and toynets ablate FILE.")
    return 0
