"""Every single ablation, and every pair, from one clean pass.

Removing one unit, or changing one number, leaves everything before it as it is, and changes the
next layer's pre-activations by a rank-1 term: the column of weights out of that unit, times the
change of its activation. So a case costs one column, one activation, and the layers after that. In
the layer before the outputs nothing is left to multiply; a weight of the last layer changes one
logit alone. The layout is (units, cases, rows): weights times everything else is one product.

Taking a term from a sum leaves a rounding where the rest of the sum is 0. Where that can do more
than round, at a decision and before a step, the sums are formed again (`jumps`).
"""

from __future__ import annotations

from typing import Any

import jax
import jax.numpy as jnp

from toynets.forward import FUNCTIONS
from toynets.kernels.batched import Clean, affine, clean_pass, in_row_blocks, onwards, product
from toynets.kernels.compiling import compiled
from toynets.kernels.measures import (
    Goal,
    Question,
    goal_of,
    log_sum_exp,
    outputs_of,
    per_row,
    row_sum,
    softplus,
)

# Cases in one step, so that (units, cases, rows) stays in the cache.
CASES_AT_A_TIME = 40


def worth(question: Question, z: Any, goal: Goal) -> Any:
    """Return the value of each case, summed over rows; for `output` row by row.

    Args:
        question: what is asked.
        z: pre-activations of the output layer, shape (out, cases, rows).
        goal: shape (out, rows).

    Returns:
        Shape (cases,); for `mean output` (cases, out), both float64; for `output` (cases, out,
        rows).
    """
    if question.value == "output":
        return jnp.moveaxis(outputs_of(question.output, z), 0, 1)
    found = row_sum(per_row(question, z, goal.target[:, None, :], goal.threshold), goal.real)
    return found.T if question.value == "mean output" else found


def in_chunks(function: Any, arrays: Any) -> Any:
    """Apply a function to chunks of cases along axis 0; results are put together along axis 0."""
    cases = jax.tree.leaves(arrays)[0].shape[0]
    if cases <= CASES_AT_A_TIME:
        return function(arrays)
    steps = -(-cases // CASES_AT_A_TIME)
    size = -(-cases // steps)
    whole = cases - cases % size
    head = jax.tree.map(lambda a: a[:whole].reshape(-1, size, *a.shape[1:]), arrays)
    found = jax.lax.map(function, head)
    found = found.reshape(-1, *found.shape[2:])
    if whole == cases:
        return found
    return jnp.concatenate([found, function(jax.tree.map(lambda a: a[whole:], arrays))])


def jumps(question: Question, activations: tuple[str, ...]) -> bool:
    """Whether a rounding of a pre-activation can change an outcome by more than a rounding.

    >>> jumps(Question("decision", "softmax", "argmax"), ("relu", "softmax"))
    True
    """
    return bool(question.decision) or "step" in activations


def anew(params: Any, layer: int, activation: Any, this: Any, new: Any) -> Any:
    """Return the pre-activations of the next layer with one unit replaced, summed again.

    Args:
        params: of the network.
        layer: of the unit, counted from 0.
        activation: of its layer, shape (units, rows).
        this: which unit it is in each case, shape (cases, units).
        new: what takes its place, shape (cases, rows).

    Returns:
        Shape (units of the next layer, cases, rows).
    """
    mixed = jnp.where(this.T[:, :, None], new[None], activation[:, None, :])
    return affine(params, layer + 1, mixed)


def each_unit(
    params: Any,
    activations: tuple[str, ...],
    state: Clean,
    replaced: tuple[Any, ...],
    goal: Goal,
    question: Question,
    start: int = 0,
) -> Any:
    """Return the value of each ablation of one unit, from hidden layer `start` on.

    Args:
        params: of the network.
        activations: of its layers.
        state: the pass that the ablation is applied to.
        replaced: what takes the place of each activation: shape (units, rows), a layer each.
        goal: what outcomes are held against.
        question: what is asked.
        start: the first hidden layer, counted from 0.

    Returns:
        Shape (units, …), unit by unit.
    """
    found = []
    for k in range(start, len(replaced)):

        def some(cut: Any, k: int = k) -> Any:
            columns, delta = cut
            z = state.pre[k + 1][:, None, :] + columns.T[:, :, None] * delta[None]
            return worth(question, onwards(params, activations, k + 1, z), goal)

        def some_anew(cut: Any, k: int = k) -> Any:
            z = anew(params, k, state.activation[k], *cut)
            return worth(question, onwards(params, activations, k + 1, z), goal)

        if jumps(question, activations):
            found.append(in_chunks(some_anew, (jnp.eye(len(replaced[k]), dtype=bool), replaced[k])))
            continue
        delta = replaced[k] - state.activation[k]
        found.append(in_chunks(some, (params["weight"][k + 1].T, delta)))
    return jnp.concatenate(found)


def by_rows(
    function: Any, given: Any, replaced: tuple[Any, ...], goal: Goal, question: Question
) -> Any:
    """Apply a function of (given, replaced, goal) to blocks of rows, and join what it returns."""
    rows = goal.target.shape[-1]
    wide = tuple(jnp.broadcast_to(c, (c.shape[0], rows)) for c in replaced)

    def block(cut: Any, real: Any) -> Any:
        return function(cut[0], cut[1], Goal(cut[2], goal.threshold, real))

    join = "rows" if question.value == "output" else "sum"
    return in_row_blocks(block, (given, wide, goal.target), join)


def sweep_units(
    params: Any,
    clean: Clean,
    replaced: tuple[Any, ...],
    goal: Goal,
    question: Question,
    activations: tuple[str, ...],
) -> Any:
    """Return the value of each single unit's ablation; `replaced` has shape (units, rows or 1)."""

    def block(state: Clean, replaced: Any, goal: Goal) -> Any:
        return each_unit(params, activations, state, replaced, goal, question)

    return by_rows(block, clean, replaced, goal, question)


def sweep_pairs(
    params: Any,
    clean: Clean,
    replaced: tuple[Any, ...],
    goal: Goal,
    question: Question,
    activations: tuple[str, ...],
) -> Any:
    """Return the value for every pair whose second unit is in the same or a later layer.

    For each unit in turn, the network without it takes the place of the clean one.

    Returns:
        For each layer of the first unit: shape (its units, units from that layer on, …). Where
        both are the same unit the number means nothing.
    """

    def block(clean: Clean, replaced: Any, goal: Goal) -> Any:
        def layer(k: int) -> Any:
            def first(one: Any) -> Any:
                column, delta, this, new = one
                z = clean.pre[k + 1] + column[:, None] * delta[None]
                own = clean.activation[k]
                if jumps(question, activations):
                    own = jnp.where(this[:, None], new[None], own)
                    z = affine(params, k + 1, own)
                pre, activation = [*clean.pre[: k + 1], z], [*clean.activation[:k], own]
                for later in range(k + 1, len(activations) - 1):
                    activation.append(FUNCTIONS[activations[later]](pre[later]))
                    pre.append(affine(params, later + 1, activation[later]))
                state = Clean(tuple(pre), tuple(activation))
                return each_unit(params, activations, state, replaced, goal, question, k)

            delta = replaced[k] - clean.activation[k]
            this = jnp.eye(len(delta), dtype=bool)
            return jax.lax.map(first, (params["weight"][k + 1].T, delta, this, replaced[k]))

        return tuple(layer(k) for k in range(len(replaced)))

    return by_rows(block, clean, replaced, goal, question)


def sweep_weights(
    params: Any,
    x: Any,
    clean: Clean,
    goal: Goal,
    factor: Any,
    question: Question,
    activations: tuple[str, ...],
) -> Any:
    """Return the value with each weight and bias in turn multiplied by 1 - factor.

    Args:
        params: of the network.
        x: shape (in, rows).
        clean: its clean pass.
        goal: what outcomes are held against.
        factor: 1 cuts, 2 flips; of the network's dtype.
        question: what is asked.
        activations: of the layers.

    Returns:
        For each layer shape (units, parents + 1, …), the bias last.
    """

    def block(given: Any, _: Any, goal: Goal) -> Any:
        x, clean = given

        def taken(weights: Any, bias: Any, parents: Any) -> Any:
            """What each number adds to the pre-activation, times the factor."""
            last = jnp.broadcast_to(bias, (1, parents.shape[1]))
            return factor * jnp.concatenate([weights[:, None] * parents, last])

        def changed(weights: Any, bias: Any, parents: Any) -> Any:
            """Return the pre-activation with each number changed in turn: (parents + 1, rows)."""
            numbers = jnp.concatenate([weights, bias[None]])
            each = numbers[None] * (1 - factor * jnp.eye(len(numbers), dtype=numbers.dtype))
            return product(each[:, :-1], parents) + each[:, -1:]

        def hidden(k: int, parents: Any) -> Any:
            act = FUNCTIONS[activations[k]]

            def unit(one: Any) -> Any:
                weights, bias, z, value, column, this = one

                def some(part: Any) -> Any:
                    delta = act(z[None] - part) - value[None]
                    z_next = clean.pre[k + 1][:, None, :] + column[:, None, None] * delta[None]
                    return worth(question, onwards(params, activations, k + 1, z_next), goal)

                def some_anew(new: Any) -> Any:
                    where = jnp.broadcast_to(this, (len(new), len(this)))
                    z_next = anew(params, k, clean.activation[k], where, new)
                    return worth(question, onwards(params, activations, k + 1, z_next), goal)

                if jumps(question, activations):
                    return in_chunks(some_anew, act(changed(weights, bias, parents)))
                return in_chunks(some, taken(weights, bias, parents))

            columns = params["weight"][k + 1].T
            own = (params["weight"][k], params["bias"][k], clean.pre[k], clean.activation[k])
            return jax.lax.map(unit, (*own, columns, jnp.eye(len(columns), dtype=bool)))

        def output(parents: Any) -> Any:
            z = clean.pre[-1]
            own = (params["weight"][-1], params["bias"][-1])
            if (question.value, question.output) == ("cross-entropy", "softmax") and len(z) > 1:
                linear = jnp.sum(goal.target * z, axis=0)

                def logit(one: Any) -> Any:
                    weights, bias, z, others, target = one
                    # log(exp a + exp b) = b + softplus(a - b)
                    part = taken(weights, bias, parents)
                    total = others[None] + softplus((z - others)[None] - part)
                    return row_sum(total - linear[None] + target[None] * part, goal.real)

                return jax.lax.map(logit, (*own, z, log_sum_exp_of_others(z), goal.target))

            def unit(one: Any) -> Any:
                weights, bias, this = one
                if jumps(question, activations):
                    new = changed(weights, bias, parents)[None]
                    return worth(question, jnp.where(this[:, None, None], new, z[:, None]), goal)
                part = taken(weights, bias, parents)
                gone = jnp.where(this[:, None, None], part[None], jnp.zeros((), part.dtype))
                return worth(question, z[:, None, :] - gone, goal)

            return jax.lax.map(unit, (*own, jnp.eye(len(z), dtype=bool)))

        before = [x, *clean.activation]
        layers = [hidden(k, before[k]) for k in range(len(activations) - 1)]
        return (*layers, output(before[-1]))

    return by_rows(block, (x, clean), (), goal, question)


def log_sum_exp_of_others(z: Any) -> Any:
    """Return for each output log sum exp of the others' logits; shapes (out, rows).

    Taking the output's own term out of the whole sum would lose all digits where it is largest.
    """

    def one(this: Any) -> Any:
        return log_sum_exp(jnp.where(this[:, None], jnp.full((), -jnp.inf, z.dtype), z))

    # A loop of its own: within the loop over cases, XLA would compute it again for each of them.
    return jax.lax.map(one, jnp.eye(len(z), dtype=bool))


def sweep_draws(
    params: Any,
    clean: Clean,
    sources: tuple[Any, ...],
    goal: Goal,
    question: Question,
    activations: tuple[str, ...],
    sweep: Any,
) -> Any:
    """Return a sweep of units (or pairs) for draws 1 to rows - 1 of `resample`: (draws, …)."""
    rows = goal.target.shape[-1]

    def draw(shift: Any) -> Any:
        at = (jnp.arange(rows) + shift) % rows
        moved = tuple(jnp.take(a, at, axis=-1) for a in sources)
        return sweep(params, clean, moved, goal, question, activations)

    return jax.lax.map(draw, jnp.arange(1, rows))


def begin(
    params: Any, x: Any, targets: Any, threshold: Any, question: Question, activations: Any
) -> tuple[Clean, Goal, Any]:
    """Return the clean pass, what outcomes are held against, and the clean value of each row."""
    clean = clean_pass(params, x, activations)
    goal = goal_of(question, clean.pre[-1], targets, threshold)
    return clean, goal, per_row(question, clean.pre[-1], goal.target, goal.threshold)


def units_from(
    params: Any,
    x: Any,
    targets: Any,
    threshold: Any,
    replaced: tuple[Any, ...],
    question: Question,
    activations: tuple[str, ...],
    pairs: bool,
    draws: bool,
) -> tuple[Any, Any]:
    """Return a sweep of units or pairs, and the clean value row by row: all in one program.

    A program of its own for the clean pass would cost a tenth of the whole: it hands over every
    value of the network, and the next one takes them up again.
    """
    clean, goal, worth_clean = begin(params, x, targets, threshold, question, activations)
    sweep = sweep_pairs if pairs else sweep_units
    if draws:
        found = sweep_draws(params, clean, replaced, goal, question, activations, sweep)
    else:
        found = sweep(params, clean, replaced, goal, question, activations)
    return found, worth_clean


def weights_from(
    params: Any,
    x: Any,
    targets: Any,
    threshold: Any,
    factor: Any,
    question: Question,
    activations: tuple[str, ...],
) -> tuple[Any, Any]:
    """Return a sweep of weights, and the clean value row by row."""
    clean, goal, worth_clean = begin(params, x, targets, threshold, question, activations)
    return sweep_weights(params, x, clean, goal, factor, question, activations), worth_clean


_STATIC = ("question", "activations")
units_program = compiled(units_from, static=(*_STATIC, "pairs", "draws"))
weights_program = compiled(weights_from, static=_STATIC)
