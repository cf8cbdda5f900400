"""`toynets export-claim`: a claim as ONNX and VNN-LIB, for other tools to answer."""

from __future__ import annotations

from typing import Any

from toynets.cli import numbers

EXAMPLES = """  toynets export-claim max-2 --intervention "h1 = 0" -o claim/
  toynets export-claim abs-trained --within 1/4096 -o claim/      without intervention
  toynets export-claim net.json --box "[-1,1]^6" --bound "y <= 3" -o claim/

then, for example with Marabou (pip install maraboupy):
  Marabou claim/claim.onnx claim/claim.vnnlib       unsat: the claim holds, up to the margin
"""


def arguments(parser: Any) -> None:
    """Add the arguments."""
    parser.add_argument("name", metavar="NAME", help="a network of `toynets list`, or a file")
    parser.add_argument("--box", metavar="BOX", help='such as "[-1,1]^2" or "[0,1]x[-2,2]"')
    parser.add_argument("--explanation", metavar="FILE", help="an explanation of your own")
    parser.add_argument("--intervention", metavar="TEXT", default="", help='such as "h1 = 0"')
    parser.add_argument(
        "--within",
        metavar="E",
        type=numbers.distance,
        help="the tolerance; default the explanation's",
    )
    parser.add_argument("--bound", metavar="CLAIM", help='such as "y <= 1 + x1/2", instead')
    parser.add_argument(
        "--margin",
        metavar="M",
        type=numbers.positive,
        default="1/1024",
        help="how far it has to fail (1/1024)",
    )
    parser.add_argument(
        "--round", action="store_true", help="round numbers that no float holds; allowed for"
    )
    parser.add_argument("-o", "--output", metavar="DIR", required=True, help="folder of the files")
    parser.add_argument("--force", action="store_true", help="replace files that are there")


def run(args: Any, screen: Any) -> int:
    """Run the command."""
    from pathlib import Path

    from toynets.api.exporting import export_claim
    from toynets.api.files import read_explanation, write_new

    explanation = None if args.explanation is None else read_explanation(args.explanation)
    made = export_claim(
        args.name.strip(),
        explanation,
        args.box,
        intervention=args.intervention,
        bound=args.bound,
        within=args.within,
        margin=args.margin,
        round=args.round,
    )
    folder = Path(args.output)
    folder.mkdir(parents=True, exist_ok=True)
    files: dict[str, str | bytes] = {"claim.vnnlib": made.vnnlib, "claim.onnx": made.onnx}
    for name, content in files.items():
        write_new(str(folder / name), content, force=args.force)
    if screen.json:
        screen.data(made.to_dict() | {"files": sorted(str(folder / name) for name in files)})
        return 0
    screen.table(made.table())
    screen.say(f"written: {folder / 'claim.onnx'}, {folder / 'claim.vnnlib'}")
    return 0
