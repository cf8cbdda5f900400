"""Claims as sentences: the form in which a certificate is written to a file.

The prover keeps what it settles as values, goals and multipliers. In a file a claim is a sentence
of the expression language about named values, such as `y_network == e`: people can read it, and a
checker can be small, because to check a claim is then to check that one expression is 1. Each
comparison of the sentence is a step, whose side on a leaf is what the goal's multipliers prove.

A claim in a file has `text`, `variables` (`name`, `low`, `high`), `given` and `inside` (conditions
and a point where they hold), `program`, `verdict`, and `cover` or `witness`. The program's parts
append values, which are numbered from 0, the variables first:

- `{"run": "network" | "model" | "others/NAME", "inputs": [...], "edits": {"unit h1": "0", ...}}`:
  a value for each unit; a softmax layer gives its logits. An edit sets a `unit`, a `pre`, an
  `input`, what an `edge` carries, a `weight` or a `bias`, to a number or to an earlier value.
- `{"expression": text, "names": {name: value}}`: a value for each relu, abs and step in it, in
  order of evaluation, then its own. `max(a, b)` is `b + relu(a - b)`, `min(a, b)` is
  `a - relu(a - b)`, `a > b` is `step(a - b)`, `a >= b` is `1 - step(b - a)`, `a == b` is
  `1 - step(a - b) - step(b - a)`, `and` is `step(a + b - 3/2)`, `or` is `step(a + b - 1/2)`.

The last part is the sentence. `{"split": form, "strict": bool, "yes": k, "no": k}` cuts the box;
a leaf is `{"empty": proof}` or `{"facts": [...], "maps": [[value, form], ...]}` with a fact for
each relu, abs and step: `["+", proof]`, `["-", proof]`, `["="]` (a constant), `["same", value]`, or
`["~", low, proof, high, proof]` (between two bounds; new conditions follow). A proof is
`[[number of a condition, multiplier], ...]`; the maps are those before the activation.
"""

from __future__ import annotations

import keyword
from collections.abc import Mapping, Sequence
from typing import Any

from toynets.expressions import Binary, Call, Expression, Name, Number, Unary, parse_expression
from toynets.rationals import rational, text
from toynets.verification.proofs.expressing import Writer

ENDS = (("low", ">="), ("high", "<="))
ATTAINED = "is attained, so this does not hold"  # how the text of such a claim ends


def sentences(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the claims of a certificate as they are written to a file.

    Args:
        data: a certificate whose claims are as `Answer.data` gives them.

    Returns:
        One claim for each, and one for each end of a range that is attained: it refutes, by the
        point, that the value stays on this side of the end.
    """
    made: list[dict[str, Any]] = []
    places: list[int] = []  # of each claim in the file, counted from 1
    for claim in data["claims"]:
        places.append(len(made) + 1)
        made.append(_Sentence(data, claim, places).claim())
        if claim["verdict"] == "proved" and "between" in claim["kind"]:
            for k, points in enumerate(claim["kind"]["attained"]):
                for end, point in enumerate(points):
                    if point is not None:
                        made.append(_Sentence(data, claim, places).attained(k, end, point))
    return made


class _Sentence:
    """One claim on its way into a file.

    Attributes:
        labels: of each value, a name that Python's syntax reads.
        parts: the program, in the words of the file.
        place: value -> its number in the file, where a decision's steps have names of their own.
        kinks: for each comparison of the sentence: (number of its goal, sign of its map).
    """

    def __init__(
        self, data: Mapping[str, Any], claim: Mapping[str, Any], places: Sequence[int]
    ) -> None:
        self.data = data
        self.claim_data = claim
        self.labels: list[str] = []
        self.parts: list[dict[str, Any]] = []
        self.place: dict[int, int] = {}
        self.runs: dict[str, int] = {}
        self.said = claim["text"]
        for variable in claim["variables"]:
            self.label(variable["name"])
            if "range_of" in variable:
                number = places[variable["range_of"]["claim"]]
                self.said += f" ({variable['name']} runs over the range of claim {number})"
        for part in claim["program"]:
            if "run" in part:
                self.run(part)
            elif "node" in part:
                (_, (constant, terms)) = part["node"]
                self.express(self.line(constant, terms), "line")
            else:
                self.stated(part)

    # Values and their names -----------------------------------------------------------------

    def label(self, wanted: str) -> None:
        """Name the next value."""
        plain = wanted.replace(".", "_").replace("'", "_")
        name, count = plain, 1
        while name in self.labels or keyword.iskeyword(name):
            count += 1
            name = f"{plain}_{count}"
        self.labels.append(name)

    def express(self, said: str, wanted: str, steps: int = 0) -> None:
        """Append an expression over the labels; the value after `steps` kinks gets a name."""
        used = set(parse_expression(said).names())
        names = {name: k for k, name in enumerate(self.labels) if name in used}
        self.parts.append({"expression": said, "names": names})
        for _ in range(steps):
            self.label("step")
        self.label(wanted)

    def line(self, constant: str, terms: Sequence[Sequence[Any]]) -> str:
        """Write an affine form over the values."""
        return line(constant, [(self.labels[self.place.get(i, i)], c) for i, c in terms])

    def run(self, part: Mapping[str, Any]) -> None:
        """Append a run of a net, and the centred outputs of a softmax layer."""
        which = part["run"]
        net = self.data["others"][which[7:]] if "/" in which else self.data[which]
        changes = {}
        for edit in part["edits"]:
            ((kind, name),) = ((k, v) for k, v in edit.items() if k != "to")
            changes[f"{kind} {name.removesuffix('.bias')}"] = edit["to"]
        outputs, softmax = net["layers"][-1]["units"], net["layers"][-1]["activation"] == "softmax"
        fixed = {o: changes.pop(f"unit {o}", None) for o in outputs if softmax}
        self.parts.append({"run": which, "inputs": part["inputs"], "edits": changes})
        self.runs[which] = self.runs.get(which, 0) + 1
        again = "" if self.runs[which] == 1 else str(self.runs[which])
        mark = f"{which.removeprefix('others/')}{again}"
        for layer in net["layers"]:
            ending = "_logit" if softmax and layer is net["layers"][-1] else ""
            for unit in layer["units"]:
                self.label(f"{unit}_{mark}{ending}")
        logits = self.labels[-len(outputs) :]
        for output, logit in zip(outputs, logits, strict=True) if softmax else ():
            to = fixed[output]
            said = f"{logit} - ({' + '.join(logits)})/{len(logits)}"
            if to is not None:
                said = self.labels[to] if isinstance(to, int) else to
            self.express(said, f"{output}_{mark}")

    def stated(self, part: Mapping[str, Any]) -> None:
        """Append an expression of the author's, in names that Python's syntax reads."""
        expression = parse_expression(part["expression"])
        safe = {n: n + "_" if keyword.iskeyword(n) else n for n in part["names"]}
        nodes: list[Any] = []

        def node(activation: str, form: Any) -> int:
            nodes.append((activation, form))
            return len(self.labels) + len(nodes) - 1

        Writer(node, part["names"]).form(expression)
        names = {safe[name]: index for name, index in part["names"].items()}
        self.parts.append({"expression": str(in_pairs(expression, safe)), "names": names})
        for activation, _ in nodes:
            self.label(activation)
        self.label("stated")

    # The sentence ---------------------------------------------------------------------------

    def comparisons(self) -> list[tuple[str, list[tuple[int, str]]]]:
        """Return each comparison, with the goals behind its steps and the sides they are on."""
        kind, at = self.claim_data["kind"], self.labels
        if "at_least" in kind:
            sign, side = (">", "+") if kind["strict"] else (">=", "-")
            steps = [(0, side)] if kind["at_least"][1] else []
            return [(f"{self.line(*kind['at_least'])} {sign} 0", steps)]
        found: list[tuple[str, list[tuple[int, str]]]] = []
        if "between" in kind:
            for k, (ends, i) in enumerate(zip(kind["between"], kind["values"], strict=True)):
                for j, (_, sign) in enumerate(ENDS):
                    found.append((f"{at[i]} {sign} {ends[j]}", [(2 * k + j, "-")]))
            return found
        left, right = kind["left"], kind["right"]
        epsilon = kind.get("within", "0")
        if "decision" in kind:
            left, right = self.decided(kind)
        for k, (a, b) in enumerate(zip(left, right, strict=True)):
            first, second = [(2 * k, "-")], [(2 * k + 1, "-")]
            if a == b:
                first, second = [], []  # a number is itself: no step is needed
            if epsilon == "0":
                found.append((f"{at[a]} == {at[b]}", first + second))
            else:
                found.append((f"{at[a]} <= {at[b]} + {epsilon}", first))
                found.append((f"{at[b]} <= {at[a]} + {epsilon}", second))
        return found

    def decided(self, kind: Mapping[str, Any]) -> tuple[list[int], list[int]]:
        """Append what a decision asks of each side; return the values that must be equal."""
        rule, asked = kind["decision"], (kind["left"], kind["right"])
        old = len(self.labels)
        first: tuple[list[int], list[int]] = ([], [])

        def ask(said: str, wanted: str) -> int:
            self.place[old + len(self.place)] = len(self.labels)
            self.express(said, wanted, steps=1)
            return len(self.labels) - 1

        if "argmax" in rule:
            for outputs, into in zip(asked, first, strict=True):
                names = [self.labels[i] for i in outputs]
                rows = [
                    [self.labels[ask(f"{b} > {a}", f"{b}_above_{a}")] for b in names if b != a]
                    for a in names
                ]
                for a, row in zip(names, rows, strict=True):
                    into.append(ask(f"step({' + '.join(row)} - 1/2)", f"{a}_beaten"))
            return first
        t = rule.get("threshold", "0")
        for pair in zip(*asked, strict=True):
            for i, into in zip(pair, first, strict=True):
                name = self.labels[i]
                into.append(ask(f"{name} > {t}", f"{name}_above"))
                into.append(ask(f"{name} < {t}", f"{name}_below"))
        return first

    # The claim ------------------------------------------------------------------------------

    def claim(self) -> dict[str, Any]:
        """Return the claim."""
        old = self.claim_data
        found = self.comparisons()
        first = len(self.labels)
        steps = [step for _, more in found for step in more]
        joints, fixed = 0, not found[0][1]
        for _, more in found[1:]:
            joints += not (fixed and not more)
            fixed = fixed and not more
        self.express(" and ".join(said for said, _ in found), "sentence", len(steps) + joints)
        made = self.start(old["verdict"])
        if old["verdict"] == "refuted":
            return made | {"witness": old["witness"]["point"]}
        cover = []
        for node in old["cover"]:
            if "facts" in node:
                facts = [self.fact(fact) for fact in node["facts"]]
                facts += [[side, node["goals"][goal]] for goal, side in steps]
                maps = []
                if node["maps"]:
                    for k, (goal, side) in enumerate(steps):
                        maps.append([first + k, signed(node["maps"][goal], side)])
                node = {"facts": facts + [["="]] * joints, "maps": maps}
            cover.append(node)
        return made | {"cover": cover}

    def attained(self, value: int, end: int, point: Sequence[str]) -> dict[str, Any]:
        """Return the claim that a value stays short of an end, refuted by a point."""
        kind = self.claim_data["kind"]
        name, number = self.labels[kind["values"][value]], kind["between"][value][end]
        self.said = f"{self.said}: {number} {ATTAINED}"
        self.express(f"{name} {'><'[end]} {number}", "sentence", 1)
        return self.start("refuted") | {"witness": list(point)}

    def start(self, verdict: str) -> dict[str, Any]:
        """Return the keys that every claim has."""
        old = self.claim_data
        variables = [{k: v[k] for k in ("name", "low", "high")} for v in old["variables"]]
        made = {"text": self.said, "variables": variables, "program": self.parts}
        made |= {key: old[key] for key in ("given", "inside") if key in old}
        return made | {"verdict": verdict}

    def fact(self, fact: list[Any]) -> list[Any]:
        """Return a fact; the value that it names may have another number in the file."""
        return ["same", self.place.get(fact[1], fact[1])] if fact[0] == "same" else fact


def line(constant: str, terms: Sequence[tuple[str, str]]) -> str:
    """Write an affine form.

    >>> line("-1/2", [("x1", "1"), ("x2", "-3")]), line("0", [])
    ('x1 - 3*x2 - 1/2', '0')
    """
    parts = [(c.startswith("-"), c.lstrip("-"), name) for name, c in terms]
    if constant != "0" or not terms:
        parts.append((constant.startswith("-"), constant.lstrip("-"), ""))
    said = ""
    for minus, size, name in parts:
        what = name if name and size == "1" else f"{size}*{name}" if name else size
        sign = (" - " if minus else " + ") if said else ("-" if minus else "")
        said += sign + what
    return said


def signed(form: Sequence[Any], side: str) -> list[Any]:
    """Return a form, or with the side `-` its negative."""
    if side == "+":
        return list(form)
    return [text(-rational(form[0])), [[i, text(-rational(c))] for i, c in form[1]]]


def in_pairs(expression: Expression, rename: Mapping[str, str]) -> Expression:
    """Return an expression with names renamed, and `and`, `or` of more than two as the step it is.

    >>> print(in_pairs(parse_expression("a > 0 and b > 0 and c > 0"), {}))
    step((a > 0) + (b > 0) + (c > 0) - 5/2)
    """
    if isinstance(expression, Name):
        return Name(rename.get(str(expression), str(expression)))
    if not expression.children:
        return expression
    label = expression.label
    if label in ("and", "or"):
        several = operands(expression, label)
        if len(several) > 2:
            total, *rest = (in_pairs(operand, rename) for operand in several)
            for operand in rest:
                total = Binary("+", total, operand)
            half = Binary("/", Number(2 * len(several) - 1 if label == "and" else 1), Number(2))
            return Call("step", Binary("-", total, half))
    children = [in_pairs(child, rename) for child in expression.children]
    if isinstance(expression, Unary):
        return Unary(label, *children)
    return Binary(label, *children) if isinstance(expression, Binary) else Call(label, *children)


def operands(expression: Expression, operator: str) -> list[Expression]:
    """Return the operands of `a and b and c`, which group to the left."""
    found: list[Expression] = []
    while isinstance(expression, Binary) and expression.label == operator:
        found.append(expression.right)
        expression = expression.left
    return [expression, *reversed(found)]
