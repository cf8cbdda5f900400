"""What a file format has no place for, so that it is not in the network that is read back."""

from __future__ import annotations

from toynets.network import Network

KEEPS_NAMES = (".json", ".npz")


def not_written(network: Network, suffix: str) -> list[str]:
    """Return what `encode` leaves out, and what comes back in its place; a sentence each.

    Args:
        network: that is written.
        suffix: `.json`, `.npz`, `.onnx` or `.nnet`; or a name that ends so.

    >>> net = Network.from_layers([([[1, -1]], None, "identity")], inputs=["left", "right"])
    >>> for line in not_written(net, "net.nnet"):
    ...     print(line)
    the names of inputs: left, right come back as x1, x2.
    that y has no bias: it comes back with a bias of 0.
    >>> not_written(net, "net.json")
    []
    """
    kind = suffix.lower()
    if kind.endswith(".json"):
        return []
    found = [] if kind.endswith(KEEPS_NAMES) else _names(network)
    if network.ties:
        groups = ", ".join(network.ties)
        found.append(f"ties: the copies of {groups} come back as numbers of their own.")
    absent = sum(row.count(False) for layer in network.layers for row in layer.mask or ())
    if absent:
        come = "absent edge comes back as a weight" if absent == 1 else "absent edges come back as"
        found.append(f"masks: {absent} {come}{'' if absent == 1 else ' weights'} of 0.")
    if kind.endswith(".nnet"):
        found += _of_nnet(network)
    return found


def _names(network: Network) -> list[str]:
    plain = Network.from_layers(
        [(layer.weight, layer.bias, layer.activation) for layer in network.layers],
        dtype=network.dtype,
    )
    found = []
    for what, here, there in (
        ("inputs", network.inputs, plain.inputs),
        ("units", network.units, plain.units),
    ):
        pairs = [(a, b) for a, b in zip(here, there, strict=True) if a != b]
        if pairs:
            old, new = (", ".join(names) for names in zip(*pairs, strict=True))
            come = "comes" if len(pairs) == 1 else "come"
            found.append(f"the names of {what}: {old} {come} back as {new}.")
    return found


def _of_nnet(network: Network) -> list[str]:
    from toynets.io.limits import is_float32

    found = []
    bare = [unit for layer in network.layers if layer.bias is None for unit in layer.units]
    if bare:
        have, come = ("has", "it comes") if len(bare) == 1 else ("have", "they come")
        found.append(f"that {', '.join(bare)} {have} no bias: {come} back with a bias of 0.")
    if network.dtype == "float64" and all(map(is_float32, network.numbers.values())):
        found.append("the type float64: as every number is one, it comes back as float32.")
    return found
