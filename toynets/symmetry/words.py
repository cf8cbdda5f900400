"""What would not change a number's story: the gauge of one number in sentences."""

from __future__ import annotations

from toynets.network import Network
from toynets.rationals import text
from toynets.symmetry.moves import EXPONENT, exact


def what_would_not_change(network: Network, address: str) -> list[str]:
    """Say which changes of the parameters leave a number's story as it is.

    Args:
        network: any.
        address: of a weight or a bias; every spelling that `network[address]` reads.

    Returns:
        A sentence or two for each move that the number takes part in; one sentence if there is
        none.

    Raises:
        ToynetsError: there is no such number.

    >>> xor = Network.from_layers([([[1, 1], [1, 1]], [0, -1], "relu"),
    ...     ([[1, -2]], [0], "identity")])
    >>> print(what_would_not_change(xor, "x1->h1")[0])
    h1 can be scaled by any s > 0: x1->h1, x2->h1 and h1.bias times s, h1->y divided by s. So 1 is \
not a fact; the product x1->h1 * h1->y = 1 is.
    """
    story = _Story(network, address)
    return [*story.scales(), *story.signs(), *story.logits(), *story.order()] or [story.nothing()]


class _Story:
    def __init__(self, network: Network, address: str) -> None:
        self.network = network
        network[address]  # an unknown address is refused here, with the names there are
        given = network.ties.get(address, (address,))[0]
        self.address = given if given in network.numbers else _standard(given)
        self.value = exact(network, self.address)
        source, arrow, target = self.address.partition("->")
        self.source = source if arrow and source in network.hidden else ""
        self.target = target if arrow else self.address.removesuffix(".bias")
        self.ends = [u for u in (self.source, self.target) if u]

    def act(self, unit: str) -> str:
        return self.network.activation_of(unit) if unit else ""

    def into(self, unit: str) -> list[str]:
        numbers = self.network.numbers
        return [a for a in (*self.network.wiring.incoming(unit), f"{unit}.bias") if a in numbers]

    def out(self, unit: str) -> list[str]:
        return list(self.network.wiring.outgoing(unit))

    def scales(self) -> list[str]:
        found = []
        for unit in self.ends:
            act = self.act(unit)
            if act not in EXPONENT or (unit in self.network.outputs and act != "step"):
                continue
            power = EXPONENT[act]
            leaving = self.out(unit)
            if not power and unit == self.source:
                continue  # the weights out of a step unit do not move
            allowed = "s other than 0" if act in ("identity", "square") else "s > 0"
            tail = ""
            if power and leaving:
                tail = f", {_list(leaving)} divided by {'s' if power == 1 else 's^2'}"
            found.append(
                f"{unit} can be scaled by any {allowed}: {_list(self.into(unit))} times s{tail}."
            )
        if found:
            found[-1] += " " + self.fact()
        return found

    def fact(self) -> str:
        """Say what is left of the number once scales are free."""
        if self.value == 0:
            return "No scale makes a 0 into another number: that it is 0 is a fact."
        if self.act(self.target) == "step":
            return f"So {text(self.value)} is not a fact; {self.ratio()}."
        factors, value, total = {self.address: 1}, self.value, 1
        first = self.source
        passed = []
        while first and EXPONENT.get(self.act(first), 0):  # back to where a scale is fixed
            passed.append(first)
            total *= EXPONENT[self.act(first)]
            before = self.strongest(self.into(first))
            if not before:
                return self.only_with(self.out(first))
            factors[before] = total
            value *= exact(self.network, before) ** total
            source, arrow, _ = before.partition("->")
            first = source if arrow and source in self.network.hidden else ""
        last = self.target
        while last in self.network.hidden and EXPONENT.get(self.act(last), 0):
            passed.append(last)
            power = EXPONENT[self.act(last)]
            after = self.strongest(self.out(last))
            if not after:
                return self.only_with(self.into(last))
            factors = {a: k * power for a, k in factors.items()}
            factors[after] = 1
            value = value**power * exact(self.network, after)
            last = after.partition("->")[2]
        shown = " * ".join(a if k == 1 else f"({a})^{k}" for a, k in self.along(factors))
        sign = ", up to its sign" if self.signed([*passed, first, last]) else ""
        return f"So {text(self.value)} is not a fact; the product {shown} = {text(value)} is{sign}."

    def signed(self, units: list[str]) -> bool:
        """Return whether a sign that is free enters a product through these units."""
        acts = [(self.act(u), u in self.network.hidden) for u in units if u]
        return any(
            act == "abs" or (act == "tanh" and hidden) or (act == "square" and not hidden)
            for act, hidden in acts
        )

    def along(self, factors: dict[str, int]) -> list[tuple[str, int]]:
        """Return the factors in the order in which a signal meets them."""
        order = list(self.network.numbers)
        return sorted(factors.items(), key=lambda item: order.index(item[0]))

    def ratio(self) -> str:
        others = [a for a in self.into(self.target) if a != self.address]
        other = self.strongest(others)
        if not other:
            return "its sign is"
        value = self.value / exact(self.network, other)
        return f"the ratio {self.address} / {other} = {text(value)} is"

    def only_with(self, addresses: list[str]) -> str:
        other = self.strongest([a for a in addresses if a != self.address])
        if not other:
            return f"So {text(self.value)} is not a fact; its sign is."
        value = self.value / exact(self.network, other)
        return (
            f"So {text(self.value)} is not a fact; the ratio {self.address} / {other} = "
            f"{text(value)} is."
        )

    def strongest(self, addresses: list[str]) -> str:
        """Return the first address of a number that is not 0, or ""."""
        return next((a for a in addresses if exact(self.network, a) != 0), "")

    def signs(self) -> list[str]:
        found = []
        for unit in self.ends:
            act = self.act(unit)
            if act == "tanh" and unit in self.network.hidden:
                found.append(
                    f"{unit} can be turned over: {_list([*self.into(unit), *self.out(unit)])} "
                    f"times -1, because tanh(-z) = -tanh(z).{self.sign_fact()}"
                )
            elif unit == self.target and (act == "abs" or (act == "square" and not self.out(unit))):
                why = "|-z| = |z|" if act == "abs" else "(-z)^2 = z^2"
                found.append(
                    f"{_list(self.into(unit))} can be multiplied by -1, because {why}: the sign "
                    "of one alone is not a fact."
                )
        return found

    def sign_fact(self) -> str:
        if self.value == 0:
            return ""
        return f" So the sign of {text(self.value)} alone is not a fact; its size is."

    def logits(self) -> list[str]:
        if self.target not in self.network.outputs or self.act(self.target) != "softmax":
            return []
        source, arrow, _ = self.address.partition("->")
        same = [f"{source}->{y}" if arrow else f"{y}.bias" for y in self.network.outputs]
        if len(same) < 2 or any(a not in self.network.numbers for a in same):
            return []
        other = next(a for a in same if a != self.address)
        value = self.value - exact(self.network, other)
        return [
            f"Any constant can be added to {_list(same)} at once: the softmax sees differences, "
            f"such as {self.address} - {other} = {text(value)}. (One of them cut alone does feel "
            "the constant.)"
        ]

    def order(self) -> list[str]:
        found = []
        for unit in self.ends:
            for layer in self.network.layers[:-1]:
                if unit in layer.units and len(layer.units) > 1:
                    found.append(
                        f"{_list(list(layer.units))} can change places, each with its numbers: "
                        f"that {unit} is number {layer.units.index(unit) + 1} is not a fact."
                    )
        return found

    def nothing(self) -> str:
        return (
            f"No move of the gauge touches {self.address}: {text(self.value)} is a fact about the "
            "function."
        )


def _standard(address: str) -> str:
    from toynets.names import parse_intervention

    return parse_intervention(f"{address} = 0").text.removesuffix(" = 0")


def _list(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return ", ".join(names[:-1]) + " and " + names[-1]
