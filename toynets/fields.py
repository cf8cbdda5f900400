"""Records: `@record` in place of `@dataclass`, because start-up time is measured.

The standard decorator compiles the methods of every class when it is imported, and itself imports
`inspect`: together a third of what `toynets verify xor-sum` costs. These records have the same
fields, defaults, equality and representation, without code generation.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from typing import dataclass_transform
else:

    def dataclass_transform(**_):
        """Return a decorator that does nothing: type checkers alone read it."""
        return lambda decorated: decorated


T = TypeVar("T")
MISSING: Any = object()


class Field:
    """What is said of one field: its default, and whether it is compared and shown."""

    __slots__ = ("compare", "default", "factory", "repr")

    def __init__(self, default: Any, factory: Any, compare: bool, repr: bool) -> None:
        self.default = default
        self.factory = factory
        self.compare = compare
        self.repr = repr


def field(
    *,
    default: Any = MISSING,
    default_factory: Callable[[], Any] | None = None,
    compare: bool = True,
    repr: bool = True,
) -> Any:
    """Say more of a field than its default.

    Args:
        default: its default.
        default_factory: called for a new default each time.
        compare: whether it is part of equality and hash.
        repr: whether it is shown.
    """
    return Field(default, default_factory, compare, repr)


@dataclass_transform(field_specifiers=(field,))
def record(cls: Any = None, *, frozen: bool = False, eq: bool = True, repr: bool = True) -> Any:
    """Give a class the constructor, equality and representation of its annotated fields.

    Args:
        cls: the class.
        frozen: refuse assignment; the record is then hashable.
        eq: compare by fields; else by identity.
        repr: show the fields; else keep what the class inherits.

    >>> @record(frozen=True)
    ... class Point:
    ...     x: int
    ...     y: int = 0
    >>> Point(1) == Point(x=1, y=0), Point(1)
    (True, Point(x=1, y=0))
    """
    if cls is None:
        return lambda decorated: _record(decorated, frozen, eq, repr)
    return _record(cls, frozen, eq, repr)


def _record(cls: type[T], frozen: bool, eq: bool, shown: bool) -> type[T]:
    fields: dict[str, Field] = {}
    for base in reversed(cls.__mro__[1:]):
        fields.update(base.__dict__.get("__record_fields__", {}))
    for name in cls.__annotations__:  # its own: a base's are not inherited here
        said = cls.__dict__.get(name, MISSING)
        if not isinstance(said, Field):
            said = Field(said, None, True, True)
        elif said.default is MISSING:
            delattr(cls, name)  # the class attribute was the description, not a value
        else:
            setattr(cls, name, said.default)
        fields[name] = said
    names = tuple(fields)
    compared = tuple(n for n, f in fields.items() if f.compare)
    optional = {n: f for n, f in fields.items() if f.default is not MISSING or f.factory}
    after = getattr(cls, "__post_init__", None)
    title = cls.__qualname__

    def __init__(self: Any, *args: Any, **given: Any) -> None:  # noqa: N807  # becomes the method
        own = self.__dict__
        own.update(zip(names, args, strict=False))
        if len(args) != len(names) or given:
            _fill(own, args, given)
        if after is not None:
            after(self)

    def _fill(own: dict[str, Any], args: tuple[Any, ...], given: dict[str, Any]) -> None:
        if len(args) > len(names):
            raise TypeError(f"{title}() takes {len(names)} values but {len(args)} were given")
        for name in names[len(args) :]:
            if name in given:
                own[name] = given.pop(name)
            elif name in optional:
                said = optional[name]
                own[name] = said.factory() if said.factory else said.default
            else:
                raise TypeError(f"{title}() misses the value of {name}")
        for name in given:
            if name in fields:
                raise TypeError(f"{title}() got {name} twice")
            raise TypeError(f"{title} has no field {name}. Fields: {', '.join(names)}")

    def __eq__(self: Any, other: object) -> Any:  # noqa: N807  # becomes the method
        if other.__class__ is not self.__class__:
            return NotImplemented
        mine, theirs = self.__dict__, other.__dict__
        return all(mine[n] == theirs[n] for n in compared)

    def __hash__(self: Any) -> int:  # noqa: N807  # becomes the method
        return hash(tuple([self.__dict__[n] for n in compared]))

    def __repr__(self: Any) -> str:  # noqa: N807  # becomes the method
        parts = ", ".join(f"{n}={getattr(self, n)!r}" for n, f in fields.items() if f.repr)
        return f"{self.__class__.__qualname__}({parts})"

    def __setattr__(self: Any, name: str, value: Any) -> None:  # noqa: N807  # becomes the method
        raise AttributeError(f"{title} is frozen: {name} cannot be set; use replace(…)")

    def __delattr__(self: Any, name: str) -> None:  # noqa: N807  # becomes the method
        raise AttributeError(f"{title} is frozen: {name} cannot be deleted")

    own = cls.__dict__
    methods: dict[str, Any] = {
        "__init__": __init__,
        "__record_fields__": fields,
        "__match_args__": names,
    }
    if shown and "__repr__" not in own:
        methods["__repr__"] = __repr__
    if eq and "__eq__" not in own:
        methods["__eq__"] = __eq__
    if frozen:
        methods |= {"__setattr__": __setattr__, "__delattr__": __delattr__}
        if eq and own.get("__hash__") is None:
            methods["__hash__"] = __hash__
    elif eq and "__hash__" not in own:
        methods["__hash__"] = None  # equal today, different tomorrow
    for name, method in methods.items():
        setattr(cls, name, method)
    return cls


def replace(made: T, **changes: Any) -> T:
    """Return a copy of a record with other values in some fields.

    Raises:
        TypeError: there is no such field.

    >>> @record(frozen=True)
    ... class Point:
    ...     x: int
    ...     y: int = 0
    >>> replace(Point(1, 2), y=5)
    Point(x=1, y=5)
    """
    cls: Any = made.__class__
    values = {name: made.__dict__[name] for name in cls.__record_fields__}
    values.update(changes)
    return cls(**values)  # type: ignore[no-any-return]  # the class of the record itself
