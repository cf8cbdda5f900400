"""A lesson as one HTML page: text, code and what the code showed; no script, nothing fetched."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from toynets.coursework.building.running import Ran

_STYLE = """
body { font: 17px/1.55 Georgia, serif; color: #1a1a1a; background: #fff; max-width: 48rem;
  margin: 2rem auto; padding: 0 1rem; }
h1, h2, h3 { font-family: system-ui, sans-serif; line-height: 1.25; }
pre, code { font: 13px/1.45 ui-monospace, Menlo, Consolas, monospace; }
h1 code, h2 code, h3 code { font-size: .9em; }
pre { overflow-x: auto; padding: .6rem .8rem; margin: .6rem 0; }
pre.code { background: #f3f4f6; border-left: 3px solid #1b3a8c; }
pre.out { border-left: 3px solid #bbb; white-space: pre-wrap; }
table { border-collapse: collapse; font-size: 15px; margin: .6rem 0; display: block;
  overflow-x: auto; }
th, td { padding: .2rem .6rem; border-bottom: 1px solid #ddd; text-align: left; }
img { max-width: 100%; height: auto; }
figure { margin: .8rem 0; }
@media (prefers-color-scheme: dark) {
  body { background: #16181d; color: #e6e6e6; } a { color: #9db7ff; }
  pre.code { background: #22262e; border-color: #9db7ff; } th, td { border-color: #444; }
  figure { background: #fff; color: #000; padding: .4rem; }
}
@media print { body { max-width: none; margin: 0; } pre { white-space: pre-wrap; } }
"""


def page(ran: Sequence[Ran], *, title: str) -> bytes:
    """Return the page of a lesson that was run.

    Args:
        ran: its cells in order, from `run_cells`.
        title: of the page.
    """
    from markdown_it import MarkdownIt  # comes with rich, a dependency

    text = MarkdownIt("commonmark", {"html": False}).enable("table")
    body = []
    for one in ran:
        if one.cell.kind == "markdown":
            body.append(text.render(one.cell.source))
            continue
        body.append(f'<pre class="code">{escape(one.cell.source)}</pre>')
        if one.text.strip():
            body.append(f'<pre class="out">{escape(one.text.rstrip())}</pre>')
        if one.shown is not None:
            body.append(_shown(*one.shown, one.alt))
    head = (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
    )
    return (head + "\n".join(body) + "\n</main>\n</body>\n</html>\n").encode()


def _shown(media: str, content: str, alt: str) -> str:
    if media == "image/svg+xml":
        # As an image of its own: several figures of one kind have the same ids inside.
        from base64 import b64encode

        data = b64encode(content.encode()).decode()
        image = f'<img alt="{escape(alt)}" src="data:image/svg+xml;base64,{data}">'
        return f"<figure>{image}</figure>"
    if media == "text/html":
        return f"<div>{content}</div>"
    return f'<pre class="out">{escape(content)}</pre>'
