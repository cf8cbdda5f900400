"""Networks from objects of other libraries, told by what they have and not by what they are.

None of these libraries is imported. The orientation of a square matrix cannot be seen, so it is
taken from the library's own convention: scikit-learn and Flax keep (in, out), PyTorch and Equinox
(out, in).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from toynets.assembling import activations_of, assemble, check_order, natural
from toynets.building import plain
from toynets.errors import ToynetsError
from toynets.names import check_name
from toynets.network import Network

SKLEARN = {"identity": "identity", "logistic": "sigmoid", "tanh": "tanh", "relu": "relu",
           "softmax": "softmax"}  # fmt: skip  # a table
TORCH = {"ReLU": "relu", "Tanh": "tanh", "Sigmoid": "sigmoid", "Identity": "identity",
         "Softmax": "softmax", "LogSoftmax": "softmax"}  # fmt: skip  # a table
TORCH_SILENT = ("Flatten", "Dropout")
TORCH_FOLDERS = ("Sequential", "ModuleList")


def from_sklearn(model: Any, *, inputs: Sequence[str] | None = None, name: str = "") -> Network:
    """Return the network of a fitted `MLPClassifier` or `MLPRegressor`.

    A classifier of two classes has one sigmoid output; of more, one softmax output a class.

    Args:
        model: has `coefs_` of shapes (in, out), `intercepts_`, `activation`, `out_activation_`.
        inputs: names; default `feature_names_in_` where they are names, else x1, x2, …
        name: of the network.

    Raises:
        ToynetsError: not fitted, another model, or an activation that is not known.
    """
    need = ("coefs_", "intercepts_", "activation", "out_activation_")
    missing = [a for a in need if not hasattr(model, a)]
    if missing:
        raise ToynetsError(
            f"{type(model).__name__} has no {', '.join(missing)}.",
            cause="it is not fitted yet, or no MLPClassifier or MLPRegressor.",
            fix="call model.fit(X, y) first.",
        )
    layers = [(plain(w), plain(b)) for w, b in zip(model.coefs_, model.intercepts_, strict=True)]
    kinds = [SKLEARN.get(k) for k in (model.activation, model.out_activation_)]
    if None in kinds:
        raise ToynetsError(f"activation {model.activation!r} is not known here.")
    width = {getattr(w, "dtype", None) for w in model.coefs_}
    return assemble(
        layers,
        activations_of(len(layers), kinds[0], kinds[1], "the model"),
        "the model",
        dtype="float32" if {str(d) for d in width} == {"float32"} else "float64",
        name=name,
        inputs=inputs or _feature_names(model),
        orientation="in, out",
    )


def _feature_names(model: Any) -> list[str] | None:
    """Return the names of the columns that a model was fitted to, where all can be addresses."""
    given = plain(getattr(model, "feature_names_in_", None))
    if not isinstance(given, list) or len(set(given)) < len(given):
        return None
    try:
        names = [check_name(name, "input") for name in given]
    except ToynetsError:
        return None
    # h1, y and y2 are what units are called that nobody named.
    return None if any(re.fullmatch(r"[hy][0-9]*(\.[0-9]+)?", name) for name in names) else names


def from_torch(module: Any, *, inputs: Sequence[str] | None = None, name: str = "") -> Network:
    """Return the network of a PyTorch module: Linear layers and activations in a Sequential.

    Args:
        module: a `Sequential`, or one `Linear`. `weight` has the shape (out, in).
        inputs: names; default x1, x2, …
        name: of the network.

    Raises:
        ToynetsError: a module that is not read, by its name.
    """
    layers: list[tuple[Any, Any]] = []
    kinds: list[str] = []
    dtypes = set()
    for part in _parts(module):
        kind = type(part).__name__
        if kind == "Linear":
            weight, bias = part.weight, getattr(part, "bias", None)
            layers.append((_plain(weight), None if bias is None else _plain(bias)))
            dtypes.add(str(getattr(weight, "dtype", "")))
            kinds.append("identity")
        elif kind in TORCH and kinds and kinds[-1] == "identity":
            kinds[-1] = TORCH[kind]
        elif kind not in TORCH_SILENT and kind != "Identity":
            raise ToynetsError(
                f"{kind} is not read here; read are Linear, {', '.join(TORCH)}.",
                cause="a module with a forward function of its own hides the order of its layers.",
                fix="pass torch.nn.Sequential(…) of its layers in order.",
            )
    if not layers:
        raise ToynetsError(f"{type(module).__name__} has no Linear layer.")
    return assemble(
        layers, kinds, "the module",
        dtype="float64" if any("64" in d for d in dtypes) else "float32",
        name=name, inputs=inputs,
    )  # fmt: skip  # one line a thought


def _parts(module: Any) -> list[Any]:
    if type(module).__name__ not in TORCH_FOLDERS:
        return [module]
    return [part for child in module.children() for part in _parts(child)]


def _plain(value: Any) -> Any:
    for method in ("detach", "cpu"):
        value = getattr(value, method)() if hasattr(value, method) else value
    return plain(value)


def from_equinox(
    module: Any, *, activation: str | Sequence[str] | None = None, output: str | None = None,
    inputs: Sequence[str] | None = None, name: str = "",
) -> Network:  # fmt: skip  # a signature
    """Return the network of an Equinox `MLP`, or of anything with `layers` that have `weight`.

    Args:
        module: `weight` has the shape (out, in), `bias` (out,) or is None. Functions may stand
            between the layers, as in an Equinox `Sequential`.
        activation: of the hidden units; by default the name of the module's own function.
        output: of the output; by default likewise, and `identity` where there is none.
        inputs: names; default x1, x2, …
        name: of the network.

    Raises:
        ToynetsError: no such layers, others between them, or a function whose name says nothing.
    """
    parts, said = _chain(module)
    if not parts:
        raise ToynetsError(
            f"{type(module).__name__} has no layers with a weight.",
            fix="pass an equinox.nn.MLP, or write Network.from_layers([...]).",
        )
    if any(said):
        activation = activation or [kind or "identity" for kind in said[:-1]]
        output = output or said[-1] or "identity"
    if len(parts) > 1:
        activation = activation or _own(module, "activation")
    output = output or _own(module, "final_activation")
    layers = [(plain(p.weight), None if p.bias is None else plain(p.bias)) for p in parts]
    kinds = activations_of(len(layers), activation, output, "the module")
    for k, (kind, given) in enumerate(zip(said, kinds, strict=True), start=1):
        if kind not in (None, given):
            raise ToynetsError(f"layer {k} of the module is {kind}, but {given} is asked for.")
    return assemble(
        layers, kinds, "the module",
        dtype="float64" if any("64" in str(p.weight.dtype) for p in parts) else "float32",
        name=name, inputs=inputs,
    )  # fmt: skip  # one line a thought


def _chain(module: Any) -> tuple[list[Any], list[str | None]]:
    """Return the dense layers of a module, and the function that stands behind each, if any.

    Raises:
        ToynetsError: a layer that is neither dense nor a function that is known.
    """
    parts: list[Any] = []
    said: list[str | None] = []
    for part in getattr(module, "layers", ()):
        kind = type(part).__name__
        if hasattr(part, "weight"):
            if getattr(part.weight, "ndim", 2) != 2 or not hasattr(part, "bias"):
                raise ToynetsError(
                    f"{kind} is not read here: it has a weight and is no dense layer.",
                    fix="write Network.from_layers([...]).",
                )
            parts.append(part)
            said.append(None)
            continue
        word = _function_name(getattr(part, "fn", part))
        if kind in TORCH_SILENT or kind == "Identity" or word == "identity":
            continue
        if word is None or not parts or said[-1] is not None:
            raise ToynetsError(
                f"{kind} between the layers of {type(module).__name__} is not read here.",
                cause="read are dense layers, each with one function behind it at most.",
                fix="write Network.from_layers([...]).",
            )
        said[-1] = word
    return parts, said


def _own(module: Any, attribute: str) -> str | None:
    """Return the activation that a module has as an attribute; None where it has no such one.

    Raises:
        ToynetsError: a function whose name says nothing.
    """
    function = getattr(module, attribute, None)
    word = _function_name(function)
    if function is not None and word is None:
        argument = "output" if attribute == "final_activation" else attribute
        raise ToynetsError(
            f"the {attribute} of {type(module).__name__} is a function whose name says nothing.",
            cause="nothing in it says which activation it is.",
            fix=f'add {argument}="relu", or what it is.',
        )
    return word


def _function_name(function: Any) -> str | None:
    if function is None:
        return None
    wrapped = (getattr(function, "__wrapped__", None), getattr(function, "fn", None))
    for one in (function, *(w for w in wrapped if w is not None)):
        word = getattr(one, "__name__", "").strip("_").lower()
        if word in ("relu", "tanh", "sigmoid", "identity", "abs", "softmax"):
            return str(word)
        code = getattr(one, "__code__", None)  # trying numbers would take a clip for the identity
        if code is not None and word in ("lambda", "<lambda>"):
            return "identity" if code.co_code == _same.__code__.co_code else None
    return None


def _same(x: Any) -> Any:
    return x


def from_flax(
    params: Mapping[str, Any], *, activation: str | Sequence[str] | None = None,
    output: str | None = None, inputs: Sequence[str] | None = None, name: str = "",
) -> Network:  # fmt: skip  # a signature
    """Return the network of a Flax parameter tree: `{"Dense_0": {"kernel": …, "bias": …}, …}`.

    Args:
        params: with or without the outer `params`; `kernel` has the shape (in, out).
        activation: of the hidden units: the tree does not say it.
        output: of the output; default `identity`.
        inputs: names; default x1, x2, …
        name: of the network.

    Raises:
        ToynetsError: no kernels, other layers, an order that nothing says, or no activation for
            hidden units.
    """
    tree = params.get("params", params)
    keys = [k for k in sorted(tree, key=natural) if "kernel" in tree[k]]
    if not keys:
        raise ToynetsError(
            "the tree has no layer with a kernel.",
            cause="Flax keeps {'Dense_0': {'kernel': …, 'bias': …}}.",
        )
    other = [k for k in tree if k not in keys and tree[k]]
    other += [k for k in keys if getattr(tree[k]["kernel"], "ndim", 2) != 2]
    if other:
        raise ToynetsError(
            f"the tree has layers that are not dense: {', '.join(map(str, other))[:80]}.",
            cause="read are entries with a kernel that is a matrix, and nothing is left out.",
            fix="write Network.from_layers([...]).",
        )
    check_order({k: _shape(tree[k]["kernel"]) for k in keys}, "the tree", "in, out")
    layers = [
        (plain(tree[k]["kernel"]), plain(tree[k]["bias"]) if "bias" in tree[k] else None)
        for k in keys
    ]
    wide = any("64" in str(getattr(tree[k]["kernel"], "dtype", "")) for k in keys)
    return assemble(
        layers, activations_of(len(layers), activation, output, "the tree"), "the tree",
        dtype="float64" if wide else "float32", name=name, inputs=inputs, orientation="in, out",
    )  # fmt: skip  # one line a thought


def _shape(kernel: Any) -> tuple[int, int]:
    rows = plain(kernel)
    return len(rows), len(rows[0])
