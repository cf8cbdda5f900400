"""`range` and `equal`: what the outputs of a network can be on a box, and whether two agree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from toynets.api.limits import check_limits, tolerance
from toynets.api.means import counted, mean_rows, means_of
from toynets.display import Table
from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.fields import field, record
from toynets.rationals import fraction, text

if TYPE_CHECKING:
    from fractions import Fraction

    from toynets.network import Network

CELLS = 20_000
SECONDS = 60.0
MEANING = (
    "The claim is about the function given by the stored numbers taken as exact and evaluated in "
    "exact arithmetic, at every point of the box; the float32 program approximates it."
)


@record(frozen=True)
class Range:
    """The least and the greatest value of every output on a box.

    Attributes:
        names: the outputs.
        outputs: (low, high) of each, `fractions.Fraction`: exact where `verdict` is `proved`, else
            rigorous outer bounds.
        attained: (low, high): whether it is a value, or only approached where a step unit jumps.
        verdict: `proved` or `unknown`.
        box: in symbols.
        under: the intervention.
        limit: why it is unknown.
        cells: how many cells were looked at.
        seconds: how long it took.
        certificate: plain data that `toynets check-certificate` reads; None where there is none.
    """

    names: tuple[str, ...]
    outputs: tuple[tuple[Fraction, Fraction], ...]
    attained: tuple[tuple[bool, bool], ...]
    verdict: str
    box: str
    under: str = ""
    limit: str = ""
    cells: int = 0
    seconds: float = 0.0
    certificate: dict[str, Any] | None = field(default=None, repr=False)

    def to_dict(self) -> dict[str, Any]:
        """Return outputs, whether the ends are attained, and the verdict; fractions as text."""
        return {
            "outputs": [[str(low), str(high)] for low, high in self.outputs],
            "attained": [list(pair) for pair in self.attained],
            "verdict": self.verdict,
        }

    def table(self) -> Table:
        """Return an output a row."""
        rows = []
        for name, ends, at in zip(self.names, self.outputs, self.attained, strict=True):
            shown = [_end(v) for v in ends]
            said = [
                s if a or self.verdict != "proved" else f"{s} (approached)"
                for s, a in zip(shown, at, strict=True)
            ]
            rows.append([name, *said])
        return Table(["output", "least", "greatest"], rows, right=["least", "greatest"])

    def lines(self) -> list[str]:
        """Return the verdict, its domain and its meaning."""
        under = f" under {self.under}" if self.under else ""
        if self.verdict == "proved":
            said = f"proved on {self.box}{under}, {self.cells} cells"
        else:
            said = f"unknown on {self.box}{under}: {self.limit}. The table holds outer bounds"
        return [f"{said}.", MEANING]

    @property
    def exit_status(self) -> int:
        """0 where the range is exact, 3 where it is unknown."""
        return 0 if self.verdict == "proved" else 3

    def __str__(self) -> str:
        return "\n".join([str(self.table()), *self.lines()])


def _end(value: Fraction) -> str:
    shown = str(value)
    return shown if len(shown) <= 14 else f"{float(value):.9g}"


@record(frozen=True)
class Agreement:
    """Whether two networks agree on a box.

    Attributes:
        claim: in words.
        verdict: `proved`, `refuted` or `unknown`.
        witness: input -> exact value, where it is refuted; else None.
        values: what both give there.
        float32: the same in float32.
        said: what each of them decides there, ties named; "" where values are compared.
        limit: why it is unknown, or why there is no certificate.
        cells, seconds: what it took.
        certificate: as for `Range`.
    """

    claim: str
    verdict: str
    witness: Mapping[str, Fraction] | None = None
    values: tuple[tuple[str, Any], ...] = ()
    float32: tuple[float, ...] = ()
    said: str = ""
    limit: str = ""
    cells: int = 0
    seconds: float = 0.0
    certificate: dict[str, Any] | None = field(default=None, repr=False)

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "claim": self.claim,
            "verdict": self.verdict,
            "witness": None
            if self.witness is None
            else {name: str(v) for name, v in self.witness.items()},
            "values": {name: str(v) for name, v in self.values},
            "float32": list(self.float32),
            "said": self.said,
            "limit": self.limit,
            "cells": self.cells,
        }

    def lines(self) -> list[str]:
        """Return the verdict, the witness and what is meant."""
        found = [f"{self.verdict}: {self.claim}"]
        if self.witness is not None:
            where = ", ".join(f"{n} = {v}" for n, v in self.witness.items())
            what = ", ".join(f"{n} = {_end(v)}" for n, v in self.values)
            again = ", ".join(f"{v:.9g}" for v in self.float32)
            said = f"; {self.said}" if self.said else ""
            found.append(f"  at {where}: {what} (in float32 {again}){said}")
        if self.limit:
            found.append(f"  {self.limit}")
        return [*found, MEANING]

    @property
    def exit_status(self) -> int:
        """0 proved, 1 refuted, 3 unknown."""
        return {"proved": 0, "refuted": 1}.get(self.verdict, 3)

    def __str__(self) -> str:
        return "\n".join(self.lines())


def read(thing: Any) -> tuple[Network, Domain | None]:
    """Return a network and its own domain, where it brings one along."""
    from toynets.api.files import is_file_name, read_network
    from toynets.network import Network
    from toynets.zoo import Entry, load

    if isinstance(thing, str):
        thing = read_network(thing) if is_file_name(thing) else load(thing)
    if isinstance(thing, Entry):
        return thing.network, thing.task.domain
    if not isinstance(thing, Network):
        raise ToynetsError(
            f"expected a network, an entry or a name but got {repr(thing)[:70]}.",
            fix='write for example "abs", a file "net.json", or a toynets.Network.',
        )
    return thing, None


def box_for(network: Network, box: Any, own: Domain | None) -> Domain:
    """Return the box of a claim: as given, else the network's own.

    Raises:
        ToynetsError: none is given and the own domain is no box, or another number of inputs.
    """
    if box is None:
        box = own
    elif not isinstance(box, Domain):
        box = Domain.box(box)
    if box is None or box.bounds is None:
        said = f"the domain of {network.name or 'the network'} is " + (
            "not known" if box is None else f"{box.text}, which is finite"
        )
        raise ToynetsError(
            f"{said}: over which box?", fix=f'give one: --box "{_unit_box(network)}".'
        )
    if box.dimension != len(network.inputs):
        several = len(network.inputs) > 1
        raise ToynetsError(
            f"the box {box.text} has {counted(box.dimension, 'input')} but "
            f"{network.name or 'the network'} has {len(network.inputs)}: "
            f"{', '.join(network.inputs)}.",
            fix=f'write "{_unit_box(network)}"'
            + (', or an interval per input: "[0,1]x[-2,2]".' if several else "."),
        )
    checked: Domain = box
    return checked


def _unit_box(network: Network) -> str:
    """Return the text of the box from 0 to 1: "[0,1]" of one input."""
    count = len(network.inputs)
    return "[0,1]" + (f"^{count}" if count > 1 else "")


def range(  # the word of the question, as list is
    thing: Any,
    box: Any = None,
    *,
    under: str = "",
    mean_over: Any = None,
    cells: int = CELLS,
    seconds: float = SECONDS,
) -> Range:
    """Return the exact least and greatest value of every output on a box.

    Args:
        thing: a network, an entry of the zoo, a name, or a file.
        box: "[-1,1]^2", "[0,1]x[-2,2]", or a `Domain`; default the entry's own.
        under: an intervention. x' in it is any other point of the box, `worst` any value from the
            least to the greatest of the quantity's clean range, both ends included.
        mean_over: the finite set over which a `mean` in it is taken: a `Domain`, rows, or a text
            such as "0,1; 1,1"; default 48 points of the box. The answer names it.
        cells: the most cells that may be looked at.
        seconds: the most processor time.

    Returns:
        `Range`; its verdict is `unknown`, with outer bounds, where a limit was reached or a unit
        is curved (tanh, sigmoid, square).

    Raises:
        ToynetsError: a box is missing or does not fit; a name that is not there.

    >>> found = range("abs", "[-1,2]")
    >>> found.outputs, found.attained, found.verdict
    (((Fraction(0, 1), Fraction(2, 1)),), ((True, True),), 'proved')
    """
    from toynets.citation import VERSION
    from toynets.verification.proofs.prover import Prover

    network, own = read(thing)
    where = box_for(network, box, own)
    check_limits(cells, seconds)
    rows = mean_rows(network, where, under, mean_over)
    prover = Prover(network, where, cells=cells, seconds=seconds, **means_of(rows, network))
    answer = prover.ranges(under)
    if not answer.ends:
        raise ToynetsError(
            f"no range is computed under {under}: {answer.limit}.",
            fix="give a constant instead, or fewer inputs; or raise --cells and --seconds.",
        )
    certificate = None
    if answer.data is not None:
        certificate = prover.certificate(answer.claim, f"toynets {VERSION}")
    return Range(
        network.outputs,
        tuple((fraction(low), fraction(high)) for low, high, _, _ in answer.ends),
        tuple((a, b) for _, _, a, b in answer.ends),
        answer.verdict,
        where.text,
        prover.under(prover.plan(under)).removeprefix(" under "),
        answer.limit,
        answer.cells,
        answer.seconds,
        certificate,
    )


def equal(
    first: Any,
    second: Any,
    box: Any = None,
    *,
    under: str = "",
    within: Any = 0,
    decision: Mapping[str, Any] | None = None,
    mean_over: Any = None,
    cells: int = CELLS,
    seconds: float = SECONDS,
) -> Agreement:
    """Return whether two networks agree at every point of a box.

    Args:
        first, second: as `thing` for `range`; as many inputs and outputs, paired in order.
        box: as for `range`; default the first one's own.
        under: an intervention that both undergo; its names are those of each. What is `worst`
            runs over the range that it has in each: where these differ, both are as far along.
        within: how far outputs may be apart.
        decision: {"sign": True}, {"threshold": "1/2"} or {"argmax": True}: decisions are compared,
            not values.
        mean_over: as for `range`; of each its own mean.
        cells, seconds: limits.

    >>> equal("abs", "abs-trained", within="1/50000").verdict
    'proved'
    >>> equal("abs", "abs-trained").verdict
    'refuted'
    """
    from toynets.citation import VERSION
    from toynets.verification.proofs.certificate import written
    from toynets.verification.proofs.claims import decision as deciding
    from toynets.verification.proofs.claims import within as near
    from toynets.verification.proofs.program import Program, Unprovable
    from toynets.verification.proofs.prover import Prover
    from toynets.verification.proofs.running import SECOND

    one, own = read(first)
    two, _ = read(second)
    if len(one.inputs) != len(two.inputs) or len(one.outputs) != len(two.outputs):
        raise ToynetsError(
            f"{one.name or 'the first'} is {one.text}, {two.name or 'the second'} is {two.text}.",
            cause="networks are compared input by input and output by output.",
        )
    where = box_for(one, box, own)
    epsilon = tolerance(within)
    if decision and epsilon:
        raise ToynetsError(
            "decisions are the same or not: a tolerance is one of values.",
            fix="leave within out, or compare values.",
        )
    check_limits(cells, seconds)
    rows = mean_rows(one, where, under, mean_over)
    means = means_of(rows, one, two)
    prover = Prover(one, where, second=two, cells=cells, seconds=seconds, **means)
    plan, other = prover.plan(under), two.wiring.resolve(under)
    names = (one.name or "the first", two.name or "the second")
    if names[0] == names[1]:
        names = ("the first", "the second")
    what = "decides like" if decision else "equals" if epsilon == 0 else "is near"
    said = f"{names[0]} {what} {names[1]} on {where.text}"
    said += f", within {text(epsilon)}" if epsilon and not decision else ""
    said += f",{prover.under(plan)}" if plan.text else ""
    try:
        place = prover.scene(plan, beside=SECOND)
        program = Program(place.variables)
        ours = prover.measured(program, plan, place)
        theirs = prover.derived(program, other, place, SECOND)
        left, right = [ours[o] for o in one.outputs], [theirs[o] for o in two.outputs]
        pairs = [
            (f"{a} of {names[0]}", f"{b} of {names[1]}")
            for a, b in zip(one.outputs, two.outputs, strict=True)
        ]
        if decision:
            claim = deciding(said, program, dict(decision), left, right, pairs)
        else:
            claim = near(said, program, epsilon, left, right, pairs)
    except Unprovable as why:
        return Agreement(said, "unknown", limit=str(why))
    if program.curved and one == two:
        return Agreement(said, "proved", limit="both have the same numbers: nothing to compute.")
    answer = prover.settle(claim)
    certificate = None
    if answer.data is not None:
        certificate = written(
            one,
            prover.ledger.claims,
            others={"second": two},
            about=said,
            made_by=f"toynets {VERSION}",
        )
    witness = answer.witness
    return Agreement(
        said,
        answer.verdict,
        None if witness is None else {n: fraction(v) for n, v in witness.point.items()},
        ()
        if witness is None
        else tuple((n, fraction(v) if hasattr(v, "p") else v) for n, v in witness.values),
        () if witness is None else witness.float32,
        "" if witness is None else witness.said,
        answer.limit,
        answer.cells,
        answer.seconds,
        certificate,
    )
