"""What `separate` found, and how it is printed."""

from __future__ import annotations

from typing import Any

from toynets.display import Table
from toynets.fields import field, record
from toynets.verification.inside import Inside, whose
from toynets.verification.rivals import Experiment, Search

MEANING = {
    "proved": "proved for every point of the box",
    "exhaustive": "every case of the set was compared",
    "sampled": "on sampled points only: others may tell them apart",
    "unknown": "the limit was reached, or a case is undecided",
}


@record(frozen=True)
class Separation:
    """The cheapest experiment between two sides, or the statement that the set has none.

    Attributes:
        kind: `explanations` or `networks`.
        a, b: the sides, as they were given.
        search: the one through what they say comes out: stated where an explanation states it, else
            derived; or what networks compute.
        domain: in symbols.
        level: for networks, `value` or `decision`.
        network: what the explanations are about, or "".
        derived: of explanations, the search through what their stated weights alone derive.
        inside: where they differ in what they say of a unit.
        unspoken: what differs and no run can show.
        notes: what the reader should be told.
        assumed: what is to be said first, where nobody gave the domain; else "".
        certificate: of two networks on a box, what was settled trial by trial: plain data for
            `toynets check-certificate`; else None.
    """

    kind: str
    a: str
    b: str
    search: Search
    domain: str
    level: str = "value"
    network: str = ""
    derived: Search | None = None
    inside: tuple[Inside, ...] = ()
    unspoken: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())
    certificate: dict[str, Any] | None = field(default=None, repr=False)
    assumed: str = ""

    @property
    def experiment(self) -> Experiment | None:
        """The cheapest run on which the sides differ in an output, or None.

        Of two explanations it is the cheaper one of what they state and of what they derive.
        """
        found = [s for s in self._searches if s.experiment is not None]
        return min(found, key=_cost).experiment if found else None

    @property
    def _searches(self) -> tuple[Search, ...]:
        return (self.search,) if self.derived is None else (self.search, self.derived)

    @property
    def verdict(self) -> str:
        """`separated`; or how sure it is that nothing in the set tells them apart."""
        if self.experiment is not None:
            return "separated"
        verdicts = [s.verdict for s in self._searches]
        return next(v for v in ("unknown", "sampled", "exhaustive", "proved") if v in verdicts)

    @property
    def exit_status(self) -> int:
        """0: separated, or nothing in the set does; 3: nothing was found, and that is not sure."""
        return 3 if self.verdict in ("unknown", "sampled") else 0

    def table(self) -> Table:
        """Return a row with what each side says of the decisive run."""
        found = self.experiment
        if found is None:
            return Table(["run", "A", "B"], [])
        columns = ["run", f"A: {self.a}", f"B: {self.b}"]
        cells = [found.where, *(_cell(found, side) for side in ("a", "b"))]
        if found.network:
            columns += ["network", "so"]
            cells += [found.network, whose(found.agrees)]
        title = f"The cheapest run that tells them apart, on {self.domain}:"
        return Table(columns, [cells], title=title)

    def lines(self) -> list[str]:
        """Return what is said beside the table."""
        made = []
        found = self.experiment
        if found is None:
            what = "predict the same outcome" if self.kind == "explanations" else "give the same"
            made.append(
                f"{self.a} and {self.b} {what} in all of the set: {_count(self.search)}. "
                f"{self.verdict}: {MEANING[self.verdict]}."
            )
        else:
            made += [f"  {line}" for line in found.arithmetic]
            what = "the decision differs" if found.how == "decision" else "the values differ"
            made.append(f"{what}, by {found.gap:.3g}; cheaper runs do not:")
            search = self.search if found == self.search.experiment else self.derived
            made[-1] += f" {_count(search or self.search, found)}"
        if self.derived is not None and found is not None:
            if self.derived.experiment != found:
                made.append(f"What their weights derive, alone: {_other(self.derived)}")
            elif self.search.experiment != found:
                made.append(f"Where stated outcomes count first: {_other(self.search)}")
        made += [f"In a unit: {one}" for one in self.inside]
        if self.unspoken:
            made.append(f"No run shows that they differ in the {'; '.join(self.unspoken)}.")
        if self.search.left:
            made.append(f"Left out, as not both understand it: {_some(self.search.left)}.")
        return [*made, *self.notes]

    def __str__(self) -> str:
        table = [str(self.table())] if self.experiment is not None else []
        return "\n".join([*([self.assumed] if self.assumed else []), *table, *self.lines()])

    def _repr_html_(self) -> str:
        return self.table().html()

    def _repr_markdown_(self) -> str:
        return self.table().markdown()

    def to_dict(self) -> dict[str, Any]:
        """Return the result as plain data."""
        return {
            "kind": self.kind,
            "a": self.a,
            "b": self.b,
            "network": self.network,
            "domain": self.domain,
            "mean_over": self.domain if "mean" in self.search.tried else None,
            "level": self.level,
            "verdict": self.verdict,
            "experiment": None if self.experiment is None else self.experiment.to_dict(),
            "set": _data(self.search),
            "predicted": _found(self.search),
            "derived": None if self.derived is None else _found(self.derived),
            "inside": [
                {
                    "unit": one.unit,
                    "what": one.what,
                    "a": one.a,
                    "b": one.b,
                    "experiment": one.experiment,
                    "says": one.says,
                    "network": one.network,
                    "agrees": one.agrees,
                }
                for one in self.inside
            ],
            "unspoken": list(self.unspoken),
            "notes": [*([self.assumed] if self.assumed else []), *self.notes],
        }


def _found(search: Search) -> dict[str, Any]:
    found = search.experiment
    return {
        "verdict": search.verdict,
        "experiment": None if found is None else found.to_dict(),
    }


def _data(search: Search) -> dict[str, Any]:
    return {
        "interventions": list(search.interventions),
        "kinds": dict(search.tried),
        "left_out": list(search.left),
        "cases": search.cases,
        "of": search.of,
        "undecided": search.undecided,
    }


def _cell(found: Experiment, side: str) -> str:
    said, column = getattr(found, side), getattr(found, f"{side}_column")
    return said if column == "computed" else f"{said} ({column})"


def _cost(search: Search) -> tuple[int, int]:
    found = search.experiment
    assert found is not None
    on = sum(1 for x in (found.x, found.source or ()) for v in x if v != 0)
    return search.interventions.index(found.intervention), on


def _count(search: Search, found: Experiment | None = None) -> str:
    number = len(search.interventions)
    cases = f"{search.cases} of {search.of} cases"
    undecided = f", {search.undecided} undecided" if search.undecided else ""
    start = "" if found is None else f"{cases} compared, of a set of "
    rest = "" if found is not None else f", {cases}"
    plural = "s" * (number != 1)
    return f"{start}{number} intervention{plural} ({search.listing}){rest}{undecided}"


def _other(search: Search) -> str:
    found = search.experiment
    if found is None:
        return f"no run of the set tells them apart ({search.verdict})."
    text = f"{found.where}: A {found.a}, B {found.b}"
    return text + (f", the network {found.network}." if found.network else ".")


def _some(words: tuple[str, ...], most: int = 6) -> str:
    return "; ".join(words[:most]) + (f"; … ({len(words)})" if len(words) > most else "")
