"""Records that runs return: balls, named outputs, traces."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from toynets.display import Table
from toynets.errors import ToynetsError, UnknownName, unknown

if TYPE_CHECKING:
    from fractions import Fraction


class Ball:
    """A number that is known to lie between two rationals.

    Attributes:
        lower: `fractions.Fraction`, at most the number.
        upper: `fractions.Fraction`, at least the number.

    >>> from fractions import Fraction
    >>> b = Ball(Fraction(1, 3), Fraction(1, 2))
    >>> 0.4 in b, float(b)
    (True, 0.4166666666666667)
    """

    __slots__ = ("lower", "upper")

    def __init__(self, lower: Fraction, upper: Fraction) -> None:
        if lower > upper:
            raise ToynetsError(f"a ball from {lower} to {upper} is empty.")
        self.lower = lower
        self.upper = upper

    def __contains__(self, value: Any) -> bool:
        return bool(self.lower <= value <= self.upper)

    def __float__(self) -> float:
        return float((self.lower + self.upper) / 2)

    @property
    def midpoint(self) -> Fraction:
        """The middle."""
        return (self.lower + self.upper) / 2

    @property
    def radius(self) -> Fraction:
        """Half the width: how far the number can be from the middle."""
        return (self.upper - self.lower) / 2

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ball) and self.lower == other.lower and self.upper == other.upper

    def __hash__(self) -> int:
        return hash((self.lower, self.upper))

    def __repr__(self) -> str:
        return f"Ball({float(self)!r} ± {float(self.radius):.1e})"

    def to_dict(self) -> dict[str, str]:
        """Return both ends as exact text."""
        return {"lower": str(self.lower), "upper": str(self.upper)}


def plain(value: Any) -> Any:
    """Return one number as JSON shows it: exact text, a float, or both ends of a ball.

    >>> from fractions import Fraction
    >>> plain(Fraction(1, 2)), plain(0.5)
    ('1/2', 0.5)
    """
    if isinstance(value, Ball):
        return value.to_dict()
    if hasattr(value, "denominator") and not isinstance(value, float):
        return str(value)
    number = float(value)
    # JSON has no infinity and no NaN; a float32 run can overflow.
    return number if math.isfinite(number) else str(number)


class Values(tuple[Any, ...]):
    """The outputs of one run: a tuple in the order of the outputs, also read by name.

    With one output it can be used as that number: compared, converted with `float()`, and in
    arithmetic. Without that `run(xor, x) == 1` would need an index that says nothing.

    Attributes:
        names: the outputs.

    >>> v = Values([1.0], ["y"])
    >>> v == 1, v["y"], v[0], float(v), v - 1
    (True, 1.0, 1.0, 1.0, 0.0)
    >>> Values([1, 2], ["y1", "y2"])
    (y1=1, y2=2)
    """

    names: tuple[str, ...]

    def __new__(cls, values: Sequence[Any], names: Sequence[str]) -> Values:
        """Make the tuple of values; `names` are as many."""
        made = super().__new__(cls, values)
        made.names = tuple(names)
        return made

    def __getnewargs__(self) -> tuple[Any, ...]:
        return (tuple(self), self.names)

    def _one(self) -> Any:
        if len(self) != 1:
            raise ToynetsError(
                f"these are {len(self)} outputs, not one number.",
                fix=f'name one, for example values["{self.names[0]}"].',
            )
        return tuple.__getitem__(self, 0)

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, str):
            if key not in self.names:
                raise UnknownName(unknown("output", key, "", self.names))
            return tuple.__getitem__(self, self.names.index(key))
        return tuple.__getitem__(self, key)

    def __float__(self) -> float:
        return float(self._one())

    def __eq__(self, other: object) -> bool:
        if isinstance(other, tuple | list):
            return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))
        return bool(len(self) == 1 and self._one() == other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self._one()) if len(self) == 1 else tuple.__hash__(self)

    def __lt__(self, other: Any) -> bool:
        return bool(self._one() < _number(other))

    def __le__(self, other: Any) -> bool:
        return bool(self._one() <= _number(other))

    def __gt__(self, other: Any) -> bool:
        return bool(self._one() > _number(other))

    def __ge__(self, other: Any) -> bool:
        return bool(self._one() >= _number(other))

    def __add__(self, other: Any) -> Any:
        return self._one() + _number(other)

    def __radd__(self, other: Any) -> Any:
        return _number(other) + self._one()

    def __sub__(self, other: Any) -> Any:
        return self._one() - _number(other)

    def __rsub__(self, other: Any) -> Any:
        return _number(other) - self._one()

    def __mul__(self, other: Any) -> Any:
        return self._one() * _number(other)

    def __rmul__(self, other: Any) -> Any:
        return _number(other) * self._one()

    def __truediv__(self, other: Any) -> Any:
        return self._one() / _number(other)

    def __rtruediv__(self, other: Any) -> Any:
        return _number(other) / self._one()

    def __round__(self, digits: int | None = None) -> Any:
        return round(self._one(), digits)

    def __format__(self, spec: str) -> str:
        return format(self._one(), spec) if spec else str(self)

    def __neg__(self) -> Any:
        return -self._one()

    def __abs__(self) -> Any:
        return abs(self._one())

    def __repr__(self) -> str:
        if len(self) == 1:
            return str(self._one()) if not isinstance(self._one(), Ball) else repr(self._one())
        return "(" + ", ".join(f"{n}={v}" for n, v in zip(self.names, self, strict=True)) + ")"

    __str__ = __repr__

    def to_dict(self) -> dict[str, Any]:
        """Return the outputs by name, as JSON shows them."""
        return {n: plain(v) for n, v in zip(self.names, self, strict=True)}


def _number(value: Any) -> Any:
    return value._one() if isinstance(value, Values) else value


class Run:
    """One member of a family of runs.

    Attributes:
        intervention: the text of the family.
        x: the base input.
        source: for `resample` the input that the value came from, else None. Where several
            clauses draw independently, a tuple of inputs.
        extreme: for `worst` (output, "min" or "max"), else None.
        outputs: `Values`.
        attained: for `worst`, whether the extreme is reached (a step unit may only come near).
    """

    __slots__ = ("attained", "extreme", "intervention", "outputs", "source", "x")

    def __init__(
        self,
        intervention: str,
        x: tuple[Any, ...],
        outputs: Values,
        *,
        source: Any = None,
        extreme: tuple[str, str] | None = None,
        attained: bool = True,
    ) -> None:
        self.intervention = intervention
        self.x = x
        self.outputs = outputs
        self.source = source
        self.extreme = extreme
        self.attained = attained

    def __repr__(self) -> str:
        what = f"source={self.source}" if self.source is not None else f"extreme={self.extreme}"
        return f"Run({self.intervention!r}, x={self.x}, {what}, outputs={self.outputs})"

    def to_dict(self) -> dict[str, Any]:
        """Return the record as plain data."""
        return {
            "intervention": self.intervention,
            "x": [plain(v) for v in self.x],
            "source": _plain_source(self.source),
            "extreme": None if self.extreme is None else list(self.extreme),
            "outputs": self.outputs.to_dict(),
            "attained": self.attained,
        }


def _plain_source(source: Any) -> Any:
    """Write a source input, or several that were drawn independently, as nested lists."""
    if isinstance(source, list | tuple):
        return [_plain_source(s) for s in source]
    return None if source is None else plain(source)


class Trace(Mapping[str, Any]):
    """Every pre-activation and activation of one example, by name.

    `trace["h2"]` is an activation (or input), `trace["h2.pre"]` a pre-activation.

    Attributes:
        x: the input, by name.
        pre: pre-activations by unit.
        activation: activations by unit (for softmax outputs: centred logits).
        outputs: `Values`.
        intervention: its text, "" for the clean run.
        arithmetic: one line per unit, with the numbers substituted.
    """

    def __init__(
        self,
        x: Mapping[str, Any],
        pre: Mapping[str, Any],
        activation: Mapping[str, Any],
        outputs: Values,
        *,
        intervention: str = "",
        arithmetic: Sequence[str] = (),
        title: str = "",
    ) -> None:
        self.x = dict(x)
        self.pre = dict(pre)
        self.activation = dict(activation)
        self.outputs = outputs
        self.intervention = intervention
        self.arithmetic = tuple(arithmetic)
        self.title = title

    def __getitem__(self, name: str) -> Any:
        if name in self.x:
            return self.x[name]
        if name in self.activation:
            return self.activation[name]
        if isinstance(name, str) and name.endswith(".pre") and name[:-4] in self.pre:
            return self.pre[name[:-4]]
        raise UnknownName(unknown("unit", str(name), self.title, [*self.x, *self.activation]))

    def __iter__(self) -> Iterator[str]:
        yield from self.x
        for unit in self.activation:
            yield f"{unit}.pre"
            yield unit

    def __len__(self) -> int:
        return len(self.x) + 2 * len(self.activation)

    def table(self) -> Table:
        """Return the trace as a table: a row per unit."""
        rows = [[n, "", str(v)] for n, v in self.x.items()]
        rows += [[u, str(self.pre[u]), str(v)] for u, v in self.activation.items()]
        return Table(
            ["unit", "pre-activation", "activation"], rows, right=["pre-activation", "activation"]
        )

    def __str__(self) -> str:
        given = ", ".join(f"{n} = {v}" for n, v in self.x.items())
        head = f"{self.title}  {given}".strip()
        if self.intervention:
            head += f"   with {self.intervention}"
        return "\n".join([head, *self.arithmetic])

    __repr__ = __str__

    def to_dict(self) -> dict[str, Any]:
        """Return the trace as plain data."""
        return {
            "network": self.title,
            "intervention": self.intervention,
            "x": {n: plain(v) for n, v in self.x.items()},
            "pre": {n: plain(v) for n, v in self.pre.items()},
            "activation": {n: plain(v) for n, v in self.activation.items()},
            "outputs": self.outputs.to_dict(),
            "arithmetic": list(self.arithmetic),
        }

    def _repr_html_(self) -> str:
        return self.table().html()

    def _repr_markdown_(self) -> str:
        return self.table().markdown()
