"""Plain modules, a style sheet and data, put together into one HTML file that asks for nothing."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Any

from toynets.display import escape
from toynets.errors import ToynetsError
from toynets.explorer.data import Shown, page_data, to_json
from toynets.explorer.squeeze import squeeze, squeeze_style
from toynets.fields import record

FOLDER = Path(__file__).parent / "page"
MAIN = "main.mjs"
FRAME_HEIGHT = 760

# One line per import, relative, at the top: what the modules keep to, so that no parser is needed.
_IMPORT = re.compile(r'^import \{(?:(?! as )[^}])*\} from "\./([a-z]+\.mjs)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:const|let|function|async|class) )", re.MULTILINE)
_DEFINED = re.compile(
    r"^(?:const|let|function|async function|class) ([A-Za-z_$][\w$]*)", re.MULTILINE
)


@record(frozen=True)
class Page:
    """One page of the explorer.

    Attributes:
        name: of the network.
        html: the whole file.
        data_bytes: how much of it is data about the network.
    """

    name: str
    html: str
    data_bytes: int

    @property
    def code_bytes(self) -> int:
        """How much of it is the page itself."""
        return len(self.html.encode()) - self.data_bytes

    def __repr__(self) -> str:
        return f"<Page {self.name}: {len(self.html.encode())} bytes>"

    def _repr_html_(self) -> str:
        """Return a frame for a notebook, from which the page can reach nothing."""
        title = escape(f"Explorer of {self.name}")
        return (
            f'<iframe title="{title}" sandbox="allow-scripts" width="100%" '
            f'height="{FRAME_HEIGHT}" style="border:1px solid #8888" '
            f'srcdoc="{escape(self.html)}"></iframe>'
        )


@cache
def script() -> str:
    """Return all modules as one script, each after those that it imports.

    Raises:
        ToynetsError: two modules define the same name: in one script they would collide.

    >>> "import" in script().split()
    False
    """
    order: list[str] = []
    defined: dict[str, str] = {}

    def visit(name: str) -> None:
        if name in order:
            return
        source = (FOLDER / name).read_text(encoding="utf-8")
        for needed in _IMPORT.findall(source):
            visit(needed)
        if name not in order:
            order.append(name)

    visit(MAIN)
    parts = []
    for name in order:
        source = (FOLDER / name).read_text(encoding="utf-8")
        body = _EXPORT.sub("", _IMPORT.sub("", source))
        if re.search(r"^(?:import|export)\b", body, re.MULTILINE):
            raise ToynetsError(
                f"{name} imports or exports in another way than the others.",
                fix='write import { a, b } from "./other.mjs"; and export before a definition.',
            )
        for found in _DEFINED.findall(body):
            if found in defined:
                raise ToynetsError(
                    f"{found} is defined by {defined[found]} and by {name}.",
                    fix="the modules become one script: give one of the two another name.",
                )
            defined[found] = name
        parts.append(body)
    return squeeze('(() => {\n"use strict";\n' + "\n".join(parts) + "\n})();\n")


@cache
def style() -> str:
    """Return the style sheet."""
    return squeeze_style((FOLDER / "style.css").read_text(encoding="utf-8"))


def policy(scripts: str, styles: str) -> str:
    """Return a content security policy: this script, this style, and no request at all.

    >>> policy("", "")[:40]
    "default-src 'none'; script-src 'sha256-4"
    """
    return (
        f"default-src 'none'; script-src '{_digest(scripts)}'; style-src '{_digest(styles)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def make_page(shown: Shown) -> Page:
    """Return the page of a network.

    Args:
        shown: what it is about.
    """
    data = to_json(page_data(shown))
    html = document(
        f"{shown.name} · toynets explorer",
        '<div id="app"></div><noscript><p>This page computes on your machine and needs '
        "JavaScript; it asks the network for nothing.</p></noscript>"
        f'<script type="application/json" id="data">{data}</script>',
        script(),
        style(),
    )
    return Page(shown.name, html, len(data.encode()))


def document(title: str, body: str, scripts: str, styles: str) -> str:
    """Return an HTML file.

    Args:
        title: of the window.
        body: what stands in it.
        scripts: the script, or "".
        styles: the style sheet.
    """
    code = f"<script>{scripts}</script>" if scripts else ""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy(scripts, styles)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(title)}</title>\n<style>{styles}</style>\n</head>\n"
        f"<body>{body}\n{code}\n</body>\n</html>\n"
    )


def summary(page: Page) -> dict[str, Any]:
    """Return what there is to say of a page, as plain data."""
    return {
        "name": page.name,
        "bytes": len(page.html.encode()),
        "without_data": page.code_bytes,
    }
