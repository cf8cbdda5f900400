"""What each unit of two XOR networks tells apart, and how a concept can fail to fit."""

from __future__ import annotations

import toynets
from toynets.plots import Figure, Key, Style, finish, plot, printed, shown
from toynets.plots.panels import kept, named
from toynets.plots.partitions import axis_names, draw_partition

NETWORKS = ("xor-sum", "xor-difference")
TRIED = ("x1 + x2", "x1 + 2*x2", "x1 or x2", "x1")  # said of h1 of the first network
SIDE = 25.0


@plot
def figure(*, style: Style) -> Figure:
    """Draw the figure."""
    page = style.page(height_mm=80, natural="double")
    name = style.written.unit
    numbers: dict[str, object] = {}
    shows, grades = [], []
    for k, title in enumerate(NETWORKS):
        entry = toynets.load(title)
        shows.append(shown(entry))
        left = 88.0 * k + 1
        page.letter(left, 76, "ab"[k], title)
        for j, unit in enumerate(entry.network.units):
            found = toynets.partition(entry, unit)
            draw_partition(page, left + 28.5 * j, 48, SIDE, found)
            if j == 0:  # which corner is which, once a row
                axis_names(page, left, 48, SIDE, [name(x) for x in entry.network.inputs])
            said = f"{name(unit)}: {named(style, found.name)}"
            # As far to the right as its letters need: the first square is at the margin.
            middle = max(left + 28.5 * j + SIDE / 2, page.measure(said, "small")[0] / 2 + 1)
            page.text(middle, 47.5, said, size="small")
            numbers[f"{title}, {unit}"] = {
                "classes": [list(c.inputs) for c in found.classes],
                "name": found.name,
                "concept": found.concept,
                "grade": found.grade.grade if found.grade else "",
            }
    page.letter(1, 38, "c", f"four concepts of {name('h1')} of {NETWORKS[0]}, and their values")
    for j, concept in enumerate(TRIED):
        found = toynets.partition(NETWORKS[0], "h1", concept=concept)
        formula = toynets.parse_expression(concept, names=("x1", "x2"))
        values = {r: formula.evaluate({"x1": int(r[0]), "x2": int(r[1])}) for r in found.rows}
        left = 10 + 43.5 * j
        draw_partition(page, left, 10, SIDE, found, {r: printed(v) for r, v in values.items()})
        page.text(left + SIDE / 2, 8.5, named(style, concept.replace("*", " ")), size="small")
        assert found.grade is not None
        page.text(left + SIDE / 2, 4.2, found.grade.grade, size="small", bold=True)
        grades.append(f"{named(style, concept.replace('*', ' '))} is {found.grade.grade}")
        numbers[f"{NETWORKS[0]}, h1 as {concept}"] = {
            "grade": found.grade.grade,
            "values": {r: kept(v) for r, v in values.items()},
        }
    return finish(
        page,
        "partition_squares",
        numbers=numbers,
        claim="Corners that are joined are alike to a unit: swapping its activation between them "
        f"never changes the output on any input, by value. Said of {name('h1')} of {NETWORKS[0]}, "
        f"{'; '.join(grades)}.",
        alt="Squares with joined corners show which inputs each unit of two XOR networks does not "
        "tell apart; below, four concepts of one unit graded exact, too fine, too coarse and "
        "crossing.",
        description="Letters and marker shapes give the classes of each unit's causal partition, "
        f"{name('x1')} to the right and {name('x2')} upwards. In the last row the corners carry "
        "the values of a concept: it fits exactly where it has one value on each class and no "
        "value twice; it is too fine where it splits a class, too coarse where it joins two, "
        "crossing where it does both.",
        shows=shows,
        keys=(Key("another class, by its marker", style.colour("positive"), marker="s"),),
    )


if __name__ == "__main__":
    figure().save(".", force=True)
