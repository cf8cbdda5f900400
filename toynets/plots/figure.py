"""A figure as a value: drawing, numbers, caption, alt text, and what it shows.

To write another figure, add `figures/NAME.py`:

    \"\"\"What it shows, in one line.\"\"\"

    from toynets import load
    from toynets.plots import Figure, Style, finish, plot, shown

    NETWORKS = ("xor-sum",)

    @plot                                    # makes `style` optional, holds its settings
    def figure(*, style: Style) -> Figure:
        entry = load("xor-sum")
        shows = shown(entry)                 # verifies the explanation first
        page = style.page(height_mm=50, natural="single")
        page.text(10, 40, printed(value))    # mm; each number printed is also in `numbers`
        …
        return finish(page, "NAME", numbers={…}, claim="…", alt="…", description="…", shows=[shows])

    if __name__ == "__main__":
        figure().save(".")

`finish` composes the caption from the claim, the network and its domain. Colours that carry a
meaning are listed as `keys`, so that the checks know what has to stay apart.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from toynets.errors import ToynetsError
from toynets.fields import field, record
from toynets.plots.notation import superscript
from toynets.plots.style import Style

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawing

    from toynets.domain import Domain
    from toynets.plots.page import Page

SCHEMA = "toynets-figure/1"
LICENCE = "yours: toynets claims none on what you make with it"
SOURCE = "toynets, tiny networks in which every weight is explained"
MOST_ALT = 250


@record(frozen=True)
class Shown:
    """A network that a figure shows, and the explanation that it shows of it.

    Attributes:
        name: of the network.
        text: sizes and activations.
        hash: of the network.
        domain: the inputs, as text.
        verdict: of the explanation; "" where the figure shows none.
    """

    name: str
    text: str
    hash: str
    domain: str = ""
    verdict: str = ""

    @property
    def sentence(self) -> str:
        """For the caption."""
        said = f"Network {self.name} ({self.text})" if self.name else f"Network {self.text}"
        if self.domain:
            said += f", inputs {self.domain}"
        return said + (f"; its explanation is verified ({self.verdict})." if self.verdict else ".")


@record(frozen=True)
class Key:
    """A colour that carries a meaning, with what tells it apart without colour.

    Attributes:
        meaning: in a word or two.
        colour: #RRGGBB.
        dash: how its lines are drawn, as matplotlib names it.
        marker: the shape of its points.
        hatch: the pattern of its areas.
    """

    meaning: str
    colour: str
    dash: str = "-"
    marker: str = ""
    hatch: str = ""


@record(frozen=True, eq=False, repr=False)
class Figure:
    """A finished figure.

    Attributes:
        name: of the files.
        drawing: the matplotlib figure.
        numbers: every number drawn, as plain data for the JSON file.
        caption: what is shown, of which network, on which inputs, with the numbers.
        alt: at most 250 characters, for those who do not see it.
        description: the same at length.
        shows: the networks and the verdicts of the explanations.
        style: how it was drawn.
        keys: the colours that carry a meaning.
        maps: how many declared heat maps it has.
        letters: names in the caption -> LaTeX command of a number: `{"Largest": "9/2"}`.
        licence, source: for the metadata.
    """

    name: str
    drawing: Drawing
    numbers: Mapping[str, Any]
    caption: str
    alt: str
    description: str
    shows: tuple[Shown, ...] = ()
    style: Style = field(default_factory=Style)
    keys: tuple[Key, ...] = ()
    maps: int = 0
    licence: str = LICENCE
    source: str = SOURCE

    def __post_init__(self) -> None:
        if len(self.alt) > MOST_ALT:
            raise ToynetsError(
                f"the alt text of {self.name} has {len(self.alt)} characters: {MOST_ALT} at most.",
                fix="say less there, and the rest in the description.",
            )

    def data(self) -> dict[str, Any]:
        """Return what the JSON file holds."""
        return {
            "schema": SCHEMA,
            "figure": self.name,
            "caption": self.caption,
            "alt": self.alt,
            "description": self.description,
            "networks": [
                {
                    "name": s.name,
                    "sizes": s.text,
                    "hash": s.hash,
                    "domain": s.domain,
                    "verdict": s.verdict,
                }
                for s in self.shows
            ],
            "style": {
                "column": self.style.column,
                "medium": self.style.medium,
                "theme": self.style.theme,
                "notation": self.style.written.name,
            },
            "licence": self.licence,
            "source": self.source,
            "numbers": dict(self.numbers),
        }

    def svg(self) -> str:
        """Return the figure as SVG text, with title, description and role."""
        from toynets.plots.saving import svg

        return svg(self)

    def save(
        self,
        folder: str = ".",
        formats: Sequence[str] = ("pdf", "svg", "json", "tex"),
        *,
        force: bool = False,
    ) -> list[str]:
        """Write NAME.pdf, .svg, .json and .tex (and .png where it is asked for).

        Args:
            folder: is made where it is not there.
            formats: some of pdf, svg, json, tex, png.
            force: replace files that are there.

        Returns:
            The paths of the files.

        Raises:
            ToynetsError: a file is there already, or an unknown format.
        """
        from toynets.plots.saving import save

        return save(self, folder, formats, force=force)

    def _repr_svg_(self) -> str:
        return self.svg()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {"image/svg+xml": self.svg(), "text/plain": f"{self.caption}"}

    def __repr__(self) -> str:
        return f"<Figure {self.name}: {self.alt}>"

    def png(self, dpi: float = 200) -> bytes:
        """Return the figure as a picture; PDF and SVG are better wherever they can be had."""
        made = io.BytesIO()
        with self.style.settings():
            self.drawing.savefig(
                made, format="png", dpi=dpi, metadata={"Software": None, "Description": self.alt}
            )
        return made.getvalue()


def shown(
    thing: Any,
    explanation: Any = None,
    domain: Domain | None = None,
    *,
    verify: bool = True,
    cases: int = 200_000,
) -> Shown:
    """Return the record of a network that a figure shows; its explanation is verified first.

    Args:
        thing: an entry of the zoo, or a network.
        explanation: that the figure shows of it; default the entry's, none for a network.
        domain: the inputs; default the entry's.
        verify: False where the figure shows nothing of the explanation.
        cases: the budget; a tier over it is sampled, and the verdict says so.

    Raises:
        ToynetsError: the explanation is refuted, or an explanation comes without a domain.

    >>> from toynets.zoo import load
    >>> shown(load("xor-sum")).verdict
    'exhaustive'
    """
    network = getattr(thing, "network", thing)
    if hasattr(thing, "network"):
        explanation = explanation or thing.explanation
        domain = thing.task.domain if domain is None else domain
    verdict = ""
    if explanation is not None and verify:
        if domain is None:
            raise ToynetsError(
                "a figure of an explanation needs the domain that it is about.",
                fix="pass domain=Domain.boolean(2), or an entry of the zoo.",
            )
        verdict = _verified(network, explanation, domain, cases)
    place = "" if domain is None else raised(domain.text)
    return Shown(network.name, network.text, network.hash, place, verdict)


def raised(text: str) -> str:
    """Return the text of a domain with its exponent raised.

    >>> raised("{0, 1}^3"), raised("[-1, 1]^1")
    ('{0, 1}³', '[-1, 1]')
    """
    return re.sub(r"\^([0-9]+)", _raised, text)


def _raised(match: re.Match[str]) -> str:
    return superscript(match[1]) if match[1] != "1" else ""


def _verified(network: Any, explanation: Any, domain: Any, cases: int) -> str:
    from toynets.verification import verify

    report = verify(network, explanation, domain, cases=cases)
    if report.verdict == "refuted":
        raise ToynetsError(
            f"the explanation of {network.name or 'the network'} does not verify: "
            f"{', '.join(report.failed)} refuted. Nothing is drawn.",
            cause=str(report.witness).splitlines()[0] if report.witness is not None else "",
            fix="toynets verify shows the counterexample; mend the explanation first.",
        )
    return str(report.verdict)


def finish(
    page: Page,
    name: str,
    *,
    numbers: Mapping[str, Any],
    claim: str,
    alt: str,
    description: str,
    shows: Sequence[Shown] = (),
    keys: Sequence[Key] = (),
    maps: int = 0,
) -> Figure:
    """Make a figure of a page.

    Args:
        page: what is drawn.
        name: of the files.
        numbers: every number drawn, by what it is; text of exact rationals (`stored`).
        claim: one or more sentences with numbers; the networks and domains are added to it.
        alt: at most 250 characters.
        description: at length; what a listener needs in order to follow the caption.
        shows: from `shown`.
        keys: the colours that carry a meaning.
        maps: how many heat maps are declared.
    """
    # One sentence for each network, each once.
    sentences = list(dict.fromkeys(s.sentence for s in shows))
    caption = " ".join([claim, *sentences])
    return Figure(
        name,
        page.drawing,
        numbers,
        caption,
        alt,
        description,
        tuple(shows),
        page.style,
        tuple(keys),
        maps,
    )


def sign_keys(style: Style) -> tuple[Key, ...]:
    """Return the keys of the two signs."""
    return (
        Key("positive", style.colour("positive"), "-"),
        Key("negative", style.colour("negative"), "--"),
    )
