"""Two units of which either is enough, and two that undo each other: lattices of what is kept."""

from __future__ import annotations

import toynets
from toynets.plots import Figure, Style, finish, plot, printed, shown, sign_keys, stored
from toynets.plots.lattices import draw_lattice, lattice_of

NETWORKS = ("twin-units", "opposed-units")
CASES = (("twin-units", ("twin1", "twin2"), (1,)), ("opposed-units", ("push", "pull"), (0, 1)))


@plot
def figure(*, style: Style) -> Figure:
    """Draw the figure."""
    page = style.page(height_mm=52, natural="one-and-a-half")
    numbers: dict[str, object] = {}
    shows, found = [], []
    for k, (name, units, x) in enumerate(CASES):
        entry = toynets.load(name)
        shows.append(shown(entry))
        one = lattice_of(entry.network, units, x)
        left = 2 + 65.0 * k
        heads = zip(entry.network.inputs, x, strict=True)
        at = ", ".join(f"{style.written.unit(n)} = {v}" for n, v in heads)
        page.letter(left, 47.5, "ab"[k], f"{name}, {at}")
        draw_lattice(page, left, 2, 60, 41, one, prefix=f"{name}:")
        found.append({" ".join(kept) or "none": v for kept, v in one.values.items()})
        numbers[name] = {
            "input": list(x),
            "outputs": {said: stored(v) for said, v in found[-1].items()},
            "gains": [stored(gain) for _, _, gain in one.steps()],
        }
    twins, opposed = found
    clean = opposed["push pull"]
    return finish(
        page,
        "redundancy",
        numbers=numbers,
        claim="Each box: the units that are kept, and the output. Without either twin the output "
        f"stays {printed(twins['twin1'])}; without both it is {printed(twins['none'])}: alone "
        "neither seems to matter. Of two opposed units each alone moves it by "
        f"{printed(abs(opposed['pull'] - clean))}, both together by "
        f"{printed(abs(opposed['none'] - clean))}.",
        alt="Two lattices of kept units. Twins: the output falls only when both are gone. Opposed "
        f"units: it moves by {printed(abs(opposed['pull'] - clean))} when one goes, not at all "
        "when both do.",
        description="In each lattice all units are kept at the top and none at the bottom; a line "
        "carries what the one unit adds that is kept above and not below. Solid raises the output, "
        "dashed lowers it, dotted changes nothing.",
        shows=shows,
        keys=sign_keys(style),
    )


if __name__ == "__main__":
    figure().save(".", force=True)
