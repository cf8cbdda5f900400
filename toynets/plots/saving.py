"""Four files of a figure whose bytes depend on nothing but the figure.

No dates, no version strings, no hash seeds; the SVG has title, description and role; the LaTeX file
has a command for each number and one for the caption.
"""

from __future__ import annotations

import io
import json
import os
import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from toynets.display import escape
from toynets.errors import ToynetsError, unknown

if TYPE_CHECKING:
    from toynets.plots.figure import Figure

FORMATS = ("pdf", "svg", "json", "tex", "png")
FONTS = "'DejaVu Sans', Verdana, sans-serif"
_WORDS = "Zero One Two Three Four Five Six Seven Eight Nine".split()  # noqa: SIM905  # one line
_DIGITS = dict(zip("0123456789", _WORDS, strict=True))
_METADATA = re.compile(r" <metadata>.*?</metadata>\n", re.DOTALL)
_FAMILY = re.compile(r"font-family: [^;\"]+?(?=[;\"])")


def pdf(figure: Figure) -> bytes:
    """Return the figure as PDF: Type 42 fonts, no dates, no version strings."""
    made = io.BytesIO()
    with figure.style.settings():
        figure.drawing.savefig(
            made,
            format="pdf",
            metadata={
                "CreationDate": None,
                "Creator": None,
                "Producer": None,
                "Title": figure.name,
                "Subject": figure.alt,
                "Author": figure.source,
                "Keywords": f"licence {figure.licence}",
            },
        )
    return made.getvalue()


def svg(figure: Figure) -> str:
    """Return the figure as SVG: text as text, title, desc, role, licence and source."""
    made = io.StringIO()
    with figure.style.settings():
        figure.drawing.savefig(
            made, format="svg", metadata={"Date": None, "Creator": None, "Type": None}
        )
    text = _METADATA.sub("", made.getvalue())
    text = _FAMILY.sub(f"font-family: {FONTS}", text)
    text = re.sub(r"font: ([0-9.]+px) [^;\"]+", rf"font: \1 {FONTS}", text)
    name = re.sub(r"[^A-Za-z0-9_-]", "-", figure.name)
    opening = (
        f'<svg role="img" aria-labelledby="{name}-title {name}-desc" '
        'xmlns:xlink="http://www.w3.org/1999/xlink"'
    )
    text = text.replace('<svg xmlns:xlink="http://www.w3.org/1999/xlink"', opening, 1)
    head = (
        f' <title id="{name}-title">{escape(figure.alt)}</title>\n'
        f' <desc id="{name}-desc">{escape(figure.description)}</desc>\n'
        ' <metadata>\n  <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">\n   <rdf:Description rdf:about="">\n'
        f"    <dc:title>{escape(figure.name)}</dc:title>\n"
        f"    <dc:rights>{escape(figure.licence)}</dc:rights>\n"
        f"    <dc:source>{escape(figure.source)}</dc:source>\n"
        "   </rdf:Description>\n  </rdf:RDF>\n </metadata>\n"
    )
    return text.replace(" <defs>", f"{head} <defs>", 1)


def data(figure: Figure) -> str:
    """Return the data file: every number drawn, with hashes and verdicts."""
    return json.dumps(figure.data(), indent=1, ensure_ascii=False, sort_keys=False) + "\n"


def command(name: str, path: Sequence[str]) -> str:
    r"""Return the LaTeX command of a number: letters only, as TeX wants it.

    >>> command("xor_table", ["outcomes", "h2 = 0", "11"])
    '\\XorTableOutcomesHTwoZeroOneOne'
    """
    words = re.findall(
        r"[A-Za-z]+|[0-9]", " ".join([name, *path]).replace("->", " to ").replace("-", " minus ")
    )
    return "\\" + "".join(_DIGITS[w] if w in _DIGITS else w[0].upper() + w[1:] for w in words)


def leaves(numbers: Any, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], Any]]:
    """Return (path, number) of every number of a data file, in order; items count from 1.

    >>> leaves({"a": [1, {"b": "1/2"}]})
    [(('a', '1'), 1), (('a', '2', 'b'), '1/2')]
    """
    if isinstance(numbers, Mapping):
        return [leaf for k, v in numbers.items() for leaf in leaves(v, (*path, str(k)))]
    if isinstance(numbers, list | tuple):
        return [leaf for k, v in enumerate(numbers, 1) for leaf in leaves(v, (*path, str(k)))]
    return [(path, numbers)]


MOST_COMMANDS = 400


def tex(figure: Figure) -> str:
    r"""Return LaTeX: a `\newcommand` for each number, then caption and alt text."""
    found: dict[str, str] = {}
    listed = leaves(figure.numbers)
    if len(listed) > MOST_COMMANDS:  # long curves: nobody types their names in a text
        listed = [leaf for leaf in listed if len(leaf[0]) == 1 or not leaf[0][-1].isdigit()]
    for path, value in listed[:MOST_COMMANDS]:
        written = name = command(figure.name, path)
        k = 1
        while written in found:
            k += 1
            written = name + "Again" * (k - 1)
        found[written] = number_in_tex(value)
    lines = [
        f"% {figure.name}: the numbers of the figure, its caption and its alt text.",
        f"% {figure.source}; licence {figure.licence}.",
        f"% \\input{{{figure.name}.tex}} and \\includegraphics{{{figure.name}.pdf}}",
        *(rf"\newcommand{{{name}}}{{{value}}}" for name, value in found.items()),
        rf"\newcommand{{{command(figure.name, ['caption'])}}}{{{in_tex(figure.caption)}}}",
        rf"\newcommand{{{command(figure.name, ['alt'])}}}{{{in_tex(figure.alt)}}}",
    ]
    return "\n".join(lines) + "\n"


def number_in_tex(value: Any) -> str:
    r"""Return one number of the data file in LaTeX, value for value.

    >>> number_in_tex("-1/2"), number_in_tex(2), number_in_tex("both are on")
    ('\\ensuremath{-1/2}', '\\ensuremath{2}', 'both are on')
    """
    if isinstance(value, bool) or value is None:
        return str(value).lower()
    if isinstance(value, int | float) or re.fullmatch(r"-?[0-9]+(/[0-9]+)?", value):
        return rf"\ensuremath{{{value}}}"
    return in_tex(value)


_RAISED = {ord(a): b for a, b in zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾", "0123456789+-()", strict=True)}
_LOWERED = {ord(a): b for a, b in zip("₀₁₂₃₄₅₆₇₈₉₊₋₍₎", "0123456789+-()", strict=True)}
_MATHS = {
    "Δ": r"\Delta", "Σ": r"\Sigma", "θ": r"\theta", "α": r"\alpha", "φ": r"\varphi",
    "ω": r"\omega", "∈": r"\in", "≈": r"\approx", "∞": r"\infty", "½": "1/2", "°": r"^\circ",
    "±": r"\pm", "√": r"\surd", "⇒": r"\Rightarrow", "′": "'", "ᵀ": "^T", "∧": r"\wedge",
    "∨": r"\vee", "¬": r"\neg",
}  # fmt: skip


def in_tex(text: str) -> str:
    r"""Make words safe inside LaTeX, lowered and raised digits and signs included.

    >>> print(in_tex("w(x₁→h₂) = −2"))
    w(x$_{1}$$\to$h$_{2}$) = $-$2
    """
    from toynets.latex_words import escaped

    text = re.sub("[₀-₉₊-₎]+", lambda m: f"\x01{m[0].translate(_LOWERED)}\x03", text)
    text = re.sub("[⁰¹²³⁴-⁹⁺-⁾]+", lambda m: f"\x02{m[0].translate(_RAISED)}\x03", text)
    text = escaped(text)
    for sign, maths in _MATHS.items():
        text = text.replace(sign, f"${maths}$")
    for mark, opening in (("\x01", "$_{"), ("\x02", "$^{"), ("\x03", "}$")):
        text = text.replace(mark, opening)
    return text


def content(figure: Figure, ending: str) -> bytes:
    """Return the bytes of one file of a figure.

    Raises:
        ToynetsError: no format of figures.
    """
    writers: dict[str, Callable[[Figure], bytes]] = {
        "pdf": pdf,
        "svg": lambda f: svg(f).encode(),
        "json": lambda f: data(f).encode(),
        "tex": lambda f: tex(f).encode(),
        "png": lambda f: f.png(),
    }
    if ending not in writers:
        raise ToynetsError(unknown("format", ending, "", FORMATS))
    return writers[ending](figure)


def save(figure: Figure, folder: str, formats: Sequence[str], *, force: bool = False) -> list[str]:
    """Write the files of a figure; see `Figure.save`."""
    for one in formats:
        if one not in FORMATS:
            raise ToynetsError(unknown("format", one, "", FORMATS))
    paths = {one: os.path.join(folder, f"{figure.name}.{one}") for one in formats}
    there = [path for path in paths.values() if os.path.lexists(path)]
    if there and not force:
        raise ToynetsError(
            f"{there[0]} is there already, and nothing is overwritten unasked.",
            fix="write into another folder, or pass force=True (--force).",
        )
    os.makedirs(folder, exist_ok=True)
    for one, path in paths.items():
        made = content(figure, one)
        half = f"{path}.half"
        with open(half, "wb") as file:
            file.write(made)
        os.replace(half, path)  # whole or not at all
    return list(paths.values())
