"""`importance`: every score beside what ablation really does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from toynets.activations import activation
from toynets.display import Table, escape
from toynets.errors import ToynetsError, unknown
from toynets.importance.agreement import kendall, ranking, ranks, spearman
from toynets.importance.catalogue import score as score_of
from toynets.importance.catalogue import scores_of
from toynets.importance.effects import ABLATIONS, Effects, effects
from toynets.importance.games import Unavailable
from toynets.importance.setting import Setting, listed
from toynets.records import plain

if TYPE_CHECKING:
    from toynets.domain import Domain, Row
    from toynets.importance.scoring import Score, Values

SIZES = ("largest", "mean")
SHOWN = 8  # players that have a column of their own; more are shown as a ranking


def importance(
    network: Any,
    domain: Domain | None = None,
    *,
    of: str,
    source: str | None = None,
    target: str | None = None,
    truth: str = "largest",
    scores: Sequence[str] | None = None,
    ablations: Sequence[str] | None = None,
    wanted: Callable[[Row], Sequence[Any]] | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> Importance:
    """Compute every score of units, inputs or weights beside what ablating each one really does.

    Args:
        network: a `Network`; or an entry with `.network` and `.task`, whose inputs are then taken
            where `domain` is left out, and whose task says what is `wanted` (not of a softmax).
        domain: the inputs that the scores and effects are over; no box.
        of: `units` (hidden), `inputs` or `weights` (and biases).
        source: an input. Only what lies on a way from it is listed, connection weights count its
            paths alone, and an effect is what is left of it when the effect that remains with the
            input held at its mean is taken away. Other scores stay what they are.
        target: an output. Left out, all count: a value is then the mean of its sizes over them.
        truth: `largest`: effects are the largest |effect| over the domain; `mean`: its mean.
        scores: names, in the order wanted; by default all that are defined.
        ablations: the kinds whose effects are shown; by default all of `ABLATIONS[of]`.
        wanted: one row -> wanted outputs: permutation then measures the error against them, and
            not against the clean output of the network.
        progress: called with what is computed, how many were, and out of how many.

    Raises:
        ToynetsError: names that are not there, no such players, a box, a missing domain.

    >>> from toynets.domain import Domain
    >>> from toynets.network import Network
    >>> net = Network.from_layers([([[1, 0], [0, 1]], [0, -2], "relu"),
    ...                            ([[1, 1024]], [0], "identity")])
    >>> found = importance(net, Domain.boolean(2), of="inputs", scores=["garson", "olden"])
    >>> found.value("olden"), found.effect("zero")
    ({'x1': 1.0, 'x2': 1024.0}, {'x1': 1.0, 'x2': 0.0})
    >>> found.agreement("olden", "zero")
    (-1.0, -1.0)
    """
    entry_task = getattr(network, "task", None)
    box = ""
    if entry_task is not None:
        if domain is None:
            domain = listed(entry_task)
            box = "" if entry_task.domain.finite else entry_task.domain.text
        network = network.network
        # Logits less their mean are not on the scale of a class that is wanted: 0 or 1.
        if wanted is None and network.layers[-1].activation != "softmax":
            wanted = entry_task.target
    if domain is None:
        raise ToynetsError(
            "importance needs the inputs that it is over.",
            cause="how much something matters depends on the inputs that occur.",
            fix=f"pass domain=Domain.boolean({len(network.inputs)}), or an entry of the zoo.",
        )
    if truth not in SIZES:
        raise ToynetsError(unknown("size of an effect", str(truth), "", SIZES))
    setting = Setting(network, domain, of, source, target, wanted)
    chosen = scores_of(of) if scores is None else [score_of(name) for name in scores]
    for one in chosen:
        if of not in one.players:
            raise ToynetsError(
                f"the score {one.name} is not defined for {of}.",
                fix=f"ask for one of: {', '.join(s.name for s in scores_of(of))}.",
            )
    kinds = ABLATIONS[of] if ablations is None else tuple(ablations)
    for kind in kinds:
        if kind not in ABLATIONS[of]:
            raise ToynetsError(unknown("kind of ablation", str(kind), of, ABLATIONS[of]))
    if domain.bounds is not None:
        box = domain.box(domain.bounds).text
    return Importance(setting, chosen, kinds, truth, progress, box=box)


class Importance:
    """Every score of some players of one network, beside the true effects of ablating them.

    Attributes:
        network: its title, or its sizes where it has none.
        hash: of the network.
        domain: in symbols.
        points: how many inputs that is.
        box: what these are some points of, or "" where they are the whole domain.
        rational: whether effects are rational numbers; of a curved unit they are enclosed.
        activations: of the hidden units.
        of: `units`, `inputs` or `weights`.
        source, targets: the restriction.
        players: names.
        truth: whether effects are the `largest` over the domain or the `mean`.
        scores: name -> `Score`.
        values: name -> the value of each player: with its sign where there is one target, else the
            mean of its sizes over the targets.
        effects: kind of ablation -> `Effects`, exact.
        missing: score or kind -> why it has no value here.
    """

    def __init__(
        self,
        setting: Setting,
        scores: Sequence[Score],
        kinds: Sequence[str],
        truth: str,
        progress: Callable[[str, int, int], None] | None = None,
        *,
        box: str = "",
    ) -> None:
        network = setting.network
        self.points = len(setting.rows)
        self.box = box
        self.rational = all(activation(layer.activation).rational for layer in network.layers)
        self.network = network.name or network.text
        self.hash = network.hash
        self.domain = setting.domain.text
        self.activations = frozenset(layer.activation for layer in network.layers[:-1])
        self.of = setting.of
        self.source = setting.source
        self.targets = setting.targets
        self.players = setting.players
        self.truth = truth
        self.scores: Mapping[str, Score] = {s.name: s for s in scores}
        self.missing: dict[str, str] = {}
        self.effects: dict[str, Effects] = {}
        self._true: dict[str, list[float]] = {}
        steps = len(kinds) + len(scores)
        tell = progress or (lambda what, done, of: None)
        for k, kind in enumerate(kinds):
            tell(f"effect of {kind}", k, steps)
            try:
                self.effects[kind] = found = effects(setting, kind)
            except Unavailable as why:
                self.missing[kind] = str(why)
            else:
                self._true[kind] = _together(found.sizes(truth))
        self.values: dict[str, list[float]] = {}
        for k, score in enumerate(scores, start=len(kinds)):
            tell(score.name, k, steps)
            try:
                values = _together(score.compute(setting))
                noise = 0.0 if score.reads == "weights" else setting.noise
                self.values[score.name] = [0.0 if abs(v) <= noise else v for v in values]
            except Unavailable as why:
                self.missing[score.name] = str(why)

    def value(self, score: str) -> dict[str, float]:
        """Return one score by player."""
        return dict(zip(self.players, self._find(self.values, score), strict=True))

    def effect(self, kind: str) -> dict[str, float]:
        """Return the largest or mean |effect| of one kind of ablation by player."""
        return dict(zip(self.players, self._find(self._true, kind), strict=True))

    def ranks(self, name: str) -> dict[str, float]:
        """Return the ranks by size, 1 the largest, under a score or a kind of ablation."""
        values = self._true[name] if name in self._true else self._find(self.values, name)
        return dict(zip(self.players, ranks(values), strict=True))

    def agreement(self, score: str, kind: str) -> tuple[float | None, float | None]:
        """Return Spearman's rho and Kendall's tau-b of a score with the effects of one ablation.

        None where all players tie on one side.
        """
        a, b = self._find(self.values, score), self._find(self._true, kind)
        return spearman(a, b), kendall(a, b)

    def badge(self, score: str) -> str:
        """Return `gauge-invariant`, or the moves that this network allows and that change it."""
        return self.scores[score].badge(self.of, self.activations)

    def _find(self, table: Mapping[str, list[float]], name: str) -> list[float]:
        if name in table:
            return table[name]
        if name in self.missing:
            raise ToynetsError(f"{name} has no value here: {self.missing[name]}.")
        raise ToynetsError(unknown("score or ablation", str(name), "", table))

    @property
    def title(self) -> str:
        """What was asked, in one line."""
        way = f" from {self.source}" if self.source else ""
        if self.targets:
            way += f" to {', '.join(self.targets)}"
        return f"{self.network}  importance of {self.of}{way}, over {self.domain}"

    @property
    def reading(self) -> str:
        """What an effect is here."""
        how = "largest" if self.truth == "largest" else "mean"
        where = f"at the {self.points} points of {self.box}" if self.box else "over the domain"
        said = f"effect: {how} |outcome - clean output| {where}"
        if self.box and self.truth == "largest":
            said += " (elsewhere in it one may be larger)"
        if self.source:
            said += f", as far as it hangs on {self.source} (less what is left with it at its mean)"
        if len(self.targets) > 1:
            said += "; values are means of sizes over the outputs"
        rough = [kind for kind, found in self.effects.items() if not found.exact]
        sure = "exact" if self.rational else "enclosed and rounded"
        if not rough:
            return said + f"; {sure}" * bool(self.effects)
        which = "" if len(rough) == len(self.effects) else f"{sure}, but of {', '.join(rough)} "
        return f"{said}; {which}float64, because the domain is large"

    def table(self) -> Table:
        """Return a row per kind of ablation, then one per score."""
        wide = len(self.players) <= SHOWN
        shown = list(self.players) if wide else ["ranking"]
        kinds = [f"vs {kind}" for kind in self._true]

        def cells(values: Sequence[float]) -> list[str]:
            return [f"{v:.4g}" for v in values] if wide else [ranking(self.players, values)]

        rows = []
        for kind, true in self._true.items():
            rows.append([f"effect of {kind}", *cells(true), *("" for _ in kinds), ""])
        for name, values in self.values.items():
            agree = [_two_digits(self.agreement(name, kind)[0]) for kind in self._true]
            rows.append([name, *cells(values), *agree, self.badge(name)])
        columns = ["score", *shown, *kinds, "badge"]
        right = [*(shown if wide else ()), *kinds]
        return Table(columns, rows, title=self.title, right=right)

    def questions(self) -> Table:
        """Return for each score its formula, the question that it answers, and its source."""
        rows = [[s.name, s.formula, s.question, s.source] for s in self.scores.values()]
        return Table(["score", "formula", "question", "source"], rows)

    def notes(self) -> list[str]:
        """Return what stands below the table."""
        lines = [self.reading, "vs: agreement of the ranks, Spearman's rho; - where all tie"]
        lines.append("badge: moves that leave every ablation as it is, and yet change the score")
        return lines + [f"{name}: not computed, {why}" for name, why in self.missing.items()]

    def __str__(self) -> str:
        return "\n".join([str(self.table()), "", *self.notes()])

    def __repr__(self) -> str:
        return f"<Importance {self.title}: {len(self.values)} scores>"

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain data; exact effects as text."""
        return {
            "network": self.network,
            "hash": self.hash,
            "domain": self.domain,
            "of": self.of,
            "source": self.source,
            "targets": list(self.targets),
            "players": list(self.players),
            "truth": self.truth,
            "effects": {
                kind: {
                    "exact": found.exact,
                    "cases": found.cases,
                    "values": self.effect(kind),
                    "targets": {
                        target: {
                            player: {
                                "largest": plain(e.largest),
                                "mean_size": plain(e.mean_size),
                                "mean": plain(e.mean),
                                "at": e.at,
                            }
                            for player, e in row.items()
                        }
                        for target, row in found.table.items()
                    },
                }
                for kind, found in self.effects.items()
            },
            "scores": [
                {
                    **self.scores[name].to_dict(),
                    "values": self.value(name),
                    "ranks": self.ranks(name),
                    "badge": self.badge(name),
                    "agreement": {
                        kind: dict(zip(("spearman", "kendall"), pair, strict=True))
                        for kind in self._true
                        for pair in [self.agreement(name, kind)]
                    },
                }
                for name in self.values
            ],
            "missing": dict(self.missing),
        }

    def to_json(self) -> str:
        """Return the same as JSON text."""
        import json

        return json.dumps(self.to_dict(), indent=1, ensure_ascii=False)

    def _repr_html_(self) -> str:
        notes = "".join(f"<p>{escape(line)}</p>" for line in self.notes())
        return self.table().html() + notes

    def _repr_markdown_(self) -> str:
        return "\n\n".join([self.table().markdown(), *self.notes()])


def _together(values: Values) -> list[float]:
    """Return the values for one target as they are, for several the mean of their sizes."""
    rows = [[float(v) for v in row] for row in values]
    if len(rows) == 1:
        return rows[0]
    return [sum(abs(v) for v in column) / len(rows) for column in zip(*rows, strict=True)]


def _two_digits(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"
