"""A tent folded into itself: every two units more double the number of pieces."""

from __future__ import annotations

from itertools import pairwise

import toynets
from toynets.plots import Figure, Key, Style, finish, plot, shown

NETWORKS = ("tent", "sawtooth-3")
DEPTHS = (1, 2, 3, 4)
BOX = "[0,1]"


def folded(depth: int) -> toynets.Network:
    """Return the tent map 2 relu(z) − 4 relu(z − 1/2), applied `depth` times."""
    shift = [0, "-1/2"]
    layers = [([[1], [1]], shift, "relu")]
    layers += [([[2, -4], [2, -4]], shift, "relu")] * (depth - 1)
    return toynets.Network.from_layers(
        [*layers, ([[2, -4]], [0], "identity")], name=f"tent folded {depth}"
    )


@plot
def figure(*, style: Style) -> Figure:
    """Draw the figure."""
    page = style.page(height_mm=50, natural="double")
    zoo = {e.network.hash: e for e in map(toynets.load, NETWORKS)}
    shows, pieces, units = [], [], []
    box = toynets.Domain.box(BOX)
    numbers: dict[str, object] = {}
    for k, depth in enumerate(DEPTHS):
        network = folded(depth)
        entry = zoo.get(network.hash)
        assert depth not in (1, 3) or entry, "the zoo has the same numbers"
        # Only the tent's explanation is shown: what follows is folding it.
        shows.append(shown(entry) if entry and depth == 1 else shown(network, domain=box))
        found = toynets.regions(network, BOX)
        corners = sorted({v[0] for r in found for v in r.vertices})
        ys = [toynets.exact.run(network, [x])["y"] for x in corners]
        # Neighbours with one slope are one piece.
        ends = pairwise(zip(corners, ys, strict=True))
        slopes = [(b - a) / (v - u) for (u, a), (v, b) in ends]
        count = 1 + sum(a != b for a, b in pairwise(slopes))
        pieces.append(count)
        units.append(len(network.hidden))
        left = 6 + 43.0 * k
        page.letter(left - 4, 45.5, "abcd"[k], f"{units[-1]} units, {count} pieces")
        axes = page.axes(
            left,
            9,
            34,
            30,
            across=(-0.04, 1.04),
            up=(-0.06, 1.1),
            ticks_across=[0, 1],
            ticks_up=[0, 1],
        )
        page.line(
            list(map(float, corners)),
            list(map(float, ys)),
            axes=axes,
            colour="positive",
            width="thick" if depth < 4 else "line",
        )
        page.text(left + 17, 3.2, style.written.unit("x1"), size="small", colour="muted")
        numbers[f"folded {depth} times"] = {
            "units": units[-1],
            "pieces": count,
            "corners": [[str(x), str(y)] for x, y in zip(corners, ys, strict=True)],
            "numbers of the network": len(network.numbers),
        }
    return finish(
        page,
        "depth_fold",
        numbers=numbers | {"ticks": [0, 1]},
        claim=f"The tent map applied {', '.join(map(str, DEPTHS))} times, two units a layer: "
        f"{', '.join(map(str, units))} units make {', '.join(map(str, pieces))} linear pieces. One "
        f"hidden layer needs a unit for every corner, {pieces[-1] - 1} for the last.",
        alt=f"Four zigzags on the unit interval, with {', '.join(map(str, pieces))} pieces, made "
        f"by networks of {', '.join(map(str, units))} units.",
        description="Each panel is the output over the input from 0 to 1; each layer more folds "
        "the line once more and doubles its teeth.",
        shows=shows,
        keys=(Key("output", style.colour("positive")),),
    )


if __name__ == "__main__":
    figure().save(".", force=True)
