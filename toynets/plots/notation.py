"""Four ways to write the same weight, and one's own: figures, tables and LaTeX take the same one.

=============  =================  ==============  ====================================
name           a weight           units           matrices
=============  =================  ==============  ====================================
`arrow`        w(x₁→h₂)           from 1          row = to, column = from (Wx)
`indexed`      W⁽¹⁾₂₁             from 1          row = to, column = from (Wx)
`zero`         W⁽⁰⁾₁₀             from 0          row = to, column = from (Wx)
`row-vector`   W⁽¹⁾₁₂             from 1          row = from, column = to (xW)
=============  =================  ==============  ====================================

Names that their author gave (`carry`, `star_bonus`) stay as they are. A file of one's own is TOML:

    weight = "θ[{layer}]({from_index},{to_index})"   # also {from} and {to}, the names as printed
    bias = "θ₀[{layer}]({to_index})"
    first = 1                                        # or 0
    rows = "to"                                      # or "from"
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from toynets.errors import ToynetsError, unknown
from toynets.fields import record

if TYPE_CHECKING:
    from toynets.network import Network

_SUB = str.maketrans("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎")
_SUPER = str.maketrans("0123456789+-()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾")
_COUNTED = re.compile(r"([A-Za-z])([0-9]{1,4})(?:\.([0-9]{1,4}))?")


def subscript(text: str) -> str:
    """Lower the digits of a text.

    >>> subscript("21")
    '₂₁'
    """
    return text.translate(_SUB)


def superscript(text: str) -> str:
    """Raise the digits of a text.

    >>> superscript("(1)")
    '⁽¹⁾'
    """
    return text.translate(_SUPER)


@record(frozen=True)
class Notation:
    """How units, weights and matrices are written.

    Attributes:
        name: of the style.
        weight, bias: templates with {layer}, {from}, {to}, {from_index}, {to_index} and, lowered or
            raised, {_from}, {_to}, {^layer}.
        first: 0 or 1, what counting begins with.
        rows: `to` (Wx) or `from` (xW).
        weight_latex, bias_latex: the same for LaTeX; "" where the templates are LaTeX as well.
    """

    name: str
    weight: str
    bias: str
    first: int = 1
    rows: str = "to"
    weight_latex: str = ""
    bias_latex: str = ""

    def unit(self, name: str) -> str:
        """Write an input or a unit: digits lowered, counted from `first`.

        >>> notation("arrow").unit("x1"), notation("zero").unit("h2.1"), notation().unit("carry")
        ('x₁', 'h₁,₀', 'carry')
        """
        match = _COUNTED.fullmatch(name)
        if match is None:
            return name
        parts = [str(int(n) - 1 + self.first) for n in match.groups()[1:] if n is not None]
        return match[1] + ",".join(map(subscript, parts))

    def pre(self, name: str) -> str:
        """Write a pre-activation.

        >>> notation().pre("h1")
        'h₁ before'
        """
        return f"{self.unit(name)} before"

    def address(self, network: Network, address: str) -> str:
        """Write a weight `x1->h2` or a bias `h2.bias` of a network.

        >>> from toynets.zoo import load
        >>> xor = load("xor-sum").network
        >>> [notation(n).address(xor, "x1->h2") for n in NOTATIONS]
        ['w(x₁→h₂)', 'W⁽¹⁾₂₁', 'W⁽⁰⁾₁₀', 'W⁽¹⁾₁₂']
        """
        return self._filled(network, address, latex=False)

    def latex(self, network: Network, address: str) -> str:
        r"""Write a weight or a bias for the mathematics of LaTeX.

        >>> from toynets.zoo import load
        >>> notation("indexed").latex(load("xor-sum").network, "x1->h2")
        'W^{(1)}_{2,1}'
        """
        return self._filled(network, address, latex=True)

    def unit_latex(self, name: str) -> str:
        r"""Write an input or a unit for the mathematics of LaTeX.

        >>> notation().unit_latex("x1"), notation().unit_latex("star_bonus")
        ('x_{1}', '\\mathrm{star\\_bonus}')
        """
        match = _COUNTED.fullmatch(name)
        if match is None:
            return r"\mathrm{" + name.replace("_", r"\_") + "}"
        parts = [str(int(n) - 1 + self.first) for n in match.groups()[1:] if n is not None]
        return f"{match[1]}_{{{','.join(parts)}}}"

    def _filled(self, network: Network, address: str, *, latex: bool) -> str:
        source, arrow, target = address.partition("->")
        target = target if arrow else source.removesuffix(".bias")
        found = [
            (k, parents, layer)
            for k, (parents, layer) in enumerate(network.with_parents())
            if target in layer.units and (not arrow or source in parents)
        ]
        if not found:
            raise ToynetsError(unknown("weight", address, network.name, network.numbers))
        k, parents, layer = found[0]
        to = str(layer.units.index(target) + self.first)
        origin = str(parents.index(source) + self.first) if arrow else ""
        number = str(k + self.first)
        write = self.unit_latex if latex else self.unit
        both_short = len(origin) < 2 and len(to) < 2
        values = {
            "layer": number,
            "from": write(source) if arrow else "",
            "to": write(target),
            "from_index": origin,
            "to_index": to,
            "_from": subscript(origin),
            "_to": subscript(to),
            "_comma": "" if both_short else ",",
            "^layer": superscript(f"({number})"),
        }
        template = self.weight if arrow else self.bias
        if latex:
            template = (self.weight_latex if arrow else self.bias_latex) or template
        return re.sub(r"<([_^a-z]+)>|\{([_^a-z]+)\}", lambda m: _value(values, m, latex), template)


def _value(values: Mapping[str, str], match: re.Match[str], latex: bool) -> str:
    key = match[1] or match[2]
    if key not in values:
        if latex and match[1] is None:
            return match[0]  # braces of LaTeX's own
        raise ToynetsError(
            f"a notation has no {{{key}}}.", fix=f"there are: {', '.join(sorted(values))}."
        )
    return values[key]


_INDEX_LATEX = r"W^{(<layer>)}_{<to_index>,<from_index>}"
NOTATIONS = {
    "arrow": Notation(
        "arrow",
        "w({from}→{to})",
        "b({to})",
        weight_latex=r"w(<from> \to <to>)",
        bias_latex="b(<to>)",
    ),
    "indexed": Notation(
        "indexed",
        "W{^layer}{_to}{_comma}{_from}",
        "b{^layer}{_to}",
        weight_latex=_INDEX_LATEX,
        bias_latex="b^{(<layer>)}_{<to_index>}",
    ),
    "zero": Notation(
        "zero",
        "W{^layer}{_to}{_comma}{_from}",
        "b{^layer}{_to}",
        first=0,
        weight_latex=_INDEX_LATEX,
        bias_latex="b^{(<layer>)}_{<to_index>}",
    ),
    "row-vector": Notation(
        "row-vector",
        "W{^layer}{_from}{_comma}{_to}",
        "b{^layer}{_to}",
        rows="from",
        weight_latex=r"W^{(<layer>)}_{<from_index>,<to_index>}",
        bias_latex="b^{(<layer>)}_{<to_index>}",
    ),
}


def notation(given: str | Notation = "arrow") -> Notation:
    """Return a notation by its name, or read it from a template file.

    Args:
        given: a name of `NOTATIONS`, a TOML file, or a `Notation`.

    Raises:
        ToynetsError: neither a name nor a file; a file with a key that means nothing.
    """
    if isinstance(given, Notation):
        return given
    if given in NOTATIONS:
        return NOTATIONS[given]
    if not given.endswith(".toml"):
        raise ToynetsError(
            unknown("notation", given, "", NOTATIONS),
            fix="or give a template file that ends in .toml.",
        )
    return from_table(read_toml(given), given)


def from_table(data: Mapping[str, Any], place: str) -> Notation:
    """Make a notation from the keys of a template file.

    Raises:
        ToynetsError: a key that means nothing, or a value of the wrong kind.
    """
    wanted = ("weight", "bias", "first", "rows", "weight_latex", "bias_latex")
    for key, value in data.items():
        if key not in wanted:
            raise ToynetsError(unknown("key", key, place, wanted))
        if (key == "first" and value not in (0, 1)) or (
            key == "rows" and value not in ("to", "from")
        ):
            choice = "0 or 1" if key == "first" else '"to" or "from"'
            raise ToynetsError(f"{place}: {key} is {choice}, but got {value!r}.")
        if key != "first" and not isinstance(value, str):
            raise ToynetsError(f"{place}: {key} is a text, but got {value!r}.")
    base = NOTATIONS["arrow"]
    return Notation(
        place,
        data.get("weight", base.weight),
        data.get("bias", base.bias),
        data.get("first", 1),
        data.get("rows", "to"),
        data.get("weight_latex", "" if "weight" in data else base.weight_latex),
        data.get("bias_latex", "" if "bias" in data else base.bias_latex),
    )


def read_toml(path: str) -> dict[str, Any]:
    """Read a small TOML file.

    Raises:
        ToynetsError: no such file, too large, or no TOML.
    """
    import os
    import tomllib

    try:
        if os.path.getsize(path) > 64_000:
            raise ToynetsError(f"{path} is larger than a style file can be (64 kB).")
        with open(path, "rb") as file:
            return tomllib.load(file)
    except OSError as error:
        raise ToynetsError(f"{path} cannot be read: {error.strerror}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ToynetsError(f"{path} is no TOML: {error}.") from None
