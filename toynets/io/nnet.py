"""`.nnet`: the text format of the ACAS Xu networks: relu layers and a linear output."""

from __future__ import annotations

from toynets.errors import ToynetsError
from toynets.io.limits import count_of, decimal, is_float32
from toynets.network import Network
from toynets.rationals import Rational, rational

MAX_LAYERS = 100


def read_nnet(data: bytes, origin: str, name: str = "") -> Network:
    """Return the network of a `.nnet` file.

    A file may normalise: (x - mean) / range going in, y * range + mean coming out. Where that
    changes nothing it is passed over; else the means and ranges are put into the first and the
    last layer, if the dtype holds the results exactly.

    Raises:
        ToynetsError: a line that is no list of numbers, too few lines, or a normalisation that no
            float holds exactly.
    """
    try:
        text = data.decode("ascii")
    except UnicodeDecodeError:
        raise ToynetsError(f"{origin} is not text.", cause="a .nnet file is plain ASCII.") from None
    lines = [x for x in text.splitlines() if x.strip() and not x.lstrip().startswith("//")]
    place = 0

    def line(what: str, count: int | None = None) -> list[str]:
        """Return the cells of the next line."""
        nonlocal place
        if place >= len(lines):
            raise ToynetsError(f"{origin} ends before {what}.", cause="the file is cut short.")
        cells = [c.strip() for c in lines[place].split(",")]
        cells = cells[:-1] if cells and cells[-1] == "" else cells
        place += 1
        if count is not None and len(cells) != count:
            raise ToynetsError(f"{origin}: {what} has {len(cells)} numbers, not {count}.")
        return cells

    def wholes(what: str, count: int) -> list[int]:
        cells = line(what, count)
        if not all(c.isdigit() and len(c) < 7 for c in cells):
            raise ToynetsError(f"{origin}: {what} are no sizes: {', '.join(cells)[:60]}.")
        return [int(c) for c in cells]

    def reals(what: str, count: int) -> list[float]:
        return [decimal(c, f"{origin}: {what}") for c in line(what, count)]

    layers, inputs, outputs, _ = wholes("the first line", 4)
    if not 1 <= layers <= MAX_LAYERS:
        raise ToynetsError(f"{origin} has {layers} layers; 1 to {MAX_LAYERS} are read.")
    sizes = wholes("the sizes of the layers", layers + 1)
    if sizes[0] != inputs or sizes[-1] != outputs or 0 in sizes:
        raise ToynetsError(f"{origin}: the sizes {sizes} do not fit {inputs} and {outputs}.")
    line("the flag")
    reals("the least inputs", inputs)
    reals("the greatest inputs", inputs)
    means, ranges = reals("the means", inputs + 1), reals("the ranges", inputs + 1)
    read = []
    for k in range(layers):
        count_of((sizes[k + 1], sizes[k]), f"{origin}: layer {k + 1}")
        weight = [reals(f"the weight of layer {k + 1}", sizes[k]) for _ in range(sizes[k + 1])]
        bias = [reals(f"the bias of layer {k + 1}", 1)[0] for _ in range(sizes[k + 1])]
        read.append((weight, bias, "relu" if k < layers - 1 else "identity"))
    if place != len(lines):
        raise ToynetsError(f"{origin} has {len(lines) - place} lines behind its last layer.")
    every = [v for weight, bias, _ in read for v in (*bias, *(w for row in weight for w in row))]
    dtype = "float32" if all(map(is_float32, every)) else "float64"
    plain = Network.from_layers(read, dtype=dtype, name=name)
    if not any(means) and all(r == 1 for r in ranges):
        return plain
    return _normalised(plain, means, ranges, origin)


def _normalised(plain: Network, means: list[float], ranges: list[float], origin: str) -> Network:
    m, r = [rational(v) for v in means], [rational(v) for v in ranges]
    if any(v == 0 for v in r):
        raise ToynetsError(f"{origin} divides by a range of 0.")
    first, last = plain.layers[0], plain.layers[-1]
    changes: dict[str, Rational] = {}
    for i, unit in enumerate(first.units):
        weights = [rational(w) / s for w, s in zip(first.weight[i], r, strict=False)]
        changes |= {f"{x}->{unit}": w for x, w in zip(plain.inputs, weights, strict=True)}
        off = sum((w * v for w, v in zip(weights, m, strict=False)), rational(0))
        assert first.bias is not None
        changes[f"{unit}.bias"] = rational(first.bias[i]) - off
    for i, unit in enumerate(last.units):
        for j in range(len(last.weight[i])):
            address = f"{plain.layers[-2].units[j] if len(plain.layers) > 1 else plain.inputs[j]}"
            key = f"{address}->{unit}"
            changes[key] = changes.get(key, rational(last.weight[i][j])) * r[-1]
        assert last.bias is not None
        key = f"{unit}.bias"
        changes[key] = changes.get(key, rational(last.bias[i])) * r[-1] + m[-1]
    try:
        return plain.with_numbers(changes)
    except ToynetsError:
        raise ToynetsError(
            f"{origin} normalises its inputs or outputs, and no float holds the weights that do "
            "the same exactly.",
            cause=f"means {str(means)[:60]}; ranges {str(ranges)[:60]}.",
            fix="normalise before the network, and write means 0 and ranges 1.",
        ) from None


def write_nnet(network: Network) -> str:
    """Return a network as the text of a `.nnet` file.

    Raises:
        ToynetsError: hidden units that are not relu, an output that is not linear.
    """
    kinds = [layer.activation for layer in network.layers]
    if any(k != "relu" for k in kinds[:-1]) or kinds[-1] != "identity":
        raise ToynetsError(
            f"a .nnet file has relu units and a linear output, but the layers are "
            f"{', '.join(kinds)}.",
            fix="write JSON, .npz or ONNX instead.",
        )
    sizes = network.sizes

    def row(values: object) -> str:
        return "".join(f"{v!r}," for v in values)  # type: ignore[attr-defined]  # any iterable

    n = len(network.inputs)
    title = "".join(c if " " <= c <= "~" else "?" for c in network.name)  # one line of ASCII
    lines = [
        f"// {title or 'a network'}, written by toynets",
        row([len(sizes) - 1, n, sizes[-1], max(sizes)]),
        row(sizes),
        "0,",
        row([-1e6] * n),
        row([1e6] * n),
        row([0.0] * (n + 1)),
        row([1.0] * (n + 1)),
    ]
    for layer in network.layers:
        lines += [row(r) for r in layer.weight]
        lines += [row([b]) for b in (layer.bias or [0.0] * len(layer.units))]
    return "\n".join(lines) + "\n"
