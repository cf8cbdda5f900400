"""`toynets convert`: a network from one file format into another."""

from __future__ import annotations

from typing import Any

from toynets.cli.parsing import add_network, read_subject

EXAMPLES = """  toynets convert net.onnx -o net.json
  toynets convert weights/ --activation relu -o net.json   a folder of CSV matrices
  toynets convert net.npz --activation tanh -o net.onnx
  toynets convert xor-sum -o xor.onnx                      for other programs
"""


def arguments(parser: Any) -> None:
    """Add the arguments."""
    add_network(parser)
    parser.add_argument(
        "-o", "--output", metavar="FILE", required=True, help="ends in .json, .npz, .onnx or .nnet"
    )
    parser.add_argument("--force", action="store_true", help="replace the file if it is there")


def run(args: Any, screen: Any) -> int:
    """Run the command."""
    from toynets.api.files import write_new
    from toynets.io import encode, not_written

    network = read_subject(args).network
    write_new(args.output, encode(network, args.output), force=args.force)
    lost = not_written(network, args.output)
    if screen.json:
        said = {"file": args.output, "network": network.to_dict(), "not_written": lost}
        screen.data(said)
        return 0
    screen.say(f"{args.output}: {network.text}, {len(network.numbers)} numbers, {network.dtype}")
    for line in lost:
        screen.prose(f"not written: {line}")
    return 0
