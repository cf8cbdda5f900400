"""`toynets explore`: a network as one offline page on which every weight can be touched."""

from __future__ import annotations

from typing import Any

from toynets.cli.parsing import add_reading, read_said, read_subject

EXAMPLES = """  toynets explore xor-sum                              writes xor-sum.html
  toynets explore xor-sum --against xor-difference     two networks, one explanation
  toynets explore net.json --explanation mine.json -o net.html
  toynets explore --all --out pages                every network, with an index page

in the browser: page.html?mode=predict (the default), ?mode=open, ?mode=lecture
"""


def arguments(parser: Any) -> None:
    """Add the arguments."""
    parser.add_argument(
        "name", metavar="NAME", nargs="?", help="a network of `toynets list`, or a file of one"
    )
    parser.add_argument("--all", action="store_true", help="every network, and an index page")
    parser.add_argument("--explanation", metavar="FILE", help="an explanation of your own")
    parser.add_argument(
        "--against", metavar="NAME", action="append", help="a network to compare with; repeatable"
    )
    add_reading(parser)
    parser.add_argument("-o", "--output", metavar="PAGE", help="the file; default NAME.html")
    parser.add_argument("--out", metavar="DIR", help="the folder, with --all")
    parser.add_argument("--force", action="store_true", help="replace files that are there")


def run(args: Any, screen: Any) -> int:
    """Run the command."""
    from toynets.errors import ToynetsError

    if args.all:
        if args.name or args.explanation or args.against or args.output:
            raise ToynetsError("--all takes --out DIR and nothing else.", fix="leave it out.")
        if not args.out:
            raise ToynetsError(
                "--all writes many files.", fix="say where: toynets explore --all --out pages"
            )
        return _all(args, screen)
    if not args.name:
        raise ToynetsError("which network?", fix="toynets explore xor-sum")
    if args.out:
        raise ToynetsError("--out is for --all.", fix="name the file with -o PAGE.html")
    return _one(args, screen)


def _one(args: Any, screen: Any) -> int:
    from toynets.api.exploring import explore
    from toynets.api.files import new_name, write_new
    from toynets.explorer.bundle import summary

    explanation = read_said(args)
    about = read_subject(args, said=explanation)
    with screen.progress(about.name):
        page = explore(
            about.entry if about.entry is not None and args.domain is None else about.network,
            explanation or about.explanation,
            about.domain,
            against=args.against,
        )
    path = args.output or new_name(args.name.strip(), ".html")
    write_new(path, page.html, force=args.force)
    if screen.json:
        screen.data(summary(page) | {"file": path})
        return 0
    if about.assumed:
        screen.say(about.domain_note)
    size = summary(page)
    screen.say(
        f"written: {path}, {size['bytes']:,} bytes ({size['without_data']:,} without the data)",
        "open it in a browser; it works offline. ?mode=open shows the explanation at once, "
        "?mode=lecture is for a projector.",
    )
    return 0


def _all(args: Any, screen: Any) -> int:
    import os

    from toynets.api.exploring import explore_zoo
    from toynets.api.files import write_new

    os.makedirs(args.out, exist_ok=True)
    written, total = 0, 0
    with screen.progress("pages") as move:
        for name, html in explore_zoo(move):
            write_new(os.path.join(args.out, name), html, force=args.force)
            written, total = written + 1, total + len(html.encode())
    index = os.path.join(args.out, "index.html")
    if screen.json:
        screen.data({"folder": args.out, "files": written, "bytes": total, "index": index})
        return 0
    screen.say(f"written: {written} files, {total:,} bytes; start at {index}")
    return 0
