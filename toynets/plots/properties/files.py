"""Properties of the files: vector, fonts, text, width, data, LaTeX, alt text, stable bytes."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections import Counter
from html import unescape
from typing import TYPE_CHECKING, Any

from toynets.plots.figure import MOST_ALT, SCHEMA
from toynets.plots.saving import command, in_tex, leaves, number_in_tex
from toynets.plots.style import COLUMNS, MM

if TYPE_CHECKING:
    from toynets.plots.properties.written import Written

WIDTH_WITHIN = 0.1  # mm
_DATE = re.compile(r"\b(?:19|20)\d\d-\d\d-\d\d\b|D:(?:19|20)\d{6}")
_VERSION = re.compile(r"(?:matplotlib|toynets|python)[ /]*v?\d+\.\d+", re.IGNORECASE)


def vector(written: Written) -> str:
    """1. Vector in PDF and SVG: no raster but declared heat maps."""
    if written.ink.images > written.figure.maps:
        return f"{written.ink.images} pictures are drawn, {written.figure.maps} declared."
    if "<image" in written.svg and not written.figure.maps:
        return "the SVG file holds a picture."
    for page in written.pdf.pages:
        objects = page["/Resources"].get("/XObject", {})
        kinds = [objects[key].get_object()["/Subtype"] for key in objects]
        if kinds.count("/Image") > written.figure.maps:
            return "the PDF file holds a picture."
    return ""


def fonts(written: Written) -> str:
    """2. Fonts are embedded as Type 42, none as Type 3."""
    for page in written.pdf.pages:
        for name, found in page["/Resources"].get("/Font", {}).items():
            font = found.get_object()
            if font["/Subtype"] == "/Type3":
                return f"font {name} is of Type 3."
            inner = font
            if "/DescendantFonts" in font:
                inner = font["/DescendantFonts"].get_object()[0].get_object()
            described = inner.get("/FontDescriptor")
            if described is None or "/FontFile2" not in described.get_object():
                return f"font {font.get('/BaseFont', name)} is not embedded as TrueType."
    return ""


def _letters(text: str) -> str:
    return re.sub(r"\s+", "", text)


def extractable(written: Written) -> str:
    """3. Every label can be extracted as text from the PDF file, and is text in the SVG file."""
    found = _letters("".join(page.extract_text() for page in written.pdf.pages))
    inside = Counter(unescape(text) for text in re.findall(r"<text [^>]*>([^<]*)<", written.svg))
    for text, count in Counter(words.text for words in written.ink.words).items():
        if found.count(_letters(text)) < count:
            return f"{text!r} cannot be extracted from the PDF file."
        if inside[text] < count:
            return f"{text!r} is no text in the SVG file."
    return ""


def width(written: Written) -> str:
    """4. The width is exactly that of a column, in PDF and SVG."""
    box = written.pdf.pages[0].mediabox
    match = re.search(r'<svg [^>]*?width="([0-9.]+)pt"', written.svg)
    if match is None:
        return "the SVG file has no width in points."
    for name, points in (("PDF", float(box.width)), ("SVG", float(match[1]))):
        mm = points * MM / 72
        if all(abs(mm - column) > WIDTH_WITHIN for column in COLUMNS.values()):
            return f"the {name} file is {mm:.2f} mm wide."
    return ""


def data_file(written: Written) -> str:
    """16. The data file has its schema, and the hash of each network that is shown."""
    found = written.data
    if found.get("schema") != SCHEMA:
        return f"the schema is {found.get('schema')!r}."
    networks = found.get("networks", [])
    if not networks:
        return "no network is named."
    for network in networks:
        if not re.fullmatch("[0-9a-f]{64}", str(network.get("hash"))):
            return f"{network.get('name')} has no hash."
        if network.get("verdict") == "refuted":
            return f"the explanation of {network.get('name')} is refuted."
    if [n["hash"] for n in networks] != [s.hash for s in written.figure.shows]:
        return "the hashes are not those of the networks that are shown."
    return ""


_COMMAND = re.compile(r"^\\newcommand\{(\\[A-Za-z]+)\}\{(.*)\}$", re.MULTILINE)


def tex(written: Written) -> str:
    r"""17. The LaTeX file is read by \input, its values are those of the data file."""
    commands = dict(_COMMAND.findall(written.tex))
    name = written.figure.name
    for path, value in leaves(written.data["numbers"]):
        wanted = commands.get(command(name, path))
        plain = [command(name, p) for p, _ in leaves(written.data["numbers"])]
        if wanted is None:
            if len(plain) > 400:
                continue  # long curves have no commands
            return f"no command for {' '.join(path)}."
        if plain.count(command(name, path)) == 1 and wanted != number_in_tex(value):
            return f"{command(name, path)} is {wanted}, the data file says {value}."
    if commands.get(command(name, ["caption"])) != in_tex(written.data["caption"]):
        return "the caption is not that of the data file."
    if not written.tex.isascii():
        odd = next(c for c in written.tex if not c.isascii())
        return f"{odd!r} is no sign that LaTeX reads by itself."
    return _compiled(written)


def _compiled(written: Written) -> str:
    """Run pdflatex where there is one."""
    program = shutil.which("pdflatex")
    if program is None:
        return ""
    name = written.figure.name
    with tempfile.TemporaryDirectory() as folder:
        for ending in ("tex", "pdf"):
            shutil.copy(written.path(ending), folder)
        with open(f"{folder}/page.tex", "w", encoding="ascii") as file:
            file.write(document(name))
        done = subprocess.run(
            [program, "-interaction=nonstopmode", "-halt-on-error", "page.tex"],
            cwd=folder,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=60,
            check=False,
        )
    if done.returncode:
        faults = [line for line in done.stdout.splitlines() if line.startswith("!")]
        return f"pdflatex stops: {faults[0] if faults else 'without a reason'}."
    return ""


def document(name: str) -> str:
    r"""Return a LaTeX document with a figure, its caption and its alt text.

    >>> print(document("xor").splitlines()[5])
      \centering\includegraphics{xor.pdf}
    """
    return "\n".join(
        [
            r"\documentclass{article}",
            r"\usepackage{graphicx}",
            r"\begin{document}",
            rf"\input{{{name}.tex}}",
            r"\begin{figure}",
            rf"  \centering\includegraphics{{{name}.pdf}}",
            rf"  \caption{{{command(name, ['caption'])}}}",
            r"\end{figure}",
            command(name, ["alt"]),
            r"\end{document}",
            "",
        ]
    )


def alt(written: Written) -> str:
    """19. Alt text of at most 250 characters and a description; title, desc and role in the SVG."""
    figure = written.figure
    if not figure.alt or len(figure.alt) > MOST_ALT:
        return f"the alt text has {len(figure.alt)} characters."
    if len(figure.description) <= len(figure.alt) / 2 or not figure.description.strip():
        return "the long description says no more than the alt text."
    opening = re.search(r"<svg [^>]*>", written.svg)
    if opening is None or 'role="img"' not in opening[0]:
        return 'the SVG file has no role="img".'
    for tag in ("title", "desc"):
        match = re.search(rf"<{tag}[^>]*>([^<]*)</{tag}>", written.svg)
        if match is None or not match[1].strip():
            return f"the SVG file has no <{tag}>."
    identities = re.findall(r' id="([^"]+)"', written.svg)
    if len(identities) != len(set(identities)):
        twice = next(i for i in identities if identities.count(i) > 1)
        return f"the SVG file has the id {twice} twice."
    return ""


def timeless(written: Written) -> str:
    """21. No timestamps and no version strings, in any file."""
    information: Any = written.pdf.metadata or {}
    for key, value in information.items():
        if "Date" in key or _DATE.search(str(value)) or _VERSION.search(str(value)):
            return f"the PDF file has {key}: {value}."
    for ending in ("svg", "json", "tex"):
        text = written.read(ending).decode()
        for pattern in (_DATE, _VERSION):
            match = pattern.search(text)
            if match is not None:
                return f"the {ending} file has {match[0]!r}."
    return ""


def licence(written: Written) -> str:
    """25. Licence and source are in the metadata of PDF, SVG and data file."""
    figure = written.figure
    information: Any = written.pdf.metadata or {}
    said = " ".join(map(str, information.values()))
    for name, text in (("PDF", said), ("SVG", written.svg), ("JSON", str(written.data))):
        for what, value in (("licence", figure.licence), ("source", figure.source)):
            if not value or value not in text:
                return f"the {name} file does not name its {what}."
    return ""


def caption(written: Written) -> str:
    """18. The caption states network, domain, numbers and claim."""
    said = written.data.get("caption", "")
    for network in written.data.get("networks", []):
        if network["sizes"] not in said or (network["name"] and network["name"] not in said):
            return f"the caption does not name {network['name'] or network['sizes']}."
        if network["domain"] and network["domain"] not in said:
            return f"the caption does not say on which inputs: {network['domain']}."
        if network["verdict"] and network["verdict"] not in said:
            return f"the caption does not say that the explanation is {network['verdict']}."
    claim = said.split(" Network ")[0]
    if len(claim.split()) < 6:
        return "the caption makes no claim."
    if not re.search(
        r"\d|\b(one|two|three|four|five|six|seven|eight|nine|ten|no|none|all)\b", claim
    ):
        return "the caption has no numbers."
    return ""
