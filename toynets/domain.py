"""Domains: the inputs that a claim is about, as plain exact numbers."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from toynets.errors import ToynetsError
from toynets.rationals import ONE, ZERO, Rational, rational, short, text

Row = tuple[Rational, ...]

_BOX = re.compile(r"\s*\[([^,\]]+),([^,\]]+)\]\s*(?:\^\s*(\d{1,3}))?\s*")
SAMPLES = 200


class Domain:
    """The inputs that a claim is about.

    Made by `Domain.boolean`, `listed`, `one_hot_pairs`, `box` or `sampled`, never directly.

    Attributes:
        kind: `boolean`, `listed`, `one-hot pairs`, `box` or `sampled`.
        dimension: how many inputs.
        bounds: for `box` and `sampled` the lower and upper bound of each input, else None.
        seed: for `sampled`, else None.

    >>> d = Domain.boolean(2)
    >>> len(d), d.finite, d.labels
    (4, True, ('00', '01', '10', '11'))
    """

    def __init__(
        self,
        kind: str,
        dimension: int,
        rows: tuple[Row, ...] | None,
        *,
        bounds: tuple[tuple[Rational, Rational], ...] | None = None,
        seed: int | None = None,
        described: str = "",
        count: int = 0,
    ) -> None:
        self.kind = kind
        self.dimension = dimension
        self.bounds = bounds
        self.seed = seed
        self._rows = rows
        self._described = described
        self._count = count  # as asked for: a small box may have fewer points

    @staticmethod
    def boolean(n: int) -> Domain:
        """Return the cube {0, 1}^n; the last input changes fastest: 00, 01, 10, 11.

        Raises:
            ToynetsError: n is not between 1 and 20.

        >>> Domain.boolean(3).text
        '{0, 1}^3'
        """
        if not _whole(n) or not 1 <= n <= 20:
            raise ToynetsError(
                f"a Boolean domain has 1 to 20 inputs, but got {n!r}.",
                cause="{0, 1}^n has 2^n rows, and every one is tried.",
                fix="use Domain.sampled or Domain.listed for more inputs.",
            )
        rows = tuple(itertools.product((ZERO, ONE), repeat=n))
        return Domain("boolean", n, rows, described=f"{{0, 1}}^{n}")

    @staticmethod
    def listed(rows: Iterable[Sequence[Any]]) -> Domain:
        """Return a domain of written-out inputs; a repeated one is kept once.

        Args:
            rows: numbers, floats (taken exactly) or texts such as "1/2"; shape (cases, inputs).

        Raises:
            ToynetsError: no rows, rows of different length, or a value that is no finite number.

        >>> Domain.listed([[0, "1/2"], [1, 0.25]]).text
        '2 listed inputs'
        """
        if not isinstance(rows, Iterable) or isinstance(rows, str | dict):
            raise ToynetsError(
                f"expected a list of rows but got {repr(rows)[:70]}.", fix="write [[0, 1], [1, 1]]."
            )
        read: dict[Row, None] = {}
        for number, row in enumerate(rows, start=1):
            try:
                read[tuple(rational(v) for v in _cells(row))] = None
            except ToynetsError as error:
                raise ToynetsError(
                    f"row {number} of the domain: {error.message}", cause=error.cause, fix=error.fix
                ) from None
        if not read:
            raise ToynetsError(
                "an empty domain.",
                cause="a claim about no input says nothing.",
                fix="list at least one row.",
            )
        lengths = sorted({len(r) for r in read})
        if len(lengths) > 1 or lengths == [0]:
            raise ToynetsError(
                f"the rows of a domain have one length, but got lengths {lengths}.",
                fix="give every row one number per input.",
            )
        return Domain("listed", lengths[0], tuple(read), described=f"{len(read)} listed inputs")

    @staticmethod
    def one_hot_pairs(p: int) -> Domain:
        """Return all pairs (a, b) of numbers below p, each one-hot: p^2 rows of 2p inputs.

        >>> len(Domain.one_hot_pairs(3)), Domain.one_hot_pairs(3).dimension
        (9, 6)
        """
        if not _whole(p) or not 1 <= p <= 128:  # 128 takes 33 MB, and it grows as p^3
            raise ToynetsError(
                f"one-hot pairs need p from 1 to 128, but got {p!r}.",
                cause="there are p^2 rows of 2p inputs.",
                fix="use Domain.listed with the pairs that the claim is about.",
            )
        one_hot = [tuple(ONE if i == k else ZERO for i in range(p)) for k in range(p)]
        rows = tuple(a + b for a in one_hot for b in one_hot)
        return Domain("one-hot pairs", 2 * p, rows, described=f"all {p * p} one-hot pairs")

    @staticmethod
    def box(bounds: str | Sequence[Sequence[Any]]) -> Domain:
        """Return a box of real inputs, such as "[-1,1]^2" or [(0, 1), (-2, "1/2")].

        Raises:
            ToynetsError: no bounds, a lower bound above the upper, or a text that is no box.

        >>> Domain.box("[-1,1]^2").text
        '[-1, 1]^2'
        """
        pairs = _read_box(bounds)
        return Domain("box", len(pairs), None, bounds=pairs, described=_box_text(pairs))

    @staticmethod
    def sampled(
        bounds: str | Sequence[Sequence[Any]] | Domain, *, count: int = SAMPLES, seed: int = 0
    ) -> Domain:
        """Return corners, centre and random dyadic points of a box: evidence, not proof.

        Args:
            bounds: as for `box`, or a box.
            count: how many points.
            seed: of the random points.

        >>> len(Domain.sampled("[0,1]^2", count=50, seed=1))
        50
        """
        pairs = bounds.bounds if isinstance(bounds, Domain) else _read_box(bounds)
        if pairs is None:
            raise ToynetsError(
                "a sampled domain is drawn from a box, but this domain is finite.",
                fix="use the finite domain itself: all of it can be tried.",
            )
        if not _whole(count) or not 1 <= count <= 10**6:
            raise ToynetsError(f"a sample has 1 to 1000000 points, but got count={count!r}.")
        if not _whole(seed):  # without one the points differ from run to run
            raise ToynetsError(f"a seed is a whole number, but got seed={seed!r}.")
        rows = _sample(pairs, count, seed)
        described = f"{len(rows)} points of {_box_text(pairs)}, seed {seed}"
        return Domain(
            "sampled",
            len(pairs),
            rows,
            bounds=pairs,
            seed=seed,
            described=described,
            count=count,
        )

    @property
    def finite(self) -> bool:
        """Whether the listed rows are all there is."""
        return self.kind not in ("box", "sampled")

    @property
    def text(self) -> str:
        """The domain in symbols."""
        return self._described

    @property
    def rows(self) -> tuple[Row, ...]:
        """The inputs, exact.

        Raises:
            ToynetsError: a box has no list of inputs.
        """
        if self._rows is None:
            raise ToynetsError(
                f"{self.text} is a box: its inputs cannot be listed.",
                fix="use Domain.sampled(box, seed=0), or a finite domain.",
            )
        return self._rows

    @property
    def labels(self) -> tuple[str, ...]:
        """A short text per row: 01 for bits, 1/2,3 otherwise."""
        short_ones = tuple(label(r) for r in self.rows)
        if len(set(short_ones)) == len(short_ones):
            return short_ones
        return tuple(",".join(text(v) for v in r) for r in self.rows)  # rounding made two alike

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __contains__(self, x: Sequence[Any]) -> bool:
        row = tuple(rational(v) for v in x)
        if self.bounds is not None:
            return len(row) == self.dimension and all(
                low <= v <= high for v, (low, high) in zip(row, self.bounds, strict=True)
            )
        return row in self.rows

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Domain) and self.to_dict() == other.to_dict()

    def __hash__(self) -> int:
        return hash((self.kind, self.dimension, self.seed, self._described))

    def __repr__(self) -> str:
        return f"Domain({self.text})"

    def _repr_html_(self) -> str:
        return f"<code>{self.text}</code>"

    def to_dict(self) -> dict[str, Any]:
        """Return the domain as plain data: `Domain.from_dict` reads it back."""
        if self.kind == "boolean":
            return {"kind": "boolean", "n": self.dimension}
        if self.kind == "one-hot pairs":
            return {"kind": "one-hot pairs", "p": self.dimension // 2}
        if self.bounds is not None:
            box = [[text(low), text(high)] for low, high in self.bounds]
            if self.kind == "box":
                return {"kind": "box", "bounds": box}
            return {"kind": "sampled", "bounds": box, "count": self._count, "seed": self.seed}
        return {"kind": "listed", "rows": [[text(v) for v in row] for row in self.rows]}

    @staticmethod
    def from_dict(data: dict[str, Any]) -> Domain:
        """Read back what `to_dict` wrote.

        Raises:
            ToynetsError: no kind of domain, a key missing or unknown, or what the kind refuses.

        >>> Domain.from_dict(Domain.boolean(2).to_dict()) == Domain.boolean(2)
        True
        """
        kind = data.get("kind") if isinstance(data, dict) else None
        if not isinstance(kind, str) or kind not in _KEYS:
            raise ToynetsError(
                f"{repr(kind)[:70]} is not a kind of domain.",
                fix=f'write "kind" as one of: {", ".join(_KEYS)}.',
            )
        if set(data) != {"kind", *_KEYS[kind]}:
            raise ToynetsError(
                f"a domain of kind {kind} has the keys kind, {', '.join(_KEYS[kind])}, but got "
                f"{', '.join(map(str, data))[:200]}."
            )
        makers: dict[str, Any] = {
            "boolean": Domain.boolean,
            "one-hot pairs": Domain.one_hot_pairs,
            "box": Domain.box,
            "listed": Domain.listed,
        }
        if kind == "sampled":
            return Domain.sampled(data["bounds"], count=data["count"], seed=data["seed"])
        made: Domain = makers[kind](data[_KEYS[kind][0]])
        return made


_KEYS = {
    "boolean": ("n",),
    "one-hot pairs": ("p",),
    "box": ("bounds",),
    "sampled": ("bounds", "count", "seed"),
    "listed": ("rows",),
}


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def label(row: Row) -> str:
    """Write an input: 01 for bits, else numbers with commas.

    >>> label((ZERO, ONE)), label((rational("1/2"), ONE))
    ('01', '1/2,1')
    """
    if all(v in (ZERO, ONE) for v in row):
        return "".join(str(v) for v in row)
    return ",".join(short(v) for v in row)


def _cells(row: Any) -> Sequence[Any]:
    if hasattr(row, "tolist"):
        row = row.tolist()
    if isinstance(row, list | tuple):
        return row
    raise ToynetsError(
        f"a row of a domain is a list of numbers, but got {row!r}.", fix="write [[0], [1]]."
    )


def _read_box(bounds: str | Sequence[Sequence[Any]]) -> tuple[tuple[Rational, Rational], ...]:
    pairs: list[tuple[Rational, Rational]] = []
    if isinstance(bounds, str):
        for part in re.split(r"\s*[x×*]\s*(?=\[)", bounds.strip()):
            match = _BOX.fullmatch(part)
            if match is None:
                raise ToynetsError(f"{bounds[:70]!r} is not a box.", fix='write "[-1,1]^2".')
            pair = (rational(match[1]), rational(match[2]))
            pairs += [pair] * int(match[3] or 1)
    else:
        for item in bounds if isinstance(bounds, Iterable) else [bounds]:
            cells = item.tolist() if hasattr(item, "tolist") else item
            if not isinstance(cells, list | tuple) or len(cells) != 2:
                raise ToynetsError(
                    f"a bound is (lower, upper), but got {repr(item)[:70]}.",
                    fix='write a pair per input, [(0, 1), (0, 1)], or "[0,1]^2".',
                )
            pairs.append((rational(cells[0]), rational(cells[1])))
    if not pairs:
        raise ToynetsError(
            "an empty domain.", cause="a box without inputs.", fix='write "[0,1]^2".'
        )
    for low, high in pairs:
        if low > high:
            raise ToynetsError(
                f"an empty domain: the bound [{text(low)}, {text(high)}].",
                fix="write the lower bound first.",
            )
    return tuple(pairs)


def _box_text(pairs: Sequence[tuple[Rational, Rational]]) -> str:
    parts = []
    for pair, group in itertools.groupby(pairs):
        n = len(list(group))
        parts.append(f"[{text(pair[0])}, {text(pair[1])}]" + (f"^{n}" if n > 1 else ""))
    return " x ".join(parts)


def _sample(pairs: Sequence[tuple[Rational, Rational]], count: int, seed: int) -> tuple[Row, ...]:
    import random  # only sampled domains need it

    draw = random.Random(seed)
    found: dict[Row, None] = {}
    if 2 ** len(pairs) <= count:  # all corners, or none: half of them would be a bias
        for corner in itertools.product(*pairs):
            found[corner] = None
    if len(found) < count:
        found[tuple((low + high) / 2 for low, high in pairs)] = None
    tries = 0
    while len(found) < count and tries < 20 * count:
        tries += 1
        found[
            tuple(low + (high - low) * draw.randrange(2**12 + 1) / 2**12 for low, high in pairs)
        ] = None
    return tuple(itertools.islice(found, count))
