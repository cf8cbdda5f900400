"""`toynets.show`: every weight beside its value, its role and the outcome without it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from toynets.api.formatting import beyond, brief, decimals, rounded
from toynets.api.subject import Subject, subject
from toynets.display import Table, escape, width
from toynets.domain import Domain
from toynets.rationals import ZERO, from_float, short, text, workprec

MOST_WIDE = 56  # columns of a terminal for the outcomes of one row


class Showing:
    """Every weight and unit of a network, with what is said of it and what becomes without it.

    Attributes:
        weights: a `Table`, a row per weight and bias.
        units: a `Table`, a row per unit.
        story: a few lines on the network, or "".
        notes: what the reader should be told.
    """

    def __init__(
        self, about: Subject, weights: Table, units: Table, story: str, notes: Sequence[str]
    ) -> None:
        self.subject = about
        self.weights = weights
        self.units = units
        self.story = story
        self.notes = tuple(notes)

    def __str__(self) -> str:
        parts = [str(self.weights), "", str(self.units), *self.notes]
        return "\n".join([*parts, "", self.story] if self.story else parts)

    __repr__ = __str__

    def to_dict(self) -> dict[str, Any]:
        """Return the record as plain data: numbers are exact text."""
        about = self.subject
        return {
            "network": about.name,
            "sizes": about.network.text,
            "title": about.entry.title if about.entry else "",
            "story": self.story,
            "hash": about.network.hash,
            "trained": bool(about.entry and not about.entry.hand_built),
            "domain": about.domain.text,
            "rows": list(about.labels),
            "clean": [_plain(values) for values in about.clean],
            "weights": self.weights.to_dict()["rows"],
            "units": self.units.to_dict()["rows"],
            "notes": list(self.notes),
        }

    def _repr_html_(self) -> str:
        notes = "".join(f"<p>{escape(n)}</p>" for n in self.notes)
        return self.weights.html() + self.units.html() + notes

    def _repr_markdown_(self) -> str:
        return "\n\n".join([self.weights.markdown(), self.units.markdown(), *self.notes])


class _Aligned(Table):
    """A table with a column of outcomes, whose numbers stand below the inputs they belong to."""

    def plain(self) -> str:
        lines = [self.title] if self.title else []
        for row in self.rows:
            pairs = zip(self.columns, row, strict=True)
            cells = [f"{' '.join(c.split())}: {_closed(v)}" for c, v in pairs if v]
            lines.append("; ".join(cells))
        return "\n".join(lines)


def show(thing: Any, *, domain: Domain | None = None) -> Showing:
    """Return every weight of a network: value, stated value, role, and the outcome without it.

    Args:
        thing: an entry of the zoo or its name, a `Network`, or a file of one.
        domain: the inputs; default the task's, or all bits.

    Returns:
        `Showing`; it shows itself, the units below the weights. Outcomes are exact and are
        those of the weight set to 0 on every input; of many inputs, how many change is counted.

    Raises:
        ToynetsError: no such network, or no domain can be guessed.

    >>> from toynets.network import Network
    >>> print(show(Network.from_layers([([[1]], [0], "relu")], name="half")))
    half   1-1 relu   2 numbers
    weight  value  without it, y on 0 1   (clean 0 1)
    x1->y       1                   0 0
    y.bias      0                   0 1   nothing changes: it is already 0
    <BLANKLINE>
    unit  computes
    y     relu
    domain: {0, 1}^1 is assumed, because none was given.
    """
    about = subject(thing, domain)
    entry = about.entry
    with workprec():
        outcomes = _Outcomes(about)
        weights = _weights(about, outcomes)
        units = _units(about, outcomes)
    notes = [about.domain_note] if about.domain_note else []
    notes += [
        f"{group} is one number in {len(members)} places ({', '.join(members)}): without one of "
        "them all are gone."
        for group, members in about.network.ties.items()
        if len(members) > 1
    ]
    if outcomes.tolerance > 0:
        places = decimals(outcomes.tolerance)
        notes.append(
            f"outcomes are rounded to {places} decimals; the explanation claims them to within "
            f"{short(outcomes.tolerance)}, and a smaller change counts as none."
        )
    return Showing(about, weights, units, entry.story if entry else "", notes)


def title(about: Subject) -> str:
    """Return name, sizes, formula and origin in one line.

    >>> title(subject("xor-sum"))
    'xor-sum   2-2-1 relu   y = relu(x1 + x2) - 2 relu(x1 + x2 - 1)   hand-built, 9 numbers'
    """
    entry = about.entry
    parts = [about.name, about.network.text]
    count = f"{len(about.network.numbers)} numbers"
    if entry is not None:
        made = "hand-built" if entry.hand_built else "trained"
        parts += [entry.title, f"{made}, {count}"]
    else:
        parts.append(count)
    return "   ".join(parts)


def _closed(cell: str) -> str:
    """Take the spaces out that align numbers, and set the remark behind them off by a comma."""
    return " ".join(re.sub(r"(?<=\S) {3}(?=[a-z])", ", ", cell.strip()).split())


def role_and_reason(role: str, why: str) -> str:
    """Join what is said of a weight; a reason that says the role already stands alone.

    >>> role_and_reason("excites", "excites the counter h1"), role_and_reason("excites", "one each")
    ('excites the counter h1', 'excites: one each')
    """
    said = set(why.lower().replace(":", " ").split())
    if not why or not role or set(role.lower().split()) <= said:
        return why or role
    return f"{role}: {why}"


class _Outcomes:
    """The outcomes of ablations on every row, in one cell each."""

    def __init__(self, about: Subject) -> None:
        self.about = about
        explained = about.explanation
        self.tolerance = explained.epsilon("ablations") if explained is not None else ZERO
        self.labels = [label.replace(" ", "") for label in about.labels]
        self.found: dict[str, list[Any]] = {}
        texts = [f"{a} = 0" for a in about.network.numbers]
        texts += [f"{u} = 0" for u in about.network.hidden]
        for intervention in texts:
            plan = about.network.wiring.resolve(intervention)
            self.found[intervention] = [about.machine.outcome(x, plan) for x in about.rows]
        cells = [self._texts(values) for values in (about.clean, *self.found.values())]
        self.widths = [
            max(width(label), *(width(row[k]) for row in cells))
            for k, label in enumerate(self.labels)
        ]
        self.listed = sum(self.widths) + len(self.widths) <= MOST_WIDE

    def _texts(self, values: Sequence[Any]) -> list[str]:
        return [self._text(v) for v in values]

    def _text(self, outputs: Sequence[Any]) -> str:
        texts = [rounded(v, self.tolerance) for v in outputs]
        return texts[0] if len(texts) == 1 else f"({','.join(texts)})"

    @property
    def heading(self) -> str:
        outputs = ", ".join(self.about.network.outputs)
        if not self.listed:
            of = "inputs" if self.about.domain.finite else "points tried"
            return f"without it, {outputs} changes on … of {len(self.labels)} {of}"
        labels = " ".join(
            " " * (w - width(c)) + c for c, w in zip(self.labels, self.widths, strict=True)
        )
        clean = " ".join(self._texts(self.about.clean))
        return f"{self._lead}{labels}   (clean {clean})"

    @property
    def _lead(self) -> str:
        return f"without it, {', '.join(self.about.network.outputs)} on "

    def cell(self, intervention: str) -> str:
        values = self.found[intervention]
        if self.listed:
            cells = zip(self._texts(values), self.widths, strict=True)
            return " " * len(self._lead) + " ".join(" " * (w - width(c)) + c for c, w in cells)
        changed = [k for k, v in enumerate(values) if not self._same(v, self.about.clean[k])]
        if not changed:
            return "none"
        from toynets.verification.compare import size

        def gap(k: int) -> float:
            pairs = zip(values[k], self.about.clean[k], strict=True)
            return max(abs(size(a - b)) for a, b in pairs)

        most = max(changed, key=gap)
        before, after = self._text(self.about.clean[most]), self._text(values[most])
        return f"{len(changed)}, most on {self.labels[most]}: {before} becomes {after}"

    def unchanged(self, intervention: str) -> bool:
        pairs = zip(self.found[intervention], self.about.clean, strict=True)
        return all(self._same(a, b) for a, b in pairs)

    def _same(self, a: Sequence[Any], b: Sequence[Any]) -> bool:
        return not any(beyond(v, w, self.tolerance) for v, w in zip(a, b, strict=True))


def _plain(values: Sequence[Any]) -> list[Any]:
    from toynets.exact.boundary import public
    from toynets.records import plain

    return [plain(public(v)) for v in values]


def _weights(about: Subject, outcomes: _Outcomes) -> Table:
    stated = about.explanation.weights if about.explanation else {}
    numbers = about.explanation.numbers if about.explanation else {}
    rows, records = [], []
    differs = False
    for weight in about.network.weights():
        said = stated.get(weight.group or weight.name) or stated.get(weight.name)
        value = from_float(weight.value)
        words = role_and_reason(said.role, said.why) if said is not None else ""
        shown = "" if said is None or said.value is None else str(said.value)
        differs = differs or (bool(shown) and shown != brief(value))
        cut = f"{weight.name} = 0"
        nothing = outcomes.unchanged(cut)
        here = " on these inputs" if about.domain.finite else " at these points"
        note = ""
        if nothing:
            note = "nothing changes" + (": it is already 0" if value == 0 else here)
            if value != 0 and outcomes.tolerance > 0:
                note = "changes less than the tolerance"
        cell = outcomes.cell(cut) + (f"   {note}" if note else "")
        rows.append([weight.name, brief(value), shown, words, cell])
        number = numbers.get(weight.name)
        records.append(
            {
                "weight": weight.name,
                "value": text(value),
                "stated": shown,
                "stated_value": "" if number is None else brief(number, 17),
                "role": said.role if said is not None else "",
                "why": said.why if said is not None else "",
                "without": [_plain(v) for v in outcomes.found[cut]],
                "changes": not nothing,
            }
        )
    columns = ["weight", "value", "stated", "role", outcomes.heading]
    drop = [i for i, c in enumerate(columns) if c == "stated" and not differs]
    drop += [i for i, c in enumerate(columns) if c == "role" and not any(r[i] for r in rows)]
    keep = [i for i in range(len(columns)) if i not in drop]
    return _Aligned(
        [columns[i] for i in keep],
        [[row[i] for i in keep] for row in rows],
        right=["value", "stated"],
        title=title(about),
        records=records,
    )


def _units(about: Subject, outcomes: _Outcomes) -> Table:
    stated = about.explanation.units if about.explanation else {}
    rows, records = [], []
    for unit in about.network.units:
        said = stated.get(unit)
        activation = about.network.activation_of(unit)
        expression = str(said.expression) if said and said.expression is not None else ""
        concept = str(said.concept) if said and said.concept is not None else ""
        role = said.role if said else ""
        zero = f"{unit} = 0"
        cell = outcomes.cell(zero) if zero in outcomes.found else ""
        rows.append([unit, expression or activation, concept, role, cell])
        found = outcomes.found.get(zero)
        records.append(
            {
                "unit": unit,
                "activation": activation,
                "expression": expression,
                "concept": concept,
                "role": role,
                "why": said.why if said else "",
                "without": None if found is None else [_plain(v) for v in found],
            }
        )
    columns = ["unit", "computes", "stands for", "role", outcomes.heading]
    keep = [i for i in range(len(columns)) if i == 0 or any(row[i] for row in rows)]
    return _Aligned(
        [columns[i] for i in keep], [[row[i] for i in keep] for row in rows], records=records
    )
