"""Tasks: what a network is asked to do, one file each, as plain exact numbers.

A task is added by dropping a file into this folder that defines `TASK`. The name of the file is the
name of the task with `_` for `-`; a name that is a Python keyword has `_` behind it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any

from toynets.domain import Domain, Row
from toynets.errors import ToynetsError, unknown
from toynets.fields import record


@record(frozen=True)
class Task:
    """A function to be computed, with the inputs that count.

    Attributes:
        name: as it is loaded.
        title: one line.
        inputs: names of the inputs.
        outputs: names of the outputs.
        domain: the inputs that claims are about.
        rule: one exact input -> the exact outputs, a tuple (plain numbers are taken exactly). Call
            `target`, which checks.
        decision: how an output becomes an answer: {"threshold": "1/2"}, {"sign": True},
            {"argmax": True}, or {} where the value itself is the answer.
        loss: what training makes small: `mse`, `bce` or `cross-entropy`.
        hidden: units of each hidden layer of the smallest network that is known to do the task
            with `activation`; the default of training.
        activation: of the hidden units, unless another is asked for.
        recipe: name of the training recipe for that activation, or "" for the usual one.
        examples: the rows to train on; None where they are the domain itself, which must be finite.
        encode: how facts of the world become inputs and outputs.
        sources: where the task comes from.

    >>> xor = load("xor")
    >>> [xor.target(row) for row in xor.domain]
    [(0,), (1,), (1,), (0,)]
    """

    name: str
    title: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    domain: Domain
    rule: Callable[[Row], Row]
    decision: dict[str, Any]
    loss: str
    hidden: tuple[int, ...]
    activation: str = "relu"
    recipe: str = ""
    examples: Domain | None = None
    encode: str = ""
    sources: tuple[str, ...] = ()

    @property
    def training(self) -> Domain:
        """The rows to train on.

        Raises:
            ToynetsError: the domain is a box and the task lists no examples.
        """
        if self.examples is not None:
            return self.examples
        if not self.domain.finite:
            raise ToynetsError(
                f"the task {self.name} has no rows to train on.",
                cause=f"its domain {self.domain.text} is not finite.",
                fix="give the task examples=Domain.listed(...) or Domain.sampled(...).",
            )
        return self.domain

    def target(self, row: Sequence[Any]) -> Row:
        """Return the exact outputs that are wanted for one input.

        Args:
            row: one input, shape (inputs,).

        Returns:
            One rational per output.

        Raises:
            ToynetsError: an input of the wrong length.

        >>> load("majority-3").target([1, 0, 1])
        (1,)
        """
        from toynets.rationals import rational

        exact = tuple(rational(v) for v in row)
        if len(exact) != len(self.inputs):
            there = f"{len(self.inputs)} input{'s' * (len(self.inputs) > 1)}"
            raise ToynetsError(
                f"{self.name} has {there} ({', '.join(self.inputs)}), but got {len(exact)} numbers."
            )
        return tuple(rational(v) for v in self.rule(exact))


def names() -> list[str]:
    """Return the names of all tasks, sorted; none of them is imported.

    >>> "xor" in names()
    True
    """
    files = os.listdir(os.path.dirname(__file__))  # pkgutil costs start-up time
    return sorted(_name(f[:-3]) for f in files if f.endswith(".py") and f[0] != "_")


def load(name: str) -> Task:
    """Return a task by name; only its own file is imported.

    Raises:
        ToynetsError: there is no such task; the message names the nearest.

    >>> load("and").title
    'both of two bits'
    """
    from importlib import import_module
    from keyword import iskeyword

    if name not in names():
        raise ToynetsError(
            unknown("task", str(name), "", names()),
            fix="toynets list --tasks prints every task with what it wants.",
        )
    file = name.replace("-", "_") + ("_" if iskeyword(name) else "")
    found: Task = import_module(f"{__name__}.{file}").TASK
    return found


def _name(file: str) -> str:
    return file.rstrip("_").replace("_", "-")
