"""Every popular score of units, inputs and weights against what ablation does, over the zoo."""

from __future__ import annotations

import json
from pathlib import Path

from toynets.plots import Figure, Style, finish, plot, printed
from toynets.plots.contests import draw_contest, keys_of, legend, rows_of
from toynets.plots.crowds import crowd, in_plural

NETWORKS = ()  # the whole zoo, recorded
RECORD = Path(__file__).parent / "data" / "importance_contest.json"


@plot
def figure(*, style: Style) -> Figure:
    """Draw the figure."""
    record = json.loads(RECORD.read_text(encoding="utf-8"))
    page = style.page(height_mm=104, natural="double")
    numbers: dict[str, object] = {"networks": len(record["networks"]), "ticks": [0, 0.5, 1]}
    said = []
    for k, (of, standings) in enumerate(record["standings"].items()):
        rows = rows_of([row for row in standings if row["name"] != "chance"])
        left = 1 + 58.0 * k
        page.letter(left + 1, 99.5, "abc"[k], of)
        draw_contest(page, left, 96, 33, 23, rows)
        numbers[of] = {row["name"]: row["by_kind"] | {"mean": row["single"]} for row in rows}
        best = next(r for r in rows if not r["name"].startswith("explanation"))
        weights = next(r for r in rows if r["reads"] == "weights")
        said.append(
            f"of {of} the best is {best['name']} ({printed(best['single'], 2)}), of those that "
            f"read weights alone {weights['name']} ({printed(weights['single'], 2)})"
        )
    legend(page, 6, 2.6, ["zero", "mean", "resample"])
    legend(page, page.width - 34, 2.6, ["cut", "flip"])
    page.text(
        56 if style.medium == "book" else 60,
        2.6,
        "agreement in rank with what ablation does",
        size="small",
        align="left",
        colour="muted",
    )
    zoo = crowd("zoo", record["networks"].values(), "those of each")
    made = finish(
        page,
        "importance_contest",
        numbers=numbers,
        claim=f"Scores of importance over the {len(record['networks'])} networks of the zoo, mean "
        "rank correlation (Spearman) with the effects of removing one unit, input or weight by "
        f"each kind of ablation: {'; '.join(said)}. Bold: what the verified explanation derives, "
        "and its words.",
        alt="Three rank plots, of units, inputs and weights: each popular score and how well it "
        f"predicts ablation over {len(record['networks'])} networks; what explanations derive is "
        "at 1.",
        description="A row is a score, best first; a marker is one kind of ablation; to the right "
        "is better. Scores that replace values themselves come near the top, sums of weights near "
        "the bottom.",
        shows=[zoo],
        keys=keys_of(style, ["zero", "mean", "resample"]),
    )
    return in_plural(made, zoo)


if __name__ == "__main__":
    figure().save(".", force=True)
