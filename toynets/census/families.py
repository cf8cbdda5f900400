"""From explained runs to families: sorted by what they compute under ablation, and named."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from toynets.census.catalogue import TANH, names_of
from toynets.census.describing import describe, name_of, plain
from toynets.census.explaining import Explained
from toynets.census.fitting import Fit
from toynets.census.linear import value
from toynets.census.population import Population
from toynets.census.records import Family
from toynets.census.reducing import reduce_table
from toynets.census.saturated import Ended, order_of
from toynets.census.tables import Key, covers, key_of, word
from toynets.rationals import ZERO, rational


def families(population: Population, explained: dict[int, Explained]) -> tuple[Family, ...]:
    """Return the families of a population, the most frequent first.

    Args:
        population: trained.
        explained: run -> its explanation, which was verified on it.
    """
    return _Sorting(population, explained).families()


class _Sorting:
    def __init__(self, population: Population, explained: dict[int, Explained]) -> None:
        self.population, self.explained = population, explained
        self.labels = plain(population.task.training.labels)
        self.keys: dict[str, Any] = {}  # an explanation's JSON -> the key of its family
        for one in explained.values():
            if one.found.source not in self.keys:
                self.keys[one.found.source] = self._key(one.found)
        self.names = names_of(population.task.name, population.rows, population.group)

    def _key(self, found: Fit | Ended) -> Any:
        if isinstance(found, Ended):
            return order_of(found, self.population.group)
        return self._table_key(found, found.lines, found.bias)

    def _table_key(self, found: Fit, lines: Any, bias: Any) -> Key:
        words = [[word(entry, found.literals) for entry in line] for line in lines]
        return key_of(words, word(bias, found.literals), self.population.group)

    def families(self) -> tuple[Family, ...]:
        members: dict[Any, list[int]] = {}
        for run, one in self.explained.items():
            members.setdefault(self.keys[one.found.source], []).append(run)
        if self.population.activation == "relu":
            members = self._merged(members)
        ranked = sorted(members.values(), key=lambda runs: (-len(runs), runs[0]))
        found: list[Family] = []
        given: Counter[str] = Counter()
        for runs in ranked:
            name, description, lost = self._said(runs)
            given[name] += 1
            if given[name] > 1:
                name = f"{name} ({given[name]})"
            found.append(self._family(name, description, lost, runs))
        return tuple(found)

    def _merged(self, members: dict[Any, list[int]]) -> dict[Any, list[int]]:
        """Put tables to the families of which they are a special case, in all their runs."""
        fits: dict[Any, list[Fit]] = {}
        for key, runs in members.items():
            own = {self.explained[r].found.source: self.explained[r].found for r in runs}
            fits[key] = [one for one in own.values() if isinstance(one, Fit)]
        # Where signs differ, no values of parameters help.
        signs = {key: self._signs(own[0]) for key, own in fits.items()}
        ranked = sorted(members, key=lambda key: (-_free(fits[key][0]), -len(members[key])))
        found: dict[Any, list[int]] = {}
        for key in ranked:
            home = next(
                (
                    other
                    for other in found
                    if signs[other] == signs[key]
                    and _free(fits[other][0]) > _free(fits[key][0])
                    and len(found[other]) >= len(members[key])
                    and all(self._special(fits[other][0], one) for one in fits[key])
                ),
                key,
            )
            found[home] = sorted([*found.get(home, ()), *members[key]])
        return found

    def _signs(self, found: Fit) -> Key:
        lines = [[_sign(value(e, found.literals)) for e in line] for line in found.lines]
        return key_of(lines, "", self.population.group)

    def _special(self, general: Fit, one: Fit) -> bool:
        numbers = [[value(entry, one.literals) for entry in line] for line in one.lines]
        last = value(one.bias, one.literals)
        return covers(general.lines, general.bias, numbers, last, self.population.group)

    def _common(self, runs: list[int]) -> int:
        """Return the representative: of the commonest explanation, inputs in their own order."""
        sources = Counter(self.explained[run].found.source for run in runs)
        common = sources.most_common(1)[0][0]
        same = [run for run in runs if self.explained[run].found.source == common]
        usual = tuple(range(len(self.population.task.inputs)))
        return next((run for run in same if self.explained[run].image.inputs == usual), same[0])

    def _said(self, runs: list[int]) -> tuple[str, str, str]:
        """Return name, description, and what `reduce` would lose."""
        found = self.explained[self._common(runs)].found
        if isinstance(found, Ended):
            name, description = self._tanh_name(found)
            return name, description, _tanh_twins(found)
        reduced = reduce_table(found.lines, found.bias, found.literals)
        named = self.names.get(self._table_key(found, reduced.lines, reduced.bias))
        rest = f", {reduced.short}" if reduced.short else ""
        if named is None:
            left = replace(found, lines=reduced.lines)
            name = name_of(left, self.labels) or "table"
            return name + rest, describe(found, self.labels), reduced.lost
        return named.name + rest, named.description, reduced.lost

    def _tanh_name(self, found: Ended) -> tuple[str, str]:
        if self.population.task.name != "xor" or self.population.hidden != 2:
            return name_of(found, self.labels) or "table", describe(found, self.labels)
        name = "one side each" if sum(s.count(1) for s in found.signs) == 2 else "both sides"
        said = " and ".join(dict.fromkeys(c.rstrip("0123456789") for c in found.conditions))
        return f"{name}, {said}", f"{TANH[name]}; what is left without a unit hangs on {said}"

    def _family(self, name: str, description: str, lost: str, runs: list[int]) -> Family:
        best = self._common(runs)
        one = self.explained[best]
        fitted = [getattr(self.explained[run].found, "fitted", {}) for run in runs]
        alike = [
            values
            for run, values in zip(runs, fitted, strict=True)
            if self.explained[run].found.formula == one.found.formula
        ]
        ranges = {}
        for parameter in alike[0]:
            values = sorted(rational(v[parameter]) for v in alike)
            ranges[parameter] = (str(values[0]), str(values[-1]))
        return Family(
            name=name,
            description=description,
            runs=tuple(runs),
            fitted=max(len(values) for values in fitted),
            shared=max(self.explained[run].found.shared for run in runs),
            ranges=ranges,
            lost=lost,
            formula=one.found.formula,
            explanations=len({self.explained[run].found.source for run in runs}),
            representative=best,
            network=self.population.network(best, one.image),
            explanation=one.found.source,
            share=len(runs) / len(self.population.converged),
        )


def _free(found: Fit) -> int:
    """Return how many fitted parameters the table hangs on."""
    entries = [*(entry for line in found.lines for entry in line), found.bias]
    return sum(1 for n in range(len(found.bias) - 1) if any(e[1 + n] != ZERO for e in entries))


def _sign(number: Any) -> str:
    return "+" if number > 0 else "-" if number < 0 else "0"


def _tanh_twins(found: Ended) -> str:
    """Say which units of a tanh network are on for the same rows: they back each other up."""
    groups: dict[Any, list[str]] = {}
    for k, signs in enumerate(found.signs, start=1):
        groups.setdefault(signs, []).append(f"h{k}")
    said = [f"{' and '.join(group)} are on together" for group in groups.values() if len(group) > 1]
    return "; ".join(said)
