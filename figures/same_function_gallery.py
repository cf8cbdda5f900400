"""Four pairs of weight tables that are one function, with one row of outcomes each."""

from __future__ import annotations

from collections.abc import Mapping

import toynets
from toynets.plots import Figure, Style, finish, plot, printed, shown, sign_keys, stored
from toynets.plots.cells import grid
from toynets.plots.panels import kept, named
from toynets.symmetry import flip_sign, permute, rescale, shift_logits

NETWORKS = ("xor-sum", "tanh-sign")
WIDE = 43.5
BITS = toynets.Domain.boolean(2)


def choice() -> toynets.Network:
    """Return a small softmax network, which class of two."""
    return toynets.Network.from_layers(
        [([[1, -1]], [0], "relu"), ([[2], [-1]], [0, 1], "softmax")], name="softmax choice"
    )


def outcomes(
    network: toynets.Network, domain: toynets.Domain, swapped: Mapping[str, str]
) -> dict[str, list[object]]:
    """Return the first output: clean, and without each hidden unit; under its name before."""
    texts = {"clean": ""} | {u: f"{swapped.get(u, u)} = 0" for u in network.hidden}
    return {
        said: [o[0] for o in toynets.ablate(network, text, domain=domain).outcomes]
        for said, text in texts.items()
    }


@plot
def figure(*, style: Style) -> Figure:
    """Draw the figure."""
    xor, tanh = toynets.load("xor-sum"), toynets.load("tanh-sign")
    line = toynets.Domain.listed([[-1], [0], [1]])
    soft = choice()
    cases = (
        (
            "order of units",
            xor.network,
            permute(xor.network, ["h2", "h1"], rename=True),
            BITS,
            {"h1": "h2", "h2": "h1"},
        ),
        ("scale (relu)", xor.network, rescale(xor.network, "h1", 4), BITS, {}),
        ("sign (tanh)", tanh.network, flip_sign(tanh.network, tanh.network.hidden[0]), line, {}),
        ("shift (softmax)", soft, shift_logits(soft, "h1", 3), BITS, {}),
    )
    page = style.page(height_mm=86, natural="double")
    numbers: dict[str, object] = {}
    write = style.written
    for k, (title, before, after, domain, swapped) in enumerate(cases):
        left = 2 + WIDE * k
        page.letter(left, 82, "abcd"[k], title)
        addresses = list(before.numbers)
        rows = [[before.numbers[a], after.numbers[a]] for a in addresses]
        heads = [write.address(before, a) for a in addresses]
        changed = [i for i, (a, b) in enumerate(rows) if a != b]
        grid(
            page,
            left + 17,
            74,
            (11, 4.6),
            rows,
            rows=heads,
            columns=["one", "other"],
            tinted=False,
            bold=[(i, j) for i in changed for j in (0, 1)],
        )
        one, other = outcomes(before, domain, {}), outcomes(after, domain, swapped)
        apart = max(
            abs(float(a) - float(b)) for u in one for a, b in zip(one[u], other[u], strict=True)
        )
        assert apart < 1e-9, f"{title} is a symmetry"
        said = ["clean", *(f"no {write.unit(u)}" for u in before.hidden)]
        width = 28.0 / len(domain)
        page.text(
            left + 2,
            26.5,
            f"outcomes of {write.unit(before.outputs[0])}, of both",
            size="small",
            align="left",
            colour="muted",
        )
        grid(
            page,
            left + 11,
            19,
            (width, 4.6),
            list(one.values()),
            rows=said,
            columns=[named(style, x) for x in domain.labels],
            limit=3,
            tinted=False,
            digits=2,
        )
        numbers[title] = {
            "addresses": addresses,
            "one": [stored(a) for a, _ in rows],
            "other": [stored(b) for _, b in rows],
            "changed": len(changed),
            "inputs": list(domain.labels),
            "outcomes": {u: [kept(v) for v in values] for u, values in one.items()},
        }
    counts = ", ".join(printed(numbers[t]["changed"]) for t, *_ in cases)  # type: ignore[index]  # a record of this figure
    return finish(
        page,
        "same_function_gallery",
        numbers=numbers,
        claim=f"Pairs of networks that differ in {counts} of their numbers (bold) and in no "
        "outcome, clean or with a hidden unit set to 0: units in another order, a relu unit "
        "scaled, a tanh unit with its sign turned, one constant added to what a unit says to all "
        "classes. An outcome of softmax is its logit less the mean of the logits.",
        alt="Four pairs of weight tables side by side, with different numbers in bold, and below "
        "each pair one table of outcomes that both networks share.",
        description="For each pair a table with a row per weight and a column per network; below "
        "it the output on each input, clean and without each hidden unit, which is the same for "
        "both (in a the units have changed names).",
        shows=[shown(xor), shown(tanh), shown(soft, domain=BITS)],
        keys=sign_keys(style),
    )


if __name__ == "__main__":
    figure().save(".", force=True)
