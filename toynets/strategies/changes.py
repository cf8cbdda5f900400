"""Strategies for interventions: the whole language, on one network."""

from __future__ import annotations

from collections.abc import Callable
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


@st.composite
def _texts(
    draw: Draw, network: Network, count: tuple[int, int], words: list[str], source: bool
) -> str:
    text = ""
    for _ in range(draw(st.integers(*count))):
        targets, rest = draw(_clauses(network, words, source))
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


@st.composite
def _clauses(draw: Draw, network: Network, words: list[str], source: bool) -> tuple[list[str], str]:
    """Draw (targets, operation and value)."""
    wiring = network.wiring
    values = [*wiring.units, *wiring.inputs, *(f"{u}.pre" for u in wiring.units)]
    edges = [a for a in wiring.parameters() if "->" in a]
    kind = draw(st.sampled_from(["number", "edit", *words, "patch"]))
    if kind == "edit" and wiring.parameters():
        op = draw(st.sampled_from(["=", "*=", "+="]))
        pool, rest = parameters(network), f"{op} {written(draw(dyadics()))}"
    elif kind in words:
        pool, rest = values, f"= {kind}"
    elif kind == "patch":
        pool, rest = [*values, *edges], f"= {draw(_patches(network, source))}"
    else:
        pool, rest = values, f"= {written(draw(dyadics()))}"
    targets = st.lists(st.sampled_from(pool), min_size=1, max_size=2, unique=True)
    return draw(targets), rest


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


@st.composite
def _patches(draw: Draw, network: Network, source: bool) -> str:
    wiring = network.wiring
    names = ["", *wiring.units, *wiring.inputs, *(f"{u}.pre" for u in wiring.units)]
    name = draw(st.sampled_from(names))
    if source and draw(st.booleans()):
        return f"{name}(x')"
    point = [written(draw(dyadics(limit=4, places=1))) for _ in wiring.inputs]
    return f"{name}({', '.join(point)})"


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
