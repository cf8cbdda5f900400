"""Which roles hold of every unit and weight, and why, beside the role that is stated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toynets.api.subject import Subject, subject
from toynets.display import Table
from toynets.domain import Domain
from toynets.rationals import workprec

if TYPE_CHECKING:
    from toynets.verification import Roles


class _Grouped(Table):
    """A row without a name belongs to the name above it; read by itself it says the name, too."""

    def _whole(self) -> Table:
        rows: list[tuple[str, ...]] = []
        for row in self.rows:
            rows.append(row if row[0] else (*rows[-1][:2], *row[2:]))
        return Table(self.columns, rows, title=self.title)

    def plain(self) -> str:
        return self._whole().plain()

    def html(self) -> str:
        return self._whole().html()


def tests_of(about: Subject) -> Roles:
    """Return what tells which roles hold in a network, within the tolerances of its explanation."""
    from toynets.verification import Decision, Roles

    explained = about.explanation
    epsilon = {}
    if explained is not None:
        epsilon = {row: explained.epsilon(row) for row in ("units", "weights", "ablations")}
    decision = Decision(about.decision, about.network.outputs)
    domain = about.domain
    given = (about.network, about.machine, about.rows, decision, epsilon)
    return Roles(*given, complete=domain.finite, bounds=domain.bounds)


def roles(thing: Any, *, domain: Domain | None = None) -> Table:
    """Return a table of the roles that hold: a row per unit, then per weight and bias.

    Args:
        thing: an entry of the zoo or its name, a `Network`, or a file of one.
        domain: the inputs; default the task's, or all bits. Of a box 48 points are tried: the table
            and each reason say so, for elsewhere in it another role may hold.

    >>> [r["holds"] for r in roles("not").to_dict()["rows"]][0]
    {'detector': 'nonzero exactly on 0'}
    """
    about = subject(thing, domain)
    network, explained = about.network, about.explanation
    rows, records = [], []
    with workprec():
        found = tests_of(about)
        for kind, names in (("unit", network.units), ("weight", tuple(network.numbers))):
            for name in names:
                stated = ""
                if explained is not None:
                    parts: Any = explained.units if kind == "unit" else explained.weights
                    stated = parts[name].role if name in parts else ""
                held = found.of(name)
                rows += [
                    [name if k == 0 else "", stated if k == 0 else "", role, why]
                    for k, (role, why) in enumerate(held.items())
                ]
                if not held:
                    rows.append([name, stated, "none", f"none of the roles holds{found.tried}"])
                records.append({"name": name, "kind": kind, "stated": stated, "holds": held})
    where = f"at the {about.points} that were tried" if about.points else f"on {about.domain.text}"
    title = f"{about.name}: roles that hold {where}"
    return _Grouped(["name", "stated", "holds", "because"], rows, title=title, records=records)
