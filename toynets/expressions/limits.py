"""How large an expression may be: limits are arguments, and two sets of them have names."""

from __future__ import annotations

from toynets.errors import ToynetsError

# Digits before the point and after it. Every float64, taken exactly, fits (1,074 decimals).
MAX_DIGITS = 1_100
MAX_CHARACTERS = 64 * 1024
MAX_NODES = 20_000
# Evaluation and printing take one Python call a level; Python allows 1,000 of them in all.
MAX_DEPTH = 200


class Limits:
    """The largest text and tree that a reader accepts.

    Args:
        characters: length of the text, spaces included.
        nodes: operators, functions, names and constants.
        depth: levels of the tree, a name alone being 1; `a + b + c` has 3 (it is `(a + b) + c`).

    Raises:
        ToynetsError: a limit below 1 or above that of `AUTHOR`, which nothing may exceed.

    >>> CLAIMS
    Limits(characters=400, nodes=120, depth=24)
    """

    __slots__ = ("characters", "depth", "nodes")
    characters: int
    nodes: int
    depth: int

    def __init__(
        self,
        *,
        characters: int = MAX_CHARACTERS,
        nodes: int = MAX_NODES,
        depth: int = MAX_DEPTH,
    ) -> None:
        for name, value, most in (
            ("characters", characters, MAX_CHARACTERS),
            ("nodes", nodes, MAX_NODES),
            ("depth", depth, MAX_DEPTH),
        ):
            if not isinstance(value, int) or not 1 <= value <= most:
                raise ToynetsError(
                    f"the limit {name}={value!r} is not an integer from 1 to {most}.",
                    fix="leave it out for the largest, or use CLAIMS for student work.",
                )
            object.__setattr__(self, name, value)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"limits do not change: make new ones with Limits({name}={value!r})")

    def __repr__(self) -> str:
        return f"Limits(characters={self.characters}, nodes={self.nodes}, depth={self.depth})"


AUTHOR = Limits()
CLAIMS = Limits(characters=400, nodes=120, depth=24)
