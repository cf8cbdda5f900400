"""Figures built into a folder, with a gallery page; built twice and checked."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from toynets.display import escape
from toynets.errors import ToynetsError
from toynets.fields import record
from toynets.plots import scripts
from toynets.plots.properties import FILES, PROPERTIES, Written, check
from toynets.plots.properties.builds import CHANGES
from toynets.plots.style import Style

if TYPE_CHECKING:
    from toynets.plots.figure import Figure

Progress = Callable[[str, int, int], None]


@record
class Built:
    """A figure that was built.

    Attributes:
        figure: the value.
        paths: its files.
        seconds: of the processor, to compute, to draw and to write.
    """

    figure: Figure
    paths: list[str]
    seconds: float


def build(
    names: Sequence[str],
    out: str,
    *,
    style: Style | None = None,
    formats: Sequence[str] = FILES,
    force: bool = False,
    gallery: bool = True,
    sheets: bool = False,
    progress: Progress | None = None,
    place: str = "",
) -> list[Built]:
    """Draw figures and write their files and a gallery page into a folder.

    Args:
        names: of the figures; all of them where there are none.
        out: the folder; it is made where it is not there.
        style: how they look.
        formats: the files of each.
        force: replace files that are there.
        gallery: write index.html, and book.tex with all of them for a first LaTeX run.
        sheets: write contact sheets for eyes without one kind of cone, and in grey.
        progress: called with (text, done, of how many).
        place: the folder of the scripts.

    Raises:
        ToynetsError: an unknown name, a file that is there, or an explanation that is refuted.
    """
    wanted = list(names) or scripts.names(place)
    modules = {name: scripts.script(name, place) for name in wanted}  # a wrong name costs nothing
    pages = [os.path.join(out, p) for p in ("index.html", "book.tex")] if gallery else []
    for page in pages:
        if os.path.lexists(page) and not force:
            raise ToynetsError(
                f"{page} is there already, and nothing is overwritten unasked.",
                fix="build into another folder, or add --force.",
            )
    warm_up()
    made = []
    for k, name in enumerate(modules):
        if progress is not None:
            progress(name, k, len(wanted))
        began = time.process_time()
        figure = scripts.figure(name, style, place)
        paths = figure.save(out, formats, force=force)
        made.append(Built(figure, paths, time.process_time() - began))
    if progress is not None:
        progress("done", len(wanted), len(wanted))
    figures = [one.figure for one in made]
    for page, text in zip(pages, (gallery_page(figures), book(figures)), strict=False):
        with open(page, "w", encoding="utf-8") as file:
            file.write(text)
    if sheets:
        from toynets.plots.sheets import EYES, sheet

        for eye in EYES:
            with open(os.path.join(out, f"sheet-{eye}.png"), "wb") as png:
                png.write(sheet(figures, eye))
    return made


def warm_up() -> None:
    """Load matplotlib and its fonts, which is not the time of the figure that comes first."""
    from toynets.plots.saving import pdf, svg
    from toynets.plots.style import plot

    @plot
    def empty(*, style: Style) -> Figure:
        from toynets.plots.figure import Figure

        page = style.page(height_mm=20)
        page.text(10, 10, "0")
        return Figure("empty", page.drawing, {}, "", "", "")

    figure = empty()
    pdf(figure)
    svg(figure)


def digests(out: str, names: Sequence[str]) -> dict[str, str]:
    """Return file -> sha256 of the figures in a folder."""
    found = {}
    for name in names:
        for ending in FILES:
            with open(os.path.join(out, f"{name}.{ending}"), "rb") as file:
                found[f"{name}.{ending}"] = hashlib.sha256(file.read()).hexdigest()
    return found


_AGAIN = """
import json, sys
from toynets.plots.building import again
again(json.loads(sys.argv[1]))
"""


def again(order: dict[str, str | list[str]]) -> None:
    """Build as another process was told to, and print the digests."""
    style = Style(**json.loads(str(order["style"])))
    out = str(order["out"])
    names = list(order["names"])
    build(names, out, style=style, force=True, gallery=False, place=str(order["place"]))
    print(json.dumps(digests(out, names)))


def elsewhere(names: Sequence[str], style: Style, place: str = "") -> dict[str, str]:
    """Build in another process with another hash seed, and return the digests of its files.

    Raises:
        ToynetsError: the other process fails.
    """
    words = {"column": style.column, "medium": style.medium, "theme": style.theme}
    words |= {"notation": style.written.name, "colours": dict(style.colours)}  # type: ignore[dict-item]  # JSON
    words |= {"sizes": dict(style.sizes)}  # type: ignore[dict-item]  # JSON as well
    with tempfile.TemporaryDirectory() as out:
        order = {
            "names": list(names),
            "out": out,
            "style": json.dumps(words),
            "place": scripts.folder(place),
        }
        seed = "4321" if os.environ.get("PYTHONHASHSEED") != "4321" else "1234"
        root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
        paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
        done = subprocess.run(
            [sys.executable, "-c", _AGAIN, json.dumps(order)],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(paths)},
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["no reason"]
        raise ToynetsError(f"the second build failed: {last[0]}")
    found: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
    return found


@record(frozen=True)
class Checked:
    """What the checks say of one figure: property -> the fault, for those that do not hold."""

    name: str
    faults: dict[str, str]
    seconds: float

    @property
    def passed(self) -> list[str]:
        """The names of the properties that hold."""
        return [p.name for p in PROPERTIES if p.name not in self.faults]


def check_all(
    names: Sequence[str],
    *,
    style: Style | None = None,
    before: str = "",
    twice: bool = True,
    progress: Progress | None = None,
    place: str = "",
) -> list[Checked]:
    """Build figures in two processes and hold all 25 properties against each.

    Args:
        names: of the figures; all of them where there are none.
        style: how they look.
        before: the folder of an earlier build, for what has changed since.
        twice: build a second time; without it the property `same bytes` fails.
        progress: called with (text, done, of how many).
        place: the folder of the scripts.
    """
    chosen = Style() if style is None else style
    wanted = list(names) or scripts.names(place)
    found = []
    with tempfile.TemporaryDirectory() as out:
        made = build(wanted, out, style=chosen, gallery=False, place=place)
        other = elsewhere(wanted, chosen, place) if twice else None
        if before:
            write_changes([one.figure for one in made], before, out)
        for k, one in enumerate(made):
            name = one.figure.name
            if progress is not None:
                progress(f"checking {name}", k, len(made))

            def redraw(style: Style, name: str = name) -> Figure:
                return scripts.figure(name, style, place)

            written = Written(one.figure, out, other, one.seconds, redraw, before)
            found.append(Checked(name, check(written), one.seconds))
    return found


def write_changes(figures: Sequence[Figure], before: str, out: str) -> list[str]:
    """Write a page with both images of each figure whose networks have changed; return the names.

    Args:
        figures: as they are now, their files in `out`.
        before: the folder of an earlier build.
        out: where the page is written.
    """
    changed = []
    for figure in figures:
        path = os.path.join(before, f"{figure.name}.json")
        if not os.path.exists(path):
            continue
        with open(path, encoding="utf-8") as file:
            old = [n["hash"] for n in json.load(file)["networks"]]
        if old != [s.hash for s in figure.shows]:
            changed.append(figure.name)
    rows = "".join(
        f"<h2>{escape(name)}</h2><figure><img src='{escape(os.path.abspath(before))}/{name}.svg' "
        f"alt='before'><figcaption>before</figcaption></figure><figure><img src='{name}.svg' "
        "alt='after'><figcaption>after</figcaption></figure>"
        for name in changed
    )
    with open(os.path.join(out, CHANGES), "w", encoding="utf-8") as file:
        file.write(f"<!DOCTYPE html><html lang='en'><meta charset='utf-8'>{rows}</html>\n")
    return changed


_PAGE = """<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>toynets: figures</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem;
  color: #1a1a1a; background: #fff }
ul { display: grid; grid-template-columns: repeat(auto-fill, minmax(20rem, 1fr)); gap: 2rem;
  list-style: none; padding: 0 }
figure { margin: 0 }
img { width: 100%; height: 15rem; object-fit: contain; border: 1px solid #d9d9d9 }
figcaption { font-size: .9rem }
h2 { font-size: 1.05rem; margin: .6rem 0 .2rem }
a { color: #1b3a8c }
</style>
<h1>Figures</h1>
<p>{count} figures. Each has a PDF and an SVG, a JSON file with every number that it prints, and a
LaTeX file with its caption and its numbers.</p>
<ul>
{items}
</ul>
</html>
"""


def book(figures: Sequence[Figure]) -> str:
    """Return a LaTeX document with every figure, its caption and its alt text."""
    from toynets.plots.saving import command

    lines = [
        "% pdflatex book.tex, in this folder",
        r"\documentclass{article}",
        r"\usepackage[a4paper, margin=15mm]{geometry}",
        r"\usepackage{graphicx}",
        r"\begin{document}",
    ]
    for figure in figures:
        name = figure.name
        lines += [
            rf"\input{{{name}.tex}}",
            r"\begin{figure}[p]",
            rf"  \centering\includegraphics{{{name}.pdf}}",
            rf"  \caption{{{command(name, ['caption'])}}}",
            r"\end{figure}",
            r"\clearpage",
        ]
    return "\n".join([*lines, r"\end{document}", ""])


def gallery_page(figures: Sequence[Figure]) -> str:
    """Return an HTML page with a thumbnail, the caption and the alt text of each figure."""
    items = []
    for figure in figures:
        name = escape(figure.name)
        links = ", ".join(f'<a href="{name}.{e}">{e.upper()}</a>' for e in FILES)
        items.append(
            f'<li><figure><a href="{name}.svg"><img src="{name}.svg" loading="lazy" '
            f'alt="{escape(figure.alt)}"></a><h2>{name.replace("_", " ")}</h2>'
            f"<figcaption>{escape(figure.caption)}<br>{links}</figcaption></figure></li>"
        )
    return _PAGE.replace("{count}", str(len(figures))).replace("{items}", "\n".join(items))
