"""The expression type: immutable trees, one node per thing said.

`==` compares structure (`x1 + x2` is not `x2 + x1`), so that expressions can be members of sets
and keys of dictionaries. Comparisons inside the language are built by `compare`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from flint import fmpq

from toynets.errors import ToynetsError
from toynets.expressions.limits import MAX_DEPTH, MAX_NODES
from toynets.expressions.operators import Operators

TYPE_CHECKING = False  # type checkers know the name; importing it from typing costs start-up time
if TYPE_CHECKING:
    from typing import Any, NoReturn

_set = object.__setattr__


def _hashable(label: object) -> object:
    """Return what stands for a label in a hash; that of a `fmpq` itself is slow."""
    return (int(label.p), int(label.q)) if isinstance(label, fmpq) else label


class Expression(Operators):
    """A tree of symbols with an exact meaning. Build one with `parse_expression` or operators.

    Attributes:
        label: the number, name, operator or function of this node.
        children: the expressions that it is applied to.
        node_count: operators, functions, names and constants in the whole tree.
        depth: levels of the tree, a leaf being 1.
        has_names: whether its value depends on any name.

    >>> from toynets.expressions import Name
    >>> e = Name("x1") * 2 - 1
    >>> print(e, e.node_count, e.depth)
    x1*2 - 1 5 3
    """

    __slots__ = ("_hash", "_program", "children", "depth", "has_names", "label", "node_count")
    label: Any
    children: tuple[Expression, ...]
    node_count: int
    depth: int
    has_names: bool
    _hash: int
    _program: Callable[[Mapping[str, object] | None], Any] | None

    def _make(
        self, label: object, children: tuple[Expression, ...] = (), *, has_names: bool = False
    ) -> None:
        _set(self, "label", label)
        _set(self, "children", children)
        _set(self, "node_count", 1 + sum(child.node_count for child in children))
        _set(self, "depth", 1 + max((child.depth for child in children), default=0))
        _set(self, "has_names", has_names or any(child.has_names for child in children))
        _set(self, "_hash", hash((type(self).__name__, _hashable(label), children)))
        _set(self, "_program", None)
        if self.depth > MAX_DEPTH or self.node_count > MAX_NODES:
            raise ToynetsError(
                f"the expression has {self.node_count} nodes and depth {self.depth}; "
                f"at most {MAX_NODES} nodes and depth {MAX_DEPTH} are allowed.",
                cause="a sum of n terms built one by one is n levels deep.",
                fix="add halves of the terms first, or give parts of it names of their own.",
            )

    # What it says ---------------------------------------------------------------------------

    def names(self) -> tuple[str, ...]:
        """Return the names in it, in the order in which they first appear.

        >>> from toynets.expressions import Name
        >>> (Name("x2") + Name("x1") * Name("x2")).names()
        ('x2', 'x1')
        """
        found: dict[str, None] = {}
        waiting: list[Expression] = [self]
        while waiting:
            node = waiting.pop()
            if node.has_names:
                if not node.children:
                    found[node.label] = None
                waiting.extend(reversed(node.children))
        return tuple(found)

    def substitute(self, replacements: Mapping[str, object]) -> Expression:
        """Replace names by expressions or numbers, all at once.

        Args:
            replacements: name -> `Expression` or number; names that do not occur are ignored.

        >>> from toynets.expressions import Name
        >>> x1, x2 = Name("x1"), Name("x2")
        >>> print((x1 - x2).substitute({"x1": x2, "x2": x1 + 1}))
        x2 - (x1 + 1)
        """
        from toynets.expressions.substitution import substituted

        return substituted(self, replacements)

    # What it is worth -----------------------------------------------------------------------

    def evaluate(self, values: Mapping[str, object] | None = None, *, precision: int = 128) -> Any:
        """Return the exact value, or a rigorous ball around it.

        Args:
            values: name -> number (int, float taken exactly, text, Fraction, fmpq) or `flint.arb`
                ball; more names than the expression has are allowed.
            precision: bits of the balls.

        Returns:
            `flint.fmpq`; or a `flint.arb` ball that contains the value, where tanh, sigmoid, pi,
            a root that is not rational, sin or cos, or a ball among the values, took part.

        Raises:
            Undecided: a comparison, step, mod, or division hangs on digits beyond the precision.
            ToynetsError: division by zero (names the input), `and or not` on something other
                than 0 and 1, a name without a value.

        >>> from toynets.expressions import Name
        >>> ((Name("x1") + 1) / 3).evaluate({"x1": 0.5})
        1/2
        """
        if precision != 128:
            return self.compiled(precision=precision)(values)
        program = self._program
        if program is None:  # worked out once: the only thing that an expression remembers
            program = self.compiled()
            _set(self, "_program", program)
        return program(values)

    def compiled(self, *, precision: int = 128) -> Callable[[Mapping[str, object] | None], Any]:
        """Return a function of `values` that does what `evaluate` does, for many rows.

        Values that are `fmpq` already are used as they are, which is fastest.

        >>> from toynets.expressions import Name
        >>> f = (Name("x1") + 1).compiled()
        >>> [f({"x1": value}) for value in (0, 1)]
        [1, 2]
        """
        from toynets.expressions.evaluation import compile_expression

        return compile_expression(self, precision)

    def vectorized(self, names: Iterable[str], xp: Any = None) -> Callable[..., Any]:
        """Return a function of floating-point arrays.

        Args:
            names: the order of the arguments; must include every name of the expression.
            xp: `numpy` (the default, imported on first use) or `jax.numpy`.

        Returns:
            A function of one array per name, shapes broadcast together to shape `S`; returns `S`.
            For a matrix of shape `(rows, names)` call it with `*matrix.T`. All arrays are brought
            to one floating dtype. Where `evaluate` refuses (division by zero, `and` on 2), the
            result is NaN. Fit for `jax.jit`.

        Raises:
            ToynetsError: a name is missing in `names` or given twice; a constant part of the
                expression has no value. From the function: a wrong number of arrays.

        >>> from toynets.expressions import Name
        >>> (Name("x1") / Name("x2")).vectorized(["x1", "x2"])([1, 2], 4).tolist()
        [0.25, 0.5]
        """
        from toynets.expressions.vectorised import vectorize

        return vectorize(self, names, xp)

    # How it is written ----------------------------------------------------------------------

    def unicode(self) -> str:
        """Return it with mathematical signs; `parse_expression` reads them back.

        >>> from toynets.expressions import PI, Name, compare
        >>> compare(Name("h1.2") * -1, "<=", PI).unicode()
        'h₁.₂·(−1) ≤ π'
        """
        from toynets.expressions.rendering import render_unicode

        return render_unicode(self)

    def latex(self) -> str:
        r"""Return it as LaTeX, without dollar signs.

        >>> from toynets.expressions import Name
        >>> print((Name("x1") / 2).latex())
        \frac{x_{1}}{2}
        """
        from toynets.expressions.rendering import render_latex

        return render_latex(self)

    def to_sympy(self) -> Any:
        """Return it as a SymPy expression, for display and algebra. There is no way back.

        SymPy is told not to evaluate, but may still reorder. Comparisons, `and` and `or` become
        `Piecewise` with values 0 and 1; symbols are real.

        Raises:
            ToynetsError: SymPy is not installed.
        """
        from toynets.expressions.sympy_form import export

        return export(self)

    def __str__(self) -> str:
        from toynets.expressions.rendering import render_text

        return render_text(self)

    def __repr__(self) -> str:
        return f"parse_expression({str(self)!r})"

    def _repr_latex_(self) -> str:
        return rf"$\displaystyle {self.latex()}$"

    # What it is in Python ---------------------------------------------------------------------

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Expression):
            return NotImplemented
        waiting: list[tuple[Expression, Expression]] = [(self, other)]
        while waiting:
            a, b = waiting.pop()
            if a is b:
                continue
            if (
                a._hash != b._hash
                or type(a) is not type(b)
                or a.label != b.label
                or len(a.children) != len(b.children)
            ):
                return False
            waiting.extend(zip(a.children, b.children, strict=True))
        return True

    def __hash__(self) -> int:
        return self._hash

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"expressions do not change: {name} cannot be set; use substitute")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"expressions do not change: {name} cannot be deleted")

    def __copy__(self) -> Expression:
        return self

    def __deepcopy__(self, memo: object) -> Expression:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.label, *self.children)
