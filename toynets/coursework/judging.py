"""A claim is judged: a record for people, for files and for learning platforms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from toynets.coursework.exercise import Exercise
from toynets.coursework.kinds import KINDS
from toynets.coursework.kinds.finding import Finding, Limits
from toynets.coursework.misconceptions import misconception
from toynets.coursework.untrusted import known_keys, short_text
from toynets.errors import ToynetsError, Undecided
from toynets.fields import field, record, replace
from toynets.rationals import ZERO, Rational, fraction, text, to_float

MOST_LINES = 8
CHECKS_PER_HINT = 5
META = ("id", "kind", "network")


def decimal(value: Rational) -> str:
    """Write points as learning platforms read them: at most four decimals.

    >>> decimal(Rational(23, 2)), decimal(Rational(1, 3)), decimal(Rational(7))
    ('11.5', '0.3333', '7')
    """
    return f"{to_float(value):.4f}".rstrip("0").rstrip(".")


@record(frozen=True)
class Judged:
    """What became of one claim.

    Attributes:
        name: id and title of the exercise.
        id: of the exercise.
        passed: None where nothing is decided; `rationale` says what it waits for.
        rationale: at most 8 lines: one failure, or what a pass established and what it did not.
        help: the next hint of the ladder, or "".
        expected: what was wanted, where the student may see it; hidden values never.
        actual: what was claimed.
        points, max_points: exact.
        scores: score -> (points, of how many), for explanations.
        misconception: the name of the belief behind the answer, or "".
        level: `exhaustive`, `proved`, `sampled`, or "".
        refused: the claim was malformed, and nothing was judged.
        waits: it is well formed, and whoever has the answer will judge it.
        review: what a person should look at, where points are given without a decision; or "".
    """

    name: str
    id: str
    passed: bool | None
    rationale: tuple[str, ...]
    help: str
    expected: str
    actual: str
    points: Rational
    max_points: Rational
    scores: Mapping[str, tuple[Rational, Rational]] = field(default_factory=dict)
    misconception: str = ""
    level: str = ""
    refused: bool = False
    waits: bool = False
    review: str = ""

    @property
    def accepted(self) -> bool:
        """Whether it counts as done: right, or not decided with its points given."""
        return self.passed is True or (self.passed is None and bool(self.review))

    @property
    def heading(self) -> str:
        """The id, the outcome and the points, in one line."""
        if self.waits:
            return f"{self.id} is kept: {decimal(self.max_points)} points can be had."
        word = {True: "right", False: "not yet", None: "undecided"}[self.passed]
        return f"{self.id} {word}: {decimal(self.points)} of {decimal(self.max_points)} points."

    def lines(self) -> list[str]:
        """Return at most 8 lines for a person."""
        helped = [f"Hint: {self.help}"] if self.help else []
        room = MOST_LINES - 1 - len(helped)
        return [self.heading, *self.rationale[:room], *helped]

    def __str__(self) -> str:
        return "\n".join(self.lines())

    __repr__ = __str__

    def to_dict(self) -> dict[str, Any]:
        """Return the record as plain data."""
        return {
            "name": self.name,
            "id": self.id,
            "passed": self.passed,
            "rationale": list(self.rationale),
            "help": self.help,
            "expected": self.expected,
            "actual": self.actual,
            "points": text(self.points),
            "max_points": text(self.max_points),
            "scores": {n: [text(a), text(b)] for n, (a, b) in self.scores.items()},
            "misconception": self.misconception,
            "level": self.level,
            "refused": self.refused,
            "review": self.review,
        }

    @property
    def score(self) -> float:
        """The points as a float, for learning platforms."""
        return float(fraction(self.points))


def check_claim(exercise: Exercise, claim: Any) -> Mapping[str, Any]:
    """Return the fields of a claim, once they are seen to be those of the exercise's kind.

    Raises:
        ToynetsError: an unknown or missing field, another id or kind, another network.
    """
    kind = KINDS[exercise.kind]
    where = f"the claim {exercise.id}"
    known_keys(claim, (*META, *kind.FIELDS), where, kind.REQUIRED)
    if "id" in claim and claim["id"] != exercise.id:
        raise ToynetsError(f"the claim {claim['id']!r} is not about {exercise.id}.")
    if "kind" in claim and claim["kind"] != exercise.kind:
        raise ToynetsError(
            f"{exercise.id} wants a claim of kind {exercise.kind}, but this is {claim['kind']!r}."
        )
    if "network" in claim:
        check_pin(exercise, short_text(claim["network"], "network"))
    return {k: v for k, v in claim.items() if k not in META}


def check_pin(exercise: Exercise, pinned: str) -> None:
    """Refuse a claim that is pinned to another network than that of the exercise.

    Raises:
        ToynetsError: the hash is another one.
    """
    if exercise.network is not None and pinned and pinned != pin(exercise):
        raise ToynetsError(
            f"{exercise.id}: the claim is about {pinned[:70]}, but the exercise is about "
            f"{pin(exercise)[:70]}.",
            cause="the claims were made with another network, or an older release of it.",
        )


def pin(exercise: Exercise) -> str:
    """Return the name and hash of the network: `xor-sum@sha256:…`; "" for a construction."""
    if exercise.network is None:
        return ""
    found = exercise.network.hash
    return f"{exercise.network.name or 'network'}@sha256:{found}"


def judge(
    exercise: Exercise, claim: Mapping[str, Any], *, failed: int = 0, limits: Limits | None = None
) -> Judged:
    """Judge a claim.

    Args:
        exercise: what was asked.
        claim: its fields; `id` and `kind` may be among them.
        failed: how many failed checks of this claim went before: every five of them bring a hint.
        limits: of time and cells.

    Raises:
        ToynetsError: the claim is malformed. `judged_or_refused` does not raise.
    """
    fields = check_claim(exercise, claim)
    kind = KINDS[exercise.kind]
    if waits(exercise):
        kind.normal(exercise, fields)
        said = ("It is well formed. It waits for the grader, who has the answer.",)
        return replace(_made(exercise, Finding(None, lines=said), said, "", ""), waits=True)
    try:
        finding: Finding = kind.judge(exercise, fields, limits or Limits())
    except Undecided as error:  # whether a step is on, and the like: no fault of the claim
        finding = Finding(None, lines=(error.message,))
    if finding.passed:
        return _made(exercise, finding, _passed(exercise, finding), "", "")
    lines, belief = _failed(exercise, fields, finding)
    return _made(exercise, finding, lines, _hint(exercise, failed + 1), belief)


def waits(exercise: Exercise) -> bool:
    """Whether claims are kept and not judged here: the answer is with the grader."""
    return exercise.sealed or _blind(exercise)


def _blind(exercise: Exercise) -> bool:
    """Whether the answer is stated, not computed, and this copy of the exercise has none."""
    stated = exercise.kind in ("choose", "number")
    stated = stated or (exercise.kind == "rank" and "measure" not in exercise.ask)
    stated = stated or (exercise.kind == "group" and "unit" not in exercise.ask)
    return stated and not exercise.solution


def refusal(exercise: Exercise, error: ToynetsError) -> Judged:
    """Return the record of a claim that is malformed."""
    lines = tuple(str(error).splitlines())
    return Judged(
        f"{exercise.id} {exercise.title}",
        exercise.id,
        False,
        lines,
        "",
        "",
        "",
        ZERO,
        exercise.points,
        refused=True,
    )


def _made(
    exercise: Exercise, finding: Finding, lines: tuple[str, ...], hint: str, belief: str
) -> Judged:
    whole = exercise.points
    points = whole if finding.passed or finding.credit or finding.review else ZERO
    scores = {}
    if finding.parts:
        for name, part in finding.parts.items():
            most = whole * finding.weights[name] / 100
            scores[name] = (part * most, most)
        points = sum((got for got, _ in scores.values()), ZERO)
    return Judged(
        f"{exercise.id} {exercise.title}",
        exercise.id,
        finding.passed,
        lines,
        hint,
        finding.expected,
        finding.actual,
        points,
        whole,
        scores,
        belief,
        finding.level,
        review=finding.review,
    )


def _passed(exercise: Exercise, finding: Finding) -> tuple[str, ...]:
    level = f" ({finding.level})" if finding.level else ""
    lines = [f"{finding.right[:1].upper()}{finding.right[1:]}{level}."] if finding.right else []
    lines += finding.notes
    if exercise.establishes:
        lines.append(f"Established: {exercise.establishes}")
    if exercise.leaves_open:
        lines.append(f"Not established: {exercise.leaves_open}")
    return tuple(lines)


def _failed(
    exercise: Exercise, fields: Mapping[str, Any], finding: Finding
) -> tuple[tuple[str, ...], str]:
    """Return the lines of a failure, and the belief behind it."""
    good = finding.right
    lines = [f"{good[:1].upper()}{good[1:]}." if good else "", *finding.lines]
    if finding.credit:
        lines.append("The points are for having committed to numbers before the run.")
    if finding.parts and any(finding.parts.values()):
        earned = [
            f"{name} {int(part * finding.weights[name])}/{finding.weights[name]}"
            for name, part in finding.parts.items()
        ]
        lines.insert(1, f"Of 100: {', '.join(earned)}.")
    message, belief = _listed(exercise, fields)
    if not message and finding.decoy >= 0:
        decoy = exercise.decoys[finding.decoy]
        belief = decoy.misconception
        message = decoy.message or f"It is true of another network, {decoy.name}."
    if message:
        lines.append(message)
    lines += finding.notes
    if belief:
        said = misconception(belief)
        lines.append(f'Behind it: "{said.says}" {said.answer}')
    return tuple(line for line in lines if line), belief


def _listed(exercise: Exercise, fields: Mapping[str, Any]) -> tuple[str, str]:
    """Return message and misconception of the listed wrong answer that a claim is."""
    kind = KINDS[exercise.kind]
    mine = kind.normal(exercise, fields)
    for wrong in exercise.wrong:
        try:
            if kind.normal(exercise, wrong.claim) == mine:
                return wrong.message, wrong.misconception
        except ToynetsError:
            continue
    return "", ""


def _hint(exercise: Exercise, failed: int) -> str:
    """Return the hint that is due: one more after each five failed checks."""
    due = failed // CHECKS_PER_HINT
    return exercise.hints[min(due, len(exercise.hints)) - 1] if due and exercise.hints else ""


def judged_or_refused(
    exercise: Exercise, claim: Mapping[str, Any], *, failed: int = 0, limits: Limits | None = None
) -> Judged:
    """Judge a claim; a malformed one becomes a record with the message and no points."""
    try:
        return judge(exercise, claim, failed=failed, limits=limits)
    except ToynetsError as error:
        return refusal(exercise, error)
