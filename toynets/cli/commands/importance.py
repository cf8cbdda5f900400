"""`toynets importance`: every score that people use, beside what ablation really does."""

from __future__ import annotations

from typing import Any

from toynets.cli.parsing import add_network

KINDS = ("units", "inputs", "weights")
EXAMPLES = """  toynets importance dead-weight                       units, inputs and weights
  toynets importance xor-sum --of weights              weights alone
  toynets importance majority-3 --from x1 --to y       what connects a feature with a class
  toynets importance xor-sum --of inputs --explain     formulas, questions and sources as well
  toynets importance net.json --domain "[-1,1]^2"      a network of your own
"""


def arguments(parser: Any) -> None:
    """Add the arguments."""
    add_network(parser)
    parser.add_argument("--of", choices=KINDS, help="what is compared; default all that there is")
    parser.add_argument("--from", dest="source", metavar="X", help="only what this input feeds")
    parser.add_argument("--to", dest="target", metavar="Y", help="only what feeds this output")
    parser.add_argument(
        "--truth",
        choices=("largest", "mean"),
        default="largest",
        help="of the |effects| over the inputs the largest (default) or the mean",
    )
    parser.add_argument("--explain", action="store_true", help="formula, question and source")


def run(args: Any, screen: Any) -> int:
    """Run the command."""
    from toynets.api.weighing import importance_of, kinds_of
    from toynets.cli.parsing import read_subject

    about = read_subject(args)
    source, target = args.source, args.target
    found = []
    for of in [args.of] if args.of else kinds_of(about, source, target):
        with screen.progress(of) as move:
            found.append(
                importance_of(
                    about,
                    of=of,
                    source=source,
                    target=target,
                    truth=args.truth,
                    progress=move,
                )
            )
    if screen.json:
        screen.data({"network": about.name, "importance": [one.to_dict() for one in found]})
        return 0
    for k, one in enumerate(found):
        if k:
            screen.say("")
        screen.table(one.table())
    screen.say("")
    for note in dict.fromkeys(note for one in found for note in one.notes()):
        screen.prose(note)
    if args.explain:
        screen.say("")
        screen.labelled(_said(found))
    if about.assumed:  # of a box, the heading says how many points of it are weighed
        screen.say(about.domain_note)
    return 0


def _said(found: list[Any]) -> list[tuple[str, str]]:
    """Return each score once, with what it computes, what it answers, and where it is from."""
    scores = {name: score for one in found for name, score in one.scores.items()}
    return [
        (name, f"{score.question} {score.formula}. {score.source}")
        for name, score in scores.items()
    ]
