"""One network, compiled to rows of rationals, evaluated under any intervention."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any

from toynets.activations import activation
from toynets.errors import ToynetsError, unknown
from toynets.exact.activations import FUNCTIONS, Number
from toynets.exact.boundary import point
from toynets.exact.clean import Clean, Statistics, statistics_of
from toynets.exact.recipe import Recipe, Step, compile_recipe, resolve
from toynets.names import Intervention
from toynets.rationals import ZERO, from_float, row_key, workprec
from toynets.wiring import Plan, Wiring

if TYPE_CHECKING:
    from toynets.domain import Domain, Row
    from toynets.extremes import Extreme
    from toynets.network import Network

KEPT_NUMBERS = 500_000  # of clean runs, at most: about 50 MB
KEPT_RECIPES = 4_096


class Machine:
    """Evaluates one network exactly; clean runs, means and ranges are computed once.

    Numbers are `flint.fmpq`, and `flint.arb` at 128 bits from the first tanh or sigmoid on.
    An input is a tuple of fmpq (fast), or anything that `point` reads. A plan comes from
    `machine.wiring.resolve`; a text is resolved on the way.

    Args:
        network: the network.
        domain: what means and ranges are over, and where resample draws from.

    Attributes:
        wiring: names and edges.
        domain: as given.

    >>> from toynets.network import Network
    >>> from toynets.domain import Domain
    >>> xor = Network.from_layers(
    ...     [([[1, 1], [1, 1]], [0, -1], "relu"), ([[1, -2]], [0], "identity")])
    >>> machine = Machine(xor, Domain.boolean(2))
    >>> machine.mean("h1"), machine.interval("h2.pre"), machine.outcome((1, 1), "h2 = mean")
    (1, (-1, 1), (3/2,))
    """

    def __init__(self, network: Network, domain: Domain | None = None) -> None:
        self.wiring: Wiring = network.wiring
        self.domain = domain
        count = len(network.inputs)
        if domain is not None and domain.dimension != count:
            raise ToynetsError(
                f"the domain {domain.text} has {domain.dimension} inputs, but {self._title} has "
                f"{count}: {', '.join(network.inputs)}."
            )
        self.names = (*network.inputs, *network.units)
        self.place = {name: k for k, name in enumerate(self.names)}
        self.count = count
        self.first_output = len(self.names) - len(network.outputs)
        self.steps: list[Step] = []
        for parents, layer in network.with_parents():
            for i, unit in enumerate(layer.units):
                terms = tuple(
                    (self.place[p], from_float(layer.weight[i][j]))
                    for j, p in enumerate(parents)
                    if layer.has(i, j)
                )
                bias = ZERO if layer.bias is None else from_float(layer.bias[i])
                self.steps.append(
                    Step(
                        self.place[unit],
                        layer.activation,
                        FUNCTIONS[layer.activation],
                        bias,
                        terms,
                    )
                )
        self.softmax = network.layers[-1].activation == "softmax"
        self.rational = all(activation(la.activation).rational for la in network.layers)
        self._clean_recipe = Recipe(None, [], self.steps, [], False, (), self.softmax)
        self._clean: dict[tuple[Any, ...], Clean] = {}
        # Hashing rationals is slow, and a domain hands out the same tuples again and again.
        self._clean_by_id: dict[int, tuple[Row, Clean]] = {}
        self._recipes: dict[int, tuple[Plan, Recipe]] = {}
        self._over_rows: Statistics | None = None
        self._ranges: dict[str, tuple[Number, Number]] = {}

    @property
    def _title(self) -> str:
        return self.wiring.title or "the network"

    def precision(self) -> AbstractContextManager[Any]:
        """Return the context in which this network's numbers are computed."""
        if self.rational:
            return nullcontext()
        made: AbstractContextManager[Any] = workprec()
        return made

    # Runs

    def values(
        self,
        x: Any,
        plan: Plan | Intervention | str | None = None,
        *,
        source: Any = None,
        draws: Mapping[int, Any] | None = None,
    ) -> dict[str, Number]:
        """Return every value by name: `x1`, `h1.pre`, `h1`, …

        Args:
            x: the input.
            plan: the intervention; None for the clean run.
            source: the input that x' names.
            draws: resample clause (`Plan.groups`) -> its source.

        Raises:
            ToynetsError: a source or a draw is missing, or a value is `worst`.
        """
        with self.precision():
            run = self._run(x, plan, source, draws)
        found = dict(zip(self.names[: self.count], run.act, strict=False))
        for k in range(self.count, len(self.names)):
            found[f"{self.names[k]}.pre"] = run.pre[k]
            found[self.names[k]] = run.act[k]
        return found

    def outcome(
        self,
        x: Any,
        plan: Plan | Intervention | str | None = None,
        *,
        source: Any = None,
        draws: Mapping[int, Any] | None = None,
        at: Sequence[Number] | None = None,
    ) -> tuple[Number, ...]:
        """Return the outputs.

        Args: as for `values`; `at` gives a value for each `worst`, in the order of the plan.
        """
        with self.precision():
            return tuple(self._run(x, plan, source, draws, at).act[self.first_output :])

    def clean(self, x: Any) -> Clean:
        """Return the clean run on an input, computed once."""
        known = self._clean_by_id.get(id(x))
        if known is not None and known[0] is x:
            return known[1]
        row = point(x, self.wiring)
        key = row_key(row)
        found = self._clean.get(key)
        if found is None:
            pre: list[Number] = [None] * len(self.names)
            start = Clean(pre, [*row, *pre[self.count :]])
            with self.precision():
                found = self._evaluate(self._clean_recipe, start, {}, ())
            if len(self._clean) * len(self.names) < KEPT_NUMBERS:
                self._clean[key] = found
        if isinstance(x, tuple) and len(self._clean_by_id) * len(self.names) < KEPT_NUMBERS:
            self._clean_by_id[id(x)] = (x, found)
        return found

    def _run(
        self,
        x: Any,
        plan: Plan | Intervention | str | None,
        source: Any,
        draws: Mapping[int, Any] | None,
        at: Sequence[Number] | None = None,
    ) -> Clean:
        base = self.clean(x)
        if plan is None:
            return base
        recipe = self.recipe(plan)
        if recipe.variables and at is None:
            raise ToynetsError(
                f"{self._text(recipe)} stands for the two extremes of each output, not for one "
                "run.",
                fix="use runs(…), or worst(…) of a Machine.",
            )
        return self._evaluate(recipe, base, self._sources(recipe, source, draws), at or ())

    def _sources(
        self, recipe: Recipe, source: Any, draws: Mapping[int, Any] | None
    ) -> dict[int | None, Clean]:
        found: dict[int | None, Clean] = {}
        if recipe.reads_source:
            if source is None:
                raise ToynetsError(
                    f"{self._text(recipe)} reads x', but no source input is given.",
                    fix="pass source=[…], or write the numbers of the source out, as in h2(1, 0).",
                )
            found[None] = self.clean(source)
        for group in recipe.groups:
            if draws is None or group not in draws:
                raise ToynetsError(
                    f"{self._text(recipe)} stands for one run per source: resample is a family.",
                    fix=f"use runs(…), or pass draws={{{group}: source}}.",
                )
            found[group] = self.clean(draws[group])
        return found

    def _text(self, recipe: Recipe) -> str:
        return recipe.plan.text if recipe.plan is not None else "the clean run"

    def _evaluate(
        self,
        recipe: Recipe,
        base: Clean,
        sources: Mapping[int | None, Clean],
        at: Sequence[Number],
    ) -> Clean:
        pre, act = base.pre.copy(), base.act.copy()
        for index, given in recipe.inputs:
            act[index] = resolve(given, sources, at)
        steps = recipe.steps
        for step in steps:
            z = step.bias
            carried = step.carried
            if carried is None:
                for j, weight in step.terms:
                    z = z + weight * act[j]
            else:
                for j, weight in step.terms:
                    value = resolve(carried[j], sources, at) if j in carried else act[j]
                    z = z + weight * value
            if step.pre is not None:
                z = resolve(step.pre, sources, at)
            pre[step.unit] = z
            if step.act is None:
                act[step.unit] = step.function(z)
            elif not recipe.centred or step.unit < self.first_output:
                act[step.unit] = resolve(step.act, sources, at)
        if recipe.centred:
            first = self.first_output
            mean = sum(pre[first:], ZERO) / (len(pre) - first)
            for step in steps[first - len(pre) :]:
                given = step.act
                act[step.unit] = (
                    pre[step.unit] - mean if given is None else resolve(given, sources, at)
                )
        return Clean(pre, act)

    # Interventions

    def plan(self, intervention: Plan | Intervention | str) -> Plan:
        """Return an intervention resolved for this network; a plan is taken as it is."""
        return intervention if isinstance(intervention, Plan) else self.wiring.resolve(intervention)

    def recipe(self, intervention: Plan | Intervention | str) -> Recipe:
        """Return a plan with this network's numbers, compiled once."""
        known = self._recipes.get(id(intervention))
        if known is not None and known[0] is intervention:
            return known[1]
        plan = self.plan(intervention)
        with self.precision():
            made = compile_recipe(
                plan,
                self.wiring,
                self.steps,
                self.place,
                self.mean,
                lambda row: self.clean(row).value,
            )
        if len(self._recipes) >= KEPT_RECIPES:
            self._recipes.clear()
        if plan is intervention:
            self._recipes[id(plan)] = (plan, made)
        return made

    def draws(self, x: Any, plan: Plan | Intervention | str) -> list[dict[int, Row]]:
        """Return the sources of each member of a resample family: every other input in turn.

        Clauses draw independently, the last one fastest. Without resample: one empty draw.

        Raises:
            ToynetsError: no domain, a box, or a domain without another input.
        """
        plan = self.plan(plan)
        if not plan.groups:
            return [{}]
        row = point(x, self.wiring)
        others = [r for r in self._rows(plan.text, "draws from") if r != row]
        if not others:
            raise ToynetsError(
                f"{plan.text} has nothing to draw from: {self.domain} has no other input.",
                fix="use a larger domain.",
            )
        return [
            dict(zip(plan.groups, chosen, strict=True))
            for chosen in itertools.product(others, repeat=len(plan.groups))
        ]

    def worst(
        self,
        x: Any,
        plan: Plan | Intervention | str,
        *,
        source: Any = None,
        draws: Mapping[int, Any] | None = None,
    ) -> tuple[tuple[Number, Number], ...]:
        """Return (minimum, maximum) of each output as the `worst` values run over their ranges.

        The ranges are closed, and several values run independently.
        """
        found = self.worst_full(x, plan, source=source, draws=draws)
        return tuple((e.minimum, e.maximum) for e in found)

    def worst_full(
        self,
        x: Any,
        plan: Plan | Intervention | str,
        *,
        source: Any = None,
        draws: Mapping[int, Any] | None = None,
    ) -> list[Extreme]:
        """Return for each output its extremes, whether they are attained, and where.

        The places are tuples with a value for each `worst`, in the order of the plan.
        """
        with self.precision():
            recipe = self.recipe(plan)
            base = self.clean(x)
            sources = self._sources(recipe, source, draws)
            ranges = [self.interval(name) for name in recipe.variables]
            from toynets.exact.ranges import program_extremes  # only `worst` needs it

            return program_extremes(self, recipe, base.act, sources, ranges)

    # The domain

    def mean(self, name: str) -> Number:
        """Return the mean of a clean value (`h1`, `h1.pre` or an input) over the domain.

        Raises:
            ToynetsError: no domain, or a box, whose inputs cannot be listed.
        """
        index = self._index(name)
        self._rows(f"{name} = mean", "averages")
        return self._statistics().means[index]

    def interval(self, name: str) -> tuple[Number, Number]:
        """Return the least and the greatest clean value over the domain.

        Over a box they are exact, too; a value that is only approached counts.
        """
        index = self._index(name)
        found = self._ranges.get(name)
        if found is None:
            domain = self._needed(f"{name} = worst", "runs over the range of")
            if domain.kind == "box":
                assert domain.bounds is not None
                with self.precision():
                    from toynets.exact.ranges import box_range  # only boxes need it

                    found = box_range(self, domain.bounds, index)
            else:
                found = self._statistics().range(index)
            self._ranges[name] = found
        return found

    def _index(self, name: str) -> int:
        """Return the place of a value among all activations, then all pre-activations."""
        unit = name.removesuffix(".pre")
        index = self.place.get(unit)
        if index is None or (unit != name and index < self.count):
            there = [*self.names, *(f"{u}.pre" for u in self.wiring.units)]
            raise ToynetsError(unknown("value", name, self._title, there))
        return index if unit == name else index + len(self.names)

    def _needed(self, text: str, what: str) -> Domain:
        if self.domain is None:
            n = self.count
            raise ToynetsError(
                f"{text} {what} the inputs of a domain, but none is given.",
                fix=f"pass domain=…, for example Domain.boolean({n}).",
            )
        return self.domain

    def _rows(self, text: str, what: str) -> tuple[Row, ...]:
        domain = self._needed(text, what)
        if domain.kind == "box":
            raise ToynetsError(
                f"{text} {what} the inputs of the domain, but {domain.text} is a box: its inputs "
                "cannot be listed.",
                fix="use Domain.sampled(box, seed=0), or a finite domain: --domain boolean.",
            )
        return domain.rows

    def _statistics(self) -> Statistics:
        if self._over_rows is None:
            with self.precision():
                self._over_rows = statistics_of(map(self.clean, self._rows("a mean", "is over")))
        return self._over_rows
