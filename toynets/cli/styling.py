"""The options on how a figure looks."""

from __future__ import annotations

from typing import Any


def add_style(parser: Any) -> None:
    """Add --style."""
    parser.add_argument(
        "--style",
        metavar="WORD",
        action="append",
        default=[],
        help="single, one-and-a-half, double; book, slide; light, dark, grey; arrow, indexed, "
        "zero, row-vector; or a style file, name.toml. May be given several times",
    )


def chosen_style(args: Any) -> Any:
    """Return the style that the options name."""
    from toynets.plots.style import Style, with_word

    style = Style()
    for word in [w for given in args.style for w in given.split(",")]:
        style = with_word(style, word.strip())
    return style
