"""`toynets trace`: the arithmetic of one input, written out, exactly."""

from __future__ import annotations

from typing import Any

from toynets.cli.parsing import add_network, check_source, joined, read_subject
from toynets.errors import ToynetsError

EXAMPLES = """  toynets trace xor-sum 1,0
  toynets trace xor-sum 1/2,0.25
  toynets trace xor-sum 1,1 "h2 = 0"
  toynets trace xor-sum 1,1 "h2 = h2(x')" --source 0,1
"""


def arguments(parser: Any) -> None:
    """Add the arguments."""
    add_network(parser)
    parser.add_argument("x", metavar="INPUT", help="one number per input, such as 1,0")
    parser.add_argument("intervention", metavar="INTERVENTION", nargs="*", help='such as "h2 = 0"')
    parser.add_argument("--source", metavar="INPUT", help="the input that x' stands for")


def run(args: Any, screen: Any) -> int:
    """Run the command."""
    from toynets import exact
    from toynets.api.subject import read_point

    about = read_subject(args)
    x = read_point(args.x, about.network)
    intervention = joined(args.intervention)
    plan = check_source(about, intervention, args.source)
    if plan.intervention.is_family:
        raise ToynetsError(
            f"{plan.text} stands for several runs.",
            fix=f'toynets ablate {args.name.strip()} "{plan.text}" --x {args.x.strip()}',
        )
    source = None
    if args.source is not None:
        source = read_point(args.source, about.network, "the source")
    given: dict[str, Any] = {"source": source, "domain": about.domain}
    trace = exact.trace(about.network, x, intervention, **given)
    notes = list(plan.notes)
    if intervention:
        clean = exact.run(about.network, x)
        notes.append(
            "nothing changes on this input."
            if clean == trace.outputs
            else f"without the intervention: {_outputs(clean)}"
        )
    target = _target(about, x)
    if target:
        notes.append(target)
    if screen.json:
        screen.data({**trace.to_dict(), "notes": notes})
        return 0
    screen.say(str(trace), *notes)
    return 0


def _outputs(values: Any) -> str:
    return ", ".join(f"{name} = {values[name]}" for name in values.names)


def _target(about: Any, x: Any) -> str:
    """Say what the task wants of this input."""
    if about.entry is None or x not in about.domain:
        return ""
    wanted = about.entry.task.target(x)
    names = about.entry.task.outputs
    pairs = (f"{n} = {v}" for n, v in zip(names, wanted, strict=True))
    return f"the task, {about.entry.task.title}, wants {', '.join(pairs)}"
