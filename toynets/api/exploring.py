"""`toynets.explore`: a network as one offline page on which every weight can be touched."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from flint import fmpq

from toynets.api.subject import Subject, subject
from toynets.errors import ToynetsError

if TYPE_CHECKING:
    from toynets.domain import Domain, Row
    from toynets.explanation import Explanation
    from toynets.explorer import Page, Shown
    from toynets.network import Network

CASES = 2_000_000
MOST_ROWS = 64  # of a box
MOST_LISTED = 4096  # of a finite domain, all of it
Progress = Callable[[str, int, int], None]


def explore(
    network: Any,
    explanation: Explanation | None = None,
    domain: Domain | None = None,
    *,
    against: Sequence[str] | None = None,
    cases: int = CASES,
) -> Page:
    """Return one HTML page of a network: to predict, ablate, edit, compare, and show in a lecture.

    The page works from a disk and asks the network for nothing. In a notebook it shows itself in a
    frame; `page.html` is the text of the file.

    Args:
        network: a name of the zoo, an entry, a `Network`, or a file of one.
        explanation: what is said of it; default the entry's own.
        domain: the inputs; default the task's, or all bits.
        against: names of networks to compare with; default those of the zoo that fit.
        cases: the budget of the verification that the page reports.

    Raises:
        ToynetsError: what `toynets.verify` refuses.

    >>> explore("not").name
    'not'
    """
    from toynets.explorer import make_page

    about = subject(network, domain)
    return make_page(_shown(about, explanation, against, cases))


def _shown(
    about: Subject, explanation: Explanation | None, against: Sequence[str] | None, cases: int
) -> Shown:
    from toynets.explorer import Shown, rivals
    from toynets.verification import verify
    from toynets.zoo import load, names

    rows = points(about.domain)
    said = explanation or about.explanation
    report = None
    if said is not None:
        report = verify(about.network, said, about.domain, cases=cases)
    others: Any = ()
    if against is not None:
        others = tuple(load(name) for name in against)
        for other in others:
            if other.network.inputs != about.network.inputs:
                raise ToynetsError(
                    f"{other.name} has the inputs {', '.join(other.network.inputs)}, but "
                    f"{about.name} has {', '.join(about.network.inputs)}.",
                    fix="compare networks that take the same inputs.",
                )
    elif about.entry is not None:
        others = rivals(about.entry, [load(name) for name in names()])
    tasks = tuple(_homework(about.network, rows))
    return Shown(about.network, about.domain, rows, said, report, about.entry, tuple(others), tasks)


@cache
def _exercises() -> list[Any]:
    from toynets.coursework.exercise import read_folder

    return [e for e in read_folder() if e.kind in ("predict", "construct")]


def _homework(network: Network, rows: tuple[Row, ...]) -> Iterator[dict[str, Any]]:
    """Yield the exercises that can be answered on the page of a network."""
    from toynets.coursework.exercise import listed
    from toynets.domain import label
    from toynets.rationals import rational

    shape = "-".join(str(len(u)) for u in (network.inputs, *(la.units for la in network.layers)))
    there = {label(row) for row in rows}
    for one in _exercises():
        task = {"id": one.id, "lesson": one.lesson, "kind": one.kind, "title": one.title}
        if one.kind == "construct":
            hidden = network.layers[0].activation
            fixed = one.ask.get("fixed", {}).items()  # what is given must be what the page shows
            held = all(network.numbers.get(a) == float(rational(str(v))) for a, v in fixed)
            if held and (one.ask.get("shape"), one.ask.get("activation")) == (shape, hidden):
                yield task
        elif one.network is not None and one.network.hash == network.hash:
            labels = [label(row) for row in listed(one.domain).rows]
            if "output" in one.ask or not set(labels) <= there:
                continue
            text = network.wiring.resolve(one.ask.get("intervention", "")).text
            if text:
                yield task | {"intervention": text, "rows": labels}


def points(domain: Domain) -> tuple[Row, ...]:
    """Return the rows that a page lists: of a box eighths, quarters, halves or corners.

    Raises:
        ToynetsError: a finite domain of more rows than a page can list.

    >>> from toynets.domain import Domain
    >>> points(Domain.box("[0,1]"))[:3]
    ((0,), (1/8,), (1/4,))
    """
    from itertools import islice, product

    if domain.kind != "box" or domain.bounds is None:
        if len(domain) > MOST_LISTED:
            raise ToynetsError(
                f"a page lists every input, and this domain has {len(domain):,} of them.",
                fix=f"give some of them, at most {MOST_LISTED:,}: --domain ROWS.csv.",
            )
        return domain.rows
    count = len(domain.bounds)
    parts = {1: 8, 2: 4, 3: 2}.get(count, 1)
    places = [
        [low + (high - low) * fmpq(k, parts) for k in range(parts + 1)]
        for low, high in domain.bounds
    ]
    rows = list(islice(product(*places), MOST_ROWS))
    middle = tuple((low + high) / 2 for low, high in domain.bounds)
    return tuple(rows if middle in rows else [*rows, middle])


def explore_zoo(
    progress: Progress | None = None, *, chosen: Sequence[str] | None = None, cases: int = CASES
) -> Iterator[tuple[str, str]]:
    """Yield (file name, content) of a page for every network of the zoo, then of `index.html`.

    Args:
        progress: called with (name, number done, of how many) before each.
        chosen: names of networks; default all.
        cases: the budget of each verification.
    """
    from toynets.explorer import make_index, make_page
    from toynets.zoo import names

    chosen = names() if chosen is None else chosen
    pages = []
    for k, name in enumerate(chosen):
        if progress is not None:
            progress(name, k, len(chosen))
        shown = _shown(subject(name), None, None, cases)
        pages.append(shown)
        yield f"{name}.html", make_page(shown).html
    yield "index.html", make_index(pages)
