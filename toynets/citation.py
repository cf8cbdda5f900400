"""How to cite the package, and where a network of the zoo comes from.

The file `CITATION.cff` of the repository is not part of an installed package, so its facts are
repeated here; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Sequence

VERSION = "0.1.0"
TITLE = "toynets"
ABSTRACT = (
    "Tiny neural networks in which every weight is explained, and every explanation is checked by "
    "ablation."
)
AUTHORS = ("The toynets developers",)
RELEASED = "2026-11-22"
LICENCE = "Apache-2.0"


def citation() -> dict[str, object]:
    """Return the facts of the citation.

    >>> citation()["title"]
    'toynets'
    """
    return {
        "title": TITLE,
        "abstract": ABSTRACT,
        "authors": list(AUTHORS),
        "version": VERSION,
        "released": RELEASED,
        "licence": LICENCE,
    }


def text() -> str:
    """Return the citation as one line.

    >>> text()
    'The toynets developers (2026). toynets, version 0.1.0.'
    """
    return f"{' and '.join(AUTHORS)} ({RELEASED[:4]}). {TITLE}, version {VERSION}."


def bibtex() -> str:
    """Return the citation as a BibTeX entry.

    >>> bibtex().splitlines()[0]
    '@software{toynets,'
    """
    fields = {
        "title": f"{{{TITLE}}}: {ABSTRACT.rstrip('.')}",
        "author": " and ".join(f"{{{a}}}" for a in AUTHORS),
        "year": RELEASED[:4],
        "version": VERSION,
    }
    lines = [f"  {key} = {{{value}}}," for key, value in fields.items()]
    return "\n".join(["@software{toynets,", *lines, "}"])


def of_sources(name: str, sources: Sequence[str]) -> str:
    """Return the sources of a network, numbered.

    >>> print(of_sources("xor", ["A. Author, A Title, 1986"]))
    xor
      [1] A. Author, A Title, 1986
    """
    return "\n".join([name, *(f"  [{k}] {s}" for k, s in enumerate(sources, start=1))])
