"""`prove`: what an explanation says of values, at every point of a box, with a certificate.

Its concepts and roles are not among these claims: `verify` holds those against the network.

A printed network can mean three functions, and they need not agree, not even in sign:

1. its printed decimals as a person reads them: 0.1 is 1/10;
2. the stored float32 numbers taken as exact: the one for 0.1 is 13421773/134217728, a little more;
3. what a float32 program computes with them, which rounds after every product and every sum.

Four weights are enough. On the input (1, 1, 1, 1) the decimals below add up to 0, a tie; the stored
numbers to a little less than 0; and a float32 program, from left to right, to a little more:

>>> from fractions import Fraction
>>> from toynets import Network, exact
>>> from toynets.api.proving import float32_run
>>> printed = ["-0.02", "-0.09", "0.1", "0.01"]
>>> small = Network.from_layers([([printed], [0], "identity")], round=True)
>>> sum(Fraction(w) for w in printed)
Fraction(0, 1)
>>> float(exact.run(small, [1, 1, 1, 1])), float32_run(small, [1, 1, 1, 1])
(-1.862645149230957e-09, [1.862645149230957e-09])

What is proved here is the second: it alone is a definite function over the real numbers. A witness
that refutes a claim is replayed in float32, so that the third can be seen beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from toynets.api import left_out
from toynets.api.bounds import example, read_bound
from toynets.api.limits import check_limits
from toynets.api.means import finite_rows, mean_rows, means_of, named
from toynets.api.ranging import CELLS, MEANING, box_for
from toynets.display import Table
from toynets.domain import Domain
from toynets.errors import ToynetsError
from toynets.fields import field, record

if TYPE_CHECKING:
    from toynets.explanation import Explanation
    from toynets.verification.proofs.claims import Answer

SECONDS = 20.0  # of one claim
ASKED = ("never active", "monotone", "bound")  # kinds of claims that are asked one by one
CLAIMS = {
    "range": "the range of a hidden unit, over which `worst` runs",
    "clean": "the outputs without intervention",
    "outcomes": "the outcomes that are stated",
    "units": "what each unit computes",
    "parameters": "each weight and bias cut and flipped",
    "subsets": "hidden units removed, one and several, in each way",
    "interchange": "each unit taken from any other input",
    "worst": "each hidden unit at any value of its range, and all at once",
}


@record(frozen=True)
class Proofs:
    """What is proved of an explanation on a box.

    Attributes:
        network: its name.
        hash: of its numbers.
        box: in symbols.
        answers: one per claim.
        verdict: `proved`, `refuted` or `unknown`, the weakest of all.
        certificate: plain data, for `toynets check-certificate`; claims without one are left out.
        notes: what a reader should know.
        seconds: how long it took.
        left_out: `concepts` and `roles` -> how many the explanation states, which are not among
            the claims; empty where single claims were asked for.
    """

    network: str
    hash: str
    box: str
    answers: tuple[Answer, ...]
    verdict: str
    certificate: dict[str, Any] = field(repr=False)
    notes: tuple[str, ...] = ()
    seconds: float = 0.0
    left_out: Mapping[str, int] = field(default_factory=dict)

    @property
    def exit_status(self) -> int:
        """0 all is proved, 1 something is refuted, 3 something is unknown."""
        return {"proved": 0, "refuted": 1}.get(self.verdict, 3)

    def table(self) -> Table:
        """Return a row per kind of claim."""
        rows = []
        for kind in dict.fromkeys(a.kind for a in self.answers):
            those = [a for a in self.answers if a.kind == kind]
            count = {v: sum(a.verdict == v for a in those) for v in ("refuted", "unknown")}
            verdict = next((v for v in ("refuted", "unknown") if count[v]), "proved")
            rows.append(
                [
                    kind,
                    verdict,
                    str(len(those)),
                    str(sum(a.verdict == "proved" for a in those)),
                    str(sum(a.cells for a in those)),
                    str(sum(a.leaves for a in those)),
                    f"{sum(a.seconds for a in those):.2f}",
                ]
            )
        columns = ["claims", "verdict", "of them", "proved", "cells", "leaves", "seconds"]
        return Table(columns, rows, right=columns[2:])

    def lines(self) -> list[str]:
        """Return what is asked, what is not proved with its witness or limit, and the meaning."""
        found = [
            f"proved: {a.claim}, at every point of {self.box}"
            for a in self.answers
            if a.kind in ASKED and a.verdict == "proved"
        ]
        for answer in self.answers:
            if answer.verdict == "refuted":
                found.append(f"refuted: {answer.claim}")
                found.append(f"  {answer.witness}")
        for answer in self.answers:
            if answer.verdict == "unknown":
                found.append(f"unknown: {answer.claim}: {answer.limit}")
        for method, what in (("balls", "rigorous balls"), ("floats", "rigorous floating point")):
            count = sum(a.method == method and a.verdict == "proved" for a in self.answers)
            if count:
                are = "is by {}, with no" if count == 1 else "are by {} and have no"
                found.append(f"{count} of the proofs {are.format(what)} certificate.")
        found += self.notes
        found += left_out.lines(self.left_out)
        proved = sum(a.verdict == "proved" for a in self.answers)
        found.append(
            f"{self.verdict}: {proved} of {len(self.answers)} claims proved on {self.box}, "
            f"sha256 {self.hash[:12]}, {self.seconds:.2f} s"
        )
        return [*found, MEANING]

    def to_dict(self) -> dict[str, Any]:
        """Return the result as plain data, without the certificate."""
        return {
            "network": self.network,
            "hash": self.hash,
            "box": self.box,
            "verdict": self.verdict,
            "claims": [
                {
                    "claim": a.claim,
                    "kind": a.kind,
                    "verdict": a.verdict,
                    "method": a.method,
                    "certificate": a.data is not None,
                    "limit": a.limit,
                    "cells": a.cells,
                    "leaves": a.leaves,
                    "seconds": a.seconds,
                    "witness": None if a.witness is None else _witness(a.witness),
                }
                for a in self.answers
            ],
            "left_out": dict(self.left_out),
            "notes": list(self.notes),
            "seconds": self.seconds,
            "meaning": MEANING,
        }

    def __str__(self) -> str:
        return "\n".join([str(self.table()), *self.lines()])


def _witness(witness: Any) -> dict[str, Any]:
    from toynets.verification.proofs.claims import shown

    return {
        "point": {name: str(v) for name, v in witness.point.items()},
        "values": {name: shown(v) for name, v in witness.values},
        "float32": list(witness.float32),
        "dyadic": witness.dyadic,
        "said": witness.said,
    }


def prove(
    thing: Any,
    explanation: Explanation | None = None,
    box: Any = None,
    *,
    never_active: Sequence[str] = (),
    rising: Sequence[str] = (),
    falling: Sequence[str] = (),
    bounds: Sequence[str] = (),
    under: str = "",
    mean_over: Any = None,
    floats: bool = False,
    cells: int = CELLS,
    seconds: float = SECONDS,
    progress: Callable[[str, int, int], None] | None = None,
) -> Proofs:
    """Prove what an explanation says of a network's values, at every point of a box.

    That is weights, units, outcomes and ablations. What it says of concepts and roles is left out
    and counted, in `left_out`: `verify` holds those against the network.

    Args:
        thing: a network, an entry of the zoo (which brings explanation and box along), a name, or
            a file.
        explanation: what is said of it.
        box: "[-1,1]^2", or a `Domain`; default the entry's own. On another box the stated weights
            are held against the network, not the stated outcomes.
        never_active: hidden units that are claimed to be never above 0. With this, `rising`,
            `falling` or `bounds` only these claims are settled, and no explanation is needed.
        rising, falling: inputs in which every output is claimed to be monotone.
        bounds: such as "y <= 1 + x1/2", or "y1 > y2" for what is decided: an output, one of <= >=
            < >, and an expression of inputs and outputs.
        under: an intervention for these claims, such as "h1 = 0", "h1 = worst" or "h1 = h1(x')".
        mean_over: the finite set over which every `mean` is taken: a `Domain`, rows, or a text
            such as "0,1; 1,1"; default 48 points of the box. The claims name it.
        floats: prove in floating point, with a bound on its rounding: a hundred times as fast with
            a dozen units and more, but what is proved so leaves no certificate, and a claim that
            holds with nothing to spare is `unknown`.
        cells, seconds: the limits of one claim.
        progress: called with (what, done, of how many).

    Returns:
        `Proofs`.

    Raises:
        ToynetsError: an explanation or a box is missing or does not fit, or a name is not there.

    >>> found = prove("abs")
    >>> found.verdict, len(found.answers), len(found.certificate["claims"])
    ('proved', 57, 65)
    >>> found.left_out
    {'concepts': 3, 'roles': 9}
    >>> prove("abs", rising=["x1"]).verdict
    'refuted'
    >>> [a.verdict for a in prove("abs", bounds=["y <= 9/8", "y >= x1 + 1/8"], floats=True).answers]
    ['proved', 'refuted']
    """
    import time

    from toynets.citation import VERSION
    from toynets.verification import match_names
    from toynets.verification.proofs.prover import Prover

    began = time.perf_counter()
    network, said, own = _subject(thing)
    explanation = explanation or said
    where = box_for(network, box, own)
    check_limits(cells, seconds)
    chosen = [*never_active, *rising, *falling, *bounds]
    if under and not chosen:
        raise ToynetsError(
            "an explanation is proved under every intervention that it speaks of.",
            fix="say what is claimed under this one: --bound, --rising, --falling, --never-active.",
        )
    notes: list[str] = []
    beside: dict[str, int] = {}
    if chosen:
        _check_names(network, never_active, [*rising, *falling])
        asked = [read_bound(network, said) for said in bounds]
        rows = mean_rows(network, where, under, mean_over)
        limits: Any = {"cells": cells, "seconds": seconds, **means_of(rows, network)}
        prover = Prover(network, where, floats=floats, **limits)
        for unit in never_active:
            prover.never_active(unit, under)
        several = network.outputs if len(network.outputs) > 1 else ("",)
        for names, up in ((rising, True), (falling, False)):
            for name in names:
                for output in several:
                    prover.monotone(name, up, under, output)
        for output, sign, line in asked:
            prover.bounded(output, sign, line, under)
    else:
        if explanation is None:
            raise ToynetsError(
                f"{network.name or 'the network'} brings no explanation along.",
                fix=f'add one, --explanation FILE, or ask one thing: --bound "{example(network)}", '
                f"--rising {network.inputs[0]}, --falling {network.inputs[0]}, --never-active "
                "UNIT; `toynets range` and `toynets equal` need none.",
            )
        match_names(network, explanation)
        beside = left_out.left_out(explanation)
        sample = finite_rows(network, where, mean_over)
        prover = _explained(network, explanation, where, sample, (cells, seconds), notes)
        prover.floats = floats
        _settle(prover, own is None or where == own, progress, notes)
    answers = tuple(prover.ledger.answers)
    order = ("refuted", "unknown", "proved")
    return Proofs(
        network.name or network.text,
        network.hash,
        where.text,
        answers,
        min((a.verdict for a in answers), key=order.index, default="unknown"),
        prover.certificate(f"{network.name or network.text} on {where.text}", f"toynets {VERSION}"),
        tuple(notes),
        time.perf_counter() - began,
        beside,
    )


def _subject(thing: Any) -> tuple[Any, Explanation | None, Domain | None]:
    from toynets.api.files import is_file_name
    from toynets.api.ranging import read
    from toynets.zoo import Entry, load

    if isinstance(thing, str) and not is_file_name(thing):
        thing = load(thing)
    if isinstance(thing, Entry):
        return thing.network, thing.explanation, thing.task.domain
    network, own = read(thing)
    return network, None, own


def _explained(
    network: Any,
    explanation: Explanation,
    where: Domain,
    sample: Domain,
    limits: tuple[int, float],
    notes: list[str],
) -> Any:
    from toynets.exact import Machine
    from toynets.verification.proofs.entry import provable
    from toynets.verification.proofs.prover import Prover

    why = provable(network, explanation)
    if why and "curved" not in why:
        raise ToynetsError(f"nothing can be proved of this explanation: {why}.")
    model = explanation.model(rows=sample.rows)
    notes.append(f"`mean` is the mean over {named(sample)}.")
    machine = Machine(network, sample)
    means: Any = {"means": (machine.mean, model.mean), "mean_over": named(sample)}
    return Prover(network, where, explanation, cells=limits[0], seconds=limits[1], **means)


def _settle(prover: Any, stated: bool, progress: Any, notes: list[str]) -> None:
    from toynets.verification.proofs.entry import questions

    if not stated:
        notes.append(
            "the stated outcomes are about another domain: on this box the stated weights alone "
            "are held against the network."
        )
    asked = list(questions(prover, extra=True, stated=stated))
    for number, (check, what, ask) in enumerate(asked):
        if progress is not None:
            progress(f"{check} {what}".strip(), number, len(asked))
        ask()


def _check_names(network: Any, units: Sequence[str], inputs: Sequence[str]) -> None:
    from toynets.errors import unknown

    for given, kind, there in ((units, "unit", network.units), (inputs, "input", network.inputs)):
        for name in given:
            if name not in there:
                raise ToynetsError(unknown(kind, name, network.name, there))


def float32_run(network: Any, x: Sequence[Any], edits: Mapping[str, Any] | None = None) -> Any:
    """Return the outputs of a float32 program that computes unit by unit, from left to right.

    Args:
        network: piecewise linear.
        x: the input.
        edits: weights and biases with other values.
    """
    from toynets.rationals import rational
    from toynets.verification.proofs.program import Layers, Program, Variable
    from toynets.verification.proofs.replay import replayed

    changed = network.with_numbers(edits) if edits else network
    row = [rational(v) for v in x]
    program = Program([Variable(n, v, v) for n, v in zip(network.inputs, row, strict=True)])
    found = program.run("network", Layers.of_network(changed), list(range(len(row))))
    values = replayed(program, row)
    return [values[found[o]] for o in network.outputs]
