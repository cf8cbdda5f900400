"""Record what takes too long to be computed each time a figure is built.

    python figures/data/record.py            # all of it, about two minutes
    python figures/data/record.py census     # one of them

Each file says what made it; `tests/figures/test_records.py` makes a part of each again.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SEEDS = (4, 8)  # two trainings of one family, its units in another order
MOONS = 3
FREE_SEEDS = (55, 25)  # of one family as well, and each at a scale of its own
RUNS = 10_000
PATHS = (44, 68)  # one to a solution, one to a plateau, both of long ways


def entries() -> list[Any]:
    """Return every network of the zoo."""
    import toynets

    return [toynets.load(str(row[0])) for row in toynets.list().rows]


def moons(count: int = 20) -> list[tuple[list[str], int]]:
    """Return (point, class) of two half circles that reach into each other, in 64ths."""
    found = []
    for k in range(count):
        turn = math.pi * k / (count - 1)
        upper = (math.cos(turn), math.sin(turn))
        lower = (1 - math.cos(turn), 0.5 - math.sin(turn))
        for which, point in enumerate((upper, lower)):
            found.append(([f"{round(64 * v)}/64" for v in point], which))
    return found


def two_moons(steps: int = 400) -> dict[str, Any]:
    """Train 2-4-2-1 tanh to tell two moons apart, and stop early: later the image is a line."""
    import toynets
    from toynets.rationals import rational
    from toynets.tasks import Task

    points = moons()
    domain = toynets.Domain.listed([point for point, _ in points])
    classes = {row: which for row, (_, which) in zip(domain.rows, points, strict=True)}
    task = Task(
        name="two-moons",
        title="which of two moons a point is on",
        inputs=("x1", "x2"),
        outputs=("y",),
        domain=domain,
        rule=lambda row: (rational(classes[row]),),
        decision={"threshold": "1/2"},
        loss="bce",
        hidden=(4, 2),
        encode="1 is the lower moon",
    )
    done = toynets.train(task, activation="tanh", seed=MOONS, steps=steps, progress=False)
    return {
        "network": done.network.to_dict(),
        "points": [{"point": point, "class": which} for point, which in points],
        "largest error": round(done.max_error, 4),
        "steps": steps,
        "seed": MOONS,
    }


def two_trainings(seeds: tuple[int, int] = SEEDS, recipe: Any = None) -> dict[str, Any]:
    """Train XOR from two seeds."""
    import toynets

    networks = {}
    for seed in seeds:
        done = toynets.train("xor", seed=seed, recipe=recipe, progress=False)
        networks[str(seed)] = {
            "network": done.network.to_dict(),
            "largest error": float(done.max_error),
        }
    return {"task": "xor", "networks": networks}


def trainings_without_decay() -> dict[str, Any]:
    """Train XOR from two seeds without decay of the weights, so that each keeps its own scale."""
    phase = {"steps": 3000, "learning_rate": 0.03, "schedule": "cosine", "decay": 0.0}
    recipe = {"optimiser": "adam", "init": "he-normal", "loss": "mse", "phases": [phase]}
    return two_trainings(FREE_SEEDS, recipe)


def importance_contest(names: tuple[str, ...] = ()) -> dict[str, Any]:
    """Hold every score against every ablation, over the zoo."""
    from toynets.studies import contest

    chosen = [e for e in entries() if not names or e.name in names]
    found = contest(chosen)
    keep = ("name", "place", "reads", "by_kind", "single", "joint", "top", "sign", "networks")
    return {
        "networks": {e.name: e.network.hash for e in chosen},
        "standings": {
            of: [{key: _short(getattr(one, key)) for key in keep} for one in rows]
            for of, rows in found.standings.items()
        },
    }


def connectome_ladder(names: tuple[str, ...] = ()) -> dict[str, Any]:
    """Predict ablations from wiring, then signs, then magnitudes, then the explanation."""
    from toynets.studies import ladder

    chosen = [e for e in entries() if not names or e.name in names]
    found = ladder(chosen)
    data = found.to_dict()
    rungs = list(data["means"])
    return {
        "networks": {e.name: e.network.hash for e in chosen},
        "means": _short(data["means"]),
        "by network": {
            name: {rung: _short(found.mean(rung, "rank", network=name)) for rung in rungs}
            for name in found.networks
        },
    }


def rank_stability(seeds: int = 200) -> dict[str, Any]:
    """Train 14-8-3 many times, score its inputs, retrain it on the two that matter, cut it."""
    from toynets.studies import tabular_study

    found = tabular_study(seeds=seeds)
    return {
        "inputs": list(found.inputs),
        "matter": list(found.matter),
        "seeds": seeds,
        "held out": found.held_out,
        "settings": {
            s.title: {
                "found": {
                    name: {
                        "both": _short(f.both),
                        "stability": _short(f.stability),
                        "ranks": _short(dict(f.ranks)),
                    }
                    for name, f in s.found.items()
                },
                "all inputs": [_short(s.every.accuracy.mean), _short(s.every.accuracy.sd)],
                "two inputs": [_short(s.only.accuracy.mean), _short(s.only.accuracy.sd)],
                "curves": {
                    name: {str(share): _short(v.mean) for share, v in curve.items()}
                    for name, curve in s.curves.items()
                },
            }
            for s in found.settings
        },
    }


def solution_atlas(runs: int = RUNS) -> dict[str, Any]:
    """Take a census of XOR, and follow some trainings to where they end."""
    import toynets

    found = toynets.take_census("xor", 2, runs=runs, seed=0)
    return {
        "task": "xor",
        "runs": found.runs,
        "converged": found.converged,
        "families": [
            {
                "name": f.name,
                "share": _short(f.share),
                "runs": len(f.runs),
                "description": f.description,
                "formula": f.formula,
                "network": f.network.to_dict(),
            }
            for f in found.families
        ],
        "plateaus": [
            {
                "outputs": p.plateau,
                "share": _short(p.share),
                "runs": len(p.runs),
                "error": _short(p.error),
            }
            for p in found.failures
        ],
        "paths": {str(seed): descent(seed) for seed in PATHS},
    }


def descent(seed: int, steps: int = 4000, rate: float = 0.05) -> dict[str, Any]:
    """Follow plain gradient descent of XOR 2-2-1 relu in float64, full batch.

    Returns:
        `path`: the weights into h1 and h2 and out of them, at about 40 steps, and the outputs.
    """
    import numpy as np

    x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], float)
    t = np.array([0, 1, 1, 0], float)
    rng = np.random.default_rng(seed)
    w, c = rng.normal(size=(2, 2)), np.zeros(2)
    v, b = rng.normal(size=2), 0.0
    marks = sorted({round(steps * (k / 40) ** 3) for k in range(41)})
    path = []
    for step in range(steps + 1):
        z = x @ w.T + c
        h = np.maximum(z, 0)
        y = h @ v + b
        if step in marks:
            path.append(
                {
                    "step": step,
                    "weights": [_short(float(a)) for a in [*w.ravel(), *c, *v, b]],
                    "outputs": [_short(float(a)) for a in y],
                    "error": _short(float(((y - t) ** 2).mean())),
                }
            )
        gap = 2 * (y - t) / len(t)
        back = np.outer(gap, v) * (z > 0)
        w, c, v, b = (
            w - rate * back.T @ x,
            c - rate * back.sum(0),
            v - rate * h.T @ gap,
            b - rate * gap.sum(),
        )
    return {"rate": rate, "path": path}


def _short(value: Any) -> Any:
    """Keep four decimals: enough to print and to draw."""
    if isinstance(value, dict):
        return {key: _short(v) for key, v in value.items()}
    return round(value, 4) if isinstance(value, float) else value


RECORDS: dict[str, Callable[[], dict[str, Any]]] = {
    one.__name__: one
    for one in (
        two_moons,
        two_trainings,
        trainings_without_decay,
        importance_contest,
        connectome_ladder,
        rank_stability,
        solution_atlas,
    )
}


def main(names: list[str]) -> None:
    """Write the records that are named, or all."""
    for name in names or list(RECORDS):
        data = {"command": f"python figures/data/record.py {name}", **RECORDS[name]()}
        path = HERE / f"{name}.json"
        path.write_text(json.dumps(data, indent=1, sort_keys=False) + "\n", encoding="utf-8")
        print(f"{path.name}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
