"""The argument parser that every command shares."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any, NoReturn

from toynets.errors import ToynetsError, unknown

if TYPE_CHECKING:
    from toynets.domain import Domain
    from toynets.explanation import Explanation
    from toynets.network import Network


WIDTH = 88


class Parser(argparse.ArgumentParser):
    """An `ArgumentParser` whose faults are a `ToynetsError`, with the options of every command.

    Args:
        prog: `toynets show`.
        description: one line.
        examples: what can be typed, shown below the help.
    """

    def __init__(self, prog: str, description: str, examples: str) -> None:
        super().__init__(
            prog=prog,
            description=description[:1].upper() + description[1:] + ".",
            epilog=f"examples:\n{examples.rstrip()}",
            formatter_class=_formatter,
            allow_abbrev=False,
        )
        shared = self.add_argument_group("output")
        shared.add_argument("--json", action="store_true", help="print JSON")
        shared.add_argument(
            "--plain", action="store_true", help="one labelled line per row, for screen readers"
        )
        shared.add_argument(
            "--table",
            action="store_true",
            help="aligned columns also in a pipe or a file, or too wide for the terminal",
        )

    def parse_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Parse: names may stand behind options, too, and unknown options are named.

        Left to itself argparse takes all the names that it wants at the first place where some
        stand: of `contest --of units xor-sum` the last word would be left over.
        """
        found, left = self.parse_known_args(args, namespace)
        options = [word for word in left if word.startswith("-") and word.strip("-")]
        if options:
            there = [name for action in self._actions for name in action.option_strings]
            raise ToynetsError(
                unknown("option", options[0].partition("=")[0], self.prog, there),
                fix=f"{self.prog} --help says what each is for.",
            )
        if left:
            found, left = self.parse_known_intermixed_args(args, namespace)
        if left:
            takes = [str(action.metavar) for action in self._get_positional_actions()]
            raise ToynetsError(
                f"{self.prog} has no place for {' '.join(left)}.",
                cause=f"beside options it takes {', '.join(takes) or 'nothing'}.",
                fix=f"{self.prog} --help shows how.",
            )
        return found

    def error(self, message: str) -> NoReturn:
        """Raise what argparse would print."""
        raise ToynetsError(f"{message.rstrip('.')}.", fix=f"{self.prog} --help shows how.")


def _formatter(prog: str) -> argparse.HelpFormatter:
    # Left to itself it imports shutil to measure the terminal, each time an argument is added.
    return argparse.RawDescriptionHelpFormatter(prog, width=WIDTH)


def add_network(parser: Any) -> None:
    """Add the argument NAME and the options on how a file of one is read."""
    parser.add_argument(
        "name", metavar="NAME", help="a network of `toynets list`, or a file of one"
    )
    add_reading(parser)


def add_mean_over(parser: Any) -> None:
    """Add the argument that names the finite set over which a mean in a claim on a box is."""
    parser.add_argument(
        "--mean-over",
        metavar="D",
        help='inputs over which `mean` is taken: a task, boolean, "0,1;1,1" or rows.csv; '
        "default 48 points of the box",
    )


def add_reading(parser: Any) -> None:
    """Add --domain, and what a file of matrices does not say."""
    parser.add_argument(
        "--domain",
        metavar="D",
        help="the inputs, for a file: a task's name, boolean, [-1,1]^2, 0,1;1,1 or rows.csv",
    )
    parser.add_argument(
        "--activation",
        metavar="A",
        help="of the hidden units, for a file that does not say: relu; or relu,tanh by layer",
    )
    parser.add_argument(
        "--output-activation", metavar="A", help="of the outputs, likewise; default identity"
    )
    parser.add_argument(
        "--orientation", metavar="O", help="of matrices in a file: 'out, in' (default) or 'in, out'"
    )


def read_subject(args: Any, name: str | None = None, said: Explanation | None = None) -> Any:
    """Return what NAME and the options name.

    Args:
        args: with `add_network` or `add_reading`.
        name: default that of the arguments.
        said: an explanation, whose domain is taken where --domain is left out.
    """
    from toynets.api.files import is_file_name, read_network
    from toynets.api.subject import subject

    thing: Any = (args.name if name is None else name).strip()
    if is_file_name(thing):
        thing = read_network(thing, **reading_options(args))
    if args.domain is None:
        return subject(thing, None if said is None else said.domain)
    if isinstance(thing, str):
        from toynets.zoo import load

        thing = load(thing)
    return subject(thing, domain(args.domain, getattr(thing, "network", thing)))


def read_said(args: Any) -> Explanation | None:
    """Return the explanation of --explanation, or None."""
    if args.explanation is None:
        return None
    from toynets.api.files import read_explanation

    return read_explanation(args.explanation)


def reading_options(args: Any) -> dict[str, Any]:
    """Return the options on how a file is read that were given."""
    found: dict[str, Any] = {}
    if args.activation:
        kinds = [a.strip() for a in args.activation.split(",")]
        found["activation"] = kinds[0] if len(kinds) == 1 else kinds
    if args.output_activation:
        found["output"] = args.output_activation.strip()
    if args.orientation:
        found["orientation"] = ", ".join(w.strip() for w in args.orientation.split(","))
    return found


def domain(text: str, network: Network) -> Domain:
    """Read --domain."""
    from toynets.api.subject import read_domain

    return read_domain(text, len(network.inputs))


def check_source(about: Any, intervention: str, source: str | None) -> Any:
    """Return the resolved intervention; one that reads x' needs --source."""
    plan = about.network.wiring.resolve(intervention)
    if plan.intervention.needs_source and source is None:
        example = ",".join("0" for _ in about.network.inputs)
        raise ToynetsError(
            f"{plan.text} reads x', but no source input is given.",
            fix=f"add --source {example}, or write the numbers out, as in "
            f"{about.network.units[0]}({example}).",
        )
    return plan


def joined(words: list[str]) -> str:
    """Join an intervention that was typed without quotation marks."""
    return " ".join(words).strip()
