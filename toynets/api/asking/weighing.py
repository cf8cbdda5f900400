"""Answers about weights: what one means, its sign, its size, and what inputs have of them."""

from __future__ import annotations

from toynets.api.asking.record import Found
from toynets.api.weighing import importance_of
from toynets.zoo import load


def one_weight() -> Found:
    """A unit rescaled: another number, no ablation changed."""
    from toynets.api.gauging import moved

    before = load("xor-sum").network
    made = moved("xor-sum", "rescale", "h2", "1/2")
    old, new = (float(net["x1->h2"]) for net in (before, made.network))
    differ, tried = len(made.comparison.gaps), made.comparison.tried
    return Found(
        (
            f"Alone it means nothing. x1->h2 of xor-sum is {old:g}; rescale h2, and it is {new:g}. "
            f"Of {tried} ablations, tried on both, {differ or 'none'} can tell the two apart.",
            "It means what it does with the others: the product with the weight onward, and the "
            "threshold that the sum must pass. That is what show says of each number.",
        ),
        {"before": old, "after": new, "tried": tried, "differ": differ},
    )


def a_sign() -> Found:
    """One sign turned in XOR; all signs of a tanh unit turned, which changes nothing."""
    from toynets.api.gauging import moved
    from toynets.exact import run

    network = load("xor-sum").network
    clean = run(network, (1, 1))[0]
    after = run(network, (1, 1), "h2->y *= -1")[0]
    flipped = moved("xor-tanh", "flip", "h1")
    signs, differ = len(flipped.changed.rows), len(flipped.comparison.gaps)
    return Found(
        (
            f"One sign alone: yes. With h2->y of xor-sum turned over, y at 11 is {after} "
            f"instead of {clean}.",
            f"All signs of a unit together: not of tanh, where turning {signs} numbers of h1 of "
            f"xor-tanh changes {differ} of {flipped.comparison.tried} ablations.",
        ),
        {
            "clean": str(clean),
            "flipped": str(after),
            "signs": signs,
            "differ": differ,
            "tried": flipped.comparison.tried,
        },
    )


def a_large_weight() -> Found:
    """The largest weight of a network, and what cutting it does."""
    found = importance_of("dead-weight", of="weights", scores=["magnitude"], ablations=["cut"])
    sizes = found.value("magnitude")
    first = max(sizes, key=lambda address: sizes[address])
    value, rank, effect = sizes[first], found.ranks("magnitude")[first], found.effect("cut")[first]
    return Found(
        (
            f"Not by itself: {first} of dead-weight is {value:g}, the largest of "
            f"{len(sizes)} numbers, and cutting it changes the output by {effect:g}.",
            "What carries nothing does nothing, however large; and rescaling a unit makes its "
            "weights as large as you like.",
        ),
        {"weight": first, "value": value, "rank": rank, "effect": effect},
    )


def negative_weights() -> Found:
    """What cutting the negative and the positive numbers of XOR does."""
    network = load("xor-sum").network
    found = importance_of(network, of="weights", scores=[], ablations=["cut"])
    effect = found.effect("cut")
    parts = {
        word: [e for a, e in effect.items() if sign * float(network[a]) > 0]
        for word, sign in (("negative", -1), ("positive", 1))
    }
    means = {word: sum(part) / len(part) for word, part in parts.items()}
    return Found(
        (
            "Here more. Cut one number of xor-sum, and look where y moves most: that is "
            f"{means['negative']:g} on average over the {len(parts['negative'])} negative numbers, "
            f"and {means['positive']:g} over the {len(parts['positive'])} positive ones.",
            "Without negative weights XOR is out of reach: through rising units sums with positive "
            "weights only rise, and XOR falls from 01 to 11.",
        ),
        {
            **{f"{word} mean": mean for word, mean in means.items()},
            **{f"{word} count": len(part) for word, part in parts.items()},
        },
    )


def which_inputs() -> Found:
    """The share of the weights that an input has, and what taking it away does."""
    found = importance_of("dead-weight", of="inputs", scores=["garson"], ablations=["zero"])
    share, effect = found.value("garson"), found.effect("zero")
    first = max(share, key=lambda name: share[name])
    other = max(effect, key=lambda name: effect[name])
    return Found(
        (
            f"Those whose removal changes the output, which sums of weights do not tell: {first} "
            f"of dead-weight has {100 * share[first]:.1f} % of them (Garson) and an effect of "
            f"{effect[first]:g}; {other} has {100 * share[other]:.1f} % and {effect[other]:g}.",
            "A large weight may only mean that an input is measured in small units. The study of "
            "14-8-3 networks counts how often each score finds the two inputs that decide.",
        ),
        {"input": first, "share": share[first], "effect": effect[first], "matters": other},
    )


def from_feature_to_class() -> Found:
    """The weights on the ways from an input to an output, and the first among them."""
    name = "multiplier-trained"
    found = importance_of(
        name, of="weights", source="a2", target="p8", scores=[], ablations=["cut"]
    )
    ranks, effect = found.ranks("cut"), found.effect("cut")
    best = min(ranks.values())
    first = [address for address, rank in ranks.items() if rank == best]
    least = min(effect.values())
    count = len(load(name).network.numbers)
    return Found(
        (
            f"Those on a way from one to the other: {len(ranks)} of the {count} numbers of {name} "
            f"lie between a2 and p8, and {' and '.join(first)} carry the most "
            f"({effect[first[0]]:.3g}).",
            "Each counts by as much of its effect as hangs on that feature: what is left of the "
            f"effect with a2 at its mean is taken off. The least carries {least:.2g}.",
        ),
        {"between": len(ranks), "of": count, "first": first, "effect": effect[first[0]]},
    )
