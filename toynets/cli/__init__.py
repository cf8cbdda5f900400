"""The program `toynets`. Each command has a file of its own, imported when it is asked for."""

from __future__ import annotations

import gc
import os
import re
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from toynets.errors import ToynetsError

if TYPE_CHECKING:
    from types import ModuleType
    from typing import NoReturn

# Group -> command -> what it does, in one line. A command's file in `commands` has the same name
# with _ for -.
GROUPS = {
    "look": {
        "list": "the networks that there are",
        "show": "every weight, its role, and what happens without it; or what one weight means",
        "trace": "the arithmetic of one input, written out",
        "listing": "the weights as a program, one line a unit, dead code marked",
        "table": "every weight or unit with its role, as text, Markdown, LaTeX, CSV or HTML",
        "roles": "which roles hold of every unit and weight, and why",
        "expand": "the network from input to output, for each pattern of units that are on",
        "pattern": "the preferred input of a unit or an output",
        "plot": "a figure of any network: diagram, matrices, trace, ablations, regions and more",
        "explore": "one offline page on which every weight can be touched: predict, ablate, edit",
        "ask": "twelve questions of learners, answered with numbers computed on this machine",
    },
    "take away": {
        "ablate": "what an intervention does, stated, derived and measured; predict it first",
        "importance": "every score of units, inputs and weights, beside what ablation really does",
        "circuits": "which sets of units and edges suffice, and which cannot be done without",
        "partition": "which inputs a unit tells apart, and whether its concept fits",
        "connectome": "what wiring, signs, magnitudes and the explanation each tell of ablations",
        "study": "many networks at once: which scores predict ablations, which inputs matter",
        "claims": "published claims about tiny networks, each checked now, with a witness",
    },
    "explain and check": {
        "verify": "an explanation held against its network, case by case",
        "new-explanation": "a blank explanation of a network, to be filled in",
        "draft-explanation": "a first draft of an explanation, from the numbers alone",
        "audit": "would an explanation be as true of other networks; its numbers and their slack",
        "separate": "the run that tells two explanations, or two networks, apart",
        "snap": "round a network to the nearest small table, and verify that exactly",
    },
    "prove": {
        "prove": "what an explanation says of values, at every point of a box, with a certificate",
        "range": "the least and the greatest value of every output on a box, exactly",
        "equal": "whether two networks agree at every point of a box",
        "check-certificate": "a proof checked by a small program that the prover has no part in",
        "export-claim": "a claim as ONNX and VNN-LIB, for other tools to answer as well",
    },
    "train and compare": {
        "train": "train a network on a task",
        "census": "train many networks on a task, and sort, explain and verify them",
        "compare": "two networks: the same numbers, function, ablations?",
        "gauge": "changes of the weights that change nothing, and one of them made",
        "diff": "what differs between two networks or explanations",
        "convert": "a network from one file format into another",
    },
    "teach and write": {
        "figures": "the figures of the textbook: built, checked against 25 properties, listed",
        "lessons": "the notebooks and pages of the lessons, built from their scripts",
        "grade": "a claims file of coursework, or a whole class of them",
        "course": "a course with networks of its own: new, release, autograder, otter, guide",
        "cite": "how to cite the package, and where a network comes from",
        "completion": "completion of commands and names for bash, zsh or fish",
    },
}
COMMANDS = {name: what for group in GROUPS.values() for name, what in group.items()}
EVERYWHERE = ("--json", "--plain", "--table")

# An arrow or a number in front is no option: x1, `->h2 = 0`, `-1,0`.
_NO_OPTION = re.compile(r"-(>|\u2192|[0-9.])")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program.

    Args:
        argv: the arguments; default those of the process.

    Returns:
        The exit status: 0 everything holds, 1 something is refuted, 2 wrong use, 3 nothing is
        refuted but something is unknown, or unexplained and not declared; 130 interrupted.

    >>> main(["cite"])  # doctest: +ELLIPSIS
    The toynets developers ...
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a console that lacks a sign shows ?, not a traceback
            stream.reconfigure(errors="replace")
    threshold = gc.get_threshold()
    gc.set_threshold(50_000, *threshold[1:])  # loading modules makes objects, not garbage
    try:
        status = _dispatch(arguments)
        sys.stdout.flush()
    except ToynetsError as error:
        print(f"{_error_word()} {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # The reader has gone (`| head`): nothing more can be written, not even on closing.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except OSError as error:  # a folder that is a file, a disk that is full
        if error.filename is None:
            raise
        print(f"{_error_word()} {error.filename}: {error.strerror}.", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\ninterrupted", file=sys.stderr)
        return 130
    except SystemExit as stop:  # argparse, after --help
        return stop.code if isinstance(stop.code, int) else 2
    finally:
        gc.set_threshold(*threshold)
    return status


def program() -> NoReturn:
    """Run the program as a process: leave with its status, without taking the interpreter down.

    Nothing is left to do but to free memory, which the system does faster; JAX, where a command
    has loaded it, has threads to join.
    """
    status = main()
    if "jax" in sys.modules:
        sys.exit(status)
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(status)


def _error_word() -> str:
    from toynets.cli.screen import colour_on

    return "\x1b[31merror:\x1b[0m" if colour_on(sys.stderr) else "error:"


def _dispatch(arguments: list[str]) -> int:
    flags = []
    while arguments and arguments[0] in EVERYWHERE:
        flags.append(arguments.pop(0))
    arguments += flags
    if not arguments or arguments[0] in EVERYWHERE:
        from toynets.cli import tour

        return tour.run("--json" in flags)
    name, *rest = arguments
    if name in ("-V", "--version"):
        from toynets.citation import VERSION

        print(f"toynets {VERSION}")
        return 0
    if name in ("-h", "--help", "help"):
        from toynets.cli import tour

        if name == "help" and rest and rest[0] in COMMANDS:
            return _command(rest[0], ["--help"])
        print(tour.overview())
        return 0
    if name not in COMMANDS:
        raise _unknown_command(name)
    return _command(name, rest)


def _command(name: str, rest: Sequence[str]) -> int:
    from toynets.cli.screen import Screen

    _check_redirected(rest)
    parser = parser_of(name)
    given = [f" {a}" if _NO_OPTION.match(a) else a for a in rest]
    args = parser.parse_args(given)
    screen = Screen(json=args.json, plain=args.plain, table=args.table)
    status: int = module_of(name).run(args, screen)
    return status


def module_of(name: str) -> ModuleType:
    """Import the file of one command."""
    from importlib import import_module

    return import_module(f"{__name__}.commands.{name.replace('-', '_')}")


def parser_of(name: str):  # type: ignore[no-untyped-def]  # naming argparse here would import it
    """Return the parser of one command; no other command's is made."""
    from toynets.cli.parsing import Parser

    module = module_of(name)
    parser = Parser(f"toynets {name}", COMMANDS[name], module.EXAMPLES)
    module.arguments(parser)
    return parser


def _check_redirected(arguments: Sequence[str]) -> None:
    """Refuse what is left of `x1->h2 = 0` when the shell takes the > for itself."""
    previous = ""
    for argument in arguments:
        words = argument.rstrip()
        cut = words.endswith("-") and not words.startswith("--")
        if cut and previous not in ("-o", "--output"):
            from toynets.errors import ParseError
            from toynets.grammar import REDIRECTED

            raise ParseError(REDIRECTED, text=words, column=len(words))
        previous = argument


def _unknown_command(name: str) -> ToynetsError:
    from toynets.api.files import is_file_name
    from toynets.errors import unknown
    from toynets.zoo import names

    fix = "toynets alone shows what there is to do."
    if name in names() or is_file_name(name):
        fix = f"toynets show {name}"
    return ToynetsError(unknown("command", name, "", COMMANDS), fix=fix)
