"""What would not change a number's story: the gauge of one number in sentences.

A story is what the network computes, clean and under every ablation. What no move changes of it is
a product of powers of numbers: scales multiply each number by powers of theirs, and in the product
they cancel.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from toynets.network import Network
from toynets.rationals import text
from toynets.symmetry.moves import EVEN, EXPONENT, ODD, exact

Powers = dict[str, int]  # address -> exponent: a product of powers of numbers


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
    found = [*story.scales(), *story.signs(), *story.logits(), *story.order()]
    return [*(found or [story.nothing()]), *story.turned()]


def what_no_move_changes(network: Network, address: str) -> str:
    """Say what is left of a number once every move that keeps the ablations is allowed.

    Args:
        network: any.
        address: as for `what_would_not_change`.

    >>> net = Network.from_layers([([[2]], [1], "relu"), ([[3]], [0], "abs")])
    >>> what_no_move_changes(net, "x1->h1"), what_no_move_changes(net, "y.bias")
    ('2 is not a fact; the product x1->h1 * h1->y = 6 is, up to its sign', 'the number itself')
    """
    story = _Story(network, address)
    if story.scales() and story.value != 0:
        return story.fact().removeprefix("So ").removesuffix(".")
    if story.value != 0 and story.turns({story.address: 1}):
        return "its size"
    constant = " while no constant is added to the logits" if story.shifts([story.address]) else ""
    kept = " while ablations are kept" if story.turned() else ""
    return f"the number itself{constant}{kept}"


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
            leaving = self.out(unit) if power else []
            if not power and unit == self.source:
                continue  # the weights out of a step unit do not move
            allowed = "s other than 0" if act in ("identity", "square") else "s > 0"
            tail = ""
            if leaving:
                tail = f", {_list(leaving)} divided by {'s' if power == 1 else 's^2'}"
            moved = dict.fromkeys(self.into(unit), 1) | dict.fromkeys(leaving, -power)
            found.append(
                f"{unit} can be scaled by any {allowed}: {_list(self.into(unit))} times s{tail}"
                f"{self.parted(moved)}."
            )
        if found:
            found[-1] += " " + self.fact()
        return found

    def fact(self) -> str:
        """Say what is left of the number once scales are free."""
        if self.value == 0:
            shifted = " while no constant is added to the logits" * self.shifts([self.address])
            return f"No scale makes a 0 into another number: that it is 0 is a fact{shifted}."
        given = text(self.value)
        left = self.invariant()
        if left is None:
            sign = "" if self.turns({self.address: 1}) else "; its sign is"
            return f"So {given} is not a fact{sign}."
        value = exact(self.network, self.address) ** 0
        for address, power in left.items():
            value *= exact(self.network, address) ** power
        above = self.written({a: k for a, k in left.items() if k > 0})
        below = self.written({a: -k for a, k in left.items() if k < 0})
        below = f" / ({below})" if " * " in below else f" / {below}" if below else ""
        what = "ratio" if below else "product"
        sign = ", up to its sign" if self.turns(left) else ""
        shifted = ", while no constant is added to the logits" * self.shifts(left)
        said = f"the {what} {above}{below} = {text(value)} is{sign}{shifted}."
        return f"So {given} is not a fact; {said}"

    def invariant(self) -> Powers | None:
        """Return a product with the number in it that no scale changes, or None."""
        found = self.before(self.address)
        last = self.target
        while found is not None:
            power = EXPONENT.get(self.act(last), 0) if last in self.network.hidden else 0
            after = self.strongest(self.out(last)) if power else ""
            if self.act(last) == "step" or (power and not after):
                return self.divided(found, last)
            if not power:
                return found
            found = {a: k * power for a, k in found.items()} | {after: 1}
            last = after.partition("->")[2]
        return None

    def before(self, address: str) -> Powers | None:
        """Return a product with a number in it that the scale of its target alone changes."""
        found, total = {address: 1}, 1
        first = address.partition("->")[0] if "->" in address else ""
        while first in self.network.hidden and EXPONENT.get(self.act(first), 0):
            total *= EXPONENT[self.act(first)]
            behind = self.strongest(self.into(first))  # back to where a scale is fixed
            if not behind:
                return None
            found[behind] = total
            first = behind.partition("->")[0] if "->" in behind else ""
        return found

    def divided(self, found: Powers, unit: str) -> Powers | None:
        """Divide by a product with another number into a unit, whose scale is free."""
        for other in self.into(unit):
            if exact(self.network, other) == 0 or found.get(other):
                continue
            below = self.before(other)
            if below is None:
                continue
            left = {a: found.get(a, 0) - below.get(a, 0) for a in {**found, **below}}
            if left.get(self.address):
                return {a: k for a, k in left.items() if k}
        return None

    def turns(self, powers: Mapping[str, int]) -> bool:
        """Return whether a sign that is free enters a product."""
        for unit in self.network.units:
            hidden, act = unit in self.network.hidden, self.act(unit)
            moved = self.into(unit) if act in EVEN or (act in ODD and hidden) else []
            moved += self.out(unit) if act in ODD and hidden else []
            if sum(powers.get(a, 0) for a in moved) % 2:
                return True
        return False

    def shifts(self, addresses: Iterable[str]) -> bool:
        """Return whether the constant of the logits enters."""
        return any(_Story(self.network, a).logits() for a in addresses)

    def written(self, powers: Powers) -> str:
        """Write a product in the order in which a signal meets its factors."""
        order = list(self.network.numbers)
        ranked = sorted(powers.items(), key=lambda item: order.index(item[0]))
        return " * ".join(a if k == 1 else f"({a})^{k}" for a, k in ranked)

    def parted(self, moved: Mapping[str, int]) -> str:
        """Say which tied groups a move takes apart."""
        groups = [
            group
            for group, members in self.network.ties.items()
            if len({moved.get(a, 0) for a in members if self.network.numbers[a] != 0}) > 1
        ]
        return f"; the copies of {_list(groups)} then differ" if groups else ""

    def strongest(self, addresses: list[str]) -> str:
        """Return the first address of a number that is not 0, or ""."""
        return next((a for a in addresses if exact(self.network, a) != 0), "")

    def signs(self) -> list[str]:
        found = []
        for unit in self.ends:
            act = self.act(unit)
            if act == "tanh" and unit in self.network.hidden:
                moved = [*self.into(unit), *self.out(unit)]
                found.append(
                    f"{unit} can be turned over: {_list(moved)} times -1, because tanh(-z) = "
                    f"-tanh(z){self.parted(dict.fromkeys(moved, 1))}.{self.sign_fact()}"
                )
            elif unit == self.target and (act == "abs" or (act == "square" and not self.out(unit))):
                why = "|-z| = |z|" if act == "abs" else "(-z)^2 = z^2"
                parted = self.parted(dict.fromkeys(self.into(unit), 1))
                found.append(
                    f"{_list(self.into(unit))} can be multiplied by -1, because {why}{parted}: the "
                    "sign of one alone is not a fact."
                )
        return found

    def sign_fact(self) -> str:
        if self.value == 0:
            return ""
        size = "" if self.scales() else "; its size is"
        return f" So the sign of {text(self.value)} alone is not a fact{size}."

    def turned(self) -> list[str]:
        """Say which flip of a sigmoid keeps the function, and not the ablations."""
        found = []
        for unit in self.ends:
            if self.act(unit) != "sigmoid" or unit not in self.network.hidden:
                continue
            leaving = [a for a in self.out(unit) if exact(self.network, a) != 0]
            biases = [f"{a.partition('->')[2]}.bias" for a in leaving]
            if all(b in self.network.numbers for b in biases):
                into = f", and what was {_list(leaving)} in {_list(biases)}" if leaving else ""
                found.append(
                    f"The function alone stays as well where {unit} is turned over: "
                    f"{_list([*self.into(unit), *self.out(unit)])} times -1{into} besides, because "
                    f"sigmoid(z) = 1 - sigmoid(-z). Ablations of {unit} then change."
                )
        return found

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
            f"No move that keeps the ablations touches {self.address}: {text(self.value)} is a "
            "fact about them."
        )


def _standard(address: str) -> str:
    from toynets.names import parse_intervention

    return parse_intervention(f"{address} = 0").text.removesuffix(" = 0")


def _list(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return ", ".join(names[:-1]) + " and " + names[-1]
