"""Strategies for interventions: the whole language, on one network."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from toynets.errors import ToynetsError
from toynets.names import parse_intervention
from toynets.network import Network
from toynets.strategies.numbers import dyadics, sizes, written

Draw = Callable[[SearchStrategy[Any]], Any]
FORMS = ("text", "record")


def interventions(
    network: Network,
    *,
    clauses: int | tuple[int, int] = (1, 3),
    form: str = "text",
    domain: bool = True,
    source: bool = True,
    families: bool = True,
    spellings: bool = False,
) -> SearchStrategy[Any]:
    """Draw interventions that the network accepts; every form of the language comes up.

    Args:
        network: whose names are used.
        clauses: how many: a number or (least, most). Of clauses that would change a quantity
            twice the later is left out, so that there may be fewer, but not none.
        form: `text`, or `record` for `Intervention`.
        domain: whether `mean` may occur, for which a run needs `domain=`.
        source: whether x' may occur, for which a run needs `source=`.
        families: whether `resample` and `worst` may occur, which need `runs` and `domain=`.
        spellings: whether texts may also have →, :, −, and other spaces.

    Raises:
        ToynetsError: another form.

    >>> from hypothesis import find
    >>> net = Network.from_layers([([[1]], [0], "relu"), ([[1]], [0], "identity")])
    >>> find(interventions(net), lambda text: ".pre = mean" in text)
    'h1.pre = mean'
    """
    if form not in FORMS:
        raise ToynetsError(
            f"the form of an intervention is text or record, but got {form!r}.",
            fix='write form="text".',
        )
    count = sizes(clauses, "clauses", 0)
    words = [*(["mean"] if domain else ()), *(["resample", "worst"] if families else ())]
    found = _texts(network, count, words, source)
    if form == "record":
        return found.map(parse_intervention)
    return found.flatmap(_spelled) if spellings else found


def _texts(
    network: Network, count: tuple[int, int], words: list[str], source: bool
) -> SearchStrategy[str]:
    low, high = count
    # From no clause on: a list that must not be empty does not shrink to any one of its members.
    every = st.lists(_clauses(network, words, source), max_size=high)
    return every.map(partial(_joined, network, low))


def _joined(network: Network, least: int, clauses: list[tuple[list[str], str]]) -> str:
    """Write clauses one after the other, without those that clash with one before."""
    text = ""
    simple = [([name], "= 0") for name in (*network.units, *network.inputs)]
    for targets, rest in [*clauses, *simple[: max(least - len(clauses), 0)]]:
        for some in (targets, targets[:1]):  # two targets of one clause can clash, too
            longer = ", ".join([*([text] if text else ()), f"{', '.join(some)} {rest}"])
            if _accepted(network, longer):
                text = longer
                break
    return text


def _accepted(network: Network, text: str) -> bool:
    try:
        network.wiring.resolve(text)
    except ToynetsError:
        return False
    return True


def _clauses(
    network: Network, words: list[str], source: bool
) -> SearchStrategy[tuple[list[str], str]]:
    """Draw (targets, operation and value)."""
    wiring = network.wiring
    values = [*wiring.units, *wiring.inputs, *(f"{u}.pre" for u in wiring.units)]
    edges = [a for a in wiring.parameters() if "->" in a]
    number = dyadics().map(written)

    def some(pool: list[str]) -> SearchStrategy[list[str]]:
        return st.lists(st.sampled_from(pool), min_size=1, max_size=2, unique=True)

    kinds = [st.tuples(some(values), number.map("= {}".format))]
    if wiring.parameters():
        edit = st.builds("{} {}".format, st.sampled_from(["=", "*=", "+="]), number)
        kinds.append(st.tuples(some(parameters(network)), edit))
    kinds += [st.tuples(some(values), st.just(f"= {word}")) for word in words]
    patch = _patches(network, source).map("= {}".format)
    kinds.append(st.tuples(some([*values, *edges]), patch))
    return st.one_of(kinds)


def parameters(network: Network) -> list[str]:
    """Return every way to name weights and biases: one, a fan, a tied group, one of its copies."""
    wiring = network.wiring
    found = list(wiring.parameters())
    found += [f"->{u}" for u in wiring.units if wiring.incoming(u)]
    found += [f"{n}->" for n in (*wiring.inputs, *wiring.hidden) if wiring.outgoing(n)]
    for group, members in wiring.ties.items():
        found.append(group)
        for k, member in enumerate(members, start=1):
            found.append(f"{group}@{k}")
            bias = member.endswith(".bias")
            found.append(f"{member[:-5]}@{k}.bias" if bias else f"{member}@{k}")
    return found


def _patches(network: Network, source: bool) -> SearchStrategy[str]:
    wiring = network.wiring
    names = ["", *wiring.units, *wiring.inputs, *(f"{u}.pre" for u in wiring.units)]
    number = dyadics(limit=4, places=1).map(written)
    point = st.tuples(*(number for _ in wiring.inputs)).map(", ".join)
    at = (st.just("x'") | point) if source else point
    return st.builds("{}({})".format, st.sampled_from(names), at)


@st.composite
def _spelled(draw: Draw, text: str) -> str:
    """Write the same in another of its spellings."""
    arrow = draw(st.sampled_from(["->", "→", ":", " -> "]))
    text = text.replace("->", arrow)
    if draw(st.booleans()):
        text = text.replace(" = ", "=").replace(", ", ",")
    if draw(st.booleans()):
        text = text.replace("-", "−") if arrow in ("→", ":") else text
    return f"  {text} " if draw(st.booleans()) else text
