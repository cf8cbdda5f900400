"""What `toynets plot` draws of many networks at once: of a contest, a census, many trainings."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from toynets.cli import numbers
from toynets.errors import ToynetsError

if TYPE_CHECKING:
    from toynets.plots import Figure, Shown, Style

# Kind -> what it shows. Its options are in `TAKES`; what is left out is what the study takes.
STUDIED = {
    "contest": "how well each score predicts ablations, over networks or all",
    "atlas": "the ways in which many trainings of a task solve it",
    "rank-stability": "where each score ranks the inputs, over many trainings of a table",
    "learning-curves": "the loss over the steps, of trainings of a task",
}
TAKES = {
    "contest": ("of", "truth"),
    "atlas": ("hidden", "activation", "runs", "seed"),
    "rank-stability": ("hidden", "seeds", "seed", "steps", "matter", "bait", "setting"),
    "learning-curves": ("hidden", "activation", "seeds", "seed", "steps"),
}
OPTIONS = tuple(dict.fromkeys(option for options in TAKES.values() for option in options))
TABLE = "tabular"  # the task whose inputs are ranked where none is named
NAMED = 3  # networks that a caption names one by one; more are counted
CURVES = 4  # learning curves where --seeds is left out


def add_studied(parser: Any) -> None:
    """Add the options of the kinds that are of many networks."""
    own = parser.add_argument_group("of many networks: contest, atlas, rank-stability, curves")
    own.add_argument(
        "--of", choices=("units", "inputs", "weights"), help="contest: of what; default units"
    )
    own.add_argument(
        "--truth", choices=("largest", "mean"), help="contest: of the |effects|; default largest"
    )
    own.add_argument(
        "--hidden",
        metavar="N",
        type=numbers.units,
        help="hidden units; default the task's, atlas 2",
    )
    own.add_argument(
        "--runs", metavar="N", type=numbers.networks, help="atlas: networks; default 10000"
    )
    own.add_argument(
        "--seeds", metavar="N", type=numbers.networks, help="networks; default 200, of curves 4"
    )
    own.add_argument("--seed", metavar="N", type=numbers.seed, help="the first; default 0")
    own.add_argument("--steps", metavar="N", type=numbers.steps, help="of each training")
    own.add_argument("--matter", metavar="X,X", help="rank-stability: the inputs that decide")
    own.add_argument("--bait", metavar="X", help="rank-stability: an input to be shown besides")
    own.add_argument(
        "--setting", metavar="NAME", help="rank-stability: 'raw, no decay'; default the first"
    )


def draw_studied(
    kind: str, names: list[str], given: dict[str, Any], style: Style, name: str, screen: Any
) -> Figure:
    """Hold the study that a kind is of, with a bar, and draw it.

    Args:
        kind: of `STUDIED`.
        names: networks of a contest; the task of the others.
        given: the options that were given, by name.
        style: how it looks.
        name: of the figure.
        screen: for the bar.

    Raises:
        ToynetsError: more or fewer names than the kind takes, or what its study refuses.
    """
    if kind == "contest":
        return _contest(names, given, style, name, screen)
    if len(names) > 1 or (not names and kind != "rank-stability"):
        raise ToynetsError(
            f"the kind {kind} is of one task, but got {', '.join(names) or 'none'}.",
            fix=f"toynets plot {kind} xor" if kind != "rank-stability" else "name one task.",
        )
    made = {"atlas": _atlas, "rank-stability": _ranks, "learning-curves": _curves}[kind]
    return made(names[0] if names else TABLE, given, style, name, screen)


def refuse_files(names: list[str], what: str = "a contest") -> None:
    """Say of a file that a study is of the zoo, whose networks have a task and an explanation."""
    from toynets.api.files import is_file_name

    for name in names:
        if is_file_name(name):
            raise ToynetsError(
                f"{what} is of networks of the zoo, and {name} is a file.",
                fix=f"toynets importance {name} --of units has the scores of one network.",
            )


def contest_drawn(found: Any, named: bool, *, style: Style | None, name: str) -> Figure:
    """Draw a contest, a panel for each kind of player; its networks are named, or counted.

    Args:
        found: the `Contest`.
        named: whether somebody chose its networks; else it is of the whole zoo.
        style: how it looks; None is the usual one.
        name: of the figure.
    """
    from toynets.plots import contest as drawn
    from toynets.plots import shown
    from toynets.plots.crowds import crowd, in_plural
    from toynets.zoo import load

    entries = [load(one) for one in found.networks]
    if len(entries) <= NAMED:
        return drawn(found.standings, style=style, shows=[shown(e) for e in entries], name=name)
    zoo = crowd(
        "those named" if named else "zoo",
        [one.network.hash for one in entries],
        "those of each",
    )
    return in_plural(drawn(found.standings, style=style, shows=[zoo], name=name), zoo)


def _contest(
    names: list[str], given: dict[str, Any], style: Style, name: str, screen: Any
) -> Figure:
    from toynets.studies import contest
    from toynets.zoo import load
    from toynets.zoo import names as every

    refuse_files(names)
    entries = [load(one) for one in dict.fromkeys(names or every())]
    of, truth = given.get("of", "units"), given.get("truth", "largest")
    with screen.progress("contest") as move:
        found = contest(entries, of=[of], truth=truth, progress=move)
    return contest_drawn(found, bool(names), style=style, name=name)


def _atlas(task: str, given: dict[str, Any], style: Style, name: str, screen: Any) -> Figure:
    from toynets.census import take_census
    from toynets.plots import atlas
    from toynets.plots.atlases import inputs_of
    from toynets.tasks import load

    inputs = inputs_of(load(task).domain)  # what has too many is said before the training
    keys = {k: given[k] for k in ("activation", "runs", "seed") if k in given}
    with screen.progress(f"{task} census") as move:
        found = take_census(task, given.get("hidden", 2), progress=move, **keys)
    return atlas(found, style=style, domain=inputs, name=name)


def _ranks(task: str, given: dict[str, Any], style: Style, name: str, screen: Any) -> Figure:
    from dataclasses import asdict

    from toynets.errors import unknown
    from toynets.plots import rank_stability
    from toynets.plots.crowds import in_plural
    from toynets.studies import tabular_study
    from toynets.studies.tabular import titles
    from toynets.tasks import load

    matter = [one.strip() for one in given.get("matter", "").split(",") if one.strip()]
    there = titles(task, matter)  # said before the trainings, not after them
    setting = given.get("setting", there[0]).strip()
    if setting not in there:
        raise ToynetsError(
            f"there is no setting {setting} of {task}.",
            fix=f"write one of: {'; '.join(repr(one) for one in there)}.",
        )
    bait = given.get("bait", "").strip()
    if bait and bait not in load(task).inputs:
        raise ToynetsError(
            unknown("input", bait, task, load(task).inputs), fix="name one that is to be shown."
        )
    keys = {k: given[k] for k in ("seeds", "seed", "hidden", "steps") if k in given}
    with screen.progress(f"{task}, many trainings") as move:
        found = tabular_study(task, matter=matter, progress=move, **keys)
    one = found.setting(setting)
    shape = f"{len(found.inputs)}-{found.hidden}-{len(load(task).outputs)} relu"
    trained = _recorded(
        shape, asdict(one), f"{found.held_out} rows" + " held out" * found.apart,
        f"{found.seeds} trainings, {setting}",
    )  # fmt: skip
    made = rank_stability(
        one.found, style=style, matter=found.matter, bait=bait, shows=[trained], name=name
    )
    return in_plural(made, trained)


def _recorded(name: str, record: Any, domain: str, text: str) -> Shown:
    """Return what is shown of trainings whose numbers are kept as a record, with its hash."""
    from toynets.plots.crowds import crowd

    said = json.dumps(record, sort_keys=True, default=str)
    return crowd(name, [hashlib.sha256(said.encode()).hexdigest()], domain, text=text)


def _curves(task: str, given: dict[str, Any], style: Style, name: str, screen: Any) -> Figure:
    from toynets.plots import learning_curves
    from toynets.plots.courses import LOOKS
    from toynets.tasks import load

    count, first = given.get("seeds", CURVES), given.get("seed", 0)
    if not 1 <= count <= len(LOOKS):
        raise ToynetsError(
            f"--seeds {count}: 1 to {len(LOOKS)} curves can be told apart in one figure.",
            fix=f"give --seeds {min(max(count, 1), len(LOOKS))}; --seed says with which to begin.",
        )
    known = load(task)
    from toynets.training import train  # imports JAX: after what can be refused without it

    keys = {k: given[k] for k in ("hidden", "activation", "steps") if k in given}
    trainings = []
    with screen.progress(f"{task}, {count} trainings") as move:
        for k in range(count):
            if move is not None:
                move(f"{task}, seed {first + k}", k, count)
            trainings.append(train(known, seed=first + k, progress=False, **keys))
    return learning_curves(trainings, style=style, domain=known.training.text, name=name)
