"""The roles of weights and biases."""

from __future__ import annotations

from typing import Any

from toynets.errors import Undecided
from toynets.verification.observed import Observed


class WeightTests(Observed):
    """One test per role; each returns its reason, or "" where the role does not hold."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._cut: dict[str, list[Any]] = {}

    def test(self, role: str, address: str) -> str:
        """Return why a role holds, or ""."""
        return WEIGHT_TESTS[role](self, address)

    def cut(self, address: str) -> list[Any]:
        """Return every variable of every row with one weight at 0 (of a tied one, its copy)."""
        if address not in self._cut:
            name = address
            for group, members in self.wiring.ties.items():
                if address in members:
                    name = f"{group}@{members.index(address) + 1}"
            plan = self.wiring.resolve(f"{name} = 0")
            self._cut[address] = [self.machine.values(x, plan) for x in self.rows]
        return self._cut[address]

    def where_it_moves(self, address: str) -> str:
        """Return the inputs on which cutting a weight changes its target, or ""."""
        target = address.partition("->")[2] or address.removesuffix(".bias")
        moved, unsure = [], None
        for before, after in zip(self.clean, self.cut(address), strict=True):
            try:
                moved.append(self.moved(target, before, after, self.eps_unit))
            except Undecided as error:
                moved.append(False)
                unsure = error
        if any(moved):
            return f"{target} on {self.labels(moved)}"
        if unsure is not None:
            raise unsure
        return self.unseen(f"cutting {address} changes {target}")

    def excites(self, address: str) -> str:
        """Positive, and cutting it changes its target."""
        if self.number(address) <= 0:
            return ""
        where = self.where_it_moves(address)
        return f"raises {where}" if where else ""

    def inhibits(self, address: str) -> str:
        """Negative, and cutting it changes its target."""
        if self.number(address) >= 0:
            return ""
        where = self.where_it_moves(address)
        return f"lowers {where}" if where else ""

    def sets_threshold(self, address: str) -> str:
        """A bias, and cutting it changes its unit."""
        where = "" if "->" in address else self.where_it_moves(address)
        return f"moves {where}" if where else ""

    def scales(self, address: str) -> str:
        """Cutting it changes its target, none of whose other parents varies."""
        source, arrow, target = address.partition("->")
        if not arrow:
            return ""
        for parent, _ in self.incoming(target):
            if parent != source and self.varies(parent):
                return ""
        if not self.varies(source):
            return self.unseen(f"{source} varies")
        if not self.where_it_moves(address):
            return ""
        alone = all(parent == source for parent, _ in self.incoming(target))
        return f"{source} is all that varies in {target}" + ("" if alone else self.tried)

    def no_effect(self, address: str) -> str:
        """Cutting it changes no output on any input."""
        for before, after in zip(self.clean, self.cut(address), strict=True):
            if self.noticed(before, after):
                return ""
        sure = self.complete or self.number(address) == 0
        where = "on any input" if sure else self.everywhere
        return f"cutting it changes no output {where}"


WEIGHT_TESTS = {
    "excites": WeightTests.excites,
    "inhibits": WeightTests.inhibits,
    "sets threshold": WeightTests.sets_threshold,
    "scales": WeightTests.scales,
    "no effect": WeightTests.no_effect,
}
