"""`toynets.roles` and what `show` says of a part: of a box, what is known of the points tried."""

from __future__ import annotations

from toynets.api.meaning import meaning
from toynets.api.roles import roles
from toynets.api.showing import show
from toynets.api.unit_meaning import unit_meaning
from toynets.domain import Domain
from toynets.network import Network

UNIT = Domain.box("[0,1]")
TRIED = "at the 48 points of [0, 1] that were tried"
# y = x and a spike of height 1/2 at 309/1024, which none of the 48 points meets.
SPIKE = Network.from_layers(
    [
        ([[1], [1], [1]], ["-77/256", "-309/1024", 0], "relu"),
        ([[1024, -2048, 0], [0, 0, 1]], ["-1/2", 0], "relu"),
        ([[1, 1]], [0], "identity"),
    ],
    name="spike",
)
NAMES = SPIKE.hidden
SMALL, COPY = NAMES[3], NAMES[4]


def held(network, domain):
    return {row["name"]: row["holds"] for row in roles(network, domain=domain).to_dict()["rows"]}


def test_of_a_box_each_role_says_that_it_is_seen_at_the_points_tried():
    table = roles(SPIKE, domain=UNIT)
    assert table.title == f"spike: roles that hold {TRIED}"
    found = held(SPIKE, UNIT)
    assert found[SMALL]["dead"] == "0 at the 48 points tried"
    assert found[SMALL]["constant"] == "0 at the 48 points tried"
    assert found[SMALL]["backup"].startswith("no effect alone at the 48 points tried; on ")
    assert found[COPY]["duplicate"] == f"1 times {NAMES[2]} at the 48 points tried"
    assert found[COPY]["detector"].endswith(" of the 48 points tried")
    assert found["y"]["counter"].endswith(" rises at the 48 points tried")
    assert found[f"{COPY}->y"]["scales"] == (
        f"{COPY} is all that varies in y at the 48 points tried"
    )
    assert found[f"x1->{NAMES[0]}"]["scales"] == f"x1 is all that varies in {NAMES[0]}"
    none = "cutting it changes no output at the 48 points tried"
    assert found[f"{SMALL}->y"] == {"no effect": none}
    # A number that is 0 needs no points.
    assert found["y.bias"] == {"no effect": "cutting it changes no output on any input"}
    assert not [r for r in table.rows if "every input" in r[3]]


def test_of_a_finite_domain_a_role_holds_on_every_input():
    grid = Domain.listed([[0], [1]])
    assert roles(SPIKE, domain=grid).title == "spike: roles that hold on 2 listed inputs"
    found = held(SPIKE, grid)
    assert found[SMALL]["dead"] == "0 on every input"
    assert found[f"{SMALL}->y"] == {"no effect": "cutting it changes no output on any input"}


def test_what_is_said_of_one_part_of_a_box_is_said_of_the_points_tried():
    unit = unit_meaning(SPIKE, SMALL, domain=UNIT)
    assert dict(unit.lines())["roles that hold"] == (
        "dead, constant, backup (at the 48 points of [0, 1] that were tried)"
    )
    assert unit.without == f"nothing changes {TRIED}"
    weight = meaning(SPIKE, f"{SMALL}->y", domain=UNIT)
    assert weight.without == f"nothing changes {TRIED}"
    assert "; active at none of the 48 points tried: " in weight.multiplies
    already = meaning(SPIKE, "y.bias", domain=UNIT)
    assert already.without == "nothing changes on [0, 1]: it is already 0"
    assert "active nowhere" in already.multiplies
    always = meaning(SPIKE, f"{COPY}->y", domain=UNIT)
    assert "active on 47 of 48 points tried, such as " in always.multiplies
    assert "47 of 48 points tried change" in always.without
    shown = str(show(SPIKE, domain=UNIT))
    assert "without it, y changes on … of 48 points tried" in shown
    assert "none   nothing changes at these points" in shown
    assert "inputs" not in shown


def test_a_line_through_two_points_is_no_role_of_a_box():
    bump = Network.from_layers(
        [
            ([[2, -2, 0], [0, 1, 0], [0, 0, 3], [-1, -1, 1]], [0, 0, 0, "-1/2"], "relu"),
            ([["1/2", 1, "-1/4", -1]], [0], "identity"),
        ]
    )
    found = held(bump, Domain.box("[0,1]^3"))  # h4 is on at 2 of the 48 points
    assert set(found["h4"]) == {"detector", "hinge"}
    assert found["h2"]["carrier"].startswith("follows x2 with slope 1 wherever it matters")
    assert found["h3"]["carrier"].startswith("follows x3 with slope 3 wherever it matters")


def test_two_units_that_one_point_tells_nothing_of_are_no_duplicates():
    pair = Network.from_layers(
        [([[-1, -1], [-2, -1]], ["1/64", "1/64"], "relu"), ([[1, 1]], [0], "identity")]
    )
    found = held(pair, Domain.box("[0,1]^2"))  # both are on at 00 alone, and 1/64 there
    assert "duplicate" not in found["h1"] and "duplicate" not in found["h2"]
    twice = Network.from_layers(
        [([[-1, -1], [-2, -2]], ["1/64", "1/32"], "relu"), ([[1, 1]], [0], "identity")]
    )
    found = held(twice, Domain.box("[0,1]^2"))
    assert found["h2"]["duplicate"] == "2 times h1 at the 48 points tried"


def test_a_dead_unit_before_it_hides_no_duplicate():
    net = Network.from_layers([([[-1], [1], [1]], [-1, 0, 0], "relu"), ([[1, 1, 1]], [0], "relu")])
    found = held(net, UNIT)
    assert found["h3"]["duplicate"] == "1 times h2 at the 48 points tried"
