"""The page that leads to the pages of all networks."""

from __future__ import annotations

from collections.abc import Sequence

from toynets.display import escape
from toynets.explorer.bundle import document, style
from toynets.explorer.data import Shown


def make_index(pages: Sequence[Shown]) -> str:
    """Return an HTML file that lists networks by task, each with its formula and verdict.

    Args:
        pages: what the pages are about; the file of each is its name with `.html`.
    """
    groups: dict[str, list[Shown]] = {}
    for shown in pages:
        made = "by hand" if shown.entry is None or shown.entry.hand_built else "trained"
        groups.setdefault(made, []).append(shown)
    parts = [
        '<main id="index"><h1>Tiny networks, every weight explained</h1><p class="lead">'
        f"{len(pages)} networks. On each page every weight can be changed and every unit taken "
        "away: predict what happens, then look.</p>"
    ]
    titles = {"by hand": "Built by hand", "trained": "Trained"}
    for made, members in groups.items():
        parts.append(
            f"<h2>{titles[made]}</h2><table><thead><tr>"
            '<th scope="col">network</th><th scope="col">what it computes</th>'
            '<th scope="col">shape</th><th scope="col">explanation</th></tr></thead><tbody>'
        )
        for shown in members:
            title = shown.entry.title if shown.entry is not None else ""
            verdict = shown.report.verdict if shown.report is not None else "none"
            parts.append(
                f'<tr><th scope="row"><a href="{escape(shown.name)}.html">{escape(shown.name)}</a>'
                f"</th><td>{escape(title)}</td><td>{escape(shown.network.text)}</td>"
                f"<td>{escape(verdict)}</td></tr>"
            )
        parts.append("</tbody></table>")
    parts.append("</main>")
    return document("toynets explorer", "".join(parts), "", style())
