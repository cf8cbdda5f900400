"""An exercise as data: one TOML file, read strictly.

Every file has `id`, `title`, `kind`, `points`, `minutes`, `difficulty`, `prompt`, `establishes`,
`leaves_open`, `[ask]` and `[solution]`; further `network` (a name of the zoo) or `[net]` (the form
of toynets-network/1), `networks` (names) and `[nets.NAME]`, `hints`, `[[wrong]]` and `[[decoy]]`.
What `[ask]` and a claim hold depends on the kind; the docstring of each file in `kinds` says it.
For every kind with a network `[ask]` may hold `domain`: `"{0,1}^2"`, `"[0,1]^2"`, or a list of
rows; the default is the domain of the network's task.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from toynets.coursework.misconceptions import misconception
from toynets.coursework.untrusted import known_keys, short_text
from toynets.domain import Domain
from toynets.errors import ToynetsError, unknown
from toynets.exact import Machine
from toynets.fields import field, record
from toynets.network import Network
from toynets.rationals import Rational, rational

FOLDER = Path(__file__).with_name("exercises")
ID = re.compile(r"[A-Z][A-Z0-9]{1,7}\.[0-9]{1,2}")
DIFFICULTIES = ("easy", "medium", "hard")
NEEDED = ("id", "title", "kind", "points", "prompt", "ask")
KEYS = (
    *NEEDED,
    "minutes",
    "difficulty",
    "network",
    "net",
    "networks",
    "nets",
    "hints",
    "establishes",
    "leaves_open",
    "solution",
    "wrong",
    "decoy",
)
MOST_BYTES = 256 * 1024


@record(frozen=True)
class Wrong:
    """A wrong answer that people give.

    Attributes:
        claim: as a student would give it.
        message: what is said then.
        misconception: the belief behind it, or "".
    """

    claim: Mapping[str, Any]
    message: str
    misconception: str = ""


@record(frozen=True)
class Decoy:
    """Another network, of which the explanation must be false.

    Attributes:
        name: of the network.
        network: its numbers.
        misconception: what makes people take one for the other, or "".
        message: what is said to somebody who explains the decoy instead, or "".
    """

    name: str
    network: Network
    misconception: str = ""
    message: str = ""


@record(eq=False)
class Exercise:
    """One exercise.

    Attributes:
        id: lesson and number, `L04.2`.
        title, prompt: what the student reads.
        kind: one of the ten kinds of claim.
        points: for a right claim.
        minutes, difficulty: what to expect.
        network: what it is about; None for a construction.
        networks: name -> network, where there are several.
        hints: a ladder; one more is offered after five failed checks.
        establishes, leaves_open: what a pass has shown, and what not.
        ask: what the student is given, by kind.
        solution: the fields of a right claim; empty in what students receive.
        wrong: wrong answers, each with its message.
        decoys: networks of which an explanation must be false.
        named: the name of the network in the zoo, or "".
        sealed: what a student received of a graded exercise: claims wait for the grader.
    """

    id: str
    title: str
    kind: str
    points: Rational
    prompt: str
    ask: Mapping[str, Any]
    minutes: int = 5
    difficulty: str = "easy"
    network: Network | None = None
    networks: Mapping[str, Network] = field(default_factory=dict)
    hints: tuple[str, ...] = ()
    establishes: str = ""
    leaves_open: str = ""
    solution: Mapping[str, Any] = field(default_factory=dict)
    wrong: tuple[Wrong, ...] = ()
    decoys: tuple[Decoy, ...] = ()
    named: str = ""
    sealed: bool = False

    @property
    def lesson(self) -> str:
        """The part of the id before the point."""
        return self.id.partition(".")[0]

    @property
    def net(self) -> Network:
        """The network.

        Raises:
            ToynetsError: the exercise has none.
        """
        if self.network is None:
            raise ToynetsError(f"{self.id}: a {self.kind} exercise names a network.")
        return self.network

    @cached_property
    def domain(self) -> Domain:
        """The inputs that a claim is about."""
        given = self.ask.get("domain", self.ask.get("rows"))
        if given is not None:
            return read_domain(given)
        if self.named:
            from toynets.zoo import load

            return load(self.named).task.domain
        count = len(self.net.inputs)
        return Domain.boolean(count)

    @cached_property
    def machine(self) -> Machine:
        """The exact evaluator; means are over the domain (over a sample of a box)."""
        return Machine(self.net, listed(self.domain))

    def __repr__(self) -> str:
        return f"<Exercise {self.id}: {self.title}>"


def listed(domain: Domain, count: int = 60) -> Domain:
    """Return a domain whose inputs can be tried one by one: itself, or a sample of a box.

    >>> len(listed(Domain.box("[0,1]^2"), 20))
    20
    """
    return Domain.sampled(domain, count=count) if domain.kind == "box" else domain


def read_domain(given: Any) -> Domain:
    """Read a domain: `"{0,1}^2"`, a box such as `"[0,1]^2"`, or a list of rows.

    >>> read_domain("{0,1}^3").text, read_domain([["1/2", 0]]).text
    ('{0, 1}^3', '1 listed inputs')
    """
    if not isinstance(given, str):
        return Domain.listed(given)
    match = re.fullmatch(r"\{\s*0\s*,\s*1\s*\}(?:\s*\^\s*([0-9]{1,2}))?", given.strip())
    if match:
        return Domain.boolean(int(match[1] or 1))
    return Domain.box(given)


def read_exercise(source: str, where: str = "the exercise") -> Exercise:
    """Read the text of one exercise file.

    Args:
        source: TOML.
        where: the name of the file, for messages.

    Raises:
        ToynetsError: no TOML, an unknown key, one that is missing, or a value that does not fit.
    """
    import tomllib

    try:
        data = tomllib.loads(source, parse_float=str)
    except tomllib.TOMLDecodeError as error:
        raise ToynetsError(f"{where} is not TOML: {error}.") from None
    try:
        return made(data)
    except ToynetsError as error:
        raise ToynetsError(f"{where}: {error.message}", cause=error.cause, fix=error.fix) from None


def made(data: Any, *, sealed: bool = False) -> Exercise:
    """Build an exercise from plain data.

    Args:
        data: the tables of a file.
        sealed: it is what a student received.

    Raises:
        ToynetsError: as `read_exercise`.
    """
    from toynets.coursework.kinds import KINDS

    known_keys(data, KEYS, "an exercise", NEEDED)
    name = short_text(data["id"], "id")
    if ID.fullmatch(name) is None:
        raise ToynetsError(f"id {name!r} is not such as L04.2.")
    kind = KINDS.get(short_text(data["kind"], "kind"))
    if kind is None:
        raise ToynetsError(unknown("kind", str(data["kind"]), "the list", KINDS))
    known_keys(data["ask"], (*kind.ASK, "domain"), "[ask]", kind.NEEDED)
    solution = data.get("solution", {})
    known_keys(solution, kind.FIELDS, "[solution]")
    points = rational(data["points"])
    difficulty = data.get("difficulty", "easy")
    minutes = data.get("minutes", 5)
    if not 0 < points <= 1000:
        raise ToynetsError(f"points are above 0 and at most 1000, but got {points}.")
    if difficulty not in DIFFICULTIES:
        raise ToynetsError(unknown("difficulty", str(difficulty), "", DIFFICULTIES))
    if isinstance(minutes, bool) or not isinstance(minutes, int) or not 0 < minutes <= 600:
        raise ToynetsError(f"minutes is a whole number from 1 to 600, but got {minutes!r}.")
    network, named = _network(data)
    return Exercise(
        name,
        short_text(data["title"], "title"),
        data["kind"],
        points,
        short_text(data["prompt"], "prompt", 8000).strip(),
        data["ask"],
        minutes,
        difficulty,
        network,
        _networks(data),
        tuple(short_text(h, "a hint", 1000) for h in data.get("hints", ())),
        short_text(data.get("establishes", ""), "establishes", 1000).strip(),
        short_text(data.get("leaves_open", ""), "leaves_open", 1000).strip(),
        solution,
        tuple(_wrong(w, kind.FIELDS) for w in data.get("wrong", ())),
        tuple(_decoy(d) for d in data.get("decoy", ())),
        named,
        sealed,
    )


def _network(data: Mapping[str, Any]) -> tuple[Network | None, str]:
    if "network" in data and "net" in data:
        raise ToynetsError("an exercise has network or [net], not both.")
    if "net" in data:
        return own_network(data["net"]), ""
    if "network" in data:
        return zoo_network(data["network"]), data["network"]
    return None, ""


def own_network(data: Any) -> Network:
    """Read the table of a network; its format and dtype need not be said."""
    if not isinstance(data, Mapping):
        raise ToynetsError(
            "net is a table: inputs, and layers with units, activation, weight, bias."
        )
    return Network.from_dict({"format": "toynets-network/1", "dtype": "float32", **data})


def _networks(data: Mapping[str, Any]) -> dict[str, Network]:
    found = {n: zoo_network(n) for n in data.get("networks", ())}
    return found | {str(n): own_network(net) for n, net in dict(data.get("nets", {})).items()}


def zoo_network(name: Any) -> Network:
    """Return a network of the zoo."""
    from toynets.zoo import load

    return load(short_text(name, "network")).network


def _wrong(data: Any, fields: tuple[str, ...]) -> Wrong:
    known_keys(data, ("claim", "message", "misconception"), "[[wrong]]", ("claim", "message"))
    known_keys(data["claim"], fields, "the claim of [[wrong]]")
    named = data.get("misconception", "")
    if named:
        misconception(named)
    return Wrong(data["claim"], short_text(data["message"], "message", 1000).strip(), named)


def _decoy(data: Any) -> Decoy:
    known_keys(data, ("network", "net", "misconception", "message"), "[[decoy]]")
    network, name = _network(data)
    if network is None:
        raise ToynetsError("[[decoy]] names a network.")
    if data.get("misconception"):
        misconception(data["misconception"])
    said = short_text(data.get("message", ""), "message", 1000).strip()
    return Decoy(name or network.name, network, data.get("misconception", ""), said)


def read_folder(folder: Path | str = FOLDER, lesson: str = "") -> list[Exercise]:
    """Read the exercises of a folder, in order; of one lesson, if it is named.

    Raises:
        ToynetsError: no such folder, a file that is refused, two files of one id, or a file whose
            name is not its id.
    """
    found: dict[str, Exercise] = {}
    place = Path(folder)
    if not place.is_dir():
        raise ToynetsError(f"there is no folder {place}.")
    for path in sorted(place.glob(f"{lesson}.*.toml" if lesson else "*.toml")):
        exercise = read_file(path)
        if exercise.id != path.stem:
            raise ToynetsError(f"{path.name} holds the exercise {exercise.id}.")
        found[exercise.id] = exercise
    return sorted(found.values(), key=lambda e: (e.lesson, int(e.id.partition(".")[2])))


def read_file(path: Path) -> Exercise:
    """Read one exercise file; its size is looked at first."""
    from toynets.io.limits import read_bytes

    data = read_bytes(str(path), MOST_BYTES)
    try:
        return read_exercise(data.decode("utf-8"), path.name)
    except UnicodeDecodeError:
        raise ToynetsError(f"{path.name} is not text in UTF-8.") from None
