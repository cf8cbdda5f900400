"""What a file of the zoo holds: a network, what is said of it, and what is wrongly said of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from toynets.display import Table
from toynets.errors import ToynetsError
from toynets.fields import field, record
from toynets.rationals import rational, text

if TYPE_CHECKING:
    from toynets.explanation import Explanation
    from toynets.network import Network
    from toynets.rationals import Rational
    from toynets.tasks import Task

TOLERANCES = ("clean", "units", "weights", "ablations")


@record(frozen=True)
class Wrong:
    """An explanation that must be refuted: a misreading that people really make.

    Attributes:
        name: short, with hyphens.
        says: the misreading in one sentence.
        stated: the whole explanation as plain data (see `change`).
        check: the check that must refute it: `weights`, `clean`, `units`, `concepts`, `roles`,
            `outcomes`, `parameters`, `subsets` or `interchange`.
        right_on_clean: whether every clean output is predicted right, so that only looking inside,
            or removing something, can tell.
    """

    name: str
    says: str
    stated: Mapping[str, Any] = field(repr=False)
    check: str
    right_on_clean: bool = True

    @cached_property
    def explanation(self) -> Explanation:
        """The wrong explanation itself; read when it is asked for."""
        from toynets.explanation import Explanation

        return Explanation.from_dict(self.stated)


@record(frozen=True)
class Fact:
    """A statement about the network that the tests assert in exact arithmetic.

    Attributes:
        text: the statement.
        intervention: under which it holds; "" for the clean network.
        outputs: what comes out: one word per input in the order of the domain ("0 1 1 2"; "0,1 1,0"
            for two outputs), or input -> outputs ({"1/2, 1/2": "1"}) for chosen inputs, also from
            outside the domain.
        right: how many inputs of the domain are then decided as the task wants, or None.
        within: how far an output may be from the stated number; 0 where exact.
    """

    text: str
    intervention: str = ""
    outputs: str | Mapping[str, str] = ""
    right: int | None = None
    within: str = "0"

    def cases(
        self, rows: Sequence[tuple[Rational, ...]] = ()
    ) -> list[tuple[tuple[Rational, ...], tuple[Rational, ...]]]:
        """Return (input, stated outputs) pairs, exact.

        Args:
            rows: the inputs of the domain, for outputs that are given in its order.

        >>> Fact("at a half", "", {"1/2, 1/2": "1"}).cases()
        [((1/2, 1/2), (1,))]
        """
        if isinstance(self.outputs, Mapping):
            return [(_numbers(x), _numbers(y)) for x, y in self.outputs.items()]
        values = [_numbers(word) for word in self.outputs.split()]
        if values and len(values) != len(rows):
            raise ToynetsError(
                f'the fact "{self.text}" gives {len(values)} outputs for {len(rows)} inputs.'
            )
        return list(zip(rows, values, strict=False))


def _numbers(words: str) -> tuple[Rational, ...]:
    return tuple(rational(word) for word in words.split(","))


@record(frozen=True)
class Entry:
    """One network of the zoo with its task, explanation, wrong explanations, facts and sources.

    Attributes:
        name: as it is loaded.
        title: the formula in one line.
        story: about three lines: what it does, and what it teaches.
        task: what the network is asked to do, and on which inputs.
        network: its numbers.
        stated: the explanation as plain data, in the form of the JSON file.
        wrong: explanations that must be refuted.
        trained: None for a network built by hand, else the recipe: task, seed, activation, …
        facts: statements that the tests assert.
        misses: the inputs on which the network does not do its task, as the domain labels them: a
            training that failed is explained as well.
        unexplained: what nobody has explained, by name.
        sources: who built or described it, and where.

    >>> from toynets.zoo import load
    >>> entry = load("xor-sum")
    >>> entry.network.text, entry.claim, entry.hand_built
    ('2-2-1 relu', 'value exact', True)
    """

    name: str
    title: str
    story: str
    task: Task
    network: Network
    stated: Mapping[str, Any] = field(repr=False)
    wrong: tuple[Wrong, ...] = ()
    trained: Mapping[str, Any] | None = None
    facts: tuple[Fact, ...] = ()
    misses: tuple[str, ...] = ()
    unexplained: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @cached_property
    def explanation(self) -> Explanation:
        """The explanation, read from its plain data and never from the network."""
        from toynets.explanation import Explanation

        return Explanation.from_dict(self.stated)

    @property
    def hand_built(self) -> bool:
        """Whether the numbers were chosen, not trained."""
        return self.trained is None

    @property
    def claim(self) -> str:
        """What the explanation promises: `value exact`, `value <= 1/100` or `decision`."""
        explanation = self.explanation
        if explanation.metric_of("default") == "decision":
            return "decision"
        worst = max(explanation.epsilon(row) for row in ("clean", "ablations"))
        return f"value <= {text(worst)}" if worst > 0 else "value exact"

    def table(self) -> Table:
        """Return every weight: its value, the stated value, its role, and why it is there."""
        stated = self.explanation.weights
        rows = []
        for weight in self.network.weights():
            said = stated[weight.group or weight.name]
            rows.append([weight.name, f"{weight.value:.6g}", str(said.value), said.role, said.why])
        return Table(
            ["weight", "value", "stated", "role", "why"],
            rows,
            right=["value", "stated"],
            title=f"{self.name}  {self.network.text}  {self.title}",
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the entry as plain data."""
        return {
            "name": self.name,
            "title": self.title,
            "story": self.story,
            "task": self.task.name,
            "domain": self.task.domain.to_dict(),
            "network": self.network.to_dict(),
            "hash": self.network.hash,
            "explanation": self.explanation.to_dict(),
            "claim": self.claim,
            "trained": None if self.trained is None else dict(self.trained),
            "wrong": [
                {
                    "name": w.name,
                    "says": w.says,
                    "check": w.check,
                    "right_on_clean": w.right_on_clean,
                }
                for w in self.wrong
            ],
            "facts": [{"text": f.text, "intervention": f.intervention} for f in self.facts],
            "misses": list(self.misses),
            "unexplained": list(self.unexplained),
            "sources": list(self.sources),
        }

    def __repr__(self) -> str:
        made = "hand-built" if self.hand_built else "trained"
        return f"<Entry {self.name}: {self.title}, {self.network.text}, {made}>"

    def __str__(self) -> str:
        return str(self.table())

    def _repr_html_(self) -> str:
        return self.table().html()

    def _repr_markdown_(self) -> str:
        return self.table().markdown()


def state(
    about: str,
    *,
    weights: Mapping[str, tuple[str, str, str]],
    units: Mapping[str, tuple[str, str, str, str, str]],
    outcomes: Sequence[tuple[str, str | Sequence[str] | Mapping[str, str], str]],
    inputs: Sequence[str] = (),
    ties: Mapping[str, Sequence[str]] | None = None,
    parameters: Mapping[str, str] | None = None,
    decision: Mapping[str, Any] | None = None,
    metric: Mapping[str, str] | None = None,
    tolerance: Mapping[str, str] | None = None,
    slack: Mapping[str, str] | None = None,
    unexplained: Sequence[str] = (),
) -> dict[str, Any]:
    """Write an explanation as plain data, in the JSON form.

    Args:
        about: the name of the network.
        weights: address, or tied group -> (value, role, why).
        units: name -> (activation, expression, concept, role, why), the outputs last.
        outcomes: (intervention, the output, why); with several outputs one text for each, in order,
            or by name.
        inputs: names in order, where they do not first occur in that order in the weights.
        ties: group -> addresses that share one stated number.
        parameters: name -> literal value.
        decision: such as {"threshold": "1/2"} or {"argmax": True}; none where values are answers.
        metric: kind of intervention -> `value` or `decision`, where not `value`.
        tolerance: row -> absolute bound, where not 0.
        slack: number that is free -> the reason.
        unexplained: names of what is not explained.

    >>> said = state(
    ...     "minus",
    ...     weights={"x1->y": ("-1", "inhibits", "")},
    ...     units={"y": ("identity", "-x1", "x1", "", "")},
    ...     outcomes=[("", "-x1", "")],
    ... )
    >>> said["weights"], said["outcomes"][0]["outputs"]
    ({'x1->y': {'value': '-1', 'role': 'inhibits', 'why': ''}}, {'y': '-x1'})

    Raises:
        ToynetsError: an outcome has not one text for each output.
    """
    edges = [a for group in weights for a in (ties or {}).get(group, (group,)) if "->" in a]
    senders = dict.fromkeys(a.partition("->")[0] for a in edges)
    outputs = [unit for unit in units if unit not in senders]
    data: dict[str, Any] = {
        "format": "toynets-explanation/1",
        "about": about,
        "inputs": list(inputs) or [name for name in senders if name not in units],
        "parameters": dict(parameters or {}),
        "decision": dict(decision or {}),
        "metric": {"default": "value", **(metric or {})},
        "tolerance": {row: (tolerance or {}).get(row, "0") for row in TOLERANCES},
        "weights": {
            a: dict(zip(("value", "role", "why"), said, strict=True)) for a, said in weights.items()
        },
        "units": {
            u: dict(zip(("activation", "expression", "concept", "role", "why"), said, strict=True))
            for u, said in units.items()
        },
        "outcomes": [
            {"intervention": i, "outputs": _by_output(i, said, outputs), "why": why}
            for i, said, why in outcomes
        ],
        "slack": dict(slack or {}),
        "sources": [],
    }
    if ties:
        data["ties"] = {group: list(members) for group, members in ties.items()}
    if unexplained:
        data["unexplained"] = list(unexplained)
    return data


def _by_output(
    intervention: str, said: str | Sequence[str] | Mapping[str, str], outputs: Sequence[str]
) -> dict[str, str]:
    if isinstance(said, Mapping):  # a name that is no output is refused where it is read
        return dict(said)
    texts = [said] if isinstance(said, str) else list(said)
    if len(texts) != len(outputs):
        raise ToynetsError(
            f'the outcome of "{intervention}" has {len(texts)} texts for {len(outputs)} outputs: '
            f"{', '.join(outputs)}.",
            fix="give one text for each output, in their order.",
        )
    return dict(zip(outputs, texts, strict=True))


def change(stated: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return a copy of an explanation in which some things are said otherwise.

    Args:
        stated: an explanation as plain data; it is left as it is.
        changes: path -> new value. A path is `parameters/a`, `tolerance/weights`,
            `weights/x1->h1/value`, `units/h1/concept`, or `outcomes/h2 = 0/y`; an outcome that is
            not there yet is added.

    Raises:
        ToynetsError: a path that leads nowhere: a wrong explanation must differ where it says so.

    >>> said = {"weights": {"x1->y": {"value": "1"}}, "outcomes": []}
    >>> wrong = change(said, {"weights/x1->y/value": "2", "outcomes/x1 = 0/y": "0"})
    >>> wrong["weights"], wrong["outcomes"]
    ({'x1->y': {'value': '2'}}, [{'intervention': 'x1 = 0', 'outputs': {'y': '0'}}])
    """
    data: dict[str, Any] = _copied(dict(stated))
    for path, value in changes.items():
        section, _, rest = path.partition("/")
        item, _, key = rest.rpartition("/")  # an intervention may hold a / of its own: h1 = 1/2
        if section == "outcomes":
            _outcome(data["outcomes"], item)["outputs"][key] = value
            continue
        there = data.get(section, {})
        if item:
            there = there.get(item, {})
        if key not in there:
            raise ToynetsError(
                f"the path {path!r} leads nowhere in the explanation of {data.get('about')}.",
                fix="a path is such as weights/x1->h1/value, units/h1/concept or parameters/a.",
            )
        there[key] = value
    return data


def _copied(data: Any) -> Any:
    """Return a copy of plain data; `deepcopy` does it too, in five times the time."""
    if isinstance(data, dict):
        return {key: _copied(value) for key, value in data.items()}
    return [_copied(value) for value in data] if isinstance(data, list) else data


def _outcome(outcomes: list[dict[str, Any]], intervention: str) -> dict[str, Any]:
    for outcome in outcomes:
        if outcome["intervention"] == intervention:
            return outcome
    outcomes.append({"intervention": intervention, "outputs": {}})
    return outcomes[-1]
