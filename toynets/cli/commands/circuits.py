"""`toynets circuits`: which sets of units and edges suffice, and which cannot be done without."""

from __future__ import annotations

from typing import Any

from toynets.cli import numbers
from toynets.cli.parsing import add_network, read_subject

EXAMPLES = """  toynets circuits twin-units                    units and edges; zero, mean, resample
  toynets circuits xor-sum --of edges --ablation zero
  toynets circuits xor-sum --criterion values    every output stays, not only the decision
  toynets circuits xor-sum --criterion accuracy --at-least 3/4
  toynets circuits mine.json --domain xor --criterion values --within 1/100
"""
USUAL = ("zero", "mean", "resample")


def arguments(parser: Any) -> None:
    """Add the arguments."""
    add_network(parser)
    parser.add_argument("--of", metavar="PARTS", help="units or edges; default both")
    parser.add_argument(
        "--ablation",
        metavar="K",
        help="zero, mean, resample; of units also pre, incoming; default zero, mean and resample",
    )
    parser.add_argument(
        "--criterion",
        metavar="C",
        help="decisions, values or accuracy; default decisions where there is a rule",
    )
    parser.add_argument(
        "--within",
        metavar="EPS",
        type=numbers.distance,
        help="for values: how far an output may move",
    )
    parser.add_argument(
        "--at-least", metavar="A", type=numbers.share, help="for accuracy: the share of right ones"
    )
    parser.add_argument(
        "--cases", metavar="N", type=numbers.count, default=2_000_000, help="budget of runs"
    )


def run(args: Any, screen: Any) -> int:
    """Run the command."""
    from toynets.api.circuit_finding import circuits

    about = read_subject(args)
    parts = [args.of] if args.of else ["units", "edges"] if about.network.hidden else ["edges"]
    kinds = [args.ablation] if args.ablation else USUAL
    found = []
    with screen.progress("circuits") as move:
        for of in parts:
            for kind in kinds:
                title = f"{of}, {kind}"
                found.append(
                    circuits(
                        about,
                        of=of,
                        ablation=kind,
                        criterion=args.criterion,
                        within=args.within,
                        at_least=args.at_least,
                        cases=args.cases,
                        progress=_titled(title, move),
                    )
                )
    status = 3 if any(f.verdict == "unknown" for f in found) else 0
    if screen.json:
        screen.data({"network": about.name, "circuits": [f.to_dict() for f in found]})
        return status
    if about.assumed:
        screen.say(about.domain_note, "")
    if len(found) == 1:
        screen.say(*found[0].lines())
    else:
        from toynets.verification.circuits import meanings, overview, sampled

        screen.table(overview(found))
        screen.say("", *(line for one in found for line in one.short_lines()))
        screen.say("", *meanings(found), *sampled(found))
        if screen.aligned:
            screen.say("name --of and --ablation to see the inputs that show it.")
    return status


def _titled(title: str, move: Any) -> Any:
    return None if move is None else lambda done, most: move(title, done, most)
