"""Properties of building: printed numbers, stable bytes, changes shown, speed, every notation."""

from __future__ import annotations

import hashlib
import json
import os
from typing import TYPE_CHECKING, Any

from toynets.fields import replace
from toynets.plots.notation import NOTATIONS
from toynets.plots.properties.ink import ink_of
from toynets.plots.properties.layout import overlaps
from toynets.plots.properties.written import FILES, number_of, tokens

if TYPE_CHECKING:
    from toynets.plots.properties.written import Written

MOST_SECONDS = 2.0
TOLERANCE = 0.02  # of a picture: the share of grey that a new matplotlib may move
CHANGES = "changes.html"


def numbers_from_data(written: Written) -> str:
    """15. Every printed number comes from the data file."""
    stored = written.numbers
    for words in written.ink.words:
        for token in tokens(words.text):
            if not any(_prints(token, value) for value in stored):
                return f"{token!r} in {words.text!r} is not in the data file."
    return ""


def _prints(token: str, value: float) -> bool:
    """Whether a number that is printed is a value, rounded to the digits that are printed."""
    found = number_of(token)
    if "/" in token:
        return abs(found - value) < 1e-9
    head, _, power = token.replace("\N{MINUS SIGN}", "-").partition("e")
    places = len(head.partition(".")[2])
    unit = 10.0 ** (int(power or 0) - places)
    if places == 0 and not power and abs(value) >= 1000:  # 12,346 has three digits that count
        unit = max(1.0, 10.0 ** (len(str(abs(int(found)))) - 4))
    signless = token[0] not in "-+\N{MINUS SIGN}"
    near = abs(found - value) <= unit / 2 * (1 + 1e-9) + 1e-12
    # A sign may stand before the number as an operator: 1 − 2·h₂.
    return near or (signless and abs(found + value) <= unit / 2 * (1 + 1e-9))


def same_bytes(written: Written) -> str:
    """20. The files are the same, byte for byte, from another process and hash seed."""
    if written.digests is None:
        return "nobody built it a second time."
    for ending in FILES:
        mine = hashlib.sha256(written.read(ending)).hexdigest()
        if written.digests.get(f"{written.figure.name}.{ending}") != mine:
            return f"the {ending} file differs between two processes."
    return ""


def changes_shown(written: Written) -> str:
    """22. A changed hash shows both images to a reviewer; otherwise the picture is as it was."""
    before = written.before or written.folder
    path = os.path.join(before, f"{written.figure.name}.json")
    if not os.path.exists(path):
        return ""  # a new figure
    with open(path, encoding="utf-8") as file:
        old = [n["hash"] for n in json.load(file)["networks"]]
    if old != [s.hash for s in written.figure.shows]:
        page = os.path.join(written.folder, CHANGES)
        if not os.path.exists(page):
            return f"a network has changed, and {CHANGES} is not there to show both images."
        with open(page, encoding="utf-8") as file:
            shown = file.read()
        if shown.count(f"{written.figure.name}.svg") < 2:
            return f"a network has changed, and {CHANGES} does not show both images."
        return ""
    picture = os.path.join(before, f"{written.figure.name}.png")
    if not os.path.exists(picture):
        return ""
    with open(picture, "rb") as png:
        old_picture = png.read()
    wide = int.from_bytes(old_picture[16:20], "big")  # of the header of a PNG file
    dpi = wide / written.figure.drawing.get_figwidth()
    found = unlike(written.figure.png(dpi), old_picture)
    if found > TOLERANCE:
        return f"the picture differs by {found:.3f} although its networks are the same."
    return ""


def unlike(one: bytes, other: bytes) -> float:
    """Return how much two pictures differ: the mean difference of grey, after a slight blur.

    Pictures of another size are wholly different, 1.
    """
    a, b = _grey(one), _grey(other)
    if max(abs(m - n) for m, n in zip(a.shape, b.shape, strict=True)) > 1:
        return 1.0
    high, wide = min(a.shape[0], b.shape[0]), min(a.shape[1], b.shape[1])
    a, b = a[:high, :wide], b[:high, :wide]
    return float(abs(a - b).mean())


def _grey(picture: bytes) -> Any:
    import io

    from matplotlib.image import imread

    rgb = imread(io.BytesIO(picture))[..., :3]
    grey = rgb @ [0.2126, 0.7152, 0.0722]
    high, wide = grey.shape[0] // 3 * 3, grey.shape[1] // 3 * 3
    return grey[:high, :wide].reshape(high // 3, 3, wide // 3, 3).mean(axis=(1, 3))


def quick(written: Written) -> str:
    """23. One command builds all, in under 2 s (of a processor) a figure, without LaTeX."""
    if written.seconds is None:
        return "nobody measured how long it took."
    if written.seconds >= MOST_SECONDS:
        return f"it took {written.seconds:.1f} s."
    return ""


def all_notations(written: Written) -> str:
    """24. Notation is one value of the style; the figure is drawn in all four without a clash."""
    if written.redraw is None:
        return "it cannot be drawn again."
    given = written.figure.style
    for name in NOTATIONS:
        if name == given.written.name:
            continue
        again = written.redraw(replace(given, notation=name))
        if again.data()["style"]["notation"] != name:
            return f"it is drawn in {again.data()['style']['notation']}, not in {name}."
        fault = overlaps(ink_of(again))
        if fault:
            return f"in the notation {name} {fault}"
    return ""
