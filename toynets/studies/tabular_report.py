"""What the study of a table found: records, and the tables that people read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING, Any

from toynets.display import Table
from toynets.errors import ToynetsError
from toynets.studies.crowd import GAMES

if TYPE_CHECKING:
    from toynets.importance.floats import Array

SCORED = 64  # rows that scores are over
TRIED = 500  # held-out rows on which cut networks are tried


@dataclass(frozen=True)
class Spread:
    """A number of many networks: its mean and its standard deviation."""

    mean: float
    sd: float

    @staticmethod
    def of(values: Array) -> Spread:
        """Return mean and standard deviation over the networks.

        >>> import numpy as np
        >>> Spread.of(np.array([1.0, 3.0]))
        Spread(mean=2.0, sd=1.0)
        """
        return Spread(float(values.mean()), float(values.std()))

    def __str__(self) -> str:
        return f"{100 * self.mean:.1f} ± {100 * self.sd:.1f}"


@dataclass(frozen=True)
class Found:
    """What one score says of the inputs, over all networks.

    Attributes:
        both: share of the networks in which it puts exactly those that matter first.
        stability: mean rank correlation of two networks; nan where there is one alone.
        ranks: input -> its mean rank.
    """

    both: float
    stability: float
    ranks: Mapping[str, float]


@dataclass(frozen=True)
class InputShare:
    """One input: how much it weighs, and what it is worth.

    Attributes:
        share: of the sizes of all weights into the hidden layer.
        first: share of the networks in which the sum of |w| puts it among as many as matter.
        without: accuracy when all its weights are cut.
    """

    share: Spread
    first: float
    without: Spread


@dataclass(frozen=True)
class Quality:
    """How well classes are told on rows that are held out; a class never said has precision 0."""

    accuracy: Spread
    precision: Mapping[str, Spread]
    recall: Mapping[str, Spread]
    macro_precision: Spread
    macro_recall: Spread


@dataclass(frozen=True)
class Setting:
    """One population.

    Attributes:
        name: `standardised` or `raw`.
        decay: of the weights and biases in training.
        found: score -> what it says of the inputs.
        inputs: what each weighs and is worth.
        whole: accuracy of the networks uncut, on the rows that cut ones are tried on.
        every: trained on all inputs.
        only: trained on those alone that matter.
        negative: share of the weights that are negative.
        signs: what is cut -> the accuracy that is left.
        curves: order of dropping -> share that is dropped -> the accuracy that is left.
    """

    name: str
    decay: float
    found: Mapping[str, Found]
    inputs: Mapping[str, InputShare]
    whole: Spread
    every: Quality
    only: Quality
    negative: Spread
    signs: Mapping[str, Spread]
    curves: Mapping[str, Mapping[float, Spread]]

    @property
    def title(self) -> str:
        """`raw, no decay`."""
        return f"{self.name}, {'decay' if self.decay else 'no decay'}"


@dataclass(frozen=True)
class TabularStudy:
    """What many trainings on one table say.

    Attributes:
        task, inputs, classes, matter: what was learnt, and the inputs that decide.
        hidden: units of the hidden layer.
        seeds, seed, steps: of the populations.
        rows, held_out: how many were trained on, and tried.
        apart: whether those that were tried are others.
        settings: one for each population.
        seconds: how long it took.
    """

    task: str
    inputs: tuple[str, ...]
    classes: tuple[str, ...]
    matter: tuple[str, ...]
    hidden: int
    seeds: int
    seed: int
    steps: int
    rows: int
    held_out: int
    apart: bool
    settings: tuple[Setting, ...]
    seconds: float

    def setting(self, title: str) -> Setting:
        """Return one population, such as `raw, no decay`.

        Raises:
            ToynetsError: there is none of that title.
        """
        for one in self.settings:
            if one.title == title:
                return one
        there = "; ".join(one.title for one in self.settings)
        raise ToynetsError(f"no population {title!r}.", fix=f"there are: {there}.")

    def _by_setting(self, title: str, cell: Any, order: str) -> Table:
        names = sorted(
            self.settings[0].found,
            key=lambda s: _low(-sum(getattr(one.found[s], order) for one in self.settings)),
        )
        columns = ["score", *(one.title for one in self.settings)]
        rows = [[name, *(cell(one.found[name]) for one in self.settings)] for name in names]
        return Table(columns, rows, title=title, right=columns[1:])

    def tables(self) -> list[Table]:
        """Return all tables, in the order in which to read them."""
        return [
            self._by_setting(
                f"how often {' and '.join(self.matter)} come first, in % of {self.seeds} networks",
                lambda found: f"{100 * found.both:.0f}",
                "both",
            ),
            self._by_setting(
                "rank stability: mean rank correlation of two trainings",
                lambda found: "-" if isnan(found.stability) else f"{found.stability:.2f}",
                "stability",
            ),
            self.input_table(),
            self.retrained_table(),
            self.sign_table(),
            self.dropped_table(),
        ]

    def input_table(self) -> Table:
        """Return what each input weighs and is worth, where scores disagree most."""
        one = self.settings[2 if len(self.settings) > 2 else 0]
        order = sorted(one.inputs, key=lambda name: -one.inputs[name].share.mean)
        rows = [
            [
                name,
                "yes" if name in self.matter else "",
                str(one.inputs[name].share),
                f"{100 * one.inputs[name].first:.0f}",
                str(one.inputs[name].without),
            ]
            for name in order
        ]
        columns = ["input", "matters", "% of |w|", "first by |w|, %", "accuracy without, %"]
        title = f"a large weight, and what it is worth ({one.title}; uncut {one.whole} %)"
        return Table(columns, rows, title=title, right=columns[2:])

    def retrained_table(self) -> Table:
        """Return all inputs against those alone that matter."""
        rows = []
        for one in self.settings:
            pairs = ((f"all {len(self.inputs)}", one.every), (", ".join(self.matter), one.only))
            for what, q in pairs:
                means = (q.accuracy, q.macro_precision, q.macro_recall)
                each = [(q.precision[c].mean, q.recall[c].mean) for c in self.classes]
                cells = [f"{100 * p:.0f} / {100 * r:.0f}" for p, r in each]
                rows.append([one.title, what, *map(str, means), *cells])
        columns = ["trained", "on", "accuracy", "precision", "recall", *self.classes]
        title = f"trained again on {' and '.join(self.matter)} alone, in % of {self.held_out} rows"
        title += " (classes: precision / recall)"
        return Table(columns, rows, title=title, right=columns[2:])

    def sign_table(self) -> Table:
        """Return what is left without all negative or all positive weights."""
        words = list(self.settings[0].signs)
        rows = [
            ["nothing", *(str(one.whole) for one in self.settings)],
            *([word, *(str(one.signs[word]) for one in self.settings)] for word in words),
            ["(share that is negative)", *(str(one.negative) for one in self.settings)],
        ]
        columns = ["cut", *(one.title for one in self.settings)]
        title = "are negative weights as important as positive ones? accuracy that is left, %"
        return Table(columns, rows, title=title, right=columns[1:])

    def dropped_table(self) -> Table:
        """Return what is left when weights are dropped in the order of each score."""
        shares = list(next(iter(self.settings[0].curves.values())))
        rows = []
        for one in self.settings:
            order = sorted(one.curves, key=lambda s: -sum(v.mean for v in one.curves[s].values()))
            for name in order:
                cells = [f"{100 * one.curves[name][share].mean:.0f}" for share in shares]
                rows.append([one.title, name, *cells])
        columns = ["networks", "least first by", *(f"{100 * share:.0f}%" for share in shares)]
        title = "does a large weight matter? accuracy in % once so many weights are dropped"
        return Table(columns, rows, title=title, right=columns[2:])

    def notes(self) -> list[str]:
        """Return what stands below the tables."""
        tried = "rows that no network saw" if self.apart else "rows, those that were trained on"
        cut = f" ({TRIED} of them where weights are cut)" if self.held_out > TRIED else ""
        over = f"Scores are over {min(SCORED, self.rows)} rows"
        if any("shapley (mean)" in one.found for one in self.settings):
            over += f", games over {min(GAMES, self.rows)}"
        return [
            f"{self.seeds} networks {len(self.inputs)}-{self.hidden}-"
            f"{len(self.classes) if len(self.classes) > 2 else 1} relu, seed {self.seed}, "
            f"{self.steps} steps on {self.rows} rows; accuracy on {self.held_out} {tried}{cut}.",
            "Mean ± standard deviation over the networks. Biases are never cut.",
            f"effect of …: what ablation itself says. {over}.",
        ]

    def __str__(self) -> str:
        return "\n\n".join([*(str(table) for table in self.tables()), "\n".join(self.notes())])

    def __repr__(self) -> str:
        return (
            f"<TabularStudy of {self.task}: {self.seeds} networks, {len(self.settings)} settings>"
        )

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain data; None where a single network has no stability."""
        from dataclasses import asdict

        found = asdict(self)
        for setting in found["settings"]:
            for said in setting["found"].values():
                if isnan(said["stability"]):  # no number of JSON
                    said["stability"] = None
        return found

    def _repr_html_(self) -> str:
        return "".join(table.html() for table in self.tables())

    def _repr_markdown_(self) -> str:
        return "\n\n".join(table.markdown() for table in self.tables())


def _low(value: float) -> float:
    """Return what to sort by: of nan, which has no place, 0."""
    return 0.0 if isnan(value) else value
