"""`toynets ablate`: what an intervention does, stated, derived and measured; predict it first."""

from __future__ import annotations

from typing import Any

from toynets.cli.parsing import add_network, check_source, joined, read_subject

EXAMPLES = """  toynets ablate xor-sum "h2 = 0"                       without a unit
  toynets ablate xor-sum "h2 = 0" --predict 0,1,1,1     say first what will come out
  toynets ablate xor-sum x1:h2=0                        without a weight; or "x1->h2 = 0"
  toynets ablate xor-sum "->h2, h2.bias = 0"            without all that goes into h2
  toynets ablate xor-sum "h2 = mean"                    at its mean; also resample, worst
  toynets ablate xor-sum "h2 = h2(x')" --source 1,1     at its value on another input
"""


def arguments(parser: Any) -> None:
    """Add the arguments."""
    add_network(parser)
    parser.add_argument("intervention", metavar="INTERVENTION", nargs="+", help='such as "h2 = 0"')
    parser.add_argument("--predict", metavar="Y,Y,…", help="what you say comes out, input by input")
    parser.add_argument("--x", metavar="INPUT", help="one input only, such as 1,0")
    parser.add_argument("--source", metavar="INPUT", help="the input that x' stands for")


def run(args: Any, screen: Any) -> int:
    """Run the command."""
    from toynets.api.ablating import ablate

    about = read_subject(args)
    intervention = joined(args.intervention)
    check_source(about, intervention, args.source)
    found = ablate(about, intervention, x=args.x, source=args.source)
    prediction = None
    if args.predict is not None:
        from toynets.api.predicting import predict
        from toynets.api.subject import read_point

        source = None
        if args.source is not None:
            source = read_point(args.source, about.network, "the source")
        prediction = predict(found.subject, found, args.predict, source)
    if screen.json:
        data = found.to_dict()
        if prediction is not None:
            data["prediction"] = prediction.to_dict()
        screen.data(data)
        return 0
    if prediction is None:
        screen.table(found.table())
    else:
        screen.table(prediction.table())
        screen.say(*prediction.lines())
    for note in found.notes:
        screen.prose(note)
    return 0
